"""Gemeenten and wijken."""

from __future__ import annotations

from typing import Protocol

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from wijkwijzer.core.models import NatuurlijkeSleutelManager
from wijkwijzer.core.naming import HasSlug
from wijkwijzer.core.paden import pad
from wijkwijzer.core.slugs import SlugField


class Provincie(models.TextChoices):
    """The provinces, by the last part of their TOOI address (``pv20``: Groningen)."""

    GRONINGEN = "pv20", "Groningen"
    FRYSLAN = "pv21", "Fryslân"
    DRENTHE = "pv22", "Drenthe"
    OVERIJSSEL = "pv23", "Overijssel"
    FLEVOLAND = "pv24", "Flevoland"
    GELDERLAND = "pv25", "Gelderland"
    UTRECHT = "pv26", "Utrecht"
    NOORD_HOLLAND = "pv27", "Noord-Holland"
    ZUID_HOLLAND = "pv28", "Zuid-Holland"
    ZEELAND = "pv29", "Zeeland"
    NOORD_BRABANT = "pv30", "Noord-Brabant"
    LIMBURG = "pv31", "Limburg"


class Gemeente(models.Model):
    """A gemeente, with the code that CBS and TOOI give it."""

    code = models.CharField(
        "code",
        max_length=6,
        unique=True,
        validators=[RegexValidator(r"^gm\d{4}$", "Zo ziet een code eruit: gm0344.")],
        help_text="gm en de vier cijfers van het CBS.",
    )
    naam = models.CharField("naam", max_length=100, unique=True)
    slug = SlugField("slug", max_length=100, unique=True)
    provincie = models.CharField("provincie", max_length=4, choices=Provincie)

    objects = NatuurlijkeSleutelManager()

    class Meta:
        verbose_name = "gemeente"
        verbose_name_plural = "gemeenten"
        ordering = ("naam",)
        constraints = [
            models.CheckConstraint(
                name="kennisdossier_gemeente_provincie_bestaat",
                condition=Q(provincie__in=Provincie.values),
                violation_error_message="Kies een provincie uit de lijst.",
            )
        ]

    def __str__(self) -> str:
        return self.naam

    def get_absolute_url(self: HasSlug) -> str:
        return pad("gemeenten:detail", self.slug)

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class WijkAdres(HasSlug, Protocol):
    """A wijk is named within its gemeente."""

    @property
    def gemeente(self) -> HasSlug: ...


class WijkManager(models.Manager["Wijk"]):
    def get_queryset(self) -> models.QuerySet[Wijk]:
        """With the gemeente, which is part of what a wijk is called."""
        return super().get_queryset().select_related("gemeente")

    def get_by_natural_key(self, gemeente: str, slug: str) -> Wijk:
        return self.get(gemeente__slug=gemeente, slug=slug)


class Wijk(models.Model):
    """A neighbourhood of a gemeente."""

    gemeente = models.ForeignKey(
        Gemeente,
        on_delete=models.PROTECT,
        related_name="wijken",
        verbose_name="gemeente",
    )
    naam = models.CharField("naam", max_length=100)
    slug = SlugField("slug", max_length=100)
    toelichting = models.CharField("toelichting", max_length=300, blank=True)

    objects = WijkManager()

    class Meta:
        verbose_name = "wijk"
        verbose_name_plural = "wijken"
        ordering = ("gemeente", "naam")
        constraints = [
            models.UniqueConstraint(
                fields=("gemeente", "slug"), name="kennisdossier_wijk_uniek"
            )
        ]

    def __str__(self) -> str:
        return f"{self.naam} ({self.gemeente})"

    def get_absolute_url(self: WijkAdres) -> str:
        return pad("praktijkvoorbeelden:wijk", self.gemeente.slug, self.slug)

    def natural_key(self) -> tuple[str, str]:
        return (self.gemeente.slug, self.slug)

    natural_key.dependencies = ["kennisdossier.gemeente"]  # type: ignore[attr-defined]
