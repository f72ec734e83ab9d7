"""What a dossier names to read further."""

from __future__ import annotations

from django.db import models

from kennisdossier.models.dossier import Dossier


class Dossierlink(models.Model):
    """A publication or site that a dossier names; its address may be unknown."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="links")
    label = models.CharField("label", max_length=250)
    toelichting = models.CharField(
        "maker, jaar en vorm",
        max_length=250,
        blank=True,
        help_text="Movisie, 2019, pdf",
    )
    url = models.URLField(
        "adres", max_length=500, blank=True, help_text="Leeg: niet bekend."
    )
    opmerking = models.CharField("opmerking", max_length=250, blank=True)
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "verder lezen"
        verbose_name_plural = "verder lezen"
        ordering = ("dossier", "volgorde", "pk")

    def __str__(self) -> str:
        return self.label
