"""Somebody who walks through sign-ins, with all that they have: a password, an app, a passkey, a mailbox, a telephone.

Pool and user are brought into a situation by API, as an administrator would; the rest happens on the portal's pages.
"""

import json
import re
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flows.management.orders.situations import Situation
from flows.terms import AuthFlow
from flows.terms import ChallengeName as C
from tests.authenticator import Authenticator
from tests.flows.orders import SignIn
from tests.flows.person import Person
from tests.flows.pools import MFA, PHONE, app_code_at, last_code
from tests.flows.portal import Portal
from tests.pools import new_password

_MAIL = {"EmailSendingAccount": "DEVELOPER", "SourceArn": "arn:aws:ses:us-east-1:0:identity/x"}
_SETTINGS = {
    C.SMS_MFA: "SMSMfaSettings",
    C.SOFTWARE_TOKEN_MFA: "SoftwareTokenMfaSettings",
    C.EMAIL_OTP: "EmailMfaSettings",
}
_MOST_STEPS = 12
_STEP = re.compile(r'<form id="([a-z-]+)"')


@dataclass(kw_only=True)
class Walker:
    """``tracks``: the pool gives out device keys, and a device counts for the second factor; ``asks``: it wants the
    person's word first."""

    portal: Portal
    person: Person
    situation: Situation
    tracks: bool = False
    asks: bool = False
    username: str = ""
    email: str = ""
    password: str = field(default="", repr=False)
    phone: Authenticator = field(default_factory=Authenticator)
    secret: str = ""
    sign_in: SignIn | None = None
    _last_step: int = 0

    # -- The situation -----------------------------------------------------------------------------------------
    def arrange(self) -> None:
        """Make pool and user so. What takes a signed-in user comes first, under rules that ask for nothing more."""
        wanted = self.situation
        self._allow_first_factors_and_devices()
        self._add_user()
        signs_in_before = wanted.passkey or wanted.device or C.SOFTWARE_TOKEN_MFA in wanted.factors
        if signs_in_before:
            self._rules("OPTIONAL" if wanted.factors or wanted.settable else "OFF")
        if signs_in_before or not wanted.temporary:
            self._set_password(temporary=False)
        if wanted.passkey or C.SOFTWARE_TOKEN_MFA in wanted.factors:
            self._set_up()
        if wanted.device:
            self.person.sign_in("USER_PASSWORD_AUTH", self.username, self.password)
            self.leave()
        self._rules(wanted.mfa)
        if wanted.factors:
            self._turn_on_factors()
        if wanted.temporary and signs_in_before:
            self._set_password(temporary=True)

    def _allow_first_factors_and_devices(self) -> None:
        counts = self.tracks or self.situation.device == "spares"
        device = {"ChallengeRequiredOnNewDevice": counts, "DeviceOnlyRememberedOnUserPrompt": self.asks}
        self._admin(
            "update_user_pool",
            Policies={"SignInPolicy": {"AllowedFirstAuthFactors": list(self.situation.first_factors)}},
            EmailConfiguration=_MAIL,
            **({"DeviceConfiguration": device} if self.tracks or self.situation.device else {}),
        )

    def _add_user(self) -> None:
        name = f"user-{secrets.token_hex(6)}"
        self.username, self.email, self.password = name, f"{name}@example.com", new_password()
        has = {"phone_number": PHONE, "phone_number_verified": "true"}
        if C.EMAIL_OTP not in self.situation.settable:
            has |= {"email": self.email, "email_verified": "true"}
        self._admin(
            "admin_create_user",
            Username=self.username,
            TemporaryPassword=self.password,
            UserAttributes=[{"Name": name, "Value": value} for name, value in has.items()],
            MessageAction="SUPPRESS",
        )

    def _set_password(self, *, temporary: bool) -> None:
        self.password = new_password()
        given = {"Username": self.username, "Password": self.password, "Permanent": not temporary}
        self._admin("admin_set_user_password", **given)

    def _turn_on_factors(self) -> None:
        preferred = self.situation.preferred
        for factor in self.situation.factors:
            chosen = {_SETTINGS[factor]: {"Enabled": True, "PreferredMfa": factor == preferred}}
            self._admin("admin_set_user_mfa_preference", Username=self.username, **chosen)

    def _rules(self, mode: str) -> None:
        """SetUserPoolMfaConfig."""
        factors: dict[str, Any] = {}
        for factor in (*self.situation.factors, *self.situation.settable):
            factors |= MFA[factor]
        passkeys = {"RelyingPartyId": "localhost", "FactorConfiguration": self.situation.factor_configuration}
        self._admin("set_user_pool_mfa_config", MfaConfiguration=mode, WebAuthnConfiguration=passkeys, **factors)

    def _set_up(self) -> None:
        """The passkey and the app, by the user's own API calls."""
        cognito: Any = self.portal.pool.cognito
        given = {"USERNAME": self.username, "PASSWORD": self.password}
        client_id = self.portal.app.client_id
        answer = cognito.initiate_auth(ClientId=client_id, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=given)
        token = answer["AuthenticationResult"]["AccessToken"]
        if self.situation.passkey:
            options = cognito.start_web_authn_registration(AccessToken=token)["CredentialCreationOptions"]
            cognito.complete_web_authn_registration(AccessToken=token, Credential=self.phone.register(options))
        if C.SOFTWARE_TOKEN_MFA in self.situation.factors:
            self.secret = cognito.associate_software_token(AccessToken=token)["SecretCode"]
            cognito.verify_software_token(AccessToken=token, UserCode=self._app_code())

    def _admin(self, operation: str, **members: Any) -> None:
        getattr(self.portal.pool.cognito, operation)(UserPoolId=self.portal.pool.pool_id, **members)

    # -- Walking -----------------------------------------------------------------------------------------------
    def walk(self, sign_in: SignIn) -> list[str]:
        """Begin and answer whatever comes up, until nothing does. Returns the slugs of the steps that came up, also
        of those that a script answered."""
        self.sign_in, before = sign_in, len(self.person.answers)
        self._begin(sign_in.beginning.flow, sign_in.beginning.preferred)
        for _ in range(_MOST_STEPS):
            slug = _shown(self.person.html)
            if slug not in _ANSWERS:
                break
            _ANSWERS[slug](self)
        pages = [_shown(answer.content.decode()) for answer in self.person.answers[before:]]
        return [slug for slug in pages if slug in _ANSWERS or slug == "password-verifier"]

    def leave(self) -> None:
        assert self.person.path == "/account/", self.person.text
        self.person.send(self.person.form(action="/sign-out/"))

    def _begin(self, flow: AuthFlow, preferred: str) -> None:
        person = self.person
        if flow != AuthFlow.USER_AUTH:
            person.sign_in(flow, self.username, self.password, next="/account/")
            return
        person.open(f"/sign-in/?flow={flow}&new=1&next=/account/&preferred={preferred or C.SELECT_CHALLENGE}")
        if preferred == C.PASSWORD_SRP:
            self._prove_password(username=self.username)
        else:
            password = {"password": self.password} if preferred == C.PASSWORD else {}
            person.send(person.form(flow=flow), username=self.username, **password)

    def _prove_password(self, **values: str) -> None:
        if self.person.htmx:
            self.person.type_srp(self.person.form(**{"data-srp": "start"}), self.password, **values)
        else:
            self.person.send(self.person.form(srp="server"), password=self.password, **values)

    def _app_code(self) -> str:
        """The code of now, or of the next 30 seconds where that one has been used: the pool takes the one before, too,
        so a moment may pass. Two are as many as a story can have."""
        now = int(time.time()) // 30
        self._last_step = max(self._last_step + 1, now)
        return app_code_at(self.secret, steps=self._last_step - now)

    # -- What to do at each step -------------------------------------------------------------------------------
    def _fill_in(self, slug: str, **values: str) -> None:
        self.person.send(self.person.form(id=slug), **values)

    def _choose(self, slug: str, challenge: C) -> None:
        assert self.sign_in is not None
        self._fill_in(slug, answer=self.sign_in.chosen_at(challenge))

    def _touch_passkey(self) -> None:
        options = self.person.form(id="passkey").attributes["data-options"]
        self._fill_in("passkey", credential=json.dumps(self.phone.authenticate(options)))

    def _set_up_app(self) -> None:
        self.secret = self.person.html.partition('data-copy="')[2].partition('"')[0]
        self._fill_in("totp-setup", code=self._app_code())

    def _renew_password(self) -> None:
        self.password = new_password()
        self._fill_in("new-password", new_password=self.password)


_ANSWERS: Mapping[str, Callable[[Walker], None]] = {
    "first-factor": lambda walker: walker._choose("first-factor", C.SELECT_CHALLENGE),
    "password": lambda walker: walker._fill_in("password", password=walker.password),
    "password-srp": Walker._prove_password,
    "passkey": Walker._touch_passkey,
    "email-otp": lambda walker: walker._fill_in("email-otp", code=last_code()),
    "sms-otp": lambda walker: walker._fill_in("sms-otp", code=last_code()),
    "new-password": Walker._renew_password,
    "mfa-type": lambda walker: walker._choose("mfa-type", C.SELECT_MFA_TYPE),
    "sms-mfa": lambda walker: walker._fill_in("sms-mfa", code=last_code()),
    "totp-mfa": lambda walker: walker._fill_in("totp-mfa", code=walker._app_code()),
    "mfa-setup-choice": lambda walker: walker._choose("mfa-setup-choice", C.MFA_SETUP),
    "totp-setup": Walker._set_up_app,
    "email-setup": lambda walker: walker._fill_in("email-setup", email=walker.email),
}


def _shown(html: str) -> str:
    """The slug of the step that a page or fragment asks for."""
    found = _STEP.search(html)
    return found[1] if found else ""
