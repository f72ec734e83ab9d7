"""What was learned around dossiers, to find and repair across them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin

from kennisdossier.admin.onderdelen import OnderdeelAdmin
from kennisdossier.models import (
    Aandachtspunt,
    Dossierlink,
    Effect,
    Financiering,
    Tip,
    Vraag,
)

if TYPE_CHECKING:
    from django.http import HttpRequest


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
class EffectAdmin(OnderdeelAdmin):
    tekstvelden = ("tekst", "op", "zekerheid")

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        return [*super().get_autocomplete_fields(request), "aanpakken", "voorbeelden"]


@admin.register(Financiering)
class FinancieringAdmin(OnderdeelAdmin):
    tekstvelden = ("tekst", "financiers", "in_natura", "afgewezen")
