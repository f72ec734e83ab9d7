"""The pages: choose a file, see what it would do, say that it must; and exports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from wijkwijzer.core.klad import vraagt
from wijkwijzer.rekenblad.schrijven import schrijf, schrijf_csv
from wijkwijzer.uitwisseling import voortgang
from wijkwijzer.uitwisseling.bladen import TEKST_VAN_UITLEG
from wijkwijzer.uitwisseling.erkenningen import NIET, VELDEN, VOORBEELD
from wijkwijzer.uitwisseling.gelezen import alle_soorten
from wijkwijzer.uitwisseling.invoer import bevestig, ga_verder, ontvang, ruim_op
from wijkwijzer.uitwisseling.models import BEWAARTIJD, Inhoud, Invoer, Stap
from wijkwijzer.uitwisseling.poort import MAX_BESTAND, MB, SOORTEN, GeweigerdError
from wijkwijzer.uitwisseling.rechten import IMPORTEREN, mag_publiceren
from wijkwijzer.uitwisseling.uitvoer import (
    FORMATEN,
    bestandsnaam,
    exporteer,
    te_exporteren,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.http import HttpRequest

LAATSTE = 10
VERVERS = 2


class InleesForm(forms.Form):
    inhoud = forms.ChoiceField(
        label="Wat zit erin?",
        choices=Inhoud.choices,
        help_text="Besluiten van een databank: de uitleg staat onderaan deze pagina.",
    )
    bestand = forms.FileField(
        label="Bestand",
        help_text=f"Hoogstens {MAX_BESTAND // MB} MB: {', '.join(SOORTEN)}.",
        widget=forms.FileInput({"accept": ",".join(SOORTEN)}),
        error_messages={
            "required": "Kies een bestand.",
            "empty": "Dit bestand is leeg.",
        },
    )


class ExportForm(forms.Form):
    soort = forms.ChoiceField(label="Wat wil je hebben?")
    formaat = forms.ChoiceField(
        label="In welke vorm?",
        choices=[(formaat, naam) for formaat, (naam, _, _) in FORMATEN.items()],
    )

    def __init__(self, *args: Any, soorten: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        namen = [
            (soort, str(alle_soorten()[soort].model._meta.verbose_name_plural))
            for soort in soorten
        ]
        keuze = cast("forms.ChoiceField", self.fields["soort"])
        keuze.choices = [("", "Alles"), *sorted(namen, key=lambda n: n[1])]
        keuze.required = False


def _wie(request: HttpRequest) -> User:
    return cast("User", request.user)


def _mag_inlezen(request: HttpRequest) -> None:
    if not _wie(request).has_perm(IMPORTEREN):
        raise PermissionDenied


def _pagina(
    request: HttpRequest, template: str, titel: str, *, status: int = 200, **extra: Any
) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": titel, **extra}
    return render(request, template, context, status=status)


@vraagt(InleesForm)
def begin(request: HttpRequest) -> HttpResponse:
    """Take out, or bring in."""
    wie = _wie(request)
    soorten, mag_inlezen = te_exporteren(wie), wie.has_perm(IMPORTEREN)
    if not soorten and not mag_inlezen:
        raise PermissionDenied
    form = InleesForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        _mag_inlezen(request)
        if form.is_valid():
            bestand = form.cleaned_data["bestand"]
            try:
                invoer = ontvang(
                    naam=bestand.name,
                    # One byte more says that it is too large; the rest is not read.
                    inhoud=bestand.read(MAX_BESTAND + 1),
                    by=wie,
                    wat=form.cleaned_data["inhoud"],
                )
            except GeweigerdError as fout:
                form.add_error("bestand", str(fout))
            else:
                return HttpResponseRedirect(_adres(invoer))
    ruim_op()
    return _pagina(
        request,
        "admin/uitwisseling/begin.html",
        "Inlezen en exporteren",
        form=form if mag_inlezen else None,
        export_form=ExportForm(soorten=soorten) if soorten else None,
        eerdere=Invoer.objects.filter(door=wie).defer("bestand")[:LAATSTE],
        uitleg=TEKST_VAN_UITLEG,
        velden=VELDEN,
        uur=BEWAARTIJD.seconds // 3600,
    )


def _adres(invoer: Invoer) -> str:
    return reverse("admin:uitwisseling_invoer_bekijk", args=[invoer.token])


def _van_mij(request: HttpRequest, token: str) -> Invoer:
    _mag_inlezen(request)
    return get_object_or_404(Invoer, token=token, door=_wie(request))


def bekijk(request: HttpRequest, token: str) -> HttpResponse:
    """What a file would do, or did; or how far it is."""
    invoer = _van_mij(request, token)
    if request.method == "POST":
        return _besluit(request, invoer)
    if invoer.bezig:
        return _voortgang(request, invoer)
    modellen = [apps.get_model(label) for label in invoer.uitkomst.get("modellen", ())]
    kan = invoer.stap == Stap.PROEF and not invoer.uitkomst["fouten"]
    return _pagina(
        request,
        "admin/uitwisseling/invoer.html",
        f"Inlezen: {invoer}",
        invoer=invoer,
        uitkomst=invoer.uitkomst,
        proef=invoer.stap == Stap.PROEF,
        gelukt=invoer.stap == Stap.GELUKT,
        kan_inlezen=kan and (invoer.uitkomst["nieuw"] or invoer.uitkomst["gewijzigd"]),
        kan_publiceren=kan and all(mag_publiceren(_wie(request), m) for m in modellen),
        velden=VELDEN,
        erkenningen=invoer.inhoud == Inhoud.ERKENNINGEN,
    )


def _voortgang(request: HttpRequest, invoer: Invoer) -> HttpResponse:
    token = str(invoer.token)
    leeft = voortgang.leeft(token)
    verlopen = invoer.op < timezone.now() - BEWAARTIJD
    if leeft is False or (leeft is None and verlopen):
        # Killed: its transaction is gone with it.
        Invoer.objects.filter(pk=invoer.pk, stap=invoer.stap).update(stap=Stap.GESTOPT)
        voortgang.eindig(token)
        return HttpResponseRedirect(_adres(invoer))
    response = _pagina(
        request,
        "admin/uitwisseling/bezig.html",
        f"Inlezen: {invoer}",
        invoer=invoer,
        stand=voortgang.lees(token),
        ververs=VERVERS,
    )
    response.headers["Refresh"] = str(VERVERS)
    return response


def _besluit(request: HttpRequest, invoer: Invoer) -> HttpResponse:
    if "weg" in request.POST:
        rows = Invoer.objects.filter(pk=invoer.pk, stap=Stap.PROEF)
        if not rows.update(stap=Stap.GESTOPT, bestand=b""):
            # Brought in or thrown away in another tab: its page says which.
            messages.warning(request, "Er is niets weggegooid: dit is intussen anders.")
            return HttpResponseRedirect(_adres(invoer))
        messages.success(request, f"“{invoer}” is weggegooid. Er is niets ingelezen.")
        return HttpResponseRedirect(reverse("admin:uitwisseling_invoer_changelist"))
    if "kolommen" in request.POST:
        _kies_kolommen(request, invoer)
    elif not bevestig(
        invoer,
        vingerafdruk=request.POST.get("vingerafdruk", ""),
        publiceren=request.POST.get("publiceren") == "ja",
    ):
        messages.warning(request, "Er is niets ingelezen: dit is intussen anders.")
    return HttpResponseRedirect(_adres(invoer))


def _kies_kolommen(request: HttpRequest, invoer: Invoer) -> None:
    """Look at it again, with the columns as an editor says they are."""
    if invoer.stap != Stap.PROEF:
        return
    gekozen = {
        kolom: keuze
        for nummer, (kolom, _) in enumerate(invoer.uitkomst.get("kolommen", ()))
        if (keuze := request.POST.get(f"kolom-{nummer}", NIET)) in {NIET, *VELDEN}
    }
    invoer.keuzes |= {"kolommen": gekozen}
    invoer.stap = Stap.LEZEN
    invoer.save(update_fields=["keuzes", "stap"])
    ga_verder(invoer)


@require_POST
def exporteer_view(request: HttpRequest) -> HttpResponse:
    """Posted: it takes time, and is written down."""
    mag = te_exporteren(_wie(request))
    form = ExportForm(request.POST, soorten=mag)
    if not mag:
        raise PermissionDenied
    if not form.is_valid():
        messages.error(request, "Kies wat je wilt hebben, en in welke vorm.")
        return HttpResponseRedirect(reverse("admin:uitwisseling_invoer_changelist"))
    soort = form.cleaned_data["soort"]
    soorten: dict[str, Any] = dict.fromkeys([soort] if soort else mag)
    return als_bestand(request, soorten, form.cleaned_data["formaat"])


def als_bestand(
    request: HttpRequest, soorten: dict[str, list[Any] | None], formaat: str
) -> HttpResponse:
    inhoud = exporteer(soorten, formaat, by=_wie(request))
    return _download(inhoud, bestandsnaam(soorten, formaat), FORMATEN[formaat][2])


def _download(inhoud: bytes, naam: str, soort: str) -> HttpResponse:
    return HttpResponse(
        inhoud,
        content_type=soort,
        headers={
            "Content-Disposition": f'attachment; filename="{naam}"',
            "Cache-Control": "no-store",
        },
    )


@require_GET
def voorbeeld(request: HttpRequest, formaat: str) -> HttpResponse:
    """An empty file for the decisions of a databank, with one row to show how."""
    _mag_inlezen(request)
    if formaat == "xlsx":
        return _download(
            schrijf([VOORBEELD], "xlsx"), "erkenningen.xlsx", FORMATEN["xlsx"][2]
        )
    return _download(
        schrijf_csv(VOORBEELD), "erkenningen.csv", "text/csv; charset=utf-8"
    )
