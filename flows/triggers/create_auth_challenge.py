"""CreateAuthChallenge: puts the question that DefineAuthChallenge decided on.

Environment: that of DefineAuthChallenge, and of the kinds in use (docs/triggers.md).
Event: ``request.session``; ``response`` takes ``publicChallengeParameters`` (to the client),
``privateChallengeParameters`` (to VerifyAuthChallengeResponse only) and ``challengeMetadata`` (to later rounds).
Source: developer guide, "Create Auth challenge Lambda trigger".
"""

from flows.triggers import plan
from flows.triggers.asked import next_in
from flows.triggers.events import CUSTOM_CHALLENGE, Context, Event, Refused, attributes_of, is_nobody, respond
from flows.triggers.kinds import Person, asker, metadata_for
from flows.triggers.progress import Ask


def handler(event: Event, context: Context) -> Event:
    """A new question, for somebody who does not exist too."""
    asked = next_in(event, plan.read())
    if not isinstance(asked, Ask) or asked.challenge_name != CUSTOM_CHALLENGE:
        raise Refused("No question is due here: do both functions have the same CHALLENGES?")
    person = Person(attributes=attributes_of(event), exists=not is_nobody(event), earlier=asked.earlier)
    challenge = asker(asked.kind).ask(person)
    return respond(
        event,
        publicChallengeParameters=dict(challenge.public),
        privateChallengeParameters={"kind": asked.kind, **challenge.private},
        challengeMetadata=metadata_for(asked.kind, challenge.detail),
    )
