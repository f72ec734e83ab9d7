"""The history of one record: what it was, what differs, and back to it.

A moment is a version that readers saw, a working copy that somebody saved, or the
working copy of now. Any two can be compared, and any of before can be put back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpResponseRedirect

from wijkwijzer.wholes import work
from wijkwijzer.wholes.actions import (
    CannotPublishError,
    document_of,
    restore_document,
    working_document,
)
from wijkwijzer.wholes.apply import MissingError
from wijkwijzer.wholes.documents import parse
from wijkwijzer.wholes.models import Versie, Werkstand
from wijkwijzer.wholes.registry import whole_of
from wijkwijzer.wholes.upgrade import upgraded
from wijkwijzer.wholes.words import RowNames, told

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.contrib.auth.models import User
    from django.http import HttpRequest, HttpResponse

    from wijkwijzer.wholes.declaration import Data
    from wijkwijzer.wholes.words import Told

NOW = "nu"


@dataclass
class Moment:
    """What a record was at one time. ``data`` is None of what was withdrawn."""

    key: str
    title: str
    data: Data | None
    at: datetime | None = None
    by: User | None = None
    note: str = ""
    changes: Sequence[Told] = ()

    def __str__(self) -> str:
        return self.title

    @property
    def what(self) -> str:
        """The first things that changed, to tell one moment from another."""
        labels = [*dict.fromkeys(change.label for change in self.changes)]
        return ", ".join(labels[:3]) + (" …" if len(labels) > 3 else "")


def moments(record: Any) -> list[Moment]:
    """All moments of a record, the oldest first; the last is now."""
    declared = whole_of(type(record))
    versions = Versie.objects.filter(uuid=record.uuid).select_related("door")
    saves = Werkstand.objects.filter(uuid=record.uuid, door__isnull=False)
    found = [
        Moment(
            f"v{versie.nummer}",
            f"Versie {versie.nummer}",
            document_of(versie),
            versie.op,
            versie.door,
            versie.opmerking or versie.reden,
        )
        for versie in versions
    ]
    found += [
        Moment(
            f"w{save.revisie}",
            "Opgeslagen",
            upgraded(declared, parse(save.document), save.schema),
            save.op,
            save.door,
        )
        for save in saves.select_related("door")
    ]
    found.sort(key=lambda moment: (moment.at, moment.key))
    found.append(Moment(NOW, "De werkversie van nu", working_document(record)))
    before: Data | None = None
    names = RowNames()
    for moment in found:
        if moment.data is not None:
            if before is not None:
                moment.changes = told(declared, before, moment.data, names)
            before = moment.data
    return found


class VersiesMixin(admin.ModelAdmin[Any]):
    def versions_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """All moments, with what changed in each; one can be put back."""
        # Who may look, may look back; putting back is changing.
        asks = self._record if request.method == "POST" else self._seen  # type: ignore[attr-defined]
        obj = asks(request, object_id)
        found = moments(obj)
        by_key = {moment.key: moment for moment in found}
        if request.method == "POST":
            chosen = by_key.get(request.POST.get("moment", ""))
            with transaction.atomic():
                shown = self._is_as_shown(request, obj, "teruggezet")  # type: ignore[attr-defined]
                if shown:
                    self._put_back(request, obj, chosen)
            to = self._url("change" if shown else "versies", obj)  # type: ignore[attr-defined]
            return HttpResponseRedirect(to)
        pair = [by_key.get(request.GET.get(name, "")) for name in ("van", "tot")]
        return self._page(  # type: ignore[attr-defined,no-any-return]
            request,
            obj,
            "admin/wholes/versies.html",
            f"Geschiedenis van “{obj}”",
            momenten=[m for m in found[::-1] if m.key != NOW or m.changes],
            te_kiezen=[m for m in found[::-1] if m.data is not None],
            van=pair[0],
            tot=pair[1],
            verschil=self._between(*pair),
            revisie=work.revision_of(obj),
            kan_terug=self.has_change_permission(request, obj),
            terug_url=self._url("change", obj),  # type: ignore[attr-defined]
        )

    def _between(self, one: Moment | None, other: Moment | None) -> list[Told] | None:
        """What differs between two moments; None when two were not chosen."""
        if one is None or other is None or one.data is None or other.data is None:
            return None
        return told(whole_of(self.model), one.data, other.data)

    def _put_back(self, request: HttpRequest, obj: Any, chosen: Moment | None) -> None:
        if chosen is None or chosen.data is None:
            messages.error(request, "Dat moment bestaat niet.")
            return
        try:
            restored = restore_document(whole_of(self.model), chosen.data)
        except (MissingError, CannotPublishError) as error:
            messages.error(request, f"Dit kan niet terug: {error}")
            return
        work.remember(restored, by=request.user)  # type: ignore[arg-type]
        self.log_change(request, obj, f"Teruggezet: {chosen.title}")
        messages.success(
            request,
            f"De werkversie is nu weer zoals toen ({chosen.title}). Lezers zien dat "
            "pas als je publiceert.",
        )
