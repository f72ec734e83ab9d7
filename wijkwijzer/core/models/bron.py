"""Publications that facts come from."""

from __future__ import annotations

from django.db import models

from wijkwijzer.core.datums import DeeldatumField
from wijkwijzer.core.models.vocabulaire import NatuurlijkeSleutelManager
from wijkwijzer.core.slugs import SlugField


class Bron(models.Model):
    """The publication a fact came from."""

    titel = models.CharField("titel", max_length=250)
    slug = SlugField("slug", max_length=100, unique=True)
    ondertitel = models.CharField("ondertitel", max_length=250, blank=True)
    soort = models.CharField("soort", max_length=100, help_text="Bijvoorbeeld: artikel")
    uitgever = models.CharField("uitgever", max_length=150)
    auteurs = models.TextField("auteurs", blank=True, help_text="Eén per regel.")
    medewerking = models.TextField(
        "met medewerking van", blank=True, help_text="Eén per regel."
    )
    datum = DeeldatumField("datum")
    datum_opmerking = models.CharField(
        "opmerking bij de datum", max_length=250, blank=True
    )
    leestijd_minuten = models.PositiveSmallIntegerField(
        "leestijd in minuten", null=True, blank=True
    )
    url = models.URLField("adres", max_length=500, blank=True)
    url_opmerking = models.CharField(
        "opmerking bij het adres", max_length=250, blank=True
    )
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)

    objects = NatuurlijkeSleutelManager()

    class Meta:
        verbose_name = "bron"
        verbose_name_plural = "bronnen"
        ordering = ("volgorde", "titel")

    def __str__(self) -> str:
        return f"{self.titel} ({self.uitgever})"

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class Broncorrectie(models.Model):
    """An error found in a source, and what this portal writes instead."""

    bron = models.ForeignKey(
        Bron,
        on_delete=models.CASCADE,
        related_name="correcties",
        verbose_name="bron",
    )
    soort = models.CharField("soort fout", max_length=50)
    gevonden = models.CharField("zo staat het in de bron", max_length=300)
    correctie = models.CharField(
        "zo staat het hier",
        max_length=300,
        blank=True,
        help_text="Leeg: er is geen betere lezing, het blijft zoals het is.",
    )
    opmerking = models.CharField("opmerking", max_length=300, blank=True)
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "correctie op een bron"
        verbose_name_plural = "correcties op bronnen"
        ordering = ("bron", "volgorde", "pk")

    def __str__(self) -> str:
        return f"{self.gevonden} → {self.correctie or 'ongewijzigd'}"
