"""How to begin with an aanpak."""

from __future__ import annotations

from django.db import models

from aanpakken.models.aanpak import Aanpak
from wijkwijzer.core.models import Bron, waarde_bestaat


class Beginsoort(models.TextChoices):
    """What somebody who begins looks for, in the order of the page."""

    STAP = "stap", "Eerste stap"
    MENSEN = "mensen", "Wie je nodig hebt"
    HANDBOEK = "handboek", "Handboek of materiaal"
    TRAINING = "training", "Training"
    VRAAGBAAK = "vraagbaak", "Waar je terechtkunt"


class Begin(models.Model):
    """One thing that a source says to who wants to begin."""

    aanpak = models.ForeignKey(Aanpak, on_delete=models.CASCADE, related_name="begin")
    soort = models.CharField("soort", max_length=20, choices=Beginsoort)
    tekst = models.CharField("tekst", max_length=300)
    bron = models.ForeignKey(
        Bron,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="begin",
        verbose_name="bron",
    )
    bron_url = models.URLField("adres dat dit zegt", max_length=500, blank=True)
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "begin van een aanpak"
        verbose_name_plural = "zo begin je"
        ordering = ("volgorde", "pk")
        constraints = [
            waarde_bestaat("aanpakken_begin", "soort", Beginsoort),
            models.CheckConstraint(
                name="aanpakken_begin_heeft_bron",
                condition=models.Q(bron__isnull=False) | ~models.Q(bron_url=""),
                violation_error_message="Kies een bron of vul een adres in.",
            ),
        ]

    def __str__(self) -> str:
        return self.tekst
