"""The admin of the catalogue: fieldsets and inlines in the order of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin

from aanpakken.models import (
    Aanpak,
    Actor,
    Actorlaag,
    Aspectkoppeling,
    Criterium,
    Doelgroep,
    Doelgroepkoppeling,
    Elementkoppeling,
    Feit,
    Leefbaarheidsaspect,
    Link,
    Reflectiethema,
    Richtvraag,
    Stap,
    Themakoppeling,
    Trefwoordkoppeling,
    Uitvoering,
    Vorm,
    WerkzaamElement,
)
from wijkwijzer.core.admin import PubliceerbaarAdmin, VocabulaireAdmin

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


class Deelinline(admin.TabularInline):
    """Rows of an aanpak: none empty, so that a page of many inlines stays short."""

    extra = 0
    show_change_link = False


class DoelgroepkoppelingInline(Deelinline):
    model = Doelgroepkoppeling
    autocomplete_fields = ("doelgroep",)


class ThemakoppelingInline(Deelinline):
    model = Themakoppeling
    fields = ("thema", "basis", "sterkte", "functie", "reden")


class AspectkoppelingInline(Deelinline):
    model = Aspectkoppeling
    fields = ("aspect", "basis", "reden")


class FeitInline(Deelinline):
    model = Feit
    fields = ("volgorde", "soort", "tekst", "bron", "bron_url", "bron_datum")
    autocomplete_fields = ("bron",)


class StapInline(Deelinline):
    model = Stap


class UitvoeringInline(admin.StackedInline):
    model = Uitvoering
    extra = 0
    autocomplete_fields = ("actor",)
    fields = (
        ("naam", "rol", "rol_in_bron"),
        ("laag", "laag_basis", "actor"),
        ("opmerking", "volgorde"),
    )


class ElementkoppelingInline(Deelinline):
    model = Elementkoppeling
    fields = ("element", "basis", "reden")
    autocomplete_fields = ("element",)


class LinkInline(admin.StackedInline):
    model = Link
    extra = 0
    fields = (
        ("label", "soort"),
        "url",
        ("status", "gecontroleerd_op"),
        ("gecorrigeerd_van", "correctie_reden"),
        ("opmerking", "volgorde"),
    )


class OnvolledigFilter(admin.SimpleListFilter):
    """The work queue: entries that miss something readers look for."""

    title = "nog niet bekend"
    parameter_name = "mist"
    ONTBREEKT: dict[str, tuple[str, dict[str, Any]]] = {
        "gecontroleerd": ("laatst gecontroleerd", {"laatst_gecontroleerd_op": None}),
        "vorm": ("vorm", {"vorm": None}),
        "stappen": ("stappen", {"stappen": None}),
        "elementen": ("werkzame elementen", {"elementkoppelingen": None}),
        "interventie": ("interventie in het register", {"interventie": None}),
        "links": ("links", {"links": None}),
    }

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin
    ) -> list[tuple[str, str]]:
        return [(sleutel, label) for sleutel, (label, _) in self.ONTBREEKT.items()]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Aanpak]
    ) -> QuerySet[Aanpak]:
        if self.value() not in self.ONTBREEKT:
            return queryset
        return queryset.filter(**self.ONTBREEKT[str(self.value())][1])


@admin.register(Aanpak)
class AanpakAdmin(PubliceerbaarAdmin):
    list_display = ("naam", "rubriek", "status", "interventie", "gewijzigd_op")
    list_filter = (
        "status",
        "rubriek",
        OnvolledigFilter,
        "uitvoeringen__laag",
        "themakoppelingen__thema",
        "vorm",
    )
    list_select_related = ("interventie",)
    search_fields = ("naam", "slug", "naamvarianten", "samenvatting", "omschrijving")
    autocomplete_fields = ("interventie", "bronnen")
    inlines = (
        DoelgroepkoppelingInline,
        ThemakoppelingInline,
        AspectkoppelingInline,
        FeitInline,
        StapInline,
        UitvoeringInline,
        ElementkoppelingInline,
        LinkInline,
    )
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "naam",
                    "sorteernaam",
                    "naamvarianten",
                    "slug",
                    "samenvatting",
                )
            },
        ),
        ("Erkenning", {"fields": ("rubriek", "volgorde_in_bron", "interventie")}),
        ("In het kort", {"fields": ("doel", ("vorm", "vorm_toelichting"), "tags")}),
        ("Omschrijving", {"fields": ("omschrijving", "stappen_toelichting")}),
        (
            "Eigenaar en bronnen",
            {"fields": ("eigenaar", "eigenaar_bron_url", "bronnen", "correcties")},
        ),
        PubliceerbaarAdmin.publicatie_fieldset,
    )


@admin.register(
    Themakoppeling, Aspectkoppeling, Elementkoppeling, Doelgroepkoppeling, Uitvoering
)
class KoppelingAdmin(admin.ModelAdmin):
    """Links between aanpakken and terms, to find and repair across aanpakken."""

    list_select_related = True
    search_fields = ("aanpak__naam",)
    autocomplete_fields = ("aanpak",)

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        return [f.name for f in self.model._meta.fields if f.choices]

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        tekstvelden = {"reden", "omschrijving", "naam", "opmerking"}
        eigen = [f.name for f in self.model._meta.fields if f.name in tekstvelden]
        return ["aanpak__naam", *eigen]


@admin.register(Stap, Feit, Link)
class OnderdeelAdmin(KoppelingAdmin):
    """Parts of an aanpak that editors look for across aanpakken."""

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return ["__str__", "aanpak", *self.get_list_filter(request)]

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        tekstvelden = {"naam", "tekst", "label", "url", "bron_url"}
        eigen = [f.name for f in self.model._meta.fields if f.name in tekstvelden]
        return ["aanpak__naam", *eigen]


@admin.register(Trefwoordkoppeling)
class TrefwoordkoppelingAdmin(admin.ModelAdmin):
    list_display = ("tag", "content_object")
    list_select_related = ("tag", "content_object")
    search_fields = ("tag__name", "content_object__naam")
    autocomplete_fields = ("tag", "content_object")


class RichtvraagInline(admin.TabularInline):
    model = Richtvraag
    extra = 0


@admin.register(Richtvraag)
class RichtvraagAdmin(admin.ModelAdmin):
    list_display = ("vraag", "laag", "volgorde")
    list_filter = ("laag",)
    search_fields = ("vraag",)


@admin.register(Reflectiethema)
class ReflectiethemaAdmin(VocabulaireAdmin):
    gebruikt_relatie = "themakoppelingen"
    view_on_site = True
    fieldsets = (
        (None, {"fields": ("naam", "kort", "slug", "volgorde")}),
        ("Tekst", {"fields": ("toelichting", "uitleg", "opmerking")}),
    )


@admin.register(Actorlaag)
class ActorlaagAdmin(VocabulaireAdmin):
    gebruikt_relatie = "uitvoeringen"
    inlines = (RichtvraagInline,)


@admin.register(Actor)
class ActorAdmin(VocabulaireAdmin):
    list_display = ("naam", "laag", "slug", "volgorde", "gebruikt")
    list_filter = ("laag",)
    list_select_related = ("laag",)
    gebruikt_relatie = "uitvoeringen"


@admin.register(Doelgroep)
class DoelgroepAdmin(VocabulaireAdmin):
    gebruikt_relatie = "doelgroepkoppelingen"


@admin.register(Vorm)
class VormAdmin(VocabulaireAdmin):
    gebruikt_relatie = "aanpakken"


@admin.register(Leefbaarheidsaspect)
class LeefbaarheidsaspectAdmin(VocabulaireAdmin):
    gebruikt_relatie = "aspectkoppelingen"


@admin.register(WerkzaamElement)
class WerkzaamElementAdmin(VocabulaireAdmin):
    list_display = ("naam", "groep", "bron", "volgorde", "gebruikt")
    list_filter = ("groep", "bron")
    list_select_related = ("bron",)
    gebruikt_relatie = "elementkoppelingen"


@admin.register(Criterium)
class CriteriumAdmin(VocabulaireAdmin):
    pass
