"""A device as a client keeps it: its keys and its secret. The arithmetic is pycognito's."""

from dataclasses import dataclass, field
from typing import Any

from pycognito.aws_srp import AWSSRP, generate_hash_device

from tests.pool.conftest import PASSWORD, World

ALWAYS = {"ChallengeRequiredOnNewDevice": True, "DeviceOnlyRememberedOnUserPrompt": False}
OPT_IN = {"ChallengeRequiredOnNewDevice": True, "DeviceOnlyRememberedOnUserPrompt": True}
MFA_ALWAYS = {"ChallengeRequiredOnNewDevice": False, "DeviceOnlyRememberedOnUserPrompt": False}


def track(world: World, configuration: dict[str, bool] = ALWAYS) -> None:
    world("UpdateUserPool", UserPoolId=world.pool_id, DeviceConfiguration=configuration)


@dataclass(kw_only=True)
class Handset:
    """Made from AuthenticationResult; ``secret`` is what ConfirmDevice was given the verifier of."""

    world: World
    tokens: dict[str, Any]
    key: str
    group_key: str
    secret: str
    verifier: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, world: World, tokens: dict[str, Any]) -> "Handset":
        given = tokens["NewDeviceMetadata"]
        key, group_key = given["DeviceKey"], given["DeviceGroupKey"]
        secret, verifier = generate_hash_device(group_key, key)
        return cls(world=world, tokens=tokens, key=key, group_key=group_key, secret=secret, verifier=verifier)

    @classmethod
    def confirmed(cls, world: World, name: str = "alice", **members: Any) -> "Handset":
        """A device that signed in with a password and was confirmed."""
        handset = cls.of(world, world.sign_in(name, **members))
        handset.confirm()
        return handset

    def confirmation(self, **changed: Any) -> dict[str, Any]:
        """The request of ConfirmDevice."""
        request = {
            "AccessToken": self.tokens["AccessToken"],
            "DeviceKey": self.key,
            "DeviceName": "Alice's telephone",
            "DeviceSecretVerifierConfig": self.verifier,
        }
        return request | changed

    def confirm(self) -> dict[str, Any]:
        return self.world("ConfirmDevice", **self.confirmation())

    def client(self, name: str = "alice", *, client_secret: str | None = None, password: str = PASSWORD) -> AWSSRP:
        """pycognito with this device's keys, calling the test's pool."""
        return AWSSRP(
            username=name,
            password=password,
            pool_id=self.world.pool_id,
            client_id=self.world.client_id,
            client=self.world.boto,
            client_secret=client_secret,
            device_key=self.key,
            device_group_key=self.group_key,
            device_password=self.secret,
        )

    # -- Step by step, as Amplify does it: with the Session ----------------------------------------------------
    def sign_in(self, **members: Any) -> dict[str, Any]:
        """What USER_PASSWORD_AUTH answers when it names the device."""
        request = self.world.password_request("alice", PASSWORD, parameters={"DEVICE_KEY": self.key}, **members)
        return self.world("InitiateAuth", **request)

    def hello(self, asked: dict[str, Any], srp: AWSSRP) -> dict[str, Any]:
        """The answer to DEVICE_SRP_AUTH; with a Session if ``asked`` has one."""
        responses = {"USERNAME": "alice", "DEVICE_KEY": self.key, "SRP_A": srp.get_auth_params()["SRP_A"]}
        return self._answer("DEVICE_SRP_AUTH", responses, asked)

    def proof(self, asked: dict[str, Any], srp: AWSSRP) -> dict[str, Any]:
        """The answer to DEVICE_PASSWORD_VERIFIER."""
        responses = srp.process_device_challenge(asked["ChallengeParameters"])
        return self._answer("DEVICE_PASSWORD_VERIFIER", responses, asked)

    def prove(self, asked: dict[str, Any]) -> dict[str, Any]:
        """From DEVICE_SRP_AUTH to what follows the proof."""
        assert asked["ChallengeName"] == "DEVICE_SRP_AUTH"
        srp = self.client()
        challenge = self.world("RespondToAuthChallenge", **self.hello(asked, srp))
        return self.world("RespondToAuthChallenge", **self.proof(challenge, srp))

    def _answer(self, name: str, responses: dict[str, str], asked: dict[str, Any]) -> dict[str, Any]:
        session = {"Session": asked["Session"]} if "Session" in asked else {}
        return {
            "ClientId": self.world.client_id,
            "ChallengeName": name,
            "ChallengeResponses": responses,
            **session,
        }
