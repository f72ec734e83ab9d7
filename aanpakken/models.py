"""The catalogue: aanpakken, and everything that says what, for whom and by whom."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Prefetch, Q, Value
from django.db.models.functions import Coalesce, Lower, NullIf
from django.urls import reverse
from taggit.managers import TaggableManager
from taggit.models import TaggedItemBase

from interventies.models import Databankvermelding, Erkenning, Interventie
from wijkwijzer.core.datums import DeeldatumField
from wijkwijzer.core.models import (
    Bron,
    Catalogusversie,
    NatuurlijkeSleutelManager,
    Publiceerbaar,
    PubliceerbaarQuerySet,
    Vocabulaireterm,
    gepubliceerd_heeft,
    waarde_bestaat,
)

MAX_LEEFTIJD = 120


class Rubriek(models.TextChoices):
    """Under which heading the printed overview lists an aanpak."""

    INTERVENTIE = "interventie", "Interventie"
    METHODISCHE_AANPAK = "methodische-aanpak", "Methodische aanpak"


class Basis(models.TextChoices):
    """Who made a link: the source itself, or an editor who inferred it."""

    EXPLICIET = "expliciet", "genoemd in de bron"
    REDACTIONEEL = "redactioneel", "toegevoegd door de redactie"


class Sterkte(models.TextChoices):
    STERK = "sterk", "sterk"
    ZWAK = "zwak", "zwak"


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
        verbose_name_plural = "reflectiethema's"

    def get_absolute_url(self) -> str:
        return reverse("themas:detail", args=[self.slug])


class Actorlaag(Vocabulaireterm):
    """One of the three rings; ``volgorde`` is its number, counted from the core."""

    kort = models.CharField("korte naam", max_length=40)
    ring = models.CharField("plaats in het beeld", max_length=20)
    kenmerk = models.CharField("kenmerk", max_length=250, blank=True)
    uitleg = models.TextField("uitleg", blank=True)

    class Meta(Vocabulaireterm.Meta):
        verbose_name = "ring"
        verbose_name_plural = "ringen"


class Richtvraag(models.Model):
    """A question that helps to find out who is in a ring."""

    laag = models.ForeignKey(
        Actorlaag,
        on_delete=models.CASCADE,
        related_name="richtvragen",
        verbose_name="ring",
    )
    vraag = models.CharField("vraag", max_length=250)
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "richtvraag"
        verbose_name_plural = "richtvragen"
        ordering = ("laag", "volgorde", "pk")

    def __str__(self) -> str:
        return self.vraag


class Actor(Vocabulaireterm):
    """A kind of person or organisation in a ring, such as jongerenwerkers."""

    laag = models.ForeignKey(
        Actorlaag, on_delete=models.PROTECT, related_name="actoren", verbose_name="ring"
    )

    class Meta(Vocabulaireterm.Meta):
        verbose_name = "actor"
        verbose_name_plural = "actoren"

    def get_absolute_url(self) -> str:
        return reverse("wie:detail", args=[self.slug])


class Doelgroep(Vocabulaireterm):
    class Meta(Vocabulaireterm.Meta):
        verbose_name = "doelgroep"
        verbose_name_plural = "doelgroepen"


class Vorm(Vocabulaireterm):
    """The kind of publication in which an aanpak is described."""

    class Meta(Vocabulaireterm.Meta):
        verbose_name = "vorm"
        verbose_name_plural = "vormen"


class Leefbaarheidsaspect(Vocabulaireterm):
    class Meta(Vocabulaireterm.Meta):
        verbose_name = "leefbaarheidsaspect"
        verbose_name_plural = "leefbaarheidsaspecten"


class Criterium(Vocabulaireterm):
    """A condition that every aanpak in the overview meets."""

    class Meta(Vocabulaireterm.Meta):
        verbose_name = "criterium"
        verbose_name_plural = "criteria"


class WerkzaamElement(Vocabulaireterm):
    """What makes an aanpak work, as a source describes it."""

    groep = models.CharField("groep", max_length=100)
    bron = models.ForeignKey(
        Bron,
        on_delete=models.PROTECT,
        related_name="werkzame_elementen",
        verbose_name="bron",
    )

    class Meta(Vocabulaireterm.Meta):
        verbose_name = "werkzaam element"
        verbose_name_plural = "werkzame elementen"


class AanpakQuerySet(PubliceerbaarQuerySet["Aanpak"]):
    def with_kaart(self) -> Self:
        """Load what a card shows: five more queries, however many rows."""
        return self.with_interventie().prefetch_related(
            Prefetch(
                "themakoppelingen", Themakoppeling.objects.select_related("thema")
            ),
            Prefetch(
                "doelgroepkoppelingen",
                Doelgroepkoppeling.objects.select_related("doelgroep"),
            ),
            Prefetch(
                "uitvoeringen", Uitvoering.objects.select_related("actor", "laag")
            ),
            Prefetch("feiten", Feit.objects.select_related("bron")),
        )

    def with_interventie(self) -> Self:
        """Load the register entry with its recognitions: one more query."""
        return self.select_related("vorm", "interventie").prefetch_related(
            Prefetch("interventie__erkenningen", Erkenning.objects.with_regel())
        )

    def with_details(self) -> Self:
        """Load what the detail page shows: eleven more queries.

        Annotates ``catalogusversie`` along, so that the related aanpakken can be found
        in memory without a query of their own.
        """
        versie = Catalogusversie.objects.filter(pk=1).values("versie")
        return (
            self.with_kaart()
            .annotate(catalogusversie=Coalesce(models.Subquery(versie), 0))
            .prefetch_related(
                Prefetch(
                    "interventie__vermeldingen",
                    Databankvermelding.objects.select_related("databank"),
                ),
                Prefetch(
                    "aspectkoppelingen",
                    Aspectkoppeling.objects.select_related("aspect"),
                ),
                Prefetch(
                    "elementkoppelingen",
                    Elementkoppeling.objects.select_related("element__bron"),
                ),
                "stappen",
                "links",
                "bronnen",
            )
        )


class Aanpak(Publiceerbaar):  # type: ignore[django-manager-missing]  # taggit
    """One approach as WijkWijzer describes it."""

    naam = models.CharField("naam", max_length=150)
    sorteernaam = models.CharField(
        "sorteernaam",
        max_length=150,
        blank=True,
        help_text="Alleen als het anders sorteert dan de naam, zonder lidwoord.",
    )
    naamvarianten = models.TextField(
        "naamvarianten", blank=True, help_text="Andere namen, één per regel."
    )
    rubriek = models.CharField(
        "rubriek",
        max_length=20,
        choices=Rubriek,
        help_text="Onder welke kop het gedrukte overzicht deze aanpak zet.",
    )
    volgorde_in_bron = models.PositiveSmallIntegerField(
        "volgorde in de bron", null=True, blank=True
    )
    samenvatting = models.CharField(
        "samenvatting",
        max_length=250,
        blank=True,
        help_text="Eén zin in gewone taal (B1): wie doet wat, en waarvoor?",
    )
    interventie = models.OneToOneField(
        Interventie,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="aanpak",
        verbose_name="interventie in het register",
    )
    doel = models.TextField("doel", blank=True, help_text="Eén doel per regel.")
    vorm = models.ForeignKey(
        Vorm,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="aanpakken",
        verbose_name="vorm",
        help_text="Leeg: niet bekend.",
    )
    vorm_toelichting = models.CharField(
        "toelichting op de vorm", max_length=150, blank=True
    )
    omschrijving = models.TextField(
        "omschrijving", blank=True, help_text="Een lege regel begint een nieuwe alinea."
    )
    stappen_toelichting = models.CharField(
        "toelichting bij de stappen", max_length=250, blank=True
    )
    eigenaar = models.CharField(
        "eigenaar of ontwikkelaar",
        max_length=200,
        blank=True,
        help_text="Een organisatie, nooit een persoon.",
    )
    eigenaar_bron_url = models.URLField(
        "adres dat de eigenaar noemt", max_length=500, blank=True
    )
    bronnen = models.ManyToManyField(
        Bron, verbose_name="bronnen", blank=True, related_name="aanpakken"
    )
    correcties = models.TextField(
        "verbeterd ten opzichte van de bron",
        blank=True,
        help_text="Eén verbetering per regel, zodat lezers het verschil snappen.",
    )
    tags = TaggableManager(
        "trefwoorden",
        through="aanpakken.Trefwoordkoppeling",
        blank=True,
        help_text="Vrije woorden waarop mensen zoeken, met komma's ertussen.",
    )

    bezette_slugs = frozenset({"matrix", "vergelijken"})

    objects = NatuurlijkeSleutelManager.from_queryset(AanpakQuerySet)()

    class Meta(Publiceerbaar.Meta):
        verbose_name = "aanpak"
        verbose_name_plural = "aanpakken"
        ordering = (Lower(Coalesce(NullIf("sorteernaam", Value("")), "naam")), "pk")
        constraints = [
            *Publiceerbaar.Meta.constraints,
            waarde_bestaat("aanpakken_aanpak", "rubriek", Rubriek),
            gepubliceerd_heeft("aanpakken_aanpak", "samenvatting"),
        ]

    def __str__(self) -> str:
        return self.naam

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return reverse("aanpakken:detail", args=[self.slug])

    @property
    def permalink(self) -> str:
        """The address that never changes; it leads to the page of today."""
        return reverse("permalink", args=["aanpak", self.uuid])

    @property
    def zichtbare_interventie(self) -> Interventie | None:
        """The register entry if readers may see it. Needs ``with_interventie()``."""
        interventie = self.interventie
        return interventie if interventie and interventie.is_gepubliceerd else None

    @property
    def sterkste_erkenning(self) -> Erkenning | None:
        """The highest one that readers may see. Needs ``with_interventie()``."""
        interventie = self.zichtbare_interventie
        return interventie.sterkste_erkenning() if interventie else None

    def lagen(self) -> list[Actorlaag]:
        """The rings that act, from the core outward. Needs ``with_kaart()``."""
        lagen = {u.laag for u in self.uitvoeringen.all() if u.laag}
        return sorted(lagen, key=lambda laag: laag.volgorde)

    def feiten_van(self, *soorten: str) -> list[Feit]:
        """The facts of these kinds. Costs a query unless ``feiten`` is prefetched."""
        return [feit for feit in self.feiten.all() if feit.soort in soorten]


class Trefwoordkoppeling(TaggedItemBase):
    """A free tag on an aanpak. Tags help to search; they are not filters."""

    content_object = models.ForeignKey(
        Aanpak, on_delete=models.CASCADE, related_name="trefwoordkoppelingen"
    )
    objects: ClassVar[models.Manager[Trefwoordkoppeling]] = models.Manager()
    natural_key_fields = ("content_object_id", "tag_id")

    class Meta:
        verbose_name = "trefwoord"
        verbose_name_plural = "trefwoorden"
        constraints = [
            models.UniqueConstraint(
                fields=("content_object", "tag"),
                name="aanpakken_trefwoordkoppeling_uniek",
            )
        ]


class Koppeling(models.Model):
    """A link from an aanpak to a term, and on what it rests."""

    basis = models.CharField("basis", max_length=20, choices=Basis)
    reden = models.CharField("reden", max_length=300, blank=True)

    class Meta:
        abstract = True


class Themafunctie(models.TextChoices):
    """Whether the aanpak works on the theme itself or as a side effect."""

    DIRECT = "direct", "direct"
    INDIRECT = "indirect", "indirect"


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
        verbose_name_plural = "thema's"
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


class Aspectkoppeling(Koppeling):
    aanpak = models.ForeignKey(
        Aanpak, on_delete=models.CASCADE, related_name="aspectkoppelingen"
    )
    aspect = models.ForeignKey(
        Leefbaarheidsaspect,
        on_delete=models.PROTECT,
        related_name="aspectkoppelingen",
        verbose_name="aspect",
    )

    class Meta:
        verbose_name = "leefbaarheidsaspect van een aanpak"
        verbose_name_plural = "leefbaarheidsaspecten"
        ordering = ("aspect",)
        constraints = [
            models.UniqueConstraint(
                fields=("aanpak", "aspect"),
                name="aanpakken_aspectkoppeling_uniek",
                violation_error_message="Dit aspect staat er al.",
            ),
            waarde_bestaat("aanpakken_aspectkoppeling", "basis", Basis),
        ]

    def __str__(self) -> str:
        return f"{self.aanpak}: {self.aspect}"


class Elementkoppeling(Koppeling):
    aanpak = models.ForeignKey(
        Aanpak, on_delete=models.CASCADE, related_name="elementkoppelingen"
    )
    element = models.ForeignKey(
        WerkzaamElement,
        on_delete=models.PROTECT,
        related_name="elementkoppelingen",
        verbose_name="werkzaam element",
    )

    class Meta:
        verbose_name = "werkzaam element van een aanpak"
        verbose_name_plural = "werkzame elementen"
        ordering = ("element",)
        constraints = [
            models.UniqueConstraint(
                fields=("aanpak", "element"),
                name="aanpakken_elementkoppeling_uniek",
                violation_error_message="Dit element staat er al.",
            ),
            waarde_bestaat("aanpakken_elementkoppeling", "basis", Basis),
        ]

    def __str__(self) -> str:
        return f"{self.aanpak}: {self.element}"


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
        ]

    def __str__(self) -> str:
        return f"{self.doelgroep} ({self.rol})"

    @property
    def leeftijd(self) -> str:
        """The ages in words; empty when the source names no bound."""
        if self.leeftijd_van is None and self.leeftijd_tot is None:
            return ""
        if self.leeftijd_tot is None:
            return f"vanaf {self.leeftijd_van} jaar"
        if self.leeftijd_van is None:
            return f"tot en met {self.leeftijd_tot} jaar"
        return f"{self.leeftijd_van} tot en met {self.leeftijd_tot} jaar"


class Uitvoeringsrol(models.TextChoices):
    INITIATIEFNEMER = "initiatiefnemer", "initiatiefnemer"
    UITVOERDER = "uitvoerder", "uitvoerder"
    ONDERSTEUNER = "ondersteuner", "ondersteuner"


class Laagbasis(models.TextChoices):
    LIJST = "lijst", "staat in de lijst van de ring"
    REDACTIONEEL = "redactioneel", "ingedeeld door de redactie"


class Uitvoering(models.Model):
    """Who carries out an aanpak, in which role. The rings of an aanpak follow from it.

    The ring belongs to the role and not to the organisation alone: a welzijnsinstelling
    stands in ring 3, its jongerenwerkers in ring 2.
    """

    aanpak = models.ForeignKey(
        Aanpak, on_delete=models.CASCADE, related_name="uitvoeringen"
    )
    naam = models.CharField(
        "wie", max_length=150, help_text="Zoals de bron de uitvoerder noemt."
    )
    rol = models.CharField("rol", max_length=20, choices=Uitvoeringsrol)
    rol_in_bron = models.CharField(
        "rol in de bron",
        max_length=100,
        blank=True,
        help_text="Als de bron een ander woord gebruikt, zoals licentienemer.",
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
            waarde_bestaat("aanpakken_uitvoering", "laag_basis", Laagbasis),
            models.CheckConstraint(
                name="aanpakken_uitvoering_actor_heeft_laag",
                condition=Q(actor__isnull=True) | Q(laag__isnull=False),
                violation_error_message="Kies ook de ring waarin deze actor werkt.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.naam} ({self.rol})"


class Stap(models.Model):
    aanpak = models.ForeignKey(Aanpak, on_delete=models.CASCADE, related_name="stappen")
    nummer = models.PositiveSmallIntegerField("nummer")
    naam = models.CharField("naam", max_length=150)
    toelichting = models.TextField("toelichting", blank=True)

    class Meta:
        verbose_name = "stap"
        verbose_name_plural = "stappen"
        ordering = ("nummer",)
        constraints = [
            models.UniqueConstraint(
                fields=("aanpak", "nummer"),
                name="aanpakken_stap_nummer_uniek",
                violation_error_message="Dit nummer is al een stap.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.nummer}. {self.naam}"


class Feitsoort(models.TextChoices):
    """Where a fact belongs on the page; the first four stand "at a glance"."""

    DUUR = "duur", "duur"
    GROEPSGROOTTE = "groepsgrootte", "groepsgrootte"
    KOSTEN = "kosten", "kosten"
    FREQUENTIE = "frequentie", "hoe vaak"
    ERKENNING = "erkenning", "over de erkenning"
    OVERIG = "overig", "overig"


class Feit(models.Model):
    """One fact about an aanpak with the source that states it."""

    aanpak = models.ForeignKey(Aanpak, on_delete=models.CASCADE, related_name="feiten")
    soort = models.CharField("soort", max_length=20, choices=Feitsoort)
    tekst = models.CharField("feit", max_length=300)
    bron = models.ForeignKey(
        Bron,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="feiten",
        verbose_name="bron",
    )
    bron_url = models.URLField("adres dat dit zegt", max_length=500, blank=True)
    bron_datum = DeeldatumField("datum van die pagina")
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "feit"
        verbose_name_plural = "feiten"
        ordering = ("volgorde", "pk")
        constraints = [
            waarde_bestaat("aanpakken_feit", "soort", Feitsoort),
            models.CheckConstraint(
                name="aanpakken_feit_heeft_bron",
                condition=Q(bron__isnull=False) | ~Q(bron_url=""),
                violation_error_message="Kies een bron of vul een adres in.",
            ),
        ]

    def __str__(self) -> str:
        return self.tekst


class Linksoort(models.TextChoices):
    LEES_MEER = "lees-meer", "lees meer"
    DOCUMENT = "document", "document"
    EXTERN = "extern", "zelf gevonden, staat niet in de bron"


class Linkstatus(models.TextChoices):
    ONBEKEND = "onbekend", "niet gecontroleerd"
    WERKT = "werkt", "werkt"
    KAPOT = "kapot", "werkt niet meer"


class Link(models.Model):
    """Where to read more. A link whose address got lost stays, and says so."""

    aanpak = models.ForeignKey(Aanpak, on_delete=models.CASCADE, related_name="links")
    label = models.CharField("tekst", max_length=150)
    url = models.URLField("adres", max_length=500, blank=True)
    soort = models.CharField("soort", max_length=20, choices=Linksoort)
    status = models.CharField(
        "werkt de link?", max_length=20, choices=Linkstatus, default=Linkstatus.ONBEKEND
    )
    gecontroleerd_op = models.DateField("gecontroleerd op", null=True, blank=True)
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
            waarde_bestaat("aanpakken_link", "status", Linkstatus),
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
