"""What readers can respond to: an aanpak, a dossier or a praktijkvoorbeeld."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Q

from aanpakken.models import Aanpak
from kennisdossier.models import Dossier, Praktijkvoorbeeld
from wijkwijzer.wholes.current import current_stand
from wijkwijzer.wholes.registry import wholes

if TYPE_CHECKING:
    from wijkwijzer.core.models import Publiceerbaar
    from wijkwijzer.wholes.declaration import Whole

M = TypeVar("M", bound=models.Model, covariant=True)


# By the word in the address, which is the name of the relation to it as well.
ONDERWERPEN: dict[str, type[Publiceerbaar]] = {
    "aanpak": Aanpak,
    "dossier": Dossier,
    "praktijkvoorbeeld": Praktijkvoorbeeld,
}


class OverOnderwerpQuerySet(models.QuerySet[M]):
    def over(self, onderwerp: Publiceerbaar | Whole) -> Self:
        """About a subject, as its row or as its document."""
        return self.filter(**{f"{onderwerp.soort}__uuid": onderwerp.uuid})


class OverOnderwerp(models.Model):
    """Belongs to exactly one subject: an aanpak, a dossier or a praktijkvoorbeeld."""

    aanpak = models.ForeignKey(
        Aanpak, on_delete=models.CASCADE, null=True, blank=True, verbose_name="aanpak"
    )
    dossier = models.ForeignKey(
        Dossier, on_delete=models.CASCADE, null=True, blank=True, verbose_name="dossier"
    )
    praktijkvoorbeeld = models.ForeignKey(
        Praktijkvoorbeeld,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        verbose_name="praktijkvoorbeeld",
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_over_een_onderwerp",
                condition=(
                    Q(aanpak__isnull=False, dossier=None, praktijkvoorbeeld=None)
                    | Q(aanpak=None, dossier__isnull=False, praktijkvoorbeeld=None)
                    | Q(aanpak=None, dossier=None, praktijkvoorbeeld__isnull=False)
                ),
                violation_error_message="Kies precies één onderwerp.",
            )
        ]

    @property
    def onderwerp(self) -> Aanpak | Dossier | Praktijkvoorbeeld:
        """What it is about. Costs a query unless selected along."""
        onderwerp = self.aanpak or self.dossier or self.praktijkvoorbeeld
        assert onderwerp, "the database allows no row without"  # noqa: S101
        return onderwerp

    def voor_lezers(self) -> Any:
        """The subject as readers know it: its working copy may be called otherwise."""
        rij = self.onderwerp
        return current_stand().published(wholes()[rij.soort], rij.uuid) or rij
