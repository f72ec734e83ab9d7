"""The other controlled lists of the catalogue."""

from __future__ import annotations

from django.contrib import admin

from aanpakken.models import (
    Criterium,
    Doelgroep,
    Leefbaarheidsaspect,
    Reflectiethema,
    Vorm,
    Vraagstuk,
    WerkzaamElement,
)
from wijkwijzer.wholes.admin import VocabulaireAdmin


@admin.register(Reflectiethema)
class ReflectiethemaAdmin(VocabulaireAdmin):
    view_on_site = True
    fieldsets = (
        (None, {"fields": ("naam", "kort", "slug", "volgorde")}),
        ("Tekst", {"fields": ("toelichting", "uitleg", "opmerking")}),
    )


@admin.register(Doelgroep)
class DoelgroepAdmin(VocabulaireAdmin):
    pass


@admin.register(Vorm)
class VormAdmin(VocabulaireAdmin):
    pass


@admin.register(Vraagstuk)
class VraagstukAdmin(VocabulaireAdmin):
    pass


@admin.register(Leefbaarheidsaspect)
class LeefbaarheidsaspectAdmin(VocabulaireAdmin):
    pass


@admin.register(WerkzaamElement)
class WerkzaamElementAdmin(VocabulaireAdmin):
    list_display = ("naam", "groep", "bron", "volgorde", "gebruikt")
    list_filter = ("groep", "bron")
    list_select_related = ("bron",)


@admin.register(Criterium)
class CriteriumAdmin(VocabulaireAdmin):
    pass
