"""The admin of a dossier: fieldsets and inlines in the order of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Count

from kennisdossier.admin.artikel import ARTIKELVELDEN
from kennisdossier.admin.onderdelen import Blokken, Rijen
from kennisdossier.models import (
    Aandachtspunt,
    Artikel,
    Dossier,
    Dossierlink,
    Effect,
    Financiering,
    Tip,
    Vraag,
)
from wijkwijzer.wholes.admin import GeheelAdmin, GewijzigdFilter, OnvolledigFilter

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


class ArtikelInline(Blokken):
    model = Artikel
    fields = ARTIKELVELDEN
    autocomplete_fields = ("aanpakken", "voorbeelden")
    prepopulated_fields = {"slug": ("naam",)}


class VraagInline(Blokken):
    model = Vraag
    autocomplete_fields = ("voorbeeld",)
    fields = (("nummer", "vraag"), "antwoord", ("aan", "voorbeeld"), "let_op")


class TipInline(Rijen):
    model = Tip
    autocomplete_fields = ("bron", "voorbeeld")
    fields = ("volgorde", "groep", "tekst", "voorbeeld", "bron")


class AandachtspuntInline(Rijen):
    model = Aandachtspunt
    autocomplete_fields = ("bron",)
    fields = ("volgorde", "kop", "tekst", "bron")


class DossierlinkInline(Rijen):
    model = Dossierlink
    fields = ("volgorde", "label", "toelichting", "url", "opmerking")


class EffectInline(Blokken):
    model = Effect
    autocomplete_fields = ("bron", "aanpakken", "voorbeelden")
    fields = (
        ("tekst", "volgorde"),
        ("op", "zekerheid", "bron"),
        ("aanpakken", "voorbeelden"),
    )


class FinancieringInline(Blokken):
    model = Financiering
    autocomplete_fields = ("bron", "voorbeeld", "aanpak")
    fields = (
        "tekst",
        ("financiers", "in_natura"),
        ("duur", "afgewezen"),
        ("bron", "url", "volgorde"),
        ("voorbeeld", "aanpak"),
    )


class DossierOnvolledigFilter(OnvolledigFilter):
    also = {
        "adressen": (
            "adres bij verder lezen",
            {"pk__in": Dossierlink.objects.filter(url="").values("dossier")},
        ),
    }


@admin.register(Dossier)
class DossierAdmin(GeheelAdmin):
    list_display = ("naam", "stand", "aantal_artikelen", "bron", "gewijzigd_op")
    list_filter = (
        *("status", GewijzigdFilter, DossierOnvolledigFilter),
        *("organisaties", "bron"),
    )
    list_select_related = ("bron",)
    search_fields = (
        *("naam", "slug", "samenvatting", "artikelen__naam", "artikelen__tekst"),
    )
    voorbeeld_delen = {"lessen/": "Lessen", "vragen/": "Vragen"}
    autocomplete_fields = ("bron", "organisaties", "elementen")
    inlines = (
        ArtikelInline,
        VraagInline,
        TipInline,
        AandachtspuntInline,
        EffectInline,
        FinancieringInline,
        DossierlinkInline,
    )
    volgorde_secties = (
        *("Waar de kennis vandaan komt", "artikelen", "vragen", "effecten"),
        *("Wat maakt dat het werkt", "tips", "aandachtspunten", "financieringen"),
    )
    fieldsets = (
        (None, {"fields": ("naam", "slug", "samenvatting", "volgorde")}),
        ("Waar de kennis vandaan komt", {"fields": ("organisaties", "bron")}),
        ("Wat maakt dat het werkt", {"fields": ("elementen",)}),
        GeheelAdmin.publicatie_fieldset,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Dossier]:
        queryset: QuerySet[Dossier] = super().get_queryset(request)
        return queryset.annotate(_artikelen=Count("artikelen", distinct=True))

    @admin.display(description="artikelen", ordering="_artikelen")
    def aantal_artikelen(self, obj: Any) -> int:
        return int(obj._artikelen)
