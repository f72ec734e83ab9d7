"""What readers see: versions, and which of them is current for each record.

Rows here never refer to the working copies: kind and uuid say what they are of.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

# How documents are written now. A higher number needs a step in ``wholes.upgrade``.
SCHEMA = 1


class Versie(models.Model):
    """A document as it was published, or that it was withdrawn. Never changes."""

    soort = models.CharField("soort", max_length=30)
    uuid = models.UUIDField("uuid")
    nummer = models.PositiveIntegerField("nummer")
    # Canonical JSON as text: PostgreSQL's own type would lose the order. NULL, and not
    # empty, when there is none.
    document = models.TextField("document", null=True, blank=True)  # noqa: DJ001
    schema = models.PositiveSmallIntegerField("schema", default=SCHEMA)
    reden = models.TextField("reden van intrekken", blank=True)
    opmerking = models.CharField("opmerking", max_length=250, blank=True)
    op = models.DateTimeField("op")
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="door",
    )

    class Meta:
        verbose_name = "versie"
        verbose_name_plural = "versies"
        ordering = ("-op", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("uuid", "nummer"), name="wholes_versie_uniek"
            ),
            models.CheckConstraint(
                name="wholes_versie_document_of_reden",
                condition=Q(document__isnull=True) & ~Q(reden="")
                | Q(document__isnull=False, reden=""),
                violation_error_message="Een ingetrokken versie heeft een reden.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.soort} {self.uuid}, versie {self.nummer}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Only once: what readers saw is what it was."""
        super().save(*args, **kwargs | {"force_insert": True})


class Publicatie(models.Model):
    """Which version readers see of a record now: one row per record ever published."""

    soort = models.CharField("soort", max_length=30)
    uuid = models.UUIDField("uuid", unique=True)
    slug = models.SlugField("slug", max_length=100)
    versie = models.OneToOneField(
        Versie, on_delete=models.PROTECT, related_name="publicatie"
    )
    eerste_op = models.DateTimeField("voor het eerst gepubliceerd op")
    # The revision of the working copy that the version was made of.
    revisie = models.PositiveBigIntegerField("revisie", default=0)

    class Meta:
        verbose_name = "publicatie"
        verbose_name_plural = "publicaties"
        ordering = ("soort", "slug")
        constraints = [
            models.UniqueConstraint(
                fields=("soort", "slug"), name="wholes_publicatie_slug_uniek"
            )
        ]

    def __str__(self) -> str:
        return f"{self.soort} {self.slug}"


class Werkstand(models.Model):
    """A working copy as an editor opened or left it. Never changes.

    What two editors made of one record is put together from what both began with, and
    the history of what was never published is read here.
    """

    soort = models.CharField("soort", max_length=30)
    uuid = models.UUIDField("uuid")
    revisie = models.PositiveBigIntegerField("revisie")
    document = models.TextField("document")
    schema = models.PositiveSmallIntegerField("schema", default=SCHEMA)
    op = models.DateTimeField("op", auto_now_add=True)
    # Empty: it was so when somebody opened it, and who made it so is not known.
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="door",
    )

    class Meta:
        verbose_name = "werkstand"
        verbose_name_plural = "werkstanden"
        ordering = ("-revisie",)
        constraints = [
            models.UniqueConstraint(
                fields=("uuid", "revisie"), name="wholes_werkstand_uniek"
            )
        ]

    def __str__(self) -> str:
        return f"{self.soort} {self.uuid}, revisie {self.revisie}"


class Geopend(models.Model):
    """That somebody has a record open, for who opens it too."""

    uuid = models.UUIDField("uuid")
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name="door",
    )
    op = models.DateTimeField("op")

    class Meta:
        verbose_name = "geopend item"
        verbose_name_plural = "geopende items"
        constraints = [
            models.UniqueConstraint(
                fields=("uuid", "door"), name="wholes_geopend_uniek"
            )
        ]

    def __str__(self) -> str:
        return f"{self.uuid} bij {self.door}"


class Inlading(models.Model):
    """What was loaded from a file: so loading again touches nothing of an editor."""

    soort = models.CharField("soort", max_length=30)
    sleutel = models.CharField("sleutel", max_length=100)
    # Digests: of what the file said, and of what the rows said once it was loaded.
    bestand = models.CharField("bestand", max_length=32)
    rijen = models.CharField("rijen", max_length=32)

    class Meta:
        verbose_name = "inlading"
        verbose_name_plural = "inladingen"
        constraints = [
            models.UniqueConstraint(
                fields=("soort", "sleutel"), name="wholes_inlading_uniek"
            )
        ]

    def __str__(self) -> str:
        return f"{self.soort} {self.sleutel}"
