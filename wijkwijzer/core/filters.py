"""One GET form per app: what a query string asks, and what it says back.

A page forgives: a value that does not exist is left out and named in
:attr:`FacetFilterSet.meldingen`. Nothing a reader types gives a server error.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Self

import django_filters
from django import forms
from django.http import QueryDict

from wijkwijzer.core.facetten import Treffers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model, QuerySet

    from wijkwijzer.core.facetten import Facettenindex, Selectie

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
class Facet:
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


class MeerkeuzeFilter(django_filters.MultipleChoiceFilter):
    """A facet. ``open``: its values show at once; ``zichtbaar``: it is in the form.

    An empty choice means no filter at all.
    """

    def __init__(
        self,
        *args: Any,
        uitleg: str = "",
        open: bool = True,
        zichtbaar: bool = True,
        **kwargs: Any,
    ) -> None:
        self.uitleg, self.open, self.zichtbaar = uitleg, open, zichtbaar
        kwargs.setdefault("distinct", True)
        super().__init__(*args, **kwargs)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """Cheap: every form has its own filters, and nothing in a facet changes."""
        kopie = copy(self)
        if self.method:
            kopie.method = self.method
        return kopie

    def is_noop(self, qs: QuerySet[Model], value: Any) -> bool:
        # Choosing every value is a choice too: records without any value drop out.
        return not value


class FacetFilterSet(django_filters.FilterSet):
    """A filter form whose choices and counts come from a :class:`Facettenindex`.

    ``qs`` is the same selection as a plain queryset: the definition that the index is
    tested against, and the way for callers that need a queryset.
    """

    # Orders that are not always possible; asking for one then is no mistake.
    sorteert_stil: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, data: QueryDict, index: Facettenindex, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.index = index
        self.selectie: Selectie = {}
        self._onbekend: dict[str, list[str]] = {}
        for sleutel in self.meerkeuzes:
            bekend = index.facetten[sleutel].labels
            gegeven = dict.fromkeys(v for v in data.getlist(sleutel) if v.strip())
            self.selectie[sleutel] = [v for v in gegeven if v in bekend]
            self._onbekend[sleutel] = [v for v in gegeven if v not in bekend]
        self.form.full_clean()

    def get_form_class(self) -> type[forms.Form]:
        """The form of what is no facet: fields for a hundred choices cost too much."""
        return _formulier(type(self))  # type: ignore[arg-type]  # classes are hashable

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
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
        """The orders that can be chosen; the first one is the default."""
        return {"naam": "Naam"}

    @cached_property
    def meerkeuzes(self) -> dict[str, MeerkeuzeFilter]:
        return {
            sleutel: filter_
            for sleutel, filter_ in self.filters.items()
            if isinstance(filter_, MeerkeuzeFilter)
        }

    @property
    def sorteer(self) -> str:
        """The chosen order; the first one when none, or an unknown one, is asked."""
        gevraagd = self.data.get("sorteer", "")
        return (
            gevraagd
            if gevraagd in self.sorteeropties
            else next(iter(self.sorteeropties))
        )

    def basis(self) -> int:
        """The records that pass every filter that is not a facet, as a bitmap."""
        return self.index.alle

    @cached_property
    def bits(self) -> int:
        """The records that pass every filter, as a bitmap."""
        return self.index.selecteer(self.selectie, self.basis())

    def volgorde(self) -> Iterable[int] | None:
        """The positions in the chosen order; None is the order of the index."""
        return None

    def treffers(self) -> Treffers:
        """The keys of what was found, in the chosen order, read a page at a time."""
        return Treffers(self.index, self.bits, self.volgorde())

    def facetten(self) -> list[Facet]:
        """Every facet with the count beside each of its values."""
        selectie = self.selectie
        tellingen = self.index.tellingen(selectie, self.basis())
        return [
            Facet(
                sleutel=sleutel,
                titel=str(filter_.label),
                uitleg=filter_.uitleg,
                open=filter_.open or bool(selectie[sleutel]),
                opties=[
                    Optie(
                        waarde=waarde.slug,
                        label=waarde.label,
                        aantal=tellingen[sleutel][waarde.slug],
                        gekozen=waarde.slug in selectie[sleutel],
                    )
                    for waarde in self.index.facetten[sleutel].waarden
                ],
            )
            for sleutel, filter_ in self.meerkeuzes.items()
            if filter_.zichtbaar
        ]

    def verborgen(self) -> list[tuple[str, str]]:
        """Chosen values that have no control in the form, for hidden inputs."""
        return [
            (sleutel, waarde)
            for sleutel, filter_ in self.meerkeuzes.items()
            if not filter_.zichtbaar
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
            if aantal := type(self)(zonder, self.index).bits.bit_count():
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
        if sleutel not in self.index.facetten:
            return waarde
        return self.index.facetten[sleutel].labels.get(waarde, waarde)

    def meldingen(self) -> list[str]:
        """What was left out because it does not exist, one Dutch sentence each."""
        meldingen = [
            f"{filter_.label}: “{kort(waarde)}” bestaat niet. "
            "We hebben dit filter niet gebruikt."
            for sleutel, filter_ in self.meerkeuzes.items()
            for waarde in self._onbekend[sleutel][:3]
        ]
        for sleutel, fouten in self.form.errors.items():
            label = self.filters[sleutel].label
            meldingen += [f"{label}: {fout}" for fout in list(fouten)[:1]]
        gevraagd = self.data.get("sorteer", "")
        if gevraagd and gevraagd not in {*self.sorteeropties, *self.sorteert_stil}:
            meldingen.append(f"Sorteren op “{kort(gevraagd)}” kan niet.")
        return meldingen


@cache
def _formulier(klasse: type[FacetFilterSet]) -> type[forms.Form]:
    velden = {
        sleutel: filter_.field
        for sleutel, filter_ in klasse.base_filters.items()
        if not isinstance(filter_, MeerkeuzeFilter)
    }
    return type(f"{klasse.__name__}Form", (forms.Form,), velden)


def kort(tekst: str) -> str:
    """Printable text of at most MELDING_MAX characters, for inside a message."""
    schoon = "".join(teken if teken.isprintable() else "�" for teken in tekst)
    return schoon if len(schoon) <= MELDING_MAX else f"{schoon[:MELDING_MAX]}…"
