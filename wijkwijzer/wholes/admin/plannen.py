"""Planning to publish or to withdraw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.formats import date_format

from wijkwijzer.core.klad import meld_bewaard, vraagt
from wijkwijzer.core.models import Status
from wijkwijzer.wholes import schedule, work
from wijkwijzer.wholes.actions import CannotPublishError
from wijkwijzer.wholes.models import Watgepland

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse


def in_words(moment: datetime) -> str:
    """As our clocks say it."""
    here = timezone.localtime(moment)
    return f"{date_format(here)} om {date_format(here, 'TIME_FORMAT')}"


class PlanForm(forms.Form):
    wat = forms.ChoiceField(
        label="Wat moet er gebeuren?",
        choices=[
            (Watgepland.PUBLICEREN, "Publiceren: lezers zien dan wat er nu staat"),
            (Watgepland.INTREKKEN, "Intrekken: lezers zien het dan niet meer"),
        ],
        widget=forms.RadioSelect,
        initial=Watgepland.PUBLICEREN,
    )
    op = forms.DateTimeField(
        label="Wanneer?",
        input_formats=["%Y-%m-%dT%H:%M", "%d-%m-%Y %H.%M", "%d-%m-%Y %H:%M"],
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text="De tijd in Nederland, bijvoorbeeld 31-12-2026 9.00.",
        error_messages={
            "required": "Kies een dag en een tijd.",
            "invalid": "Schrijf een dag en een tijd, zoals 31-12-2026 9.00.",
        },
    )
    reden = forms.CharField(
        label="Waarom trek je het in?",
        required=False,
        widget=forms.Textarea({"rows": 3, "cols": 60}),
        help_text="Alleen bij intrekken. Lezers zien deze uitleg op het oude adres.",
    )


class PlanMixin(admin.ModelAdmin[Any]):
    """For the admin of a record with versions."""

    @vraagt(PlanForm)
    def plan_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        obj = self._record(request, object_id)  # type: ignore[attr-defined]
        by = self._publisher(request)  # type: ignore[attr-defined]
        if cancelled := request.POST.get("annuleer"):
            self._cancel(request, obj, by, cancelled)
            return HttpResponseRedirect(self._url("plannen", obj))  # type: ignore[attr-defined]
        form = PlanForm(request.POST if request.method == "POST" else None)
        with transaction.atomic():
            done = (
                form.is_valid()
                and (
                    # What is taken away may be anything.
                    form.cleaned_data["wat"] == Watgepland.INTREKKEN
                    or self._is_as_shown(request, obj, "gepland")  # type: ignore[attr-defined]
                )
                and self._plan(request, obj, by, form)
            )
        if done:
            meld_bewaard(request)
            return HttpResponseRedirect(self._url("change", obj))  # type: ignore[attr-defined]
        return self._page(  # type: ignore[attr-defined,no-any-return]
            request,
            obj,
            "admin/wholes/plannen.html",
            f"“{obj}” plannen",
            form=form,
            gepland=schedule.waiting_for(obj.uuid),
            revisie=work.revision_of(obj),
            gezien=obj.status == Status.GEPUBLICEERD,
            **self._told(self._findings(obj)),  # type: ignore[attr-defined]
            terug_url=self._url("change", obj),  # type: ignore[attr-defined]
            voorbeeld_url=self._url("voorbeeld", obj),  # type: ignore[attr-defined]
        )

    def _plan(self, request: HttpRequest, obj: Any, by: Any, form: PlanForm) -> bool:
        typed = form.cleaned_data
        what = Watgepland(typed["wat"])
        reason = typed["reden"] if what == Watgepland.INTREKKEN else ""
        waiting = schedule.waiting_for(obj.uuid)
        before = next((plan for plan in waiting if plan.wat == what), None)
        try:
            planned = schedule.plan(
                record=obj, what=what, at=typed["op"], by=by, reason=reason
            )
        except CannotPublishError as error:
            for problem in error.problems:
                name = str(problem.place[0]) if problem.place else ""
                own = name in form.fields
                words = problem.message if own else str(problem)
                form.add_error(name if own else None, ValidationError(words))
            return False
        moment = in_words(planned.op)
        done = "gepubliceerd" if what == Watgepland.PUBLICEREN else "ingetrokken"
        self.log_change(request, obj, f"Gepland: wordt {done} op {moment}")
        instead = f" Dat komt in plaats van {in_words(before.op)}." if before else ""
        messages.success(
            request, f"Gepland: “{obj}” wordt {done} op {moment}.{instead}"
        )
        return True

    def _cancel(self, request: HttpRequest, obj: Any, by: Any, what: str) -> None:
        if what in Watgepland.values and schedule.cancel(
            record=obj, what=Watgepland(what), by=by
        ):
            self.log_change(request, obj, f"Niet meer gepland: {what}")
            messages.success(request, f"Dit is niet meer gepland: {what}.")
