"""Editions: what the overview was on one day, kept as it was."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone


class EditieQuerySet(models.QuerySet["Editie"]):
    def bevroren(self) -> EditieQuerySet:
        """What readers see: of an edition that is being prepared nobody knows."""
        return self.filter(bevroren_op__isnull=False)


class Editie(models.Model):
    """An edition. Once frozen nothing of it changes any more."""

    nummer = models.PositiveSmallIntegerField("nummer", unique=True)
    datum = models.DateField("datum", default=timezone.localdate)
    voorwoord = models.TextField("voorwoord", blank=True)
    bevroren_op = models.DateTimeField(
        "bevroren op", null=True, blank=True, editable=False
    )
    # [kind, uuid, number] of every version in it, in the order of the book.
    versies = models.JSONField("versies", default=list, blank=True, editable=False)

    objects = EditieQuerySet.as_manager()

    class Meta:
        verbose_name = "editie"
        verbose_name_plural = "edities"
        ordering = ("-nummer",)
        constraints = [
            models.CheckConstraint(
                name="publicatie_editie_nummer",
                condition=Q(nummer__gte=1),
                violation_error_message="De eerste editie heeft nummer 1.",
            ),
        ]

    def __str__(self) -> str:
        return f"Editie {self.nummer}"

    @property
    def is_bevroren(self) -> bool:
        return self.bevroren_op is not None

    def clean(self) -> None:
        super().clean()
        if Editie.objects.bevroren().filter(pk=self.pk).exists():
            raise ValidationError("Een bevroren editie verandert niet meer.")


class Editiebestand(models.Model):
    """A volume of a frozen edition, byte for byte."""

    editie = models.ForeignKey(
        Editie, on_delete=models.CASCADE, related_name="bestanden"
    )
    deel = models.PositiveSmallIntegerField("deel")
    inhoud = models.BinaryField("inhoud")
    som = models.CharField("SHA-256", max_length=64)

    class Meta:
        verbose_name = "bestand van een editie"
        verbose_name_plural = "bestanden van edities"
        ordering = ("editie", "deel")
        constraints = [
            models.UniqueConstraint(
                fields=("editie", "deel"), name="publicatie_editiebestand_uniek"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.editie}, deel {self.deel}"
