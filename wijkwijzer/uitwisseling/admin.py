"""Where these pages stand in the admin, and what lists can do with what is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.urls import path

from wijkwijzer.uitwisseling import views
from wijkwijzer.uitwisseling.acties import geef_acties
from wijkwijzer.uitwisseling.models import Invoer
from wijkwijzer.uitwisseling.rechten import IMPORTEREN
from wijkwijzer.uitwisseling.uitvoer import te_exporteren

if TYPE_CHECKING:
    from django.http import HttpRequest


@admin.register(Invoer)
class InvoerAdmin(admin.ModelAdmin):
    """No list of rows: a page to bring in a file, and to take one out."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        wie: Any = request.user
        return bool(wie.has_perm(IMPORTEREN) or te_exporteren(wie))

    has_module_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[Any]:
        def wrap(view: Any) -> Any:
            return self.admin_site.admin_view(view)

        def naam(wat: str) -> str:
            return f"uitwisseling_invoer_{wat}"

        return [
            path("", wrap(views.begin), name=naam("changelist")),
            path("exporteren/", wrap(views.exporteer_view), name=naam("exporteren")),
            path(
                "voorbeeld/erkenningen.<slug:formaat>",
                wrap(views.voorbeeld),
                name=naam("voorbeeld"),
            ),
            path("<uuid:token>/", wrap(views.bekijk), name=naam("bekijk")),
        ]


geef_acties(admin.site)
