"""The admin of sources and organisations, and the name of the whole admin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from taggit.admin import TagAdmin
from taggit.models import Tag

from wijkwijzer.core import algemeen_uitgelegd  # noqa: F401  # tells with each field
from wijkwijzer.core.adresvraag import lees_getal
from wijkwijzer.core.models import (
    Bron,
    Broncorrectie,
    Organisatie,
    VorigeSlug,
)
from wijkwijzer.core.tekens import een_regel
from wijkwijzer.core.trefwoorden import (
    MAX_TEKENS,
    bestaande,
    lees_trefwoorden,
    netjes,
    schrijf_trefwoorden,
    voeg_samen,
    vorm,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

admin.site.site_header = "WijkWijzer – redactie"
admin.site.site_title = "WijkWijzer"
admin.site.index_title = "Wat wil je bewerken?"


# Nobody searches for more than a line.
MAX_ZOEKTERM = 200


class Doorzoekbaar(admin.ModelAdmin[Any]):
    """Finds what was copied from a page too: those have soft hyphens in long words."""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        term = een_regel(search_term, MAX_ZOEKTERM)
        return super().get_search_results(request, queryset, term)


class VasteSlug(admin.ModelAdmin[Any]):
    """Made of the name once: versions and addresses name it by its slug, for ever."""

    prepopulated_fields = {"slug": ("naam",)}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("slug",) if obj else ()

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Any = None
    ) -> dict[str, Any]:
        return {} if obj else dict(self.prepopulated_fields)


class BroncorrectieInline(admin.TabularInline):
    model = Broncorrectie
    extra = 0
    fields = ("volgorde", "soort", "gevonden", "correctie", "opmerking")


@admin.register(Bron)
class BronAdmin(VasteSlug, Doorzoekbaar):
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
class OrganisatieAdmin(VasteSlug, Doorzoekbaar):
    list_display = ("naam", "voluit")
    list_filter = ("rollen", "bronnen")
    search_fields = ("naam", "voluit", "naamvarianten")
    autocomplete_fields = ("rollen", "bronnen")
    fieldsets = (
        (None, {"fields": ("naam", "voluit", "naamvarianten", "slug")}),
        ("Over de organisatie", {"fields": ("rollen", "toelichting", "bronnen")}),
    )


@admin.register(VorigeSlug)
class VorigeSlugAdmin(admin.ModelAdmin):
    """Read only: these rows keep old addresses alive."""

    list_display = ("slug", "soort", "vervangen_op")
    list_filter = ("soort",)
    search_fields = ("slug",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class TrefwoordForm(forms.ModelForm):
    """A tag by itself: no second one that differs in capitals only."""

    def clean_name(self) -> str:
        naam = netjes(self.cleaned_data["name"])
        anderen = Tag.objects.exclude(pk=self.instance.pk)
        if "name" in self.changed_data and (al := bestaande([vorm(naam)], anderen)):
            raise forms.ValidationError(f"Dit trefwoord is er al: {al[vorm(naam)]}.")
        return naam


class SamenvoegForm(forms.Form):
    naam = forms.CharField(
        label="Welk trefwoord blijft?",
        max_length=MAX_TEKENS,
        help_text="Een van deze, een ander dat er al is, of een nieuw.",
    )

    def clean_naam(self) -> str:
        naam = netjes(self.cleaned_data["naam"])
        if not lees_trefwoorden(f'"{naam}"'):
            raise forms.ValidationError("Schrijf een trefwoord op.")
        return naam


admin.site.unregister(Tag)


@admin.register(Tag)
class TrefwoordAdmin(TagAdmin):
    """Who merges tags takes some away: for who may erase them. Taggit asks nothing."""

    form = TrefwoordForm

    @admin.action(description="Voeg samen", permissions=["delete"])
    def render_tag_form(
        self, request: HttpRequest, queryset: QuerySet[Tag]
    ) -> HttpResponse:
        chosen = urlencode({"tag": [tag.pk for tag in queryset]}, doseq=True)
        return HttpResponseRedirect(
            f"{reverse('admin:taggit_tag_merge_tags')}?{chosen}"
        )

    def merge_tags_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_delete_permission(request):
            raise PermissionDenied
        asked = map(lees_getal, request.GET.getlist("tag"))
        tags = [*Tag.objects.filter(pk__in=[pk for pk in asked if pk is not None])]
        form = SamenvoegForm(request.POST or None)
        lijst = reverse("admin:taggit_tag_changelist")
        if tags and form.is_valid():
            blijft = voeg_samen(tags=tags, naam=form.cleaned_data["naam"])
            self.log_change(
                request, blijft, f"Samengevoegd: {schrijf_trefwoorden(tags)}"
            )
            messages.success(request, f"Dit is nu één trefwoord: “{blijft}”.")
            return HttpResponseRedirect(lijst)
        context = {
            **self.admin_site.each_context(request),
            "title": "Trefwoorden samenvoegen",
            "opts": self.opts,
            "tags": tags,
            "form": form,
            "terug_url": lijst,
        }
        return render(request, "admin/taggit/merge_tags_form.html", context)
