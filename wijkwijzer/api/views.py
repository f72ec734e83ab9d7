"""The addresses of the API."""

from __future__ import annotations

from functools import partial, wraps
from typing import TYPE_CHECKING, Any, ParamSpec

import msgspec
from django.http import Http404, HttpResponse
from django.shortcuts import render

from wijkwijzer.api.adres import JSON, WORTEL
from wijkwijzer.api.alles import schrijf_alles
from wijkwijzer.api.antwoord import (
    LINKS,
    GeenPaginaError,
    antwoord,
    lees_lijst,
    lijstantwoord,
)
from wijkwijzer.api.bestand import bewaard_bestand, lever, maak_bestand
from wijkwijzer.api.openapi import beschrijving
from wijkwijzer.api.problemen import OngeldigError, ongeldig, probleem
from wijkwijzer.api.uitleg import uitleg_van
from wijkwijzer.api.velden import Omgeving
from wijkwijzer.api.vraag import (
    kijk_niets_gevraagd,
    lees_recordvraag,
    lees_sinds,
    lees_vraag,
)
from wijkwijzer.wholes.current import current_stand
from wijkwijzer.wholes.permalinks import gone, refer

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

    from wijkwijzer.api.antwoord import Lijst
    from wijkwijzer.api.collecties import Collectie, Gevonden
    from wijkwijzer.wholes.stand import Stand

P = ParamSpec("P")


def streng(view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
    """A view of which an invalid query is a 400."""

    @wraps(view)
    def binnen(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(*args, **kwargs)
        except OngeldigError as error:
            return ongeldig(error.fouten)

    return binnen


def omgeving_van(request: HttpRequest, stand: Stand) -> Omgeving:
    return Omgeving(stand, request.build_absolute_uri("/")[:-1])


def als_json(data: Any) -> HttpResponse:
    return HttpResponse(msgspec.json.encode(data), content_type=JSON)


@streng
def lijst(request: HttpRequest, collectie: Collectie[Any]) -> HttpResponse:
    stand = current_stand()
    vraag = lees_vraag(collectie, request.GET, stand)
    try:
        gevonden = lees_lijst(collectie, vraag, stand)
    except GeenPaginaError as error:
        woord = "pagina" if error.paginas == 1 else "pagina’s"
        detail = f"pagina: deze lijst heeft {error.paginas} {woord}."
        return probleem(404, detail)
    links = links_van(request, gevonden)
    response = als_json(lijstantwoord(gevonden, omgeving_van(request, stand), links))
    response.headers["Link"] = ", ".join(
        f'<{adres}>; rel="{LINKS[naam]}"' for naam, adres in links.items() if adres
    )
    return response


def links_van(request: HttpRequest, lijst: Lijst) -> dict[str, str | None]:
    """Where the other pages of a list are; None where there is none."""
    pagina = lijst.pagina

    def adres(nummer: int) -> str:
        query = request.GET.copy()
        query["pagina"] = str(nummer)
        return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")

    return {
        "zelf": request.build_absolute_uri(),
        "eerste": adres(1),
        "vorige": adres(pagina.number - 1) if pagina.has_previous() else None,
        "volgende": adres(pagina.number + 1) if pagina.has_next() else None,
        "laatste": adres(lijst.paginas),
    }


@streng
def een(
    request: HttpRequest, collectie: Collectie[Any], **sleutels: str
) -> HttpResponse:
    stand = current_stand()
    vraag = lees_recordvraag(collectie, request.GET)
    gevonden = collectie.vind(stand, "/".join(sleutels.values()))
    if gevonden.record is None:
        return ingetrokken(request, collectie, stand, gevonden)
    if gevonden.moved:
        return refer(request, collectie.adres(gevonden.record))
    omgeving = omgeving_van(request, stand)
    return als_json(antwoord(collectie, gevonden.record, omgeving, vraag.alleen))


def ingetrokken(
    request: HttpRequest,
    collectie: Collectie[Any],
    stand: Stand,
    gevonden: Gevonden[Any],
) -> HttpResponse:
    """410, with why, and what may help instead."""
    if gevonden.was is None:
        raise Http404("nothing was withdrawn")
    was = gone(*gevonden.was)
    omgeving = omgeving_van(request, stand)
    adres = f"{WORTEL}/{collectie.naam}"
    return probleem(
        410,
        f"{was.naam} staat niet meer op WijkWijzer. {was.reden}",
        reden=was.reden,
        uri=omgeving.uri(gevonden.was[0].soort, gevonden.was[1]),
        collectie=omgeving.adres(adres),
        alternatieven=[
            {
                "naam": ander.naam,
                "zelf": omgeving.adres(f"{adres}/{ander.slug}"),
                "redenen": ander.redenen,
            }
            for ander in collectie.alternatieven(stand, was)
        ],
    )


@streng
def openapi(request: HttpRequest) -> HttpResponse:
    """The description of the API, as exact as its answers."""
    kijk_niets_gevraagd(request.GET)
    stand = current_stand()
    return als_json(beschrijving(stand, omgeving_van(request, stand).basis))


@streng
def alles(request: HttpRequest) -> HttpResponseBase:
    """Everything, or what changed since a moment: for who keeps a copy."""
    sinds = lees_sinds(request.GET)
    stand = current_stand()
    omgeving = omgeving_van(request, stand)
    if sinds is None:
        maak = partial(schrijf_alles, omgeving, None)
        bestand = bewaard_bestand("alles", omgeving, maak)
    else:
        bestand = maak_bestand(schrijf_alles(omgeving, sinds))
    return lever(request, bestand, JSON, stand)


def uitleg(request: HttpRequest) -> HttpResponse:
    """The page for who wants to use the API."""
    stand = current_stand()
    basis = request.build_absolute_uri(WORTEL)
    return render(request, "api/uitleg.html", uitleg_van(stand, basis))
