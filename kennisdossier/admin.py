"""The admin of the kennisdossier: fieldsets and inlines in the order of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db import models
from django.db.models import Count
from django.http import JsonResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join

from aanpakken.admin import OnvolledigFilter
from kennisdossier.admin_onderdelen import Blokken, Rijen
from kennisdossier.afbeeldingen import (
    AfbeeldingFormField,
    gebruikt_in,
    werk_beschrijving_bij,
)
from kennisdossier.models import (
    Aandachtspunt,
    Afbeelding,
    Artikel,
    Begrip,
    Begripverwijzing,
    Cijfer,
    Contactpunt,
    Dossier,
    Dossierlink,
    Effect,
    Financiering,
    Gemeente,
    Praktijkvoorbeeld,
    Tip,
    Voorbeeldkoppeling,
    Vraag,
    Wijk,
)
from wijkwijzer.core.admin import PubliceerbaarAdmin
from wijkwijzer.core.models import Status

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

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


class FinancieringInline(Blokken):
    model = Financiering
    classes = ("collapse",)
    autocomplete_fields = ("bron",)
    fields = (
        "tekst",
        ("financiers", "in_natura"),
        ("duur", "afgewezen"),
        ("bron", "url", "volgorde"),
    )


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


class OnderdeelAdmin(admin.ModelAdmin):
    """Parts that editors look for across dossiers, begrippen or voorbeelden."""

    geheel = "dossier"
    tekstvelden: tuple[str, ...] = ("tekst",)
    list_select_related = True

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return ["__str__", self.geheel]

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        return [self.geheel, *(f.name for f in self.opts.fields if f.choices)]

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        return [*self.tekstvelden, f"{self.geheel}__naam"]

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        return [f.name for f in self.opts.fields if isinstance(f, models.ForeignKey)]


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


# Praktijkvoorbeelden


class CijferInline(Rijen):
    model = Cijfer
    fields = ("volgorde", "kenmerk", "waarde", "eenheid", "peildatum")


class VoorbeeldkoppelingInline(Rijen):
    model = Voorbeeldkoppeling
    autocomplete_fields = ("aanpak",)
    fields = ("aanpak", "basis", "reden")


class VoorbeeldOnvolledigFilter(OnvolledigFilter):
    ONTBREEKT = {
        "gecontroleerd": ("laatst gecontroleerd", {"laatst_gecontroleerd_op": None}),
        "omschrijving": ("omschrijving", {"omschrijving": ""}),
        "gemeente": ("gemeente", {"gemeente": None}),
        "wijk": ("wijk", {"wijk": None}),
        "begin": ("begin", {"begin": None}),
        "doelgroepen": ("doelgroepen", {"doelgroepen": None}),
        "themas": ("thema's", {"themas": None}),
        "koppelingen": ("verwante aanpak", {"koppelingen": None}),
        "bron": ("bron", {"bron": None}),
    }


class IngestuurdFilter(admin.SimpleListFilter):
    """What readers sent in, and what of it still waits for the editors."""

    title = "ingestuurd"
    parameter_name = "ingestuurd"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin
    ) -> list[tuple[str, str]]:
        return [("wacht", "wacht op de redactie"), ("ja", "alles van lezers")]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Praktijkvoorbeeld]
    ) -> QuerySet[Praktijkvoorbeeld]:
        if self.value() not in {"wacht", "ja"}:
            return queryset
        ingestuurd = queryset.filter(inzending__isnull=False)
        if self.value() == "wacht":
            return ingestuurd.filter(
                status__in=[Status.CONCEPT, Status.TER_BEOORDELING]
            )
        return ingestuurd


@admin.register(Praktijkvoorbeeld)
class PraktijkvoorbeeldAdmin(PubliceerbaarAdmin):
    list_display = ("naam", "status", "gemeente", "wijk", "begin", "gewijzigd_op")
    list_filter = (
        "status",
        IngestuurdFilter,
        VoorbeeldOnvolledigFilter,
        "gemeente__provincie",
        "themas",
        "doelgroepen",
    )
    list_select_related = ("gemeente", "wijk")
    search_fields = (
        *("naam", "slug", "samenvatting", "omschrijving", "kernfeiten"),
        *("gemeente__naam", "wijk__naam"),
    )
    autocomplete_fields = (
        *("gemeente", "wijk", "uitgebreid_naar", "doelgroepen", "themas"),
        *("onderdeel_van", "elementen", "begrippen", "bron"),
    )
    inlines = (CijferInline, FinancieringInline, VoorbeeldkoppelingInline)
    fieldsets = (
        (None, {"fields": ("naam", "slug", "samenvatting")}),
        (
            "Waar en wanneer",
            {
                "fields": (
                    ("gemeente", "wijk"),
                    "plaats_toelichting",
                    "uitgebreid_naar",
                    ("begin", "eind"),
                    "periode_toelichting",
                )
            },
        ),
        (
            "Voor wie en waarvan",
            {"fields": ("doelgroepen", "themas", "onderdeel_van")},
        ),
        ("Wat er gebeurt", {"fields": ("omschrijving", "kernfeiten", "let_op")}),
        ("Wat maakt dat het werkt", {"fields": ("elementen", "begrippen")}),
        ("Bron", {"fields": ("bron", ("extern_url", "extern_feit"))}),
        PubliceerbaarAdmin.publicatie_fieldset,
    )


@admin.register(Cijfer)
class CijferAdmin(OnderdeelAdmin):
    geheel = "voorbeeld"
    tekstvelden = ("kenmerk", "waarde", "eenheid")


@admin.register(Voorbeeldkoppeling)
class VoorbeeldkoppelingAdmin(OnderdeelAdmin):
    geheel = "voorbeeld"
    tekstvelden = ("aanpak__naam", "reden")

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return ["voorbeeld", "aanpak", "basis"]


@admin.register(Gemeente)
class GemeenteAdmin(admin.ModelAdmin):
    list_display = ("naam", "code", "provincie", "voorbeelden")
    list_filter = ("provincie",)
    search_fields = ("naam", "code", "slug")
    prepopulated_fields = {"slug": ("naam",)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Gemeente]:
        queryset: QuerySet[Gemeente] = super().get_queryset(request)
        return queryset.annotate(_voorbeelden=Count("voorbeelden"))

    @admin.display(description="voorbeelden", ordering="_voorbeelden")
    def voorbeelden(self, obj: Any) -> int:
        return int(obj._voorbeelden)


@admin.register(Wijk)
class WijkAdmin(admin.ModelAdmin):
    list_display = ("naam", "gemeente", "toelichting")
    list_filter = ("gemeente",)
    list_select_related = ("gemeente",)
    search_fields = ("naam", "slug", "toelichting", "gemeente__naam")
    autocomplete_fields = ("gemeente",)
    prepopulated_fields = {"slug": ("naam",)}


# Pictures


@admin.register(Afbeelding)
class AfbeeldingAdmin(admin.ModelAdmin):
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

    @admin.display(description="gebruikt in", empty_value="nergens")
    def gebruik(self, obj: Any) -> SafeString | None:
        artikelen = gebruikt_in(obj)
        rijen = (
            (
                reverse("admin:kennisdossier_artikel_change", args=[artikel.pk]),
                f"{artikel.dossier}: {artikel}",
            )
            for artikel in artikelen
        )
        return (
            format_html_join(", ", '<a href="{}">{}</a>', rijen) if artikelen else None
        )

    def get_urls(self) -> list[Any]:
        kiezen = self.admin_site.admin_view(self.kiezen)
        naam = "kennisdossier_afbeelding_kiezen"
        return [path("kiezen/", kiezen, name=naam), *super().get_urls()]

    def kiezen(self, request: HttpRequest) -> JsonResponse:
        """What the editor of rich text lets you choose from, the newest first."""
        if not self.has_view_permission(request):
            return JsonResponse({"afbeeldingen": []}, status=403)
        gevonden: QuerySet[Afbeelding] = Afbeelding.objects.all()
        if (nummer := request.GET.get("id", "")).isdecimal():
            gevonden = gevonden.filter(pk=int(nummer))
        gevonden, _ = self.get_search_results(
            request, gevonden, request.GET.get("q", "").replace("\0", "")
        )
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


# Reactions and what readers send in register themselves.
from kennisdossier import admin_reacties  # noqa: E402, F401
