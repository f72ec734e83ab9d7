"""What is known of the addresses that our texts link to. No version holds any of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

# PostgreSQL's index takes no more bytes than some 2,700.
MAX_ADRES = 2000


class Adresstatus(models.TextChoices):
    NIET_NAGEKEKEN = "niet_nagekeken", "niet nagekeken"
    GOED = "goed", "werkt"
    VERHUISD = "verhuisd", "verhuisd"
    ONZEKER = "onzeker", "onzeker"
    DOOD = "dood", "werkt niet meer"


class Adrescontrole(models.Model):
    """What the link check found at an address. Readers see none of it."""

    adres = models.URLField("adres", max_length=MAX_ADRES, unique=True)
    status = models.CharField(
        "werkt het?",
        max_length=20,
        choices=Adresstatus,
        default=Adresstatus.NIET_NAGEKEKEN,
    )
    sinds = models.DateTimeField("sinds", null=True, blank=True)
    nagekeken_op = models.DateTimeField("nagekeken op", null=True, blank=True)
    bevinding = models.CharField("bevinding", max_length=200, blank=True)
    antwoord = models.PositiveSmallIntegerField("HTTP-antwoord", null=True, blank=True)
    nieuw_adres = models.URLField("nieuw adres", max_length=MAX_ADRES, blank=True)
    # One failure is no proof: two, of which the second at least a day later.
    mislukt = models.PositiveIntegerField("keer mislukt", default=0)
    eerst_mislukt_op = models.DateTimeField("voor het eerst mislukt", null=True)
    # An editor looked himself. That counts for a while, whatever the check finds.
    goed_volgens = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="goed volgens",
    )
    goed_op = models.DateField("goed bevonden op", null=True, blank=True)
    goed_tot = models.DateField("geldt als goed tot", null=True, blank=True)

    class Meta:
        verbose_name = "gecontroleerd adres"
        verbose_name_plural = "gecontroleerde adressen"
        ordering = ("adres",)
        constraints = [
            models.CheckConstraint(
                name="core_adrescontrole_status_bestaat",
                condition=Q(status__in=Adresstatus.values),
                violation_error_message="Kies een waarde uit de lijst.",
            ),
            models.CheckConstraint(
                name="core_adrescontrole_verhuisd_heeft_adres",
                condition=~Q(status=Adresstatus.VERHUISD) | ~Q(nieuw_adres=""),
                violation_error_message="Wat verhuisd is, heeft een nieuw adres.",
            ),
        ]

    def __str__(self) -> str:
        return self.adres


class DodeLinkQuerySet(models.QuerySet["DodeLink"]):
    def van(self, adressen: Iterable[str]) -> dict[str, date]:
        """Which of these addresses are dead, and since which day that is known."""
        found = self.filter(adres__in={*adressen})
        return dict(found.values_list("adres", "gezien_op"))


class DodeLink(models.Model):
    """That an address does not work any more, as readers are told.

    A row comes when an address dies and goes when it lives again. So pages are made
    anew then (``wholes.revision``), and not with every check.
    """

    adres = models.URLField("adres", max_length=MAX_ADRES, unique=True)
    gezien_op = models.DateField("gezien op")

    objects = DodeLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "dode link"
        verbose_name_plural = "dode links"
        ordering = ("adres",)

    def __str__(self) -> str:
        return self.adres


class Adresronde(models.Model):
    """Who is checking addresses now: one at a time, on however many machines."""

    houder = models.UUIDField("houder", null=True)
    bezet_tot = models.DateTimeField("bezet tot")
    klaar_op = models.DateTimeField("laatst afgemaakt op", null=True)

    class Meta:
        verbose_name = "controleronde"
        verbose_name_plural = "controlerondes"

    def __str__(self) -> str:
        return f"bezet tot {self.bezet_tot}"
