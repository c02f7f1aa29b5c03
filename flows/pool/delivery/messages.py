"""Messages that bring a code: their wording, which the CustomMessage trigger may replace, and the way out, for which a
custom sender may stand.

Section 6.3 of the protocol notes; developer guide, "Custom message Lambda trigger".
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flows.pool.delivery import custom_senders
from flows.pool.directory.addresses import Address
from flows.pool.errors.triggers import invalid_lambda_response
from flows.pool.lambda_triggers import triggers
from flows.pool.lambda_triggers.triggers import Origin, Subject
from flows.pool.models import PoolUser
from flows.pool.tools import Message, Tools
from flows.terms import Trigger, TriggerSource

CODE = "{####}"
USERNAME = "{username}"
_PLACEHOLDER = re.compile("|".join(re.escape(each) for each in (CODE, USERNAME)))
_LINK = "{##Click Here##}"  # of verification by link, which managed login has and the API has not
_MEMBER = {"email": "emailMessage", "sms": "smsMessage"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """``text`` as the pool's settings have it, with CODE and perhaps USERNAME in it; ``name`` stands for the latter.
    ``purpose`` is the second half of the trigger source."""

    purpose: str
    address: Address
    text: str
    subject: str = ""
    code: str = field(repr=False)
    name: str


def send(user: PoolUser, draft: Draft, *, origin: Origin, tools: Tools) -> None:
    """Word it and hand it to ``tools.deliver``. Not for inside a transaction in a pool with a CustomMessage trigger.

    Raises what a trigger that fails comes to (``flows.pool.lambda_triggers.triggers.call``), and then nothing is sent.
    """
    if custom_senders.sends(user, draft.address.medium):
        custom_senders.hand_over(user, draft.address, purpose=draft.purpose, code=draft.code, origin=origin)
        return
    text, subject = _worded(user, draft, origin)
    filled = {CODE: draft.code, USERNAME: draft.name}  # in one go: a name may look like a placeholder
    message = Message(
        medium=draft.address.medium,
        destination=draft.address.value,
        username=user.username,
        purpose=draft.purpose,
        text=_PLACEHOLDER.sub(lambda found: filled[found[0]], text),
        code=draft.code,
        subject=subject,
    )
    tools.deliver(user.pool_id, message)


def _worded(user: PoolUser, draft: Draft, origin: Origin) -> tuple[str, str]:
    """Text and subject, still with their placeholders: the function never sees the code."""
    if not triggers.is_configured(user.pool, Trigger.CUSTOM_MESSAGE):
        return draft.text, draft.subject
    invites = draft.purpose == "AdminCreateUser"
    request = {
        "userAttributes": triggers.user_attributes(user),
        "codeParameter": CODE,
        "linkParameter": _LINK,
        "usernameParameter": USERNAME if invites else None,
        "clientMetadata": dict(origin.client_metadata),
    }
    answer = triggers.call(
        Trigger.CUSTOM_MESSAGE,
        TriggerSource(f"{Trigger.CUSTOM_MESSAGE}_{draft.purpose}"),
        Subject(pool=user.pool, username=user.username, origin=origin),
        request=request,
        response={"smsMessage": None, "emailMessage": None, "emailSubject": None},
    )
    _require_own_sender(user, answer)
    text = answer[_MEMBER[draft.address.medium]]
    if text and not all(placeholder in text for placeholder in ([CODE, USERNAME] if invites else [CODE])):
        raise invalid_lambda_response()
    return text or draft.text, answer["emailSubject"] or draft.subject


def _require_own_sender(user: PoolUser, answer: Mapping[str, Any]) -> None:
    """E-mail that Cognito sends itself has Cognito's words: others take EmailSendingAccount DEVELOPER."""
    own = user.pool.setting("EmailConfiguration", "EmailSendingAccount", default="COGNITO_DEFAULT") == "DEVELOPER"
    if not own and (answer["emailMessage"] or answer["emailSubject"]):
        raise invalid_lambda_response()
