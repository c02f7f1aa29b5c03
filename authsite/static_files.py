"""How static files are collected for serving: named by their content, compressed, and our modules without comments."""

import re
from typing import Any

from django.core.files.base import ContentFile, File
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
