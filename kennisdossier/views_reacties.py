"""Pages with a form, by which readers react, rate, report, ask and share.

They stand beside the pages for reading, which stay in the cache and set no cookie.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from kennisdossier import actions, spam
from kennisdossier.forms import (
    MeldingForm,
    ReactieForm,
    StemForm,
    VoorbeeldForm,
    VraagForm,
)
from kennisdossier.formulierpagina import formulierpagina, is_vertrouwd
from kennisdossier.mail import MailMisluktError, adres_van
from kennisdossier.models import Contactpunt, Dossier, Reactie, Stem
from kennisdossier.models.reacties import ONDERWERPEN
from wijkwijzer.core.permalinks import toon_of_verwijs

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from django.http import HttpRequest, HttpResponse

    from kennisdossier.forms import Lezersformulier
    from wijkwijzer.core.models import Publiceerbaar

    F = TypeVar("F", bound=Lezersformulier)

PER_PAGINA = 50
VERSTUURD = "verstuurd"
KIEZER = f"{'__Secure-' if settings.HTTPS else ''}kiezer"
EEN_JAAR = 365 * 24 * 3600

TE_VAAK = (
    "Vanaf jouw internetverbinding kwamen het afgelopen uur al {} formulieren. Meer "
    "kan niet. Wat je schreef, is er nog. Probeer het over een uur opnieuw."
)
TE_DRUK = (
    "Er kwamen het afgelopen uur heel veel formulieren binnen. Wat je schreef, is er "
    "nog. Probeer het over een uur opnieuw."
)
MAIL_MISLUKT = (
    "Het lukte niet om je vraag te versturen: onze mail werkt nu niet. Je vraag is er "
    "nog. Probeer het straks opnieuw."
)


@formulierpagina
def reageren(request: HttpRequest, soort: str, slug: str) -> HttpResponse:
    def toon(onderwerp: Any) -> HttpResponse:
        context = _context(onderwerp, soort)
        if VERSTUURD in request.GET and request.method != "POST":
            return render(request, "reacties/bedankt_reactie.html", context)
        stap = request.POST.get("stap")
        if stap == "aanpassen":
            form = ReactieForm.om_aan_te_passen(request.POST.dict())
        else:
            form = _lees(request, ReactieForm)
        if stap == "plaatsen" and _doe(
            form,
            lambda: actions.plaats_reactie(
                onderwerp=onderwerp,
                tekst=form.cleaned_data["tekst"],
                naam=form.cleaned_data["naam"],
                email=form.cleaned_data["email"],
                sleutel=form.sleutel_uuid,
                afzender=spam.afzender_van(request),
            ),
        ):
            return _verstuurd(request)
        if stap == "voorbeeld" and form.is_valid():
            return render(
                request, "reacties/reactie_voorbeeld.html", context | {"form": form}
            )
        reacties = Reactie.objects.over(onderwerp).zichtbaar()
        paginator = Paginator(reacties, PER_PAGINA)
        context |= {
            "form": form,
            "page_obj": paginator.get_page(request.GET.get("pagina")),
            "waardering": Stem.objects.over(onderwerp).waardering(),
        }
        return render(request, "reacties/reageren.html", context, status=form.status)

    return _bij_onderwerp(request, "reageren", soort, slug, toon)


@formulierpagina
def waarderen(request: HttpRequest, soort: str, slug: str) -> HttpResponse:
    def toon(onderwerp: Any) -> HttpResponse:
        context = _context(onderwerp, soort)
        if VERSTUURD in request.GET and request.method != "POST":
            return render(request, "reacties/bedankt_stem.html", context)
        form = _lees(request, StemForm)
        geheim = request.COOKIES.get(KIEZER, "")
        if form.is_bound and form.is_valid():
            # Of the form: two clicks of a browser without the cookie are one voter.
            geheim = geheim or spam.hash_van("geheim", form.sleutel_uuid)
            if _doe(
                form,
                lambda: actions.geef_stem(
                    onderwerp=onderwerp,
                    waarde=form.cleaned_data["waarde"],
                    kiezer=actions.kiezer_van(onderwerp, geheim),
                    sleutel=form.sleutel_uuid,
                    afzender=spam.afzender_van(request),
                ),
            ):
                return _met_kiezer(_verstuurd(request), geheim)
        context |= {
            "form": form,
            "waardering": Stem.objects.over(onderwerp).waardering(),
        }
        return render(request, "reacties/waarderen.html", context, status=form.status)

    return _bij_onderwerp(request, "waarderen", soort, slug, toon)


def _met_kiezer(antwoord: HttpResponse, geheim: str) -> HttpResponse:
    """Let the browser remember who it is, for these pages only."""
    antwoord.set_cookie(
        KIEZER,
        geheim,
        max_age=EEN_JAAR,
        path=reverse("waarderen", args=["x", "x"]).removesuffix("x/x/"),
        secure=settings.HTTPS,
        httponly=True,
        samesite="Strict",
    )
    return antwoord


@formulierpagina
def reactie_melden(request: HttpRequest, pk: int) -> HttpResponse:
    reactie = get_object_or_404(
        Reactie.objects.zichtbaar().select_related(*ONDERWERPEN), pk=pk
    )
    if not reactie.onderwerp.is_gepubliceerd:
        raise Http404("the subject of this reaction is not public")
    context: dict[str, Any] = {"reactie": reactie, "onderwerp": reactie.onderwerp}
    if VERSTUURD in request.GET and request.method != "POST":
        return render(request, "reacties/bedankt_melding.html", context)
    form = _lees(request, MeldingForm)
    if _doe(
        form,
        lambda: actions.meld_reactie(
            reactie=reactie,
            reden=form.cleaned_data["reden"],
            sleutel=form.sleutel_uuid,
            afzender=spam.afzender_van(request),
        ),
    ):
        return _verstuurd(request)
    context |= {"form": form}
    return render(request, "reacties/melden.html", context, status=form.status)


@formulierpagina
def contact(request: HttpRequest, slug: str) -> HttpResponse:
    punten = Contactpunt.objects.select_related("organisatie")
    punt = get_object_or_404(
        punten.filter(dossiers__in=Dossier.objects.gepubliceerd()).distinct(), slug=slug
    )
    context: dict[str, Any] = {"contactpunt": punt}
    if VERSTUURD in request.GET and request.method != "POST":
        return render(request, "reacties/bedankt_vraag.html", context)
    form = _lees(request, VraagForm)
    bereikbaar = bool(adres_van(punt))
    if bereikbaar and _doe(
        form,
        lambda: actions.stel_vraag(
            contactpunt=punt,
            vraag=form.cleaned_data["vraag"],
            naam=form.cleaned_data["naam"],
            email=form.cleaned_data["email"],
            afzender=spam.afzender_van(request),
        ),
    ):
        return _verstuurd(request)
    context |= {"form": form, "bereikbaar": bereikbaar}
    return render(request, "reacties/contact.html", context, status=form.status)


@formulierpagina
def praktijkvoorbeeld_delen(request: HttpRequest) -> HttpResponse:
    if VERSTUURD in request.GET and request.method != "POST":
        return render(request, "reacties/bedankt_voorbeeld.html")
    form = _lees(request, VoorbeeldForm)
    if _doe(
        form,
        lambda: actions.deel_voorbeeld(
            naam_voorbeeld=form.cleaned_data["naam_voorbeeld"],
            plaats=form.cleaned_data["plaats"],
            omschrijving=form.cleaned_data["omschrijving"],
            link=form.cleaned_data["link"],
            aanpak=form.cleaned_data.get("aanpak"),
            naam=form.cleaned_data["naam"],
            email=form.cleaned_data["email"],
            sleutel=form.sleutel_uuid,
            afzender=spam.afzender_van(request),
        ),
    ):
        return _verstuurd(request)
    context = {"form": form}
    return render(request, "reacties/delen.html", context, status=form.status)


# What they share


def _bij_onderwerp(
    request: HttpRequest,
    naam: str,
    soort: str,
    slug: str,
    toon: Callable[[Any], HttpResponse],
) -> HttpResponse:
    """Answer for a subject; its former slug leads to the same page of its new one."""
    if not (model := ONDERWERPEN.get(soort)):
        raise Http404(f"nobody can react to {soort!r}")
    objecten: Any = model._default_manager.all()

    def adres(onderwerp: Publiceerbaar) -> str:
        return reverse(naam, args=[soort, onderwerp.slug])

    return toon_of_verwijs(request, objecten, slug, toon, adres)


def _context(onderwerp: Publiceerbaar, soort: str) -> dict[str, Any]:
    return {"onderwerp": onderwerp, "soort": soort}


def _lees(request: HttpRequest, formulier: type[F]) -> F:
    if request.method != "POST":
        return formulier()
    return formulier(request.POST.dict(), vertrouwd=is_vertrouwd(request))


def _doe(form: Lezersformulier, actie: Callable[[], None]) -> bool:
    """Do what a valid form says. If that cannot be now, the form says why."""
    if not (form.is_bound and form.is_valid()):
        return False
    try:
        actie()
    except spam.TeVaakError as fout:
        zin = TE_DRUK if fout.samen else TE_VAAK.format(fout.aantal)
        form.weiger(zin, status=429)
    except MailMisluktError:
        form.weiger(MAIL_MISLUKT, status=503)
    return form.is_valid()


def _verstuurd(request: HttpRequest) -> HttpResponse:
    """Lead to the thanks: reloading that page sends nothing again."""
    return HttpResponseRedirect(f"{request.path}?{VERSTUURD}=ja", status=303)
