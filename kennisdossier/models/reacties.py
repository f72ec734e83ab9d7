"""What readers send in. Nothing of it is public before an editor approved it.

No address of a network is kept: :class:`Poging` holds a keyed hash of it, for an hour.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Avg, Count, Q

from aanpakken.models import Aanpak
from kennisdossier.models.dossiers import Dossier
from kennisdossier.models.voorbeelden import Praktijkvoorbeeld

if TYPE_CHECKING:
    from wijkwijzer.core.models import Publiceerbaar

M = TypeVar("M", bound=models.Model, covariant=True)

# What readers can respond to, by the word in the address.
ONDERWERPEN: dict[str, type[Publiceerbaar]] = {
    "aanpak": Aanpak,
    "dossier": Dossier,
    "praktijkvoorbeeld": Praktijkvoorbeeld,
}


def soort_van(onderwerp: models.Model) -> str:
    """The word for a subject in an address, and the name of the relation to it."""
    return next(s for s, model in ONDERWERPEN.items() if isinstance(onderwerp, model))


class OverOnderwerp(models.Model):
    """Belongs to exactly one subject: an aanpak, a dossier or a praktijkvoorbeeld."""

    aanpak = models.ForeignKey(
        Aanpak, on_delete=models.CASCADE, null=True, blank=True, verbose_name="aanpak"
    )
    dossier = models.ForeignKey(
        Dossier, on_delete=models.CASCADE, null=True, blank=True, verbose_name="dossier"
    )
    praktijkvoorbeeld = models.ForeignKey(
        Praktijkvoorbeeld,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        verbose_name="praktijkvoorbeeld",
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_over_een_onderwerp",
                condition=(
                    Q(aanpak__isnull=False, dossier=None, praktijkvoorbeeld=None)
                    | Q(aanpak=None, dossier__isnull=False, praktijkvoorbeeld=None)
                    | Q(aanpak=None, dossier=None, praktijkvoorbeeld__isnull=False)
                ),
                violation_error_message="Kies precies één onderwerp.",
            )
        ]

    @property
    def onderwerp(self) -> Aanpak | Dossier | Praktijkvoorbeeld:
        """What it is about. Costs a query unless selected along."""
        onderwerp = self.aanpak or self.dossier or self.praktijkvoorbeeld
        assert onderwerp, "the database allows no row without"  # noqa: S101
        return onderwerp


class Reactiestatus(models.TextChoices):
    WACHT = "wacht", "wacht op de redactie"
    GOEDGEKEURD = "goedgekeurd", "goedgekeurd"
    GEWEIGERD = "geweigerd", "geweigerd"
    SPAM = "spam", "spam"


class OverOnderwerpQuerySet(models.QuerySet[M]):
    def over(self, onderwerp: models.Model) -> Self:
        return self.filter(**{soort_van(onderwerp): onderwerp})


class ReactieQuerySet(OverOnderwerpQuerySet["Reactie"]):
    def zichtbaar(self) -> Self:
        """What readers may see: only what an editor approved."""
        return self.filter(status=Reactiestatus.GOEDGEKEURD)


class Reactie(OverOnderwerp):
    """A reader's words about a page: plain text, moderated before it is shown."""

    sleutel = models.UUIDField(
        "sleutel van het formulier",
        default=uuid.uuid4,
        unique=True,
        editable=False,
        help_text="Twee keer versturen geeft één reactie.",
    )
    naam = models.CharField("naam", max_length=80, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    tekst = models.TextField("reactie", max_length=4000)
    status = models.CharField(
        "status",
        max_length=20,
        choices=Reactiestatus,
        default=Reactiestatus.WACHT,
    )
    reden = models.CharField(
        "reden van weigering",
        max_length=500,
        blank=True,
        help_text="De schrijver krijgt deze uitleg, als die een e-mailadres gaf.",
    )
    ingestuurd_op = models.DateTimeField("ingestuurd op", auto_now_add=True)
    beoordeeld_op = models.DateTimeField("beoordeeld op", null=True, blank=True)
    beoordeeld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="beoordeeld door",
    )

    objects = ReactieQuerySet.as_manager()

    class Meta(OverOnderwerp.Meta):
        verbose_name = "reactie"
        verbose_name_plural = "reacties"
        default_related_name = "reacties"
        ordering = ("ingestuurd_op", "pk")
        constraints = [
            *OverOnderwerp.Meta.constraints,
            models.CheckConstraint(
                name="kennisdossier_reactie_status_bestaat",
                condition=Q(status__in=Reactiestatus.values),
                violation_error_message="Kies een status uit de lijst.",
            ),
            models.CheckConstraint(
                name="kennisdossier_reactie_weigering_heeft_reden",
                condition=~Q(status="geweigerd") | ~Q(reden=""),
                violation_error_message="Schrijf op waarom je deze reactie weigert.",
            ),
        ]

    def __str__(self) -> str:
        # Not the text: the admin copies this into its log, where it would stay.
        return f"Reactie {self.pk}"


class Reactiemelding(models.Model):
    """A reader thinks that a published reaction should not be there."""

    reactie = models.ForeignKey(
        Reactie, on_delete=models.CASCADE, related_name="meldingen"
    )
    sleutel = models.UUIDField(
        "sleutel", default=uuid.uuid4, unique=True, editable=False
    )
    reden = models.CharField("wat is er mis", max_length=500)
    gemeld_op = models.DateTimeField("gemeld op", auto_now_add=True)
    afgehandeld = models.BooleanField("afgehandeld", default=False)

    class Meta:
        verbose_name = "melding"
        verbose_name_plural = "meldingen"
        ordering = ("afgehandeld", "gemeld_op")

    def __str__(self) -> str:
        return f"Melding {self.pk}"


@dataclass(frozen=True)
class Waardering:
    """What readers think of something, together."""

    gemiddelde: float
    aantal: int

    @property
    def procent(self) -> int:
        """How full a bar is that shows it."""
        return round(self.gemiddelde / 5 * 100)


class StemQuerySet(OverOnderwerpQuerySet["Stem"]):
    # Fewer say more about who voted than about the subject.
    GENOEG = 3

    def waardering(self) -> Waardering | None:
        """The average; None when too few voted. One query."""
        stand = self.aggregate(gemiddelde=Avg("waarde"), aantal=Count("pk"))
        if stand["aantal"] < self.GENOEG:
            return None
        return Waardering(float(stand["gemiddelde"]), stand["aantal"])


class Stem(OverOnderwerp):
    """A rating by a reader, from 1 to 5. Says nothing about recognition."""

    # A keyed hash of the voter's random cookie and the subject: a second vote of the
    # same browser replaces the first, and nothing leads back to a person.
    kiezer = models.CharField("kiezer", max_length=64, unique=True, editable=False)
    waarde = models.PositiveSmallIntegerField("waardering")
    gegeven_op = models.DateTimeField("gegeven op", auto_now=True)

    objects = StemQuerySet.as_manager()

    class Meta(OverOnderwerp.Meta):
        verbose_name = "waardering"
        verbose_name_plural = "waarderingen"
        default_related_name = "stemmen"
        ordering = ("-gegeven_op",)
        constraints = [
            *OverOnderwerp.Meta.constraints,
            models.CheckConstraint(
                name="kennisdossier_stem_van_1_tot_5",
                condition=Q(waarde__gte=1, waarde__lte=5),
                violation_error_message="Geef 1 tot en met 5.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.waarde)


class Inzending(models.Model):
    """Who sent in a concept, so that the editors can ask something."""

    sleutel = models.UUIDField(
        "sleutel", default=uuid.uuid4, unique=True, editable=False
    )
    voorbeeld = models.OneToOneField(
        Praktijkvoorbeeld,
        on_delete=models.CASCADE,
        related_name="inzending",
        verbose_name="praktijkvoorbeeld",
    )
    plaats = models.CharField("gemeente of wijk", max_length=150, blank=True)
    naam = models.CharField("naam", max_length=80, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    ingestuurd_op = models.DateTimeField("ingestuurd op", auto_now_add=True)

    class Meta:
        verbose_name = "inzending"
        verbose_name_plural = "inzendingen"
        ordering = ("-ingestuurd_op",)

    def __str__(self) -> str:
        return str(self.voorbeeld)


class Poging(models.Model):
    """That somebody sent a form, for as long as the limit per hour needs it."""

    afzender = models.CharField("afzender", max_length=64, db_index=True)
    soort = models.CharField("soort", max_length=20)
    # A keyed hash of sender and content: who sends the same again is not counted twice.
    kenmerk = models.CharField("kenmerk", max_length=64, unique=True)
    # A question is being mailed until this is true; then a second click waits for it.
    afgerond = models.BooleanField("afgerond", default=True)
    op = models.DateTimeField("op", auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = "poging"
        verbose_name_plural = "pogingen"
        ordering = ("op",)

    def __str__(self) -> str:
        return self.soort
