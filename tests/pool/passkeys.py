"""Registering passkeys and signing in with them, as a client of the API does it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.authenticator import Authenticator
from tests.pool.conftest import World

RP_ID = "localhost"
EVERY_FACTOR = ("PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN")
NOT_ACCEPTED = ("NotAuthorizedException", "The passkey was not accepted.")


# -- A pool's settings
def allow(world: World, *factors: str) -> None:
    world(
        "UpdateUserPool",
        UserPoolId=world.pool_id,
        Policies={"SignInPolicy": {"AllowedFirstAuthFactors": list(factors)}},
    )


def configure(world: World, **members: str) -> None:
    """WebAuthnConfiguration of the pool."""
    world("SetUserPoolMfaConfig", UserPoolId=world.pool_id, WebAuthnConfiguration={"RelyingPartyId": RP_ID} | members)


def prepare(world: World) -> None:
    """A pool in which users may have passkeys at any port of localhost, and a client that asks for them."""
    allow(world, *EVERY_FACTOR)
    configure(world)
    flows = ["ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    world.client_id = world.add_client(ExplicitAuthFlows=flows, PreventUserExistenceErrors="ENABLED")


# -- Registering
def start(world: World, token: str) -> dict[str, Any]:
    options: dict[str, Any] = world("StartWebAuthnRegistration", AccessToken=token)["CredentialCreationOptions"]
    return options


def complete(token: str, credential: Any) -> dict[str, Any]:
    return {"AccessToken": token, "Credential": credential}


def register(world: World, token: str, authenticator: Authenticator, **bent: Any) -> None:
    credential = authenticator.register(start(world, token), **bent)
    world("CompleteWebAuthnRegistration", **complete(token, credential))


def listed(world: World, token: str, **members: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = world("ListWebAuthnCredentials", AccessToken=token, **members)["Credentials"]
    return found


def with_passkey(world: World, name: str = "alice", **members: Any) -> Authenticator:
    made = Authenticator(**members)
    register(world, world.sign_in(name)["AccessToken"], made)
    return made


# -- Signing in
def ask(world: World, name: str = "alice") -> dict[str, Any]:
    parameters = {"USERNAME": name, "PREFERRED_CHALLENGE": "WEB_AUTHN"}
    return world("InitiateAuth", ClientId=world.client_id, AuthFlow="USER_AUTH", AuthParameters=parameters)


def options(asked: Mapping[str, Any]) -> str:
    text: str = asked["ChallengeParameters"]["CREDENTIAL_REQUEST_OPTIONS"]
    return text


def answer(
    world: World, asked: Mapping[str, Any], credential: Any, *, name: str = "alice", challenge: str = "WEB_AUTHN"
) -> dict[str, Any]:
    said = credential if isinstance(credential, str) else json.dumps(credential)
    chosen = {"ANSWER": "WEB_AUTHN"} if challenge == "SELECT_CHALLENGE" else {}
    return {
        "ClientId": world.client_id,
        "ChallengeName": challenge,
        "Session": asked["Session"],
        "ChallengeResponses": {"USERNAME": name, "CREDENTIAL": said, **chosen},
    }


def sign_in(world: World, authenticator: Authenticator, name: str = "alice", **bent: Any) -> dict[str, Any]:
    asked = ask(world, name)
    request = answer(world, asked, authenticator.authenticate(options(asked), **bent), name=name)
    tokens: dict[str, Any] = world("RespondToAuthChallenge", **request)["AuthenticationResult"]
    return tokens


def refusal(world: World, authenticator: Authenticator, name: str = "alice", **bent: Any) -> tuple[str, str]:
    asked = ask(world, name)
    request = answer(world, asked, authenticator.authenticate(options(asked), **bent), name=name)
    return world.refusal("RespondToAuthChallenge", **request)


def offered_passkeys(world: World, count: int) -> list[str]:
    """Names that nobody has, and that are offered WEB_AUTHN all the same."""
    names = (f"nobody-{number}" for number in range(200))
    return [name for name in names if ask(world, name)["ChallengeName"] == "WEB_AUTHN"][:count]


# -- Attacking
@dataclass
class Victim:
    """alice, signed in, with a passkey on her telephone; and whoever attacks her."""

    world: World
    phone: Authenticator
    token: str

    @classmethod
    def of(cls, world: World) -> "Victim":
        prepare(world)
        return cls(world, with_passkey(world), world.sign_in()["AccessToken"])

    def registering(self, **bent: Any) -> str:
        """The code that a bent registration is refused with."""
        return self.completing(Authenticator().register(start(self.world, self.token), **bent))

    def completing(self, credential: Any) -> str:
        return self.world.refusal("CompleteWebAuthnRegistration", **complete(self.token, credential))[0]

    def registers(self, **bent: Any) -> None:
        made = Authenticator().register(start(self.world, self.token), **bent)
        self.world("CompleteWebAuthnRegistration", **complete(self.token, made))

    def signing_in(self, bend: Callable[[dict[str, Any]], Any] = lambda said: said, **bent: Any) -> tuple[str, str]:
        """What a bent assertion is refused with."""
        asked = ask(self.world)
        said = bend(self.phone.authenticate(options(asked), **bent))
        return self.world.refusal("RespondToAuthChallenge", **answer(self.world, asked, said))

    def signs_in(self, **bent: Any) -> bool:
        asked = ask(self.world)
        said = self.phone.authenticate(options(asked), **bent)
        return "AuthenticationResult" in self.world("RespondToAuthChallenge", **answer(self.world, asked, said))
