"""The numbers that tell what is in memory that readers can see something else now.

See docs/adr/0010. A change adds a row to :class:`Wijziging`, and the number is the base
plus how many rows there are: so nobody who writes waits for another, and a number that
was seen once never becomes lower.
"""

from __future__ import annotations

from django.db import models


class Nummersoort(models.TextChoices):
    """What a change is of: pages show both, indexes know the first only."""

    INHOUD = "inhoud", "inhoud"
    REACTIES = "reacties", "reacties"


class Nummer(models.Model):
    """How many changes of a kind there were before those that are still listed."""

    soort = models.CharField("soort", max_length=20, unique=True, choices=Nummersoort)
    basis = models.PositiveBigIntegerField("basis", default=0)

    class Meta:
        verbose_name = "nummer"
        verbose_name_plural = "nummers"

    def __str__(self) -> str:
        return f"{self.soort}: {self.basis}"


class Wijziging(models.Model):
    """One change that readers can see: in which table, of which row."""

    soort = models.CharField("soort", max_length=20, choices=Nummersoort)
    tabel = models.CharField("tabel", max_length=63)
    # Empty: not one row but any, or all of them.
    rij = models.BigIntegerField("rij", null=True)

    class Meta:
        verbose_name = "wijziging"
        verbose_name_plural = "wijzigingen"

    def __str__(self) -> str:
        return f"{self.tabel} {self.rij or ''}".strip()
