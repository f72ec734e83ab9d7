"""The four themes that recur, and which aanpak works on them."""

from __future__ import annotations

from django.db import models

from aanpakken.models.aanpak import Aanpak
from aanpakken.models.basis import Basis, Koppeling
from wijkwijzer.core.models import Vocabulaireterm, waarde_bestaat
from wijkwijzer.core.naming import HasSlug
from wijkwijzer.core.paden import pad


class Reflectiethema(Vocabulaireterm):
    """One of the four themes that recur in almost every aanpak.

    ``toelichting`` is one sentence for cards; ``uitleg`` the text of the theme page.
    """

    kort = models.CharField("korte naam", max_length=40)
    uitleg = models.TextField("uitleg")
    opmerking = models.TextField(
        "opmerking",
        blank=True,
        help_text="Bijvoorbeeld hoe bronnen het verschillend noemen.",
    )

    class Meta(Vocabulaireterm.Meta):
        verbose_name = "reflectiethema"
        verbose_name_plural = "reflectiethema’s"

    def get_absolute_url(self: HasSlug) -> str:
        return pad("themas:detail", self.slug)


class Themafunctie(models.TextChoices):
    """Whether the aanpak works on the theme itself or as a side effect."""

    DIRECT = "direct", "direct"
    INDIRECT = "indirect", "indirect"


class Sterkte(models.TextChoices):
    STERK = "sterk", "sterk"
    ZWAK = "zwak", "zwak"


class Themakoppeling(Koppeling):
    aanpak = models.ForeignKey(
        Aanpak, on_delete=models.CASCADE, related_name="themakoppelingen"
    )
    thema = models.ForeignKey(
        Reflectiethema,
        on_delete=models.PROTECT,
        related_name="themakoppelingen",
        verbose_name="thema",
    )
    functie = models.CharField(
        "functie",
        max_length=20,
        choices=Themafunctie,
        blank=True,
        help_text="Leeg: niet bekend.",
    )
    sterkte = models.CharField("sterkte", max_length=20, choices=Sterkte)

    class Meta:
        verbose_name = "thema van een aanpak"
        verbose_name_plural = "thema’s"
        ordering = ("sterkte", "thema")
        constraints = [
            models.UniqueConstraint(
                fields=("aanpak", "thema"),
                name="aanpakken_themakoppeling_uniek",
                violation_error_message="Dit thema staat er al.",
            ),
            waarde_bestaat("aanpakken_themakoppeling", "basis", Basis),
            waarde_bestaat("aanpakken_themakoppeling", "sterkte", Sterkte),
            waarde_bestaat(
                "aanpakken_themakoppeling", "functie", Themafunctie, leeg=True
            ),
        ]

    def __str__(self) -> str:
        return f"{self.aanpak}: {self.thema}"
