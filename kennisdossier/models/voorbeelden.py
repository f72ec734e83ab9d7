"""Praktijkvoorbeelden: local initiatives, in a wijk of a gemeente."""

from __future__ import annotations

from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Prefetch, Q
from django.urls import reverse

from aanpakken.models import (
    Aanpak,
    Basis,
    Doelgroep,
    Reflectiethema,
    WerkzaamElement,
)
from kennisdossier.models.begrippen import Begrip
from wijkwijzer.core.datums import DeeldatumField
from wijkwijzer.core.models import (
    Bron,
    NatuurlijkeSleutelManager,
    Publiceerbaar,
    PubliceerbaarQuerySet,
    gepubliceerd_heeft,
    waarde_bestaat,
)


class Provincie(models.TextChoices):
    """The provinces, by the last part of their TOOI address (``pv20``: Groningen)."""

    GRONINGEN = "pv20", "Groningen"
    FRYSLAN = "pv21", "Fryslân"
    DRENTHE = "pv22", "Drenthe"
    OVERIJSSEL = "pv23", "Overijssel"
    FLEVOLAND = "pv24", "Flevoland"
    GELDERLAND = "pv25", "Gelderland"
    UTRECHT = "pv26", "Utrecht"
    NOORD_HOLLAND = "pv27", "Noord-Holland"
    ZUID_HOLLAND = "pv28", "Zuid-Holland"
    ZEELAND = "pv29", "Zeeland"
    NOORD_BRABANT = "pv30", "Noord-Brabant"
    LIMBURG = "pv31", "Limburg"


class Gemeente(models.Model):
    """A gemeente, with the code that CBS and TOOI give it."""

    TOOI = "https://identifier.overheid.nl/tooi/id/gemeente/"

    code = models.CharField(
        "code",
        max_length=6,
        unique=True,
        validators=[RegexValidator(r"^gm\d{4}$", "Zo ziet een code eruit: gm0344.")],
        help_text="gm en de vier cijfers van het CBS.",
    )
    naam = models.CharField("naam", max_length=100, unique=True)
    slug = models.SlugField("slug", max_length=100, unique=True)
    provincie = models.CharField("provincie", max_length=4, choices=Provincie)

    objects = NatuurlijkeSleutelManager()

    class Meta:
        verbose_name = "gemeente"
        verbose_name_plural = "gemeenten"
        ordering = ("naam",)
        constraints = [
            models.CheckConstraint(
                name="kennisdossier_gemeente_provincie_bestaat",
                condition=Q(provincie__in=Provincie.values),
                violation_error_message="Kies een provincie uit de lijst.",
            )
        ]

    def __str__(self) -> str:
        return self.naam

    def get_absolute_url(self) -> str:
        return reverse("praktijkvoorbeelden:gemeente", args=[self.slug])

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    @property
    def tooi(self) -> str:
        """The address by which the government identifies this gemeente."""
        return f"{self.TOOI}{self.code}"


class WijkManager(models.Manager["Wijk"]):
    def get_queryset(self) -> models.QuerySet[Wijk]:
        """With the gemeente, which is part of what a wijk is called."""
        return super().get_queryset().select_related("gemeente")

    def get_by_natural_key(self, gemeente: str, slug: str) -> Wijk:
        return self.get(gemeente__slug=gemeente, slug=slug)


class Wijk(models.Model):
    """A neighbourhood of a gemeente."""

    gemeente = models.ForeignKey(
        Gemeente,
        on_delete=models.PROTECT,
        related_name="wijken",
        verbose_name="gemeente",
    )
    naam = models.CharField("naam", max_length=100)
    slug = models.SlugField("slug", max_length=100)
    toelichting = models.CharField("toelichting", max_length=300, blank=True)

    objects = WijkManager()

    class Meta:
        verbose_name = "wijk"
        verbose_name_plural = "wijken"
        ordering = ("gemeente", "naam")
        constraints = [
            models.UniqueConstraint(
                fields=("gemeente", "slug"), name="kennisdossier_wijk_uniek"
            )
        ]

    def __str__(self) -> str:
        return f"{self.naam} ({self.gemeente})"

    def get_absolute_url(self) -> str:
        return reverse("praktijkvoorbeelden:wijk", args=[self.gemeente.slug, self.slug])

    def natural_key(self) -> tuple[str, str]:
        return (self.gemeente.slug, self.slug)

    natural_key.dependencies = ["kennisdossier.gemeente"]  # type: ignore[attr-defined]


class PraktijkvoorbeeldQuerySet(PubliceerbaarQuerySet["Praktijkvoorbeeld"]):
    def with_kaart(self) -> Self:
        """Load what a card shows: two more queries."""
        return self.select_related("gemeente", "wijk__gemeente").prefetch_related(
            "themas", Prefetch("koppelingen", _koppelingen(), to_attr="aanpakken_lijst")
        )

    def with_details(self) -> Self:
        """Load what the page shows and memory does not have: eight more queries."""
        return (
            self.with_kaart()
            .select_related("bron", "onderdeel_van")
            .prefetch_related(
                "cijfers",
                "doelgroepen",
                "uitgebreid_naar",
                Prefetch("begrippen", Begrip.objects.gepubliceerd()),
                "elementen",
                Prefetch("onderdelen", Praktijkvoorbeeld.objects.gepubliceerd()),
            )
        )


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
        verbose_name="thema's",
        help_text="Keuze van de redactie.",
    )
    doelgroepen = models.ManyToManyField(
        Doelgroep,
        blank=True,
        related_name="voorbeelden",
        verbose_name="doelgroepen",
        help_text="Keuze van de redactie.",
    )
    elementen = models.ManyToManyField(
        WerkzaamElement,
        blank=True,
        related_name="voorbeelden",
        verbose_name="werkzame elementen",
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

    def get_absolute_url(self) -> str:
        return reverse("praktijkvoorbeelden:detail", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        if self.wijk and self.gemeente_id != self.wijk.gemeente_id:
            raise ValidationError(
                {"wijk": f"{self.wijk.naam} ligt in gemeente {self.wijk.gemeente}."}
            )

    @property
    def permalink(self) -> str:
        """The address that never changes; it leads to the page of today."""
        return reverse("permalink", args=["praktijkvoorbeeld", self.uuid])


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

    class Meta:
        verbose_name = "verwante aanpak"
        verbose_name_plural = "verwante aanpakken"
        ordering = ("voorbeeld", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("voorbeeld", "aanpak"),
                name="kennisdossier_voorbeeldkoppeling_uniek",
            ),
            waarde_bestaat("kennisdossier_voorbeeldkoppeling", "basis", Basis),
        ]

    def __str__(self) -> str:
        return f"{self.voorbeeld} – {self.aanpak}"


def _koppelingen() -> models.QuerySet[Voorbeeldkoppeling]:
    """Only to aanpakken that readers may see."""
    return Voorbeeldkoppeling.objects.filter(
        aanpak__in=Aanpak.objects.gepubliceerd()
    ).select_related("aanpak")
