"""Write a reaction, look at it, place it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import render

from wijkwijzer.core.adresvraag import lees_getal, lees_waarde
from wijkwijzer.deelname import actions
from wijkwijzer.deelname.forms import ReactieForm
from wijkwijzer.deelname.formulierpagina import (
    bij_onderwerp,
    doe,
    formulierpagina,
    is_bedankt,
    lees,
    naar_bedankt,
    rij_van,
)
from wijkwijzer.deelname.models import Reactie, Stem
from wijkwijzer.deelname.spam import afzender_van

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PER_PAGINA = 50


@formulierpagina(ReactieForm)
def reageren(request: HttpRequest, soort: str, slug: str) -> HttpResponse:
    def toon(onderwerp: Any) -> HttpResponse:
        context: dict[str, Any] = {"onderwerp": onderwerp, "soort": soort}
        if is_bedankt(request):
            return render(request, "deelname/bedankt_reactie.html", context)
        stap = request.POST.get("stap")
        if stap == "aanpassen":
            form = ReactieForm.om_aan_te_passen(request.POST.dict())
        else:
            form = lees(request, ReactieForm)
        if stap == "plaatsen" and doe(
            form,
            lambda: actions.plaats_reactie(
                onderwerp=rij_van(onderwerp),
                tekst=form.cleaned_data["tekst"],
                naam=form.cleaned_data["naam"],
                email=form.cleaned_data["email"],
                sleutel=form.sleutel_uuid,
                afzender=afzender_van(request),
            ),
        ):
            return naar_bedankt(request)
        context["form"] = form
        if stap == "voorbeeld" and form.is_valid():
            return render(request, "deelname/reactie_voorvertoning.html", context)
        reacties = Reactie.objects.over(onderwerp).zichtbaar()
        paginator = Paginator(reacties, PER_PAGINA)
        context |= {
            "page_obj": paginator.get_page(
                lees_getal(lees_waarde(request.GET, "pagina", "1"))
            ),
            "waardering": Stem.objects.over(onderwerp).waardering(),
        }
        return render(request, "deelname/reageren.html", context, status=form.status)

    return bij_onderwerp(request, "reageren", soort, slug, toon)
