"""aws-amplify step by step, and what a person has at hand meanwhile: an inbox, an authenticator app, a passkey."""

import base64
import hashlib
import hmac
import struct
import time
from typing import Any

import requests

from tests.authenticator import Authenticator
from tests.clients.client import Tokens
from tests.clients.nodejs import NodeClient
from tests.live import Live
from tests.pools import EVERY_FLOW, App, Pool, User

CHOICE_FLOWS = (*EVERY_FLOW, "ALLOW_USER_AUTH")
DONE = {"signInStep": "DONE"}
SES = {"EmailSendingAccount": "DEVELOPER", "SourceArn": "arn:aws:ses:us-east-1:000000000000:identity/example.com"}
SNS = {"SnsCallerArn": "arn:aws:iam::000000000000:role/sms"}
PERIOD = 30  # seconds that a code of an authenticator app is shown
Step = dict[str, Any]  # Amplify's nextStep


class AmplifyChallenges(NodeClient):
    """Each method is Amplify's function of that name; a step is its ``nextStep``. Raises Refused."""

    program = "amplify-challenges.mjs"

    def __init__(self, *, authenticator: Authenticator | None = None, **given: Any) -> None:
        super().__init__(**given)
        self.authenticator = authenticator

    def begin(self, username: str, password: str | None = None, **options: str) -> Step:
        return dict(self._tell("signIn", username=username, password=password, options=options))

    def confirm(self, response: str) -> Step:
        return dict(self._tell("confirm", challengeResponse=response))

    def tokens(self) -> Tokens:
        return Tokens(**self._tell("tokens"))

    def call(self, function: str, **options: Any) -> Any:
        """A function of ``aws-amplify/auth`` by its name."""
        return self._tell(function, **options)

    def _asked(self, *, question: str, about: Any) -> Any:
        assert self.authenticator, "a passkey is asked for, and there is none"
        ceremony = {"register": self.authenticator.register, "authenticate": self.authenticator.authenticate}
        return ceremony[question](about)


def amplify(live: Live, pool: Pool, app: App, **more: Any) -> AmplifyChallenges:
    config = live.config
    keys = (config["accessKeyId"], config["secretAccessKey"])
    return AmplifyChallenges(pool=pool, app=app, region=config["region"], keys=keys, **more)


# -- What a person has at hand ---------------------------------------------------------------------------------------
def newest_code(live: Live, user: User, medium: str) -> str:
    """The code of the newest message to ``user`` by ``medium`` (EMAIL or SMS, as Amplify says it)."""
    sent = requests.get(f"{live.url}/demo/outbox.json", timeout=10).json()
    codes = [each["code"] for each in sent if each["username"] == user.username and each["medium"] == medium.lower()]
    assert codes, f"nothing was sent to {user.username} by {medium}"
    return str(codes[-1])


def app_code(secret: str, *, later: int = 0) -> str:
    """What an authenticator app shows, or will show ``later`` steps of 30 seconds from now (RFC 6238).

    The pool takes the next step's code too, which spares the tests waiting: a code is good for one sign-in.
    """
    step = int(time.time()) // PERIOD + later
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", step), hashlib.sha1).digest()
    (number,) = struct.unpack_from(">I", digest, digest[-1] & 15)
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06d}"


def give_app(pool: Pool, app: App, user: User) -> str:
    """An authenticator app that is asked for from now on; its secret. The current code is used up by that."""
    tokens = pool.cognito.admin_initiate_auth(
        UserPoolId=pool.pool_id,
        ClientId=app.client_id,
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": user.username, "PASSWORD": user.password},
    )["AuthenticationResult"]
    token = tokens["AccessToken"]
    secret = pool.cognito.associate_software_token(AccessToken=token)["SecretCode"]
    pool.cognito.verify_software_token(AccessToken=token, UserCode=app_code(secret))
    preferred = {"Enabled": True, "PreferredMfa": True}
    pool.cognito.set_user_mfa_preference(AccessToken=token, SoftwareTokenMfaSettings=preferred)  # type: ignore[arg-type]
    return secret


def give_telephone(pool: Pool, user: User) -> str:
    """A verified telephone number; returns it."""
    number = "+4915112345678"
    attributes = [{"Name": "phone_number", "Value": number}, {"Name": "phone_number_verified", "Value": "true"}]
    pool.cognito.admin_update_user_attributes(
        UserPoolId=pool.pool_id, Username=user.username, UserAttributes=attributes
    )
    return number
