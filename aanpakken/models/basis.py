"""On what a link from an aanpak rests."""

from __future__ import annotations

from django.db import models


class Basis(models.TextChoices):
    """Who made a link: the source itself, or an editor who inferred it."""

    EXPLICIET = "expliciet", "genoemd in de bron"
    REDACTIONEEL = "redactioneel", "toegevoegd door de redactie"


class Koppeling(models.Model):
    """A link from an aanpak to a term, and on what it rests."""

    basis = models.CharField("basis", max_length=20, choices=Basis)
    reden = models.CharField("reden", max_length=300, blank=True)

    class Meta:
        abstract = True
