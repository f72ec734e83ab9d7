"""Ask a contactpunt something."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404, render

from kennisdossier.models import Contactpunt
from kennisdossier.whole import DossierDocument
from wijkwijzer.deelname import actions
from wijkwijzer.deelname.forms import VraagForm
from wijkwijzer.deelname.formulierpagina import (
    doe,
    formulierpagina,
    is_bedankt,
    lees,
    naar_bedankt,
)
from wijkwijzer.deelname.mail import ontvanger_van
from wijkwijzer.deelname.spam import afzender_van
from wijkwijzer.wholes.current import current_stand

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@formulierpagina(VraagForm)
def contact(request: HttpRequest, slug: str) -> HttpResponse:
    genoemd = (d.contactpunten for d in current_stand().all(DossierDocument))
    term = next((p for p in chain.from_iterable(genoemd) if p.slug == slug), None)
    if term is None:
        raise Http404(f"no dossier that readers see names {slug!r}")
    # The address that a question goes to is in no document.
    punt = get_object_or_404(
        Contactpunt.objects.select_related("organisatie"), slug=slug
    )
    context: dict[str, Any] = {"contactpunt": term, "heeft_email": bool(punt.email)}
    if is_bedankt(request):
        return render(request, "deelname/bedankt_vraag.html", context)
    form = lees(request, VraagForm)
    bereikbaar = bool(ontvanger_van(punt))
    if bereikbaar and doe(
        form,
        lambda: actions.stel_vraag(
            contactpunt=punt,
            vraag=form.cleaned_data["vraag"],
            naam=form.cleaned_data["naam"],
            email=form.cleaned_data["email"],
            sleutel=form.sleutel_uuid,
            afzender=afzender_van(request),
        ),
    ):
        return naar_bedankt(request)
    context |= {"form": form, "bereikbaar": bereikbaar}
    return render(request, "deelname/contact.html", context, status=form.status)
