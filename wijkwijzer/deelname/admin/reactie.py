"""Reactions in the admin: what waits comes first, deciding is one click."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Case, Count, Q, When
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.text import Truncator
from django.utils.timezone import is_aware, localtime

from wijkwijzer.core.klad import meld_bewaard, vraagt
from wijkwijzer.deelname import actions, zichtbaar
from wijkwijzer.deelname.admin.basis import (
    OverOnderwerpAdmin,
    PersoonAdmin,
    alineas,
    redacteur,
    vraag_eerst,
)
from wijkwijzer.deelname.models import Reactie, Reactiemelding, Reactiestatus

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

IN_DE_LIJST = 240
# The buttons below a reaction, in the template of its page.
KNOPPEN = {"_goedkeuren", "_weigeren", "_spam", "_afhandelen"}
GEZIEN = "_gezien"


def gezien(data: Mapping[str, Any]) -> datetime | None:
    """When the page was made on which an editor decides."""
    try:
        moment = parse_datetime(data.get(GEZIEN, ""))
    except ValueError:
        return None
    return moment if moment and is_aware(moment) else None


class BeoordelingForm(forms.ModelForm[Reactie]):
    class Meta:
        model = Reactie
        fields = ("reden",)
        widgets = {"reden": forms.Textarea({"rows": 3})}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        seen, decided = gezien(self.data), self.instance.beoordeeld_op
        if seen and decided and decided > seen:
            who = self.instance.beoordeeld_door or "Iemand anders"
            time = date_format(localtime(decided), "TIME_FORMAT")
            raise forms.ValidationError(
                f"{who} besloot hier om {time} ook over: "
                f"{self.instance.get_status_display()}. Er is niets veranderd. "
                "Moet het toch anders, kies dan nog eens."
            )
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
    change_form_template = "admin/deelname/reactie/change_form.html"
    change_list_template = "admin/deelname/reactie/change_list.html"
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
        return alineas(obj.tekst)

    @admin.display(description="ingestuurd op", ordering="ingestuurd_op")
    def ingestuurd(self, obj: Reactie) -> str:
        return date_format(localtime(obj.ingestuurd_op), "SHORT_DATETIME_FORMAT")

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
        wie, site = redacteur(request), request.build_absolute_uri("/")
        toen = gezien(request.POST)
        if "_goedkeuren" in request.POST:
            actions.keur_goed(reacties=[obj], by=wie, site=site, gezien=toen)
        elif "_weigeren" in request.POST:
            reden = form.cleaned_data["reden"]
            actions.weiger(reacties=[obj], reden=reden, by=wie, site=site, gezien=toen)
        elif "_spam" in request.POST:
            actions.markeer_spam(reacties=[obj], by=wie, gezien=toen)
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
        adres = reverse("admin:deelname_reactie_changelist")
        return HttpResponseRedirect(adres)

    def delete_model(self, request: HttpRequest, obj: Reactie) -> None:
        self.delete_queryset(request, Reactie.objects.filter(pk=obj.pk))

    def delete_queryset(
        self, request: HttpRequest, queryset: QuerySet[Reactie]
    ) -> None:
        gezien = queryset.filter(status=Reactiestatus.GOEDGEKEURD).exists()
        super().delete_queryset(request, queryset)
        if gezien:
            zichtbaar.besloten()

    # On the list

    def _meld(
        self, request: HttpRequest, wat: str, aantal: int, gekozen: QuerySet[Reactie]
    ) -> None:
        """Tell what was done, and what was not because another had decided."""
        messages.success(request, f"{wat}: {aantal}.")
        toen = gezien(request.POST)
        ander = gekozen.exclude(beoordeeld_door=request.user.pk)
        if toen and (al := ander.filter(beoordeeld_op__gt=toen).count()):
            messages.warning(
                request,
                f"Over {al} besloot een ander al terwijl deze lijst openstond. Die "
                "bleven zoals ze zijn; kijk ze zo nodig na.",
            )

    @admin.action(description="Keur goed", permissions=["change"])
    def keur_goed(self, request: HttpRequest, queryset: QuerySet[Reactie]) -> None:
        aantal = actions.keur_goed(
            reacties=queryset,
            by=redacteur(request),
            site=request.build_absolute_uri("/"),
            gezien=gezien(request.POST),
        )
        self._meld(request, "Goedgekeurd", aantal, queryset)

    @vraagt(RedenForm)
    @admin.action(description="Weiger", permissions=["change"])
    def weiger(
        self, request: HttpRequest, queryset: QuerySet[Reactie]
    ) -> HttpResponse | None:
        form = RedenForm(request.POST if "bevestigd" in request.POST else None)
        if not form.is_valid():
            return vraag_eerst(
                self,
                request,
                queryset,
                "admin/deelname/weiger.html",
                "Waarom weiger je dit?",
                {"form": form, "gezien": request.POST.get(GEZIEN, "")},
            )
        aantal = actions.weiger(
            reacties=queryset,
            reden=form.cleaned_data["reden"],
            by=redacteur(request),
            site=request.build_absolute_uri("/"),
            gezien=gezien(request.POST),
        )
        self._meld(request, "Geweigerd", aantal, queryset)
        meld_bewaard(request)
        return None

    @admin.action(description="Zet bij spam", permissions=["change"])
    def markeer_spam(self, request: HttpRequest, queryset: QuerySet[Reactie]) -> None:
        aantal = actions.markeer_spam(
            reacties=queryset, by=redacteur(request), gezien=gezien(request.POST)
        )
        self._meld(request, "Bij spam gezet", aantal, queryset)
