"""How to refer to a record: in words, for programs that keep references, and as QR."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

import segno
from django.urls import reverse
from django.utils.formats import date_format

from wijkwijzer.core.teksten import beginkapitaal

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest

    from wijkwijzer.wholes.declaration import Whole
    from wijkwijzer.wholes.stand import Stand

AUTEUR = "WijkWijzer"
# What means something to LaTeX, and how it is written when it does not.
LATEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{teken: f"\\{teken}" for teken in "{}$&#_%"},
}
LATEX_TEKEN = re.compile("|".join(map(re.escape, LATEX)))


@dataclass(frozen=True)
class Verwijzing:
    """A record as others name it; ``dag`` is when its text last changed.

    ``permalink`` is the whole address that stays, ``pad`` the same on this site.
    """

    titel: str
    sleutel: str
    dag: date
    permalink: str
    pad: str

    @property
    def apa(self) -> str:
        """APA 7: the site is the author, and is then not named again."""
        dag = date_format(self.dag, "Y, j F")
        return f"{AUTEUR}. ({dag}). {self.titel}. {self.permalink}"

    @property
    def bibtex(self) -> str:
        titel = LATEX_TEKEN.sub(lambda teken: LATEX[teken[0]], self.titel)
        return (
            f"@misc{{{self.sleutel},\n"
            # Twice, so that BibTeX takes it for no first and last name.
            f"  author = {{{{{AUTEUR}}}}},\n"
            f"  title = {{{titel}}},\n"
            f"  year = {{{self.dag:%Y}}},\n"
            f"  month = {{{self.dag.month}}},\n"
            f"  url = {{{self.permalink}}}\n"
            "}\n"
        )

    @property
    def ris(self) -> str:
        regels = [
            ("TY", "ELEC"),
            ("AU", AUTEUR),
            ("TI", self.titel),
            ("PY", f"{self.dag:%Y}"),
            ("DA", f"{self.dag:%Y/%m/%d}"),
            ("UR", self.permalink),
            ("LA", "nl"),
            ("ER", ""),
        ]
        return "".join(f"{veld}  - {waarde}\r\n" for veld, waarde in regels)

    def qr(self) -> bytes:
        """The permalink as a QR code: black on white, also for who prints it."""
        beeld = BytesIO()
        segno.make(self.permalink, error="m", micro=False).save(
            beeld, kind="svg", scale=8, light="#fff", title=f"QR-code: {self.titel}"
        )
        return beeld.getvalue()

    # Where the files are

    @property
    def bibtex_pad(self) -> str:
        return f"{self.pad}.bib"

    @property
    def ris_pad(self) -> str:
        return f"{self.pad}.ris"

    @property
    def qr_pad(self) -> str:
        return f"{self.pad}.svg"


def verwijzing(request: HttpRequest, stand: Stand, document: Whole) -> Verwijzing:
    pad = reverse("permalink", args=[document.soort, document.uuid])
    return Verwijzing(
        titel=beginkapitaal(str(document.naam)),
        sleutel=f"wijkwijzer-{document.slug}",
        dag=stand.changed_at(document).date(),
        permalink=request.build_absolute_uri(pad),
        pad=pad,
    )
