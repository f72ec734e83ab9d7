"""The sites that may show our embeds."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import admin

from wijkwijzer.delen.admin import uitleg  # noqa: F401  # tells what fields are for
from wijkwijzer.delen.models import Insluitdomein


@admin.register(Insluitdomein)
class InsluitdomeinAdmin(admin.ModelAdmin):
    list_display = ("domein", "van")
    search_fields: ClassVar[tuple[str, ...]] = ("domein", "van")
