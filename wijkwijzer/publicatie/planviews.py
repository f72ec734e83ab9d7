"""The wijkplan: a worksheet that the browser keeps, and the file of it.

What somebody wrote comes here for one thing: to be set. It is kept in no file, no
database and no log. Because a post does nothing but answer, it needs no cookie to be
trusted; that another site sends one in somebody's name is refused all the same.
"""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt

from aanpakken.keuze import MAX_SELECTIE, adres, lees_keuze
from aanpakken.whole import AanpakDocument
from wijkwijzer.core.adresvraag import lees_waarde
from wijkwijzer.core.tekens import een_regel
from wijkwijzer.publicatie.bewaard import DrukError, geef, zet_los
from wijkwijzer.publicatie.inhoud import laatste_moment
from wijkwijzer.publicatie.leveren import SOORTEN, lever
from wijkwijzer.publicatie.planformulier import Planformulier
from wijkwijzer.publicatie.werkblad import MAX_REGEL
from wijkwijzer.publicatie.wijkplan import SJABLOON, maak_wijkplan
from wijkwijzer.publicatie.zetten import OnzetbaarError, opdracht
from wijkwijzer.wholes.current import current_stand

if TYPE_CHECKING:
    from django.http import HttpRequest

    from aanpakken.keuze import Keuze
    from wijkwijzer.wholes.stand import Stand

logger = logging.getLogger(__name__)

# The aanpak that the seven building blocks are of.
HANDREIKING = "zeven-bouwstenen-buurtagenda"
EIGEN = ("same-origin", "none")
TE_DRUK = (
    "We maken nu al heel veel bestanden. Wat je schreef, is er nog. Probeer het over "
    "een minuut opnieuw."
)
LUKT_NIET = (
    "Het maken lukt nu niet. Dat ligt aan ons. Wat je schreef, is er nog. Probeer het "
    "over een paar minuten opnieuw."
)


def wijkplan(request: HttpRequest) -> HttpResponse:
    stand = current_stand()
    keuze = lees_keuze(request.GET, MAX_SELECTIE, stand)
    titel = een_regel(lees_waarde(request.GET, "titel"), MAX_REGEL)
    form = Planformulier(keuze, initial={"titel": titel})
    return _toon(request, stand, keuze, form)


def _toon(
    request: HttpRequest, stand: Stand, keuze: Keuze, form: Planformulier
) -> HttpResponse:
    bekend = stand.records(AanpakDocument).at_slug(HANDREIKING) is not None
    vraag = adres(keuze.slugs) if keuze.slugs else ""
    context = {
        "form": form,
        "aanpakken": keuze.aanpakken,
        "meldingen": keuze.meldingen,
        "selectie_url": f"{reverse('selectie')}{vraag}",
        "hier": request.build_absolute_uri(reverse("wijkplan") + vraag),
        "handreiking": HANDREIKING if bekend else "",
    }
    response = render(request, "publicatie/wijkplan.html", context, status=form.status)
    if form.is_bound:
        # Who goes back to it finds what they wrote; nobody else does.
        patch_cache_control(response, private=True, no_cache=True)
    return response


@csrf_exempt
def wijkplan_bestand(request: HttpRequest, vorm: str) -> HttpResponse:
    """What was sent as a file; who asks for it without a form gets an empty one."""
    stand = current_stand()
    basis = request.build_absolute_uri("/").rstrip("/")
    if request.method != "POST":
        keuze = lees_keuze(request.GET, MAX_SELECTIE, stand)
        hier = request.build_absolute_uri(reverse("wijkplan"))
        leeg = maak_wijkplan(keuze, {}, laatste_moment(stand), basis, hier)
        wat = opdracht(SJABLOON, leeg, vorm)
        return lever(request, partial(geef, wat), SJABLOON, vorm)
    if request.headers.get("Sec-Fetch-Site", "none") not in EIGEN:
        raise PermissionDenied("a wijkplan from another site")
    keuze = lees_keuze(request.POST, MAX_SELECTIE, stand)
    form = Planformulier(keuze, request.POST.dict())
    if not form.is_valid():
        form.status = 400
        return _toon(request, stand, keuze, form)
    hier = request.build_absolute_uri(reverse("wijkplan") + adres(keuze.slugs))
    plan = maak_wijkplan(keuze, form.cleaned_data, timezone.now(), basis, hier)
    try:
        bestand = zet_los(opdracht(SJABLOON, plan, vorm))
    except DrukError:
        form.kan_nu_niet(TE_DRUK, status=503)
        return _toon(request, stand, keuze, form)
    except OnzetbaarError:
        # Without the error: it may hold what somebody wrote.
        logger.error("Een wijkplan kon niet worden gezet als %s.", vorm)
        form.kan_nu_niet(LUKT_NIET, status=503)
        return _toon(request, stand, keuze, form)
    return HttpResponse(
        bestand,
        content_type=SOORTEN[vorm],
        headers={
            "Content-Disposition": f'attachment; filename="wijkplan.{vorm}"',
            "Cache-Control": "private, no-store",
            "X-Robots-Tag": "noindex",
        },
    )


# Read by operations/methods.py, which refuses what is no GET, HEAD or POST.
wijkplan_bestand.takes_post = True  # type: ignore[attr-defined]
