"""Aanpakken that a reader picked, as the address lists them: ``?aanpak=a&aanpak=b``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.http import QueryDict

from aanpakken.whole import AanpakDocument
from wijkwijzer.core.adresvraag import lees_waarde
from wijkwijzer.core.tekens import een_regel
from wijkwijzer.facets.filters import kort
from wijkwijzer.wholes.permalinks import former_slugs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wijkwijzer.wholes.records import Records
    from wijkwijzer.wholes.stand import Stand

MAX_KEUZELIJST = 300
MAX_SELECTIE = 21
# Why a reader picked an aanpak stands in the address too: ``waarom-<slug>=…``.
WAAROM = "waarom-"
MAX_WAAROM = 200


@dataclass
class Keuze:
    """The published aanpakken in the order of the address, and what was left out."""

    aanpakken: list[AanpakDocument]
    meldingen: list[str] = field(default_factory=list)
    # By slug; only of those for which the reader gave a reason.
    redenen: dict[str, str] = field(default_factory=dict)

    @property
    def slugs(self) -> list[str]:
        return [aanpak.slug for aanpak in self.aanpakken]


def lees_keuze(query: QueryDict, maximum: int, stand: Stand) -> Keuze:
    """Read the picked slugs, also former ones. Repeats count once; what is not public
    is named.
    """
    records = stand.records(AanpakDocument)
    gevraagd = list(dict.fromkeys(s for s in query.getlist("aanpak") if s.strip()))
    posities = _posities(gevraagd[: maximum * 4], records)
    meldingen = [
        f"“{kort(slug)}” staat niet (meer) in de catalogus. Die laten we weg."
        for slug in gevraagd
        if slug not in posities
    ][:3]
    # By its old and its new slug it is one aanpak.
    gevonden = list(dict.fromkeys(posities.values()))
    if len(gevonden) > maximum:
        weg = ", ".join(records[positie].name for positie in gevonden[maximum:])
        meldingen.append(f"Er passen er {maximum}. Daarom laten we weg: {weg}.")
    aanpakken = stand.documents(AanpakDocument, gevonden[:maximum])
    redenen = {
        records[positie].slug: reden
        for slug, positie in posities.items()
        if (reden := een_regel(lees_waarde(query, f"{WAAROM}{slug}"), MAX_WAAROM))
    }
    return Keuze(aanpakken, meldingen, redenen)


def _posities(slugs: list[str], records: Records) -> dict[str, int]:
    """Where the published aanpakken are, also by the slugs that they had before.

    A slug has small letters, however somebody typed it.
    """
    gevonden = {slug: records.at_slug(slug.lower()) for slug in slugs}
    zoek = [slug for slug in slugs if gevonden[slug] is None]
    vroeger = former_slugs(AanpakDocument, (slug.lower() for slug in zoek))
    gevonden |= {
        slug: records.of_uuid(vroeger[slug.lower()])
        for slug in zoek
        if slug.lower() in vroeger
    }
    return {slug: p for slug, p in gevonden.items() if p is not None}


def anderen(stand: Stand, slugs: Iterable[str]) -> list[tuple[str, str]]:
    """(slug, name) of every aanpak that can still be added.

    None when there are too many to choose from a list: then the catalogue is the way.
    """
    records = stand.records(AanpakDocument)
    if len(records) > MAX_KEUZELIJST:
        return []
    gekozen = set(slugs)
    alle = (records[positie] for positie in records.in_order(records.all))
    return [(r.slug, r.name) for r in alle if r.slug not in gekozen]


def adres(
    slugs: Iterable[str], redenen: Mapping[str, str] | None = None, **anders: str
) -> str:
    """The query string for these aanpakken, in this order, with why they are there."""
    query = QueryDict(mutable=True)
    query.setlist("aanpak", list(slugs))
    for slug in query.getlist("aanpak"):
        if redenen and (reden := redenen.get(slug)):
            query[f"{WAAROM}{slug}"] = reden
    for sleutel, waarde in anders.items():
        if waarde:
            query[sleutel] = waarde
    return f"?{query.urlencode()}" if query else "?"


def met_adressen(keuze: Keuze, titel: str = "") -> list[dict[str, Any]]:
    """Each picked aanpak with the addresses that take it out or move it."""
    slugs, redenen = keuze.slugs, keuze.redenen
    regels = []
    for plek, aanpak in enumerate(keuze.aanpakken):
        zonder = slugs[:plek] + slugs[plek + 1 :]
        hoger = [*zonder[: plek - 1], aanpak.slug, *zonder[plek - 1 :]]
        lager = [*zonder[: plek + 1], aanpak.slug, *zonder[plek + 1 :]]
        regels.append(
            {
                "aanpak": aanpak,
                "reden": redenen.get(aanpak.slug, ""),
                "zonder_url": adres(zonder, redenen, titel=titel),
                "hoger_url": adres(hoger, redenen, titel=titel) if plek else "",
                "lager_url": (
                    adres(lager, redenen, titel=titel) if plek < len(slugs) - 1 else ""
                ),
            }
        )
    return regels
