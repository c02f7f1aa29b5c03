"""A user pool of a test's own, made through the API as a set-up script would make it."""

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient

EVERY_FLOW = (
    "ALLOW_USER_SRP_AUTH",
    "ALLOW_USER_PASSWORD_AUTH",
    "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    "ALLOW_REFRESH_TOKEN_AUTH",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """An app client."""

    client_id: str
    client_secret: str | None = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    username: str
    password: str = field(repr=False)
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """A pool, and the signed boto3 client that made it."""

    cognito: "CognitoIdentityProviderClient"
    pool_id: str
    endpoint: str

    @property
    def issuer(self) -> str:
        return f"{self.endpoint}/{self.pool_id}"

    def add_app(self, *, secret: bool = False, flows: tuple[str, ...] = EVERY_FLOW) -> App:
        client = self.cognito.create_user_pool_client(
            UserPoolId=self.pool_id,
            ClientName="with secret" if secret else "public",
            GenerateSecret=secret,
            ExplicitAuthFlows=list(flows),
            PreventUserExistenceErrors="ENABLED",
        )["UserPoolClient"]
        return App(client_id=client["ClientId"], client_secret=client.get("ClientSecret"))

    def add_user(self, *, temporary: bool = False) -> User:
        """A confirmed user, or with ``temporary`` one who must choose a new password."""
        name = f"user-{secrets.token_hex(6)}"
        user = User(username=name, password=new_password(), email=f"{name}@example.com")
        self.cognito.admin_create_user(
            UserPoolId=self.pool_id,
            Username=user.username,
            TemporaryPassword=user.password if temporary else new_password(),
            UserAttributes=[{"Name": "email", "Value": user.email}, {"Name": "email_verified", "Value": "true"}],
            MessageAction="SUPPRESS",
        )
        if not temporary:
            self.cognito.admin_set_user_password(
                UserPoolId=self.pool_id, Username=user.username, Password=user.password, Permanent=True
            )
        return user


def create(cognito: "CognitoIdentityProviderClient", *, endpoint: str) -> Pool:
    """A new, empty pool. ``endpoint`` is the URL that clients post to."""
    pool_id = cognito.create_user_pool(PoolName=f"tests {secrets.token_hex(4)}")["UserPool"]["Id"]
    return Pool(cognito=cognito, pool_id=pool_id, endpoint=endpoint)


def new_password() -> str:
    """A password that keeps Cognito's default policy, with characters that are easily damaged on the way."""
    return f"Aa1!{secrets.token_urlsafe(9)} é,=\"'%+"
