"""The process that sets a document: JSON in, a file out. It knows nothing of the site.

It imports no Django, so that it begins in a tenth of a second. What it may take of time
and memory is limited here, before anything is read: whatever a text does, only this
process ends.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typst import Compiler

HIER = Path(__file__).parent
# Of the processor. A book of a thousand entries takes some ten.
SECONDEN = 60
# Of addresses: what is really used stays far below it.
GEHEUGEN = 2 * 1024**3
# Readers go first.
VOORRANG = 10
# One sheet of paper, and the sizes of its letters, in points.
BLAD, ZIJDEN, GROOTTEN = "blad", 2, (9.0, 8.5, 8.0, 7.5, 7.0)
# Of a picture, in dots to an inch: as sharp as a good screen.
PPI = 144
# The document cannot be set; why stands on standard error.
ONZETBAAR = 3


def begrens() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDEN, SECONDEN))
    resource.setrlimit(resource.RLIMIT_AS, (GEHEUGEN, GEHEUGEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Nothing is written but the answer.
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    os.nice(VOORRANG)


def zet(
    sjabloon: str, tijd: int, gegevens: str, beelden: str = "{}", vorm: str = "pdf"
) -> bytes:
    """The PDF: tagged, in Dutch, with its fonts in it (PDF/UA-1). Or a picture.

    The same words and pictures (``beelden``, by name) give the same bytes: ``tijd`` is
    the time that it says it was made.
    """
    import typst

    zetter = typst.Compiler(
        str(HIER / "typst" / f"{sjabloon}.typ"),
        root=str(HIER / "typst"),
        font_paths=[str(HIER / "fonts")],
        ignore_system_fonts=True,
    )

    def probeer(**hoe: float) -> bytes:
        pdf = zetter.compile(
            sys_inputs={"gegevens": gegevens, "beelden": beelden}
            | {k: str(v) for k, v in hoe.items()},
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=tijd,
        )
        assert isinstance(pdf, bytes), "one document is one file"  # noqa: S101
        return pdf

    if vorm != "pdf":
        return teken(zetter, gegevens, "svg" if vorm == "svg" else "png")
    if sjabloon != BLAD:
        return probeer()
    aantal = len(json.loads(gegevens)["blad"]["velden"])
    for hoe in pogingen(aantal):
        pdf = probeer(**hoe)
        if int(zetter.query("<zijden>", field="value", one=True)) <= ZIJDEN:
            break
    return pdf


def teken(zetter: Compiler, gegevens: str, vorm: Literal["svg", "png"]) -> bytes:
    """A document that is one picture."""
    invoer = {"gegevens": gegevens, "vorm": vorm}
    beeld = zetter.compile(sys_inputs=invoer, format=vorm, ppi=PPI)
    assert isinstance(beeld, bytes), "one picture is one file"  # noqa: S101
    titel = json.loads(gegevens)["titel"]
    return met_titel(beeld, titel) if vorm == "svg" else beeld


def met_titel(svg: bytes, titel: str) -> bytes:
    """The drawing with what it shows, for who listens: typst writes none."""
    begin, haak, rest = svg.partition(b">")
    naam = f"<title>{escape(titel)}</title>".encode()
    return begin + b' role="img" lang="nl"' + haak + naam + rest


def pogingen(velden: int) -> Iterator[dict[str, float]]:
    """How a sheet is tried: ever smaller, then without its last fields."""
    yield from ({"grootte": grootte} for grootte in GROOTTEN)
    yield from ({"grootte": GROOTTEN[-1], "weg": n + 1} for n in range(velden))


def main(vorm: str, sjabloon: str, tijd: str, lengte: str) -> int:
    """Standard input is the tree, so many bytes, and then the pictures."""
    begrens()
    gelezen, grens = sys.stdin.buffer.read(), int(lengte)
    gegevens, beelden = gelezen[:grens].decode(), gelezen[grens:].decode()
    if vorm == "docx":
        # Only who needs it waits for it.
        from wijkwijzer.publicatie.word.inhoud import schrijf

        data = json.loads(gegevens), json.loads(beelden)
        sys.stdout.buffer.write(schrijf(sjabloon, int(tijd), *data))
        return 0
    try:
        pdf = zet(sjabloon, int(tijd), gegevens, beelden, vorm)
    except RuntimeError as fout:
        # TypstError is one; the message may hold what an editor wrote.
        sys.stderr.write(f"{fout}\n")
        return ONZETBAAR
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
