"""Reactions: nothing of them is public before an editor approved it."""

from __future__ import annotations

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from wijkwijzer.deelname.models.onderwerp import OverOnderwerp, OverOnderwerpQuerySet


class ReactieQuerySet(OverOnderwerpQuerySet["Reactie"]):
    def zichtbaar(self) -> Self:
        """What readers may see: only what an editor approved."""
        return self.filter(status=Reactiestatus.GOEDGEKEURD)


class Reactiestatus(models.TextChoices):
    WACHT = "wacht", "wacht op de redactie"
    GOEDGEKEURD = "goedgekeurd", "goedgekeurd"
    GEWEIGERD = "geweigerd", "geweigerd"
    SPAM = "spam", "spam"


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
                name="deelname_reactie_status_bestaat",
                condition=Q(status__in=Reactiestatus.values),
                violation_error_message="Kies een status uit de lijst.",
            ),
            models.CheckConstraint(
                name="deelname_reactie_weigering_heeft_reden",
                condition=~Q(status="geweigerd") | ~Q(reden=""),
                violation_error_message="Schrijf op waarom je deze reactie weigert.",
            ),
        ]

    def __str__(self) -> str:
        # Not the text: the admin copies this into its log, where it would stay.
        return f"Reactie {self.pk}"
