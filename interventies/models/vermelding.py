"""That a databank lists an interventie."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from interventies.models.databank import Databank
from interventies.models.interventie import Interventie
from wijkwijzer.core.datums import DeeldatumField


class Vermeldingssoort(models.TextChoices):
    INTERVENTIE = "interventie", "interventie"
    PRAKTIJKVOORBEELD = "praktijkvoorbeeld", "praktijkvoorbeeld"
    ONBEKEND = "onbekend", "niet bekend"


class Databankvermelding(models.Model):
    """That a databank lists (or listed) an interventie, and as what."""

    interventie = models.ForeignKey(
        Interventie,
        on_delete=models.CASCADE,
        related_name="vermeldingen",
        verbose_name="interventie",
    )
    databank = models.ForeignKey(
        Databank,
        on_delete=models.PROTECT,
        related_name="vermeldingen",
        verbose_name="databank",
    )
    soort = models.CharField("vermeld als", max_length=20, choices=Vermeldingssoort)
    bron_url = models.URLField("adres dat de vermelding toont", max_length=500)
    bron_datum = DeeldatumField("datum van die pagina")
    bron_stelt = models.CharField("wat die pagina zegt", max_length=300, blank=True)
    opmerking = models.CharField("opmerking", max_length=300, blank=True)
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "databankvermelding"
        verbose_name_plural = "databankvermeldingen"
        ordering = ("volgorde", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("interventie", "databank", "bron_url"),
                name="interventies_databankvermelding_uniek",
                violation_error_message="Deze vermelding staat er al.",
            ),
            models.CheckConstraint(
                name="interventies_databankvermelding_soort_bestaat",
                condition=Q(soort__in=Vermeldingssoort.values),
                violation_error_message="Kies een soort uit de lijst.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.interventie} bij {self.databank}"
