"""The levels of recognition, and how long each usually holds."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from interventies.models.databank import Databank
from wijkwijzer.core.models import Vocabulaireterm


class Niveau(Vocabulaireterm):
    """A level of recognition. ``volgorde`` ranks: the higher, the stronger.

    A step of a level (Effectief – eerste aanwijzingen) names it as ``hoofdniveau``.
    """

    hoofdniveau = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="treden",
        verbose_name="hoofdniveau",
    )
    werkwoord = models.CharField(
        "werkwoord", max_length=50, help_text="Bijvoorbeeld: erkend als"
    )
    eisen = models.TextField("eisen", help_text="Eén eis per regel.")

    class Meta(Vocabulaireterm.Meta):
        verbose_name = "niveau"
        verbose_name_plural = "niveaus"


class Geldigheidsregel(models.Model):
    """How many years a databank usually lets a recognition at a level hold.

    Only ever used for an *expected* end date, shown as an expectation.
    """

    databank = models.ForeignKey(
        Databank,
        on_delete=models.CASCADE,
        related_name="geldigheidsregels",
        verbose_name="databank",
    )
    niveau = models.ForeignKey(
        Niveau,
        on_delete=models.CASCADE,
        related_name="geldigheidsregels",
        verbose_name="niveau",
        limit_choices_to={"hoofdniveau__isnull": True},
    )
    jaren = models.PositiveSmallIntegerField("jaren")
    bron_url = models.URLField("adres dat dit zegt", max_length=500, blank=True)
    opmerking = models.CharField("opmerking", max_length=250, blank=True)

    class Meta:
        verbose_name = "geldigheidsregel"
        verbose_name_plural = "geldigheidsregels"
        ordering = ("databank", "niveau")
        constraints = [
            models.UniqueConstraint(
                fields=("databank", "niveau"),
                name="interventies_geldigheidsregel_uniek",
                violation_error_message="Voor dit niveau is er al een regel.",
            ),
            models.CheckConstraint(
                name="interventies_geldigheidsregel_jaren_positief",
                condition=Q(jaren__gte=1) & Q(jaren__lte=50),
                violation_error_message="Vul een aantal jaren in van 1 tot en met 50.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.databank}, {self.niveau}: {self.jaren} jaar"
