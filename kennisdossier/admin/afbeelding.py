"""The admin of pictures, and what the editor of rich text lets you choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db import models
from django.http import JsonResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join

from kennisdossier.afbeeldingen import (
    AfbeeldingForm,
    AfbeeldingFormField,
    gebruikt_in,
    werk_beschrijving_bij,
)
from kennisdossier.models import Afbeelding
from wijkwijzer.core.adresvraag import lees_getal, lees_waarde

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.utils.safestring import SafeString


@admin.register(Afbeelding)
class AfbeeldingAdmin(admin.ModelAdmin[Afbeelding]):
    form = AfbeeldingForm
    list_display = ("miniatuur", "alt", "maker", "breedte", "hoogte")
    list_display_links = ("miniatuur", "alt")
    search_fields = ("alt", "maker", "bestand")
    formfield_overrides = {models.ImageField: {"form_class": AfbeeldingFormField}}
    # Who changes the picture, adds a new one: its address is in texts.
    fields = ("bestand", "alt", "maker")
    AANTAL_KEUZES = 24

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("miniatuur", "alt", "maker", "gebruik") if obj else self.fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("miniatuur", "gebruik") if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A picture that a text shows stays."""
        mag: bool = super().has_delete_permission(request, obj)
        return mag and (obj is None or not gebruikt_in(obj))

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "alt" in form.changed_data:
            werk_beschrijving_bij(obj)

    @admin.display(description="afbeelding")
    def miniatuur(self, obj: Any) -> SafeString:
        return format_html(
            '<img class="miniatuur" src="{}" alt="" width="{}" height="{}">',
            obj.bestand.url if obj.bestand else "",
            obj.breedte,
            obj.hoogte,
        )

    @admin.display(description="gebruikt in")
    def gebruik(self, obj: Any) -> SafeString | str:
        rijen = [
            (
                reverse("admin:kennisdossier_artikel_change", args=[artikel.pk]),
                f"{artikel.dossier}: {artikel}",
            )
            for artikel in gebruikt_in(obj)
        ]
        if not rijen:
            return "nergens"
        return format_html_join(", ", '<a href="{}">{}</a>', rijen)

    def get_urls(self) -> list[Any]:
        kiezen = self.admin_site.admin_view(self.kiezen)
        naam = "kennisdossier_afbeelding_kiezen"
        return [path("kiezen/", kiezen, name=naam), *super().get_urls()]

    def kiezen(self, request: HttpRequest) -> JsonResponse:
        """What the editor of rich text lets you choose from, the newest first."""
        if not self.has_view_permission(request):
            return JsonResponse({"afbeeldingen": []}, status=403)
        gevonden: QuerySet[Afbeelding] = Afbeelding.objects.all()
        if gevraagd := lees_waarde(request.GET, "id"):
            nummer = lees_getal(gevraagd)
            gevonden = gevonden.none() if nummer is None else gevonden.filter(pk=nummer)
        # Every word is a condition more, and a database takes no thousands of those.
        zoek = lees_waarde(request.GET, "q").replace("\0", "")[:200]
        gevonden, _ = self.get_search_results(request, gevonden, zoek)
        keuzes = [*gevonden[: self.AANTAL_KEUZES + 1]]
        return JsonResponse(
            {
                "afbeeldingen": [
                    {
                        "src": afbeelding.bestand.url,
                        "alt": afbeelding.alt,
                        "maker": afbeelding.maker,
                        "width": afbeelding.breedte,
                        "height": afbeelding.hoogte,
                    }
                    for afbeelding in keuzes[: self.AANTAL_KEUZES]
                    if afbeelding.bestand
                ],
                "meer": len(keuzes) > self.AANTAL_KEUZES,
                "toevoegen": self.has_add_permission(request),
            }
        )
