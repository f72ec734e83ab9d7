"""What makes an aanpak work."""

from __future__ import annotations

from django.db import models

from aanpakken.models.aanpak import Aanpak
from aanpakken.models.basis import Basis, Koppeling
from wijkwijzer.core.models import Bron, Vocabulaireterm, waarde_bestaat


class WerkzaamElement(Vocabulaireterm):
    """What makes an aanpak work, as a source describes it."""

    groep = models.CharField("groep", max_length=100)
    bron = models.ForeignKey(
        Bron,
        on_delete=models.PROTECT,
        related_name="werkzame_elementen",
        verbose_name="bron",
    )

    class Meta(Vocabulaireterm.Meta):
        verbose_name = "werkzaam element"
        verbose_name_plural = "werkzame elementen"


class Elementkoppeling(Koppeling):
    aanpak = models.ForeignKey(
        Aanpak, on_delete=models.CASCADE, related_name="elementkoppelingen"
    )
    element = models.ForeignKey(
        WerkzaamElement,
        on_delete=models.PROTECT,
        related_name="elementkoppelingen",
        verbose_name="werkzaam element",
    )

    class Meta:
        verbose_name = "werkzaam element van een aanpak"
        verbose_name_plural = "werkzame elementen"
        ordering = ("element",)
        constraints = [
            models.UniqueConstraint(
                fields=("aanpak", "element"),
                name="aanpakken_elementkoppeling_uniek",
                violation_error_message="Dit element staat er al.",
            ),
            waarde_bestaat("aanpakken_elementkoppeling", "basis", Basis),
        ]

    def __str__(self) -> str:
        return f"{self.aanpak}: {self.element}"
