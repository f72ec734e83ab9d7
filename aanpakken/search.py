"""What of the catalogue can be found from every page."""

from __future__ import annotations

from django.http import QueryDict
from django.urls import reverse

from aanpakken.catalogus import catalogus
from aanpakken.documenten import document
from aanpakken.filters import AanpakFilter
from aanpakken.models import Aanpak, Actor, Reflectiethema
from wijkwijzer.core.facetten import Treffers
from wijkwijzer.search.index import Zoekdocument
from wijkwijzer.search.registry import Documentbron, Treffer, Zoekgroep, registreer
from wijkwijzer.search.vraag import lees_vraag


class Aanpakbron:
    """Finds aanpakken with the index of the catalogue, so list and search agree."""

    sleutel = "aanpakken"
    titel = "Aanpakken"

    def aantal(self) -> int:
        return len(catalogus().pks)

    def zoek(self, tekst: str, maximum: int) -> Zoekgroep:
        filterset = _filterset(tekst)
        if not filterset.vraag:
            return Zoekgroep(self.sleutel, self.titel)
        treffers = filterset.treffers()
        pks = treffers[:maximum]
        objecten = Aanpak.objects.gepubliceerd().with_kaart().in_bulk(pks)
        markering = filterset.markering()
        return Zoekgroep(
            self.sleutel,
            self.titel,
            aantal=len(treffers),
            treffers=[
                Treffer(
                    url=objecten[pk].get_absolute_url(),
                    titel=objecten[pk].naam,
                    uitleg=markering.leg_uit(document(objecten[pk])),
                )
                for pk in pks
                if pk in objecten
            ],
            alles_url=f"{reverse('aanpakken:list')}?{filterset.query().urlencode()}",
            gedeeltelijk=filterset.zoekresultaat.gedeeltelijk,
            bedoeld=filterset.bedoeld if filterset.toont_bedoeld else None,
        )

    def verbeterd(self, tekst: str) -> str | None:
        return _filterset(tekst).bedoeld

    def suggesties(self, tekst: str, maximum: int) -> list[tuple[str, str]]:
        index = catalogus()
        vraag = lees_vraag(tekst, index.zoekindex.analyse)
        if not vraag:
            return []
        resultaat = index.zoekindex.zoek(vraag, velden=("titel",))
        if resultaat.gedeeltelijk:
            return []
        pks = Treffers(index, resultaat.bits, resultaat.volgorde())[:maximum]
        objecten = Aanpak.objects.gepubliceerd().in_bulk(pks)
        return [(o.naam, o.get_absolute_url()) for pk in pks if (o := objecten.get(pk))]


def _filterset(tekst: str) -> AanpakFilter:
    query = QueryDict(mutable=True)
    query["q"] = tekst
    return AanpakFilter(query, catalogus())


def _themas() -> list[Zoekdocument]:
    return [
        Zoekdocument(
            titel=thema.naam,
            samenvatting=thema.toelichting,
            tekst=thema.uitleg,
            url=thema.get_absolute_url(),
        )
        for thema in Reflectiethema.objects.all()
    ]


def _actoren() -> list[Zoekdocument]:
    return [
        Zoekdocument(
            titel=actor.naam,
            samenvatting=actor.toelichting,
            trefwoorden=actor.laag.naam,
            url=actor.get_absolute_url(),
        )
        for actor in Actor.objects.select_related("laag")
    ]


registreer(Aanpakbron())
registreer(Documentbron("themas", "Thema's", _themas))
registreer(Documentbron("wie", "Wie doet wat", _actoren))
