"""The table of problems knows what Cognito can say (T139)."""

import botocore.session
import pytest

from flows.account.problems import ROWS as ACCOUNT_ROWS
from flows.cognito.errors import BAD_ANSWER, BAD_TOKEN, NO_ANSWER, UNREACHABLE, CognitoError
from flows.cognito.exchange import OPERATIONS
from flows.signin.problems import E1, E2, E3, E4, E5, ROWS, STRANGE, Next, problem_for
from flows.terms import ChallengeName

MODEL = botocore.session.get_session().get_service_model("cognito-idp")
MODELLED = sorted({shape.name for name in OPERATIONS for shape in MODEL.operation_model(name).error_shapes})
N = "NotAuthorizedException"


def problem(code: str, message: str = "", at: str = "") -> object:
    return problem_for(CognitoError(code, "InitiateAuth", message=message), at=at)


@pytest.mark.parametrize("code", MODELLED)
def test_t139_every_modelled_exception_has_a_row(code: str) -> None:
    """The second table is that of the pages for whoever is signed in; what it does not know, it asks the first."""
    at_sign_in = any(row.code == code and not row.fragment and row.at is None for row in ROWS)
    assert at_sign_in or any(row.code == code and not row.fragment for row in ACCOUNT_ROWS), "a row for any text"


@pytest.mark.parametrize(
    ("code", "message", "expected"),
    [
        (N, "Incorrect username or password.", E1),
        ("UserNotFoundException", "User does not exist.", E1),
        (N, "a text that we never met", E1),
        ("CodeMismatchException", "", E2),
        (N, "Invalid session for the user.", E3),
        (N, "Invalid session for the user, session is expired.", E3),
        (N, "Invalid session for the user, session can only be used once.", E3),
        ("ExpiredCodeException", "", E3),
        ("TooManyRequestsException", "Rate exceeded", E4),
        ("LimitExceededException", "", E4),
        ("InternalErrorException", "", E5),
        ("NeverHeardOfException", "", E5),
        ("502", "", E5),
        (BAD_ANSWER, "", STRANGE),
        (BAD_TOKEN, "", STRANGE),
    ],
)
def test_what_is_told(code: str, message: str, expected: object) -> None:
    assert problem(code, message) == expected


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.code} {row.fragment}")
def test_every_row_can_be_reached_and_has_a_status_that_the_page_shows(row: object) -> None:
    error = CognitoError(row.code, "x", message=row.fragment)
    first = next(other for other in ROWS if other.matches(error, row.at or ""))
    assert first is row, "an earlier row hides it"
    assert row.problem.status in (403, 422, 429, 503)
    assert (row.problem.retry_after is not None) == (row.problem.status in (429, 503))
    assert row.problem.text or row.quote


def test_a_locked_account_is_told_to_wait() -> None:
    locked = problem(N, "Password attempts exceeded")
    assert (locked.status, locked.next, bool(locked.retry_after)) == (429, Next.START_FORM, True)


def test_the_pools_reason_for_a_weak_password_is_passed_on() -> None:
    weak = problem(
        "InvalidPasswordException",
        "Password did not conform with policy: Password not long enough",
        ChallengeName.NEW_PASSWORD_REQUIRED,
    )
    assert (weak.text, weak.field, weak.next) == ("Password not long enough", "new_password", Next.SAME_FORM)


def test_the_text_of_a_trigger_is_passed_on() -> None:
    refused = problem("UserLambdaValidationException", "PreAuthentication failed with error Not on a Sunday.")
    assert refused.text == "Sign-in was refused: Not on a Sunday."


def test_a_missing_attribute_is_named_where_it_was_asked_for() -> None:
    message = "Invalid attributes given, name is missing"
    at = ChallengeName.NEW_PASSWORD_REQUIRED
    assert problem("InvalidParameterException", message, at).text == "Something is missing: name is missing"
    assert "name" not in problem("InvalidParameterException", message).text


def test_no_answer_does_not_promise_that_nothing_was_done() -> None:
    """T134: a time-out may come after Cognito did the work."""
    assert "may or may not" in problem(NO_ANSWER).text
    assert problem(NO_ANSWER).status == 503
    assert problem(UNREACHABLE) == E5
