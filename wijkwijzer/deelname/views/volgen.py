"""Follow a list by mail; and, with the link of such a mail, say yes, change or stop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from wijkwijzer.core.adresvraag import lees_waarde
from wijkwijzer.deelname import actions
from wijkwijzer.deelname.forms import AbonnementForm, VolgForm
from wijkwijzer.deelname.formulierpagina import (
    BEDANKT,
    doe,
    formulierpagina,
    is_bedankt,
    is_vertrouwd,
    lees,
)
from wijkwijzer.deelname.mail import kan_mailen
from wijkwijzer.deelname.models import Abonnement
from wijkwijzer.deelname.models.abonnement import BEVESTIG_BINNEN, MAX_VRAAG
from wijkwijzer.deelname.spam import afzender_van
from wijkwijzer.nieuws.sinds import ALLES, Selectie, lees_selectie
from wijkwijzer.wholes.current import current_stand

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

ONBEKEND = "Die lijst kennen we niet. Hieronder volg je alles."
TE_LANG = "Dit zijn te veel filters om te volgen. Haal er een paar weg."


@formulierpagina(VolgForm)
def volgen(request: HttpRequest) -> HttpResponse:
    if is_bedankt(request):
        dagen = {"dagen": BEVESTIG_BINNEN.days}
        return render(request, "deelname/bedankt_volgen.html", dagen)
    selectie, meldingen = _selectie(request)
    form = lees(request, VolgForm)
    past = len(selectie.vraag) <= MAX_VRAAG
    if (
        past
        and kan_mailen()
        and doe(
            form,
            lambda: actions.vraag_abonnement_aan(
                email=form.cleaned_data["email"],
                lijst=selectie.lijst,
                vraag=selectie.vraag,
                titel=selectie.titel,
                ritme=form.cleaned_data["ritme"],
                site=request.build_absolute_uri("/"),
                afzender=afzender_van(request),
            ),
        )
    ):
        return _naar(f"{request.path}?{BEDANKT}=ja")
    context = {
        "form": form,
        "selectie": selectie,
        "meldingen": meldingen if past else [*meldingen, TE_LANG],
        "kan": past and kan_mailen(),
        "kan_mailen": kan_mailen(),
    }
    return render(request, "deelname/volgen.html", context, status=form.status)


def _selectie(request: HttpRequest) -> tuple[Selectie, list[str]]:
    """What the address asks to follow; everything, when that is no list."""
    stand = current_stand()
    lijst = lees_waarde(request.GET, "lijst", ALLES)
    if selectie := lees_selectie(stand, lijst, request.GET):
        return selectie, [*selectie.meldingen]
    alles = lees_selectie(stand, ALLES, request.GET)
    assert alles is not None  # noqa: S101  # a list of ours
    return alles, [ONBEKEND]


@formulierpagina(AbonnementForm)
def abonnement(request: HttpRequest, sleutel: UUID) -> HttpResponse:
    """Of who has the link: nobody else can know it."""
    rij = Abonnement.objects.filter(sleutel=sleutel).first()
    if is_bedankt(request):
        return render(request, "deelname/bedankt_abonnement.html", {"rij": rij})
    if rij is None:
        return render(request, "deelname/geen_abonnement.html", status=404)
    form = _form(request, rij)

    def bewaar() -> None:
        ritme = form.cleaned_data["ritme"]
        if ritme == AbonnementForm.STOP:
            actions.stop_abonnement(sleutel=sleutel)
        else:
            actions.bewaar_abonnement(sleutel=sleutel, ritme=ritme)

    if doe(form, bewaar):
        return _naar(f"{request.path}?{BEDANKT}=ja")
    selectie = lees_selectie(current_stand(), rij.lijst, rij.querydict)
    context: dict[str, Any] = {"form": form, "rij": rij, "selectie": selectie}
    return render(request, "deelname/abonnement.html", context, status=form.status)


def _form(request: HttpRequest, rij: Abonnement) -> AbonnementForm:
    """With what somebody sent, or asked in the link, or else has now."""
    if request.method == "POST":
        return AbonnementForm(request.POST.dict(), vertrouwd=is_vertrouwd(request))
    gevraagd = lees_waarde(request.GET, "ritme")
    keuzes = dict(AbonnementForm.KEUZES)
    return AbonnementForm(
        initial={"ritme": gevraagd if gevraagd in keuzes else rij.ritme}
    )


@csrf_exempt
@never_cache
def stop(request: HttpRequest, sleutel: UUID) -> HttpResponse:
    """What a mail program sends for who presses its button (RFC 8058).

    It comes from no page of ours, so no token is in it but the address itself. A person
    who comes here is led to where it can be chosen. Whether it was there, nobody hears.
    """
    if request.method == "POST":
        if request.POST.get("List-Unsubscribe") != "One-Click":
            return HttpResponseNotAllowed(["GET", "HEAD"])
        actions.stop_abonnement(sleutel=sleutel)
        return HttpResponse("Gestopt.\n", content_type="text/plain; charset=utf-8")
    return _naar(reverse("abonnement", args=[sleutel]) + "?ritme=stop")


stop.takes_post = True  # type: ignore[attr-defined]


def _naar(adres: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(adres, status=303)
