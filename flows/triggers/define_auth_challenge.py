"""DefineAuthChallenge: what comes next in a custom sign-in, tokens and refusal included.

Environment: ``CHALLENGES``, ``CHALLENGE_TRIES``, ``PASSWORD_IS_DUMMY``, and which keys there are (docs/triggers.md).
Event: ``request.session``, the rounds so far; ``response`` takes ``challengeName``, ``issueTokens``,
``failAuthentication``. Source: developer guide, "Define Auth challenge Lambda trigger".
"""

from flows.triggers import plan
from flows.triggers.asked import next_in
from flows.triggers.events import Context, Event, respond
from flows.triggers.progress import Ask, Passed


def handler(event: Event, context: Context) -> Event:
    """Exactly one of: a challenge, tokens, the end."""
    verdict = next_in(event, plan.read())
    return respond(
        event,
        challengeName=verdict.challenge_name if isinstance(verdict, Ask) else None,
        issueTokens=isinstance(verdict, Passed),
        failAuthentication=not isinstance(verdict, Ask | Passed),
    )
