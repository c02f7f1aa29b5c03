"""What waits after a refusal: as the table of the sign-in pages has it, which the inspector may not import."""

import pytest

from flows.cognito.devices import DEVICE_REFUSED
from flows.cognito.errors import CognitoError
from flows.inspector.entries import Call
from flows.inspector.telling import paths
from flows.signin.problems import NOT_ACTIVE_HERE, ROWS, SOMEBODY_ELSE, Next, Row, problem_for
from flows.steps.table import STEPS
from tests.inspector.code_reading import call

ASKED = sorted({str(step.challenge) for step in STEPS})
SILENT = {"DEVICE_SRP_AUTH", "DEVICE_PASSWORD_VERIFIER"}  # answered without a page
OURS = {NOT_ACTIVE_HERE, SOMEBODY_ELSE, DEVICE_REFUSED}  # the portal's words, which no call of a run has


@pytest.mark.parametrize("row", [row for row in ROWS if row.code not in OURS], ids=lambda row: f"{row.code} {row.at}")
def test_a_question_waits_after_a_refusal_where_its_page_does(row: Row) -> None:
    """Of every row, at every question."""
    compare(CognitoError(row.code, "RespondToAuthChallenge", message=f"So it is: {row.fragment}, it says."))


def test_whatever_nobody_knows_may_be_mended() -> None:
    compare(CognitoError("SomethingNewException", "RespondToAuthChallenge", message="What nobody has met."))


def compare(error: CognitoError) -> None:
    for asked in ASKED:
        begun = call("InitiateAuth", {"AuthFlow": "USER_AUTH"}, answer={"ChallengeName": asked})
        waits = asked not in SILENT and problem_for(error, at=asked).next is Next.SAME_FORM
        assert standing(begun, error, ChallengeName=asked) == (asked if waits else ""), asked


def test_an_app_that_is_set_up_belongs_to_the_sign_in() -> None:
    begun = call("InitiateAuth", {"AuthFlow": "USER_AUTH"}, answer={"ChallengeName": "MFA_SETUP"})
    expired = CognitoError("NotAuthorizedException", "VerifySoftwareToken", message="Invalid session for the user.")
    wrong = CognitoError("EnableSoftwareTokenMFAException", "VerifySoftwareToken", message="Code mismatch")
    assert standing(begun, expired, Session={"$masked": "Session"}) == ""
    assert standing(begun, wrong, Session={"$masked": "Session"}) == "MFA_SETUP"
    assert standing(begun, expired, AccessToken={"$masked": "AccessToken"}) == "MFA_SETUP", "of another page"


def standing(begun: Call, error: CognitoError, **request: object) -> str:
    return paths.standing([begun, call(error.operation, request, error=error.code, message=error.message)])
