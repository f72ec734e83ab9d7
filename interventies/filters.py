"""The filter form of the register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from interventies.catalogus import NIVEAU_ONBEKEND
from interventies.models import Interventie
from wijkwijzer.core.filters import FacetFilterSet, MeerkeuzeFilter

if TYPE_CHECKING:
    from django.db.models import QuerySet


class InterventieFilter(FacetFilterSet):
    erkenning = MeerkeuzeFilter(
        label="Geldt de erkenning nog?", method="filter_erkenning"
    )
    niveau = MeerkeuzeFilter(label="Hoogste niveau", method="filter_niveau")
    databank = MeerkeuzeFilter(
        label="Databank", field_name="vermeldingen__databank__slug"
    )

    class Meta:
        model = Interventie
        fields: list[str] = []

    def filter_erkenning(
        self, queryset: QuerySet[Interventie], name: str, slugs: list[str]
    ) -> QuerySet[Interventie]:
        return queryset.filter(
            pk__in=Interventie.objects.with_erkenningsstatus(timezone.localdate())
            .filter(Q(erkenningsstatus__in=slugs))
            .values("pk")
        )

    def filter_niveau(
        self, queryset: QuerySet[Interventie], name: str, slugs: list[str]
    ) -> QuerySet[Interventie]:
        niveau = Q(hoogste_niveau__in=slugs)
        if NIVEAU_ONBEKEND.slug in slugs:
            niveau |= Q(hoogste_niveau__isnull=True)
        return queryset.filter(
            pk__in=Interventie.objects.with_hoogste_niveau().filter(niveau).values("pk")
        )
