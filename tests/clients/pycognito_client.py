"""pycognito: its own SRP, its own token verification against the pool's JWKS."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from botocore.exceptions import ClientError
from pycognito import Cognito
from pycognito.exceptions import ForceChangePasswordException

from tests.clients.client import DONE, NEW_PASSWORD_REQUIRED, Client, Refused, Tokens


class Pycognito(Client):
    _cognito: Cognito
    _temporary_password: str

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._cognito = Cognito(
            self.pool.pool_id,
            self.app.client_id,
            client_secret=self.app.client_secret,
            access_key=self.keys[0],
            secret_key=self.keys[1],
            boto3_client_kwargs={"endpoint_url": self.pool.endpoint},
        )

    def sign_in(self, username: str, password: str, *, flow: str) -> str:
        self._cognito.username = username
        self._temporary_password = password
        authenticate = {
            "USER_SRP_AUTH": self._cognito.authenticate,
            "ADMIN_NO_SRP_AUTH": self._cognito.admin_authenticate,
        }
        try:
            with refusals():
                authenticate[flow](password)
        except ForceChangePasswordException:
            return NEW_PASSWORD_REQUIRED
        return DONE

    def answer_new_password(self, password: str) -> str:
        with refusals():
            self._cognito.new_password_challenge(self._temporary_password, password)
        return DONE

    def tokens(self) -> Tokens:
        cognito = self._cognito
        return Tokens(access=cognito.access_token, id=cognito.id_token, refresh=cognito.refresh_token)

    def refresh(self) -> None:
        with refusals():
            self._cognito.renew_access_token()

    def attributes(self) -> dict[str, str]:
        with refusals():
            user = self._cognito.get_user()
        return {"sub": user.sub, "email": user.email}

    def sign_out(self) -> None:
        """pycognito has no word for it; its boto3 client does."""
        secret = {"ClientSecret": self.app.client_secret} if self.app.client_secret else {}
        with refusals():
            self._cognito.client.revoke_token(Token=self._cognito.refresh_token, ClientId=self.app.client_id, **secret)

    def sign_out_everywhere(self) -> None:
        with refusals():
            self._cognito.logout()


@contextmanager
def refusals() -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        raise Refused(error.response["Error"]["Code"], error.response["Error"]["Message"]) from None
