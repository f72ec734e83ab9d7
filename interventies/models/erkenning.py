"""That a databank recognised an interventie, at a level on a date."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Left, Length

from interventies.models.databank import Databank
from interventies.models.interventie import PUBLICATIE_UITLEG, Interventie
from interventies.models.niveau import Niveau
from wijkwijzer.core.datums import DeeldatumField


class Erkenningsstatus(models.TextChoices):
    """Whether a recognition still holds: what a source says, or a rule expects."""

    GELDIG = "geldig", "Geldig"
    VERLOPEN = "verlopen", "Verlopen"
    WAARSCHIJNLIJK_VERLOPEN = "waarschijnlijk-verlopen", "Waarschijnlijk verlopen"
    ONBEKEND = "onbekend", "Geldigheid niet bekend"
    GEEN = "geen", "Geen erkenning gevonden"

    @property
    def vervallen(self) -> bool:
        """Whether it lapsed, or probably did: then it is no evidence any more."""
        return self in VERVALLEN


VERVALLEN = (Erkenningsstatus.VERLOPEN, Erkenningsstatus.WAARSCHIJNLIJK_VERLOPEN)


class Erkenning(models.Model):
    """A decision by one databank. What it leaves open stays open: level, date, end."""

    interventie = models.ForeignKey(
        Interventie,
        on_delete=models.CASCADE,
        related_name="erkenningen",
        verbose_name="interventie",
    )
    databank = models.ForeignKey(
        Databank,
        on_delete=models.PROTECT,
        related_name="erkenningen",
        verbose_name="databank",
    )
    niveau = models.ForeignKey(
        Niveau,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="erkenningen",
        verbose_name="niveau",
        help_text="Leeg: niet bekend.",
    )
    datum = DeeldatumField("datum van het besluit")
    orgaan = models.CharField("wie besloot", max_length=200, blank=True)
    geldig_tot = DeeldatumField(
        "geldig tot",
        help_text="Alleen invullen als een bron dit zegt. Leeg: niet bekend.",
    )
    bron_url = models.URLField(
        "adres dat de erkenning noemt", max_length=500, blank=True
    )
    publicatie = models.CharField(
        "publicatie die de erkenning noemt",
        max_length=300,
        blank=True,
        help_text=PUBLICATIE_UITLEG,
    )
    bron_datum = DeeldatumField("datum van die pagina")
    bron_stelt = models.CharField("wat die pagina zegt", max_length=300, blank=True)
    opmerking = models.CharField("opmerking", max_length=300, blank=True)
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "erkenning"
        verbose_name_plural = "erkenningen"
        ordering = ("volgorde", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("interventie", "databank", "bron_url", "publicatie"),
                name="interventies_erkenning_uniek",
                violation_error_message="Deze erkenning staat er al.",
            ),
            models.CheckConstraint(
                name="interventies_erkenning_eindigt_na_besluit",
                # Only as precisely as the end is known: a decision of 18 July can hold
                # until "July" or "2020".
                condition=Q(datum__isnull=True)
                | Q(geldig_tot__isnull=True)
                | Q(geldig_tot__gte=Left("datum", Length("geldig_tot"))),
                violation_error_message="De einddatum ligt vóór het besluit.",
            ),
            models.CheckConstraint(
                name="interventies_erkenning_heeft_bron",
                condition=~Q(bron_url="", publicatie=""),
                violation_error_message="Noem een adres of een publicatie.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.interventie}: {self.niveau or 'niveau niet bekend'}"
