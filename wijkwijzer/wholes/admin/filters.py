"""Work queues of editors: what is incomplete, and what readers do not see yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.db.models import F

from wijkwijzer.core.models import Status
from wijkwijzer.wholes.declaration import Kind, spec_of
from wijkwijzer.wholes.registry import whole_of

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from wijkwijzer.wholes.declaration import Whole

GEWIJZIGD = "gewijzigd"


class OnvolledigFilter(admin.SimpleListFilter):
    """The work queue: entries that miss something readers look for."""

    title = "nog niet bekend"
    parameter_name = "mist"
    # What else can be missing than a field: key → (words, lookups).
    also: ClassVar[dict[str, tuple[str, dict[str, Any]]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._missing = missing_of(whole_of(args[2])) | self.also
        super().__init__(*args, **kwargs)

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]
    ) -> list[tuple[str, str]]:
        return [(key, words) for key, (words, _) in self._missing.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        found = self._missing.get(str(self.value()))
        return queryset.filter(**found[1]) if found else queryset


def missing_of(declared: type[Whole]) -> dict[str, tuple[str, dict[str, Any]]]:
    """Per field of a complete record: its words, and what finds records without."""
    return {
        f.name: (
            f.info.missing,
            {
                f.source: ""
                if f.kind in {Kind.LINES, Kind.VALUE} and not f.model_field.null
                else None
            },
        )
        for f in spec_of(declared).fields
        if f.info.missing
    }


class GewijzigdFilter(admin.SimpleListFilter):
    """Working copies that differ from what readers see."""

    title = "werkversie"
    parameter_name = "werkversie"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]
    ) -> list[tuple[str, str]]:
        return [(GEWIJZIGD, "gewijzigd sinds de publicatie")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() != GEWIJZIGD:
            return queryset
        return queryset.filter(status=Status.GEPUBLICEERD).exclude(_gezien=F("revisie"))
