"""What every client is asked to do, in one shape, so that one set of stories is told to all of them."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field

from tests.pools import App, Pool

DONE = "DONE"
NEW_PASSWORD_REQUIRED = "NEW_PASSWORD_REQUIRED"


class Refused(Exception):
    """The pool refused, as this client reports it to the program that uses it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    access: str = field(repr=False)
    id: str = field(repr=False)
    refresh: str = field(repr=False)


class Client(ABC):
    """One program that signs in. It keeps its tokens itself, in its own way; ``tokens()`` shows them."""

    def __init__(self, *, pool: Pool, app: App, region: str, keys: tuple[str, str]) -> None:
        """``keys`` is the access key id and the secret key for operations that AWS credentials authorise."""
        self.pool = pool
        self.app = app
        self.region = region
        self.keys = keys

    @abstractmethod
    def sign_in(self, username: str, password: str, *, flow: str) -> str:
        """``DONE`` or ``NEW_PASSWORD_REQUIRED``. Raises Refused."""

    @abstractmethod
    def answer_new_password(self, password: str) -> str:
        """``DONE``. Raises Refused."""

    @abstractmethod
    def tokens(self) -> Tokens: ...

    @abstractmethod
    def refresh(self) -> None:
        """Get new access and ID tokens with the refresh token. Raises Refused."""

    @abstractmethod
    def attributes(self) -> dict[str, str]:
        """GetUser. Raises Refused."""

    @abstractmethod
    def sign_out(self) -> None:
        """End this sign-in (RevokeToken)."""

    @abstractmethod
    def sign_out_everywhere(self) -> None:
        """End every sign-in of the user (GlobalSignOut)."""

    def close(self) -> None:  # noqa: B027 - most clients have nothing to close
        """End the program."""
