"""Forms of the admin that show again what was typed, and say when it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib import admin
from django.forms.models import _get_foreign_key
from django.urls import reverse

from wijkwijzer.core.klad import meld_bewaard
from wijkwijzer.redactie.getypt import is_heropend, van
from wijkwijzer.redactie.teruggeven import Waarom, teruggegeven

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    F = TypeVar("F", bound=Callable[..., Any])


def heropent(view: F) -> F:
    """Mark a view that can show what was typed; see ``kan_heropenen``."""
    view.heropent = True  # type: ignore[attr-defined]
    return view


def nooit_geldig(klasse: Any) -> Any:
    """The same form or formset: with its errors, but never to be saved."""

    class Getoond(klasse):
        def is_valid(self) -> bool:
            super().is_valid()
            return False

    Getoond.__name__ = klasse.__name__
    return Getoond


class Heropenbaar(admin.ModelAdmin[Any]):
    """What every admin of a model gets from the site (``RedactieSite.register``)."""

    @heropent
    def add_view(self, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().add_view(*args, **kwargs)

    @heropent
    def change_view(self, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().change_view(*args, **kwargs)

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        """What was typed for a record that a colleague erased can become a new one."""
        if (getypt := van(request)) and self.has_add_permission(request):
            naar = reverse(f"admin:{opts.app_label}_{opts.model_name}_add")
            ouders = {
                _get_foreign_key(self.model, inline.model, inline.fk_name).name
                for inline in self.inlines
            }
            return teruggegeven(request, getypt.als_nieuw(ouders), Waarom.WEG, naar)
        answer: HttpResponse = super()._get_obj_does_not_exist_redirect(  # type: ignore[misc]
            request, opts, object_id
        )
        return answer

    def get_form(
        self, request: HttpRequest, obj: Any = None, *args: Any, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, *args, **kwargs)
        return nooit_geldig(form) if is_heropend(request) else form

    def get_changelist_formset(self, request: HttpRequest, **kwargs: Any) -> Any:
        formset = super().get_changelist_formset(request, **kwargs)
        return nooit_geldig(formset) if is_heropend(request) else formset

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        response: HttpResponse = super().changelist_view(request, extra_context)
        if "_save" in request.POST and response.status_code == 302:
            meld_bewaard(request)
        return response

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        meld_bewaard(request)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        meld_bewaard(request)
        return super().response_change(request, obj)
