"""That a databank lists an interventie."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from interventies.models.databank import Databank
from interventies.models.interventie import PUBLICATIE_UITLEG, Interventie
from wijkwijzer.core.datums import DeeldatumField


class Vermeldingssoort(models.TextChoices):
    INTERVENTIE = "interventie", "interventie"
    PRAKTIJKVOORBEELD = "praktijkvoorbeeld", "praktijkvoorbeeld"
    ONBEKEND = "onbekend", "niet bekend"


class InDatabank(models.TextChoices):
    """Whether the approach is in the databank, as far as the sources go."""

    NU = "nu", "staat er nu in"
    EERDER = "eerder", "stond er eerder in"
    # Who keeps the databank has a page about it outside the databank.
    NIET = "niet", "staat er niet in"
    ONBEKEND = "onbekend", "niet bekend of het er nu in staat"


class Databankvermelding(models.Model):
    """That a databank lists or once listed an approach, and as what."""

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
    in_databank = models.CharField(
        "staat het in de databank?",
        max_length=20,
        choices=InDatabank,
        default=InDatabank.ONBEKEND,
        help_text=(
            "“Staat er nu in” alleen als een bron dat zegt. Toont de beheerder hem op "
            "een pagina buiten de databank? Dan “staat er niet in”."
        ),
    )
    bron_url = models.URLField(
        "adres dat de vermelding toont", max_length=500, blank=True
    )
    publicatie = models.CharField(
        "publicatie die de vermelding toont",
        max_length=300,
        blank=True,
        help_text=PUBLICATIE_UITLEG,
    )
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
                fields=("interventie", "databank", "bron_url", "publicatie"),
                name="interventies_databankvermelding_uniek",
                violation_error_message="Deze vermelding staat er al.",
            ),
            models.CheckConstraint(
                name="interventies_databankvermelding_soort_bestaat",
                condition=Q(soort__in=Vermeldingssoort.values),
                violation_error_message="Kies een soort uit de lijst.",
            ),
            models.CheckConstraint(
                name="interventies_databankvermelding_in_databank_bestaat",
                condition=Q(in_databank__in=InDatabank.values),
                violation_error_message="Kies een antwoord uit de lijst.",
            ),
            models.CheckConstraint(
                name="interventies_databankvermelding_heeft_bron",
                condition=~Q(bron_url="", publicatie=""),
                violation_error_message="Noem een adres of een publicatie.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.interventie} bij {self.databank}"
