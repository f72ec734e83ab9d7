"""The register entry: one approach, and what the databanks say about it."""

from __future__ import annotations

from django.db import models

from wijkwijzer.core.datums import DeeldatumField
from wijkwijzer.core.models import (
    NatuurlijkeSleutelManager,
    Publiceerbaar,
    PubliceerbaarQuerySet,
)
from wijkwijzer.core.naming import HasSlug
from wijkwijzer.core.paden import pad

PUBLICATIE_UITLEG = "Titel, uitgever, jaar en pagina. Nodig als er geen adres is."


class InterventieQuerySet(PubliceerbaarQuerySet["Interventie"]):
    pass


class Interventie(Publiceerbaar):
    """A register entry: one approach, and what the databanks say about it."""

    naam = models.CharField("naam", max_length=150)
    toelichting = models.TextField(
        "toelichting",
        blank=True,
        help_text="Wat bronnen over de erkenning zeggen, ook als het botst.",
    )
    eigenaar = models.CharField(
        "eigenaar of ontwikkelaar",
        max_length=200,
        blank=True,
        help_text="Een organisatie, nooit een persoon.",
    )
    eigenaar_bron_url = models.URLField(
        "adres dat de eigenaar noemt", max_length=500, blank=True
    )
    eigenaar_publicatie = models.CharField(
        "publicatie die de eigenaar noemt",
        max_length=300,
        blank=True,
        help_text=PUBLICATIE_UITLEG,
    )
    eigenaar_bron_datum = DeeldatumField("datum van die pagina")

    objects = NatuurlijkeSleutelManager.from_queryset(InterventieQuerySet)()

    class Meta(Publiceerbaar.Meta):
        verbose_name = "interventie"
        verbose_name_plural = "interventies"
        ordering = ("naam",)

    def __str__(self) -> str:
        return self.naam

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self: HasSlug) -> str:
        return pad("interventies:detail", self.slug)
