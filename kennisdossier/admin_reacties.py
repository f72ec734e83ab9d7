"""The admin of what readers send in: what waits comes first, deciding is one click."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Case, Count, Q, When
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.defaultfilters import linebreaks_filter
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.timezone import localtime

from kennisdossier import actions
from kennisdossier.bewaren import persoonsgegevens, verwijder_persoon
from kennisdossier.models import (
    Inzending,
    Reactie,
    Reactiemelding,
    Reactiestatus,
    Stem,
)
from kennisdossier.models.reacties import ONDERWERPEN
from wijkwijzer.core.catalogusversie import verhoog

if TYPE_CHECKING:
    from django.contrib.admin.models import LogEntry
    from django.contrib.auth.models import User
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

RELATIES = tuple(ONDERWERPEN)
IN_DE_LIJST = 240
# The buttons below a reaction, in the template of its page.
KNOPPEN = {"_goedkeuren", "_weigeren", "_spam", "_afhandelen"}


def _redacteur(request: HttpRequest) -> User:
    return cast("User", request.user)


def _bewerk(instance: Model) -> SafeString:
    """The name of a record, as a link to where editors change it."""
    options = instance._meta
    url = reverse(
        f"admin:{options.app_label}_{options.model_name}_change", args=[instance.pk]
    )
    return format_html('<a href="{}">{}</a>', url, instance)


def _alineas(tekst: str) -> SafeString:
    """What a reader wrote, as it will look on the site."""
    return format_html('<div dir="auto">{}</div>', linebreaks_filter(tekst))


class VanLezers(admin.ModelAdmin[Any]):
    """Comes from a form on the site: editors decide, they do not write it."""

    list_per_page = 50
    show_facets = admin.ShowFacets.ALWAYS

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


class OverOnderwerpAdmin(VanLezers):
    """Of a record that is about an aanpak, a dossier or a praktijkvoorbeeld."""

    list_select_related = RELATIES

    @admin.display(description="over")
    def over(self, obj: Reactie | Stem) -> SafeString:
        return _bewerk(obj.onderwerp)


class PersoonAdmin(VanLezers):
    """Of a record with the e-mail address of a person, who has rights."""

    @admin.action(description="Download alles van deze persoon", permissions=["view"])
    def exporteer_persoon(
        self, request: HttpRequest, queryset: QuerySet[Any]
    ) -> HttpResponse | None:
        adressen = self._adressen(request, queryset)
        if not adressen:
            return None
        alles = [persoonsgegevens(adres).export() for adres in adressen]
        return HttpResponse(
            json.dumps(alles, ensure_ascii=False, indent=2),
            content_type="application/json; charset=utf-8",
            headers={
                "Content-Disposition": 'attachment; filename="persoonsgegevens.json"',
                "Cache-Control": "no-store",
            },
        )

    @admin.action(
        description="Verwijder alles van deze persoon", permissions=["delete"]
    )
    def verwijder_persoon(
        self, request: HttpRequest, queryset: QuerySet[Any]
    ) -> HttpResponse | None:
        adressen = self._adressen(request, queryset)
        if not adressen:
            return None
        if "bevestigd" not in request.POST:
            gegevens = [persoonsgegevens(adres) for adres in adressen]
            return _vraag_eerst(
                self,
                request,
                queryset,
                "admin/kennisdossier/verwijder_persoon.html",
                "Verwijder alles van deze persoon",
                {"gegevens": gegevens},
            )
        for adres in adressen:
            gedaan = verwijder_persoon(email=adres, by=_redacteur(request))
            messages.success(
                request,
                f"Verwijderd: {gedaan.reacties} reacties en de contactgegevens bij "
                f"{gedaan.inzendingen} inzendingen.",
            )
            if gedaan.na_te_kijken:
                namen = ", ".join(gedaan.na_te_kijken)
                messages.warning(
                    request, f"Kijk na of hier geen persoon in staat: {namen}."
                )
        return None

    def _adressen(self, request: HttpRequest, queryset: QuerySet[Any]) -> list[str]:
        adressen = sorted({rij.email.lower() for rij in queryset if rij.email})
        if not adressen:
            messages.error(
                request,
                "Hier staat geen e-mailadres bij. Zonder adres weten we niet wat er "
                "nog meer van deze persoon is. Verwijder wat je ziet gewoon.",
            )
        return adressen


def _vraag_eerst(
    model_admin: VanLezers,
    request: HttpRequest,
    queryset: QuerySet[Any],
    sjabloon: str,
    titel: str,
    extra: dict[str, Any],
) -> HttpResponse:
    """A page between choosing an action and doing it."""
    context = {
        **model_admin.admin_site.each_context(request),
        "title": titel,
        "opts": model_admin.opts,
        "rijen": queryset,
        "actie": request.POST["action"],
        "naam_keuzevak": ACTION_CHECKBOX_NAME,
        **extra,
    }
    return render(request, sjabloon, context)


# Reactions


class BeoordelingForm(forms.ModelForm[Reactie]):
    class Meta:
        model = Reactie
        fields = ("reden",)
        widgets = {"reden": forms.Textarea({"rows": 3})}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "_weigeren" in self.data and not cleaned.get("reden"):
            self.add_error("reden", "Schrijf op waarom je deze reactie weigert.")
        return cleaned


class RedenForm(forms.Form):
    reden = forms.CharField(
        label="Reden van weigering",
        max_length=500,
        widget=forms.Textarea({"rows": 3, "cols": 60}),
        help_text="Wie een e-mailadres gaf, krijgt deze uitleg.",
        error_messages={"required": "Schrijf op waarom je weigert."},
    )


class MeldingFilter(admin.SimpleListFilter):
    """The work queue: reactions of which readers say that they should go."""

    title = "open meldingen"
    parameter_name = "gemeld"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]
    ) -> list[tuple[str, str]]:
        return [("ja", "gemeld door een lezer")]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Reactie]
    ) -> QuerySet[Reactie]:
        if self.value() != "ja":
            return queryset
        open_ = Reactiemelding.objects.filter(afgehandeld=False)
        return queryset.filter(pk__in=open_.values("reactie"))


@admin.register(Reactie)
class ReactieAdmin(OverOnderwerpAdmin, PersoonAdmin):
    form = BeoordelingForm
    change_form_template = "admin/kennisdossier/reactie/change_form.html"
    list_display = (
        "begin",
        "over",
        "naam",
        "status",
        "meldingen_open",
        "ingestuurd",
    )
    list_filter = ("status", MeldingFilter, "ingestuurd_op")
    search_fields = ("tekst", "naam", "email")
    fields = (
        *("over", "hele_tekst", "naam", "email", "ingestuurd_op", "gemeld"),
        *("status", "reden", ("beoordeeld_op", "beoordeeld_door")),
    )
    readonly_fields = (
        *("over", "hele_tekst", "naam", "email", "ingestuurd_op", "gemeld"),
        *("status", "beoordeeld_op", "beoordeeld_door"),
    )
    actions = (
        *("keur_goed", "weiger", "markeer_spam"),
        *("exporteer_persoon", "verwijder_persoon"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reactie]:
        queryset: QuerySet[Reactie] = super().get_queryset(request)
        return queryset.annotate(
            _open=Count("meldingen", filter=Q(meldingen__afgehandeld=False))
        )

    def get_ordering(self, request: HttpRequest) -> tuple[Any, ...]:
        """What waits comes first, the oldest on top; then the newest of the rest."""
        wacht = Q(status=Reactiestatus.WACHT)
        return (
            Case(When(wacht, then=0), default=1),
            Case(When(wacht, then="ingestuurd_op")).asc(),
            "-ingestuurd_op",
        )

    @admin.display(description="reactie")
    def begin(self, obj: Reactie) -> str:
        return Truncator(obj.tekst).chars(IN_DE_LIJST)

    @admin.display(description="reactie")
    def hele_tekst(self, obj: Reactie) -> SafeString:
        return _alineas(obj.tekst)

    @admin.display(description="ingestuurd op", ordering="ingestuurd_op")
    def ingestuurd(self, obj: Reactie) -> str:
        return date_format(localtime(obj.ingestuurd_op), "j-n-Y H:i")

    @admin.display(description="meldingen", ordering="_open")
    def meldingen_open(self, obj: Any) -> int | str:
        return obj._open or "–"

    @admin.display(description="meldingen van lezers")
    def gemeld(self, obj: Reactie) -> SafeString | str:
        open_ = obj.meldingen.filter(afgehandeld=False)
        return (
            format_html_join("", "<p>{}</p>", ((melding.reden,) for melding in open_))
            or "geen"
        )

    # On the page of one

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        eigen = {"statussen": Reactiestatus, "show_save": False}
        return super().change_view(
            request, object_id, form_url, {**eigen, **(extra_context or {})}
        )

    def save_model(
        self, request: HttpRequest, obj: Reactie, form: Any, change: bool
    ) -> None:
        wie, site = _redacteur(request), request.build_absolute_uri("/")
        if "_goedkeuren" in request.POST:
            actions.keur_goed(reacties=[obj], by=wie, site=site)
        elif "_weigeren" in request.POST:
            reden = form.cleaned_data["reden"]
            actions.weiger(reacties=[obj], reden=reden, by=wie, site=site)
        elif "_spam" in request.POST:
            actions.markeer_spam(reacties=[obj], by=wie)
        elif "_afhandelen" in request.POST:
            actions.handel_meldingen_af(meldingen=obj.meldingen.all(), by=wie)
        else:
            super().save_model(request, obj, form, change)

    def log_change(self, request: HttpRequest, obj: Reactie, message: Any) -> Any:
        """An action writes down what it does: here only a reason that was changed."""
        if message and not KNOPPEN & {*request.POST}:
            return super().log_change(request, obj, message)
        return None

    def response_change(self, request: HttpRequest, obj: Reactie) -> HttpResponse:
        """Back to the list, where the next one waits."""
        messages.success(request, "Opgeslagen. Hieronder staat wat nog wacht.")
        adres = reverse("admin:kennisdossier_reactie_changelist")
        return HttpResponseRedirect(adres)

    def delete_model(self, request: HttpRequest, obj: Reactie) -> None:
        self.delete_queryset(request, Reactie.objects.filter(pk=obj.pk))

    def delete_queryset(
        self, request: HttpRequest, queryset: QuerySet[Reactie]
    ) -> None:
        zichtbaar = queryset.filter(status=Reactiestatus.GOEDGEKEURD).exists()
        super().delete_queryset(request, queryset)
        if zichtbaar:
            verhoog()

    # On the list

    @admin.action(description="Keur goed", permissions=["change"])
    def keur_goed(self, request: HttpRequest, queryset: QuerySet[Reactie]) -> None:
        aantal = actions.keur_goed(
            reacties=queryset,
            by=_redacteur(request),
            site=request.build_absolute_uri("/"),
        )
        messages.success(request, f"Goedgekeurd: {aantal}.")

    @admin.action(description="Weiger", permissions=["change"])
    def weiger(
        self, request: HttpRequest, queryset: QuerySet[Reactie]
    ) -> HttpResponse | None:
        form = RedenForm(request.POST if "bevestigd" in request.POST else None)
        if not form.is_valid():
            return _vraag_eerst(
                self,
                request,
                queryset,
                "admin/kennisdossier/weiger.html",
                "Waarom weiger je dit?",
                {"form": form},
            )
        aantal = actions.weiger(
            reacties=queryset,
            reden=form.cleaned_data["reden"],
            by=_redacteur(request),
            site=request.build_absolute_uri("/"),
        )
        messages.success(request, f"Geweigerd: {aantal}.")
        return None

    @admin.action(description="Zet bij spam", permissions=["change"])
    def markeer_spam(self, request: HttpRequest, queryset: QuerySet[Reactie]) -> None:
        aantal = actions.markeer_spam(reacties=queryset, by=_redacteur(request))
        messages.success(request, f"Bij spam gezet: {aantal}.")


@admin.register(Reactiemelding)
class ReactiemeldingAdmin(VanLezers):
    list_display = ("reden", "reactie_link", "status", "afgehandeld", "gemeld_op")
    list_filter = ("afgehandeld", "gemeld_op")
    list_select_related = ("reactie",)
    search_fields = ("reden", "reactie__tekst")
    fields = (
        "reactie_link",
        "status",
        "reactietekst",
        "reden",
        "gemeld_op",
        "afgehandeld",
    )
    readonly_fields = ("reactie_link", "status", "reactietekst", "reden", "gemeld_op")
    actions = ("handel_af",)

    @admin.display(description="over")
    def reactie_link(self, obj: Reactiemelding) -> SafeString:
        return _bewerk(obj.reactie)

    @admin.display(description="status van de reactie")
    def status(self, obj: Reactiemelding) -> str:
        return obj.reactie.get_status_display()

    @admin.display(description="wat er staat")
    def reactietekst(self, obj: Reactiemelding) -> SafeString:
        return _alineas(obj.reactie.tekst)

    @admin.action(description="Zet op afgehandeld", permissions=["change"])
    def handel_af(
        self, request: HttpRequest, queryset: QuerySet[Reactiemelding]
    ) -> None:
        aantal = actions.handel_meldingen_af(meldingen=queryset, by=_redacteur(request))
        messages.success(request, f"Afgehandeld: {aantal}.")


@admin.register(Stem)
class StemAdmin(OverOnderwerpAdmin):
    """Nobody changes a vote; editors can erase those that do not belong."""

    list_display = ("waarde", "over", "gegeven_op")
    list_filter = ("waarde", "gegeven_op")
    search_fields = tuple(f"{relatie}__naam" for relatie in RELATIES)
    fields = ("over", "waarde", "gegeven_op")
    readonly_fields = fields

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def delete_model(self, request: HttpRequest, obj: Stem) -> None:
        actions.wis_stemmen(stemmen=[obj], by=_redacteur(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Stem]) -> None:
        actions.wis_stemmen(stemmen=queryset, by=_redacteur(request))

    def log_deletions(self, request: HttpRequest, queryset: Any) -> list[LogEntry]:
        """The action writes down what it erases."""
        return []


@admin.register(Inzending)
class InzendingAdmin(PersoonAdmin):
    list_display = ("voorbeeld", "plaats", "naam", "email", "ingestuurd_op")
    list_filter = ("ingestuurd_op", "voorbeeld__status")
    list_select_related = ("voorbeeld",)
    search_fields = ("voorbeeld__naam", "plaats", "naam", "email")
    fields = ("voorbeeld_link", "plaats", "naam", "email", "ingestuurd_op")
    readonly_fields = fields
    actions = ("exporteer_persoon", "verwijder_persoon")

    @admin.display(description="praktijkvoorbeeld")
    def voorbeeld_link(self, obj: Inzending) -> SafeString:
        return _bewerk(obj.voorbeeld)
