"""Facts about an aanpak, each with its source."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from aanpakken.models.aanpak import Aanpak
from wijkwijzer.core.datums import DeeldatumField
from wijkwijzer.core.models import Bron, waarde_bestaat


class Feitsoort(models.TextChoices):
    """Where a fact belongs on the page; the first four stand "at a glance"."""

    DUUR = "duur", "duur"
    GROEPSGROOTTE = "groepsgrootte", "groepsgrootte"
    KOSTEN = "kosten", "kosten"
    FREQUENTIE = "frequentie", "hoe vaak"
    ERKENNING = "erkenning", "over de erkenning"
    OVERIG = "overig", "overig"


class Feit(models.Model):
    """One fact about an aanpak with the source that states it."""

    aanpak = models.ForeignKey(Aanpak, on_delete=models.CASCADE, related_name="feiten")
    soort = models.CharField("soort", max_length=20, choices=Feitsoort)
    tekst = models.CharField("feit", max_length=300)
    bron = models.ForeignKey(
        Bron,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="feiten",
        verbose_name="bron",
    )
    bron_url = models.URLField("adres dat dit zegt", max_length=500, blank=True)
    bron_datum = DeeldatumField("datum van die pagina")
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "feit"
        verbose_name_plural = "feiten"
        ordering = ("volgorde", "pk")
        constraints = [
            waarde_bestaat("aanpakken_feit", "soort", Feitsoort),
            models.CheckConstraint(
                name="aanpakken_feit_heeft_bron",
                condition=Q(bron__isnull=False) | ~Q(bron_url=""),
                violation_error_message="Kies een bron of vul een adres in.",
            ),
        ]

    def __str__(self) -> str:
        return self.tekst
