"""A sequence in words, sentence by sentence."""

from flows.diagrams.messages import Message, Note, Sequence


def text(sequence: Sequence) -> list[str]:
    """A sentence for each message and note: "1. Browser asks Portal: username, SRP_A"."""
    return [
        _message(sequence, each, number) if isinstance(each, Message) else _note(sequence, each)
        for each, number in zip(sequence.messages, sequence.numbers(), strict=True)
    ]


def _message(sequence: Sequence, message: Message, number: int | None) -> str:
    sender, receiver = sequence.label(message.sender), sequence.label(message.receiver)
    words = " ".join(message.text.split())
    if message.sender == message.receiver:
        return f"{number}. {sender}, to itself: {words}"
    return f"{number}. {sender} {'answers' if message.reply else 'asks'} {receiver}: {words}"


def _note(sequence: Sequence, note: Note) -> str:
    where = " to ".join(dict.fromkeys(sequence.label(key) for key in (note.keys[0], note.keys[-1])))
    return f"At {where}: {' '.join(note.text.split())}"
