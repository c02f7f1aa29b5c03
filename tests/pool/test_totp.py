"""SOFTWARE_TOKEN_MFA: RFC 6238, each code once, the lock, and what the database keeps."""

import base64
from datetime import UTC, datetime

import pytest

from flows.pool.factors import totp
from flows.pool.models import SoftwareToken
from tests.pool import mfa
from tests.pool.conftest import World
from tests.race import race

MISMATCH = ("CodeMismatchException", "Invalid code received for user")
USED = ("ExpiredCodeException", "Your software token has already been used once.")
# RFC 6238 appendix B, the SHA-1 column: seconds since 1970, eight digits.
RFC_SEED = b"12345678901234567890"
RFC_VECTORS = [
    (59, "94287082"),
    (1111111109, "07081804"),
    (1111111111, "14050471"),
    (1234567890, "89005924"),
    (2000000000, "69279037"),
    (20000000000, "65353130"),
]


@pytest.fixture
def secret(world: World) -> str:
    """alice has an app and prefers it."""
    mfa.require(world, "OPTIONAL", "SOFTWARE_TOKEN_MFA")
    secret = mfa.set_up_app(world, Enabled=True, PreferredMfa=True)
    world.clock.forward(seconds=90)  # the code that proved the app is out of the window
    return secret


@pytest.mark.parametrize(("seconds", "code"), RFC_VECTORS)
def test_rfc_6238_vectors(seconds: int, code: str) -> None:
    step = totp.step_at(datetime.fromtimestamp(seconds, UTC))
    assert totp.code(RFC_SEED, step, digits=8) == code
    assert totp.code(RFC_SEED, step) == code[2:]


def test_a_secret_is_32_characters_of_base32(world: World) -> None:
    mfa.require(world, "OPTIONAL", "SOFTWARE_TOKEN_MFA")
    token = world.sign_in()["AccessToken"]
    secrets = {world("AssociateSoftwareToken", AccessToken=token)["SecretCode"] for _ in range(5)}
    assert len(secrets) == 5
    assert all(len(secret) == 32 and len(base64.b32decode(secret)) == 20 for secret in secrets)


def test_the_code_of_the_app_signs_in(world: World, secret: str) -> None:
    asked = mfa.begin(world)
    assert asked["ChallengeName"] == "SOFTWARE_TOKEN_MFA"
    assert asked["ChallengeParameters"] == {"FRIENDLY_DEVICE_NAME": "", "USER_ID_FOR_SRP": "alice"}
    assert mfa.respond(world, asked, SOFTWARE_TOKEN_MFA_CODE=mfa.app_code(world, secret))["AuthenticationResult"]


def test_a_wrong_code_leaves_the_session_alive(world: World, secret: str) -> None:
    asked = mfa.begin(world)
    right = mfa.app_code(world, secret)
    wrong = "000000" if right != "000000" else "000001"
    assert mfa.refused(world, asked, SOFTWARE_TOKEN_MFA_CODE=wrong) == MISMATCH
    assert mfa.refused(world, asked)[0] == "InvalidParameterException"
    assert mfa.respond(world, asked, SOFTWARE_TOKEN_MFA_CODE=right)["AuthenticationResult"]


def test_what_the_pool_calls_the_device(world: World) -> None:
    mfa.require(world, "OPTIONAL", "SOFTWARE_TOKEN_MFA")
    token = world.sign_in()["AccessToken"]
    secret = world("AssociateSoftwareToken", AccessToken=token)["SecretCode"]
    proof = {"AccessToken": token, "UserCode": mfa.app_code(world, secret)}
    refusal = world.refusal("VerifySoftwareToken", FriendlyDeviceName="x" * 1025, **proof)
    assert refusal[0] == "InvalidParameterException"
    world("VerifySoftwareToken", FriendlyDeviceName="Alice’s phone", **proof)
    mfa.prefer(world, "SOFTWARE_TOKEN_MFA", Enabled=True)
    assert mfa.begin(world)["ChallengeParameters"]["FRIENDLY_DEVICE_NAME"] == "Alice’s phone"


@pytest.mark.parametrize("steps", [-2, -1, 0, 1, 2])
def test_t051_one_step_before_and_after(world: World, secret: str, steps: int) -> None:
    code = mfa.app_code(world, secret, steps=steps)
    asked = mfa.begin(world)
    if abs(steps) <= 1:
        assert mfa.respond(world, asked, SOFTWARE_TOKEN_MFA_CODE=code)["AuthenticationResult"]
    else:
        assert mfa.refused(world, asked, SOFTWARE_TOKEN_MFA_CODE=code) == MISMATCH


def test_t051_an_older_step_after_a_newer_one(world: World, secret: str) -> None:
    newer, older = (mfa.app_code(world, secret, steps=steps) for steps in (1, 0))
    assert mfa.respond(world, mfa.begin(world), SOFTWARE_TOKEN_MFA_CODE=newer)["AuthenticationResult"]
    assert mfa.refused(world, mfa.begin(world), SOFTWARE_TOKEN_MFA_CODE=older) == USED


def test_t050_a_code_counts_once(world: World, secret: str) -> None:
    code = mfa.app_code(world, secret)
    assert mfa.respond(world, mfa.begin(world), SOFTWARE_TOKEN_MFA_CODE=code)["AuthenticationResult"]
    asked = mfa.begin(world)
    assert mfa.refused(world, asked, SOFTWARE_TOKEN_MFA_CODE=code) == USED
    assert mfa.respond(world, asked, SOFTWARE_TOKEN_MFA_CODE=mfa.next_code(world, secret))["AuthenticationResult"]


def test_t050_the_code_that_set_the_app_up_is_used_too(world: World) -> None:
    mfa.require(world, "OPTIONAL", "SOFTWARE_TOKEN_MFA")
    secret = mfa.set_up_app(world, Enabled=True)
    used = mfa.app_code(world, secret)
    assert mfa.refused(world, mfa.begin(world), SOFTWARE_TOKEN_MFA_CODE=used) == USED


@pytest.mark.django_db(transaction=True)
def test_t050_one_code_fifty_times_at_once_on_sessions_of_their_own(world: World, secret: str) -> None:
    code = mfa.app_code(world, secret)
    asked = [mfa.begin(world) for _ in range(50)]
    results = race(50, lambda: mfa.respond(world, asked.pop(), SOFTWARE_TOKEN_MFA_CODE=code))
    assert sum(isinstance(result, dict) for result in results) == 1
    assert {result for result in results if isinstance(result, str)} == {": ".join(USED)}


@pytest.mark.django_db(transaction=True)
def test_t050_one_code_fifty_times_at_once_on_one_session(world: World, secret: str) -> None:
    code, asked = mfa.app_code(world, secret), mfa.begin(world)
    results = race(50, lambda: mfa.respond(world, asked, SOFTWARE_TOKEN_MFA_CODE=code))
    assert sum(isinstance(result, dict) for result in results) == 1


@pytest.mark.parametrize(
    "spelt",
    [
        lambda code: code.translate({ord("0") + n: 0xFF10 + n for n in range(10)}),  # full-width digits
        lambda code: code.translate({ord("0") + n: 0x0660 + n for n in range(10)}),  # Arabic-Indic digits
        lambda code: f"{code[:3]} {code[3:]}",
        lambda code: f"{code}0",
        lambda code: code[:5],
        lambda code: f"+{code[1:]}",
        lambda code: code * 2000,
    ],
    ids=["full width", "Arabic", "space", "seven", "five", "sign", "long"],
)
def test_t048_only_six_ascii_digits_are_a_code(world: World, secret: str, spelt: object) -> None:
    code = mfa.app_code(world, secret)
    assert mfa.refused(world, mfa.begin(world), SOFTWARE_TOKEN_MFA_CODE=spelt(code)) == MISMATCH  # type: ignore[operator]


def test_t043_wrong_codes_lock_over_sessions(world: World, secret: str) -> None:
    right = mfa.app_code(world, secret)
    wrong = "000000" if right != "000000" else "000001"
    for _ in range(5):  # a right password each time does not start the count again
        assert mfa.refused(world, mfa.begin(world), SOFTWARE_TOKEN_MFA_CODE=wrong) == MISMATCH
    asked = mfa.begin(world)
    assert mfa.refused(world, asked, SOFTWARE_TOKEN_MFA_CODE=right)[0] == "NotAuthorizedException"
    world.clock.forward(seconds=1)
    assert mfa.respond(world, asked, SOFTWARE_TOKEN_MFA_CODE=mfa.app_code(world, secret))["AuthenticationResult"]


def test_t042_a_session_stands_six_wrong_codes(world: World, secret: str) -> None:
    asked = mfa.begin(world)
    for _ in range(6):
        world.clock.forward(seconds=10)  # beyond each lock of the user
        wrong = "000000" if mfa.app_code(world, secret) != "000000" else "000001"
        assert mfa.refused(world, asked, SOFTWARE_TOKEN_MFA_CODE=wrong) == MISMATCH
    world.clock.forward(seconds=10)
    right = mfa.app_code(world, secret)
    assert mfa.refused(world, asked, SOFTWARE_TOKEN_MFA_CODE=right) == (
        "NotAuthorizedException",
        "Invalid session for the user.",
    )


def test_t046_seeds_are_sealed(world: World, secret: str) -> None:
    token = world("RespondToAuthChallenge", **_answer(world, secret))["AuthenticationResult"]["AccessToken"]
    waiting = world("AssociateSoftwareToken", AccessToken=token)["SecretCode"]
    row = SoftwareToken.objects.get()
    kept = bytes(row.sealed_seed) + bytes(row.sealed_pending_seed)
    for text in (secret, waiting):
        seed = base64.b32decode(text)
        for form in (seed, seed.hex().encode(), text.encode()):
            assert form not in kept


def _answer(world: World, secret: str) -> dict[str, object]:
    return mfa.answer(world, mfa.begin(world), SOFTWARE_TOKEN_MFA_CODE=mfa.app_code(world, secret))


def test_a_deleted_app_is_asked_no_more(world: World, secret: str) -> None:
    asked = mfa.begin(world)
    world("AdminDeleteSoftwareToken", UserPoolId=world.pool_id, Username="alice")
    code = mfa.app_code(world, secret)
    assert mfa.refused(world, asked, SOFTWARE_TOKEN_MFA_CODE=code)[0] == "SoftwareTokenMFANotFoundException"
    assert mfa.begin(world)["AuthenticationResult"]


def test_an_app_outlives_the_pools_offer_of_new_ones(world: World, secret: str) -> None:
    """Developer guide, "TOTP software token MFA", consideration 4."""
    mfa.require(world, "OPTIONAL", "SMS_MFA")
    asked = mfa.begin(world)
    assert asked["ChallengeName"] == "SOFTWARE_TOKEN_MFA"
    token = mfa.respond(world, asked, SOFTWARE_TOKEN_MFA_CODE=mfa.app_code(world, secret))["AuthenticationResult"]
    assert world.refusal("AssociateSoftwareToken", AccessToken=token["AccessToken"]) == (
        "SoftwareTokenMFANotFoundException",
        "Software Token MFA has not been enabled by the userPool",
    )
