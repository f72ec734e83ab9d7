"""The sitemap: every page that may be found, with when it changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as contrib
from django.urls import reverse

from aanpakken.terms import ActorTerm, ThemaTerm
from aanpakken.whole import AanpakDocument
from interventies.whole import InterventieDocument
from kennisdossier.dossierdelen import adressen_ernaast
from kennisdossier.terms import GemeenteTerm, WijkTerm
from kennisdossier.whole import (
    BegripDocument,
    DossierDocument,
    PraktijkvoorbeeldDocument,
)
from wijkwijzer.nieuws.gebeurd import hier
from wijkwijzer.wholes.current import current_stand

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from wijkwijzer.wholes.declaration import Whole
    from wijkwijzer.wholes.stand import Stand

# Fifty thousand may be in one file; this many are made in little time.
PER_DEEL = 5000

# What has a name for its address, and no date.
PAGINAS = (
    *("home", "aanpakken:list", "aanpakken:matrix", "aanpakken:vergelijken"),
    *("keuzehulp", "wie:list", "themas:list", "interventies:list"),
    *("kennisdossier:list", "begrippen:list", "praktijkvoorbeelden:list"),
    "gemeenten:list",
    *("zoeken:zoeken", "nieuw", "over", "verantwoording", "correcties"),
    *("toegankelijkheid", "privacy", "api:uitleg"),
)
TERMEN = (ThemaTerm, ActorTerm, GemeenteTerm, WijkTerm)


class Items(Sitemap[int]):
    """The records of one kind, by their place in the order of names."""

    limit = PER_DEEL

    def __init__(self, stand: Stand, declared: type[Whole]) -> None:
        self.stand, self.declared = stand, declared
        self.records = stand.records(declared)

    def items(self) -> Sequence[int]:
        return self.records.by_name

    def location(self, item: int) -> str:
        # It asks no more of what it is of than its slug.
        return self.declared.get_absolute_url(self.records[item])  # type: ignore[arg-type]

    def lastmod(self, item: int) -> datetime:
        return hier(self.records[item].at)

    def get_latest_lastmod(self) -> datetime | None:
        laatste = self.stand.last_change(self.declared)
        return None if laatste is None else hier(laatste)

    def get_urls(
        self, page: int | str = 1, site: Any = None, protocol: str | None = None
    ) -> list[dict[str, Any]]:
        """The addresses; what is gone counts for when this part of the map changed."""
        urls = super().get_urls(page, site, protocol)
        if laatste := self.get_latest_lastmod():
            # What the view makes the header Last-Modified of.
            self.latest_lastmod = laatste
        return urls


class Dossierdelen(Sitemap[tuple[str, DossierDocument]]):
    """The pages beside the dossiers, which change as these do."""

    limit = PER_DEEL

    def __init__(self, stand: Stand) -> None:
        self.stand = stand

    def items(self) -> list[tuple[str, DossierDocument]]:
        return [
            (adres, dossier)
            for dossier in self.stand.all(DossierDocument)
            for adres in adressen_ernaast(self.stand, dossier)
        ]

    def location(self, item: tuple[str, DossierDocument]) -> str:
        return item[0]

    def lastmod(self, item: tuple[str, DossierDocument]) -> datetime:
        return self.stand.changed_at(item[1])


class Paginas(Sitemap[str]):
    """All other pages: those about the site, and of each word that has one."""

    limit = PER_DEEL

    def __init__(self, stand: Stand) -> None:
        self.stand = stand

    def items(self) -> list[str]:
        termen: list[ThemaTerm | ActorTerm | GemeenteTerm | WijkTerm] = []
        for soort in TERMEN:
            termen += self.stand.terms(soort)
        return [*map(reverse, PAGINAS), *(t.get_absolute_url() for t in termen)]

    def location(self, item: str) -> str:
        return item


def _delen() -> dict[str, type[Sitemap[Any]] | Sitemap[Any]]:
    stand = current_stand()
    return {
        "paginas": Paginas(stand),
        "aanpakken": Items(stand, AanpakDocument),
        "interventies": Items(stand, InterventieDocument),
        "dossiers": Items(stand, DossierDocument),
        "dossierdelen": Dossierdelen(stand),
        "praktijkvoorbeelden": Items(stand, PraktijkvoorbeeldDocument),
        "begrippen": Items(stand, BegripDocument),
    }


def index(request: HttpRequest) -> HttpResponse:
    """Where the parts of the sitemap are."""
    return contrib.index(request, _delen(), sitemap_url_name="sitemap_deel")


def deel(request: HttpRequest, section: str) -> HttpResponse:
    """One part of it; Http404 for one that is not there."""
    return contrib.sitemap(request, _delen(), section)
