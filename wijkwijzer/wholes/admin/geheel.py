"""Records with versions: save, publish, withdraw, and look back.

An editor edits the working copy; readers see a version of it. Every page here says
which of the two it is about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse

from wijkwijzer.core.admin import Doorzoekbaar
from wijkwijzer.core.models import Publiceerbaar, Status
from wijkwijzer.wholes import review, schedule, work
from wijkwijzer.wholes.actions import published_document, working_document
from wijkwijzer.wholes.admin.beoordelen import BeoordeelMixin
from wijkwijzer.wholes.admin.plannen import PlanMixin
from wijkwijzer.wholes.admin.publiceren import PubliceerMixin
from wijkwijzer.wholes.admin.samen import SamenMixin
from wijkwijzer.wholes.admin.versies import VersiesMixin
from wijkwijzer.wholes.admin.volgorde import in_order, order_columns, save_parts
from wijkwijzer.wholes.admin.voorbeeld import VoorbeeldMixin
from wijkwijzer.wholes.answers import open_review
from wijkwijzer.wholes.current import current_stand
from wijkwijzer.wholes.declaration import spec_of
from wijkwijzer.wholes.models import Publicatie, Versie
from wijkwijzer.wholes.registry import whole_of
from wijkwijzer.wholes.rights import may_erase, may_publish

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse


class GeheelAdmin(
    PubliceerMixin,
    BeoordeelMixin,
    PlanMixin,
    VoorbeeldMixin,
    SamenMixin,
    VersiesMixin,
    Doorzoekbaar,
):
    """What every record with versions has."""

    list_per_page = 50
    save_on_top = True
    show_facets = admin.ShowFacets.ALWAYS
    view_on_site = True
    # Not by the name that Django looks for: versions have forms in this app as well.
    change_form_template = "admin/wholes/geheel.html"
    readonly_fields = ("stand", "uuid", "aangemaakt_op", "gewijzigd_op")
    prepopulated_fields = {"slug": ("naam",)}

    # The pages of a record beside its form: the end of the address, and the view.
    pages: ClassVar[dict[str, str]] = {
        "publiceren": "publish_view",
        "intrekken": "withdraw_view",
        "versies": "versions_view",
        "voorbeeld": "preview_view",
        "indienen": "submit_view",
        "beoordelen": "review_view",
        "plannen": "plan_view",
    }

    class Media:
        js = (forms.Script("js/admin-volgorde.js", type="module"),)

    publicatie_fieldset: tuple[str, Any] = (
        "Publicatie",
        {
            "fields": (
                "stand",
                "laatst_gecontroleerd_op",
                ("uuid", "aangemaakt_op", "gewijzigd_op"),
            )
        },
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        gezien = Publicatie.objects.filter(uuid=OuterRef("uuid")).values("revisie")
        queryset: QuerySet[Any] = super().get_queryset(request)
        found: QuerySet[Any] = queryset.annotate(_gezien=Subquery(gezien[:1]))
        return found

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Any = None
    ) -> dict[str, Any]:
        # Typing in the name of an existing entry must not change its address.
        return {} if obj else dict(self.prepopulated_fields)

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Only what readers see has a page to look at, at the address they know."""
        if obj is None:
            return None
        gezien = current_stand().published(whole_of(self.model), obj.uuid)
        return gezien.get_absolute_url() if gezien else None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What readers ever saw is not erased, but withdrawn."""
        may: bool = super().has_delete_permission(request, obj)
        if not may or obj is None:
            return may
        seen = Publicatie.objects.filter(uuid=obj.uuid).exists()
        return not seen and may_erase(request.user, obj.uuid)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions: dict[str, Any] = super().get_actions(request)
        # It does not ask for each record whether it may be erased.
        actions.pop("delete_selected", None)
        return actions

    @admin.display(description="stand", ordering="status")
    def stand(self, obj: Publiceerbaar) -> str:
        """In words: what readers see, and whether the working copy differs."""
        if obj.pk is None:
            return "nieuw"
        words = str(obj.get_status_display())
        if obj.status == Status.GEPUBLICEERD and self.is_changed(obj):
            return f"{words}, werkversie gewijzigd"
        return words

    @staticmethod
    def is_changed(obj: Any) -> bool:
        """Whether the working copy differs from what readers see."""
        seen = getattr(obj, "_gezien", None)
        return seen is not None and seen != obj.revisie

    # One record

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context: dict[str, Any] = {**self.publishes(request), **(extra_context or {})}
        if object_id and (obj := self.get_object(request, unquote(object_id))):
            context |= self._about(request, obj)
        return super().changeform_view(request, object_id, form_url, context)

    def _about(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        versies = Versie.objects.filter(uuid=obj.uuid).select_related("door")
        return {
            "gezien": obj.status == Status.GEPUBLICEERD,
            "gewijzigd": obj.status == Status.GEPUBLICEERD and self.is_changed(obj),
            "ingetrokken": obj.status == Status.GEARCHIVEERD,
            "versies": versies[:5],
            "versies_url": self._url("versies", obj),
            "intrek_url": self._url("intrekken", obj),
            "wacht": open_review(obj.uuid),
            "antwoord": review.last_answer(obj),
            "gepland": schedule.waiting_for(obj.uuid),
            "plan_mislukt": schedule.last_failure(obj.uuid),
            "mag_publiceren": may_publish(request.user),
            "urls": {name: self._url(name, obj) for name in self.pages},
        }

    def _url(self, name: str, obj: Any) -> str:
        return reverse(f"admin:{self._name(name)}", args=[obj.pk])

    def _name(self, name: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{name}"

    def get_urls(self) -> list[Any]:
        def wrap(view: Any) -> Any:
            return self.admin_site.admin_view(view)

        return [
            *(
                path(
                    f"<path:object_id>/{name}/",
                    wrap(getattr(self, view)),
                    name=self._name(name),
                )
                for name, view in self.pages.items()
            ),
            *super().get_urls(),
        ]

    def _seen(self, request: HttpRequest, object_id: str) -> Any:
        """The record with this address, for who may look at it."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404(f"no {self.opts.model_name} {object_id!r}")
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        return obj

    def _record(self, request: HttpRequest, object_id: str) -> Any:
        """The same, for who may change it."""
        obj = self._seen(request, object_id)
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        return obj

    def _page(
        self, request: HttpRequest, obj: Any, template: str, title: str, **extra: Any
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "original": obj,
            "has_view_permission": True,
            **extra,
        }
        return render(request, template, context)

    def save_formset(
        self, request: HttpRequest, form: Any, formset: Any, change: bool
    ) -> None:
        save_parts(formset)

    def get_formsets_with_inlines(
        self, request: HttpRequest, obj: Any = None
    ) -> Iterator[tuple[Any, Any]]:
        columns = order_columns(spec_of(whole_of(self.model)))
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            column = columns.get(formset.model)
            yield (in_order(formset, column) if column else formset), inline

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Only of what readers never saw: nothing of it stays."""
        super().delete_model(request, obj)
        work.forget(obj.uuid)

    # Publishing

    def _was_saved(self, request: HttpRequest, obj: Any) -> None:
        work.remember(obj, by=request.user)  # type: ignore[arg-type]
        work.leaves(obj, by=request.user)  # type: ignore[arg-type]

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        self._was_saved(request, obj)
        if answer := self._goes_on(request, obj):
            return answer
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        self._was_saved(request, obj)
        if answer := self._goes_on(request, obj):
            return answer
        if obj.status == Status.GEPUBLICEERD:
            self._heal(obj)
        return super().response_change(request, obj)

    def _goes_on(self, request: HttpRequest, obj: Any) -> HttpResponse | None:
        """Where a button leads that does more than saving."""
        if "_publiceren" in request.POST:
            return self._publish(request, obj)
        if "_indienen" in request.POST:
            return HttpResponseRedirect(self._url("indienen", obj))
        return None

    def _heal(self, obj: Any) -> None:
        """A working copy that was changed back differs no more."""
        if working_document(obj) == published_document(obj):
            revisie = self.model._default_manager.filter(pk=obj.pk).values("revisie")
            Publicatie.objects.filter(uuid=obj.uuid).update(
                revisie=Subquery(revisie[:1])
            )
