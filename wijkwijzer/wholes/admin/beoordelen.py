"""Submitting a working copy, and looking at what somebody submitted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpResponseRedirect

from wijkwijzer.core.klad import meld_bewaard, vraagt
from wijkwijzer.wholes import review, work
from wijkwijzer.wholes.actions import (
    CannotPublishError,
    published_document,
    working_document,
)
from wijkwijzer.wholes.answers import open_review
from wijkwijzer.wholes.models import Beoordeling
from wijkwijzer.wholes.registry import whole_of
from wijkwijzer.wholes.rights import may_publish, needs_another
from wijkwijzer.wholes.words import Told, told

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class IndienForm(forms.Form):
    opmerking = forms.CharField(
        label="Wil je er iets bij zeggen?",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4, "cols": 60}),
        help_text="Bijvoorbeeld: “De erkenning is nieuw, kijk je die na?”",
    )


class OordeelForm(forms.Form):
    """What somebody writes on the page of who looks; the buttons say what it is for."""

    tekst = forms.CharField(
        label="Zeg er iets over",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2, "cols": 60}),
    )
    reden = forms.CharField(
        label="Wat moet er anders?",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3, "cols": 60}),
    )


class BeoordeelMixin(admin.ModelAdmin[Any]):
    """For the admin of a record with versions."""

    @vraagt(IndienForm)
    def submit_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        obj = self._record(request, object_id)  # type: ignore[attr-defined]
        form = IndienForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            note = form.cleaned_data["opmerking"]
            review.submit(record=obj, by=request.user, note=note)  # type: ignore[arg-type]
            line = f"Ingediend voor beoordeling. {note}".strip()
            self.log_change(request, obj, line)
            messages.success(
                request,
                f"Ingediend: een collega ziet “{obj}” bij “Te beoordelen”. Het "
                "antwoord komt hier te staan.",
            )
            meld_bewaard(request)
            return HttpResponseRedirect(self._url("change", obj))  # type: ignore[attr-defined]
        return self._page(  # type: ignore[attr-defined,no-any-return]
            request,
            obj,
            "admin/wholes/indienen.html",
            f"“{obj}” indienen",
            form=form,
            wacht=open_review(obj.uuid),
            nieuw=published_document(obj) is None,
            verschil=self._waits(obj),
            **self._told(self._findings(obj)),  # type: ignore[attr-defined]
            terug_url=self._url("change", obj),  # type: ignore[attr-defined]
        )

    def _waits(self, obj: Any) -> list[Told]:
        """What readers do not see yet of a working copy."""
        seen = published_document(obj) or {}
        found = told(whole_of(self.model), seen, working_document(obj))
        return [change for change in found if change.place != ("uuid",)]

    @vraagt(OordeelForm)
    def review_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What was submitted, and what can be said of it."""
        obj = self._record(request, object_id)  # type: ignore[attr-defined]
        waiting = open_review(obj.uuid)
        if waiting is None:
            messages.info(request, f"“{obj}” wacht niet (meer) op een beoordeling.")
            _say_what_was_typed(request)
            return HttpResponseRedirect(self._url("change", obj))  # type: ignore[attr-defined]
        wrong, typed = "", request.POST.dict()
        if request.method == "POST":
            try:
                if answer := self._decide(request, obj, waiting):
                    return answer
            except CannotPublishError as error:
                wrong = " ".join(problem.message for problem in error.problems)
            else:
                # The remark is there; the reason beside it is still being written.
                typed["tekst"] = ""
        declared = whole_of(self.model)
        then = work.document_at(obj, waiting.revisie)
        now = working_document(obj)
        return self._page(  # type: ignore[attr-defined,no-any-return]
            request,
            obj,
            "admin/wholes/beoordelen.html",
            f"“{obj}” beoordelen",
            wacht=waiting,
            opmerkingen=waiting.opmerkingen.select_related("door"),
            nieuw=published_document(obj) is None,
            verschil=self._waits(obj),
            daarna=told(declared, then, now) if then else [],
            **self._told(self._findings(obj)),  # type: ignore[attr-defined]
            beslist=may_publish(request.user),
            ander_nodig=needs_another(obj.uuid, request.user),
            van_mij=waiting.ingediend_door_id == request.user.pk,
            fout=wrong,
            form=OordeelForm(initial=typed),
            getypt=bool(typed),
            revisie=work.revision_of(obj),
            terug_url=self._url("change", obj),  # type: ignore[attr-defined]
            voorbeeld_url=self._url("voorbeeld", obj),  # type: ignore[attr-defined]
            plan_url=self._url("plannen", obj),  # type: ignore[attr-defined]
        )

    @transaction.atomic
    def _decide(
        self, request: HttpRequest, obj: Any, waiting: Beoordeling
    ) -> HttpResponse | None:
        """Do what the button says, and keep the remark that was typed beside it.

        Nothing when the page is still being written on. Raises CannotPublishError when
        a text is missing; then nothing is kept.
        """
        by: Any = request.user
        here, back = self._url("beoordelen", obj), self._url("change", obj)  # type: ignore[attr-defined]
        action = request.POST.get("actie")
        remark, reason = (request.POST.get(name, "") for name in ("tekst", "reden"))
        if remark.strip() or action == "opmerking":
            review.comment(review=waiting, by=by, text=remark)
        match action:
            case "opmerking":
                if reason.strip():
                    return None
                meld_bewaard(request)
            case "terugsturen":
                if review.send_back(record=obj, by=by, reason=reason):
                    self.log_change(request, obj, f"Teruggestuurd. {reason}")
                    messages.success(request, f"“{obj}” is teruggestuurd.")
                    meld_bewaard(request)
                else:
                    _say_what_was_typed(request)
                return HttpResponseRedirect(back)
            case "terugnemen":
                if review.take_back(record=obj, by=by):
                    self.log_change(request, obj, "Niet meer ingediend")
                    messages.success(request, f"“{obj}” wacht niet meer.")
                    meld_bewaard(request)
                return HttpResponseRedirect(back)
            case "publiceren":
                with transaction.atomic():
                    shown = self._is_as_shown(request, obj)  # type: ignore[attr-defined]
                    done = shown and self._try_to_publish(request, obj)  # type: ignore[attr-defined]
                if done:
                    meld_bewaard(request)
                    return HttpResponseRedirect(back)
                # What is said of that, stands above what was typed.
                return None
        return HttpResponseRedirect(here)


def _say_what_was_typed(request: HttpRequest) -> None:
    """A colleague was first: there is no page any more to go on typing on."""
    typed = (request.POST.get(name, "").strip() for name in ("tekst", "reden"))
    if texts := " … ".join(filter(None, typed)):
        messages.warning(request, f"Wat je schreef, is niet meer geplaatst: “{texts}”")
