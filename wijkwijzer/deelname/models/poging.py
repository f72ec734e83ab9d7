"""How often somebody sent a form. No network address is kept, only a hash of it."""

from __future__ import annotations

from django.db import models


class Poging(models.Model):
    """That somebody sent a form, for as long as the limit per hour needs it."""

    afzender = models.CharField("afzender", max_length=64, db_index=True)
    # Who holds the network: for IPv6 that is many senders.
    houder = models.CharField("houder", max_length=64, db_index=True, default="")
    soort = models.CharField("soort", max_length=20)
    # A keyed hash of sender and content: who sends the same again is not counted twice.
    kenmerk = models.CharField("kenmerk", max_length=64, unique=True)
    op = models.DateTimeField("op", auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = "poging"
        verbose_name_plural = "pogingen"
        ordering = ("op",)

    def __str__(self) -> str:
        return self.soort
