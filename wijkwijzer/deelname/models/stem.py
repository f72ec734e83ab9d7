"""Ratings, and what they are together."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.db.models import Avg, Count, Q

from wijkwijzer.deelname.models.onderwerp import OverOnderwerp, OverOnderwerpQuerySet


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
                name="deelname_stem_van_1_tot_5",
                condition=Q(waarde__gte=1, waarde__lte=5),
                violation_error_message="Geef 1 tot en met 5.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.waarde)
