"""The glossary."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower

from wijkwijzer.core.models import (
    Bron,
    NatuurlijkeSleutelManager,
    Publiceerbaar,
    PubliceerbaarQuerySet,
    gepubliceerd_heeft,
)
from wijkwijzer.core.naming import HasSlug
from wijkwijzer.core.paden import pad


class BegripQuerySet(PubliceerbaarQuerySet["Begrip"]):
    pass


class Begrip(Publiceerbaar):
    """A term with its definition, marked wherever a text uses it."""

    naam = models.CharField("term", max_length=150, unique=True)
    varianten = models.TextField(
        "varianten",
        blank=True,
        help_text=(
            "Zo staat de term ook in teksten, één per regel. "
            "Ook deze woorden worden een link."
        ),
    )
    markeren = models.BooleanField(
        "markeren in teksten",
        default=True,
        help_text="Zet uit bij een woord dat iedereen kent.",
    )
    definitie = models.CharField(
        "definitie",
        max_length=300,
        blank=True,
        help_text="Eén zin in gewone taal (B1). Staat ook in het tekstballonnetje.",
    )
    toelichting = models.TextField(
        "toelichting", blank=True, help_text="Een lege regel begint een nieuwe alinea."
    )
    let_op = models.CharField("let op", max_length=300, blank=True)
    bron = models.ForeignKey(
        Bron,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="begrippen",
        verbose_name="bron",
    )

    objects = NatuurlijkeSleutelManager.from_queryset(BegripQuerySet)()

    class Meta(Publiceerbaar.Meta):
        verbose_name = "begrip"
        verbose_name_plural = "begrippen"
        ordering = (Lower("naam"), "pk")
        constraints = [
            *Publiceerbaar.Meta.constraints,
            gepubliceerd_heeft("kennisdossier_begrip", "definitie"),
        ]

    def __str__(self) -> str:
        return self.naam

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self: HasSlug) -> str:
        return pad("begrippen:detail", self.slug)


class Begripverwijzing(models.Model):
    """Where to read more about a term."""

    begrip = models.ForeignKey(
        Begrip, on_delete=models.CASCADE, related_name="verwijzingen"
    )
    label = models.CharField("label", max_length=250)
    url = models.URLField("adres", max_length=500)
    opmerking = models.CharField("opmerking", max_length=250, blank=True)
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "verwijzing"
        verbose_name_plural = "verwijzingen"
        ordering = ("begrip", "volgorde", "pk")

    def __str__(self) -> str:
        return self.label
