"""``manage.py diagrams``: each flow's map and a typical sequence as SVG and Mermaid, for documentation elsewhere."""

import re
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, DjangoHelpFormatter

from flows.diagrams import flow_map, sequence, standalone
from flows.diagrams.flow_map import FlowMap

_EXAMPLES = """
examples:
  manage.py diagrams                              every flow, into ./diagrams
  manage.py diagrams USER_AUTH CUSTOM_WITH_SRP    two of them
  manage.py diagrams --output docs/img user-auth  into another folder

For each flow:
  user-auth.map.svg, .mmd         what can follow what, as the rules of the pool have it
  user-auth.sequence.svg, .mmd    who says what to whom in a typical sign-in (from docs/flows/user-auth.md)

An .svg file needs nothing else: it follows the reader's light or dark screen. An .mmd file is for Mermaid.
"""
_FENCE = re.compile(r"^```mermaid\n(sequenceDiagram\n.*?)\n```$", re.DOTALL | re.MULTILINE)
_PAGES = {"CUSTOM_WITHOUT_SRP": "custom-auth"}  # both ways to begin CUSTOM_AUTH share a page


class _Formatter(DjangoHelpFormatter, RawDescriptionHelpFormatter):
    """Django's order of options, and our own line breaks."""


class Command(BaseCommand):
    help = "Write diagrams of sign-in flows as SVG and Mermaid files. Takes no database and no user pool."
    requires_system_checks = ()

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        return super().create_parser(prog_name, subcommand, epilog=_EXAMPLES, formatter_class=_Formatter, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "flow", nargs="*", help=f"{', '.join(flow_map.names())}, or what Amplify calls it; all when none is given"
        )
        parser.add_argument(
            "--output",
            metavar="DIR",
            type=Path,
            default=Path("diagrams"),
            help="made if need be (default: %(default)s)",
        )

    def handle(self, *, flow: list[str], output: Path, **options: Any) -> None:
        maps = [_map(name) for name in flow or flow_map.names()]
        try:
            output.mkdir(parents=True, exist_ok=True)
            for name, text in (file for each in maps for file in _files(each)):
                (output / name).write_text(text, encoding="utf-8")
                self.stdout.write(f"{output / name} written")
        except OSError as error:
            raise CommandError(f"Cannot write to {output}: {error.strerror}.") from None


def _map(name: str) -> FlowMap:
    try:
        return flow_map.of(name.upper().replace("-", "_"))
    except flow_map.UnknownFlow:
        raise CommandError(f"There is no flow {name}. There are: {', '.join(flow_map.names())}.") from None


def _files(drawn: FlowMap) -> Iterator[tuple[str, str]]:
    """Names and texts."""
    slug = drawn.flow.lower().replace("_", "-")
    title = f"{drawn.flow}: what can follow what"
    yield f"{slug}.map.svg", standalone.document(flow_map.svg(drawn, title=title), title=title)
    yield f"{slug}.map.mmd", flow_map.mermaid(drawn) + "\n"
    typical = _typical(_PAGES.get(drawn.flow, slug))
    if typical:
        title = f"{drawn.flow}: who says what to whom"
        yield f"{slug}.sequence.svg", standalone.document(sequence.svg(typical, title=title), title=title)
        yield f"{slug}.sequence.mmd", sequence.mermaid(typical) + "\n"


def _typical(slug: str) -> sequence.Sequence | None:
    """The sequence on the flow's page; none where an installation has left the documentation out."""
    page = settings.BASE_DIR / "docs" / "flows" / f"{slug}.md"
    found = _FENCE.search(page.read_text(encoding="utf-8")) if page.exists() else None
    return sequence.parse_mermaid(found[1]) if found else None
