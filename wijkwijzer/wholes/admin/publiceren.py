"""Publishing and withdrawing in the admin: who may, what is wrong, and one click."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect

from wijkwijzer.core.adresvraag import lees_getal
from wijkwijzer.core.klad import meld_bewaard, vraagt
from wijkwijzer.core.models import Status
from wijkwijzer.wholes import work
from wijkwijzer.wholes.actions import (
    CannotPublishError,
    publish,
    withdraw,
    working_document,
)
from wijkwijzer.wholes.findings import Finding, Weight, findings
from wijkwijzer.wholes.registry import whole_of
from wijkwijzer.wholes.rights import may_publish, must_be_allowed, needs_another

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

# Of which revision a page is that publishes.
REVISIE = "revisie"


class IntrekForm(forms.Form):
    reden = forms.CharField(
        label="Waarom trek je dit in?",
        widget=forms.Textarea({"rows": 4, "cols": 60}),
        help_text="Lezers zien deze uitleg op het oude adres.",
        error_messages={"required": "Schrijf op waarom je dit intrekt."},
    )


class PubliceerMixin(admin.ModelAdmin[Any]):
    """For the admin of a record with versions."""

    def publishes(self, request: HttpRequest) -> dict[str, bool]:
        """Which buttons somebody gets under a form.

        Who types may not publish that himself, where two must look at it.
        """
        may = may_publish(request.user)
        return {
            "kan_publiceren": may and not settings.VIER_OGEN,
            "kan_intrekken": may,
            "kan_indienen": not may or settings.VIER_OGEN,
        }

    def has_publiceren_permission(self, request: HttpRequest) -> bool:
        """For what is done with many at once."""
        return may_publish(request.user) and self.has_change_permission(request)

    def _publisher(self, request: HttpRequest) -> Any:
        """Who asks. Raises PermissionDenied for who may not publish."""
        must_be_allowed(request.user)  # type: ignore[arg-type]
        return request.user

    def _findings(self, obj: Any) -> list[Finding]:
        return findings(whole_of(self.model), working_document(obj))

    def _told(self, found: list[Finding]) -> dict[str, Any]:
        """What pages show of findings."""
        return {
            "fouten": [f for f in found if f.weight is Weight.ERROR],
            "waarschuwingen": [f for f in found if f.weight is Weight.WARNING],
            "hints": [f for f in found if f.weight is Weight.HINT],
        }

    def _publish(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Publish what was just saved, or show what there is to say of it first."""
        self._publisher(request)
        if any(found.weight > Weight.HINT for found in self._findings(obj)):
            messages.warning(
                request, "Je wijzigingen zijn opgeslagen, maar nog niet gepubliceerd."
            )
            return HttpResponseRedirect(self._url("publiceren", obj))  # type: ignore[attr-defined]
        self._try_to_publish(request, obj)
        return HttpResponseRedirect(self._url("change", obj))  # type: ignore[attr-defined]

    def _try_to_publish(self, request: HttpRequest, obj: Any) -> bool:
        try:
            with transaction.atomic():
                versie = publish(record=obj, by=self._publisher(request))
        except CannotPublishError as error:
            messages.error(request, "Dit is nog niet gepubliceerd:")
            for problem in error.problems:
                messages.error(request, str(problem))
            return False
        self.log_change(request, obj, f"Gepubliceerd: versie {versie.nummer}")
        messages.success(
            request, f"Gepubliceerd: lezers zien nu versie {versie.nummer} van “{obj}”."
        )
        return True

    def _is_as_shown(
        self, request: HttpRequest, obj: Any, done: str = "gepubliceerd"
    ) -> bool:
        """Whether the working copy still is what the page showed that was sent.

        Within the transaction that acts on it: nobody saves anything in between.
        """
        if REVISIE not in request.POST:
            return True
        self.model._default_manager.select_for_update().order_by().get(pk=obj.pk)
        same = lees_getal(request.POST[REVISIE]) == work.revision_of(obj)
        if not same:
            messages.warning(
                request,
                f"Dit is gewijzigd terwijl je keek. Er is nog niets {done}: kijk nog "
                "eens.",
            )
        return same

    def publish_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What there is to say of a working copy, before readers see it."""
        obj = self._record(request, object_id)  # type: ignore[attr-defined]
        by = self._publisher(request)
        if request.method == "POST":
            with transaction.atomic():
                done = self._is_as_shown(request, obj) and self._try_to_publish(
                    request, obj
                )
            if done:
                return HttpResponseRedirect(self._url("change", obj))  # type: ignore[attr-defined]
            return HttpResponseRedirect(self._url("publiceren", obj))  # type: ignore[attr-defined]
        return self._page(  # type: ignore[attr-defined,no-any-return]
            request,
            obj,
            "admin/wholes/publiceren.html",
            f"“{obj}” publiceren",
            **self._told(self._findings(obj)),
            ander_nodig=needs_another(obj.uuid, by),
            revisie=work.revision_of(obj),
            terug_url=self._url("change", obj),  # type: ignore[attr-defined]
            voorbeeld_url=self._url("voorbeeld", obj),  # type: ignore[attr-defined]
            indien_url=self._url("indienen", obj),  # type: ignore[attr-defined]
        )

    @vraagt(IntrekForm)
    def withdraw_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        obj = self._record(request, object_id)  # type: ignore[attr-defined]
        by = self._publisher(request)
        back = self._url("change", obj)  # type: ignore[attr-defined]
        if obj.status != Status.GEPUBLICEERD:
            messages.error(request, "Lezers zien dit niet: er is niets in te trekken.")
            return HttpResponseRedirect(back)
        form = IntrekForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                withdraw(record=obj, reason=form.cleaned_data["reden"], by=by)
            except CannotPublishError as error:
                for problem in error.problems:
                    messages.error(request, str(problem))
                return HttpResponseRedirect(back)
            self.log_change(request, obj, "Ingetrokken")
            meld_bewaard(request)
            messages.success(request, f"Ingetrokken: lezers zien “{obj}” niet meer.")
            return HttpResponseRedirect(back)
        return self._page(  # type: ignore[attr-defined,no-any-return]
            request,
            obj,
            "admin/wholes/intrekken.html",
            f"“{obj}” intrekken",
            form=form,
            terug_url=back,
        )

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        # Before anything is saved: what was typed is then given back whole.
        if "_publiceren" in request.POST and not may_publish(request.user):
            raise PermissionDenied
        return super().changeform_view(request, object_id, form_url, extra_context)
