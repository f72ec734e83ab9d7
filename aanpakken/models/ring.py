"""The three rings of a wijk, and who is in them."""

from __future__ import annotations

from django.db import models

from wijkwijzer.core.models import Vocabulaireterm
from wijkwijzer.core.naming import HasSlug
from wijkwijzer.core.paden import pad


class Actorlaag(Vocabulaireterm):
    """One of the three rings; ``volgorde`` is its number, counted from the core."""

    kort = models.CharField("korte naam", max_length=40)
    ring = models.CharField("plaats in het beeld", max_length=20)
    kenmerk = models.CharField("kenmerk", max_length=250, blank=True)
    uitleg = models.TextField("uitleg", blank=True)

    class Meta(Vocabulaireterm.Meta):
        verbose_name = "ring"
        verbose_name_plural = "ringen"


class Richtvraag(models.Model):
    """A question that helps to find out who is in a ring."""

    laag = models.ForeignKey(
        Actorlaag,
        on_delete=models.CASCADE,
        related_name="richtvragen",
        verbose_name="ring",
    )
    vraag = models.CharField("vraag", max_length=250)
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "richtvraag"
        verbose_name_plural = "richtvragen"
        ordering = ("laag", "volgorde", "pk")

    def __str__(self) -> str:
        return self.vraag


class Actor(Vocabulaireterm):
    """A kind of person or organisation in a ring, such as jongerenwerkers."""

    laag = models.ForeignKey(
        Actorlaag, on_delete=models.PROTECT, related_name="actoren", verbose_name="ring"
    )

    class Meta(Vocabulaireterm.Meta):
        verbose_name = "actor"
        verbose_name_plural = "actoren"

    def get_absolute_url(self: HasSlug) -> str:
        return pad("wie:detail", self.slug)
