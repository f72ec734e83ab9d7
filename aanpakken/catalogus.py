"""The published catalogue in memory: which aanpak has which value of which facet.

Built from a fixed number of queries and replaced as a whole when the catalogue version
rises, so every page of one version counts the same things.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from taggit.models import Tag

from aanpakken.documenten import documenten
from aanpakken.models import (
    MAX_LEEFTIJD,
    Aanpak,
    Actor,
    Actorlaag,
    Aspectkoppeling,
    Doelgroep,
    Doelgroepkoppeling,
    Doelgroeprol,
    Elementkoppeling,
    Leefbaarheidsaspect,
    Reflectiethema,
    Rubriek,
    Themakoppeling,
    Trefwoordkoppeling,
    Uitvoering,
    Vorm,
    WerkzaamElement,
)
from interventies.catalogus import (
    NIVEAU_ONBEKEND,
    databankwaarden,
    erkenning_per_interventie,
    erkenningswaarden,
    niveauwaarden,
    vermeldingen_van_gepubliceerde,
)
from interventies.models import Erkenningsstatus
from wijkwijzer.core.apart import zijn_er_veel
from wijkwijzer.core.catalogusversie import PerVersie
from wijkwijzer.core.facetten import Facettenindex, Waarde, bitmap
from wijkwijzer.core.ingepakt import Teksten
from wijkwijzer.core.teksten import sorteersleutel
from wijkwijzer.search.analyse import huidige_analyse
from wijkwijzer.search.index import Zoekindex

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from django.db.models import QuerySet

    from wijkwijzer.core.models import Vocabulaireterm


class Catalogus(Facettenindex):
    """The facets of the aanpakken, their ages, their words and the last changes."""

    namen: Teksten
    slugs: Teksten
    leeftijden: list[int]
    recent: memoryview
    zoekindex: Zoekindex

    def met_leeftijd(self, leeftijd: int) -> int:
        """Aanpakken with a primary group that admits this age, as a bitmap.

        A bound that the source leaves open admits every age.
        """
        return self.leeftijden[leeftijd] if 0 <= leeftijd <= MAX_LEEFTIJD else 0


class Rij(NamedTuple):
    """What the index needs of one aanpak; at 100 000 a tuple matters."""

    sleutel: str
    pk: int
    naam: str
    slug: str
    rubriek: str
    interventie: int | None
    vorm: str | None
    gewijzigd_op: datetime


def _rijen() -> list[Rij]:
    """The published aanpakken by name, in the same order on every database."""
    velden = (
        Aanpak.objects.gepubliceerd()
        .order_by()
        .values_list(
            "sorteernaam",
            "pk",
            "naam",
            "slug",
            "rubriek",
            "interventie",
            "vorm__slug",
            "gewijzigd_op",
        )
    )
    return sorted(
        Rij(sorteersleutel(rij[0] or rij[2]), *rij[1:]) for rij in velden.iterator()
    )


def _bouw(peildatum: date) -> Catalogus:
    rijen = _rijen()
    catalogus = Catalogus([rij.pk for rij in rijen])
    catalogus.namen = Teksten(rij.naam for rij in rijen)
    catalogus.slugs = Teksten(rij.slug for rij in rijen)
    gewijzigd = [rij.gewijzigd_op for rij in rijen]
    recent = sorted(range(len(rijen)), key=gewijzigd.__getitem__, reverse=True)
    catalogus.recent = memoryview(array("I", recent))
    catalogus.leeftijden = _leeftijden(catalogus)

    catalogus.voeg_toe(
        "laag",
        [Waarde(laag.slug, laag.kort) for laag in Actorlaag.objects.all()],
        _paren(Uitvoering, "laag__slug"),
    )
    catalogus.voeg_toe(
        "thema", _waarden(Reflectiethema), _paren(Themakoppeling, "thema__slug")
    )
    catalogus.voeg_toe(
        "doelgroep", _waarden(Doelgroep), _paren(Doelgroepkoppeling, "doelgroep__slug")
    )
    _voeg_register_toe(catalogus, {rij.pk: rij.interventie for rij in rijen}, peildatum)
    catalogus.voeg_toe(
        "soort",
        [Waarde(rubriek.value, str(rubriek.label)) for rubriek in Rubriek],
        ((rij.pk, rij.rubriek) for rij in rijen),
    )
    catalogus.voeg_toe(
        "vorm",
        _waarden(Vorm),
        ((rij.pk, rij.vorm) for rij in rijen if rij.vorm),
    )
    catalogus.voeg_toe(
        "aspect", _waarden(Leefbaarheidsaspect), _paren(Aspectkoppeling, "aspect__slug")
    )
    catalogus.voeg_toe("actor", _waarden(Actor), _paren(Uitvoering, "actor__slug"))
    catalogus.voeg_toe(
        "element", _waarden(WerkzaamElement), _paren(Elementkoppeling, "element__slug")
    )
    catalogus.voeg_toe(
        "tag",
        [
            Waarde(*rij)
            for rij in _zichtbare_tags().order_by("name").values_list("slug", "name")
        ],
        _paren(Trefwoordkoppeling, "tag__slug", "content_object"),
        telt=False,
    )
    # The search index needs the room that the rows take.
    del rijen, gewijzigd
    catalogus.zoekindex = Zoekindex(
        documenten(catalogus.positie), len(catalogus.pks), huidige_analyse()
    )
    return catalogus


def _voeg_register_toe(
    catalogus: Catalogus, interventie_van: dict[int, int | None], peildatum: date
) -> None:
    """The three facets that say what the register knows of an aanpak.

    Only a published interventie counts: what an editor is still writing stays unseen.
    """
    bekend = erkenning_per_interventie(peildatum)
    niets = (Erkenningsstatus.GEEN.value, NIVEAU_ONBEKEND.slug)
    stand = {
        pk: bekend.get(interventie, niets) if interventie else niets
        for pk, interventie in interventie_van.items()
    }
    catalogus.voeg_toe(
        "erkenning", erkenningswaarden(), ((pk, s) for pk, (s, _) in stand.items())
    )
    catalogus.voeg_toe(
        "niveau", niveauwaarden(), ((pk, n) for pk, (_, n) in stand.items())
    )
    aanpak_van = {i: pk for pk, i in interventie_van.items() if i}
    catalogus.voeg_toe(
        "databank",
        databankwaarden(),
        (
            (aanpak_van[interventie], databank)
            for interventie, databank in vermeldingen_van_gepubliceerde()
            if interventie in aanpak_van
        ),
    )


def _leeftijden(catalogus: Catalogus) -> list[int]:
    """Per age the aanpakken whose primary group admits it."""
    per_bereik: dict[tuple[int, int], list[int]] = defaultdict(list)
    primair = Doelgroepkoppeling.objects.filter(rol=Doelgroeprol.PRIMAIR).order_by()
    for pk, van, tot in primair.values_list("aanpak", "leeftijd_van", "leeftijd_tot"):
        if (positie := catalogus.positie.get(pk)) is not None:
            bereik = (van or 0, MAX_LEEFTIJD if tot is None else tot)
            per_bereik[bereik].append(positie)
    leeftijden = [0] * (MAX_LEEFTIJD + 1)
    for (van, tot), posities in per_bereik.items():
        bits = bitmap(posities, len(catalogus.pks))
        for leeftijd in range(van, tot + 1):
            leeftijden[leeftijd] |= bits
    return leeftijden


def _zichtbare_tags() -> QuerySet[Tag]:
    """Editors invent tags while writing: only those of public entries exist."""
    zichtbaar = Trefwoordkoppeling.objects.filter(
        content_object__in=Aanpak.objects.gepubliceerd()
    )
    tags: QuerySet[Tag] = Tag.objects.filter(pk__in=zichtbaar.values("tag"))
    return tags


def _waarden(model: type[Vocabulaireterm]) -> list[Waarde]:
    termen: QuerySet[Vocabulaireterm] = model._default_manager.all()
    return [Waarde(*rij) for rij in termen.values_list("slug", "naam")]


def _paren(
    model: type[
        Themakoppeling | Aspectkoppeling | Elementkoppeling | Doelgroepkoppeling
    ]
    | type[Uitvoering | Trefwoordkoppeling],
    slug: str,
    aanpak: str = "aanpak",
) -> Iterable[tuple[int, str]]:
    """(aanpak, slug) of every link; the index leaves out what is not public."""
    koppelingen = model._default_manager.order_by().exclude(**{slug: None})
    return koppelingen.values_list(aanpak, slug).iterator()


catalogus = PerVersie(
    _bouw,
    naam="aanpakken",
    is_groot=lambda: zijn_er_veel(Aanpak.objects.gepubliceerd()),
)
