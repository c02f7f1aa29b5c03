"""Requests that are ready to be sent, one of each kind, made afresh each time: a Session can be answered only once."""

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pycognito.aws_srp import AWSSRP, generate_hash_device

from tests import boto, pools
from tests.authenticator import Authenticator
from tests.clients import challenges
from tests.clients.challenges import app_code, newest_code
from tests.live import Live
from tests.pools import App, Pool, User

FLOWS = (*challenges.CHOICE_FLOWS, "ALLOW_CUSTOM_AUTH")
FIRST_FACTORS = ["PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"]
DEVICES = {"ChallengeRequiredOnNewDevice": True, "DeviceOnlyRememberedOnUserPrompt": True}
CUSTOM = ("DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse")

Request = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class World:
    """A pool with everything on, and who is in it."""

    live: Live
    pool: Pool
    app: App
    cognito: Any = field(repr=False)  # without credentials

    @property
    def client(self) -> dict[str, str]:
        return {"ClientId": self.app.client_id}

    @property
    def admin(self) -> dict[str, str]:
        return {**self.client, "UserPoolId": self.pool.pool_id}

    def initiate(self, flow: str, **parameters: str) -> dict[str, Any]:
        """InitiateAuth's answer."""
        answer: dict[str, Any] = self.cognito.initiate_auth(AuthFlow=flow, AuthParameters=parameters, **self.client)
        return answer

    def sign_in(self, user: User) -> dict[str, Any]:
        """AuthenticationResult, with a new device."""
        tokens: dict[str, Any] = self.initiate("USER_PASSWORD_AUTH", USERNAME=user.username, PASSWORD=user.password)[
            "AuthenticationResult"
        ]
        return tokens

    def token(self) -> str:
        """The access token of somebody new."""
        return str(self.sign_in(self.pool.add_user())["AccessToken"])

    def answering(self, asked: Mapping[str, Any], **responses: str) -> Request:
        """RespondToAuthChallenge's request. SRP comes without a Session."""
        session = {"Session": asked["Session"]} if "Session" in asked else {}
        return {**self.client, "ChallengeName": asked["ChallengeName"], "ChallengeResponses": responses, **session}


def world(live: Live) -> World:
    cognito: Any = boto.over_http(live.config)
    functions = cognito.describe_user_pool(UserPoolId=live.config["userPoolId"])["UserPool"]["LambdaConfig"]
    pool = pools.create(cognito, endpoint=live.config["endpoint"])
    cognito.update_user_pool(
        UserPoolId=pool.pool_id,
        Policies={"SignInPolicy": {"AllowedFirstAuthFactors": FIRST_FACTORS}},
        AutoVerifiedAttributes=["email"],
        EmailConfiguration=challenges.SES,
        SmsConfiguration=challenges.SNS,
        DeviceConfiguration=DEVICES,
        LambdaConfig={trigger: functions[trigger] for trigger in CUSTOM},
    )
    cognito.set_user_pool_mfa_config(
        UserPoolId=pool.pool_id,
        MfaConfiguration="OPTIONAL",
        SoftwareTokenMfaConfiguration={"Enabled": True},
        EmailMfaConfiguration={},
        WebAuthnConfiguration={"RelyingPartyId": "localhost"},
    )
    return World(live=live, pool=pool, app=pool.add_app(flows=FLOWS), cognito=boto.over_http(live.config, signed=False))


# -- Beginning -----------------------------------------------------------------------------------------------------
def password(w: World) -> Request:
    user = w.pool.add_user()
    given = {"USERNAME": user.username, "PASSWORD": user.password}
    return {"AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": given, **w.client}


def wrong_password(w: World) -> Request:
    request = password(w)
    request["AuthParameters"]["PASSWORD"] += "?"
    return request


def admin_password(w: World) -> Request:
    return {**password(w), **w.admin, "AuthFlow": "ADMIN_USER_PASSWORD_AUTH"}


def srp(w: World) -> Request:
    user = w.pool.add_user()
    given = srp_by(w, user).get_auth_params()
    return {"AuthFlow": "USER_SRP_AUTH", "AuthParameters": given, **w.client}


def choice(w: World) -> Request:
    given = {"USERNAME": w.pool.add_user().username}
    return {"AuthFlow": "USER_AUTH", "AuthParameters": given, **w.client}


def custom(w: World) -> Request:
    given = {"USERNAME": w.pool.add_user().username}
    return {"AuthFlow": "CUSTOM_AUTH", "AuthParameters": given, **w.client}


def refresh_token_auth(w: World) -> Request:
    tokens = w.sign_in(w.pool.add_user())
    given = {"REFRESH_TOKEN": tokens["RefreshToken"], "DEVICE_KEY": tokens["NewDeviceMetadata"]["DeviceKey"]}
    return {"AuthFlow": "REFRESH_TOKEN_AUTH", "AuthParameters": given, **w.client}


# -- Answering -----------------------------------------------------------------------------------------------------
def srp_verifier(w: World) -> Request:
    user = w.pool.add_user()
    proof = srp_by(w, user)
    first = proof.get_auth_params()
    asked = w.initiate("USER_SRP_AUTH", **first)
    return w.answering(asked, **proof.process_challenge(asked["ChallengeParameters"], first))


def choose_email(w: World) -> Request:
    return _chosen(w, w.pool.add_user(), ANSWER="EMAIL_OTP")


def choose_password(w: World) -> Request:
    user = w.pool.add_user()
    return _chosen(w, user, ANSWER="PASSWORD", PASSWORD=user.password)


def email_code(w: World) -> Request:
    user = w.pool.add_user()
    asked = w.initiate("USER_AUTH", USERNAME=user.username, PREFERRED_CHALLENGE="EMAIL_OTP")
    code = newest_code(w.live, user, "EMAIL")
    return w.answering(asked, USERNAME=user.username, EMAIL_OTP_CODE=code)


def app_is_asked_for(w: World) -> Request:
    user = w.pool.add_user()
    challenges.give_app(w.pool, w.app, user)
    given = {"USERNAME": user.username, "PASSWORD": user.password}
    return {"AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": given, **w.client}


def app_code_is_given(w: World) -> Request:
    user = w.pool.add_user()
    secret = challenges.give_app(w.pool, w.app, user)
    asked = w.initiate("USER_PASSWORD_AUTH", USERNAME=user.username, PASSWORD=user.password)
    code = app_code(secret, later=1)
    return w.answering(asked, USERNAME=user.username, SOFTWARE_TOKEN_MFA_CODE=code)


def new_password(w: World) -> Request:
    user = w.pool.add_user(temporary=True)
    asked = w.initiate("USER_PASSWORD_AUTH", USERNAME=user.username, PASSWORD=user.password)
    chosen = {"NEW_PASSWORD": pools.new_password(), "userAttributes.name": 'O\'Neil "the <b>" $(x) \\ 日本'}
    return w.answering(asked, USERNAME=user.username, **chosen)


def admin_new_password(w: World) -> Request:
    user = w.pool.add_user(temporary=True)
    asked = w.pool.cognito.admin_initiate_auth(
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": user.username, "PASSWORD": user.password},
        UserPoolId=w.pool.pool_id,
        ClientId=w.app.client_id,
    )
    request = w.answering(asked, USERNAME=user.username, NEW_PASSWORD=pools.new_password())
    return {**request, **w.admin}


def custom_answer(w: World) -> Request:
    """A wrong one, so that it is asked again."""
    user = w.pool.add_user()
    asked = w.initiate("CUSTOM_AUTH", USERNAME=user.username)
    return w.answering(asked, USERNAME=user.username, ANSWER='it\'s "not" <this>')


def passkey(w: World) -> Request:
    user = w.pool.add_user()
    phone = _registered(w, w.sign_in(user)["AccessToken"])
    asked = w.initiate("USER_AUTH", USERNAME=user.username, PREFERRED_CHALLENGE="WEB_AUTHN")
    shown = phone.authenticate(asked["ChallengeParameters"]["CREDENTIAL_REQUEST_OPTIONS"])
    return w.answering(asked, USERNAME=user.username, CREDENTIAL=json.dumps(shown))


# -- Signed in -----------------------------------------------------------------------------------------------------
def as_somebody(w: World) -> Request:
    """An operation of which only the access token matters."""
    return {"AccessToken": w.token()}


def refresh(w: World) -> Request:
    tokens = w.sign_in(w.pool.add_user())
    given = {"RefreshToken": tokens["RefreshToken"], "DeviceKey": tokens["NewDeviceMetadata"]["DeviceKey"]}
    return {**given, **w.client}


def revoke(w: World) -> Request:
    return {"Token": w.sign_in(w.pool.add_user())["RefreshToken"], **w.client}


def verify_app(w: World) -> Request:
    token = w.token()
    secret = w.cognito.associate_software_token(AccessToken=token)["SecretCode"]
    return {"AccessToken": token, "UserCode": app_code(secret)}


def confirm_device(w: World) -> Request:
    tokens = w.sign_in(w.pool.add_user())
    return _device(tokens)


def update_device(w: World) -> Request:
    return {**_confirmed(w), "DeviceRememberedStatus": "remembered"}


def forget_device(w: World) -> Request:
    return _confirmed(w)


def list_devices(w: World) -> Request:
    return {"AccessToken": _confirmed(w)["AccessToken"], "Limit": 60}


def register_passkey(w: World) -> Request:
    token = w.token()
    options = w.cognito.start_web_authn_registration(AccessToken=token)["CredentialCreationOptions"]
    return {"AccessToken": token, "Credential": Authenticator().register(options)}


def list_passkeys(w: World) -> Request:
    token = w.token()
    _registered(w, token)
    return {"AccessToken": token, "MaxResults": 20}


def delete_passkey(w: World) -> Request:
    token = w.token()
    _registered(w, token)
    (found,) = w.cognito.list_web_authn_credentials(AccessToken=token)["Credentials"]
    return {"AccessToken": token, "CredentialId": found["CredentialId"]}


def prefer_app(w: World) -> Request:
    request = verify_app(w)
    w.cognito.verify_software_token(**request)
    setting = {"Enabled": True, "PreferredMfa": True}
    return {"AccessToken": request["AccessToken"], "SoftwareTokenMfaSettings": setting}


def forgot_password(w: World) -> Request:
    return {**w.client, "Username": w.pool.add_user().username}


def reset_password(w: World) -> Request:
    user = w.pool.add_user()
    w.cognito.forgot_password(Username=user.username, **w.client)
    code = newest_code(w.live, user, "EMAIL")
    chosen = {"ConfirmationCode": code, "Password": f"--{pools.new_password()}"}
    return {**w.client, "Username": user.username, **chosen}


# The operation, and what makes a request of it.
STORIES: dict[str, tuple[str, Callable[[World], Request]]] = {
    "password": ("InitiateAuth", password),
    "wrong-password": ("InitiateAuth", wrong_password),
    "admin-password": ("AdminInitiateAuth", admin_password),
    "srp": ("InitiateAuth", srp),
    "choice": ("InitiateAuth", choice),
    "custom": ("InitiateAuth", custom),
    "refresh-token-auth": ("InitiateAuth", refresh_token_auth),
    "srp-verifier": ("RespondToAuthChallenge", srp_verifier),
    "choose-email": ("RespondToAuthChallenge", choose_email),
    "choose-password": ("RespondToAuthChallenge", choose_password),
    "email-code": ("RespondToAuthChallenge", email_code),
    "app-is-asked-for": ("InitiateAuth", app_is_asked_for),
    "app-code-is-given": ("RespondToAuthChallenge", app_code_is_given),
    "new-password": ("RespondToAuthChallenge", new_password),
    "admin-new-password": ("AdminRespondToAuthChallenge", admin_new_password),
    "custom-answer": ("RespondToAuthChallenge", custom_answer),
    "passkey": ("RespondToAuthChallenge", passkey),
    "refresh": ("GetTokensFromRefreshToken", refresh),
    "revoke": ("RevokeToken", revoke),
    "verify-app": ("VerifySoftwareToken", verify_app),
    "confirm-device": ("ConfirmDevice", confirm_device),
    "update-device": ("UpdateDeviceStatus", update_device),
    "forget-device": ("ForgetDevice", forget_device),
    "list-devices": ("ListDevices", list_devices),
    "register-passkey": ("CompleteWebAuthnRegistration", register_passkey),
    "list-passkeys": ("ListWebAuthnCredentials", list_passkeys),
    "delete-passkey": ("DeleteWebAuthnCredential", delete_passkey),
    "prefer-app": ("SetUserMFAPreference", prefer_app),
    "forgot-password": ("ForgotPassword", forgot_password),
    "reset-password": ("ConfirmForgotPassword", reset_password),
    "get-user": ("GetUser", as_somebody),
    "auth-factors": ("GetUserAuthFactors", as_somebody),
    "associate-app": ("AssociateSoftwareToken", as_somebody),
    "start-passkey": ("StartWebAuthnRegistration", as_somebody),
    "sign-out": ("GlobalSignOut", as_somebody),
}


def srp_by(w: World, user: User) -> AWSSRP:
    return AWSSRP(
        username=user.username,
        password=user.password,
        pool_id=w.pool.pool_id,
        client_id=w.app.client_id,
        client=w.cognito,
    )


def _chosen(w: World, user: User, **responses: str) -> Request:
    asked = w.initiate("USER_AUTH", USERNAME=user.username)
    return w.answering(asked, USERNAME=user.username, **responses)


def _registered(w: World, token: str) -> Authenticator:
    phone = Authenticator()
    options = w.cognito.start_web_authn_registration(AccessToken=token)["CredentialCreationOptions"]
    w.cognito.complete_web_authn_registration(AccessToken=token, Credential=phone.register(options))
    return phone


def _device(tokens: Mapping[str, Any]) -> dict[str, Any]:
    new = tokens["NewDeviceMetadata"]
    _, verifier = generate_hash_device(new["DeviceGroupKey"], new["DeviceKey"])
    return {
        "AccessToken": tokens["AccessToken"],
        "DeviceKey": new["DeviceKey"],
        "DeviceSecretVerifierConfig": verifier,
        "DeviceName": f'it\'s a "browser" {secrets.token_hex(2)}',
    }


def _confirmed(w: World) -> dict[str, Any]:
    request = _device(w.sign_in(w.pool.add_user()))
    w.cognito.confirm_device(**request)
    return {name: request[name] for name in ("AccessToken", "DeviceKey")}
