"""Controlled lists: their slugs stay, and so does what versions name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin

from wijkwijzer.core.admin import Doorzoekbaar, VasteSlug
from wijkwijzer.wholes.current import current_stand
from wijkwijzer.wholes.documents import canonical
from wijkwijzer.wholes.models import Versie
from wijkwijzer.wholes.registry import terms, wholes
from wijkwijzer.wholes.vocabulary import mark

if TYPE_CHECKING:
    from django.contrib.admin.views.main import ChangeList
    from django.db.models import Model
    from django.http import HttpRequest

    from wijkwijzer.wholes.stand import Stand


class VocabulaireAdmin(VasteSlug, Doorzoekbaar):
    """A controlled list, with how many records that readers see use each term."""

    list_display: tuple[str, ...] = ("naam", "slug", "volgorde", "gebruikt")
    list_editable = ("volgorde",)
    search_fields = ("naam", "slug", "toelichting")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What a version names stays: its page must keep its words."""
        may: bool = super().has_delete_permission(request, obj)
        return may and (obj is None or not uses(obj, current_stand()))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Refuse what a version names, also one that readers do not see any more."""
        found, count, needed, protected = super().get_deleted_objects(objs, request)
        named = [f"{obj}: staat in een versie" for obj in objs if is_named(obj)]
        return found, count, needed, [*protected, *named]

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        changelist = super().get_changelist_instance(request)
        stand = current_stand()
        for term in changelist.result_list:
            term.uses = uses(term, stand)
        return changelist

    @admin.display(description="gebruikt")
    def gebruikt(self, obj: Any) -> int:
        return int(obj.uses)


def is_named(term: Model) -> bool:
    """Whether a version can name a term: one that has its key as a text."""
    key = terms()[str(term._meta.model_name)].key_of(term)
    return Versie.objects.filter(document__contains=canonical(key)).exists()


def uses(term: Model, stand: Stand) -> int:
    """How many records that readers see name a term."""
    declared = terms()[str(term._meta.model_name)]
    marks = [mark(f"{declared.__name__}:{declared.key_of(term)}")]
    return sum(
        stand.mentioning(whole, marks).bit_count() for whole in wholes().values()
    )
