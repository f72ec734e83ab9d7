"""What is kept to know who somebody is. None of it is ever shown or in a permission."""

from __future__ import annotations

import uuid

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Factorsoort(models.TextChoices):
    APP = "app", "app met codes"
    PASSKEY = "passkey", "passkey"


class Bewijs(models.TextChoices):
    """What somebody proved in a session, beside the password."""

    GEEN = "", "alleen wachtwoord"
    APP = "app", "code uit een app"
    PASSKEY = "passkey", "passkey"
    HERSTELCODE = "herstelcode", "herstelcode"


class Factor(models.Model):
    """A second step: an app with codes, or a passkey."""

    gebruiker = models.ForeignKey(
        User, models.CASCADE, related_name="factoren", verbose_name="gebruiker"
    )
    soort = models.CharField("soort", max_length=10, choices=Factorsoort)
    naam = models.CharField("naam", max_length=60)
    # Of an app: what it makes its codes of, encrypted (geheim.py).
    geheim = models.TextField("geheim", blank=True)
    # Of a passkey: how browsers call it, and its public key.
    kenmerk = models.CharField(
        "kenmerk", max_length=1400, unique=True, null=True, blank=True
    )
    publiek = models.TextField("publieke sleutel", blank=True)
    # What was used last: a code, or a signature, counts once on every machine.
    teller = models.BigIntegerField("teller", default=0)
    gemaakt_op = models.DateTimeField("gemaakt op", default=timezone.now)
    gebruikt_op = models.DateTimeField("laatst gebruikt", null=True, blank=True)

    class Meta:
        verbose_name = "tweede stap"
        verbose_name_plural = "tweede stappen"
        default_permissions = ()
        ordering = ("gemaakt_op", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("gebruiker",),
                condition=Q(soort="app"),
                name="toegang_factor_een_app",
            ),
            models.CheckConstraint(
                name="toegang_factor_soort_heeft_sleutel",
                condition=(Q(soort="app", kenmerk=None) & ~Q(geheim=""))
                | (Q(soort="passkey", kenmerk__isnull=False) & ~Q(publiek="")),
                violation_error_message="Deze tweede stap klopt niet.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam


class Herstelcode(models.Model):
    """A code for who lost all else, as a hash. It is gone once it was used."""

    gebruiker = models.ForeignKey(
        User, models.CASCADE, related_name="herstelcodes", verbose_name="gebruiker"
    )
    hash = models.CharField("hash", max_length=64, unique=True)

    class Meta:
        verbose_name = "herstelcode"
        verbose_name_plural = "herstelcodes"
        default_permissions = ()
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"Herstelcode {self.pk}"


class Sessie(models.Model):
    """That somebody is signed in on some device. Without its row they are not."""

    nummer = models.UUIDField("nummer", primary_key=True, default=uuid.uuid4)
    gebruiker = models.ForeignKey(
        User, models.CASCADE, related_name="sessies", verbose_name="gebruiker"
    )
    apparaat = models.CharField("apparaat", max_length=60, blank=True)
    bewijs = models.CharField(
        "tweede stap", max_length=12, choices=Bewijs, blank=True, default=Bewijs.GEEN
    )
    begonnen_op = models.DateTimeField("begonnen op", default=timezone.now)
    gezien_op = models.DateTimeField("laatst gezien", default=timezone.now)

    class Meta:
        verbose_name = "sessie"
        verbose_name_plural = "sessies"
        default_permissions = ()
        ordering = ("-gezien_op",)

    def __str__(self) -> str:
        return self.apparaat


class Misgok(models.Model):
    """A try to sign in that has not succeeded, for as long as the limits need it.

    Neither a name nor an address is kept: only hashes of them.
    """

    soort = models.CharField("soort", max_length=12)
    account = models.CharField("account", max_length=64, db_index=True)
    # The account from one place: a network, or a device that was let in before.
    paar = models.CharField("paar", max_length=64, db_index=True)
    adres = models.CharField("adres", max_length=64, db_index=True)
    op = models.DateTimeField("op", default=timezone.now, db_index=True)

    class Meta:
        verbose_name = "misgok"
        verbose_name_plural = "misgokken"
        default_permissions = ()
        ordering = ("op",)

    def __str__(self) -> str:
        return self.soort
