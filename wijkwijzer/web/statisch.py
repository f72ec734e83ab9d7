"""Static files as readers get them: hashed names, and stylesheets without their air."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

if TYPE_CHECKING:
    from collections.abc import Iterator

# Our own; those of packages stay as their makers tested them.
OWN_STYLESHEETS = "css/"

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
LINE_END = re.compile(r"\s*\n\s*")


def zonder_lucht(css: bytes) -> bytes:
    """Return the stylesheet without comments, indents and empty lines.

    Minifiers make it a few percent smaller still, and rewrite selectors and values for
    that, not always right; what is left out here never means anything.
    """
    return LINE_END.sub("\n", COMMENT.sub("", css.decode())).strip().encode()


class StatischeBestanden(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, that first takes the air out of our stylesheets.

    ``static/`` itself stays readable: only what `collectstatic` copied becomes smaller,
    a tenth once compressed. Every first view waits for those bytes.
    """

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        if not dry_run:
            for name in paths:
                if name.startswith(OWN_STYLESHEETS) and name.endswith(".css"):
                    self._verklein(name)
                    # From here on the copy is the source.
                    paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)

    def _verklein(self, name: str) -> None:
        with self.open(name) as file:
            css = file.read()
        self.delete(name)
        self.save(name, ContentFile(zonder_lucht(css)))
