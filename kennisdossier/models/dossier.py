"""Dossiers: a subject, explained in articles that together are one page."""

from __future__ import annotations

from django.db import models

from aanpakken.models import WerkzaamElement
from wijkwijzer.core.models import (
    Bron,
    NatuurlijkeSleutelManager,
    Organisatie,
    Publiceerbaar,
    PubliceerbaarQuerySet,
    gepubliceerd_heeft,
)
from wijkwijzer.core.naming import HasSlug
from wijkwijzer.core.paden import pad


class DossierQuerySet(PubliceerbaarQuerySet["Dossier"]):
    pass


class Dossier(Publiceerbaar):
    """A subject, explained in articles that together are one page."""

    naam = models.CharField("titel", max_length=150)
    samenvatting = models.CharField(
        "samenvatting",
        max_length=250,
        blank=True,
        help_text="Eén zin in gewone taal (B1): wat leer je hier?",
    )
    bron = models.ForeignKey(
        Bron,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="dossiers",
        verbose_name="geschreven op basis van",
    )
    organisaties = models.ManyToManyField(
        Organisatie,
        blank=True,
        related_name="dossiers",
        verbose_name="kennis van",
        help_text="Van welke organisaties de kennis komt; nooit een persoon.",
    )
    elementen = models.ManyToManyField(
        WerkzaamElement,
        blank=True,
        related_name="dossiers",
        verbose_name="werkzame elementen",
    )
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)

    objects = NatuurlijkeSleutelManager.from_queryset(DossierQuerySet)()

    class Meta(Publiceerbaar.Meta):
        verbose_name = "dossier"
        verbose_name_plural = "dossiers"
        ordering = ("volgorde", "naam")
        constraints = [
            *Publiceerbaar.Meta.constraints,
            gepubliceerd_heeft("kennisdossier_dossier", "samenvatting"),
        ]

    def __str__(self) -> str:
        return self.naam

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self: HasSlug) -> str:
        return pad("kennisdossier:detail", self.slug)
