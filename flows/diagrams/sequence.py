"""Who says what to whom, one after another: the sequence diagram of a run or of a page of the documentation.

``svg`` draws it, ``mermaid`` writes it for Mermaid, ``text`` says it in words; all three say the same.
"""

from flows.diagrams.messages import Message, Note, Sequence
from flows.diagrams.sequence_drawing import svg
from flows.diagrams.sequence_mermaid import parse as parse_mermaid
from flows.diagrams.sequence_mermaid import write as mermaid

__all__ = ["PARTICIPANTS", "Message", "Note", "Sequence", "mermaid", "parse_mermaid", "svg", "text"]

# Who takes part in a sign-in, as the pages of docs/flows/ call them: (key, label).
PARTICIPANTS = (("browser", "Browser"), ("portal", "Portal"), ("pool", "User pool"), ("lambda", "Lambda"))


def text(sequence: Sequence) -> list[str]:
    """A sentence for each message and note: "1. Browser asks Portal: username, SRP_A"."""
    return [
        _note(sequence, each) if number is None else f"{number}. {_message(sequence, each)}"
        for each, number in zip(sequence.messages, sequence.numbers(), strict=True)
    ]


def _message(sequence: Sequence, message: Message | Note) -> str:
    sender, receiver = sequence.label(message.keys[0]), sequence.label(message.keys[-1])
    words = " ".join(message.text.split())
    if message.keys[0] == message.keys[-1]:
        return f"{sender}, to itself: {words}"
    verb = "answers" if isinstance(message, Message) and message.reply else "asks"
    return f"{sender} {verb} {receiver}: {words}"


def _note(sequence: Sequence, note: Message | Note) -> str:
    where = " to ".join(dict.fromkeys(sequence.label(key) for key in (note.keys[0], note.keys[-1])))
    return f"At {where}: {' '.join(note.text.split())}"
