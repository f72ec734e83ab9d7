"""Records with an address, and rules that several of them share."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, Self, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.functional import classproperty

from wijkwijzer.core.models.vorigeslug import VorigeSlug
from wijkwijzer.core.slugs import SlugField

M = TypeVar("M", bound=models.Model, covariant=True)


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


class RevisieField(models.PositiveBigIntegerField):  # type: ignore[type-arg]
    """A number that only triggers raise (``wholes.revision``); saving leaves it."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        return 0 if add else F(self.attname)


class PubliceerbaarQuerySet(models.QuerySet[M]):
    """Working copies. What readers see are versions: ``wholes.published``."""

    def gepubliceerd(self) -> Self:
        """Of which readers see a version, which may differ from the working copy."""
        return self.filter(status=Status.GEPUBLICEERD)

    def gearchiveerd(self) -> Self:
        """Of which readers saw a version, and now see why it was withdrawn."""
        return self.filter(status=Status.GEARCHIVEERD)


class Publiceerbaar(models.Model):
    """The working copy of a record with an address that must work for ever.

    ``uuid`` never changes (``/id/…``). ``status`` says where editors are with it; only
    ``wholes.actions`` publishes and withdraws, and what readers then see does not
    depend on these rows any more.
    """

    uuid = models.UUIDField("uuid", default=uuid.uuid4, unique=True, editable=False)
    slug = SlugField(
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
    gepubliceerd_op = models.DateTimeField(
        "gepubliceerd op", null=True, blank=True, editable=False
    )
    laatst_gecontroleerd_op = models.DateField(
        "laatst gecontroleerd op",
        null=True,
        blank=True,
        help_text="De dag waarop de redactie alle feiten heeft nagekeken.",
    )
    aangemaakt_op = models.DateTimeField("aangemaakt op", auto_now_add=True)
    gewijzigd_op = models.DateTimeField("gewijzigd op", auto_now=True)
    revisie = RevisieField("revisie", default=0, editable=False)

    # Pages that stand beside the records of this kind.
    bezette_slugs: ClassVar[frozenset[str]] = frozenset()

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
                violation_error_message="Schrijf op waarom je dit intrekt.",
            ),
        ]

    def get_absolute_url(self) -> str:
        raise NotImplementedError

    def clean(self) -> None:
        super().clean()
        if self.slug in self.bezette_slugs:
            raise ValidationError(
                {"slug": "Op dit adres staat al een andere pagina. Kies iets anders."}
            )
        vorige = VorigeSlug.objects.filter(soort=self.soort, slug=self.slug)
        if vorige.exclude(uuid=self.uuid).exists():
            raise ValidationError(
                {"slug": "Dit was het adres van een ander item. Kies een andere slug."}
            )

    @classproperty
    def soort(cls) -> str:  # noqa: N805
        """The kind, as addresses and versions name it."""
        return str(cls._meta.model_name)
