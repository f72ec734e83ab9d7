"""Who carries out an aanpak, and who else has a part in it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from aanpakken.models.aanpak import Aanpak
from aanpakken.models.basis import Basis
from aanpakken.models.ring import Actor, Actorlaag
from wijkwijzer.core.models import waarde_bestaat


class Uitvoeringsrol(models.TextChoices):
    INITIATIEFNEMER = "initiatiefnemer", "initiatiefnemer"
    UITVOERDER = "uitvoerder", "uitvoerder"
    ONDERSTEUNER = "ondersteuner", "ondersteuner"
    PARTNER = "partner", "partner, werkt mee"
    VERWIJZER = "verwijzer", "verwijst mensen door"

    @property
    def voert_uit(self) -> bool:
        """Whether it makes an aanpak happen: then its ring counts.

        Who works along or sends people there takes part, and does no more than that.
        """
        return self not in (self.PARTNER, self.VERWIJZER)


class Laagbasis(models.TextChoices):
    LIJST = "lijst", "staat in de lijst van de ring"
    REDACTIONEEL = "redactioneel", "ingedeeld door de redactie"


class Uitvoering(models.Model):
    """Who takes part in an aanpak, in which role. Who carries it out gives its rings.

    The ring belongs to the role and not to the organisation alone: a welzijnsinstelling
    stands in ring 3, its jongerenwerkers in ring 2.
    """

    aanpak = models.ForeignKey(
        Aanpak, on_delete=models.CASCADE, related_name="uitvoeringen"
    )
    naam = models.CharField("wie", max_length=150, help_text="Zoals de bron hen noemt.")
    rol = models.CharField(
        "rol",
        max_length=20,
        choices=Uitvoeringsrol,
        help_text="Wie meewerkt of mensen doorverwijst, telt niet mee voor de ringen.",
    )
    rol_in_bron = models.CharField(
        "rol in de bron",
        max_length=100,
        blank=True,
        help_text="Als de bron een ander woord gebruikt, zoals licentienemer.",
    )
    basis = models.CharField(
        "basis",
        max_length=20,
        choices=Basis,
        default=Basis.EXPLICIET,
        help_text="Noemt geen bron deze uitvoerder, schrijf dan in de opmerking waarom "
        "hij er staat.",
    )
    laag = models.ForeignKey(
        Actorlaag,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="uitvoeringen",
        verbose_name="ring",
        help_text="Leeg: niet bekend.",
    )
    laag_basis = models.CharField("basis van de ring", max_length=20, choices=Laagbasis)
    actor = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="uitvoeringen",
        verbose_name="actor",
        help_text="Alleen als de uitvoerder in de lijst van de ring staat.",
    )
    opmerking = models.CharField("opmerking", max_length=300, blank=True)
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "uitvoering"
        verbose_name_plural = "uitvoeringen"
        ordering = (F("laag__volgorde").asc(nulls_last=True), "volgorde", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("aanpak", "naam", "rol"),
                name="aanpakken_uitvoering_uniek",
                violation_error_message="Deze uitvoerder staat er al met deze rol.",
            ),
            waarde_bestaat("aanpakken_uitvoering", "rol", Uitvoeringsrol),
            waarde_bestaat("aanpakken_uitvoering", "basis", Basis),
            waarde_bestaat("aanpakken_uitvoering", "laag_basis", Laagbasis),
            models.CheckConstraint(
                name="aanpakken_uitvoering_actor_heeft_laag",
                condition=Q(actor__isnull=True) | Q(laag__isnull=False),
                violation_error_message="Kies ook de ring waarin deze actor werkt.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.naam} ({self.rol})"
