"""The admin of the kennisdossier: fieldsets and inlines in the order of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Count

from aanpakken.admin import OnvolledigFilter
from kennisdossier.admin_onderdelen import (
    Blokken,
    FinancieringInline,
    OnderdeelAdmin,
    Rijen,
)
from kennisdossier.models import (
    Aandachtspunt,
    Artikel,
    Begrip,
    Begripverwijzing,
    Contactpunt,
    Dossier,
    Dossierlink,
    Effect,
    Financiering,
    Tip,
    Vraag,
)
from wijkwijzer.core.admin import PubliceerbaarAdmin

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

ARTIKELVELDEN = (
    ("naam", "slug", "volgorde"),
    "tekst",
    ("aanpakken", "voorbeelden"),
    "bronsecties",
)


# Dossiers


class ArtikelInline(Blokken):
    model = Artikel
    fields = ARTIKELVELDEN
    autocomplete_fields = ("aanpakken", "voorbeelden")
    prepopulated_fields = {"slug": ("naam",)}


class VraagInline(Blokken):
    model = Vraag
    classes = ("collapse",)
    autocomplete_fields = ("voorbeeld",)
    fields = (("nummer", "vraag"), "antwoord", ("aan", "voorbeeld"), "let_op")


class TipInline(Rijen):
    model = Tip
    classes = ("collapse",)
    autocomplete_fields = ("bron", "voorbeeld")
    fields = ("volgorde", "groep", "tekst", "voorbeeld", "bron")


class AandachtspuntInline(Rijen):
    model = Aandachtspunt
    classes = ("collapse",)
    autocomplete_fields = ("bron",)
    fields = ("volgorde", "kop", "tekst", "bron")


class DossierlinkInline(Rijen):
    model = Dossierlink
    classes = ("collapse",)
    fields = ("volgorde", "label", "toelichting", "url", "opmerking")


class DossierOnvolledigFilter(OnvolledigFilter):
    ONTBREEKT = {
        "gecontroleerd": ("laatst gecontroleerd", {"laatst_gecontroleerd_op": None}),
        "samenvatting": ("samenvatting", {"samenvatting": ""}),
        "artikelen": ("artikelen", {"artikelen": None}),
        "bron": ("bron", {"bron": None}),
        "organisaties": ("kennis van", {"organisaties": None}),
        "adressen": (
            "adres bij verder lezen",
            {"pk__in": Dossierlink.objects.filter(url="").values("dossier")},
        ),
        "contactpunten": ("contactpunt", {"contactpunten": None}),
    }


@admin.register(Dossier)
class DossierAdmin(PubliceerbaarAdmin):
    list_display = ("naam", "status", "aantal_artikelen", "bron", "gewijzigd_op")
    list_filter = ("status", DossierOnvolledigFilter, "organisaties", "bron")
    list_select_related = ("bron",)
    search_fields = (
        *("naam", "slug", "samenvatting", "artikelen__naam", "artikelen__tekst"),
    )
    autocomplete_fields = ("bron", "organisaties", "elementen")
    inlines = (
        ArtikelInline,
        VraagInline,
        TipInline,
        AandachtspuntInline,
        FinancieringInline,
        DossierlinkInline,
    )
    fieldsets = (
        (None, {"fields": ("naam", "slug", "samenvatting", "volgorde")}),
        ("Waar de kennis vandaan komt", {"fields": ("organisaties", "bron")}),
        ("Wat maakt dat het werkt", {"fields": ("elementen",)}),
        PubliceerbaarAdmin.publicatie_fieldset,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Dossier]:
        queryset: QuerySet[Dossier] = super().get_queryset(request)
        return queryset.annotate(_artikelen=Count("artikelen", distinct=True))

    @admin.display(description="artikelen", ordering="_artikelen")
    def aantal_artikelen(self, obj: Any) -> int:
        return int(obj._artikelen)


@admin.register(Artikel)
class ArtikelAdmin(admin.ModelAdmin):
    list_display = ("naam", "dossier", "volgorde")
    list_filter = ("dossier",)
    list_select_related = ("dossier",)
    search_fields = ("naam", "slug", "tekst", "bronsecties", "dossier__naam")
    autocomplete_fields = ("dossier", "aanpakken", "voorbeelden")
    prepopulated_fields = {"slug": ("naam",)}
    fields = ("dossier", *ARTIKELVELDEN)
    save_on_top = True

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Only in a published dossier there is something to look at."""
        if obj is None or not obj.dossier.is_gepubliceerd:
            return None
        return super().get_view_on_site_url(obj)


@admin.register(Tip)
class TipAdmin(OnderdeelAdmin):
    tekstvelden = ("tekst", "groep")


@admin.register(Aandachtspunt)
class AandachtspuntAdmin(OnderdeelAdmin):
    tekstvelden = ("kop", "tekst")


@admin.register(Vraag)
class VraagAdmin(OnderdeelAdmin):
    tekstvelden = ("vraag", "antwoord", "aan")


@admin.register(Dossierlink)
class DossierlinkAdmin(OnderdeelAdmin):
    tekstvelden = ("label", "url", "opmerking")


@admin.register(Effect)
class EffectAdmin(admin.ModelAdmin):
    list_display = ("tekst", "op", "zekerheid", "bron", "volgorde")
    list_filter = ("dossiers", "op", "bron")
    list_select_related = ("bron",)
    search_fields = ("tekst", "op", "zekerheid", "slug")
    autocomplete_fields = ("bron", "dossiers", "aanpakken", "voorbeelden")
    prepopulated_fields = {"slug": ("op", "tekst")}
    fieldsets = (
        (None, {"fields": ("tekst", "slug", ("op", "zekerheid"), "bron", "volgorde")}),
        (
            "Waar het op de site staat",
            {"fields": ("dossiers", "aanpakken", "voorbeelden")},
        ),
    )


@admin.register(Financiering)
class FinancieringAdmin(admin.ModelAdmin):
    list_display = ("tekst", "duur", "dossier", "voorbeeld", "aanpak")
    list_filter = ("dossier", "bron")
    list_select_related = ("dossier", "voorbeeld", "aanpak")
    search_fields = ("tekst", "financiers", "in_natura", "afgewezen", "voorbeeld__naam")
    autocomplete_fields = ("bron", "dossier", "voorbeeld", "aanpak")
    fieldsets = (
        (None, {"fields": FinancieringInline.fields}),
        (
            "Waar het op de site staat",
            {"fields": ("dossier", "voorbeeld", "aanpak")},
        ),
    )


@admin.register(Contactpunt)
class ContactpuntAdmin(admin.ModelAdmin):
    list_display = ("__str__", "functie", "email", "volgorde")
    list_filter = ("dossiers",)
    list_select_related = ("organisatie",)
    search_fields = ("functie", "organisatie__naam", "expertise", "email", "slug")
    autocomplete_fields = ("organisatie", "dossiers")
    prepopulated_fields = {"slug": ("functie",)}
    fieldsets = (
        (None, {"fields": ("organisatie", "functie", "slug", "expertise")}),
        ("Vragen van lezers", {"fields": ("email",)}),
        ("Waar het op de site staat", {"fields": ("dossiers", "volgorde")}),
    )


# Begrippen


class BegripverwijzingInline(Rijen):
    model = Begripverwijzing
    fields = ("label", "url", "opmerking")


class BegripOnvolledigFilter(OnvolledigFilter):
    ONTBREEKT = {
        "gecontroleerd": ("laatst gecontroleerd", {"laatst_gecontroleerd_op": None}),
        "definitie": ("definitie", {"definitie": ""}),
        "toelichting": ("toelichting", {"toelichting": ""}),
        "bron": ("bron", {"bron": None}),
        "verwijzingen": ("verwijzing", {"verwijzingen": None}),
    }


@admin.register(Begrip)
class BegripAdmin(PubliceerbaarAdmin):
    list_display = ("naam", "definitie", "status", "markeren", "gewijzigd_op")
    list_filter = ("status", BegripOnvolledigFilter, "markeren", "bron")
    search_fields = ("naam", "slug", "varianten", "definitie", "toelichting")
    autocomplete_fields = ("bron",)
    inlines = (BegripverwijzingInline,)
    fieldsets = (
        (None, {"fields": ("naam", "slug", "definitie", "toelichting", "let_op")}),
        ("In teksten", {"fields": ("varianten", "markeren")}),
        ("Bron", {"fields": ("bron",)}),
        PubliceerbaarAdmin.publicatie_fieldset,
    )


@admin.register(Begripverwijzing)
class BegripverwijzingAdmin(OnderdeelAdmin):
    geheel = "begrip"
    tekstvelden = ("label", "url", "opmerking")


# The rest of the admin of this app, which registers itself.
from kennisdossier import (  # noqa: E402, F401
    admin_afbeeldingen,
    admin_reacties,
    admin_voorbeelden,
)
