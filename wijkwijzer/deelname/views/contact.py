"""Ask a contactpunt something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404, render

from kennisdossier.models import Contactpunt
from kennisdossier.terms import ContactpuntTerm
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
from wijkwijzer.wholes.permalinks import show_term_or_refer

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wijkwijzer.wholes.stand import Stand


@formulierpagina(VraagForm)
def contact(request: HttpRequest, slug: str) -> HttpResponse:
    def toon(stand: Stand, term: ContactpuntTerm) -> HttpResponse:
        if not any(term in d.contactpunten for d in stand.all(DossierDocument)):
            raise Http404(f"no dossier that readers see names {slug!r}")
        return _contact(request, term)

    return show_term_or_refer(
        request, ContactpuntTerm, slug, toon, ContactpuntTerm.get_absolute_url
    )


def _contact(request: HttpRequest, term: ContactpuntTerm) -> HttpResponse:
    # The address that a question goes to is in no document.
    punt = get_object_or_404(
        Contactpunt.objects.select_related("organisatie"), slug=term.slug
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
