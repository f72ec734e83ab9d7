"""What is going on in a neighbourhood: the issue that brings people here."""

from __future__ import annotations

from django.db import models

from aanpakken.models.aanpak import Aanpak
from aanpakken.models.basis import Basis, Koppeling
from wijkwijzer.core.models import Vocabulaireterm, waarde_bestaat


class Vraagstuk(Vocabulaireterm):
    class Meta(Vocabulaireterm.Meta):
        verbose_name = "vraagstuk"
        verbose_name_plural = "vraagstukken"


class Vraagstukkoppeling(Koppeling):
    """An issue that an aanpak is for: by its goal in the source, or inferred."""

    aanpak = models.ForeignKey(
        Aanpak, on_delete=models.CASCADE, related_name="vraagstukkoppelingen"
    )
    vraagstuk = models.ForeignKey(
        Vraagstuk,
        on_delete=models.PROTECT,
        related_name="vraagstukkoppelingen",
        verbose_name="vraagstuk",
    )

    class Meta:
        verbose_name = "vraagstuk van een aanpak"
        verbose_name_plural = "vraagstukken"
        ordering = ("vraagstuk",)
        constraints = [
            models.UniqueConstraint(
                fields=("aanpak", "vraagstuk"),
                name="aanpakken_vraagstukkoppeling_uniek",
                violation_error_message="Dit vraagstuk staat er al.",
            ),
            waarde_bestaat("aanpakken_vraagstukkoppeling", "basis", Basis),
        ]

    def __str__(self) -> str:
        return f"{self.aanpak}: {self.vraagstuk}"
