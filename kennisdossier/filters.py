"""The filter form of the praktijkvoorbeelden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from aanpakken.models import Aanpak
from kennisdossier.catalogus import ONBEKEND
from kennisdossier.models import Praktijkvoorbeeld
from wijkwijzer.core.filters import FacetFilterSet, MeerkeuzeFilter

if TYPE_CHECKING:
    from django.db.models import QuerySet


class VoorbeeldFilter(FacetFilterSet):
    # In the form these are the map with its list, and the gemeenten below it.
    provincie = MeerkeuzeFilter(label="Provincie", method="filter_plaats", open=False)
    gemeente = MeerkeuzeFilter(label="Gemeente", method="filter_plaats")
    thema = MeerkeuzeFilter(label="Thema", field_name="themas__slug")
    doelgroep = MeerkeuzeFilter(
        label="Doelgroep", field_name="doelgroepen__slug", open=False
    )
    aanpak = MeerkeuzeFilter(
        label="Lijkt op aanpak",
        method="filter_aanpak",
        uitleg="Bij elk voorbeeld staat of de bron of de redactie dit verband legde.",
    )
    element = MeerkeuzeFilter(
        label="Werkzaam element", field_name="elementen__slug", zichtbaar=False
    )

    class Meta:
        model = Praktijkvoorbeeld
        fields: list[str] = []

    def filter_plaats(
        self, queryset: QuerySet[Praktijkvoorbeeld], name: str, slugs: list[str]
    ) -> QuerySet[Praktijkvoorbeeld]:
        veld = {"gemeente": "gemeente__slug", "provincie": "gemeente__provincie"}[name]
        plaats = Q(**{f"{veld}__in": slugs})
        if ONBEKEND.slug in slugs:
            plaats |= Q(gemeente=None)
        return queryset.filter(plaats)

    def filter_aanpak(
        self, queryset: QuerySet[Praktijkvoorbeeld], name: str, slugs: list[str]
    ) -> QuerySet[Praktijkvoorbeeld]:
        aanpakken = Aanpak.objects.gepubliceerd().filter(slug__in=slugs)
        return queryset.filter(koppelingen__aanpak__in=aanpakken).distinct()
