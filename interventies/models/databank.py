"""The databanks that recognise interventies together."""

from __future__ import annotations

from django.db import models

from wijkwijzer.core.models import Vocabulaireterm


class Databank(Vocabulaireterm):
    """One of the databanks that recognise interventies together."""

    afkorting = models.CharField("afkorting", max_length=20, blank=True)
    naamvarianten = models.TextField(
        "naamvarianten", blank=True, help_text="Andere schrijfwijzen, één per regel."
    )
    databanknaam = models.CharField(
        "naam van de databank",
        max_length=150,
        blank=True,
        help_text="Als de databank anders heet dan de organisatie.",
    )
    werkveld = models.CharField("werkveld", max_length=200, blank=True)
    werkveld_bron = models.URLField("bron van het werkveld", max_length=500, blank=True)
    organisatie = models.ForeignKey(
        "core.Organisatie",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="databanken",
        verbose_name="beheerder",
    )

    class Meta(Vocabulaireterm.Meta):
        verbose_name = "databank"
        verbose_name_plural = "databanken"
