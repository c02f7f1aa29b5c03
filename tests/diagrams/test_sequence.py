"""Sequence diagrams: drawn, in words, in Mermaid and back; and the diagrams of our pages, drawn for readers."""

import re
from pathlib import Path

import pytest

from flows.diagrams import from_mermaid, sequence
from flows.diagrams.sequence import Message, Note, Sequence
from tests.diagrams import pictures
from tests.environment import ROOT

FENCE = re.compile(r"^```mermaid\n(.*?)\n```$", re.DOTALL | re.MULTILINE)
DIAGRAMS = {
    f"{page.relative_to(ROOT / 'docs')} {at}": text
    for page in sorted((ROOT / "docs").rglob("*.md"))
    for at, text in enumerate(FENCE.findall(page.read_text(encoding="utf-8")), start=1)
}
HOSTILE = '</text><script>alert(1)</script> "; drop # &amp; --> [*] %% \x00\x1b\ud800 A->>B: x;\u202e'
WITH_EVERYTHING = Sequence(
    participants=sequence.PARTICIPANTS,
    messages=(
        Note(("browser",), "a random, A = g^a"),
        Message("browser", "portal", "username, SRP_A"),
        Message("portal", "pool", "InitiateAuth\nUSER_SRP_AUTH"),
        Message("pool", "lambda", "PreAuthentication"),
        Message("lambda", "pool", "", reply=True),
        Message("pool", "pool", "policy"),
        Message("pool", "portal", "PASSWORD_VERIFIER", reply=True),
        Note(("portal", "pool"), "AWS's own words"),
    ),
)


def words(picture: pictures.Element) -> str:
    """All that can be read in it, lines put together again."""
    return " ".join("".join(each.itertext()) for each in picture.iter() if each.tag == "text")


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_words_say_who_speaks_to_whom() -> None:
    assert sequence.text(WITH_EVERYTHING) == [
        "At Browser: a random, A = g^a",
        "1. Browser asks Portal: username, SRP_A",
        "2. Portal asks User pool: InitiateAuth USER_SRP_AUTH",
        "3. User pool asks Lambda: PreAuthentication",
        "4. Lambda answers User pool: ",
        "5. User pool, to itself: policy",
        "6. User pool answers Portal: PASSWORD_VERIFIER",
        "At Portal to User pool: AWS's own words",
    ]


def test_mermaid_comes_back_as_it_was() -> None:
    assert sequence.parse_mermaid(sequence.mermaid(WITH_EVERYTHING)) == WITH_EVERYTHING


def test_the_picture_holds_every_word_and_number() -> None:
    picture = pictures.parse(sequence.svg(WITH_EVERYTHING, title="A run"))
    said = squeezed(words(picture))
    for each, number in zip(WITH_EVERYTHING.messages, WITH_EVERYTHING.numbers(), strict=True):
        assert squeezed(f"{number or ''}{each.text}") in said
    assert picture.attrib["aria-label"] == "A run"


def test_a_message_can_be_lit_and_lead_somewhere() -> None:
    shown = sequence.svg(WITH_EVERYTHING, title="A run", lit=1, link=lambda at: f"#call-{at}" if at else "")
    picture = pictures.parse(shown)
    messages = [each for each in picture if "message" in each.get("class", "").split()]
    assert [each.get("href") for each in messages] == [None, *(f"#call-{at}" for at in range(1, 8))]
    assert [each.get("aria-current") == "step" for each in messages] == [at == 1 for at in range(8)]


def test_hostile_text_stays_text() -> None:
    shown = sequence.svg(
        Sequence((("a", HOSTILE), ("b", "B")), (Message("a", "b", HOSTILE), Note(("a", "b"), HOSTILE))), title=HOSTILE
    )
    picture = pictures.parse(shown)
    assert {each.tag for each in picture.iter()} == {"svg", "desc", "g", "path", "rect", "text", "tspan"}
    assert "script>alert(1)" in words(picture)


def test_hostile_text_survives_mermaid() -> None:
    """A line of Mermaid's ends at a semicolon, its entities begin with #, and it reads tags."""
    given = Sequence((("a", "A"), ("b", "B")), (Message("a", "b", HOSTILE),))
    written = sequence.mermaid(given)
    assert not set(re.sub(r"#\d+;", "", written)) & set("#;<&")
    assert written.count("\n") == 3
    [message] = sequence.parse_mermaid(written).messages
    assert squeezed(message.text) == squeezed(HOSTILE)


def test_long_text_is_wrapped_and_none_of_it_is_lost() -> None:
    given = Sequence((("a", "A"), ("b", "B")), (Message("a", "b", "x" * 5000), Note(("a",), "eyJhbGciOi." * 500)))
    picture = pictures.parse(sequence.svg(given, title="long"))
    assert float(picture.attrib["width"]) < 360
    assert squeezed(words(picture)).count("x") == 5000
    assert squeezed(words(picture)).count("eyJhbGciOi.") == 500


@pytest.mark.parametrize(
    "character", ["\N{CJK UNIFIED IDEOGRAPH-8A9E}", "e\N{COMBINING ACUTE ACCENT}", "\N{FACE WITH TEARS OF JOY}"]
)
def test_other_scripts_are_wrapped_too(character: str) -> None:
    given = Sequence((("a", "A"), ("b", "B")), (Message("a", "b", character * 60),))
    picture = pictures.parse(sequence.svg(given, title="other scripts"))
    assert words(picture).count(character) == 60
    assert len([each for each in picture.iter() if each.get("class") == "said"]) > 1


@pytest.mark.parametrize("keys", [("a b",), ("a", "a"), ("",)], ids=["no word", "twice", "empty"])
def test_a_key_is_a_word_of_its_own(keys: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="no keys of participants"):
        Sequence(tuple((key, "A") for key in keys), ())


@pytest.mark.parametrize(
    "messages", [(Message("a", "nobody", ""),), (Note((), ""),)], ids=["a stranger", "a note at nobody"]
)
def test_who_takes_part_must_be_known(messages: tuple[Message | Note, ...]) -> None:
    with pytest.raises(ValueError, match=r"nobody|such"):
        Sequence((("a", "A"),), messages)


def test_another_kind_of_diagram_is_no_sequence() -> None:
    with pytest.raises(ValueError, match="not a sequenceDiagram"):
        sequence.parse_mermaid("stateDiagram-v2\n  a --> b")


# -- Diagrams of pages -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("text", DIAGRAMS.values(), ids=DIAGRAMS)
def test_every_diagram_of_the_documentation_is_drawn(text: str) -> None:
    shown = from_mermaid(text, title="As on the page")
    assert shown is not None
    for root in re.findall(r"<svg.*?</svg>", shown, re.DOTALL):
        picture = pictures.parse(root)
        assert picture.attrib["aria-label"] == "As on the page"
        assert picture.findtext("desc")


def test_there_are_diagrams_in_the_documentation() -> None:
    assert len(DIAGRAMS) > 20
    assert {Path(name).parts[0] for name in DIAGRAMS} == {"flows", "steps"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "graph TD\n  a --> b",
        "sequenceDiagram",
        "stateDiagram-v2",
        "sequenceDiagram\n  loop every minute\n  A->>B: x\n  end",
        "sequenceDiagram\n  Note over : x",
        'stateDiagram-v2\n  state "x" as\n',
        "stateDiagram-v2\n" + "\n".join(f"  a{at} --> a{at + 1}" for at in range(5000)),
        "sequenceDiagram\n" + "  A->>B: x\n" * 5000,
        "\x00" * 100,
    ],
)
def test_what_cannot_be_drawn_is_left_to_others(text: str) -> None:
    assert from_mermaid(text, title="") is None


@pytest.mark.parametrize(
    "text",
    [
        "sequenceDiagram\n  A->>A: alone",
        "sequenceDiagram\n  autonumber\n  %% a comment\n  actor A\n  A-xB: gone",
        "stateDiagram-v2\n  a --> a",
        "stateDiagram-v2\n  a --> b\n  b --> a\n  b --> c\n  c --> b",
        "stateDiagram-v2\n  [*] --> [*]",
        "stateDiagram-v2\n  start --> end",
        "stateDiagram-v2\n  state x <<choice>>\n  x --> x",
        'stateDiagram-v2\n  state "<br/><br/>&<script>" as b\n  [*] --> b',
        f'stateDiagram-v2\n  state "{"x" * 3000}" as b\n  [*] --> b',
        "stateDiagram-v2\n" + "\n".join(f"  a{one} --> a{other}" for one in range(14) for other in range(14)),
    ],
)
def test_odd_diagrams_are_drawn_all_the_same(text: str) -> None:
    shown = from_mermaid(text, title="odd")
    assert shown is not None
    for root in re.findall(r"<svg.*?</svg>", shown, re.DOTALL):
        pictures.parse(root)
