"""The register in memory: which interventie has which recognition, level, databank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F

from interventies.models import (
    Databank,
    Databankvermelding,
    Erkenningsstatus,
    Interventie,
    Niveau,
)
from wijkwijzer.core.apart import zijn_er_veel
from wijkwijzer.core.catalogusversie import PerVersie
from wijkwijzer.core.facetten import Facettenindex, Waarde
from wijkwijzer.core.teksten import sorteersleutel

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

NIVEAU_ONBEKEND = Waarde("onbekend", "Niet bekend")


def erkenningswaarden() -> list[Waarde]:
    return [Waarde(status.value, str(status.label)) for status in Erkenningsstatus]


def niveauwaarden() -> list[Waarde]:
    """The main levels, strongest first, then "niet bekend"; one query."""
    hoofdniveaus = Niveau.objects.filter(hoofdniveau__isnull=True).order_by("-volgorde")
    return [*(Waarde(n.slug, n.naam) for n in hoofdniveaus), NIVEAU_ONBEKEND]


def databankwaarden() -> list[Waarde]:
    return [Waarde(d.slug, d.naam) for d in Databank.objects.all()]


def erkenning_per_interventie(peildatum: date) -> dict[int, tuple[str, str]]:
    """Per published interventie its recognition status and level; one query."""
    rijen = (
        Interventie.objects.gepubliceerd()
        .with_erkenningsstatus(peildatum)
        .with_hoogste_niveau()
        .values_list("pk", F("erkenningsstatus"), F("hoogste_niveau"))
    )
    return {
        pk: (status, niveau or NIVEAU_ONBEKEND.slug) for pk, status, niveau in rijen
    }


def vermeldingen_van_gepubliceerde() -> Iterable[tuple[int, str]]:
    """(interventie, databank slug) of every published interventie; one query."""
    return (
        Databankvermelding.objects.filter(
            interventie__in=Interventie.objects.gepubliceerd()
        )
        .order_by()
        .values_list("interventie_id", "databank__slug")
    )


def _bouw(peildatum: date) -> Facettenindex:
    rijen = Interventie.objects.gepubliceerd().order_by().values_list("naam", "pk")
    index = Facettenindex(
        [
            pk
            for _, pk in sorted(rijen, key=lambda rij: (sorteersleutel(rij[0]), rij[1]))
        ]
    )
    per_interventie = erkenning_per_interventie(peildatum)
    index.voeg_toe(
        "erkenning",
        erkenningswaarden(),
        ((pk, status) for pk, (status, _) in per_interventie.items()),
    )
    index.voeg_toe(
        "niveau",
        niveauwaarden(),
        ((pk, niveau) for pk, (_, niveau) in per_interventie.items()),
    )
    index.voeg_toe("databank", databankwaarden(), vermeldingen_van_gepubliceerde())
    return index


register = PerVersie(
    _bouw,
    naam="interventies",
    is_groot=lambda: zijn_er_veel(Interventie.objects.gepubliceerd()),
)
