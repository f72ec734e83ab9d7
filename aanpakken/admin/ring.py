"""The rings and who is in them."""

from __future__ import annotations

from django.contrib import admin

from aanpakken.models import Actor, Actorlaag, Richtvraag
from wijkwijzer.wholes.admin import VocabulaireAdmin


class RichtvraagInline(admin.TabularInline):
    model = Richtvraag
    extra = 0


@admin.register(Richtvraag)
class RichtvraagAdmin(admin.ModelAdmin):
    list_display = ("vraag", "laag", "volgorde")
    list_filter = ("laag",)
    search_fields = ("vraag",)


@admin.register(Actorlaag)
class ActorlaagAdmin(VocabulaireAdmin):
    inlines = (RichtvraagInline,)


@admin.register(Actor)
class ActorAdmin(VocabulaireAdmin):
    list_display = ("naam", "laag", "slug", "volgorde", "gebruikt")
    list_filter = ("laag",)
    list_select_related = ("laag",)
