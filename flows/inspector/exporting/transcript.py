"""A run as a Markdown document, to be read on GitHub, in an editor, in an issue."""

from collections.abc import Iterator, Sequence

from flows.diagrams import flow_map
from flows.inspector.entries import Call, Tree, TriggerCall
from flows.inspector.exporting.markdown import fenced, fenced_json, prose, span
from flows.inspector.masking.masks import MASKED, is_mask
from flows.inspector.models import Run
from flows.inspector.telling import endings, maps, names, paths, sequences, words
from flows.inspector.telling.shown import ShownCall

_LEGEND = (
    "Values in `[…]` are not shown. Where a fingerprint stands behind the name, the same value has the same one: "
    "a Session that changed has another."
)


def of(run: Run, entries: Sequence[ShownCall]) -> str:
    """``entries`` are all of the run's (``shown.entries``)."""
    return "\n\n".join([*_head(run, entries), *(part for entry in entries for part in _call(entry)), ""])


def _head(run: Run, entries: Sequence[ShownCall]) -> Iterator[str]:
    calls = [entry.call for entry in entries]
    who = f" as {span(run.username)}" if run.username else ""
    yield f"# {span(run.name)}: {span(run.flow)}{who}" if run.name else f"# {span(run.flow)}{who}"
    count = "1 call" if len(calls) == 1 else f"{len(calls)} calls"
    yield f"Began {run.began_at:%Y-%m-%d %H:%M:%S} UTC. {count}. Ended: {span(str(endings.of(calls)))}."
    yield _LEGEND
    if entries:
        yield "## Who said what"
        yield fenced(sequences.of(entries).mermaid, "mermaid")
    if drawn := maps.known(run.flow):
        yield "## The map of the flow"
        yield fenced(flow_map.mermaid(drawn), "mermaid")
        if way := _way(calls):
            yield f"The way it took: {' → '.join(map(span, way))}."
    yield "## Call by call"


def _way(calls: Sequence[Call]) -> list[str]:
    """What was met, and what waits behind it."""
    met, standing = paths.met(calls), paths.standing(calls)
    return [*met, *([standing] if standing and met[-1:] != (standing,) else [])]


def _call(entry: ShownCall) -> Iterator[str]:
    call = entry.call
    yield f"### {entry.number}. {span(words.subject(call))} → {span(words.outcome(call))}"
    yield "\n".join(_facts(entry))
    if entry.srp:
        yield f"**SRP, done by {'this server' if entry.by_portal else 'the browser'}**"
        yield "\n".join(f"- {fact.name}: {span(fact.value)}. {fact.proves}" for fact in entry.srp.facts)
    if entry.passkey:
        yield "**The passkey, in the browser**"
        yield fenced_json(entry.passkey)
    yield "**Request**"
    yield fenced_json(_readable(call.request))
    for trigger in entry.triggers:
        yield from _trigger(trigger.call, echoes=trigger.echoes)
    yield "**Answer**"
    yield f"{span(call.error)} {span(call.message)}" if call.error else fenced_json(_readable(call.answer or {}))
    for decision in call.decisions:
        yield f"> **Why {span(decision.next)}?** {prose(decision.why)}"


def _facts(entry: ShownCall) -> Iterator[str]:
    call = entry.call
    signed = "signed with AWS credentials" if call.signed else "public"
    yield f"- {signed}, status {call.status or 'unknown'}, {call.milliseconds} ms, at {span(call.at)}"
    if route := words.route(call):
        yield f"- the browser sent {span(route)}"
    if call.times > 1:
        yield f"- {call.times} times in a row"
    if named := names.of_answer(call):
        theirs = named.amplify_js
        yield f"- {theirs.stack}: {span(theirs.name) if theirs.name else theirs.note}"
    if call.request_id:
        yield f"- request id {span(call.request_id)}"


def _trigger(trigger: TriggerCall, *, echoes: bool) -> Iterator[str]:
    yield f"**Lambda trigger {span(trigger.trigger)}**: {span(trigger.source)}, {trigger.milliseconds} ms"
    yield "Event in:"
    yield fenced_json(_readable(trigger.event))
    yield "Event out, of which the rest is as it went in:" if echoes else "Event out:"
    answer = {"response": trigger.answer.get("response")} if echoes else trigger.answer
    yield span(trigger.error) if trigger.error else fenced_json(_readable(answer))


def _readable(tree: Tree) -> Tree:
    """Masks as one text each; of a masked token the claims beside it."""
    if is_mask(tree):
        said = f"[{' '.join(filter(None, (tree[MASKED], tree.get('fingerprint'))))}]"
        return {said: tree["claims"]} if tree.get("claims") else said
    if isinstance(tree, dict):
        return {name: _readable(value) for name, value in tree.items()}
    return [_readable(value) for value in tree] if isinstance(tree, list) else tree
