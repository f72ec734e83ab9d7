"""What of the catalogue can be found from every page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.urls import reverse

from aanpakken.facets import AanpakFilter
from aanpakken.leeftijdvraag import gerichter
from aanpakken.terms import ActorTerm, ThemaTerm, VraagstukTerm
from aanpakken.themas import termen_met_aantal
from aanpakken.whole import AanpakDocument
from wijkwijzer.search.registry import (
    Geheelbron,
    Lijstbron,
    Pagina,
    Zoekgroep,
    registreer,
    registreer_gerichter,
    registreer_ingangen,
)
from wijkwijzer.search.tekst import Zoekdocument
from wijkwijzer.wholes.records import Hits

if TYPE_CHECKING:
    from wijkwijzer.search.index import Zoekresultaat
    from wijkwijzer.search.registry import Gerichter, Treffer
    from wijkwijzer.search.vraag import Zoekvraag
    from wijkwijzer.wholes.stand import Stand


def _lijst_van(stand: Stand, tekst: str) -> AanpakFilter:
    query = QueryDict(mutable=True)
    query["q"] = tekst
    return AanpakFilter(query, stand)


class Aanpakbron(Geheelbron):
    """Finds what the list finds, so that list and search agree."""

    def zoek(self, stand: Stand, tekst: str, maximum: int) -> Zoekgroep:
        filterset = _lijst_van(stand, tekst)
        if not filterset.vraag:
            return Zoekgroep(self.sleutel, self.titel)
        resultaat = filterset.zoekresultaat
        return Zoekgroep(
            self.sleutel,
            self.titel,
            aantal=resultaat.bits.bit_count(),
            treffers=self.treffers(stand, filterset.beantwoord, resultaat, maximum),
            alles_url=f"{reverse('aanpakken:list')}?{filterset.query().urlencode()}",
            gedeeltelijk=resultaat.gedeeltelijk,
            bedoeld=filterset.bedoeld if filterset.toont_bedoeld else None,
        )

    def treffers(
        self, stand: Stand, vraag: Zoekvraag, resultaat: Zoekresultaat, maximum: int
    ) -> list[Treffer]:
        """Where a level is named as why it was found, each says whether it holds."""
        beste = Hits(resultaat.bits, resultaat.volgorde)[:maximum]
        aanpakken = stand.documents(AanpakDocument, beste)
        gevonden = super().treffers(stand, vraag, resultaat, maximum)
        return [
            replace(treffer, geldigheid=aanpak.geldigheid)
            for treffer, aanpak in zip(gevonden, aanpakken, strict=True)
        ]


def _leeftijden(stand: Stand, tekst: str) -> list[Gerichter]:
    return gerichter(_lijst_van(stand, tekst))


def _themas(stand: Stand) -> list[Zoekdocument]:
    return [
        Zoekdocument(
            titel=thema.naam,
            samenvatting=thema.toelichting,
            tekst=thema.uitleg,
            url=thema.get_absolute_url(),
        )
        for thema in stand.terms(ThemaTerm)
    ]


def _actoren(stand: Stand) -> list[Zoekdocument]:
    return [
        Zoekdocument(
            titel=actor.naam,
            samenvatting=actor.toelichting,
            trefwoorden=actor.laag.naam,
            url=actor.get_absolute_url(),
        )
        for actor in stand.terms(ActorTerm)
    ]


def _vraagstukken(stand: Stand) -> list[Pagina]:
    """The issues that some aanpak is about."""
    lijst = reverse("aanpakken:list")
    return [
        Pagina(vraagstuk.naam, f"{lijst}?vraagstuk={vraagstuk.slug}")
        for vraagstuk, aantal in termen_met_aantal(stand, "vraagstuk", VraagstukTerm)
        if aantal
    ]


registreer(Aanpakbron("aanpakken", "Aanpakken", AanpakDocument))
registreer(Lijstbron("themas", "Thema’s", _themas))
registreer(Lijstbron("wie", "Wie doet wat", _actoren))
registreer_ingangen(_vraagstukken)
registreer_gerichter(_leeftijden)
