"""Tell the editors that a reaction should not be there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404, render

from wijkwijzer.deelname import actions
from wijkwijzer.deelname.forms import MeldingForm
from wijkwijzer.deelname.formulierpagina import (
    doe,
    formulierpagina,
    is_bedankt,
    lees,
    naar_bedankt,
)
from wijkwijzer.deelname.models import ONDERWERPEN, Reactie
from wijkwijzer.deelname.spam import afzender_van
from wijkwijzer.wholes.current import current_stand
from wijkwijzer.wholes.registry import wholes

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@formulierpagina(MeldingForm)
def reactie_melden(request: HttpRequest, pk: int) -> HttpResponse:
    zichtbaar = Reactie.objects.zichtbaar().select_related(*ONDERWERPEN)
    reactie = get_object_or_404(zichtbaar, pk=pk)
    rij = reactie.onderwerp
    onderwerp = current_stand().published(wholes()[rij.soort], rij.uuid)
    if onderwerp is None:
        raise Http404("the subject of this reaction is not public")
    context: dict[str, Any] = {"reactie": reactie, "onderwerp": onderwerp}
    if is_bedankt(request):
        return render(request, "deelname/bedankt_melding.html", context)
    form = lees(request, MeldingForm)
    if doe(
        form,
        lambda: actions.meld_reactie(
            reactie=reactie,
            reden=form.cleaned_data["reden"],
            sleutel=form.sleutel_uuid,
            afzender=afzender_van(request),
        ),
    ):
        return naar_bedankt(request)
    context["form"] = form
    return render(request, "deelname/melden.html", context, status=form.status)
