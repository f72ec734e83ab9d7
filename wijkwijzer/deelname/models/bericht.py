"""The outbox: mails that wait to be sent, and what became of them."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

if TYPE_CHECKING:
    from datetime import datetime

# Longer than mail waits as long as something sends it.
BLIJFT_LIGGEN = timedelta(minutes=15)


class BerichtQuerySet(models.QuerySet["Bericht"]):
    def aan_de_beurt(self, nu: datetime) -> Self:
        """What may be sent at this moment, and is not being sent by anybody."""
        return self.filter(status=Berichtstatus.WACHT, volgende_op__lte=nu)

    def blijft_liggen(self) -> Self:
        """What nobody even tried to send: nothing seems to be running that does."""
        sinds = timezone.now() - BLIJFT_LIGGEN
        return self.aan_de_beurt(sinds).filter(geprobeerd=0)

    def mislukt(self) -> Self:
        return self.filter(status=Berichtstatus.MISLUKT)


class Berichtstatus(models.TextChoices):
    WACHT = "wacht", "wacht op verzending"
    VERSTUURD = "verstuurd", "verstuurd"
    MISLUKT = "mislukt", "mislukt"


class Bericht(models.Model):
    """A mail as it will be sent. Once it is, nothing of a person is left in it."""

    # Of the form or the decision that it came from: the same again is no second mail.
    sleutel = models.UUIDField(
        "sleutel", default=uuid.uuid4, unique=True, editable=False
    )
    onderwerpregel = models.CharField("onderwerp", max_length=150)
    tekst = models.TextField("tekst", blank=True)
    aan = models.EmailField("aan", blank=True)
    antwoord_aan = models.EmailField("antwoord aan", blank=True)
    koppen = models.JSONField("koppen", default=dict, blank=True, editable=False)
    # To find what is kept of a person: who asked, or who is told.
    email = models.EmailField("e-mailadres van de lezer", blank=True)
    status = models.CharField(
        "status",
        max_length=20,
        choices=Berichtstatus,
        default=Berichtstatus.WACHT,
    )
    geprobeerd = models.PositiveSmallIntegerField("keer geprobeerd", default=0)
    # Whoever takes it to send it moves this on: until then nobody else does.
    volgende_op = models.DateTimeField("niet eerder dan", default=timezone.now)
    fout = models.CharField(
        "laatste fout",
        max_length=100,
        blank=True,
        help_text="De soort fout, zonder adressen en zonder de woorden van de server.",
    )
    gemaakt_op = models.DateTimeField("gemaakt op", auto_now_add=True)
    verstuurd_op = models.DateTimeField("verstuurd op", null=True, blank=True)

    objects = BerichtQuerySet.as_manager()

    class Meta:
        verbose_name = "mail"
        verbose_name_plural = "mails"
        ordering = ("-gemaakt_op", "-pk")
        indexes = [
            models.Index(
                fields=("volgende_op",),
                condition=Q(status="wacht"),
                name="deelname_bericht_wacht",
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="deelname_bericht_status_bestaat",
                condition=Q(status__in=Berichtstatus.values),
                violation_error_message="Kies een status uit de lijst.",
            ),
            models.CheckConstraint(
                name="deelname_bericht_verstuurd_is_leeg",
                condition=~Q(status="verstuurd")
                | Q(tekst="", aan="", antwoord_aan="", email=""),
                violation_error_message=(
                    "Van wat verstuurd is, bewaren we geen tekst en geen adressen."
                ),
            ),
        ]

    def __str__(self) -> str:
        # Not the text: the admin copies this into its log, where it would stay.
        return f"Mail {self.pk}"
