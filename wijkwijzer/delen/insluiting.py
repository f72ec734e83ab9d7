"""Which pages can be embedded, at which address, and the HTML that does it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from django.http import Http404, QueryDict
from django.urls import Resolver404, resolve, reverse
from django.utils.html import format_html

from aanpakken.facets import AanpakFilter
from aanpakken.matrix import kies_assen
from aanpakken.whole import AanpakDocument
from kennisdossier.terms import GemeenteTerm
from kennisdossier.whole import BegripDocument
from wijkwijzer.core.teksten import beginkapitaal
from wijkwijzer.delen.kleuren import MEE
from wijkwijzer.wholes.current import current_stand
from wijkwijzer.wholes.permalinks import find

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from django.http import HttpRequest
    from django.utils.safestring import SafeString

    from wijkwijzer.wholes.declaration import Whole
    from wijkwijzer.wholes.stand import Stand

    Maker = Callable[..., "Insluiting | None"]

W = TypeVar("W", bound="Whole")

BREEDTE = 640


@dataclass(frozen=True)
class Insluiting:
    """An embed: its title, address and query, the page that it shows a part of, and
    how high it is, in CSS pixels, where it is BREEDTE wide.
    """

    titel: str
    pad: str
    pagina: str
    hoogte: int
    query: str = ""
    # What was asked that does not exist, and so is not in the embed.
    meldingen: Sequence[str] = ()

    @property
    def bron(self) -> str:
        """The page that it shows, with the same filters."""
        return f"{self.pagina}?{self.query}" if self.query else self.pagina

    def adres(self, kleur: str = MEE) -> str:
        query = QueryDict(self.query, mutable=True)
        if kleur != MEE:
            query["kleur"] = kleur
        return f"{self.pad}?{query.urlencode()}" if query else self.pad


def code(
    request: HttpRequest,
    insluiting: Insluiting,
    *,
    kleur: str = MEE,
    breedte: int = BREEDTE,
    hoogte: int = 0,
    vult: bool = True,
    script: bool = False,
) -> SafeString:
    """The HTML for another site.

    ``vult``: as wide as there is room for, instead of ``breedte`` at most. ``script``:
    with the script that makes the frame as high as what is in it.
    """
    frame = format_html(
        '<iframe src="{}" title="{} – WijkWijzer" width="{}" height="{}" '
        'loading="lazy" style="border: 0; {}"></iframe>',
        request.build_absolute_uri(insluiting.adres(kleur)),
        insluiting.titel,
        breedte,
        hoogte or insluiting.hoogte,
        "width: 100%" if vult else "max-width: 100%",
    )
    if not script:
        return frame
    adres = request.build_absolute_uri(reverse("embed:hoogte"))
    return format_html('{}\n<script src="{}" defer></script>', frame, adres)


def lees(request: HttpRequest, adres: str) -> Insluiting | None:
    """The embed of a page of ours; None when it has none, or is somebody else's."""
    try:
        delen = urlsplit(adres.strip())
        if delen.scheme not in {"", "http", "https"}:
            return None
        if delen.netloc.lower() not in {"", request.get_host().lower()}:
            return None
        gevonden = resolve(delen.path)
    except (ValueError, Resolver404):
        return None
    maak = MAKERS.get(gevonden.view_name)
    query = QueryDict(delen.query)
    return maak(current_stand(), query, **gevonden.kwargs) if maak else None


def _document(stand: Stand, declared: type[W], slug: str) -> W | None:
    """What readers see at a slug, or at one that it had before."""
    try:
        return find(stand, declared, slug).document
    except Http404:
        return None


def _aanpak(stand: Stand, query: QueryDict, slug: str) -> Insluiting | None:
    document = _document(stand, AanpakDocument, slug)
    return van_aanpak(document) if document else None


def van_aanpak(aanpak: AanpakDocument) -> Insluiting:
    pad = reverse("embed:aanpak", args=[aanpak.slug])
    return Insluiting(aanpak.naam, pad, aanpak.get_absolute_url(), 400)


def van_aanpakken(filterset: AanpakFilter) -> Insluiting:
    return Insluiting(
        "Aanpakken",
        reverse("embed:aanpakken"),
        reverse("aanpakken:list"),
        720,
        filterset.query().urlencode(),
        filterset.meldingen(),
    )


def van_matrix(
    filterset: AanpakFilter, rij: str, kolom: str, meldingen: Sequence[str] = ()
) -> Insluiting:
    query = filterset.query()
    query["rij"], query["kolom"] = rij, kolom
    return Insluiting(
        "Matrix",
        reverse("embed:matrix"),
        reverse("aanpakken:matrix"),
        720,
        query.urlencode(),
        [*filterset.meldingen(), *meldingen],
    )


def van_ringen() -> Insluiting:
    return Insluiting("Wie doet wat", reverse("embed:wie"), reverse("wie:list"), 620)


def van_begrip(begrip: BegripDocument) -> Insluiting:
    pad = reverse("embed:begrip", args=[begrip.slug])
    return Insluiting(beginkapitaal(begrip.naam), pad, begrip.get_absolute_url(), 400)


def _aanpakken(stand: Stand, query: QueryDict) -> Insluiting:
    return van_aanpakken(AanpakFilter(query, stand))


def _matrix(stand: Stand, query: QueryDict) -> Insluiting:
    return van_matrix(AanpakFilter(query, stand), *kies_assen(query))


def _ringen(stand: Stand, query: QueryDict) -> Insluiting:
    return van_ringen()


def _begrip(stand: Stand, query: QueryDict, slug: str) -> Insluiting | None:
    document = _document(stand, BegripDocument, slug)
    return van_begrip(document) if document else None


def van_gemeente(gemeente: GemeenteTerm) -> Insluiting:
    pad = reverse("embed:gemeente", args=[gemeente.slug])
    titel = f"Wat gebeurt er in {gemeente.naam}?"
    return Insluiting(titel, pad, gemeente.get_absolute_url(), 720)


def _gemeente(stand: Stand, query: QueryDict, slug: str) -> Insluiting | None:
    gemeente = stand.vocabulary.get(GemeenteTerm, slug)
    return van_gemeente(gemeente) if gemeente else None


def _permalink(
    stand: Stand, query: QueryDict, soort: str, uuid: UUID
) -> Insluiting | None:
    """The address that people share: of what has a page that can be embedded."""
    if soort.lower() == AanpakDocument.soort:
        aanpak = stand.published(AanpakDocument, uuid)
        return van_aanpak(aanpak) if aanpak else None
    if soort.lower() == BegripDocument.soort:
        begrip = stand.published(BegripDocument, uuid)
        return van_begrip(begrip) if begrip else None
    return None


# By the name of the address of the page.
MAKERS: dict[str, Maker] = {
    "aanpakken:detail": _aanpak,
    "aanpakken:list": _aanpakken,
    "aanpakken:matrix": _matrix,
    "wie:list": _ringen,
    "begrippen:detail": _begrip,
    "gemeenten:detail": _gemeente,
    "permalink": _permalink,
}
