"""A remembered device and the second factor: where it stands for one, and where it comes after one."""

from typing import Any

import pytest

from tests.pool import mfa
from tests.pool.conftest import PASSWORD, World
from tests.pool.handset import ALWAYS, MFA_ALWAYS, OPT_IN, Handset, track

UNKNOWN = ("ResourceNotFoundException", "Device does not exist.")
NOBODYS = "us-east-1_00000000-0000-4000-8000-000000000000"


class Scene:
    """alice with an authenticator app in a pool that asks for it, and with a device that is confirmed."""

    def __init__(self, world: World, configuration: dict[str, bool]) -> None:
        self.world = world
        track(world, configuration)
        self.require("OPTIONAL")
        self.app = mfa.set_up_app(world)
        self.handset = Handset.confirmed(world)
        self.require("ON")

    def require(self, mode: str) -> None:
        tokens = {"SoftwareTokenMfaConfiguration": {"Enabled": True}}
        self.world("SetUserPoolMfaConfig", UserPoolId=self.world.pool_id, MfaConfiguration=mode, **tokens)

    def set_status(self, status: str) -> None:
        alice = {"UserPoolId": self.world.pool_id, "Username": "alice"}
        self.world("AdminUpdateDeviceStatus", **alice, DeviceKey=self.handset.key, DeviceRememberedStatus=status)

    def answer_app(self, asked: dict[str, Any], **responses: str) -> dict[str, Any]:
        assert asked["ChallengeName"] == "SOFTWARE_TOKEN_MFA"
        code = mfa.next_code(self.world, self.app)
        return mfa.respond(self.world, asked, SOFTWARE_TOKEN_MFA_CODE=code, **responses)


@pytest.fixture
def scene(world: World) -> Scene:
    return Scene(world, ALWAYS)


def test_a_remembered_device_stands_for_the_second_factor(scene: Scene) -> None:
    asked = scene.handset.sign_in()
    assert asked["ChallengeName"] == "DEVICE_SRP_AUTH"
    assert scene.handset.prove(asked)["AuthenticationResult"]


def test_pycognito_is_spared_the_code(scene: Scene) -> None:
    assert scene.handset.client().authenticate_user()["AuthenticationResult"]


def test_without_the_device_the_code_is_asked(scene: Scene) -> None:
    done = scene.answer_app(mfa.begin(scene.world))
    assert done["AuthenticationResult"]["NewDeviceMetadata"]["DeviceKey"] != scene.handset.key


def test_t088_naming_the_device_is_not_being_it(scene: Scene) -> None:
    """The key alone: no proof, no tokens, and the code when the key is left out."""
    asked = scene.handset.sign_in()
    responses = {"USERNAME": "alice", "SOFTWARE_TOKEN_MFA_CODE": mfa.next_code(scene.world, scene.app)}
    refused = mfa.refused(scene.world, asked, as_name="SOFTWARE_TOKEN_MFA", **responses)
    assert refused == ("NotAuthorizedException", "Invalid session for the user.")


def test_t088_a_device_that_is_not_remembered_spares_nothing(world: World) -> None:
    scene = Scene(world, OPT_IN)
    done = scene.answer_app(scene.handset.sign_in())
    assert done["AuthenticationResult"]
    assert "NewDeviceMetadata" not in done["AuthenticationResult"]
    scene.set_status("remembered")
    assert scene.handset.sign_in()["ChallengeName"] == "DEVICE_SRP_AUTH"


def test_t088_a_forgotten_device_spares_nothing(scene: Scene) -> None:
    scene.world("ForgetDevice", AccessToken=scene.handset.tokens["AccessToken"], DeviceKey=scene.handset.key)
    named = scene.world.password_request("alice", PASSWORD, parameters={"DEVICE_KEY": scene.handset.key})
    assert scene.world.refusal("InitiateAuth", **named) == UNKNOWN
    assert mfa.begin(scene.world)["ChallengeName"] == "SOFTWARE_TOKEN_MFA"


def test_t088_another_users_device_spares_nothing(scene: Scene) -> None:
    scene.require("OPTIONAL")
    scene.world.add_user("bob")
    bobs = Handset.confirmed(scene.world, "bob")
    scene.require("ON")
    named = scene.world.password_request("alice", PASSWORD, parameters={"DEVICE_KEY": bobs.key})
    assert scene.world.refusal("InitiateAuth", **named) == UNKNOWN


def test_a_device_that_is_no_longer_remembered_proves_itself_and_is_asked_for_the_code(scene: Scene) -> None:
    """Decided while it waits for its proof."""
    asked = scene.handset.sign_in()
    scene.set_status("not_remembered")
    following = scene.handset.prove(asked)
    assert scene.answer_app(following)["AuthenticationResult"]


def test_where_mfa_is_always_asked_the_device_proves_itself_after_it(world: World) -> None:
    scene = Scene(world, MFA_ALWAYS)
    following = scene.answer_app(scene.handset.sign_in())
    assert scene.handset.prove(following)["AuthenticationResult"]


def test_a_device_that_is_named_with_the_code_proves_itself(scene: Scene) -> None:
    following = scene.answer_app(mfa.begin(scene.world), DEVICE_KEY=scene.handset.key)
    assert scene.handset.prove(following)["AuthenticationResult"]


def test_an_unknown_device_that_is_named_with_the_code_leaves_the_code_alive(scene: Scene) -> None:
    asked = mfa.begin(scene.world)
    code = {"SOFTWARE_TOKEN_MFA_CODE": mfa.next_code(scene.world, scene.app)}
    assert mfa.refused(scene.world, asked, **code, DEVICE_KEY=NOBODYS) == UNKNOWN
    assert mfa.respond(scene.world, asked, **code)["AuthenticationResult"]


def test_the_proof_of_one_device_does_not_pass_to_another(scene: Scene) -> None:
    """The device is forgotten after its proof; the next one to be named has proved nothing."""
    scene.require("OPTIONAL")
    other = Handset.confirmed(scene.world)
    scene.require("ON")
    asked = scene.handset.sign_in()
    scene.set_status("not_remembered")
    following = scene.handset.prove(asked)
    scene.world("ForgetDevice", AccessToken=other.tokens["AccessToken"], DeviceKey=scene.handset.key)
    done = scene.answer_app(following, DEVICE_KEY=other.key)
    assert done["AuthenticationResult"]["NewDeviceMetadata"]["DeviceKey"] not in (other.key, scene.handset.key)
