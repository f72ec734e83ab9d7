"""Where to read more."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from aanpakken.models.aanpak import Aanpak
from wijkwijzer.core.models import waarde_bestaat


class Linksoort(models.TextChoices):
    LEES_MEER = "lees-meer", "lees meer"
    DOCUMENT = "document", "document"
    EXTERN = "extern", "zelf gevonden, staat niet in de bron"


class Link(models.Model):
    """Where to read more. A link whose address got lost stays, and says so."""

    aanpak = models.ForeignKey(Aanpak, on_delete=models.CASCADE, related_name="links")
    label = models.CharField("tekst", max_length=150)
    url = models.URLField("adres", max_length=500, blank=True)
    soort = models.CharField("soort", max_length=20, choices=Linksoort)
    gecorrigeerd_van = models.CharField(
        "adres in de bron",
        max_length=500,
        blank=True,
        help_text="Alleen als de bron een fout adres geeft en je het verbeterde.",
    )
    correctie_reden = models.CharField("waarom verbeterd", max_length=300, blank=True)
    opmerking = models.CharField("opmerking", max_length=300, blank=True)
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "link"
        verbose_name_plural = "links"
        ordering = ("volgorde", "pk")
        constraints = [
            waarde_bestaat("aanpakken_link", "soort", Linksoort),
            models.CheckConstraint(
                name="aanpakken_link_zonder_adres_heeft_opmerking",
                condition=~Q(url="") | ~Q(opmerking=""),
                violation_error_message="Geen adres? Schrijf bij de opmerking waarom.",
            ),
            models.CheckConstraint(
                name="aanpakken_link_correctie_heeft_reden",
                condition=Q(gecorrigeerd_van="") | ~Q(correctie_reden=""),
                violation_error_message="Schrijf op waarom je het adres verbeterde.",
            ),
        ]

    def __str__(self) -> str:
        return self.label
