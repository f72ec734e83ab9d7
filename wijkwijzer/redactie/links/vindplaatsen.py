"""Where addresses stand: in working copies, in what readers see, and in the lists.

Which fields hold addresses follows from the declarations: a new one is looked at as
soon as it is declared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, reduce
from html import unescape
from operator import itemgetter, or_
from typing import TYPE_CHECKING, Any

from django.db.models import F, OuterRef, Q, Subquery, URLField, Value

from kennisdossier.opmaak import OpgemaakteTekstField
from wijkwijzer.wholes.actions import document_of
from wijkwijzer.wholes.declaration import Kind, Spec, Whole, spec_of
from wijkwijzer.wholes.models import Publicatie, Versie
from wijkwijzer.wholes.registry import terms, wholes

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from wijkwijzer.wholes.declaration import Data, Field

# As rich text is kept, also within the JSON of a document once that is read.
HREF = re.compile(r'<a\b[^>]*?\shref="(https?://[^"]*)"')
# In plain text, as ``urlize`` finds them: what ends a sentence ends no address.
LOS = re.compile(r"""(https?://[^\s<>"']*[^\s<>"'.,:;!?)\]])""")
VELDEN = (URLField, OpgemaakteTekstField)
# So many values for every field fit in one query on every database.
TEGELIJK = 500
# So many at most are looked for in texts by the database itself.
AFZONDERLIJK = 40


@dataclass(frozen=True)
class Adresveld:
    """A field with addresses, and the way from its row to the record it belongs to."""

    hoort_bij: type[Any]
    spec: Spec
    veld: Field
    omhoog: tuple[str, ...]

    @property
    def patroon(self) -> re.Pattern[str] | None:
        """How addresses stand in it; None when it is one."""
        if isinstance(self.veld.model_field, OpgemaakteTekstField):
            return HREF
        return LOS if self.veld.info.links else None

    @property
    def naam(self) -> str:
        """What an editor finds it by in the form: "links: adres"."""
        if not self.omhoog:
            return self.veld.label
        return f"{self.spec.model._meta.verbose_name_plural}: {self.veld.label}"

    @property
    def sleutel(self) -> str:
        """The way from its row to the key of the record."""
        return "__".join((*self.omhoog, "pk"))

    def waarden(self) -> QuerySet[Any, Any]:
        """The rows where something stands in it."""
        rijen = self.spec.model._default_manager.order_by()
        return rijen.exclude(**{self.veld.source: ""})


@dataclass(frozen=True)
class Vindplaats:
    """``van_lezers``: in what readers see, which is not the working copy of now."""

    adres: str
    model: type[Model]
    pk: int
    veld: str
    van_lezers: bool = False


@cache
def adresvelden() -> tuple[Adresveld, ...]:
    """Every field of every declaration that holds addresses."""
    verklaard = (*wholes().values(), *terms().values())
    return tuple(v for declared in verklaard for v in _velden(declared, declared, ()))


def _velden(
    bij: type[Any], declared: type[Any], omhoog: tuple[str, ...]
) -> Iterator[Adresveld]:
    spec = spec_of(declared)
    for veld in spec.fields:
        if veld.kind is Kind.PARTS:
            ouder = spec_of(veld.type).parent
            yield from _velden(bij, veld.type, (ouder, *omhoog))
        elif veld.info.links or isinstance(veld.model_field, VELDEN):
            yield Adresveld(bij, spec, veld, omhoog)


def adressen_in(veld: Adresveld, waarde: str) -> list[str]:
    """The addresses in a value: of a text, those of its links."""
    if veld.patroon is None:
        return [waarde] if waarde else []
    gevonden = veld.patroon.findall(waarde)
    return [*map(unescape, gevonden)] if veld.patroon is HREF else gevonden


def alle_adressen() -> set[str]:
    """Every address of a working copy, of what readers see, or of a list."""
    gevonden: set[str] = set()
    for veld in adresvelden():
        waarden = veld.waarden().values_list(veld.veld.source, flat=True)
        for waarde in waarden.iterator():
            gevonden.update(adressen_in(veld, waarde))
    for declared in wholes().values():
        gepubliceerd = Publicatie.objects.filter(soort=declared.soort)
        for _, data in _documenten(gepubliceerd):
            gevonden.update(adres for adres, _ in in_document(declared, data))
    return gevonden


def vindplaatsen(adressen: Iterable[str]) -> dict[str, list[Vindplaats]]:
    """Where these addresses stand now: two queries for each ``TEGELIJK`` of them."""
    gezocht = sorted({*adressen})
    gevonden: dict[str, list[Vindplaats]] = {}
    for n in range(0, len(gezocht), TEGELIJK):
        deel = {*gezocht[n : n + TEGELIJK]}
        for plaats in dict.fromkeys((*_in_werk(deel), *_van_lezers(deel))):
            gevonden.setdefault(plaats.adres, []).append(plaats)
    return gevonden


def _in_werk(gezocht: set[str]) -> Iterator[Vindplaats]:
    velden = adresvelden()
    vragen = [
        veld.waarden()
        .filter(_kan_in(veld, gezocht))
        .values_list(Value(nummer), veld.veld.source, veld.sleutel)
        for nummer, veld in enumerate(velden)
    ]
    for nummer, waarde, pk in sorted(samen(vragen), key=itemgetter(0)):
        veld = velden[nummer]
        for adres in gezocht.intersection(adressen_in(veld, waarde)):
            yield Vindplaats(adres, veld.hoort_bij.model, pk, veld.naam)


def _kan_in(veld: Adresveld, gezocht: set[str]) -> Q:
    """What a value must have to hold one of these; of a text more than that is read."""
    bron = veld.veld.source
    if veld.patroon is None:
        return Q(**{f"{bron}__in": gezocht})
    # Up to what HTML writes in another way. Many one by one take longer than reading.
    begin = {re.split(r"[&<>'\"]", adres)[0] for adres in gezocht}
    if len(begin) > AFZONDERLIJK:
        begin = {"://"}
    return reduce(or_, (Q(**{f"{bron}__contains": stuk}) for stuk in sorted(begin)))


def samen(vragen: list[QuerySet[Any, Any]]) -> Any:
    """The rows of all of these, in one query."""
    eerste, *andere = vragen
    return eerste.union(*andere, all=True) if andere else eerste


def _van_lezers(gezocht: set[str]) -> Iterator[Vindplaats]:
    """In versions that say something else than the working copy does."""
    vragen = []
    for declared in wholes().values():
        werk = declared.model._default_manager.filter(uuid=OuterRef("uuid"))
        vragen.append(
            Publicatie.objects.filter(
                soort=declared.soort, versie__document__isnull=False
            )
            .order_by()
            .annotate(
                werk=Subquery(werk.order_by().values("pk")[:1]),
                werk_revisie=Subquery(werk.order_by().values("revisie")[:1]),
            )
            .exclude(werk=None)
            .exclude(revisie=F("werk_revisie"))
            .values_list("werk", "versie")
        )
    werk_van = {versie: pk for pk, versie in samen(vragen)}
    for versie in Versie.objects.filter(pk__in=werk_van).order_by("pk"):
        declared = wholes()[versie.soort]
        for adres, veld in in_document(declared, document_of(versie) or {}):
            if adres in gezocht:
                pk = werk_van[versie.pk]
                yield Vindplaats(adres, declared.model, pk, veld.naam, True)


def _documenten(
    publicaties: QuerySet[Publicatie],
) -> Iterator[tuple[Publicatie, Data]]:
    gezien = publicaties.filter(versie__document__isnull=False)
    for publicatie in gezien.select_related("versie").iterator():
        if data := document_of(publicatie.versie):
            yield publicatie, data


def in_document(
    declared: type[Whole] | type[Any], data: Data
) -> Iterator[tuple[str, Adresveld]]:
    """Every address in a document, with the field that it stands in."""
    for veld in adresvelden():
        if veld.hoort_bij is declared:
            for deel in _delen(spec_of(declared), veld, data):
                waarde = deel.get(veld.veld.name) or ""
                for adres in adressen_in(veld, waarde):
                    yield adres, veld


def _delen(spec: Spec, veld: Adresveld, data: Data) -> Iterator[Data]:
    """The part of a document, or the parts, that have a field."""
    if spec is veld.spec:
        yield data
    for f in spec.of(Kind.PARTS):
        for deel in data.get(f.name, ()):
            yield from _delen(spec_of(f.type), veld, deel)


def vervang(declared: type[Any], data: Data, oud: str, nieuw: str) -> int:
    """Put another address in a document, wherever it has ``oud``; in how many places.

    The document itself is changed.
    """
    aantal = 0
    for veld in adresvelden():
        if veld.hoort_bij is not declared:
            continue
        for deel in _delen(spec_of(declared), veld, data):
            waarde = deel.get(veld.veld.name) or ""
            keer = adressen_in(veld, waarde).count(oud)
            if keer:
                deel[veld.veld.name] = _anders(veld, waarde, oud, nieuw)
                aantal += keer
    return aantal


def _anders(veld: Adresveld, waarde: str, oud: str, nieuw: str) -> str:
    if veld.patroon is None:
        return nieuw
    is_html = veld.patroon is HREF
    veilig = nieuw.replace('"', "%22").replace("<", "%3C")
    veilig = veilig.replace("&", "&amp;") if is_html else veilig

    def anders(gevonden: re.Match[str]) -> str:
        if (unescape(gevonden[1]) if is_html else gevonden[1]) != oud:
            return gevonden[0]
        begin, eind = (plek - gevonden.start() for plek in gevonden.span(1))
        return f"{gevonden[0][:begin]}{veilig}{gevonden[0][eind:]}"

    return veld.patroon.sub(anders, waarde)
