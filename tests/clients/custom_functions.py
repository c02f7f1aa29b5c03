"""A custom sign-in to tell stories of: a CAPTCHA in every round, another one each time, and SRP where it was begun."""

from tests.clients.custom_auth import CUSTOM_CHALLENGE, Asked
from tests.lambda_api import Event, Function


def define(*, rounds: int = 1, tries: int = 3) -> Function:
    """DefineAuthChallenge: tokens after ``rounds`` right answers, the end after ``tries`` wrong ones."""

    def define_auth_challenge(event: Event) -> Event:
        session = event["request"]["session"]
        names = [each["challengeName"] for each in session]
        answers = [each["challengeResult"] for each in session if each["challengeName"] == CUSTOM_CHALLENGE]
        owes_password = "SRP_A" in names and "PASSWORD_VERIFIER" not in names
        event["response"] |= {
            "issueTokens": answers.count(True) == rounds and not owes_password,
            "failAuthentication": answers.count(False) == tries,
            "challengeName": "PASSWORD_VERIFIER" if owes_password else CUSTOM_CHALLENGE,
        }
        return event

    return define_auth_challenge


def create(event: Event) -> Event:
    """CreateAuthChallenge: the URL is public, the answer is not. The number of the round is part of both."""
    number = len(event["request"]["session"])
    event["response"] |= {
        "publicChallengeParameters": {"captchaUrl": f"url/{number}.jpg"},
        "privateChallengeParameters": {"answer": f"five {number}"},
        "challengeMetadata": f"CAPTCHA_{number}",
    }
    return event


def verify(event: Event) -> Event:
    """VerifyAuthChallengeResponse."""
    request = event["request"]
    event["response"]["answerCorrect"] = request["challengeAnswer"] == request["privateChallengeParameters"]["answer"]
    return event


def watch(event: Event) -> Event:
    """Any trigger: do nothing but be seen."""
    return event


def solve(asked: Asked) -> str:
    """What a person reads in the picture."""
    assert asked.name == CUSTOM_CHALLENGE, asked
    number = asked.parameters["captchaUrl"].removeprefix("url/").removesuffix(".jpg")
    return f"five {number}"
