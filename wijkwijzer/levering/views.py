"""Files to take along: of a list, of a selection, of everything."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse

from aanpakken.facets import AanpakFilter
from aanpakken.keuze import MAX_SELECTIE, lees_keuze
from aanpakken.matrix import maak_matrix
from aanpakken.whole import AanpakDocument
from wijkwijzer.api.antwoord import treffers
from wijkwijzer.api.bestand import bewaard_bestand, lever, maak_bestand
from wijkwijzer.api.collecties import OP_NAAM
from wijkwijzer.api.views import omgeving_van, streng
from wijkwijzer.api.vraag import lees_vraag
from wijkwijzer.levering import catalogus as beschrijving
from wijkwijzer.levering.lijst import FORMATEN, Meegenomen, schrijf_lijst
from wijkwijzer.levering.matrix import MATRIXFORMATEN, schrijf_matrix
from wijkwijzer.levering.over import Over
from wijkwijzer.levering.pakket import ZIP, schrijf_pakket
from wijkwijzer.wholes.current import current_stand

if TYPE_CHECKING:
    from django.http import HttpRequest

    from wijkwijzer.wholes.stand import Stand


@streng
def lijst(request: HttpRequest, naam: str, formaat: str) -> HttpResponseBase:
    """All pages of a list. As strict as the API: a file cannot say what it ignored."""
    stand, collectie = current_stand(), OP_NAAM[naam]
    vraag = lees_vraag(collectie, request.GET, stand)
    plaatsen = treffers(collectie, vraag, stand)
    over = Over(collectie.titel, _pagina(request, f"{naam}:list"), len(plaatsen), stand)
    wat = Meegenomen(collectie, plaatsen, over, vraag.alleen)
    return _lever_lijst(request, wat, formaat, naam, stand)


@streng
def selectie(request: HttpRequest, formaat: str) -> HttpResponseBase:
    """The aanpakken that somebody picked, in their order."""
    stand = current_stand()
    keuze = lees_keuze(request.GET, MAX_SELECTIE, stand)
    records = stand.records(AanpakDocument)
    plaatsen = [p for s in keuze.slugs if (p := records.at_slug(s)) is not None]
    over = Over(
        "Een selectie van aanpakken",
        _pagina(request, "selectie"),
        len(plaatsen),
        stand,
        keuze.meldingen,
    )
    wat = Meegenomen(OP_NAAM["aanpakken"], plaatsen, over)
    return _lever_lijst(request, wat, formaat, "selectie", stand)


def matrix(request: HttpRequest, formaat: str) -> HttpResponseBase:
    """The evidence map. As its page and its csv it takes what it knows, and says so."""
    stand = current_stand()
    filterset = AanpakFilter(request.GET, stand)
    matrix = maak_matrix(filterset, request.GET)
    over = Over(
        f"Matrix van aanpakken, {matrix.rijtitel} en {matrix.kolomtitel}",
        _pagina(request, "aanpakken:matrix"),
        matrix.totaal.aantal,
        stand,
        [*filter(None, (*filterset.meldingen(), *matrix.meldingen, matrix.uitleg))],
    )
    bestand = maak_bestand([schrijf_matrix(matrix, over, formaat)])
    response = lever(request, bestand, MATRIXFORMATEN[formaat], stand)
    for kop, waarde in over.kopregels().items():
        response.headers[kop] = waarde
    return _als_bestand(response, f"wijkwijzer-matrix-{stand.day}.{formaat}")


def _pagina(request: HttpRequest, naam: str) -> str:
    """The address of the page that shows the same; ``naam`` is what it is called."""
    query = request.GET.copy()
    for eigen in ("fields", "pagina"):
        query.pop(eigen, None)
    vraag = f"?{query.urlencode()}" if query else ""
    return request.build_absolute_uri(f"{reverse(naam)}{vraag}")


def _lever_lijst(
    request: HttpRequest, wat: Meegenomen, formaat: str, naam: str, stand: Stand
) -> HttpResponseBase:
    stukken = schrijf_lijst(wat, formaat, omgeving_van(request, stand))
    response = lever(request, maak_bestand(stukken), FORMATEN[formaat], stand)
    for kop, waarde in wat.over.kopregels().items():
        response.headers[kop] = waarde
    return _als_bestand(response, f"wijkwijzer-{naam}-{stand.day}.{formaat}")


def pakket(request: HttpRequest) -> HttpResponseBase:
    """Everything as tables."""
    stand = current_stand()
    omgeving = omgeving_van(request, stand)
    bestand = bewaard_bestand("pakket", omgeving, partial(schrijf_pakket, omgeving))
    response = lever(request, bestand, ZIP, stand)
    return _als_bestand(response, f"wijkwijzer-{stand.day}.zip")


def catalogus(request: HttpRequest) -> HttpResponse:
    """What there is, for who gathers what data there is."""
    data = beschrijving.catalogus(current_stand(), request.build_absolute_uri)
    return HttpResponse(msgspec.json.encode(data), content_type=beschrijving.JSONLD)


def _als_bestand(response: HttpResponseBase, naam: str) -> HttpResponseBase:
    if response.status_code == 200:
        response.headers["Content-Disposition"] = f'attachment; filename="{naam}"'
    return response
