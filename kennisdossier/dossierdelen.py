"""What the pages of a dossier show."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

from kennisdossier.kennis import kennis
from kennisdossier.opmaak import met_schuifbare_tabellen, platte_tekst
from wijkwijzer.core.paden import pad
from wijkwijzer.wholes.links import met_linkmerken

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kennisdossier.whole import DossierDocument
    from wijkwijzer.wholes.stand import Stand

# A careful round number: an estimate for the reader, not a measurement.
WOORDEN_PER_MINUUT = 200


def dossierdelen(stand: Stand, dossier: DossierDocument) -> dict[str, Any]:
    """What every page of a dossier needs."""
    context: dict[str, Any] = {
        "dossier": dossier,
        "erbij": kennis(stand).erbij(dossier),
    }
    return context | {"heeft_lessen": heeft_lessen(context)}


def adressen_ernaast(stand: Stand, dossier: DossierDocument) -> list[str]:
    """The addresses of the pages that there are beside a dossier."""
    lessen = dossierdelen(stand, dossier)["heeft_lessen"]
    delen = {"lessen": lessen, "vragen": bool(dossier.vragen)}
    return [pad(f"kennisdossier:{deel}", dossier.slug) for deel in delen if delen[deel]]


def heeft_lessen(context: dict[str, Any]) -> bool:
    """Whether there is something on the page with lessons."""
    dossier: DossierDocument = context["dossier"]
    return bool(
        context["erbij"].voorbeelden
        or dossier.effecten
        or dossier.elementen
        or dossier.tips
        or dossier.aandachtspunten
        or dossier.financieringen
        or dossier.links
    )


def artikelen(stand: Stand, dossier: DossierDocument) -> dict[str, Any]:
    """The articles with their terms marked, and how long reading takes."""
    markeer = kennis(stand).begrippen.markering()
    dode_links = stand.vocabulary.dode_links
    return {
        "artikelen": [
            # Links last: no term of the glossary is marked in what they say.
            (a, met_linkmerken(markeer(met_schuifbare_tabellen(a.tekst)), dode_links))
            for a in dossier.artikelen
        ],
        "leestijd": leestijd(artikel.tekst for artikel in dossier.artikelen),
        "gepubliceerd_op": stand.first_at(dossier),
        "bijgewerkt_op": stand.changed_at(dossier),
    }


def leestijd(teksten: Iterable[str]) -> int:
    """How many minutes reading takes, at least one."""
    woorden = sum(len(platte_tekst(tekst).split()) for tekst in teksten)
    return max(1, ceil(woorden / WOORDEN_PER_MINUUT))
