"""Home: every way in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import islice
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime

from aanpakken.facets import AanpakFilter
from aanpakken.ringen import ringen
from aanpakken.terms import ThemaTerm, VraagstukTerm
from aanpakken.themas import termen_met_aantal
from aanpakken.whole import AanpakDocument
from interventies.facets import niveauwaarden
from interventies.models import Erkenningsstatus
from interventies.whole import InterventieDocument
from kennisdossier.whole import (
    BegripDocument,
    DossierDocument,
    PraktijkvoorbeeldDocument,
)
from wijkwijzer.wholes.current import current_stand
from wijkwijzer.wholes.records import along

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wijkwijzer.wholes.stand import Stand

RECENT = 3


def home(request: HttpRequest) -> HttpResponse:
    stand = current_stand()
    filterset = AanpakFilter(QueryDict(), stand)
    groepen = {groep.sleutel: groep for groep in filterset.facetten()}
    bijgewerkt, sinds = _bijgewerkt(stand)
    context = {
        "aantal_aanpakken": len(filterset.index.records),
        "cijfers": _cijfers(stand, filterset),
        "vraagstukken": termen_met_aantal(stand, "vraagstuk", VraagstukTerm),
        "themas": termen_met_aantal(stand, "thema", ThemaTerm),
        "ringen": ringen(stand),
        "doelgroepen": [o for o in groepen["doelgroep"].opties if o.aantal],
        "bijgewerkt": bijgewerkt,
        "sinds": sinds,
        "aantal_dossiers": len(stand.records(DossierDocument)),
        "aantal_voorbeelden": len(stand.records(PraktijkvoorbeeldDocument)),
        "aantal_begrippen": len(stand.records(BegripDocument)),
    }
    return render(request, "web/home.html", context)


def _bijgewerkt(stand: Stand) -> tuple[list[tuple[AanpakDocument, date]], date | None]:
    """What was published last, each with its day; and the day of the oldest.

    Only what is newer than that day: what came together has no order to tell of.
    """
    records = stand.records(AanpakDocument)
    oudste = next(along(reversed(records.by_time), records.all, records.length), None)
    if oudste is None:
        return [], None
    sinds = _dag(records[oudste].at)
    laatste = islice(along(records.by_time, records.all, records.length), RECENT)
    recent = [p for p in laatste if _dag(records[p].at) > sinds]
    documenten = stand.documents(AanpakDocument, recent)
    dagen = [_dag(records[p].at) for p in recent]
    return list(zip(documenten, dagen, strict=True)), sinds


def _dag(moment: float) -> date:
    return localtime(datetime.fromtimestamp(moment, UTC)).date()


def _cijfers(stand: Stand, filterset: AanpakFilter) -> list[tuple[int, str, str]]:
    """What there is: a number, its words, and the page where it can be seen."""
    lijst = reverse("aanpakken:list")
    bekend: dict[str, list[str]] = {
        "niveau": [waarde.slug for waarde in niveauwaarden(stand)],
        "erkenning": [Erkenningsstatus.GELDIG, Erkenningsstatus.ONBEKEND],
    }
    index = filterset.index
    met_niveau = index.select(bekend, index.all).bit_count()
    query = filterset.query(**bekend).urlencode()
    return [
        (len(index.records), "aanpakken beschreven", lijst),
        (
            met_niveau,
            "daarvan met een niveau dat niet verlopen lijkt",
            f"{lijst}?{query}",
        ),
        (
            len(stand.records(InterventieDocument)),
            "aanpakken in het register van databanken",
            reverse("interventies:list"),
        ),
        (
            len(index.waarden("actor")),
            "soorten mensen en organisaties in drie ringen",
            reverse("wie:list"),
        ),
    ]
