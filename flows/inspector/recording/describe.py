"""One exchange as an entry: redacted, and told in the step table's words."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from flows.cognito.exchange import Exchange
from flows.inspector.entries import Call, Decision, TriggerCall
from flows.inspector.masking import redact
from flows.inspector.recording import ceremony
from flows.steps.pending import Pending
from flows.steps.table import UnknownChallenge, step_for
from flows.terms import AuthFlow

_OF_A_FUNCTION = "UserLambdaValidationException"  # its message is what the function raised


def call(
    exchange: Exchange, inside: Sequence[TriggerCall | Decision], *, functions: Sequence[Mapping[str, Any]] = ()
) -> Call:
    """The entry for ``exchange``; ``inside`` is what the pool told meanwhile (``trigger``, ``decision`` below), and
    ``functions`` what went to functions and came back, in full, since the refusal may repeat it."""
    request, response = dict(exchange.parameters), _without_metadata(exchange.response)
    metadata = (exchange.response or {}).get("ResponseMetadata", {})
    error = exchange.error
    secrets = redact.secrets_of(request) | redact.secrets_of(response or {})
    return Call(
        operation=exchange.operation,
        signed=exchange.signed,
        region=exchange.connection.region,
        endpoint_url=exchange.connection.endpoint_url or "",
        user_pool_id=exchange.connection.user_pool_id,
        request=redact.without(redact.tree(request), secrets),
        answer=None if response is None else redact.without(redact.tree(response), secrets),
        error=error.code if error else "",
        message=_message(exchange, request, *functions),
        status=error.status if error else int(metadata.get("HTTPStatusCode", 0)),
        request_id=str(metadata.get("RequestId") or (error.request_id if error else "")),
        at=datetime.fromtimestamp(exchange.began_at, UTC).isoformat(timespec="milliseconds"),
        milliseconds=round(exchange.seconds * 1000, 1),
        step=_step(exchange, response or {}),
        browser=ceremony.told_by(request),
        inside=tuple(_without(each, secrets) for each in inside),
    )


def trigger(facts: Mapping[str, Any]) -> TriggerCall:
    """What ``flows.pool.observing`` tells of a function."""
    event, answer = facts["event"], facts.get("answer")
    secrets = redact.secrets_of(event)
    return TriggerCall(
        trigger=str(facts["trigger"]),
        source=str(facts["source"]),
        function=str(facts["function"]),
        event=redact.tree(event),
        answer=redact.without(redact.tree(answer), secrets) if isinstance(answer, dict) else None,
        error=redact.message(str(facts.get("error") or ""), event, by_function=True),
        milliseconds=round(float(facts["seconds"]) * 1000, 1),
    )


def decision(facts: Mapping[str, Any]) -> Decision:
    """What ``flows.pool.observing`` tells of the policy."""
    return Decision(next=str(facts["next"]), why=str(facts["why"]))


def _message(exchange: Exchange, *wholes: Mapping[str, Any]) -> str:
    error = exchange.error
    return "" if error is None else redact.message(error.message, *wholes, by_function=error.code == _OF_A_FUNCTION)


def _without(inside: TriggerCall | Decision, secrets: frozenset[str]) -> TriggerCall | Decision:
    """``inside`` without what the call around it keeps secret."""
    if isinstance(inside, Decision):
        return inside
    facts = inside.to_json()
    return TriggerCall(**(facts | {name: redact.without(facts[name], secrets) for name in ("event", "answer")}))


def _without_metadata(response: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if response is None else {name: each for name, each in response.items() if name != "ResponseMetadata"}


def _step(exchange: Exchange, response: Mapping[str, Any]) -> str:
    """The slug of the row that will show what Cognito asked. Empty for an unknown challenge, which the page names."""
    name = response.get("ChallengeName")
    if not name:
        return ""
    flow = exchange.parameters.get("AuthFlow", "")
    pending = Pending(
        attempt="",
        entry="",
        flow=AuthFlow(flow) if flow in tuple(AuthFlow) else AuthFlow.USER_AUTH,  # no row's ``when`` goes by it
        username="",
        expires=0,
        challenge=str(name),
        parameters=dict(response.get("ChallengeParameters") or {}),
        available=tuple(response.get("AvailableChallenges") or ()),
    )
    try:
        return step_for(pending).slug
    except (UnknownChallenge, json.JSONDecodeError):
        return ""
