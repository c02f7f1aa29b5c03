"""What the inspector keeps, held against what was on the wire."""

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from flows.inspector.masking.masks import MASKED
from tests.flows.overheard import Exchange

Path = tuple[str, ...]
LONG_ENOUGH = 6  # characters from which on a hidden value is looked for elsewhere


def leaves(tree: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value with its path; a mask is one, and an empty object or list is none."""
    if isinstance(tree, Mapping) and MASKED not in tree:
        for name, each in tree.items():
            yield from leaves(each, (*path, name))
    elif isinstance(tree, list | tuple):
        for at, each in enumerate(tree):
            yield from leaves(each, (*path, str(at)))
    else:
        yield path, tree


@dataclass
class Ledger:
    """What was hidden of all exchanges: values that must be nowhere, and the fingerprint that each was given."""

    hidden: set[str] = field(default_factory=set)
    fingerprints: dict[str, str] = field(default_factory=dict)

    def compare(self, shown: Any, told: Any) -> None:
        """Every value that is shown is what was told; every value that is masked was told too, and nothing is left out.
        Equal values have equal fingerprints, others have others."""
        kept, wire = dict(leaves(shown)), dict(leaves(told))
        assert kept.keys() == wire.keys(), sorted(kept.keys() ^ wire.keys())
        for path, value in kept.items():
            if isinstance(value, Mapping):
                self._hide(value, wire[path], path)
            else:
                assert value == _as_told(wire[path], value), (path, value, wire[path])

    def _hide(self, mask: Mapping[str, Any], told: Any, path: Path) -> None:
        assert mask.keys() <= {MASKED, "fingerprint", "claims"}
        if isinstance(told, str) and len(told) >= LONG_ENOUGH:
            self.hidden.add(told)
        if "fingerprint" in mask:
            assert self.fingerprints.setdefault(told, mask["fingerprint"]) == mask["fingerprint"]
            assert len(set(self.fingerprints.values())) == len(self.fingerprints)
        if "claims" in mask:
            said = payload(told)
            assert mask["claims"] == {name: said[name] for name in mask["claims"]}
            assert "sub" in mask["claims"]


def payload(token: str) -> dict[str, Any]:
    part = token.split(".")[1]
    read: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return read


def compare_calls(ledger: Ledger, shown: list[dict[str, Any]], told: list[Exchange]) -> None:
    """The entries of runs, in order, and the exchanges of the wire."""
    assert [each["operation"] for each in shown] == [each.operation for each in told]
    for entry, exchange in zip(shown, told, strict=True):
        ledger.compare(entry["request"], exchange.request)
        if entry["error"]:
            assert exchange.answer["__type"].rpartition("#")[2] == entry["error"]
            assert exchange.answer["message"] == entry["message"] or "•••" in entry["message"]
        else:
            ledger.compare(entry["answer"], exchange.answer)


def _as_told(told: Any, shown: Any) -> Any:
    """The wire has dates as Unix times."""
    if isinstance(told, float | int) and isinstance(shown, str):
        return datetime.fromtimestamp(told, UTC).isoformat() if "T" in shown else told
    return told
