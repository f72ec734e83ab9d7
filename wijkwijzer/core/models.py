"""What every portal app stands on: publication, permalinks, vocabularies, sources."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, Self, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from wijkwijzer.core.datums import DeeldatumField

M = TypeVar("M", bound=models.Model, covariant=True)


class NatuurlijkeSleutelManager(models.Manager[M]):
    """Finds a record in the fixtures by its slug, so that no file names a number."""

    def get_by_natural_key(self, slug: str) -> M:
        return self.get(slug=slug)


class Status(models.TextChoices):
    CONCEPT = "concept", "concept"
    TER_BEOORDELING = "ter_beoordeling", "ter beoordeling"
    GEPUBLICEERD = "gepubliceerd", "gepubliceerd"
    GEARCHIVEERD = "gearchiveerd", "gearchiveerd"


def waarde_bestaat(
    naam: str, veld: str, keuzes: type[models.TextChoices], *, leeg: bool = False
) -> models.CheckConstraint:
    """The value is one of the choices, or empty where that means unknown."""
    waarden = [*keuzes.values, ""] if leeg else keuzes.values
    return models.CheckConstraint(
        name=f"{naam}_{veld}_bestaat",
        condition=Q(**{f"{veld}__in": waarden}),
        violation_error_message="Kies een waarde uit de lijst.",
    )


def gepubliceerd_heeft(naam: str, veld: str) -> models.CheckConstraint:
    """What readers see has this text."""
    return models.CheckConstraint(
        name=f"{naam}_gepubliceerd_heeft_{veld}",
        condition=~Q(status="gepubliceerd") | ~Q(**{veld: ""}),
        violation_error_message=f"Publiceren kan pas met een {veld}.",
    )


class PubliceerbaarQuerySet(models.QuerySet[M]):
    def gepubliceerd(self) -> Self:
        """The one rule for what a reader may see. Every public answer starts here."""
        return self.filter(status=Status.GEPUBLICEERD)

    def gearchiveerd(self) -> Self:
        """Entries that were public and now answer 410 with an explanation."""
        return self.filter(status=Status.GEARCHIVEERD)


class Publiceerbaar(models.Model):
    """A record with an address that must work for ever.

    ``uuid`` never changes (``/id/…``); a changed slug is kept in
    :class:`VorigeSlug`; a withdrawn entry keeps its address and says why it left.
    """

    uuid = models.UUIDField("uuid", default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(
        "slug",
        max_length=100,
        unique=True,
        help_text="Deel van het adres. Na een wijziging blijft het oude werken.",
    )
    status = models.CharField(
        "status",
        max_length=20,
        choices=Status,
        default=Status.CONCEPT,
        help_text="Alleen wat gepubliceerd is, staat op de site.",
    )
    reden_archivering = models.TextField(
        "reden van archivering",
        blank=True,
        help_text="Lezers zien deze uitleg op het oude adres.",
    )
    gepubliceerd_op = models.DateTimeField("gepubliceerd op", null=True, blank=True)
    laatst_gecontroleerd_op = models.DateField(
        "laatst gecontroleerd op",
        null=True,
        blank=True,
        help_text="De dag waarop de redactie alle feiten heeft nagekeken.",
    )
    aangemaakt_op = models.DateTimeField("aangemaakt op", auto_now_add=True)
    gewijzigd_op = models.DateTimeField("gewijzigd op", auto_now=True)

    # Pages that stand beside the records of this kind.
    bezette_slugs: ClassVar[frozenset[str]] = frozenset()

    # The slug in the database, to notice at saving that it was replaced.
    _geladen_slug: str | None = None

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_status_bestaat",
                condition=Q(status__in=Status.values),
                violation_error_message="Kies een status uit de lijst.",
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_gepubliceerd_heeft_tijdstip",
                condition=~Q(status=Status.GEPUBLICEERD)
                | Q(gepubliceerd_op__isnull=False),
                violation_error_message="Wat gepubliceerd is, heeft een tijdstip.",
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_archief_heeft_reden",
                condition=~Q(status=Status.GEARCHIVEERD) | ~Q(reden_archivering=""),
                violation_error_message="Schrijf op waarom je dit archiveert.",
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, set the time of first publication, and remember a replaced slug."""
        if self.status == Status.GEPUBLICEERD and self.gepubliceerd_op is None:
            self.gepubliceerd_op = timezone.now()
        oude_slug = self._geladen_slug
        with transaction.atomic():
            super().save(*args, **kwargs)
            if oude_slug and oude_slug != self.slug:
                VorigeSlug.objects.onthoud(self, oude_slug)
        self._geladen_slug = self.slug

    def get_absolute_url(self) -> str:
        raise NotImplementedError

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        instance = super().from_db(*args, **kwargs)
        # Only a slug that was really loaded can be compared when saving.
        instance._geladen_slug = instance.__dict__.get("slug")
        return instance

    def clean(self) -> None:
        super().clean()
        if self.status == Status.GEPUBLICEERD and self.gepubliceerd_op is None:
            self.gepubliceerd_op = timezone.now()
        if self.slug in self.bezette_slugs:
            raise ValidationError(
                {"slug": "Op dit adres staat al een andere pagina. Kies iets anders."}
            )
        bezet = VorigeSlug.objects.filter(
            soort=ContentType.objects.get_for_model(self), slug=self.slug
        ).exclude(object_id=self.pk)
        if bezet.exists():
            raise ValidationError(
                {"slug": "Dit was het adres van een ander item. Kies een andere slug."}
            )

    @property
    def is_gepubliceerd(self) -> bool:
        return self.status == Status.GEPUBLICEERD

    @property
    def is_gearchiveerd(self) -> bool:
        return self.status == Status.GEARCHIVEERD


class VorigeSlugManager(models.Manager["VorigeSlug"]):
    def onthoud(self, instance: Publiceerbaar, oude_slug: str) -> None:
        """Keep ``oude_slug`` as an address of ``instance``; free its current one."""
        eigen = self.filter(
            soort=ContentType.objects.get_for_model(instance), object_id=instance.pk
        )
        eigen.filter(slug=instance.slug).delete()
        self.update_or_create(
            soort=ContentType.objects.get_for_model(instance),
            slug=oude_slug,
            defaults={"object_id": instance.pk},
        )


class VorigeSlug(models.Model):
    """A slug that a record had before: its address answers 301 for ever."""

    soort = models.ForeignKey(
        ContentType, on_delete=models.CASCADE, verbose_name="soort"
    )
    object_id = models.PositiveBigIntegerField("nummer")
    slug = models.SlugField("vorige slug", max_length=100)
    vervangen_op = models.DateTimeField("vervangen op", auto_now_add=True)

    objects = VorigeSlugManager()

    class Meta:
        verbose_name = "vorige slug"
        verbose_name_plural = "vorige slugs"
        ordering = ("soort", "slug")
        constraints = [
            models.UniqueConstraint(
                fields=("soort", "slug"), name="core_vorigeslug_uniek"
            )
        ]

    def __str__(self) -> str:
        return self.slug


class Vocabulaireterm(models.Model):
    """A term from a controlled list: editors name it, filters use its slug."""

    naam = models.CharField("naam", max_length=150, unique=True)
    slug = models.SlugField("slug", max_length=100, unique=True)
    toelichting = models.TextField(
        "toelichting", blank=True, help_text="Wat het woord betekent, voor de lezer."
    )
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)

    objects = NatuurlijkeSleutelManager()

    class Meta:
        abstract = True
        ordering = ("volgorde", "naam")

    def __str__(self) -> str:
        return self.naam

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class Organisatierol(Vocabulaireterm):
    """What an organisation is to this field: fonds, kennisinstituut, koepel …"""

    class Meta(Vocabulaireterm.Meta):
        verbose_name = "organisatierol"
        verbose_name_plural = "organisatierollen"


class Organisatie(models.Model):
    """An organisation that sources name. Never holds contact details of people."""

    naam = models.CharField("naam", max_length=150, unique=True)
    slug = models.SlugField("slug", max_length=100, unique=True)
    voluit = models.CharField("voluit", max_length=200, blank=True)
    naamvarianten = models.TextField(
        "naamvarianten", blank=True, help_text="Andere schrijfwijzen, één per regel."
    )
    rollen = models.ManyToManyField(
        Organisatierol, verbose_name="rollen", blank=True, related_name="organisaties"
    )
    toelichting = models.TextField("toelichting", blank=True)
    bronnen = models.ManyToManyField(
        "core.Bron", verbose_name="genoemd in", blank=True, related_name="organisaties"
    )

    objects = NatuurlijkeSleutelManager()

    class Meta:
        verbose_name = "organisatie"
        verbose_name_plural = "organisaties"
        ordering = ("naam",)

    def __str__(self) -> str:
        return self.naam

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class Bron(models.Model):
    """The publication a fact came from."""

    titel = models.CharField("titel", max_length=250)
    slug = models.SlugField("slug", max_length=100, unique=True)
    ondertitel = models.CharField("ondertitel", max_length=250, blank=True)
    soort = models.CharField("soort", max_length=100, help_text="Bijvoorbeeld: artikel")
    uitgever = models.CharField("uitgever", max_length=150)
    auteurs = models.TextField("auteurs", blank=True, help_text="Eén per regel.")
    medewerking = models.TextField(
        "met medewerking van", blank=True, help_text="Eén per regel."
    )
    datum = DeeldatumField("datum")
    datum_opmerking = models.CharField(
        "opmerking bij de datum", max_length=250, blank=True
    )
    leestijd_minuten = models.PositiveSmallIntegerField(
        "leestijd in minuten", null=True, blank=True
    )
    url = models.URLField("adres", max_length=500, blank=True)
    url_opmerking = models.CharField(
        "opmerking bij het adres", max_length=250, blank=True
    )
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)

    objects = NatuurlijkeSleutelManager()

    class Meta:
        verbose_name = "bron"
        verbose_name_plural = "bronnen"
        ordering = ("volgorde", "titel")

    def __str__(self) -> str:
        return f"{self.titel} ({self.uitgever})"

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class Broncorrectie(models.Model):
    """An error found in a source, and what this portal writes instead."""

    bron = models.ForeignKey(
        Bron,
        on_delete=models.CASCADE,
        related_name="correcties",
        verbose_name="bron",
    )
    soort = models.CharField("soort fout", max_length=50)
    gevonden = models.CharField("zo staat het in de bron", max_length=300)
    correctie = models.CharField(
        "zo staat het hier",
        max_length=300,
        blank=True,
        help_text="Leeg: er is geen betere lezing, het blijft zoals het is.",
    )
    opmerking = models.CharField("opmerking", max_length=300, blank=True)
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "correctie op een bron"
        verbose_name_plural = "correcties op bronnen"
        ordering = ("bron", "volgorde", "pk")

    def __str__(self) -> str:
        return f"{self.gevonden} → {self.correctie or 'ongewijzigd'}"


class Catalogusversie(models.Model):
    """One row whose number rises with every change to public content.

    Database triggers raise it (see ``core.catalogusversie``), so a change made by any
    process, command or SQL statement is seen; caches and indexes compare the number.
    """

    versie = models.PositiveBigIntegerField("versie", default=1)

    class Meta:
        verbose_name = "catalogusversie"
        verbose_name_plural = "catalogusversies"

    def __str__(self) -> str:
        return str(self.versie)
