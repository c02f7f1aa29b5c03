"""What the forms take, what they refuse, and what they tell Cognito."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.cognito.outcome import Challenge
from flows.signin.forms import PasswordStartForm, SrpStartForm
from flows.steps.forms.passwords import NewPasswordForm
from flows.steps.forms.srp import PasswordVerifierForm
from flows.steps.pending import Pending
from flows.terms import AuthFlow

SIGNATURE = "A" * 43 + "="
STAMP = "Tue Mar 5 07:08:09 UTC 2024"


def pending(**parameters: str) -> Pending:
    return Pending(
        attempt="a",
        entry="USER_SRP_AUTH",
        flow=AuthFlow.USER_SRP_AUTH,
        username="alice",
        expires=0,
        challenge="-",
        parameters=parameters,
    )


@pytest.mark.parametrize("password", [" pw ", "\tpw\n", "e\u0301", "\u00e9", "🔑" * 64, "x" * 256, "\u202epw", "０"])
def test_t030_a_password_arrives_as_it_was_typed(password: str) -> None:
    form = NewPasswordForm({"new_password": password}, pending=pending())
    assert form.is_valid(), form.errors
    assert form.challenge_responses()["NEW_PASSWORD"] == password


@given(
    st.text(
        min_size=1, max_size=256, alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufffd")
    )
)
def test_t030_whatever_it_is(password: str) -> None:
    form = PasswordStartForm({"username": "alice", "password": password})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["password"] == password


@pytest.mark.parametrize(
    "password",
    ["", "x" * 257, "x" * 10_000, "x" * 1_000_000, "a\x00b", "a\ud800b", f"a{chr(0xFFFD)}b"],
    ids=len,
)
def test_t031_t128_a_password_that_cannot_be_sent_is_refused_at_once(password: str) -> None:
    started = time.process_time()
    form = NewPasswordForm({"new_password": password}, pending=pending())
    assert not form.is_valid()
    assert time.process_time() - started < 0.2
    assert password == "" or password not in str(form["new_password"])


@pytest.mark.parametrize("form", [PasswordStartForm, SrpStartForm])
@pytest.mark.parametrize("name", ["username", "password", "srp_a"])
def test_t128_ten_thousand_characters_in_a_field(form: type, name: str) -> None:
    given = {"username": "alice", "password": "pw", "srp_a": "ab", name: "1" * 10_000}
    checked = form(given)
    assert name not in checked.fields or not checked.is_valid()


# -- SRP -----------------------------------------------------------------------------------------------------------
def srp_start(**given: str) -> SrpStartForm:
    return SrpStartForm({"username": "alice", **given})


def test_srp_starts_with_a_number_or_on_the_server() -> None:
    assert srp_start(srp_a="AB12").is_valid()
    served = srp_start(srp="server", password=" pw ")
    assert served.is_valid()
    assert served.server_side
    assert served.cleaned_data["password"] == " pw "


@pytest.mark.parametrize("given", [{}, {"srp_a": ""}, {"password": "pw"}, {"srp": "browser", "password": "pw"}])
def test_t068_when_the_script_did_not_run_nothing_is_done_with_a_password(given: dict[str, str]) -> None:
    form = srp_start(**given)
    assert not form.is_valid()
    assert "did not run the script" in str(form.non_field_errors())


@pytest.mark.parametrize("value", ["-5", "0x1", "1_0", " 1", "１２", "g", "ab\n", "a" * 1025])
def test_t002_srp_a_is_hexadecimal_and_nothing_else(value: str) -> None:
    assert not srp_start(srp_a=value).is_valid()


def verifier(**given: Any) -> PasswordVerifierForm:
    return PasswordVerifierForm(given, pending=pending(SECRET_BLOCK="kept-on-the-server"))


def test_a_proof_answers_with_the_block_that_the_server_kept() -> None:
    form = verifier(
        password_claim_signature=SIGNATURE, timestamp=STAMP, srp_a="ab", password_claim_secret_block="from-the-browser"
    )
    assert form.is_valid(), form.errors
    assert not form.starts_again
    assert form.challenge_responses() == {
        "PASSWORD_CLAIM_SECRET_BLOCK": "kept-on-the-server",
        "PASSWORD_CLAIM_SIGNATURE": SIGNATURE,
        "TIMESTAMP": STAMP,
    }


def test_a_fresh_number_without_a_proof_starts_again() -> None:
    form = verifier(srp_a="ab")
    assert form.is_valid()
    assert form.starts_again


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"password_claim_signature": SIGNATURE},
        {"timestamp": STAMP},
        {"password_claim_signature": "short", "timestamp": STAMP},
        {"password_claim_signature": SIGNATURE, "timestamp": "Di 5. März 2024"},
        {"password_claim_signature": SIGNATURE, "timestamp": "Tue Mar 05 07:08:09 UTC 2024"},
        {"srp": "server"},
    ],
    ids=str,
)
def test_half_a_proof_is_none(given: dict[str, str]) -> None:
    assert not verifier(**given).is_valid()


# -- New password --------------------------------------------------------------------------------------------------
def test_attributes_that_the_pool_misses_become_fields() -> None:
    asked = pending(requiredAttributes='["userAttributes.email", "userAttributes.custom:team"]')
    form = NewPasswordForm({"new_password": "pw"}, pending=asked)
    assert not form.is_valid()
    assert set(form.errors) == {"userAttributes.email", "userAttributes.custom:team"}
    given = {"new_password": "pw", "userAttributes.email": "a@example.com", "userAttributes.custom:team": "blue"}
    form = NewPasswordForm(given | {"userAttributes.role": "admin"}, pending=asked)
    assert form.is_valid()
    assert form.challenge_responses() == {
        "NEW_PASSWORD": "pw",
        "userAttributes.email": "a@example.com",
        "userAttributes.custom:team": "blue",
    }, "and T086: none that was not asked for"


@pytest.mark.parametrize("text", ["", "[", "{}", "null", "7", '[7, null, {"a": 1}]', '"userAttributes.name"'])
def test_a_malformed_list_reads_as_empty(text: str) -> None:
    assert NewPasswordForm(pending=pending(requiredAttributes=text)).attributes == ()


@pytest.mark.parametrize(
    ("parameters", "user_id"),
    [
        ({"USER_ID_FOR_SRP": "id", "USERNAME": "canonical"}, "id"),
        ({"USERNAME": "canonical"}, "canonical"),
        ({}, "typed"),
    ],
)
def test_t015_answers_carry_the_pools_name_for_the_user(parameters: dict[str, str], user_id: str) -> None:
    blank = Pending(attempt="a", entry="e", flow=AuthFlow.USER_SRP_AUTH, username="typed", expires=0)
    assert blank.asked(Challenge(name="X", parameters=parameters), expires=1).user_id == user_id


def test_the_pools_name_is_kept_when_a_later_challenge_does_not_repeat_it() -> None:
    first = pending().asked(Challenge(name="X", parameters={"USER_ID_FOR_SRP": "id"}), expires=1)
    assert first.asked(Challenge(name="Y"), expires=1).user_id == "id"
    assert first.end().user_id == ""
