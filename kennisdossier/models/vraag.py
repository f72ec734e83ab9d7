"""Questions that readers asked."""

from __future__ import annotations

from django.db import models

from kennisdossier.models.dossier import Dossier
from kennisdossier.models.praktijkvoorbeeld import Praktijkvoorbeeld


class Vraag(models.Model):
    """A question that readers asked, and the answer."""

    dossier = models.ForeignKey(
        Dossier, on_delete=models.CASCADE, related_name="vragen"
    )
    nummer = models.PositiveSmallIntegerField("nummer")
    vraag = models.CharField("vraag", max_length=250)
    antwoord = models.TextField("antwoord")
    aan = models.CharField(
        "beantwoord door",
        max_length=150,
        help_text="Een functie of organisatie, nooit een persoon.",
    )
    let_op = models.CharField("let op", max_length=250, blank=True)
    voorbeeld = models.ForeignKey(
        Praktijkvoorbeeld,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="vragen",
        verbose_name="gaat over",
    )

    class Meta:
        verbose_name = "vraag en antwoord"
        verbose_name_plural = "vragen en antwoorden"
        ordering = ("dossier", "nummer")
        constraints = [
            models.UniqueConstraint(
                fields=("dossier", "nummer"), name="kennisdossier_vraag_uniek"
            )
        ]

    def __str__(self) -> str:
        return self.vraag
