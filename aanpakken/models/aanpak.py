"""The record of the catalogue."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Value
from django.db.models.functions import Coalesce, Lower, NullIf
from taggit.managers import TaggableManager
from taggit.models import Tag, TaggedItemBase

from aanpakken.models.vorm import Vorm
from interventies.models import Interventie
from wijkwijzer.core.models import (
    Bron,
    NatuurlijkeSleutelManager,
    Publiceerbaar,
    PubliceerbaarQuerySet,
    gepubliceerd_heeft,
    waarde_bestaat,
)
from wijkwijzer.core.naming import HasSlug
from wijkwijzer.core.paden import pad


class Rubriek(models.TextChoices):
    """Under which heading the printed overview lists an aanpak."""

    INTERVENTIE = "interventie", "Interventie"
    METHODISCHE_AANPAK = "methodische-aanpak", "Methodische aanpak"


class AanpakQuerySet(PubliceerbaarQuerySet["Aanpak"]):
    pass


class Aanpak(Publiceerbaar):  # type: ignore[django-manager-missing]  # taggit
    """One approach as WijkWijzer describes it."""

    naam = models.CharField("naam", max_length=150)
    sorteernaam = models.CharField(
        "sorteernaam",
        max_length=150,
        blank=True,
        help_text="Alleen als het anders sorteert dan de naam, zonder lidwoord.",
    )
    naamvarianten = models.TextField(
        "naamvarianten", blank=True, help_text="Andere namen, één per regel."
    )
    rubriek = models.CharField(
        "rubriek",
        max_length=20,
        choices=Rubriek,
        help_text="Onder welke kop het gedrukte overzicht deze aanpak zet.",
    )
    volgorde_in_bron = models.PositiveSmallIntegerField(
        "volgorde in de bron", null=True, blank=True
    )
    samenvatting = models.CharField(
        "samenvatting",
        max_length=250,
        blank=True,
        help_text="Eén zin in gewone taal (B1): wie doet wat, en waarvoor?",
    )
    eenvoudig = models.TextField(
        "in eenvoudige taal",
        blank=True,
        help_text="Een paar korte zinnen (A2) zonder vaktaal.",
    )
    interventie = models.OneToOneField(
        Interventie,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="aanpak",
        verbose_name="interventie in het register",
    )
    doel = models.TextField("doel", blank=True, help_text="Eén doel per regel.")
    vorm = models.ForeignKey(
        Vorm,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="aanpakken",
        verbose_name="vorm",
        help_text="Leeg: niet bekend.",
    )
    vorm_toelichting = models.CharField(
        "toelichting op de vorm", max_length=150, blank=True
    )
    omschrijving = models.TextField(
        "omschrijving", blank=True, help_text="Een lege regel begint een nieuwe alinea."
    )
    stappen_toelichting = models.CharField(
        "toelichting bij de stappen", max_length=250, blank=True
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
    bronnen = models.ManyToManyField(
        Bron, verbose_name="bronnen", blank=True, related_name="aanpakken"
    )
    correcties = models.TextField(
        "verbeterd ten opzichte van de bron",
        blank=True,
        help_text="Eén verbetering per regel, zodat lezers het verschil snappen.",
    )
    tags = TaggableManager(
        "trefwoorden",
        through="aanpakken.Trefwoordkoppeling",
        blank=True,
        help_text="Vrije woorden waarop mensen zoeken, met komma’s ertussen.",
    )

    bezette_slugs = frozenset({"matrix", "vergelijken"})

    objects = NatuurlijkeSleutelManager.from_queryset(AanpakQuerySet)()

    class Meta(Publiceerbaar.Meta):
        verbose_name = "aanpak"
        verbose_name_plural = "aanpakken"
        ordering = (Lower(Coalesce(NullIf("sorteernaam", Value("")), "naam")), "pk")
        constraints = [
            *Publiceerbaar.Meta.constraints,
            waarde_bestaat("aanpakken_aanpak", "rubriek", Rubriek),
            gepubliceerd_heeft("aanpakken_aanpak", "samenvatting"),
        ]

    def __str__(self) -> str:
        return self.naam

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self: HasSlug) -> str:
        return pad("aanpakken:detail", self.slug)


class Trefwoordkoppeling(TaggedItemBase):
    """A free tag on an aanpak. Tags help to search; they are not filters."""

    tag = models.ForeignKey(
        Tag,
        on_delete=models.CASCADE,
        related_name="%(app_label)s_%(class)s_items",
        verbose_name="trefwoord",
    )
    content_object = models.ForeignKey(
        Aanpak,
        on_delete=models.CASCADE,
        related_name="trefwoordkoppelingen",
        verbose_name="aanpak",
    )
    objects: ClassVar[models.Manager[Trefwoordkoppeling]] = models.Manager()
    natural_key_fields = ("content_object_id", "tag_id")

    class Meta:
        verbose_name = "trefwoord"
        verbose_name_plural = "trefwoorden"
        constraints = [
            models.UniqueConstraint(
                fields=("content_object", "tag"),
                name="aanpakken_trefwoordkoppeling_uniek",
            )
        ]
