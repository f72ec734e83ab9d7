"""Pictures in texts."""

from __future__ import annotations

from django.core.validators import FileExtensionValidator
from django.db import models


class Afbeelding(models.Model):
    """A picture for in a text. Without description and maker it cannot be used."""

    bestand = models.ImageField(
        "bestand",
        upload_to="afbeeldingen/",
        width_field="breedte",
        height_field="hoogte",
        validators=[FileExtensionValidator(["jpg", "jpeg", "png", "webp"])],
    )
    alt = models.CharField(
        "beschrijving",
        max_length=250,
        help_text="Wat je ziet, voor wie het beeld niet kan zien.",
    )
    maker = models.CharField("maker en rechten", max_length=150)
    breedte = models.PositiveIntegerField("breedte", editable=False)
    hoogte = models.PositiveIntegerField("hoogte", editable=False)

    class Meta:
        verbose_name = "afbeelding"
        verbose_name_plural = "afbeeldingen"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.alt
