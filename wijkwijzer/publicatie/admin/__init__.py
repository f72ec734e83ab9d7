"""Prepare an edition, look at it, and freeze it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpResponse
from django.urls import path, reverse
from django.utils.html import format_html

from wijkwijzer.publicatie.admin import uitleg  # noqa: F401  # tells what fields are for
from wijkwijzer.publicatie.edities import bevries, proefdruk
from wijkwijzer.publicatie.models import Editie
from wijkwijzer.publicatie.zetten import OnzetbaarError
from wijkwijzer.wholes.current import current_stand

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.urls import URLPattern
    from django.utils.safestring import SafeString

FIELDS = ("nummer", "datum", "voorwoord", "proefdruk")
LUKT_NIET = "De pdf kon niet worden gemaakt. De editie is bewaard en niet bevroren."


class EditieForm(forms.ModelForm):
    bevries = forms.BooleanField(
        label="Bevries deze editie",
        required=False,
        help_text="Lezers zien haar dan, en niemand kan haar nog wijzigen.",
    )

    class Meta:
        model = Editie
        fields = ("nummer", "datum", "voorwoord")


def _basis(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


@admin.register(Editie)
class EditieAdmin(admin.ModelAdmin):
    form = EditieForm
    list_display = ("nummer", "datum", "staat")
    search_fields = ("nummer", "voorwoord")
    readonly_fields = ("proefdruk",)

    @admin.display(description="staat")
    def staat(self, editie: Editie) -> str:
        return "bevroren" if editie.is_bevroren else "in voorbereiding"

    @admin.display(description="bekijken")
    def proefdruk(self, editie: Editie) -> SafeString | str:
        if editie.pk is None:
            return "Bewaar de editie eerst."
        if editie.is_bevroren:
            adres, woorden = (
                reverse("editie", args=[editie.nummer]),
                "Zoals lezers haar zien",
            )
        else:
            adres = reverse("admin:publicatie_editie_proef", args=[editie.pk])
            woorden = "Proefdruk (pdf)"
        return format_html('<a href="{}">{}</a>', adres, woorden)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who cannot freeze it has no box for that."""
        last = ["bevries"] if self._mag_nog(request, obj) else []
        return [("Editie", {"fields": [*FIELDS, *last]})]

    def _mag_nog(self, request: HttpRequest, editie: Editie | None) -> bool:
        """Whether it can still change, by who looks at it."""
        if editie is None:
            return self.has_add_permission(request)
        return self.has_change_permission(request, editie)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        open_ = obj is None or not obj.is_bevroren
        return open_ and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        open_ = obj is None or not obj.is_bevroren
        return open_ and super().has_delete_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> Any:
        """Not many at once: among them could be a frozen one."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        if not form.cleaned_data.get("bevries"):
            return
        try:
            bevries(editie=obj, stand=current_stand(), basis=_basis(request))
        except OnzetbaarError:
            self.message_user(request, LUKT_NIET, messages.ERROR)
        else:
            self.message_user(request, f"{obj} is bevroren: lezers zien haar nu.")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.proef)
        own = path("<int:pk>/proef.pdf", view, name="publicatie_editie_proef")
        return [own, *super().get_urls()]

    def proef(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The first volume, as it would be frozen now."""
        editie = self.get_object(request, str(pk))
        if editie is None or not self.has_view_permission(request, editie):
            raise Http404(f"no edition {pk}")
        try:
            pdf = proefdruk(current_stand(), editie, _basis(request))
        except OnzetbaarError:
            return HttpResponse(
                "De pdf kon niet worden gemaakt.\n",
                status=503,
                content_type="text/plain; charset=utf-8",
            )
        return HttpResponse(
            pdf,
            content_type="application/pdf",
            headers={"Content-Disposition": 'inline; filename="proefdruk.pdf"'},
        )
