"""Praktijkvoorbeelden that readers sent in, with who did, and what was decided."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from aanpakken.models import Aanpak
from kennisdossier.models import Praktijkvoorbeeld


class Inzendingstatus(models.TextChoices):
    WACHT = "wacht", "wacht op de redactie"
    AANGENOMEN = "aangenomen", "aangenomen"
    GEWEIGERD = "geweigerd", "geweigerd"


class Inzending(models.Model):
    """What a reader sent, as he sent it. Nothing of this row is ever public.

    An editor copies what is good into a concept, ``voorbeeld``, and decides.
    """

    sleutel = models.UUIDField(
        "sleutel", default=uuid.uuid4, unique=True, editable=False
    )
    naam_voorbeeld = models.CharField("hoe het heet", max_length=150, blank=True)
    plaats = models.CharField("gemeente of wijk", max_length=150, blank=True)
    omschrijving = models.TextField("wat er gebeurt", blank=True)
    link = models.URLField("website", max_length=500, blank=True)
    aanpak = models.ForeignKey(
        Aanpak,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="aanpak",
    )
    naam = models.CharField("naam", max_length=80, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    ingestuurd_op = models.DateTimeField("ingestuurd op", auto_now_add=True)
    voorbeeld = models.OneToOneField(
        Praktijkvoorbeeld,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="inzending",
        verbose_name="praktijkvoorbeeld",
    )
    status = models.CharField(
        "status",
        max_length=20,
        choices=Inzendingstatus,
        default=Inzendingstatus.WACHT,
    )
    reden = models.CharField("reden van weigering", max_length=500, blank=True)
    beoordeeld_op = models.DateTimeField("beoordeeld op", null=True, blank=True)
    beoordeeld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="beoordeeld door",
    )

    class Meta:
        verbose_name = "inzending"
        verbose_name_plural = "inzendingen"
        ordering = ("-ingestuurd_op",)
        constraints = [
            models.CheckConstraint(
                name="deelname_inzending_status_bestaat",
                condition=Q(status__in=Inzendingstatus.values),
                violation_error_message="Kies een status uit de lijst.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam_voorbeeld or str(self.voorbeeld or f"Inzending {self.pk}")
