"""Organisations that sources name."""

from __future__ import annotations

from django.db import models

from wijkwijzer.core.models.vocabulaire import (
    NatuurlijkeSleutelManager,
    Vocabulaireterm,
)
from wijkwijzer.core.slugs import SlugField


class Organisatierol(Vocabulaireterm):
    """What an organisation is to this field: fonds, kennisinstituut, koepel …"""

    class Meta(Vocabulaireterm.Meta):
        verbose_name = "organisatierol"
        verbose_name_plural = "organisatierollen"


class Organisatie(models.Model):
    """An organisation that sources name. Never holds contact details of people."""

    naam = models.CharField("naam", max_length=150, unique=True)
    slug = SlugField("slug", max_length=100, unique=True)
    voluit = models.CharField("voluit", max_length=200, blank=True)
    naamvarianten = models.TextField(
        "naamvarianten", blank=True, help_text="Andere schrijfwijzen, één per regel."
    )
    rollen = models.ManyToManyField(
        Organisatierol, verbose_name="rollen", blank=True, related_name="organisaties"
    )
    toelichting = models.TextField("toelichting", blank=True)
    bronnen = models.ManyToManyField(
        "core.Bron", verbose_name="genoemd in", blank=True, related_name="organisaties"
    )

    objects = NatuurlijkeSleutelManager()

    class Meta:
        verbose_name = "organisatie"
        verbose_name_plural = "organisaties"
        ordering = ("naam",)

    def __str__(self) -> str:
        return self.naam

    def natural_key(self) -> tuple[str]:
        return (self.slug,)
