"""The filter form of the catalogue: shared by page, feed, export, embed and API."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from aanpakken.models import MAX_LEEFTIJD, Aanpak, Doelgroepkoppeling, Doelgroeprol
from interventies.catalogus import NIVEAU_ONBEKEND
from interventies.models import Databankvermelding, Erkenningsstatus, Interventie
from wijkwijzer.core.filters import FacetFilterSet, MeerkeuzeFilter
from wijkwijzer.search.uitleg import Markering
from wijkwijzer.search.vraag import MAX_TEKENS, lees_vraag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from aanpakken.catalogus import Catalogus
    from wijkwijzer.search.index import Zoekresultaat
    from wijkwijzer.search.vraag import Zoekvraag

LEEFTIJD_FOUT = f"vul een heel getal in van 0 tot en met {MAX_LEEFTIJD}."


class ZoekField(forms.CharField):
    """Takes any text: what cannot be typed on a keyboard is left out."""

    def to_python(self, value: object) -> str:
        tekst = "".join(t if t.isprintable() else " " for t in str(value or ""))
        return " ".join(tekst.split())[:MAX_TEKENS]


class ZoekFilter(django_filters.Filter):
    field_class = ZoekField


class LeeftijdField(forms.IntegerField):
    def __init__(self, **kwargs: object) -> None:
        fouten = dict.fromkeys(("invalid", "min_value", "max_value"), LEEFTIJD_FOUT)
        super().__init__(
            required=False, min_value=0, max_value=MAX_LEEFTIJD, error_messages=fouten
        )

    def to_python(self, value: Any) -> int | None:
        """Only the digits of our keyboards: int() also reads "١٤" and "1_4"."""
        cijfers = str(value or "").strip()
        if cijfers and not (cijfers.isascii() and cijfers.isdecimal()):
            raise forms.ValidationError(LEEFTIJD_FOUT, code="invalid")
        return super().to_python(cijfers)


class LeeftijdFilter(django_filters.Filter):
    field_class = LeeftijdField


class AanpakFilter(FacetFilterSet):
    index: Catalogus
    # Left in the form when a reader takes the query out: no reason for a message.
    sorteert_stil = frozenset({"relevantie"})

    q = ZoekFilter(label="Zoekterm", method="filter_q")

    laag = MeerkeuzeFilter(label="Wie doet het?", field_name="uitvoeringen__laag__slug")
    thema = MeerkeuzeFilter(label="Thema", field_name="themakoppelingen__thema__slug")
    doelgroep = MeerkeuzeFilter(
        label="Doelgroep", field_name="doelgroepkoppelingen__doelgroep__slug"
    )
    leeftijd = LeeftijdFilter(label="Leeftijd", method="filter_leeftijd")
    niveau = MeerkeuzeFilter(
        label="Niveau van erkenning",
        method="filter_niveau",
        uitleg="Het hoogste niveau dat een databank gaf.",
    )
    erkenning = MeerkeuzeFilter(
        label="Geldt de erkenning nog?",
        method="filter_erkenning",
        uitleg="Alleen volgens wat een bron zegt. We rekenen niets uit.",
    )
    soort = MeerkeuzeFilter(label="Soort", field_name="rubriek", open=False)
    vorm = MeerkeuzeFilter(label="Vorm", field_name="vorm__slug", open=False)
    aspect = MeerkeuzeFilter(
        label="Leefbaarheid", field_name="aspectkoppelingen__aspect__slug", open=False
    )
    databank = MeerkeuzeFilter(label="Databank", method="filter_databank", open=False)
    actor = MeerkeuzeFilter(
        label="Actor", field_name="uitvoeringen__actor__slug", open=False
    )
    element = MeerkeuzeFilter(
        label="Werkzaam element",
        field_name="elementkoppelingen__element__slug",
        open=False,
    )
    tag = MeerkeuzeFilter(label="Trefwoord", field_name="tags__slug", zichtbaar=False)

    class Meta:
        model = Aanpak
        fields: list[str] = []

    @property
    def sorteeropties(self) -> dict[str, str]:
        opties = {"naam": "Naam", "recent": "Laatst gewijzigd"}
        return {"relevantie": "Relevantie", **opties} if self.vraag else opties

    @property
    def zoekterm(self) -> str:
        """What the reader typed."""
        return str(self.form.cleaned_data.get("q") or "")

    @cached_property
    def vraag(self) -> Zoekvraag:
        return lees_vraag(self.zoekterm, self.index.zoekindex.analyse)

    @cached_property
    def _gezocht(self) -> tuple[Zoekvraag, Zoekresultaat, str | None]:
        """The query that was answered, its hits, and the near query if there is one.

        When nothing has every word, but a query without typing errors does, that one
        is answered.
        """
        index = self.index.zoekindex
        resultaat = index.zoek(self.vraag)
        if resultaat.bits and not resultaat.gedeeltelijk:
            return self.vraag, resultaat, None
        bedoeld = index.verbeterd(self.vraag)
        if bedoeld:
            vraag = lees_vraag(bedoeld, index.analyse)
            beter = index.zoek(vraag)
            if beter.bits and (not resultaat.bits or not beter.gedeeltelijk):
                return vraag, beter, bedoeld
        return self.vraag, resultaat, bedoeld

    @property
    def zoekresultaat(self) -> Zoekresultaat:
        return self._gezocht[1]

    @property
    def bedoeld(self) -> str | None:
        """The query that the reader may have meant, or None."""
        return self._gezocht[2] if self.vraag else None

    @property
    def toont_bedoeld(self) -> bool:
        """Whether the results are for the query that was meant."""
        return bool(self.bedoeld) and self._gezocht[0] is not self.vraag

    def markering(self) -> Markering:
        """Marks the words of the answered query."""
        return Markering(self._gezocht[0], self.index.zoekindex.analyse)

    def basis(self) -> int:
        bits = self.index.alle
        leeftijd = self.form.cleaned_data.get("leeftijd")
        if leeftijd is not None:
            bits &= self.index.met_leeftijd(leeftijd)
        return bits & self.zoekresultaat.bits if self.vraag else bits

    def volgorde(self) -> Iterable[int] | None:
        if self.sorteer == "relevantie":
            return self.zoekresultaat.volgorde()
        return self.index.recent if self.sorteer == "recent" else None

    def waardelabel(self, sleutel: str, waarde: str) -> str:
        if sleutel == "leeftijd":
            return f"{waarde} jaar"
        return f"“{waarde}”" if sleutel == "q" else super().waardelabel(sleutel, waarde)

    def filter_q(
        self, queryset: QuerySet[Aanpak], name: str, q: str
    ) -> QuerySet[Aanpak]:
        """The hits of the index: words have no meaning in SQL."""
        if not self.vraag:
            return queryset
        bits = self.zoekresultaat.bits
        return queryset.filter(pk__in=self.index.pks_van(bits))

    def filter_leeftijd(
        self, queryset: QuerySet[Aanpak], name: str, leeftijd: int
    ) -> QuerySet[Aanpak]:
        return queryset.filter(
            Exists(
                Doelgroepkoppeling.objects.filter(
                    Q(leeftijd_van__isnull=True) | Q(leeftijd_van__lte=leeftijd),
                    Q(leeftijd_tot__isnull=True) | Q(leeftijd_tot__gte=leeftijd),
                    aanpak=OuterRef("pk"),
                    rol=Doelgroeprol.PRIMAIR,
                )
            )
        )

    def filter_niveau(
        self, queryset: QuerySet[Aanpak], name: str, slugs: list[str]
    ) -> QuerySet[Aanpak]:
        met_niveau = (
            Interventie.objects.gepubliceerd()
            .with_hoogste_niveau()
            .exclude(Q(hoogste_niveau=None))
        )
        passend = Q(
            interventie__in=met_niveau.filter(Q(hoogste_niveau__in=slugs)).values("pk")
        )
        if NIVEAU_ONBEKEND.slug in slugs:
            passend |= Q(interventie=None) | ~Q(interventie__in=met_niveau.values("pk"))
        return queryset.filter(passend)

    def filter_erkenning(
        self, queryset: QuerySet[Aanpak], name: str, slugs: list[str]
    ) -> QuerySet[Aanpak]:
        zichtbaar = Interventie.objects.gepubliceerd()
        met_status = zichtbaar.with_erkenningsstatus(timezone.localdate())
        passend = Q(
            interventie__in=met_status.filter(Q(erkenningsstatus__in=slugs)).values(
                "pk"
            )
        )
        if Erkenningsstatus.GEEN in slugs:
            passend |= Q(interventie=None) | ~Q(interventie__in=zichtbaar.values("pk"))
        return queryset.filter(passend)

    def filter_databank(
        self, queryset: QuerySet[Aanpak], name: str, slugs: list[str]
    ) -> QuerySet[Aanpak]:
        return queryset.filter(
            interventie__in=Databankvermelding.objects.filter(
                databank__slug__in=slugs,
                interventie__in=Interventie.objects.gepubliceerd().values("pk"),
            ).values("interventie")
        )
