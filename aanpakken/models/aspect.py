"""Aspects of leefbaarheid."""

from __future__ import annotations

from django.db import models

from aanpakken.models.aanpak import Aanpak
from aanpakken.models.basis import Basis, Koppeling
from wijkwijzer.core.models import Vocabulaireterm, waarde_bestaat


class Leefbaarheidsaspect(Vocabulaireterm):
    class Meta(Vocabulaireterm.Meta):
        verbose_name = "leefbaarheidsaspect"
        verbose_name_plural = "leefbaarheidsaspecten"


class Aspectkoppeling(Koppeling):
    aanpak = models.ForeignKey(
        Aanpak, on_delete=models.CASCADE, related_name="aspectkoppelingen"
    )
    aspect = models.ForeignKey(
        Leefbaarheidsaspect,
        on_delete=models.PROTECT,
        related_name="aspectkoppelingen",
        verbose_name="aspect",
    )

    class Meta:
        verbose_name = "leefbaarheidsaspect van een aanpak"
        verbose_name_plural = "leefbaarheidsaspecten"
        ordering = ("aspect",)
        constraints = [
            models.UniqueConstraint(
                fields=("aanpak", "aspect"),
                name="aanpakken_aspectkoppeling_uniek",
                violation_error_message="Dit aspect staat er al.",
            ),
            waarde_bestaat("aanpakken_aspectkoppeling", "basis", Basis),
        ]

    def __str__(self) -> str:
        return f"{self.aanpak}: {self.aspect}"
