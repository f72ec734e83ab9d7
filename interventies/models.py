"""What independent databanks say about an approach: listings and recognitions.

Three facts stay apart, because none follows from another: that a databank lists an
approach (:class:`Databankvermelding`), that it recognised it at a level on a date
(:class:`Erkenning`), and under which heading a publication prints it (that one lives
in ``aanpakken``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Left, Length
from django.urls import reverse

from wijkwijzer.core.datums import DeeldatumField, nog_niet_voorbij
from wijkwijzer.core.models import (
    NatuurlijkeSleutelManager,
    Publiceerbaar,
    PubliceerbaarQuerySet,
    Vocabulaireterm,
)

if TYPE_CHECKING:
    from datetime import date

    from wijkwijzer.core.datums import Deeldatum


class Erkenningsstatus(models.TextChoices):
    """Whether a recognition still holds, as far as a source says so."""

    GELDIG = "geldig", "Geldig"
    VERLOPEN = "verlopen", "Verlopen"
    ONBEKEND = "onbekend", "Geldigheid niet bekend"
    GEEN = "geen", "Geen erkenning gevonden"


class Databank(Vocabulaireterm):
    """One of the databanks that recognise interventies together."""

    afkorting = models.CharField("afkorting", max_length=20, blank=True)
    naamvarianten = models.TextField(
        "naamvarianten", blank=True, help_text="Andere schrijfwijzen, één per regel."
    )
    databanknaam = models.CharField(
        "naam van de databank",
        max_length=150,
        blank=True,
        help_text="Als de databank anders heet dan de organisatie.",
    )
    werkveld = models.CharField("werkveld", max_length=200, blank=True)
    werkveld_bron = models.URLField("bron van het werkveld", max_length=500, blank=True)
    organisatie = models.ForeignKey(
        "core.Organisatie",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="databanken",
        verbose_name="beheerder",
    )

    class Meta(Vocabulaireterm.Meta):
        verbose_name = "databank"
        verbose_name_plural = "databanken"


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


class InterventieQuerySet(PubliceerbaarQuerySet["Interventie"]):
    def with_erkenningsstatus(self, peildatum: date) -> Self:
        """Annotate ``erkenningsstatus``: one value for the whole interventie.

        Valid if any recognition is; else unknown if any end date is unknown (no end
        date is ever computed); else expired; none without a recognition.
        """
        erkenningen = Erkenning.objects.filter(interventie=OuterRef("pk"))
        return self.annotate(
            erkenningsstatus=Case(
                When(
                    Exists(
                        erkenningen.filter(nog_niet_voorbij("geldig_tot", peildatum))
                    ),
                    then=Value(Erkenningsstatus.GELDIG),
                ),
                When(
                    Exists(erkenningen.filter(geldig_tot__isnull=True)),
                    then=Value(Erkenningsstatus.ONBEKEND),
                ),
                When(Exists(erkenningen), then=Value(Erkenningsstatus.VERLOPEN)),
                default=Value(Erkenningsstatus.GEEN),
                output_field=models.CharField(),
            )
        )

    def with_hoogste_niveau(self) -> Self:
        """Annotate ``hoogste_niveau``: the slug of the highest main level, or None."""
        return self.annotate(
            hoogste_niveau=Subquery(
                Erkenning.objects.filter(
                    interventie=OuterRef("pk"), niveau__isnull=False
                )
                .order_by("-niveau__volgorde")
                .values(slug=Coalesce("niveau__hoofdniveau__slug", "niveau__slug"))[:1]
            )
        )

    def with_register(self) -> Self:
        """Prefetch recognitions and listings: two more queries, however many rows."""
        return self.prefetch_related(
            models.Prefetch("erkenningen", Erkenning.objects.with_regel()),
            models.Prefetch(
                "vermeldingen", Databankvermelding.objects.select_related("databank")
            ),
        )


class Interventie(Publiceerbaar):
    """A register entry: one approach, and what the databanks say about it."""

    naam = models.CharField("naam", max_length=150)
    toelichting = models.TextField(
        "toelichting",
        blank=True,
        help_text="Wat bronnen over de erkenning zeggen, ook als het botst.",
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
    eigenaar_bron_datum = DeeldatumField("datum van die pagina")

    objects = NatuurlijkeSleutelManager.from_queryset(InterventieQuerySet)()

    class Meta(Publiceerbaar.Meta):
        verbose_name = "interventie"
        verbose_name_plural = "interventies"
        ordering = ("naam",)

    def __str__(self) -> str:
        return self.naam

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return reverse("interventies:detail", args=[self.slug])

    def zichtbare_aanpak(self) -> Any:
        """The published aanpak that this entry is about, or None.

        The relation comes from the app above this one, hence no narrower type. Costs a
        query unless ``aanpak`` was loaded along.
        """
        aanpak = getattr(self, "aanpak", None)
        return aanpak if aanpak and aanpak.is_gepubliceerd else None

    @property
    def permalink(self) -> str:
        return reverse("permalink", args=["interventie", self.uuid])

    def sterkste_erkenning(self) -> Erkenning | None:
        """The recognition at the highest known level, else any, else None.

        Costs a query unless ``erkenningen`` is prefetched.
        """
        return max(
            self.erkenningen.all(),
            key=lambda e: (e.niveau.volgorde if e.niveau else -1, str(e.datum or "")),
            default=None,
        )


class Vermeldingssoort(models.TextChoices):
    INTERVENTIE = "interventie", "interventie"
    PRAKTIJKVOORBEELD = "praktijkvoorbeeld", "praktijkvoorbeeld"
    ONBEKEND = "onbekend", "niet bekend"


class Databankvermelding(models.Model):
    """That a databank lists (or listed) an interventie, and as what."""

    interventie = models.ForeignKey(
        Interventie,
        on_delete=models.CASCADE,
        related_name="vermeldingen",
        verbose_name="interventie",
    )
    databank = models.ForeignKey(
        Databank,
        on_delete=models.PROTECT,
        related_name="vermeldingen",
        verbose_name="databank",
    )
    soort = models.CharField("vermeld als", max_length=20, choices=Vermeldingssoort)
    bron_url = models.URLField("adres dat de vermelding toont", max_length=500)
    bron_datum = DeeldatumField("datum van die pagina")
    bron_stelt = models.CharField("wat die pagina zegt", max_length=300, blank=True)
    opmerking = models.CharField("opmerking", max_length=300, blank=True)

    class Meta:
        verbose_name = "databankvermelding"
        verbose_name_plural = "databankvermeldingen"
        ordering = ("databank", "bron_datum", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("interventie", "databank", "bron_url"),
                name="interventies_databankvermelding_uniek",
                violation_error_message="Deze vermelding staat er al.",
            ),
            models.CheckConstraint(
                name="interventies_databankvermelding_soort_bestaat",
                condition=Q(soort__in=Vermeldingssoort.values),
                violation_error_message="Kies een soort uit de lijst.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.interventie} bij {self.databank}"


class ErkenningQuerySet(models.QuerySet["Erkenning"]):
    def with_regel(self) -> Self:
        """Load level and databank, and annotate ``regel_jaren``: the usual validity."""
        return self.select_related("databank", "niveau").annotate(
            regel_jaren=Subquery(
                Geldigheidsregel.objects.filter(
                    databank=OuterRef("databank"),
                    niveau=Coalesce(
                        OuterRef("niveau__hoofdniveau"), OuterRef("niveau")
                    ),
                ).values("jaren")[:1]
            )
        )


class Erkenning(models.Model):
    """A decision by one databank. What it leaves open stays open: level, date, end."""

    interventie = models.ForeignKey(
        Interventie,
        on_delete=models.CASCADE,
        related_name="erkenningen",
        verbose_name="interventie",
    )
    databank = models.ForeignKey(
        Databank,
        on_delete=models.PROTECT,
        related_name="erkenningen",
        verbose_name="databank",
    )
    niveau = models.ForeignKey(
        Niveau,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="erkenningen",
        verbose_name="niveau",
        help_text="Leeg: niet bekend.",
    )
    datum = DeeldatumField("datum van het besluit")
    orgaan = models.CharField("wie besloot", max_length=200, blank=True)
    geldig_tot = DeeldatumField(
        "geldig tot",
        help_text="Alleen invullen als een bron dit zegt. Leeg: niet bekend.",
    )
    bron_url = models.URLField("adres dat de erkenning noemt", max_length=500)
    bron_datum = DeeldatumField("datum van die pagina")
    bron_stelt = models.CharField("wat die pagina zegt", max_length=300, blank=True)
    opmerking = models.CharField("opmerking", max_length=300, blank=True)

    objects = ErkenningQuerySet.as_manager()

    class Meta:
        verbose_name = "erkenning"
        verbose_name_plural = "erkenningen"
        ordering = (
            "databank",
            F("datum").asc(nulls_last=True),
            "pk",
        )
        constraints = [
            models.UniqueConstraint(
                fields=("interventie", "databank", "bron_url"),
                name="interventies_erkenning_uniek",
                violation_error_message="Deze erkenning staat er al.",
            ),
            models.CheckConstraint(
                name="interventies_erkenning_eindigt_na_besluit",
                # Only as precisely as the end is known: a decision of 18 July can hold
                # until "July" or "2020".
                condition=Q(datum__isnull=True)
                | Q(geldig_tot__isnull=True)
                | Q(geldig_tot__gte=Left("datum", Length("geldig_tot"))),
                violation_error_message="De einddatum ligt vóór het besluit.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.interventie}: {self.niveau or 'niveau niet bekend'}"

    def verwachte_einddatum(self) -> Deeldatum | None:
        """The end date by the databank's rule: an expectation, nobody stated it.

        Needs ``with_regel()``; None when a source gives the end, or no rule fits.
        """
        jaren = getattr(self, "regel_jaren", None)
        if self.geldig_tot or not self.datum or not jaren:
            return None
        datum: Deeldatum = self.datum
        return datum.plus_jaren(jaren)

    def is_verlopen(self, peildatum: date) -> bool | None:
        """Whether a stated end has passed on ``peildatum``; None when unknown."""
        return self.geldig_tot.laatste_dag < peildatum if self.geldig_tot else None
