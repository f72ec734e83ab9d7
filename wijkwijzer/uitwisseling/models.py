"""A file that somebody brings in, from upload to what became of it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone

# A file that nobody confirmed is thrown away after this.
BEWAARTIJD = timedelta(hours=1)


class Stap(models.TextChoices):
    LEZEN = "lezen", "wordt nagekeken"
    PROEF = "proef", "wacht op jouw besluit"
    UITVOEREN = "uitvoeren", "wordt ingelezen"
    GELUKT = "gelukt", "ingelezen"
    GESTOPT = "gestopt", "niet ingelezen"


class Inhoud(models.TextChoices):
    ALLES = "alles", "Documenten of een rekenblad van deze site"
    ERKENNINGEN = "erkenningen", "Besluiten van een databank"


class Invoer(models.Model):
    """One file. It is in the database: any machine can go on with it, and none else.

    Only who brought it in sees it. ``bestand`` is empty once it was used or thrown
    away; what it was called and what it did, stays.
    """

    token = models.UUIDField("token", default=uuid4, unique=True, editable=False)
    naam = models.CharField("bestand", max_length=200)
    inhoud = models.CharField(
        "wat erin staat", max_length=20, choices=Inhoud, default=Inhoud.ALLES
    )
    bestand = models.BinaryField("inhoud van het bestand", default=bytes)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name="door",
    )
    op = models.DateTimeField("op", default=timezone.now)
    stap = models.CharField("stap", max_length=10, choices=Stap, default=Stap.LEZEN)
    # What an editor chose: which column is what, and whether to publish.
    keuzes = models.JSONField("keuzes", default=dict)
    # What the page shows: numbers, differences, mistakes. See ``uitkomst``.
    uitkomst = models.JSONField("uitkomst", default=dict)
    vingerafdruk = models.CharField("vingerafdruk", max_length=32, blank=True)

    class Meta:
        verbose_name = "ingelezen bestand"
        verbose_name_plural = "inlezen en exporteren"
        ordering = ("-op", "-pk")
        default_permissions = ()
        permissions = [("importeren", "Kan bestanden inlezen")]
        constraints = [
            models.CheckConstraint(
                name="uitwisseling_invoer_stap_bestaat",
                condition=models.Q(stap__in=Stap.values),
                violation_error_message="Kies een stap uit de lijst.",
            ),
            models.CheckConstraint(
                name="uitwisseling_invoer_inhoud_bestaat",
                condition=models.Q(inhoud__in=Inhoud.values),
                violation_error_message="Kies een inhoud uit de lijst.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def bezig(self) -> bool:
        return self.stap in {Stap.LEZEN, Stap.UITVOEREN}
