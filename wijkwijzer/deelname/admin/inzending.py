"""What readers sent in, beside the concept that an editor makes of it.

Left stands what a reader wrote, right the fields of the concept. A button copies one
field: a script does so at once, and without one it is sent and comes back filled in.
Nothing is saved by copying, and nothing of the sender can be copied.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from aanpakken.models import Aanpak
from kennisdossier.models import Gemeente, Praktijkvoorbeeld
from wijkwijzer.core.adresvraag import lees_getal
from wijkwijzer.core.klad import meld_bewaard
from wijkwijzer.core.uitleg import uitleg_van
from wijkwijzer.deelname import actions
from wijkwijzer.deelname.admin.basis import PersoonAdmin, redacteur
from wijkwijzer.deelname.mail import antwoord_op_voorbeeld, kan_mailen
from wijkwijzer.deelname.models import Inzending, Inzendingstatus

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

NEEM, ALLES = "_neem", "alles"
BEWAAR, AANNEMEN, WEIGEREN = "_bewaar", "_aannemen", "_weigeren"
REDEN = "[reden]"
REVISIE = "_revisie"


class OvernemenForm(forms.ModelForm[Praktijkvoorbeeld]):
    """The simple fields of the concept, and what is written to who sent it."""

    aanpak = forms.ModelChoiceField(
        Aanpak.objects.order_by("naam"),
        label="Aanpak",
        required=False,
        empty_label="Nog niet gekozen",
        help_text="Bij welke aanpak hoort het? Meer kun je later kiezen.",
    )
    mail_aangenomen = forms.CharField(
        label="Mail als je het aanneemt",
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 9}),
        help_text="Maak dit leeg als er geen mail hoeft.",
    )
    reden = forms.CharField(
        label="Waarom neem je het niet op?",
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text="Alleen bij weigeren. Dit komt in de mail waar [reden] staat.",
    )
    mail_geweigerd = forms.CharField(
        label="Mail als je het weigert",
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 9}),
        help_text="Maak dit leeg als er geen mail hoeft.",
    )

    velden: ClassVar[tuple[str, ...]] = (
        *("naam", "samenvatting", "omschrijving", "gemeente"),
        *("plaats_toelichting", "aanpak", "extern_url"),
    )
    # Where each of these goes; the reason stands with the refusal.
    van_besluit: ClassVar[dict[str, tuple[str, ...]]] = {
        "aannemen": ("mail_aangenomen",),
        "weigeren": ("reden", "mail_geweigerd"),
    }

    class Meta:
        model = Praktijkvoorbeeld
        fields = (
            *("naam", "samenvatting", "omschrijving", "gemeente"),
            *("plaats_toelichting", "extern_url"),
        )
        widgets = {
            "omschrijving": forms.Textarea({"rows": 10}),
            "samenvatting": forms.Textarea({"rows": 3}),
            "extern_url": forms.URLInput({"inputmode": "url"}),
        }

    def __init__(self, *args: Any, inzending: Inzending, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not (inzending.email and kan_mailen()):
            del self.fields["mail_aangenomen"], self.fields["mail_geweigerd"]
        if WEIGEREN in self.data:
            # What is refused needs no concept.
            for naam in self.velden:
                self.fields[naam].required = False

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if WEIGEREN in self.data and not (cleaned.get("reden") or "").strip():
            self.add_error("reden", "Schrijf op waarom je het niet opneemt.")
        return cleaned

    def _post_clean(self) -> None:
        if WEIGEREN not in self.data:
            super()._post_clean()  # type: ignore[misc]

    def waarden(self) -> dict[str, Any]:
        return {naam: self.cleaned_data[naam] for naam in self.velden}

    def mail(self, naam: str) -> str:
        text: str = self.cleaned_data.get(naam) or ""
        return text.replace(REDEN, self.cleaned_data.get("reden") or "")


@dataclass(frozen=True)
class Stuk:
    """One thing that a reader wrote, and where it goes in the form."""

    naam: str
    label: str
    tekst: str
    waarden: dict[str, str]

    @property
    def json(self) -> str:
        return json.dumps(self.waarden)


def stukken(inzending: Inzending) -> list[Stuk]:
    """What can be copied. Of the sender himself nothing."""
    aanpak = inzending.aanpak
    found = [
        Stuk("naam", "Hoe het heet", inzending.naam_voorbeeld, {}),
        Stuk("plaats", "Gemeente of wijk", inzending.plaats, _plaats(inzending.plaats)),
        Stuk("omschrijving", "Wat er gebeurt", inzending.omschrijving, {}),
        Stuk(
            "aanpak",
            "Aanpak die de lezer koos",
            aanpak.naam if aanpak else "",
            {"aanpak": str(aanpak.pk)} if aanpak else {},
        ),
        Stuk("link", "Website", inzending.link, {"extern_url": inzending.link}),
    ]
    return [
        Stuk(s.naam, s.label, s.tekst, s.waarden or {s.naam: s.tekst})
        for s in found
        if s.tekst
    ]


def _plaats(tekst: str) -> dict[str, str]:
    """A gemeente that we know is chosen; what else was written stands beside it."""
    naam, _, rest = (deel.strip() for deel in tekst.partition(","))
    gemeente = Gemeente.objects.filter(naam__iexact=naam).first()
    if gemeente is None:
        return {"plaats_toelichting": tekst}
    found = {"gemeente": str(gemeente.pk)}
    return found | ({"plaats_toelichting": rest} if rest else {})


@admin.register(Inzending)
class InzendingAdmin(PersoonAdmin):
    form = OvernemenForm
    list_display = ("__str__", "status", "plaats", "naam", "ingestuurd_op")
    list_filter = ("status", "ingestuurd_op")
    list_select_related = ("voorbeeld",)
    search_fields = ("naam_voorbeeld", "omschrijving", "plaats", "naam", "email")
    actions = ("exporteer_persoon", "verwijder_persoon")

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return super().change_view(request, object_id, form_url, extra_context)
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        if request.method != "POST":
            return self._inbox(request, obj, self._leeg(request, obj))
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        return self._gestuurd(request, obj)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        # Asked for here, so that what was typed before somebody signed in again comes
        # back in it (redactie.heropenen).
        form: Any = self.form
        for naam in form._meta.fields:
            veld = Praktijkvoorbeeld._meta.get_field(naam)
            uitleg_van(form.base_fields[naam], veld, Praktijkvoorbeeld)
        return form

    def _leeg(self, request: HttpRequest, obj: Inzending) -> OvernemenForm:
        """Empty beside what was sent, or the concept as it is."""
        initial: dict[str, Any] = {
            "mail_aangenomen": antwoord_op_voorbeeld(obj, aangenomen=True),
            "mail_geweigerd": antwoord_op_voorbeeld(obj, aangenomen=False),
        }
        if obj.voorbeeld:
            eerste = obj.voorbeeld.koppelingen.first()
            initial["aanpak"] = eerste.aanpak_id if eerste else None
        form: OvernemenForm = self.get_form(request, obj)(
            instance=obj.voorbeeld, initial=initial, inzending=obj
        )
        return form

    # What was pressed

    def _gestuurd(self, request: HttpRequest, obj: Inzending) -> HttpResponse:
        data = request.POST.copy()
        klasse = self.get_form(request, obj)
        if welk := data.get(NEEM):
            self._neem_over(data, obj, welk)
            form = klasse(initial=data.dict(), instance=obj.voorbeeld, inzending=obj)
            # What was typed goes before what the concept says.
            form.initial |= data.dict()
            return self._inbox(request, obj, form)
        form = klasse(data, instance=obj.voorbeeld, inzending=obj)
        if not ({BEWAAR, AANNEMEN, WEIGEREN} & {*data} and form.is_valid()):
            return self._inbox(request, obj, form)
        try:
            with transaction.atomic():
                self._doe(request, obj, form)
        except actions.AlBeslotenError:
            form.add_error(None, self._wie_besloot(obj))
        except actions.AndersError:
            form.add_error(
                None,
                "Een collega wijzigde dit concept intussen. Er is nog niets van jou "
                "bewaard; wat je typte staat er nog. Bewaar nog eens als het zo moet.",
            )
        else:
            meld_bewaard(request)
            verder = "change" if BEWAAR in data else "changelist"
            args = [obj.pk] if BEWAAR in data else []
            naar = reverse(f"admin:deelname_inzending_{verder}", args=args)
            return HttpResponseRedirect(naar)
        obj = Inzending.objects.get(pk=obj.pk)
        return self._inbox(request, obj, form)

    @staticmethod
    def _neem_over(data: Any, obj: Inzending, welk: str) -> None:
        """Fill in what was asked for. All at once leaves what was typed as it is."""
        for stuk in stukken(obj):
            if welk not in {stuk.naam, ALLES}:
                continue
            for naam, waarde in stuk.waarden.items():
                if welk != ALLES or not data.get(naam):
                    data[naam] = waarde

    def _doe(self, request: HttpRequest, obj: Inzending, form: OvernemenForm) -> None:
        by = redacteur(request)
        if WEIGEREN in form.data:
            reden, mail = form.cleaned_data["reden"], form.mail("mail_geweigerd")
            actions.weiger_voorbeeld(inzending=obj, reden=reden, by=by, mail=mail)
            messages.success(
                request, f"Geweigerd: “{obj}”.{self._over_mail(obj, mail)}"
            )
            return
        concept = actions.bewaar_concept(
            inzending=obj,
            waarden=form.waarden(),
            by=by,
            revisie=lees_getal(request.POST.get(REVISIE, "")),
        )
        if BEWAAR in form.data:
            messages.success(
                request, f"Bewaard als concept “{concept}”. Je besluit komt nog."
            )
            return
        mail = form.mail("mail_aangenomen")
        actions.neem_aan(inzending=obj, by=by, mail=mail)
        messages.success(
            request,
            f"Aangenomen: “{concept}” is een concept. Lezers zien het pas als een "
            f"Redacteur het publiceert.{self._over_mail(obj, mail)}",
        )

    @staticmethod
    def _over_mail(obj: Inzending, mail: str) -> str:
        sends = obj.email and mail.strip() and kan_mailen()
        return " De mail gaat zo weg." if sends else " Er gaat geen mail."

    @staticmethod
    def _wie_besloot(obj: Inzending) -> str:
        nu = Inzending.objects.select_related("beoordeeld_door").get(pk=obj.pk)
        wie = nu.beoordeeld_door or "Een collega"
        tijd = (
            date_format(localtime(nu.beoordeeld_op), "TIME_FORMAT")
            if nu.beoordeeld_op
            else "?"
        )
        return (
            f"{wie} besloot hier om {tijd} al over: {nu.get_status_display()}. Er is "
            "niets veranderd en er gaat geen tweede mail."
        )

    # The page

    def _inbox(
        self, request: HttpRequest, obj: Inzending, form: OvernemenForm
    ) -> HttpResponse:
        concept = obj.voorbeeld
        wacht = obj.status == Inzendingstatus.WACHT
        kan = wacht and self.has_change_permission(request, obj)
        url = ""
        if concept and request.user.has_perm("kennisdossier.view_praktijkvoorbeeld"):
            name = "admin:kennisdossier_praktijkvoorbeeld_change"
            url = reverse(name, args=[concept.pk])
        request.current_app = self.admin_site.name
        context = {
            **self.admin_site.each_context(request),
            "title": f"Ingestuurd: “{obj}”",
            "opts": self.opts,
            "original": obj,
            "inzending": obj,
            "form": form,
            "stukken": stukken(obj),
            "rechts": [form[naam] for naam in form.velden],
            "besluit": {
                wat: [form[naam] for naam in namen if naam in form.fields]
                for wat, namen in form.van_besluit.items()
            },
            "wacht": wacht,
            "kan": kan,
            # Also when it is too late: what was typed is not gone.
            "toont": kan or form.is_bound,
            "getypt": request.method == "POST",
            "concept": concept,
            "concept_url": url,
            "revisie": concept.revisie if concept else "",
            "has_delete_permission": self.has_delete_permission(request, obj),
        }
        return TemplateResponse(
            request, "admin/deelname/inzending/change_form.html", context
        )
