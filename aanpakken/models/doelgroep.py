"""For whom an aanpak is."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from aanpakken.models.aanpak import Aanpak
from wijkwijzer.core.models import Vocabulaireterm, waarde_bestaat

MAX_LEEFTIJD = 120


class Doelgroep(Vocabulaireterm):
    class Meta(Vocabulaireterm.Meta):
        verbose_name = "doelgroep"
        verbose_name_plural = "doelgroepen"


class Doelgroeprol(models.TextChoices):
    PRIMAIR = "primair", "primair"
    INTERMEDIAIR = "intermediair", "intermediair"
    SECUNDAIR = "secundair", "secundair"
    OVERIG = "overig", "overig"


class Doelgroepkoppeling(models.Model):
    """For whom an aanpak is. An open age bound means: the source names none."""

    Rol = Doelgroeprol

    aanpak = models.ForeignKey(
        Aanpak, on_delete=models.CASCADE, related_name="doelgroepkoppelingen"
    )
    doelgroep = models.ForeignKey(
        Doelgroep,
        on_delete=models.PROTECT,
        related_name="doelgroepkoppelingen",
        verbose_name="doelgroep",
    )
    rol = models.CharField("rol", max_length=20, choices=Doelgroeprol)
    omschrijving = models.CharField(
        "precieze omschrijving",
        max_length=300,
        help_text="Zoals de bron de groep omschrijft.",
    )
    leeftijd_van = models.PositiveSmallIntegerField(
        "leeftijd van",
        null=True,
        blank=True,
        help_text="Leeg: geen ondergrens genoemd.",
    )
    leeftijd_tot = models.PositiveSmallIntegerField(
        "leeftijd tot en met",
        null=True,
        blank=True,
        help_text="Leeg: geen bovengrens genoemd.",
    )
    bovengrens_telt_niet = models.BooleanField(
        "de bovengrens zelf telt niet mee",
        default=False,
        help_text="Als de bron “tot 20 jaar” zegt, en niet “tot en met 20 jaar”.",
    )
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "doelgroep van een aanpak"
        verbose_name_plural = "doelgroepen"
        ordering = ("volgorde", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("aanpak", "doelgroep", "rol"),
                name="aanpakken_doelgroepkoppeling_uniek",
                violation_error_message="Deze doelgroep staat er al met deze rol.",
            ),
            waarde_bestaat("aanpakken_doelgroepkoppeling", "rol", Doelgroeprol),
            models.CheckConstraint(
                name="aanpakken_doelgroepkoppeling_leeftijd_oplopend",
                condition=Q(leeftijd_van__isnull=True)
                | Q(leeftijd_tot__isnull=True)
                | Q(leeftijd_tot__gte=F("leeftijd_van")),
                violation_error_message="De bovengrens is lager dan de ondergrens.",
            ),
            models.CheckConstraint(
                name="aanpakken_doelgroepkoppeling_leeftijd_bestaat",
                condition=(
                    Q(leeftijd_van__isnull=True) | Q(leeftijd_van__lte=MAX_LEEFTIJD)
                )
                & (Q(leeftijd_tot__isnull=True) | Q(leeftijd_tot__lte=MAX_LEEFTIJD)),
                violation_error_message=f"Een leeftijd is hooguit {MAX_LEEFTIJD} jaar.",
            ),
            models.CheckConstraint(
                name="aanpakken_doelgroepkoppeling_leeftijd_over",
                condition=Q(bovengrens_telt_niet=False)
                | Q(leeftijd_tot__isnull=False, leeftijd_tot__gt=0)
                & (
                    Q(leeftijd_van__isnull=True) | Q(leeftijd_tot__gt=F("leeftijd_van"))
                ),
                violation_error_message="Zo past er geen enkele leeftijd.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.doelgroep} ({self.rol})"
