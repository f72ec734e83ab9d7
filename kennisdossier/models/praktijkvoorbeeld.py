"""Praktijkvoorbeelden: local initiatives, in a wijk or a gemeente."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from aanpakken.models import (
    Aanpak,
    Actor,
    Basis,
    Doelgroep,
    Reflectiethema,
    WerkzaamElement,
)
from kennisdossier.models.begrip import Begrip
from kennisdossier.models.plaats import Gemeente, Wijk
from wijkwijzer.core.datums import DeeldatumField
from wijkwijzer.core.models import (
    Bron,
    NatuurlijkeSleutelManager,
    Publiceerbaar,
    PubliceerbaarQuerySet,
    gepubliceerd_heeft,
    waarde_bestaat,
)
from wijkwijzer.core.naming import HasSlug
from wijkwijzer.core.paden import pad


class PraktijkvoorbeeldQuerySet(PubliceerbaarQuerySet["Praktijkvoorbeeld"]):
    pass


class Praktijkvoorbeeld(Publiceerbaar):
    """A local initiative somewhere; never the listing of an aanpak in a databank."""

    naam = models.CharField("naam", max_length=150)
    samenvatting = models.CharField(
        "samenvatting",
        max_length=250,
        blank=True,
        help_text="Eén zin in gewone taal (B1): wie doet wat, en waar?",
    )
    omschrijving = models.TextField(
        "omschrijving", blank=True, help_text="Een lege regel begint een nieuwe alinea."
    )
    kernfeiten = models.TextField(
        "kernfeiten", blank=True, help_text="Eén feit per regel."
    )
    gemeente = models.ForeignKey(
        Gemeente,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="voorbeelden",
        verbose_name="gemeente",
        help_text="Leeg: niet bekend.",
    )
    wijk = models.ForeignKey(
        Wijk,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="voorbeelden",
        verbose_name="wijk",
        help_text="Leeg: niet bekend.",
    )
    plaats_toelichting = models.CharField(
        "toelichting op de plaats", max_length=250, blank=True
    )
    begin = DeeldatumField("begonnen")
    eind = DeeldatumField("geëindigd")
    periode_toelichting = models.CharField(
        "toelichting op de periode", max_length=250, blank=True
    )
    uitgebreid_naar = models.ManyToManyField(
        Wijk,
        blank=True,
        related_name="uitbreidingen",
        verbose_name="uitgebreid naar",
    )
    onderdeel_van = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="onderdelen",
        verbose_name="onderdeel van",
    )
    themas = models.ManyToManyField(
        Reflectiethema,
        blank=True,
        related_name="voorbeelden",
        verbose_name="thema’s",
        help_text="Keuze van de redactie.",
    )
    doelgroepen = models.ManyToManyField(
        Doelgroep,
        blank=True,
        related_name="voorbeelden",
        verbose_name="doelgroepen",
        help_text="Keuze van de redactie.",
    )
    actoren = models.ManyToManyField(
        Actor,
        blank=True,
        related_name="voorbeelden",
        verbose_name="wie meedoet",
        help_text="Alleen wie de bron noemt.",
    )
    elementen = models.ManyToManyField(
        WerkzaamElement,
        blank=True,
        related_name="voorbeelden",
        verbose_name="werkzame elementen",
    )
    elementen_basis = models.CharField(
        "basis van de elementen",
        max_length=20,
        choices=Basis,
        default=Basis.EXPLICIET,
        help_text="Noemt de bron ze zelf, of las de redactie ze erin?",
    )
    begrippen = models.ManyToManyField(
        Begrip, blank=True, related_name="voorbeelden", verbose_name="begrippen"
    )
    bron = models.ForeignKey(
        Bron,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="voorbeelden",
        verbose_name="bron",
    )
    extern_url = models.URLField("meer op", max_length=500, blank=True)
    extern_feit = models.CharField("wat daar staat", max_length=250, blank=True)
    let_op = models.CharField("let op", max_length=300, blank=True)

    bezette_slugs = frozenset({"delen", "in"})

    objects = NatuurlijkeSleutelManager.from_queryset(PraktijkvoorbeeldQuerySet)()

    class Meta(Publiceerbaar.Meta):
        verbose_name = "praktijkvoorbeeld"
        verbose_name_plural = "praktijkvoorbeelden"
        ordering = ("naam", "pk")
        constraints = [
            *Publiceerbaar.Meta.constraints,
            gepubliceerd_heeft("kennisdossier_praktijkvoorbeeld", "samenvatting"),
            waarde_bestaat("kennisdossier_praktijkvoorbeeld", "elementen_basis", Basis),
            models.CheckConstraint(
                name="kennisdossier_praktijkvoorbeeld_niet_van_zichzelf",
                condition=~Q(onderdeel_van=F("id")),
                violation_error_message="Een voorbeeld is geen deel van zichzelf.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self: HasSlug) -> str:
        return pad("praktijkvoorbeelden:detail", self.slug)

    def clean(self) -> None:
        super().clean()
        if self.wijk and self.gemeente_id != self.wijk.gemeente_id:
            raise ValidationError(
                {"wijk": f"{self.wijk.naam} ligt in gemeente {self.wijk.gemeente}."}
            )


class Cijfer(models.Model):
    """A figure as a source gives it; it says when it was true, if that is known."""

    voorbeeld = models.ForeignKey(
        Praktijkvoorbeeld, on_delete=models.CASCADE, related_name="cijfers"
    )
    kenmerk = models.CharField("wat is geteld", max_length=150)
    waarde = models.CharField("waarde", max_length=50)
    eenheid = models.CharField("eenheid", max_length=50, blank=True)
    peildatum = DeeldatumField("peildatum", help_text="Leeg: niet bekend.")
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "cijfer"
        verbose_name_plural = "cijfers"
        ordering = ("voorbeeld", "volgorde", "pk")

    def __str__(self) -> str:
        return f"{self.kenmerk}: {self.waarde} {self.eenheid}".strip()


class Voorbeeldkoppeling(models.Model):
    """An aanpak that an example shows in practice, and on what that rests."""

    voorbeeld = models.ForeignKey(
        Praktijkvoorbeeld, on_delete=models.CASCADE, related_name="koppelingen"
    )
    aanpak = models.ForeignKey(
        Aanpak,
        on_delete=models.CASCADE,
        related_name="voorbeeldkoppelingen",
        verbose_name="aanpak",
    )
    basis = models.CharField("basis", max_length=20, choices=Basis)
    reden = models.CharField("reden", max_length=300, blank=True)
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "verwante aanpak"
        verbose_name_plural = "verwante aanpakken"
        ordering = ("voorbeeld", "volgorde", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("voorbeeld", "aanpak"),
                name="kennisdossier_voorbeeldkoppeling_uniek",
            ),
            waarde_bestaat("kennisdossier_voorbeeldkoppeling", "basis", Basis),
        ]

    def __str__(self) -> str:
        return f"{self.voorbeeld} – {self.aanpak}"
