"""How static files are collected for serving: named by their content, compressed, and our modules without comments."""

import hashlib
import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.files.base import ContentFile, File
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

# A comment that has its lines to itself. (No line inside a string of ours begins like one.)
_COMMENTS = re.compile(rb"^[ \t]*(?://.*|/\*\*[\s\S]*?\*/)\n", re.MULTILINE)


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # WhiteNoise has no types
    """Django renames ``app.js`` to ``app.<hash>.js`` everywhere but inside ``.mjs`` files: here, there too.

    And what modules explain to readers of the source is a third of their bytes, so it is not sent.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("*.mjs", ((r"""(?P<matched>from\s*["'](?P<url>\./[^"']+)["'])""", 'from "%(url)s"'),)),
    )

    def _save(self, name: str, content: "File[Any]") -> str:
        if name.endswith(".mjs"):
            source = b"".join(chunk.encode() if isinstance(chunk, str) else chunk for chunk in content.chunks())
            content = ContentFile(_COMMENTS.sub(b"", source))
        saved: str = super()._save(name, content)
        return saved


def collect() -> None:
    """Collect, unless that was done and nothing has changed since: compressing takes seconds, looking does not."""
    root = Path(settings.STATIC_ROOT)
    note = root.with_name(f"{root.name}.sha256")  # beside the folder: what is inside is served
    sources = _fingerprint()
    if not (root / "staticfiles.json").exists() or not note.exists() or note.read_text() != sources:
        call_command("collectstatic", interactive=False, verbosity=0)
        note.write_text(sources)


def _fingerprint() -> str:
    """Of every file to collect, and of this one, which decides what becomes of them."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for finder in get_finders():
        for name, storage in finder.list([]):
            with storage.open(name) as file:
                digest.update(name.encode() + b"\0" + hashlib.sha256(file.read()).digest())
    return digest.hexdigest()
