"""Praktijkvoorbeelden that readers sent in, with who did."""

from __future__ import annotations

import uuid

from django.db import models

from kennisdossier.models import Praktijkvoorbeeld


class Inzending(models.Model):
    """Who sent in a concept, so that the editors can ask something."""

    sleutel = models.UUIDField(
        "sleutel", default=uuid.uuid4, unique=True, editable=False
    )
    voorbeeld = models.OneToOneField(
        Praktijkvoorbeeld,
        on_delete=models.CASCADE,
        related_name="inzending",
        verbose_name="praktijkvoorbeeld",
    )
    plaats = models.CharField("gemeente of wijk", max_length=150, blank=True)
    naam = models.CharField("naam", max_length=80, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    ingestuurd_op = models.DateTimeField("ingestuurd op", auto_now_add=True)

    class Meta:
        verbose_name = "inzending"
        verbose_name_plural = "inzendingen"
        ordering = ("-ingestuurd_op",)

    def __str__(self) -> str:
        return str(self.voorbeeld)
