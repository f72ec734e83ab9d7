"""A record for programs that keep references, and as pictures: a QR code, a summary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse

from wijkwijzer.delen.deelbeeld import SITE, beeld_van, png
from wijkwijzer.delen.verwijzing import verwijzing
from wijkwijzer.wholes.current import current_stand
from wijkwijzer.wholes.permalinks import withdrawn
from wijkwijzer.wholes.registry import wholes

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest

    from wijkwijzer.wholes.declaration import Whole
    from wijkwijzer.wholes.stand import Stand

    Maak = Callable[[HttpRequest, Stand, Whole], bytes]

PNG = "png"
# A picture is looked at; the others are for a program.
BEELDEN = {"svg", PNG}
# By the end of the address: what kind of file it is, and how it is made.
VORMEN: dict[str, tuple[str, Maak]] = {
    "bib": (
        "application/x-bibtex; charset=utf-8",
        lambda *van: verwijzing(*van).bibtex.encode(),
    ),
    "ris": (
        "application/x-research-info-systems; charset=utf-8",
        lambda *van: verwijzing(*van).ris.encode(),
    ),
    "svg": ("image/svg+xml", lambda *van: verwijzing(*van).qr()),
    PNG: ("image/png", lambda request, *van: png(beeld_van(*van))),
}


def bestand(request: HttpRequest, soort: str, uuid: UUID, vorm: str) -> HttpResponse:
    """The file of a record that readers see; 410 when it was withdrawn."""
    declared = wholes().get(soort.lower())
    if declared is None or vorm not in VORMEN:
        raise Http404(f"no {vorm!r} of {soort!r}")
    stand = current_stand()
    document = stand.published(declared, uuid)
    if document is None:
        return withdrawn(request, stand, declared, uuid)
    soort_inhoud, maak = VORMEN[vorm]
    naam = f"wijkwijzer-{document.slug}.{vorm}"
    plaats = "inline" if vorm in BEELDEN else "attachment"
    return HttpResponse(
        maak(request, stand, document),
        content_type=soort_inhoud,
        headers={"Content-Disposition": f'{plaats}; filename="{naam}"'},
    )


def deelbeeld(request: HttpRequest) -> HttpResponse:
    """The picture of every page that is of no record."""
    return HttpResponse(png(SITE), content_type="image/png")
