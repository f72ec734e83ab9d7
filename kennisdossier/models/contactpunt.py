"""Who to ask."""

from __future__ import annotations

from django.db import models

from kennisdossier.models.dossier import Dossier
from wijkwijzer.core.models import NatuurlijkeSleutelManager, Organisatie
from wijkwijzer.core.naming import HasSlug
from wijkwijzer.core.paden import pad
from wijkwijzer.core.slugs import SlugField


class Contactpunt(models.Model):
    """An organisation or function to ask. Never a person; the address is not shown."""

    slug = SlugField("slug", max_length=100, unique=True)
    organisatie = models.ForeignKey(
        Organisatie,
        on_delete=models.PROTECT,
        related_name="contactpunten",
        verbose_name="organisatie",
    )
    functie = models.CharField(
        "functie", max_length=150, blank=True, help_text="Leeg: niet bekend."
    )
    expertise = models.TextField(
        "weet veel van", blank=True, help_text="Eén per regel."
    )
    email = models.EmailField(
        "e-mailadres",
        blank=True,
        help_text=(
            "Lezers zien dit nooit: hun vraag gaat erheen. "
            "Leeg: de vraag gaat naar de redactie."
        ),
    )
    dossiers = models.ManyToManyField(
        Dossier, blank=True, related_name="contactpunten", verbose_name="dossiers"
    )
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)

    objects = NatuurlijkeSleutelManager()

    class Meta:
        verbose_name = "contactpunt"
        verbose_name_plural = "contactpunten"
        ordering = ("volgorde", "pk")

    def __str__(self) -> str:
        return f"{self.functie or 'Contactpunt'} bij {self.organisatie}"

    def get_absolute_url(self: HasSlug) -> str:
        return pad("contact", self.slug)

    def natural_key(self) -> tuple[str]:
        return (self.slug,)
