"""What readers see: versions, and which of them is current for each record.

Rows here never refer to the working copies: kind and uuid say what they are of.
"""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

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
        named = json.loads(self.document).get("naam") if self.document else ""
        return f"{named or self.uuid} ({self.soort}), versie {self.nummer}"

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
        permissions = [("publiceren", "Mag publiceren en intrekken")]
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


class Uitkomst(models.TextChoices):
    """What became of what somebody submitted."""

    WACHT = "wacht", "wacht op beoordeling"
    TERUGGESTUURD = "teruggestuurd", "teruggestuurd"
    GEPUBLICEERD = "gepubliceerd", "gepubliceerd"
    INGEPLAND = "ingepland", "ingepland"
    TERUGGENOMEN = "teruggenomen", "teruggenomen"


class Beoordeling(models.Model):
    """That somebody asks to look at one revision of a working copy, and the answer."""

    soort = models.CharField("soort", max_length=30)
    uuid = models.UUIDField("uuid")
    # As it was called then, for lists.
    titel = models.CharField("item", max_length=250)
    revisie = models.PositiveBigIntegerField("revisie")
    ingediend_op = models.DateTimeField("ingediend op", default=timezone.now)
    ingediend_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="ingediend door",
    )
    opmerking = models.TextField("opmerking", blank=True)
    uitkomst = models.CharField(
        "uitkomst", max_length=20, choices=Uitkomst, default=Uitkomst.WACHT
    )
    op = models.DateTimeField("beoordeeld op", null=True, blank=True)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="beoordeeld door",
    )
    reden = models.TextField("antwoord", blank=True)

    class Meta:
        verbose_name = "beoordeling"
        verbose_name_plural = "beoordelingen"
        ordering = ("-ingediend_op", "-pk")
        constraints = [
            models.CheckConstraint(
                name="wholes_beoordeling_uitkomst_bestaat",
                condition=Q(uitkomst__in=Uitkomst.values),
                violation_error_message="Kies een waarde uit de lijst.",
            ),
            models.UniqueConstraint(
                fields=("uuid",),
                condition=Q(uitkomst="wacht"),
                name="wholes_beoordeling_een_die_wacht",
                violation_error_message="Dit wacht al op beoordeling.",
            ),
            models.CheckConstraint(
                name="wholes_beoordeling_teruggestuurd_met_reden",
                condition=~Q(uitkomst="teruggestuurd") | ~Q(reden=""),
                violation_error_message="Schrijf op wat er anders moet.",
            ),
        ]

    def __str__(self) -> str:
        return self.titel


class Beoordelingsopmerking(models.Model):
    """What somebody says of a submission before it is decided."""

    beoordeling = models.ForeignKey(
        Beoordeling,
        on_delete=models.CASCADE,
        related_name="opmerkingen",
        verbose_name="beoordeling",
    )
    tekst = models.TextField("opmerking")
    op = models.DateTimeField("op", auto_now_add=True)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="door",
    )

    class Meta:
        verbose_name = "opmerking bij een beoordeling"
        verbose_name_plural = "opmerkingen bij beoordelingen"
        ordering = ("op", "pk")

    def __str__(self) -> str:
        return self.tekst


class Watgepland(models.TextChoices):
    PUBLICEREN = "publiceren", "publiceren"
    INTREKKEN = "intrekken", "intrekken"


class Planstand(models.TextChoices):
    """What became of what was to be done at a time."""

    WACHT = "wacht", "wacht op het moment"
    GEDAAN = "gedaan", "gedaan"
    MISLUKT = "mislukt", "mislukt"
    VERVALLEN = "vervallen", "vervallen"


class Gepland(models.Model):
    """What is to be published or withdrawn at a time: of one revision, as it was."""

    soort = models.CharField("soort", max_length=30)
    uuid = models.UUIDField("uuid")
    titel = models.CharField("item", max_length=250)
    wat = models.CharField("wat", max_length=20, choices=Watgepland)
    op = models.DateTimeField("op")
    revisie = models.PositiveBigIntegerField("revisie")
    # What will be published, whatever the working copy says by then.
    document = models.TextField("document", blank=True)
    schema = models.PositiveSmallIntegerField("schema", default=SCHEMA)
    reden = models.TextField("reden van intrekken", blank=True)
    ingepland_op = models.DateTimeField("ingepland op", auto_now_add=True)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="ingepland door",
    )
    stand = models.CharField(
        "stand", max_length=20, choices=Planstand, default=Planstand.WACHT
    )
    gedaan_op = models.DateTimeField("gedaan op", null=True, blank=True)
    waarom = models.TextField("waarom niet", blank=True)

    class Meta:
        verbose_name = "geplande publicatie"
        verbose_name_plural = "geplande publicaties"
        ordering = ("-op", "-pk")
        constraints = [
            models.CheckConstraint(
                name="wholes_gepland_wat_bestaat",
                condition=Q(wat__in=Watgepland.values),
                violation_error_message="Kies een waarde uit de lijst.",
            ),
            models.CheckConstraint(
                name="wholes_gepland_stand_bestaat",
                condition=Q(stand__in=Planstand.values),
                violation_error_message="Kies een waarde uit de lijst.",
            ),
            models.UniqueConstraint(
                fields=("uuid", "wat"),
                condition=Q(stand="wacht"),
                name="wholes_gepland_een_die_wacht",
                violation_error_message="Dit is al gepland.",
            ),
            models.CheckConstraint(
                name="wholes_gepland_document_of_reden",
                condition=(~Q(wat="publiceren") | ~Q(document=""))
                & (~Q(wat="intrekken") | ~Q(reden="")),
                violation_error_message="Schrijf op waarom je dit intrekt.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.titel}: {self.get_wat_display()}"
