"""ForgotPassword, ConfirmForgotPassword, and what else replaces a password."""

import threading
from typing import Any

import pytest

from flows.pool.models import ConfirmationCode, Device, PoolUser, RefreshToken
from flows.pool.proofs import passwords
from flows.terms import UserStatus
from tests.pool import mfa
from tests.pool.conftest import PASSWORD, World
from tests.pool.test_one_time_codes import set_attributes, status_of, wrong
from tests.race import Refused, race

NEW = "Another-Horse-8!"
MISMATCH = ("CodeMismatchException", "Invalid verification code provided, please try again.")
EXPIRED = ("ExpiredCodeException", "Invalid code provided, please request a code again.")
LIMIT = ("LimitExceededException", "Attempt limit exceeded, please try after some time.")
INCORRECT = ("NotAuthorizedException", "Incorrect username or password.")
NO_SUCH = ("UserNotFoundException", "Username/client id combination not found.")
NAMES = pytest.mark.parametrize("name", ["alice", "nobody"])


@pytest.fixture
def mailed(world: World) -> World:
    """alice with a verified e-mail address."""
    set_attributes(world, email="alice@example.com", email_verified="true")
    return world


def named(world: World, name: str = "alice") -> dict[str, Any]:
    return {"ClientId": world.client_id, "Username": name}


def forgot(world: World, name: str = "alice") -> dict[str, str]:
    details: dict[str, str] = world("ForgotPassword", **named(world, name))["CodeDeliveryDetails"]
    return details


def reset(world: World, code: str, name: str = "alice", password: str = NEW) -> dict[str, Any]:
    return {**named(world, name), "ConfirmationCode": code, "Password": password}


def two_factors(world: World) -> str:
    """alice has an authenticator app; its secret."""
    mfa.require(world, "OPTIONAL", "SOFTWARE_TOKEN_MFA")
    return mfa.set_up_app(world, Enabled=True, PreferredMfa=True)


def tell(world: World) -> None:
    world.client_id = world.add_client(PreventUserExistenceErrors="LEGACY")


def test_a_code_brings_another_password(mailed: World) -> None:
    details = {"Destination": "a***@e***", "DeliveryMedium": "EMAIL", "AttributeName": "email"}
    assert forgot(mailed) == details
    [message] = mailed.sent
    assert (message.purpose, message.destination) == ("ForgotPassword", "alice@example.com")
    assert mailed.sign_in()["AccessToken"], "asking for a code changes nothing"
    mailed("ConfirmForgotPassword", **reset(mailed, message.code))
    assert mailed.refusal("InitiateAuth", **mailed.password_request("alice", PASSWORD)) == INCORRECT
    assert mailed.sign_in(password=NEW)["AccessToken"]


def test_t055_a_reset_ends_what_the_old_password_brought_and_tells_the_owner(mailed: World) -> None:
    old = mailed.sign_in()
    user = PoolUser.objects.get(username="alice")
    user.mfa = {"enabled": ["SMS_MFA"], "preferred": "SMS_MFA"}
    user.save()
    moment = {"created_at": mailed.clock(), "modified_at": mailed.clock(), "authenticated_at": mailed.clock()}
    Device.objects.create(user=user, key="us-east-1_1", group_key="-1", remembered=True, **moment)
    forgot(mailed)
    mailed("ConfirmForgotPassword", **reset(mailed, mailed.sent[-1].code))
    refresh = {"AuthFlow": "REFRESH_TOKEN_AUTH", "AuthParameters": {"REFRESH_TOKEN": old["RefreshToken"]}}
    revoked = ("NotAuthorizedException", "Refresh Token has been revoked")
    assert mailed.refusal("InitiateAuth", ClientId=mailed.client_id, **refresh) == revoked
    assert mailed.refusal("GetUser", AccessToken=old["AccessToken"])[1] == "Access Token has been revoked"
    assert not Device.objects.exists()
    assert PoolUser.objects.get(username="alice").mfa["enabled"] == ["SMS_MFA"]
    notice = mailed.sent[-1]
    assert (notice.purpose, notice.destination, notice.code) == ("PasswordReset", "alice@example.com", "")
    assert "Your password was changed" in notice.text


def test_t055_so_does_an_administrator_who_resets_it(mailed: World) -> None:
    mailed.sign_in()
    mailed("AdminResetUserPassword", UserPoolId=mailed.pool_id, Username="alice")
    assert not RefreshToken.objects.filter(revoked_at=None).exists()
    mailed("ConfirmForgotPassword", **reset(mailed, mailed.sent[-1].code))
    assert status_of(mailed) == "CONFIRMED"
    assert mailed.sign_in(password=NEW)["AccessToken"]


def test_t055_a_sign_in_that_began_with_the_old_password_is_not_finished(mailed: World) -> None:
    """Somebody who knew it waits at the second factor, and has that too."""
    secret = two_factors(mailed)
    waiting = mfa.begin(mailed)
    forgot(mailed)
    mailed("ConfirmForgotPassword", **reset(mailed, mailed.sent[-1].code))
    right = {"SOFTWARE_TOKEN_MFA_CODE": mfa.next_code(mailed, secret)}
    assert mfa.refused(mailed, waiting, **right) == ("NotAuthorizedException", "Invalid session for the user.")
    begun = mfa.begin(mailed, password=NEW)
    assert mfa.respond(mailed, begun, **right)["AuthenticationResult"], "the code of the refused try was not used up"


def test_t055_nor_one_whose_password_an_administrator_replaced(mailed: World) -> None:
    secret = two_factors(mailed)
    waiting = mfa.begin(mailed)
    mailed.set_password("alice", NEW)
    right = {"SOFTWARE_TOKEN_MFA_CODE": mfa.next_code(mailed, secret)}
    assert mfa.refused(mailed, waiting, **right) == ("NotAuthorizedException", "Invalid session for the user.")


def test_a_sign_in_goes_on_with_the_password_that_it_brought(mailed: World) -> None:
    """NEW_PASSWORD_REQUIRED replaces one too, and the second factor comes after it."""
    secret = two_factors(mailed)
    mailed.set_password("alice", PASSWORD, permanent=False)
    wanted = mfa.begin(mailed)
    assert wanted["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    factor = mfa.respond(mailed, wanted, NEW_PASSWORD=NEW)
    assert mfa.respond(mailed, factor, SOFTWARE_TOKEN_MFA_CODE=mfa.next_code(mailed, secret))["AuthenticationResult"]


def test_the_lock_of_the_old_password_ends_with_it(mailed: World) -> None:
    for _ in range(5):
        mailed.refusal("InitiateAuth", **mailed.password_request("alice", "Wrong-Horse-9!"))
    forgot(mailed)
    mailed("ConfirmForgotPassword", **reset(mailed, mailed.sent[-1].code))
    assert mailed.sign_in(password=NEW)["AccessToken"]


@NAMES
def test_t056_never_asked_for(mailed: World, name: str) -> None:
    assert mailed.refusal("ConfirmForgotPassword", **reset(mailed, "000000", name)) == EXPIRED
    forgot(mailed, name)
    code = mailed.sent[-1].code if mailed.sent else "000000"
    assert mailed.refusal("ConfirmForgotPassword", **reset(mailed, wrong(code), name)) == MISMATCH
    mailed.clock.forward(hours=1)
    assert mailed.refusal("ConfirmForgotPassword", **reset(mailed, code, name)) == EXPIRED
    assert mailed.sign_in()["AccessToken"]


def test_t044_t056_a_code_is_good_for_what_it_was_sent_for(mailed: World) -> None:
    """Sign-up, password, e-mail address: the whole cross product, and another user's of the same kind."""
    mailed("UpdateUserPool", UserPoolId=mailed.pool_id, AutoVerifiedAttributes=["email"])
    token = mailed.sign_in()["AccessToken"]
    mailed("GetUserAttributeVerificationCode", AccessToken=token, AttributeName="email")
    forgot(mailed)
    pairs = [{"Name": "email", "Value": "bob@example.com"}]
    mailed("SignUp", **named(mailed, "bob"), Password=PASSWORD, UserAttributes=pairs)
    of_email, of_password, of_sign_up = (message.code for message in mailed.sent)
    for code in (of_email, of_sign_up):
        assert mailed.refusal("ConfirmForgotPassword", **reset(mailed, code)) == MISMATCH
    assert mailed.refusal("ConfirmForgotPassword", **reset(mailed, of_sign_up, "bob"))[0] == "ExpiredCodeException"
    assert mailed.refusal("ConfirmForgotPassword", **reset(mailed, of_password, "bob"))[0] == "ExpiredCodeException"
    for code in (of_email, of_password):
        request = {**named(mailed, "bob"), "ConfirmationCode": code}
        assert mailed.refusal("ConfirmSignUp", **request) == MISMATCH
    for code in (of_password, of_sign_up):
        request = {"AccessToken": token, "AttributeName": "email", "Code": code}
        assert mailed.refusal("VerifyUserAttribute", **request) == MISMATCH
    mailed("VerifyUserAttribute", AccessToken=token, AttributeName="email", Code=of_email)
    mailed("ConfirmSignUp", **named(mailed, "bob"), ConfirmationCode=of_sign_up)
    mailed("ConfirmForgotPassword", **reset(mailed, of_password))


def test_t040_once_and_only_the_newest(mailed: World) -> None:
    forgot(mailed)
    forgot(mailed)
    first, second = (message.code for message in mailed.sent)
    assert mailed.refusal("ConfirmForgotPassword", **reset(mailed, first)) == MISMATCH
    mailed("ConfirmForgotPassword", **reset(mailed, second))
    again = mailed.refusal("ConfirmForgotPassword", **reset(mailed, second, password=PASSWORD))
    assert again in (MISMATCH, EXPIRED)
    assert mailed.sign_in(password=NEW)["AccessToken"]


@pytest.mark.django_db(transaction=True)
def test_t039_fifty_resets_at_once_reset_once(mailed: World) -> None:
    forgot(mailed)
    request = reset(mailed, mailed.sent[-1].code)
    results = race(50, lambda: mailed("ConfirmForgotPassword", **request))
    assert len([each for each in results if not isinstance(each, Refused)]) == 1
    assert {each.partition(":")[0] for each in results if isinstance(each, Refused)} <= {
        "CodeMismatchException",
        "ExpiredCodeException",
        "LimitExceededException",
    }


@NAMES
def test_t041_five_codes_and_fifteen_tries_an_hour(mailed: World, name: str) -> None:
    for _ in range(5):
        forgot(mailed, name)
    sent = len(mailed.sent)
    assert mailed.refusal("ForgotPassword", **named(mailed, name)) == LIMIT
    assert mailed.refusal("ForgotPassword", **named(mailed, name.upper())) == LIMIT
    assert len(mailed.sent) == sent
    for _ in range(15):
        assert mailed.refusal("ConfirmForgotPassword", **reset(mailed, "x", name)) == MISMATCH
    code = mailed.sent[-1].code if mailed.sent else "000000"
    assert mailed.refusal("ConfirmForgotPassword", **reset(mailed, code, name)) == LIMIT


def test_t045_a_code_lives_an_hour(mailed: World) -> None:
    forgot(mailed)
    request = reset(mailed, mailed.sent[-1].code)
    mailed.clock.forward(hours=1, seconds=1)
    assert mailed.refusal("ConfirmForgotPassword", **request) == EXPIRED
    mailed.clock.forward(seconds=-2)
    assert mailed("ConfirmForgotPassword", **request) is not None


def test_t046_the_database_tells_no_code(mailed: World) -> None:
    forgot(mailed)
    row = ConfirmationCode.objects.get()
    assert mailed.sent[-1].code.encode() not in bytes(row.code_hash)
    assert len(row.code_hash) == 32


@pytest.mark.parametrize("state", ["unknown", "disabled", "unverified", "temporary"])
def test_t019_who_cannot_be_sent_a_code_is_answered_alike(mailed: World, state: str) -> None:
    name = "bob" if state != "unknown" else "nobody"
    mailed.add_user("bob")
    set_attributes(mailed, "bob", email="bob@example.com", email_verified=str(state != "unverified").lower())
    if state == "disabled":
        mailed("AdminDisableUser", UserPoolId=mailed.pool_id, Username="bob")
    if state == "temporary":
        mailed.set_password("bob", PASSWORD, permanent=False)
    first, second = forgot(mailed, name), forgot(mailed, name)
    assert first == second
    assert first.keys() == {"Destination", "DeliveryMedium", "AttributeName"}
    assert not mailed.sent
    assert mailed.refusal("ConfirmForgotPassword", **reset(mailed, "000000", name)) == MISMATCH


def test_t019_an_address_that_nobody_has_is_masked_as_it_was_typed(mailed: World) -> None:
    assert forgot(mailed, "someone@gmail.example")["Destination"] == "s***@g***"
    assert forgot(mailed, "+15559876543")["Destination"] == "+*******6543"


def test_a_client_that_tells(mailed: World) -> None:
    tell(mailed)
    assert mailed.refusal("ForgotPassword", **named(mailed, "nobody")) == NO_SUCH
    assert mailed.refusal("ConfirmForgotPassword", **reset(mailed, "000000", "nobody")) == NO_SUCH
    mailed.add_user("bob")
    none = "Cannot reset password for the user as there is no registered/verified email or phone_number"
    assert mailed.refusal("ForgotPassword", **named(mailed, "bob")) == ("InvalidParameterException", none)
    mailed.set_password("bob", PASSWORD, permanent=False)
    state = ("NotAuthorizedException", "User password cannot be reset in the current state.")
    assert mailed.refusal("ForgotPassword", **named(mailed, "bob")) == state
    mailed("AdminDisableUser", UserPoolId=mailed.pool_id, Username="bob")
    disabled = ("NotAuthorizedException", "User is disabled.")
    assert mailed.refusal("ForgotPassword", **named(mailed, "bob")) == disabled


@NAMES
def test_only_an_administrator_may(world: World, name: str) -> None:
    recovery = {"RecoveryMechanisms": [{"Name": "admin_only", "Priority": 1}]}
    world("UpdateUserPool", UserPoolId=world.pool_id, AccountRecoverySetting=recovery)
    told = ("NotAuthorizedException", "Contact administrator to reset password.")
    assert world.refusal("ForgotPassword", **named(world, name)) == told


@NAMES
def test_a_weak_password_costs_no_code(mailed: World, name: str) -> None:
    forgot(mailed, name)
    weak = mailed.refusal("ConfirmForgotPassword", **reset(mailed, "000000", name, password="short"))
    assert weak == ("InvalidPasswordException", "Password did not conform with policy: Password not long enough")
    if name == "alice":
        mailed("ConfirmForgotPassword", **reset(mailed, mailed.sent[-1].code))


def test_a_remembered_password_costs_no_code(mailed: World) -> None:
    policy = {"PasswordPolicy": {"MinimumLength": 8, "PasswordHistorySize": 2}}
    mailed("UpdateUserPool", UserPoolId=mailed.pool_id, Policies=policy)
    forgot(mailed)
    same = mailed.refusal("ConfirmForgotPassword", **reset(mailed, mailed.sent[-1].code, password=PASSWORD))
    assert same[0] == "PasswordHistoryPolicyViolationException"
    mailed("ConfirmForgotPassword", **reset(mailed, mailed.sent[-1].code))


def test_the_old_address_resets_nothing(mailed: World) -> None:
    forgot(mailed)
    set_attributes(mailed, email="alice@example.org", email_verified="true")
    assert mailed.refusal("ConfirmForgotPassword", **reset(mailed, mailed.sent[0].code))[0] in (
        "CodeMismatchException",
        "ExpiredCodeException",
    )
    assert mailed.sign_in()["AccessToken"]


def test_a_password_that_was_chosen_meanwhile_ends_the_code(mailed: World) -> None:
    forgot(mailed)
    code = mailed.sent[-1].code
    token = mailed.sign_in()["AccessToken"]
    mailed("ChangePassword", AccessToken=token, PreviousPassword=PASSWORD, ProposedPassword="Third-Horse-7!")
    assert mailed.refusal("ConfirmForgotPassword", **reset(mailed, code)) in (MISMATCH, EXPIRED)
    assert mailed.sign_in(password="Third-Horse-7!")["AccessToken"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("by", ["code", "administrator"])
def test_changing_a_password_does_not_undo_a_reset_of_that_moment(
    mailed: World, by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reset comes exactly between the proof of the old password and the new one taking its place."""
    token = mailed.sign_in()["AccessToken"]
    forgot(mailed)
    code, proved, go_on = mailed.sent[-1].code, threading.Event(), threading.Event()
    policy = passwords.require_policy

    def pause(*given: Any) -> None:
        policy(*given)
        if threading.current_thread() is not threading.main_thread():
            proved.set()
            go_on.wait(timeout=20)

    monkeypatch.setattr(passwords, "require_policy", pause)
    request = {"AccessToken": token, "PreviousPassword": PASSWORD, "ProposedPassword": "Thief-Horse-6!"}
    outcome: list[Any] = []
    thief = threading.Thread(target=lambda: outcome.extend(race(1, lambda: mailed("ChangePassword", **request))))
    thief.start()
    assert proved.wait(timeout=20)
    if by == "code":
        mailed("ConfirmForgotPassword", **reset(mailed, code))
    else:
        mailed("AdminResetUserPassword", UserPoolId=mailed.pool_id, Username="alice")
    go_on.set()
    thief.join()
    assert outcome == [Refused(": ".join(INCORRECT))]
    expected = UserStatus.CONFIRMED if by == "code" else UserStatus.RESET_REQUIRED
    assert status_of(mailed) == expected
