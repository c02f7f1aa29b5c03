"""What a sequence diagram is made of."""

import re
from dataclasses import dataclass

_KEY = re.compile(r"\w+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Message:
    """From one participant to another, or to itself, by their keys. A ``reply`` answers an earlier one. ``text`` is
    plain text of anybody's; line breaks are kept."""

    sender: str
    receiver: str
    text: str
    reply: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.sender, self.receiver)


@dataclass(frozen=True, slots=True)
class Note:
    """What happens at one participant, or at all from the first to the last of ``keys``."""

    keys: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """``participants`` are (key, label), from left to right. Raises ValueError for a key that is no word, that comes
    twice, or that no participant has."""

    participants: tuple[tuple[str, str], ...]
    messages: tuple[Message | Note, ...]

    def __post_init__(self) -> None:
        keys = [key for key, _ in self.participants]
        if len(set(keys)) != len(keys) or not all(map(_KEY.fullmatch, keys)):
            raise ValueError(f"no keys of participants: {keys}")
        if unknown := {key for each in self.messages for key in each.keys} - set(keys):
            raise ValueError(f"no such participant: {', '.join(sorted(unknown))}")
        if not all(each.keys for each in self.messages):
            raise ValueError("a note at nobody")

    def label(self, key: str) -> str:
        return dict(self.participants)[key]

    def numbers(self) -> list[int | None]:
        """What each is called in pictures and words: messages are counted, notes are not."""
        found: list[int | None] = []
        for each in self.messages:
            found.append(1 + sum(1 for number in found if number) if isinstance(each, Message) else None)
        return found
