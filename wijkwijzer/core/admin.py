"""The admin of sources and organisations, and what every admin page here shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Count

from wijkwijzer.core.models import (
    Bron,
    Broncorrectie,
    Organisatie,
    Organisatierol,
    Status,
    VorigeSlug,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

admin.site.site_header = "WijkWijzer – redactie"
admin.site.site_title = "WijkWijzer"
admin.site.index_title = "Wat wil je bewerken?"


class PubliceerbaarAdmin(admin.ModelAdmin):
    """What every entry with a public page has: status, permalink, "Bekijk op site"."""

    date_hierarchy = None
    list_per_page = 50
    save_on_top = True
    show_facets = admin.ShowFacets.ALWAYS
    view_on_site = True
    readonly_fields = ("uuid", "aangemaakt_op", "gewijzigd_op")
    prepopulated_fields = {"slug": ("naam",)}
    publicatie_fieldset: tuple[str, Any] = (
        "Publicatie",
        {
            "fields": (
                "status",
                "gepubliceerd_op",
                "reden_archivering",
                "laatst_gecontroleerd_op",
                ("uuid", "aangemaakt_op", "gewijzigd_op"),
            )
        },
    )

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Any = None
    ) -> dict[str, Any]:
        # Typing in the name of an existing entry must not change its address.
        return {} if obj else dict(self.prepopulated_fields)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {
            "status": Status.CONCEPT,
            **super().get_changeform_initial_data(request),
        }

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Only a published entry has a page to look at."""
        return (
            super().get_view_on_site_url(obj) if obj and obj.is_gepubliceerd else None
        )


class VocabulaireAdmin(admin.ModelAdmin):
    """A controlled list, with how often each term is used."""

    list_display: tuple[str, ...] = ("naam", "slug", "volgorde", "gebruikt")
    list_editable = ("volgorde",)
    search_fields = ("naam", "slug", "toelichting")
    prepopulated_fields = {"slug": ("naam",)}
    gebruikt_relatie = ""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        queryset: QuerySet[Any] = super().get_queryset(request)
        if not self.gebruikt_relatie:
            return queryset
        gebruikt = Count(self.gebruikt_relatie, distinct=True)
        geteld: QuerySet[Any] = queryset.annotate(_gebruikt=gebruikt)
        return geteld

    @admin.display(description="gebruikt", ordering="_gebruikt")
    def gebruikt(self, obj: Any) -> int | str:
        return getattr(obj, "_gebruikt", "–")


class BroncorrectieInline(admin.TabularInline):
    model = Broncorrectie
    extra = 0
    fields = ("volgorde", "soort", "gevonden", "correctie", "opmerking")


@admin.register(Bron)
class BronAdmin(admin.ModelAdmin):
    list_display = ("titel", "uitgever", "soort", "datum", "volgorde")
    list_filter = ("soort", "uitgever")
    search_fields = ("titel", "ondertitel", "uitgever", "auteurs", "slug")
    prepopulated_fields = {"slug": ("titel",)}
    inlines = (BroncorrectieInline,)
    fieldsets = (
        (None, {"fields": ("titel", "ondertitel", "slug", "volgorde")}),
        ("Wie en wat", {"fields": ("uitgever", "soort", "auteurs", "medewerking")}),
        (
            "Waar en wanneer",
            {
                "fields": (
                    ("datum", "datum_opmerking"),
                    ("url", "url_opmerking"),
                    "leestijd_minuten",
                )
            },
        ),
    )


@admin.register(Broncorrectie)
class BroncorrectieAdmin(admin.ModelAdmin):
    list_display = ("gevonden", "correctie", "soort", "bron")
    list_filter = ("bron", "soort")
    list_select_related = ("bron",)
    search_fields = ("gevonden", "correctie", "opmerking")
    autocomplete_fields = ("bron",)


@admin.register(Organisatie)
class OrganisatieAdmin(admin.ModelAdmin):
    list_display = ("naam", "voluit")
    list_filter = ("rollen", "bronnen")
    search_fields = ("naam", "voluit", "naamvarianten")
    prepopulated_fields = {"slug": ("naam",)}
    autocomplete_fields = ("rollen", "bronnen")
    fieldsets = (
        (None, {"fields": ("naam", "voluit", "naamvarianten", "slug")}),
        ("Over de organisatie", {"fields": ("rollen", "toelichting", "bronnen")}),
    )


@admin.register(Organisatierol)
class OrganisatierolAdmin(VocabulaireAdmin):
    gebruikt_relatie = "organisaties"


@admin.register(VorigeSlug)
class VorigeSlugAdmin(admin.ModelAdmin):
    """Read only: these rows keep old addresses alive."""

    list_display = ("slug", "soort", "object_id", "vervangen_op")
    list_filter = ("soort",)
    search_fields = ("slug",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
