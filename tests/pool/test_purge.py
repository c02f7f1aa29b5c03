"""What has expired goes, what has not stays."""

from flows.pool.models import (
    AuthSession,
    CallCount,
    ConfirmationCode,
    PasswordAttempts,
    RefreshToken,
    SpentSecretBlock,
)
from flows.pool.purge import purge
from tests.pool.conftest import PASSWORD, World


def test_only_what_has_expired(world: World) -> None:
    world.add_user("bob", permanent=False)
    world("InitiateAuth", **world.password_request("bob", PASSWORD))  # a Session
    _, proof = world.srp_challenge("alice", PASSWORD)
    world("RespondToAuthChallenge", **proof)  # a spent block and a refresh token
    world.refusal("InitiateAuth", **world.password_request("alice", "Wrong-Horse-9!"))  # a counter
    tables = (AuthSession, SpentSecretBlock, RefreshToken, PasswordAttempts)

    def left() -> list[int]:
        return [table.objects.count() for table in tables]

    assert purge(now=world.clock()) == 0
    assert left() == [1, 1, 1, 1]
    world.clock.forward(minutes=3)
    assert purge(now=world.clock()) == 2
    assert left() == [0, 0, 1, 1]
    world.clock.forward(minutes=15)
    assert purge(now=world.clock()) == 1
    world.clock.forward(days=31)
    assert purge(now=world.clock()) == 1
    assert left() == [0, 0, 0, 0]


def test_codes_and_counts(world: World) -> None:
    email = [{"Name": "email", "Value": "alice@example.com"}, {"Name": "email_verified", "Value": "true"}]
    world("AdminUpdateUserAttributes", UserPoolId=world.pool_id, Username="alice", UserAttributes=email)
    token = world.sign_in()["AccessToken"]
    world("GetUserAttributeVerificationCode", AccessToken=token, AttributeName="email")
    assert (ConfirmationCode.objects.count(), CallCount.objects.count()) == (1, 1)
    world.clock.forward(minutes=59)
    assert purge(now=world.clock()) == 0
    world.clock.forward(minutes=1)
    assert purge(now=world.clock()) == 1
    world.clock.forward(hours=23)
    assert purge(now=world.clock()) == 1
    assert (ConfirmationCode.objects.count(), CallCount.objects.count()) == (0, 0)
