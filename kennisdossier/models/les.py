"""What was learned around a dossier."""

from __future__ import annotations

from django.db import models

from aanpakken.models import Aanpak
from kennisdossier.models.dossier import Dossier
from kennisdossier.models.praktijkvoorbeeld import Praktijkvoorbeeld
from wijkwijzer.core.models import Bron


class Les(models.Model):
    """Something learned, told in a sentence or two, and the source that says so."""

    tekst = models.CharField("tekst", max_length=500)
    bron = models.ForeignKey(
        Bron, on_delete=models.PROTECT, related_name="+", verbose_name="bron"
    )
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.tekst


class Tip(Les):
    """A piece of advice from practice."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="tips")
    groep = models.CharField(
        "wie geeft de tip", max_length=150, help_text="Een functie of organisatie."
    )
    voorbeeld = models.ForeignKey(
        Praktijkvoorbeeld,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="tips",
        verbose_name="uit de praktijk van",
    )

    class Meta:
        verbose_name = "tip"
        verbose_name_plural = "tips"
        ordering = ("dossier", "volgorde", "pk")


class Effect(Les):
    """What changed, for whom, and how sure that is."""

    dossier = models.ForeignKey(
        Dossier, on_delete=models.CASCADE, related_name="effecten"
    )
    op = models.CharField("bij wie", max_length=150)
    zekerheid = models.CharField(
        "hoe zeker",
        max_length=150,
        blank=True,
        help_text="Bijvoorbeeld: ervaring, evaluatie nog niet klaar.",
    )
    aanpakken = models.ManyToManyField(
        Aanpak, blank=True, related_name="effecten", verbose_name="aanpakken"
    )
    voorbeelden = models.ManyToManyField(
        Praktijkvoorbeeld,
        blank=True,
        related_name="effecten",
        verbose_name="praktijkvoorbeelden",
    )

    class Meta:
        verbose_name = "effect"
        verbose_name_plural = "effecten"
        ordering = ("dossier", "volgorde", "pk")


class Aandachtspunt(Les):
    """What a gemeente can do, or better not do."""

    dossier = models.ForeignKey(
        Dossier, on_delete=models.CASCADE, related_name="aandachtspunten"
    )
    kop = models.CharField("kop", max_length=150)

    class Meta:
        verbose_name = "aandachtspunt voor gemeenten"
        verbose_name_plural = "aandachtspunten voor gemeenten"
        ordering = ("dossier", "volgorde", "pk")


class Financiering(Les):
    """Who pays, for how long, and what was learned about money."""

    financiers = models.TextField("geld van", blank=True, help_text="Eén per regel.")
    in_natura = models.TextField("in natura", blank=True, help_text="Eén per regel.")
    duur = models.CharField("hoe lang", max_length=150, blank=True)
    afgewezen = models.CharField("afgewezen", max_length=250, blank=True)
    url = models.URLField("adres", max_length=500, blank=True)
    dossier = models.ForeignKey(
        Dossier,
        on_delete=models.CASCADE,
        related_name="financieringen",
        verbose_name="dossier",
    )
    voorbeeld = models.ForeignKey(
        Praktijkvoorbeeld,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="financieringen",
        verbose_name="praktijkvoorbeeld",
    )
    aanpak = models.ForeignKey(
        Aanpak,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="financieringen",
        verbose_name="aanpak",
    )

    class Meta:
        verbose_name = "financiering"
        verbose_name_plural = "financiering"
        ordering = ("dossier", "volgorde", "pk")
