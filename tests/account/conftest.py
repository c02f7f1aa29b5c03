"""See tests/portal_fixtures.py; and people who are signed in to a pool that offers everything."""

import time
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings as django_settings

from flows.signin.sessions import SessionStore
from tests.authenticator import Authenticator
from tests.flows.person import Person
from tests.flows.portal import Portal
from tests.pools import Pool, User
from tests.portal_fixtures import person, portal, stub, stub_server

__all__ = ["person", "portal", "stub", "stub_server"]


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody signed in, and the pool they are in. ``phone`` keeps their passkeys."""

    person: Person
    user: User
    pool: Pool
    phone: Authenticator

    @property
    def token(self) -> str:
        return str(self.store()["tokens"]["access_token"])

    def grow_old(self, seconds: float = 301) -> None:
        """So long ago was it that they signed in."""
        store = self.store()
        store["tokens"] = {**store["tokens"], "signed_in_at": time.time() - seconds}
        store.save()

    def sign_in_again(self) -> Person:
        """Fill in the form that came up, whatever it is for."""
        form = self.person.form(action="/sign-in/", flow="USER_PASSWORD_AUTH")
        return self.person.send(form, username=self.user.username, password=self.user.password)

    def add_passkey(self) -> None:
        """By way of another client."""
        cognito: Any = self.pool.cognito
        options = cognito.start_web_authn_registration(AccessToken=self.token)["CredentialCreationOptions"]
        cognito.complete_web_authn_registration(AccessToken=self.token, Credential=self.phone.register(options))

    def passkeys(self) -> list[dict[str, Any]]:
        cognito: Any = self.pool.cognito
        found: list[dict[str, Any]] = cognito.list_web_authn_credentials(AccessToken=self.token)["Credentials"]
        return found

    def store(self) -> SessionStore:
        return SessionStore(self.person.client.cookies[django_settings.SESSION_COOKIE_NAME].value)


@pytest.fixture
def offering(portal: Portal) -> Portal:
    """A pool with every first and second factor, and devices."""
    cognito: Any = portal.pool.cognito
    cognito.update_user_pool(
        UserPoolId=portal.pool.pool_id,
        Policies={"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"]}},
        DeviceConfiguration={"ChallengeRequiredOnNewDevice": True, "DeviceOnlyRememberedOnUserPrompt": False},
        AutoVerifiedAttributes=["email"],
        EmailConfiguration={"EmailSendingAccount": "DEVELOPER", "SourceArn": "arn:aws:ses:us-east-1:0:identity/x"},
        UserPoolTier="PLUS",
    )
    cognito.set_user_pool_mfa_config(
        UserPoolId=portal.pool.pool_id,
        MfaConfiguration="OPTIONAL",
        SoftwareTokenMfaConfiguration={"Enabled": True},
        EmailMfaConfiguration={},
        WebAuthnConfiguration={"RelyingPartyId": "localhost"},
    )
    return portal


@pytest.fixture
def member(offering: Portal, person: Person, settings: Any) -> Member:
    """Signed in a moment ago, with a password."""
    settings.SIGN_IN_FLOWS = ["USER_PASSWORD_AUTH"]  # the form is the same with and without scripting
    user = offering.pool.add_user()
    person.sign_in("USER_PASSWORD_AUTH", user.username, user.password)
    assert person.path == "/account/", person.text
    return Member(person, user, offering.pool, Authenticator(origin="http://localhost"))
