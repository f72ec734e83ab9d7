"""Reports: readers say which reaction should not be there."""

from __future__ import annotations

import uuid

from django.db import models

from wijkwijzer.deelname.models.reactie import Reactie


class Reactiemelding(models.Model):
    """A reader thinks that a published reaction should not be there."""

    reactie = models.ForeignKey(
        Reactie, on_delete=models.CASCADE, related_name="meldingen"
    )
    sleutel = models.UUIDField(
        "sleutel", default=uuid.uuid4, unique=True, editable=False
    )
    reden = models.CharField("wat is er mis", max_length=500)
    gemeld_op = models.DateTimeField("gemeld op", auto_now_add=True)
    afgehandeld = models.BooleanField("afgehandeld", default=False)

    class Meta:
        verbose_name = "melding"
        verbose_name_plural = "meldingen"
        ordering = ("afgehandeld", "gemeld_op")

    def __str__(self) -> str:
        return f"Melding {self.pk}"
