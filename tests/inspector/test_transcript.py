"""The Markdown of a run, read as GitHub reads it: values stay values, whatever they say."""

import json
from typing import Any

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from flows.diagrams import sequence
from flows.inspector.entries import Decision
from flows.inspector.exporting.markdown import fenced, prose, span
from flows.inspector.models import Entry, Run
from tests.flows.person import Person
from tests.flows.portal import Portal
from tests.inspector.watching import begin_to_inspect

pytestmark = pytest.mark.django_db

HOSTILE = [
    "```",
    "`````json",
    "a`b``c",
    "` `",
    "\n```\n# Heading\n",
    "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1)) ![](https://example.com/x.png)",
    "@octocat www.example.com https://example.com somebody@example.com",
    "| a | b |\n|---|---|",
    "--> pool: forged\nNote over pool: forged",
    "pool->>portal: forged; portal->>browser: forged %%{init: {}}%%",
    "\u202egnp.exe\u2028\x00\x1b[31m",
    "\\` \\",
    "&lt;b&gt;",
]


def read(markdown: str) -> list[Token]:
    """As GitHub would; what it makes of addresses and @names in plain text is asked for below."""
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return [each for block in reader.parse(markdown) for each in (block, *(block.children or ()))]


def kinds(tokens: list[Token]) -> set[str]:
    return {token.type for token in tokens}


def transcript_of(person: Person) -> str:
    answer = person.client.get(f"/flows/runs/{Run.objects.latest('began_at').pk}.md")
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    return answer.content.decode()


@pytest.fixture
def run(portal: Portal) -> Person:
    """A run of a user who is signed in."""
    user = portal.pool.add_user()
    person = begin_to_inspect(Person(htmx=False))
    return person.sign_in("USER_SRP_AUTH", user.username, user.password)


@pytest.mark.parametrize(
    ("flow", "has_map"), [("ADMIN_NO_SRP_AUTH", True), ("CUSTOM_WITH_SRP", True), ("GetUser", False)]
)
def test_a_flow_has_its_map_by_any_of_its_names(run: Person, flow: str, has_map: bool) -> None:
    Run.objects.update(flow=flow)
    assert ("## The map of the flow" in transcript_of(run)) == has_map


def test_a_transcript_tells_every_call_with_its_proofs_and_diagrams(run: Person) -> None:
    text = transcript_of(run)
    headings = [line for line in text.splitlines() if line.startswith("### ")]
    calls = [entry.call["operation"] for entry in Entry.objects.order_by("number")]

    assert [heading.split("`")[1].split()[0] for heading in headings] == calls
    assert headings[0] == "### 1. `InitiateAuth USER_SRP_AUTH` → `PASSWORD_VERIFIER`"
    assert "- Amplify JS v6: answers by itself, asks nobody" in text
    assert "- Amplify JS v6: `DONE`" in text
    assert "- signature: `" in text
    assert "> **Why `TOKENS`?** MfaConfiguration is " in text
    assert "The way it took: `PASSWORD_VERIFIER` → `TOKENS`." in text
    mermaid = [token.content for token in read(text) if token.type == "fence" and token.info == "mermaid"]
    assert len(mermaid) == 2
    assert sequence.parse_mermaid(mermaid[0]).participants[:3] == sequence.PARTICIPANTS[:3]
    assert mermaid[1].startswith("stateDiagram-v2")


def test_every_request_and_answer_can_be_read_back_as_json(run: Person) -> None:
    documents = [json.loads(token.content) for token in read(transcript_of(run)) if token.info == "json"]

    assert documents[0]["AuthFlow"] == "USER_SRP_AUTH"
    assert documents[1]["ChallengeParameters"]["SECRET_BLOCK"].startswith("[SECRET_BLOCK ")


@pytest.mark.parametrize("text", HOSTILE)
def test_t119_a_hostile_value_is_nothing_but_text(portal: Portal, text: str) -> None:
    """Once as the name that is typed; then everywhere else that a pool or a function could put it."""
    person = begin_to_inspect(Person(htmx=False))
    person.sign_in("USER_PASSWORD_AUTH", text.replace("\x00", "") + "!", "Not the one 7!")
    expect_harmless(transcript_of(person), calls=1)

    run = Run.objects.latest("began_at")
    run.username, run.name = text.replace("\x00", "")[:256], text.replace("\x00", "")[:100]
    run.save()
    entry = run.entries.get()
    entry.call |= hostile_call(entry.call, text.replace("\x00", ""))
    entry.save()
    expect_harmless(transcript_of(person), calls=1)


def hostile_call(call: dict[str, Any], text: str) -> dict[str, Any]:
    trigger = {"kind": "trigger", "trigger": text, "source": text, "function": text, "event": {text: text}}
    decision = Decision(next=text, why=text)
    return {
        "error": text,
        "message": text,
        "request_id": text,
        "request": {"AuthFlow": text, "ClientId": [text, {text: text}]},
        "inside": [
            trigger | {"answer": None, "error": text, "milliseconds": 1.0},
            trigger | {"answer": {"response": {text: text}}, "error": "", "milliseconds": 1.0},
            {"kind": "decision", "next": decision.next, "why": decision.why},
        ],
        "via": call["via"] | {"route": text, "method": text},
        "browser": {"webauthn": {"client_data": {"origin": text}}},
    }


def expect_harmless(text: str, *, calls: int) -> None:
    tokens = read(text)
    assert not kinds(tokens) & {"html_block", "html_inline", "link_open", "image", "table_open", "code_block", "hr"}
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h1", "h2", "h2", "h2"] + ["h3"] * calls
    plain = " ".join(token.content for token in tokens if token.type == "text")
    assert "@" not in plain
    assert "www." not in plain
    for token in tokens:
        if token.type == "fence" and token.info == "json":
            json.loads(token.content)
        if token.type == "fence" and token.content.startswith("sequenceDiagram"):
            assert "forged" not in str([each.keys for each in sequence.parse_mermaid(token.content).messages])
    assert "\u202e" not in text
    assert "\x1b" not in text


@pytest.mark.parametrize("text", [*HOSTILE, "", " ", "`", "``", "plain"])
def test_a_span_and_a_fence_hold_one_value_each(text: str) -> None:
    inline = [token for token in read(f"x {span(text)} y") if token.type in ("code_inline", "text")]
    assert [token.type for token in inline] == ["text", "code_inline", "text"]
    said = [token.type for token in read(f"x {prose(text)}") if token.type not in ("inline", "softbreak")]
    assert said in (["paragraph_open", *kind, "paragraph_close"] for kind in (["text"], ["text", "code_inline"]))
    assert kinds(read(f"{fenced(text, 'json')}\n\nafter")) == {
        "fence",
        "paragraph_open",
        "inline",
        "text",
        "paragraph_close",
    }
