"""Who follows a list by mail: an address, what it asks, and up to when it was told."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone

# Who does not say yes in time is forgotten; the mail that asks says so.
BEVESTIG_BINNEN = timedelta(days=7)
MAX_VRAAG = 2000


class Ritme(models.TextChoices):
    DAG = "dag", "elke dag"
    WEEK = "week", "elke week"

    @property
    def dagen(self) -> int:
        return 1 if self is Ritme.DAG else 7


class AbonnementQuerySet(models.QuerySet["Abonnement"]):
    def bevestigd(self) -> Self:
        return self.filter(volgende__isnull=False)

    def nooit_bevestigd(self) -> Self:
        """Whose time to say yes is over."""
        tot = timezone.now() - BEVESTIG_BINNEN
        return self.filter(volgende__isnull=True, gevraagd_op__lte=tot)

    def aan_de_beurt(self, vandaag: date) -> Self:
        return self.filter(volgende__lte=vandaag)


class Abonnement(models.Model):
    """Nothing but an address and a query: who stops is erased."""

    # In the links of the mails: who knows it may change this and stop it.
    sleutel = models.UUIDField(
        "sleutel", default=uuid.uuid4, unique=True, editable=False
    )
    email = models.EmailField("e-mailadres")
    lijst = models.CharField("lijst", max_length=30)
    # As the address of the list has it, without what is not known there.
    vraag = models.CharField("vraag", max_length=MAX_VRAAG, blank=True)
    ritme = models.CharField("hoe vaak", max_length=4, choices=Ritme)
    # The address of the site, for the links: nobody is there to ask when mail is made.
    site = models.URLField("adres van de site")
    gevraagd_op = models.DateTimeField("om bevestiging gevraagd op")
    # Both are empty until somebody said yes. The first day that was not told of yet,
    # and the day of the next mail.
    verteld_tot = models.DateField("verteld tot", null=True, blank=True)
    volgende = models.DateField("volgende mail", null=True, blank=True, db_index=True)

    objects = AbonnementQuerySet.as_manager()

    class Meta:
        verbose_name = "abonnement"
        verbose_name_plural = "abonnementen"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("email", "lijst", "vraag"), name="deelname_abonnement_uniek"
            ),
            models.CheckConstraint(
                name="deelname_abonnement_ritme_bestaat",
                condition=Q(ritme__in=Ritme.values),
                violation_error_message="Kies hoe vaak.",
            ),
            models.CheckConstraint(
                name="deelname_abonnement_bevestigd_of_niet",
                condition=Q(verteld_tot__isnull=True, volgende__isnull=True)
                | Q(verteld_tot__isnull=False, volgende__isnull=False),
                violation_error_message="Wie bevestigde, heeft een volgende mail.",
            ),
        ]

    def __str__(self) -> str:
        # Not the address.
        return f"Abonnement {self.pk}"

    @property
    def is_bevestigd(self) -> bool:
        return self.volgende is not None

    @property
    def querydict(self) -> QueryDict:
        return QueryDict(self.vraag)

    def vertel_verder(self, vandaag: date) -> None:
        """Everything before today was told; the next mail comes after a round."""
        self.verteld_tot = vandaag
        self.volgende = vandaag + timedelta(days=Ritme(self.ritme).dagen)
