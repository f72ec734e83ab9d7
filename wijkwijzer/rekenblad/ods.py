"""Sheets in the format of LibreOffice, with only what we use of it.

odfpy (and tablib, on top of it) keeps the whole file as a tree. This writes text and
numbers, line by line; ``uitwisseling.ods`` says what else is wrong with it.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr  # nosec B406 (writes, does not read)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wijkwijzer.rekenblad.blad import Blad, Cel

MIME = "application/vnd.oasis.opendocument.spreadsheet"
NAMEN = " ".join(
    f'xmlns:{naam}="urn:oasis:names:tc:opendocument:xmlns:{naam}:1.0"'
    for naam in ("office", "table", "text", "style", "manifest")
)
KOP = '<?xml version="1.0" encoding="UTF-8"?>\n'
MANIFEST = (
    f'{KOP}<manifest:manifest {NAMEN} manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIME}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" '
    'manifest:media-type="text/xml"/></manifest:manifest>'
)
# A space at an end, or after another, is dropped unless it is an element.
SPATIES = re.compile(r"^ +| +$|(?<= ) +|\t")


def schrijf(bladen: Iterable[Blad]) -> bytes:
    uit = BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as pak:
        pak.writestr("mimetype", MIME, zipfile.ZIP_STORED)
        pak.writestr("META-INF/manifest.xml", MANIFEST)
        pak.writestr("content.xml", "".join(_inhoud(bladen)))
    return uit.getvalue()


def _inhoud(bladen: Iterable[Blad]) -> Iterable[str]:
    yield f'{KOP}<office:document-content {NAMEN} office:version="1.3">'
    yield "<office:body><office:spreadsheet>"
    for blad in bladen:
        yield f"<table:table table:name={quoteattr(blad.naam)}>"
        rijen: list[list[Cel]] = [[*blad.kolommen], *blad.rijen]
        for rij in rijen:
            yield f"<table:table-row>{''.join(map(_cel, rij))}</table:table-row>"
        yield "</table:table>"
    yield "</office:spreadsheet></office:body></office:document-content>"


def _cel(waarde: Cel) -> str:
    if waarde is None:
        return "<table:table-cell/>"
    if isinstance(waarde, int):
        return (
            f'<table:table-cell office:value-type="float" office:value="{waarde}">'
            f"<text:p>{waarde}</text:p></table:table-cell>"
        )
    regels = "".join(
        f"<text:p>{_regel(regel)}</text:p>" for regel in waarde.split("\n")
    )
    return f'<table:table-cell office:value-type="string">{regels}</table:table-cell>'


def _regel(regel: str) -> str:
    def element(gevonden: re.Match[str]) -> str:
        wit = gevonden[0]
        return "<text:tab/>" if wit == "\t" else f'<text:s text:c="{len(wit)}"/>'

    # Spaces that go together with a tab are one by one: a tab ends a run.
    return SPATIES.sub(element, escape(regel))
