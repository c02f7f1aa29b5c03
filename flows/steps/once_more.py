"""What a page says when the answer to a custom challenge brought another challenge of the same kind.

Cognito does not tell a wrong answer from a right one with more to come: both are just the next CUSTOM_CHALLENGE. So
what is said is what the two questions bear out. Every function here has the shape of ``Step.once_more``.
"""

from flows.steps import public
from flows.steps.pending import Pending


def silence(_before: Pending, _now: Pending) -> str:
    return ""


def another(_before: Pending, _now: Pending) -> str:
    """Nobody is asked for a second picture who has read the first."""
    return "That was not right. Here is another one."


def check_again(_before: Pending, _now: Pending) -> str:
    return "The check was not passed. Please try it again."


def link_again(before: Pending, now: Pending) -> str:
    """The same attempt: the message that was sent still counts."""
    if public.link(before) == public.link(now):
        return "That was not right. Use the link or the code of the same e-mail once more."
    return "That was not right. A new e-mail is on its way; only its link and its code count now."


def question_again(before: Pending, now: Pending) -> str:
    if public.question(before) == public.question(now):
        return "That was not right. Try again."
    return "Here is another question. The last answer may not have been right."


def round_again(before: Pending, now: Pending) -> str:
    if public.everything(before) == public.everything(now):
        return "That was not right, or there is more to come: the same is asked once more."
    return "Something else is asked now. The last answer may not have been right."
