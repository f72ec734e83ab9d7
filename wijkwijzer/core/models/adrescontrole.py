"""What is known of the addresses that our texts link to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Adresstatus(models.TextChoices):
    ONBEKEND = "onbekend", "niet gecontroleerd"
    WERKT = "werkt", "werkt"
    KAPOT = "kapot", "werkt niet meer"


class Adrescontrole(models.Model):
    """Whether an address still works. Beside the content: no version holds it."""

    adres = models.URLField("adres", max_length=500, unique=True)
    status = models.CharField(
        "werkt het?", max_length=20, choices=Adresstatus, default=Adresstatus.ONBEKEND
    )
    gecontroleerd_op = models.DateField("gecontroleerd op", null=True, blank=True)

    class Meta:
        verbose_name = "gecontroleerd adres"
        verbose_name_plural = "gecontroleerde adressen"
        ordering = ("adres",)
        constraints = [
            models.CheckConstraint(
                name="core_adrescontrole_status_bestaat",
                condition=Q(status__in=Adresstatus.values),
                violation_error_message="Kies een waarde uit de lijst.",
            )
        ]

    def __str__(self) -> str:
        return self.adres
