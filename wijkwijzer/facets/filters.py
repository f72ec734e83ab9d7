"""One GET form per kind of record: what a query string asks, and what it says back.

The filters of django-filter are made from the declared facets, and act on a selection
in memory instead of a query. A page forgives: a value that does not exist is left out
and named in :attr:`FacetFilterSet.meldingen`. Nothing a reader types gives a server
error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Self

import django_filters
from django import forms
from django.http import QueryDict

from wijkwijzer.core.adresvraag import lees_waarde
from wijkwijzer.core.tekens import afgekapt, toonbaar
from wijkwijzer.facets.declaration import FACETTEN, Facet
from wijkwijzer.wholes.records import Hits, along

if TYPE_CHECKING:
    from wijkwijzer.facets.index import FacetIndex
    from wijkwijzer.wholes.declaration import Whole
    from wijkwijzer.wholes.stand import Stand

# Longer values are cut in a message, so that a page never echoes 10 kB.
MELDING_MAX = 40


@dataclass(frozen=True)
class Optie:
    """One choice in a facet with the number of results it leads to."""

    waarde: str
    label: str
    aantal: int = 0
    gekozen: bool = False

    @property
    def kiesbaar(self) -> bool:
        """A chosen value can always be switched off, even when it finds nothing."""
        return self.aantal > 0 or self.gekozen


@dataclass(frozen=True)
class Keuzegroep:
    """A facet as the form shows it."""

    sleutel: str
    titel: str
    opties: list[Optie]
    uitleg: str = ""
    open: bool = True

    @property
    def aantal_gekozen(self) -> int:
        return sum(optie.gekozen for optie in self.opties)


@dataclass(frozen=True)
class Chip:
    """An active filter, and the address of the same page without it."""

    groep: str
    label: str
    url: str


@dataclass(frozen=True)
class Versoepeling:
    """A filter to drop, the address without it, and how many results that gives."""

    groep: str
    url: str
    aantal: int


@dataclass(frozen=True)
class Selection:
    """The records that pass the filters so far: what django-filter calls a queryset."""

    index: FacetIndex
    bits: int
    # What django-filter wants of a queryset.
    model: None = None

    def all(self) -> Selection:
        return self

    def narrowed(self, bits: int) -> Selection:
        return Selection(self.index, self.bits & bits)


class FacetFilter(django_filters.MultipleChoiceFilter):
    """The filter of one facet. An empty choice means no filter at all."""

    def __init__(self, facet: Facet) -> None:
        super().__init__(field_name=facet.key, label=facet.title)
        self.facet = facet

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """Cheap: every form has its own filters, and nothing in a facet changes."""
        return copy(self)

    def filter(self, qs: Selection, value: Sequence[str]) -> Selection:
        if not value:
            return qs
        return qs.narrowed(qs.index.any_of(self.facet.key, value))


class TypedFilter(django_filters.Filter):
    """The filter of a facet of which one value is typed."""

    def __init__(self, facet: Facet) -> None:
        super().__init__(field_name=facet.key, label=facet.title)
        self.facet = facet

    @property
    def field(self) -> forms.Field:
        make: Callable[[], forms.Field] = self.facet.field  # type: ignore[assignment]
        return make()

    def filter(self, qs: Selection, value: Any) -> Selection:
        if value is None:
            return qs
        index, facet = qs.index, self.facet
        fits = {str(value), facet.left_open} - {""}
        return qs.narrowed(index.any_of(facet.key, fits))


class FacetFilterSet(django_filters.FilterSet):
    """The filter form of one kind of record, with its choices and counts."""

    declared: ClassVar[type[Whole]]
    facets: ClassVar[Sequence[Facet]] = ()
    # Every order that may be asked, and those that are not always possible: asking for
    # one of them then is no mistake.
    volgordes: ClassVar[Mapping[str, str]] = {"naam": "Naam"}
    sorteert_stil: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def get_filters(cls) -> dict[str, django_filters.Filter]:
        filters: dict[str, django_filters.Filter] = super().get_filters()
        return filters | {
            facet.key: TypedFilter(facet) if facet.field else FacetFilter(facet)
            for facet in cls.facets
        }

    def __init__(self, data: QueryDict, stand: Stand) -> None:
        self.stand = stand
        self.index = self.index_of(stand)
        # Keys with more values than one can be used, as they were asked.
        self.herhaald = self._herhaald(data)
        if self.herhaald:
            data = data.copy()
            for sleutel, waarden in self.herhaald.items():
                data[sleutel] = waarden[-1]
        super().__init__(data, queryset=Selection(self.index, self.index.all))
        self.selectie: dict[str, list[str]] = {}
        # What was asked and does not exist, per key.
        self.onbekend: dict[str, list[str]] = {}
        for sleutel in self.meerkeuzes:
            gegeven = dict.fromkeys(v for v in data.getlist(sleutel) if v.strip())
            bekend = {v for v in gegeven if self.index.known(sleutel, v)}
            self.selectie[sleutel] = [v for v in gegeven if v in bekend]
            self.onbekend[sleutel] = [v for v in gegeven if v not in bekend]
        self.form.full_clean()

    @classmethod
    def _herhaald(cls, data: QueryDict) -> dict[str, list[str]]:
        """Of what can be asked once: the values of a key that is there more often.

        An empty value is as if it is not there, as in ``lees_waarde``.
        """
        enkel = [
            *(s for s, f in cls.base_filters.items() if not isinstance(f, FacetFilter)),
            "sorteer",
        ]
        return {
            sleutel: list(dict.fromkeys(filter(str.strip, waarden))) or [""]
            for sleutel in enkel
            if len(waarden := data.getlist(sleutel)) > 1
        }

    @classmethod
    def index_of(cls, stand: Stand) -> FacetIndex:
        index: FacetIndex = stand.index(cls.declared, FACETTEN)
        return index

    def get_form_class(self) -> type[forms.Form]:
        """The form of what is typed: fields for a hundred choices cost too much."""
        return _formulier(type(self))  # type: ignore[arg-type]  # classes are hashable

    def filter_queryset(self, queryset: Selection) -> Selection:
        for sleutel, waarde in self.waarden.items():
            queryset = self.filters[sleutel].filter(queryset, waarde)
        return queryset

    @property
    def waarden(self) -> dict[str, Any]:
        """What was asked and exists, per key, in the order of the filters."""
        gegeven = self.form.cleaned_data | self.selectie
        return {sleutel: gegeven.get(sleutel) for sleutel in self.filters}

    @property
    def sorteeropties(self) -> dict[str, str]:
        """The orders that can be chosen now; the first one is the default."""
        return dict(self.volgordes)

    @cached_property
    def meerkeuzes(self) -> dict[str, Facet]:
        return {
            sleutel: filter_.facet
            for sleutel, filter_ in self.filters.items()
            if isinstance(filter_, FacetFilter)
        }

    @property
    def sorteer(self) -> str:
        """The chosen order; the first one when none, or an unknown one, is asked."""
        gevraagd = lees_waarde(self.data, "sorteer")
        return (
            gevraagd
            if gevraagd in self.sorteeropties
            else next(iter(self.sorteeropties))
        )

    @property
    def bits(self) -> int:
        """The records that pass every filter, as a bitmap."""
        selection: Selection = self.qs
        return selection.bits

    @cached_property
    def basis(self) -> int:
        """What passes every filter but those that have counts, as a bitmap."""
        selection: Selection = self.queryset
        for sleutel, waarde in self.waarden.items():
            if sleutel not in self.meerkeuzes:
                selection = self.filters[sleutel].filter(selection, waarde)
        return selection.bits

    def op_volgorde(self, bits: int) -> Iterator[int]:
        """The positions of a bitmap in the chosen order."""
        records = self.index.records
        if self.sorteer == "recent":
            return along(records.by_time, bits, records.length)
        return records.in_order(bits)

    @cached_property
    def named(self) -> int:
        """The records that name what was typed, as a bitmap; all, if nothing was."""
        bits = self.index.all
        for sleutel, filter_ in self.filters.items():
            waarde = self.waarden[sleutel]
            if isinstance(filter_, TypedFilter) and waarde is not None:
                bits &= self.index.bits(sleutel, str(waarde))
        return bits

    @property
    def eerst(self) -> Sequence[int]:
        """What comes before the rest, as bitmaps; the first of them weighs most."""
        return (self.named,)

    def _fitting_first(self, bits: int) -> Iterator[int]:
        """What names what was typed, then what leaves it open."""
        parts = [bits]
        for first in self.eerst:
            parts = [half for part in parts for half in (part & first, part & ~first)]
        for part in parts:
            if part:
                yield from self.op_volgorde(part)

    def treffers(self) -> Hits:
        """The positions of what was found, in the chosen order."""
        return Hits(self.bits, self._fitting_first)

    def facetten(self) -> list[Keuzegroep]:
        """Every visible facet with the count beside each of its values."""
        selectie = self.selectie
        tellingen = self.index.counts(selectie, self.basis)
        return [
            Keuzegroep(
                sleutel=sleutel,
                titel=facet.title,
                uitleg=facet.explanation,
                open=facet.open or bool(selectie[sleutel]),
                opties=[
                    Optie(
                        waarde=waarde.slug,
                        label=waarde.label,
                        aantal=tellingen[sleutel][waarde.slug],
                        gekozen=waarde.slug in selectie[sleutel],
                    )
                    for waarde in self.index.waarden(sleutel).values()
                ],
            )
            for sleutel, facet in self.meerkeuzes.items()
            if facet.visible
        ]

    def verborgen(self) -> list[tuple[str, str]]:
        """Chosen values that have no control in the form, for hidden inputs."""
        return [
            (sleutel, waarde)
            for sleutel, facet in self.meerkeuzes.items()
            if not facet.visible
            for waarde in self.selectie[sleutel]
        ]

    def sorteerkeuzes(self) -> list[Optie]:
        return [
            Optie(waarde, label, gekozen=waarde == self.sorteer)
            for waarde, label in self.sorteeropties.items()
        ]

    def query(self, **anders: Any) -> QueryDict:
        """The query string of this page: known keys only, in a fixed order.

        Keyword arguments replace a key's values; an empty list takes the key out.
        """
        waarden: dict[str, list[str]] = {
            sleutel: self._als_lijst(waarde) for sleutel, waarde in self.waarden.items()
        }
        if self.sorteer != next(iter(self.sorteeropties)):
            waarden["sorteer"] = [self.sorteer]
        query = QueryDict(mutable=True)
        for sleutel, lijst in (waarden | anders).items():
            if lijst:
                query.setlist(sleutel, lijst)
        return query

    @staticmethod
    def _als_lijst(waarde: Any) -> list[str]:
        if waarde is None or waarde == "":
            return []
        return waarde if isinstance(waarde, list) else [str(waarde)]

    def chips(self) -> list[Chip]:
        """The active filters, each with the query string of the page without it."""
        chips = []
        for sleutel, waarden in self.query(sorteer=[]).lists():
            for waarde in waarden:
                over = [w for w in waarden if w != waarde]
                chips.append(
                    Chip(
                        groep=str(self.filters[sleutel].label),
                        label=self.waardelabel(sleutel, waarde),
                        url=f"?{self.query(**{sleutel: over}).urlencode()}",
                    )
                )
        return chips

    def versoepelingen(self) -> list[Versoepeling]:
        """For a page without results: what each filter hides, most first."""
        opties = []
        for sleutel in self.query(sorteer=[]):
            zonder = self.query(**{sleutel: []})
            if aantal := type(self)(zonder, self.stand).bits.bit_count():
                opties.append(
                    Versoepeling(
                        str(self.filters[sleutel].label),
                        f"?{zonder.urlencode()}",
                        aantal,
                    )
                )
        return sorted(opties, key=lambda optie: -optie.aantal)

    def waardelabel(self, sleutel: str, waarde: str) -> str:
        """The words of a value, for people."""
        return self.index.label(sleutel, waarde)

    def meldingen(self) -> list[str]:
        """What was left out because it does not exist, one Dutch sentence each."""
        meldingen = [
            f"{facet.title}: “{kort(waarde)}” bestaat niet. "
            "We hebben dit filter niet gebruikt."
            for sleutel, facet in self.meerkeuzes.items()
            for waarde in self.onbekend[sleutel][:3]
        ]
        for sleutel, waarden in self.herhaald.items():
            if len(waarden) > 1:
                filter_ = self.filters.get(sleutel)
                label = filter_.label if filter_ else "Sorteren"
                meldingen.append(
                    f"{label} kan maar één keer. We hebben “{kort(waarden[-1])}” "
                    "gebruikt."
                )
        for sleutel, fouten in self.form.errors.items():
            label = self.filters[sleutel].label
            meldingen += [f"{label}: {fout}" for fout in list(fouten)[:1]]
        gevraagd = lees_waarde(self.data, "sorteer")
        if gevraagd and gevraagd not in {*self.sorteeropties, *self.sorteert_stil}:
            meldingen.append(f"Sorteren op “{kort(gevraagd)}” kan niet.")
        return meldingen


@cache
def _formulier(klasse: type[FacetFilterSet]) -> type[forms.Form]:
    velden = {
        sleutel: filter_.field
        for sleutel, filter_ in klasse.base_filters.items()
        if not isinstance(filter_, FacetFilter)
    }
    return type(f"{klasse.__name__}Form", (forms.Form,), velden)


def kort(tekst: str) -> str:
    """Printable text of at most MELDING_MAX characters, for inside a message."""
    schoon = toonbaar(tekst)
    kop = afgekapt(schoon, MELDING_MAX)
    return schoon if len(kop) == len(schoon) else f"{kop}…"
