"""Mermaid's ``sequenceDiagram``: written, and read back as far as our pages use it."""

import re

from flows.diagrams.messages import Message, Note, Sequence

KEYWORD = "sequenceDiagram"
MOST = 200  # participants, or messages
_PARTICIPANT = re.compile(r"(?:participant|actor) (?P<key>\w+)(?: as (?P<label>.+))?")
_MESSAGE = re.compile(r"(?P<sender>\w+) ?(?P<arrow>-?->>?|--?[x)])[+-]? ?(?P<receiver>\w+) ?: ?(?P<text>.*)")
_NOTE = re.compile(r"(?i:note) (?:over|left of|right of) (?P<keys>\w+(?: ?, ?\w+)*) ?: ?(?P<text>.*)")
_IGNORED = re.compile(r"autonumber|%%.*|")
_BREAK = re.compile(r"<br ?/?>")
# A semicolon ends a line of Mermaid's and # begins its entities; the rest it would take for HTML.
_ENTITIES = {"#": "#35;", ";": "#59;", "<": "#60;", ">": "#62;", "&": "#38;"}
_ENTITY = re.compile(r"#(\d{1,6});")


def write(sequence: Sequence) -> str:
    """The diagram, ready for a ``mermaid`` fence or a ``.mmd`` file."""
    lines = [f"participant {key} as {_written(label)}" for key, label in sequence.participants]
    for each in sequence.messages:
        if isinstance(each, Message):
            lines.append(f"{each.sender}{'-->>' if each.reply else '->>'}{each.receiver}: {_written(each.text)}")
        else:
            lines.append(f"Note over {','.join(each.keys)}: {_written(each.text)}")
    return "\n".join([KEYWORD, *(f"    {line}" for line in lines)])


def parse(text: str) -> Sequence:
    """What ``text`` describes. Raises ValueError for a line that is beyond us (loops, alternatives, boxes)."""
    head, *lines = text.strip().splitlines() or [""]
    if head.strip() != KEYWORD:
        raise ValueError(f"not a {KEYWORD}")
    participants: dict[str, str] = {}
    messages: list[Message | Note] = []
    for line in map(str.strip, lines):
        if found := _PARTICIPANT.fullmatch(line):
            participants[found["key"]] = _read(found["label"] or found["key"])
        elif found := _MESSAGE.fullmatch(line):
            reply = found["arrow"].startswith("--")
            messages.append(Message(found["sender"], found["receiver"], _read(found["text"]), reply=reply))
        elif found := _NOTE.fullmatch(line):
            messages.append(Note(tuple(re.split(r" ?, ?", found["keys"])), _read(found["text"])))
        elif not _IGNORED.fullmatch(line):
            raise ValueError(f"cannot read: {line}")
    for key in (key for each in messages for key in each.keys):
        participants.setdefault(key, key)
    if not participants or len(participants) > MOST or len(messages) > MOST:
        raise ValueError("nothing to draw, or more than anybody could read")
    return Sequence(tuple(participants.items()), tuple(messages))


def _written(text: str) -> str:
    escaped = "".join(_ENTITIES.get(character, character) for character in text.strip())
    return "<br/>".join(" ".join(line.split()) for line in escaped.splitlines())


def _read(text: str) -> str:
    return _ENTITY.sub(lambda found: _character(int(found[1])), _BREAK.sub("\n", text)).strip()


def _character(code: int) -> str:
    return chr(code) if code in map(ord, _ENTITIES) else f"#{code};"
