"""What organisations are to this field: a controlled list of the base."""

from __future__ import annotations

from django.contrib import admin

from wijkwijzer.core.models import Organisatierol
from wijkwijzer.wholes.admin.vocabulaire import VocabulaireAdmin


@admin.register(Organisatierol)
class OrganisatierolAdmin(VocabulaireAdmin):
    pass
