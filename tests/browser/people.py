"""People as a challenge wants them: with a telephone, an authenticator app, a passkey. Made through the API, as quickly
as a set-up script would; what a person does in the browser is tests/browser/stories.py's."""

import secrets
from base64 import b64encode
from typing import Any

from tests.authenticator import DEVICE_BOUND, Authenticator
from tests.browser.site import Site
from tests.clients.challenges import app_code
from tests.pools import User, new_password

PHONE = "+4915112345678"


def with_phone(site: Site, user: User) -> User:
    """Has a verified telephone number."""
    change(site, user, phone_number=PHONE, phone_number_verified="true")
    return user


def with_passkey(site: Site, user: User, *, origin: str = "") -> Authenticator:
    """Has a passkey, made here or at ``origin``; returns the device that keeps it, for ``stories.plug_in``."""
    cognito, token = site.pool.cognito, access_token(site, user)
    device = Authenticator(origin=origin or site.url, flags=DEVICE_BOUND)
    options = cognito.start_web_authn_registration(AccessToken=token)["CredentialCreationOptions"]
    cognito.complete_web_authn_registration(AccessToken=token, Credential=device.register(options))
    return device


def without_passkeys(site: Site, user: User) -> None:
    """Has deleted every passkey, somewhere else."""
    cognito, token = site.pool.cognito, access_token(site, user)
    for each in cognito.list_web_authn_credentials(AccessToken=token)["Credentials"]:
        cognito.delete_web_authn_credential(AccessToken=token, CredentialId=each["CredentialId"])


def with_app(site: Site, user: User) -> str:
    """Has an authenticator app, though not asked for it yet; returns its secret."""
    cognito, token = site.pool.cognito, access_token(site, user)
    secret = cognito.associate_software_token(AccessToken=token)["SecretCode"]
    cognito.verify_software_token(AccessToken=token, UserCode=app_code(secret), FriendlyDeviceName="Telephone")
    return secret


def with_second_factors(site: Site, user: User, *names: str) -> User:
    """Is asked for one of these members of AdminSetUserMFAPreference; for the first without a choice if it is alone."""
    settings: dict[str, Any] = {name: {"Enabled": True, "PreferredMfa": len(names) == 1} for name in names}
    site.pool.cognito.admin_set_user_mfa_preference(UserPoolId=site.pool.pool_id, Username=user.username, **settings)
    return user


def with_every_second_factor(site: Site, user: User) -> User:
    """Chooses among all three."""
    with_app(site, with_phone(site, user))
    return with_second_factors(site, user, "SMSMfaSettings", "EmailMfaSettings", "SoftwareTokenMfaSettings")


def with_device(site: Site, user: User, *, name: str) -> None:
    """Has signed in elsewhere, in a pool that tracks devices."""
    result = _signed_in(site, user)
    verifier = {"Salt": b64encode(bytes(16)).decode(), "PasswordVerifier": b64encode(b"\1" * 384).decode()}
    site.pool.cognito.confirm_device(
        AccessToken=result["AccessToken"],
        DeviceKey=result["NewDeviceMetadata"]["DeviceKey"],
        DeviceSecretVerifierConfig=verifier,
        DeviceName=name,
    )


def named(site: Site, username: str) -> User:
    """Somebody called so, or almost."""
    name = f"{username}-{secrets.token_hex(3)}"
    user = User(username=name, password=new_password(), email=f"{name[-40:]}@example.com")
    cognito, pool_id = site.pool.cognito, site.pool.pool_id
    attributes = [{"Name": "email", "Value": user.email}, {"Name": "email_verified", "Value": "true"}]
    cognito.admin_create_user(
        UserPoolId=pool_id, Username=user.username, UserAttributes=attributes, MessageAction="SUPPRESS"
    )
    cognito.admin_set_user_password(UserPoolId=pool_id, Username=user.username, Password=user.password, Permanent=True)
    return user


def unconfirmed(site: Site) -> User:
    """Has signed up and not shown that the address is theirs."""
    name = f"user-{secrets.token_hex(6)}"
    user = User(username=name, password=new_password(), email=f"{name}@example.com")
    site.pool.cognito.sign_up(
        ClientId=site.live.client("every-flow")["clientId"],
        Username=user.username,
        Password=user.password,
        UserAttributes=[{"Name": "email", "Value": user.email}],
    )
    return user


def to_be_reset(site: Site) -> User:
    """Must choose another password, for somebody who runs the pool wants it so."""
    user = site.pool.add_user()
    site.pool.cognito.admin_reset_user_password(UserPoolId=site.pool.pool_id, Username=user.username)
    return user


def without_email(site: Site, user: User) -> User:
    """Has nothing that a code could go to."""
    site.pool.cognito.admin_delete_user_attributes(
        UserPoolId=site.pool.pool_id, Username=user.username, UserAttributeNames=["email"]
    )
    return user


def change(site: Site, user: User, **attributes: str) -> None:
    pairs = [{"Name": name, "Value": value} for name, value in attributes.items()]
    site.pool.cognito.admin_update_user_attributes(
        UserPoolId=site.pool.pool_id, Username=user.username, UserAttributes=pairs
    )


def access_token(site: Site, user: User) -> str:
    return str(_signed_in(site, user)["AccessToken"])


def _signed_in(site: Site, user: User) -> dict[str, Any]:
    """AuthenticationResult."""
    answer = site.pool.cognito.admin_initiate_auth(
        UserPoolId=site.pool.pool_id,
        ClientId=site.live.client("every-flow")["clientId"],
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": user.username, "PASSWORD": user.password},
    )
    return {**answer["AuthenticationResult"]}
