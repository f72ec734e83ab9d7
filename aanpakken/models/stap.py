"""The steps of an aanpak."""

from __future__ import annotations

from django.db import models

from aanpakken.models.aanpak import Aanpak


class Stap(models.Model):
    aanpak = models.ForeignKey(Aanpak, on_delete=models.CASCADE, related_name="stappen")
    nummer = models.PositiveSmallIntegerField("nummer")
    naam = models.CharField("naam", max_length=150)
    toelichting = models.TextField("toelichting", blank=True)

    class Meta:
        verbose_name = "stap"
        verbose_name_plural = "stappen"
        ordering = ("nummer",)
        constraints = [
            models.UniqueConstraint(
                fields=("aanpak", "nummer"),
                name="aanpakken_stap_nummer_uniek",
                violation_error_message="Dit nummer is al een stap.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.nummer}. {self.naam}"
