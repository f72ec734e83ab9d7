"""Dossiers: articles, and what was learned around them."""

from __future__ import annotations

from typing import Self

from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import Prefetch
from django.urls import reverse

from aanpakken.models import Aanpak, WerkzaamElement
from kennisdossier.models.voorbeelden import Praktijkvoorbeeld
from kennisdossier.opmaak import OpgemaakteTekstField
from wijkwijzer.core.models import (
    Bron,
    NatuurlijkeSleutelManager,
    Organisatie,
    Publiceerbaar,
    PubliceerbaarQuerySet,
    gepubliceerd_heeft,
)


class DossierQuerySet(PubliceerbaarQuerySet["Dossier"]):
    def with_kaart(self) -> Self:
        """Load what a card shows: one more query."""
        return self.select_related("bron").prefetch_related("organisaties")

    def with_details(self) -> Self:
        """Load what the page shows and memory does not have: three more queries."""
        return self.with_kaart().prefetch_related(
            "artikelen",
            Prefetch(
                "contactpunten", Contactpunt.objects.select_related("organisatie")
            ),
        )


class Dossier(Publiceerbaar):
    """A subject, explained in articles that together are one page."""

    naam = models.CharField("titel", max_length=150)
    samenvatting = models.CharField(
        "samenvatting",
        max_length=250,
        blank=True,
        help_text="Eén zin in gewone taal (B1): wat leer je hier?",
    )
    bron = models.ForeignKey(
        Bron,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="dossiers",
        verbose_name="geschreven op basis van",
    )
    organisaties = models.ManyToManyField(
        Organisatie,
        blank=True,
        related_name="dossiers",
        verbose_name="kennis van",
        help_text="Van welke organisaties de kennis komt; nooit een persoon.",
    )
    elementen = models.ManyToManyField(
        WerkzaamElement,
        blank=True,
        related_name="dossiers",
        verbose_name="werkzame elementen",
    )
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)

    objects = NatuurlijkeSleutelManager.from_queryset(DossierQuerySet)()

    class Meta(Publiceerbaar.Meta):
        verbose_name = "dossier"
        verbose_name_plural = "dossiers"
        ordering = ("volgorde", "naam")
        constraints = [
            *Publiceerbaar.Meta.constraints,
            gepubliceerd_heeft("kennisdossier_dossier", "samenvatting"),
        ]

    def __str__(self) -> str:
        return self.naam

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return reverse("kennisdossier:detail", args=[self.slug])


class ArtikelManager(models.Manager["Artikel"]):
    def get_by_natural_key(self, dossier: str, slug: str) -> Artikel:
        return self.get(dossier__slug=dossier, slug=slug)


class Artikel(models.Model):
    """A part of a dossier: a heading of its page, with text under it."""

    dossier = models.ForeignKey(
        Dossier, on_delete=models.CASCADE, related_name="artikelen"
    )
    naam = models.CharField("kop", max_length=150)
    slug = models.SlugField(
        "slug", max_length=100, help_text="Deel van het adres: …/dossier/#slug"
    )
    tekst = OpgemaakteTekstField("tekst")
    bronsecties = models.TextField(
        "secties in de bron",
        blank=True,
        help_text="De koppen in de bron waar dit op rust, één per regel.",
    )
    aanpakken = models.ManyToManyField(
        Aanpak, blank=True, related_name="artikelen", verbose_name="genoemde aanpakken"
    )
    voorbeelden = models.ManyToManyField(
        Praktijkvoorbeeld,
        blank=True,
        related_name="artikelen",
        verbose_name="genoemde praktijkvoorbeelden",
    )
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)

    objects = ArtikelManager()

    class Meta:
        verbose_name = "artikel"
        verbose_name_plural = "artikelen"
        ordering = ("dossier", "volgorde", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("dossier", "slug"), name="kennisdossier_artikel_uniek"
            )
        ]

    def __str__(self) -> str:
        return self.naam

    def get_absolute_url(self) -> str:
        return f"{self.dossier.get_absolute_url()}#{self.slug}"

    def natural_key(self) -> tuple[str, str]:
        return (self.dossier.slug, self.slug)

    natural_key.dependencies = ["kennisdossier.dossier"]  # type: ignore[attr-defined]


class Dossierlink(models.Model):
    """A publication or site that a dossier names; its address may be unknown."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="links")
    label = models.CharField("label", max_length=250)
    toelichting = models.CharField(
        "maker, jaar en vorm",
        max_length=250,
        blank=True,
        help_text="Movisie, 2019, pdf",
    )
    url = models.URLField(
        "adres", max_length=500, blank=True, help_text="Leeg: niet bekend."
    )
    opmerking = models.CharField("opmerking", max_length=250, blank=True)
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "verder lezen"
        verbose_name_plural = "verder lezen"
        ordering = ("dossier", "volgorde", "pk")

    def __str__(self) -> str:
        return self.label


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


class Les(models.Model):
    """Something learned, told in a sentence or two, and the source that says so."""

    tekst = models.CharField("tekst", max_length=500)
    bron = models.ForeignKey(
        Bron, on_delete=models.PROTECT, related_name="+", verbose_name="bron"
    )
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.tekst


class Tip(Les):
    """A piece of advice from practice."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="tips")
    groep = models.CharField(
        "wie geeft de tip", max_length=150, help_text="Een functie of organisatie."
    )
    voorbeeld = models.ForeignKey(
        Praktijkvoorbeeld,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="tips",
        verbose_name="uit de praktijk van",
    )

    class Meta:
        verbose_name = "tip"
        verbose_name_plural = "tips"
        ordering = ("dossier", "volgorde", "pk")


class Effect(Les):
    """What changed, for whom, and how sure that is."""

    slug = models.SlugField("slug", max_length=100, unique=True)
    op = models.CharField("bij wie", max_length=150)
    zekerheid = models.CharField(
        "hoe zeker",
        max_length=150,
        blank=True,
        help_text="Bijvoorbeeld: ervaring, evaluatie nog niet klaar.",
    )
    dossiers = models.ManyToManyField(
        Dossier, blank=True, related_name="effecten", verbose_name="dossiers"
    )
    aanpakken = models.ManyToManyField(
        Aanpak, blank=True, related_name="effecten", verbose_name="aanpakken"
    )
    voorbeelden = models.ManyToManyField(
        Praktijkvoorbeeld,
        blank=True,
        related_name="effecten",
        verbose_name="praktijkvoorbeelden",
    )

    objects = NatuurlijkeSleutelManager()

    class Meta:
        verbose_name = "effect"
        verbose_name_plural = "effecten"
        ordering = ("volgorde", "pk")

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class Aandachtspunt(Les):
    """What a gemeente can do, or better not do."""

    dossier = models.ForeignKey(
        Dossier, on_delete=models.CASCADE, related_name="aandachtspunten"
    )
    kop = models.CharField("kop", max_length=150)

    class Meta:
        verbose_name = "aandachtspunt voor gemeenten"
        verbose_name_plural = "aandachtspunten voor gemeenten"
        ordering = ("dossier", "volgorde", "pk")


class Financiering(Les):
    """Who pays, for how long, and what was learned about money."""

    financiers = models.TextField("geld van", blank=True, help_text="Eén per regel.")
    in_natura = models.TextField("in natura", blank=True, help_text="Eén per regel.")
    duur = models.CharField("hoe lang", max_length=150, blank=True)
    afgewezen = models.CharField("afgewezen", max_length=250, blank=True)
    url = models.URLField("adres", max_length=500, blank=True)
    dossier = models.ForeignKey(
        Dossier,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="financieringen",
        verbose_name="dossier",
    )
    voorbeeld = models.ForeignKey(
        Praktijkvoorbeeld,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="financieringen",
        verbose_name="praktijkvoorbeeld",
    )
    aanpak = models.ForeignKey(
        Aanpak,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="financieringen",
        verbose_name="aanpak",
    )

    class Meta:
        verbose_name = "financiering"
        verbose_name_plural = "financiering"
        ordering = ("volgorde", "pk")


class Contactpunt(models.Model):
    """An organisation or function to ask. Never a person; the address is not shown."""

    slug = models.SlugField("slug", max_length=100, unique=True)
    organisatie = models.ForeignKey(
        Organisatie,
        on_delete=models.PROTECT,
        related_name="contactpunten",
        verbose_name="organisatie",
    )
    functie = models.CharField(
        "functie", max_length=150, blank=True, help_text="Leeg: niet bekend."
    )
    expertise = models.TextField(
        "weet veel van", blank=True, help_text="Eén per regel."
    )
    email = models.EmailField(
        "e-mailadres",
        blank=True,
        help_text=(
            "Lezers zien dit nooit: hun vraag gaat erheen. "
            "Leeg: de vraag gaat naar de redactie."
        ),
    )
    dossiers = models.ManyToManyField(
        Dossier, blank=True, related_name="contactpunten", verbose_name="dossiers"
    )
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)

    objects = NatuurlijkeSleutelManager()

    class Meta:
        verbose_name = "contactpunt"
        verbose_name_plural = "contactpunten"
        ordering = ("volgorde", "pk")

    def __str__(self) -> str:
        return f"{self.functie or 'Contactpunt'} bij {self.organisatie}"

    def get_absolute_url(self) -> str:
        return reverse("contact", args=[self.slug])

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class Afbeelding(models.Model):
    """A picture for in a text. Without description and maker it cannot be used."""

    bestand = models.ImageField(
        "bestand",
        upload_to="afbeeldingen/",
        width_field="breedte",
        height_field="hoogte",
        validators=[FileExtensionValidator(["jpg", "jpeg", "png", "webp"])],
    )
    alt = models.CharField(
        "beschrijving",
        max_length=250,
        help_text="Wat je ziet, voor wie het beeld niet kan zien.",
    )
    maker = models.CharField("maker en rechten", max_length=150)
    breedte = models.PositiveIntegerField("breedte", editable=False)
    hoogte = models.PositiveIntegerField("hoogte", editable=False)

    class Meta:
        verbose_name = "afbeelding"
        verbose_name_plural = "afbeeldingen"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.alt
