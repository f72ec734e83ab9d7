"""The articles of a dossier."""

from __future__ import annotations

from django.db import models

from aanpakken.models import Aanpak
from kennisdossier.models.dossier import Dossier
from kennisdossier.models.praktijkvoorbeeld import Praktijkvoorbeeld
from kennisdossier.opmaak import OpgemaakteTekstField
from wijkwijzer.core.slugs import SlugField


class ArtikelManager(models.Manager["Artikel"]):
    def get_by_natural_key(self, dossier: str, slug: str) -> Artikel:
        return self.get(dossier__slug=dossier, slug=slug)


class Artikel(models.Model):
    """A part of a dossier: a heading of its page, with text under it."""

    dossier = models.ForeignKey(
        Dossier, on_delete=models.CASCADE, related_name="artikelen"
    )
    naam = models.CharField("kop", max_length=150)
    slug = SlugField(
        "slug", max_length=100, help_text="Deel van het adres: …/dossier/#slug"
    )
    tekst = OpgemaakteTekstField("tekst")
    bronsecties = models.TextField(
        "secties in de bron",
        blank=True,
        help_text="De koppen in de bron waar dit op rust, één per regel.",
    )
    aanpakken = models.ManyToManyField(
        Aanpak, blank=True, related_name="artikelen", verbose_name="genoemde aanpakken"
    )
    voorbeelden = models.ManyToManyField(
        Praktijkvoorbeeld,
        blank=True,
        related_name="artikelen",
        verbose_name="genoemde praktijkvoorbeelden",
    )
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)

    objects = ArtikelManager()

    class Meta:
        verbose_name = "artikel"
        verbose_name_plural = "artikelen"
        ordering = ("dossier", "volgorde", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("dossier", "slug"), name="kennisdossier_artikel_uniek"
            )
        ]

    def __str__(self) -> str:
        return self.naam

    def get_absolute_url(self) -> str:
        return f"{self.dossier.get_absolute_url()}#{self.slug}"

    def natural_key(self) -> tuple[str, str]:
        return (self.dossier.slug, self.slug)

    natural_key.dependencies = ["kennisdossier.dossier"]  # type: ignore[attr-defined]
