"""VerifyAuthChallengeResponse: whether the answer is right.

Environment: that of the kinds in use (docs/triggers.md).
Event: ``request.privateChallengeParameters``, as CreateAuthChallenge left them, and ``request.challengeAnswer``, a
string; ``response`` takes ``answerCorrect``. Source: developer guide, "Verify Auth challenge response Lambda trigger".

An answer that cannot be judged, because whoever must be asked does not answer, is neither right nor wrong: the handler
raises, Cognito passes its words on as UserLambdaValidationException, and no try is spent.

For somebody who does not exist (``request.userNotFound``) a picture or a sum is judged like anybody's: were its right
answers wrong, whoever solves one could ask who has an account. What tells who one is has no right answer for them
(``kinds.link``, ``kinds.question``), and DefineAuthChallenge gives them no tokens whatever was right.
"""

from flows.triggers.events import Context, Event, Refused, respond
from flows.triggers.kinds import KINDS, asker

LONGEST_ANSWER = 8192  # characters; reCAPTCHA's tokens, the longest, have about 2,000


def handler(event: Event, context: Context) -> Event:
    """True or false."""
    request = event["request"]
    private = request.get("privateChallengeParameters") or {}
    if private.get("kind") not in KINDS:
        raise Refused("This question was not put by flows.triggers.create_auth_challenge")
    answer = request.get("challengeAnswer")
    readable = isinstance(answer, str) and 0 < len(answer) <= LONGEST_ANSWER
    return respond(event, answerCorrect=readable and asker(private["kind"]).check(answer, private))
