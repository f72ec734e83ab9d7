"""Controlled lists: editors name the words, filters and documents use their slugs."""

from __future__ import annotations

from typing import TypeVar

from django.db import models

from wijkwijzer.core.slugs import SlugField

M = TypeVar("M", bound=models.Model, covariant=True)


class NatuurlijkeSleutelManager(models.Manager[M]):
    """Finds a record by its slug, so that no file names a number."""

    def get_by_natural_key(self, slug: str) -> M:
        return self.get(slug=slug)


class Vocabulaireterm(models.Model):
    """A term from a controlled list: editors name it, filters use its slug."""

    naam = models.CharField("naam", max_length=150, unique=True)
    slug = SlugField("slug", max_length=100, unique=True)
    toelichting = models.TextField(
        "toelichting", blank=True, help_text="Wat het woord betekent, voor de lezer."
    )
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)

    objects = NatuurlijkeSleutelManager()

    class Meta:
        abstract = True
        ordering = ("volgorde", "naam")

    def __str__(self) -> str:
        return self.naam

    def natural_key(self) -> tuple[str]:
        return (self.slug,)
