"""A filter form with a search box."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import django_filters
from django import forms

from wijkwijzer.facets.filters import FacetFilterSet, Selection, kort
from wijkwijzer.search.registry import ZOEKEN
from wijkwijzer.search.uitleg import Trefmarkering
from wijkwijzer.search.verwant import ergens, van_delen, verwijzingen
from wijkwijzer.search.vraag import lees_vraag, schone_zoekterm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wijkwijzer.search.index import Zoekindex, Zoekresultaat
    from wijkwijzer.search.verwant import Verwijzing
    from wijkwijzer.search.vraag import Zoekvraag
    from wijkwijzer.wholes.stand import Stand


GEEN_WOORD = "In “{}” staat geen woord om op te zoeken."


class ZoekField(forms.CharField):
    """Takes any text: what cannot be typed on a keyboard is left out."""

    def to_python(self, value: object) -> str:
        return schone_zoekterm(str(value or ""))


class ZoekFilter(django_filters.Filter):
    field_class = ZoekField

    def filter(self, qs: Selection, value: Any) -> Selection:
        """The hits of the query; everything when there is nothing to search for."""
        filterset: ZoekFilterSet = self.parent
        if not filterset.vraag:
            return qs
        return qs.narrowed(filterset.zoekresultaat.bits)


class ZoekFilterSet(FacetFilterSet):
    volgordes = {
        "relevantie": "Relevantie",
        "naam": "Naam",
        "recent": "Laatst gewijzigd",
    }
    # Left in the form when a reader takes the query out: no reason for a message.
    sorteert_stil = frozenset({"relevantie"})

    q = ZoekFilter(label="Zoekterm")

    @classmethod
    def heeft_woord(cls, tekst: str, stand: Stand) -> bool:
        """Whether there is anything in a text to search for: not so in "*"."""
        index: Zoekindex = stand.index(cls.declared, ZOEKEN)
        return bool(lees_vraag(schone_zoekterm(tekst), index.analyse))

    @property
    def waarden(self) -> dict[str, Any]:
        return super().waarden | ({} if self.vraag else {"q": ""})

    def meldingen(self) -> list[str]:
        if self.vraag or not self.zoekterm:
            return super().meldingen()
        melding = GEEN_WOORD.format(kort(self.zoekterm))
        return [f"{melding} We hebben er niet op gezocht.", *super().meldingen()]

    @property
    def sorteeropties(self) -> dict[str, str]:
        weg = frozenset() if self.vraag else self.sorteert_stil
        return {k: v for k, v in self.volgordes.items() if k not in weg}

    @cached_property
    def zoekindex(self) -> Zoekindex:
        index: Zoekindex = self.stand.index(self.declared, ZOEKEN)
        return index

    @property
    def zoekterm(self) -> str:
        """What the reader typed."""
        return str(self.form.cleaned_data.get("q") or "")

    @cached_property
    def vraag(self) -> Zoekvraag:
        return lees_vraag(self.zoekterm, self.zoekindex.analyse)

    @cached_property
    def _gezocht(self) -> tuple[Zoekvraag, Zoekresultaat, str | None]:
        """The query that was answered, its hits, and the near query if there is one.

        When nothing has every word, but a query without typing errors does, that one
        is answered. A word that nothing is about, or that other pages are about, is no
        typing error.
        """
        index = self.zoekindex
        resultaat = index.zoek(self.vraag)
        if resultaat.bits and not resultaat.gedeeltelijk:
            return self.vraag, resultaat, None
        if self._verwant or (not resultaat.bits and self.elders):
            return self.vraag, resultaat, None
        bedoeld = index.verbeterd(self.vraag)
        if bedoeld:
            vraag = lees_vraag(bedoeld, index.analyse)
            beter = index.zoek(vraag)
            if beter.bits and (not resultaat.bits or not beter.gedeeltelijk):
                return vraag, beter, bedoeld
        return self.vraag, resultaat, bedoeld

    @cached_property
    def elders(self) -> bool:
        """Whether anything else on the site has all the words of the query."""
        return bool(self.vraag) and ergens(self.stand, self.zoekterm)

    @cached_property
    def _verwant(self) -> list[Verwijzing]:
        return verwijzingen(self.stand, self.zoekterm)

    @property
    def verwant(self) -> list[Verwijzing]:
        """What comes near the words that nothing is about."""
        resultaat = self.zoekresultaat
        raak = resultaat.bits and not resultaat.gedeeltelijk
        if raak or not self.vraag:
            return []
        if self._verwant or self.bedoeld or self.elders:
            return self._verwant
        return van_delen(self.stand, self.zoekterm)

    @property
    def beantwoord(self) -> Zoekvraag:
        """The query that was answered: the one asked, or the near one."""
        return self._gezocht[0]

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

    def markering(self) -> Trefmarkering:
        """Marks the words of the answered query."""
        return Trefmarkering(self.beantwoord, self.zoekindex.analyse)

    def op_volgorde(self, bits: int) -> Iterator[int]:
        if self.sorteer == "relevantie":
            return self.zoekresultaat.volgorde(bits)
        return super().op_volgorde(bits)

    def waardelabel(self, sleutel: str, waarde: str) -> str:
        return f"“{waarde}”" if sleutel == "q" else super().waardelabel(sleutel, waarde)
