"""Every form of the admin: its history says what was, and an old one overwrites nobody.

Records with versions have their own way to put two editors together
(``wholes.admin.samen``). Of all else a form carries what the record said; when that is
no longer so, the form comes back with what was typed and says what changed. Who then
saves again does so on purpose.
"""

from __future__ import annotations

import json
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime

from wijkwijzer.redactie.heropenen import nooit_geldig
from wijkwijzer.redactie.veranderd import (
    is_followed,
    is_whole,
    toestand,
    verschillen,
    whole_around,
)
from wijkwijzer.wholes.work import remember

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wijkwijzer.wholes.declaration import Data

# The field of a form with what the record said.
TOEN = "_toen"
# On the request: what the record said before, and that its form must only be shown.
VOOR, ALLEEN_TONEN = "_redactie_voor", "_redactie_alleen_tonen"


class Gevolgd(admin.ModelAdmin[Any]):
    """What every admin of a model gets from the site (``RedactieSite.register``)."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context = extra_context or {}
        posts, whole = request.method == "POST", is_whole(self.model)
        # Who only looks holds up nobody: on SQLite a transaction is one that writes.
        with transaction.atomic() if posts else nullcontext():
            obj = self._locked(request, object_id)
            if obj is not None and is_followed(self.model) and (posts or not whole):
                now = toestand(obj)
                setattr(request, VOOR, now)
                if not whole and self.has_change_permission(request, obj):
                    context |= {"toen": json.dumps(now)}
                    self._compare(request, obj, now)
            return super().changeform_view(request, object_id, form_url, context)

    def _locked(self, request: HttpRequest, object_id: str | None) -> Any:
        """The record; who saves waits for who saved just before."""
        obj = self.get_object(request, unquote(object_id)) if object_id else None
        if obj is not None and request.method == "POST":
            rows = self.model._default_manager.order_by().filter(pk=obj.pk)
            # Evaluated: that is what locks.
            list(rows.select_for_update().values_list("pk"))
        return obj

    def _compare(self, request: HttpRequest, obj: Any, now: Data) -> None:
        """Let a form of before be shown only, with what changed since."""
        try:
            seen = json.loads(request.POST.get(TOEN, "null"))
        except ValueError:
            return
        if not isinstance(seen, dict) or seen == json.loads(json.dumps(now)):
            return
        setattr(request, ALLEEN_TONEN, True)
        messages.warning(
            request,
            f"{self._changed_by(obj)} wijzigde dit intussen. Er is nog niets van jou "
            "opgeslagen; wat je typte staat er nog. Sla nog eens op als het zo moet.",
        )
        for line in verschillen(self.model, seen, now):
            messages.warning(request, line)

    def _changed_by(self, obj: Any) -> str:
        last = (
            LogEntry.objects.filter(
                content_type=ContentType.objects.get_for_model(obj),
                object_id=str(obj.pk),
            )
            .select_related("user")
            .first()
        )
        if last is None:
            return "Iemand anders"
        time = date_format(localtime(last.action_time), "TIME_FORMAT")
        return f"{str(last.user)[:1].upper()}{str(last.user)[1:]} (om {time})"

    def get_form(
        self, request: HttpRequest, obj: Any = None, *args: Any, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, *args, **kwargs)
        return nooit_geldig(form) if getattr(request, ALLEEN_TONEN, False) else form

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        self._changes_a_whole(request, whole_around(form.instance))

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        around = {whole_around(obj) for obj in queryset}
        super().delete_queryset(request, queryset)
        for record in around:
            self._changes_a_whole(request, record)

    def _changes_a_whole(self, request: HttpRequest, record: Any) -> None:
        """Who changes a part by itself, changes the text that it belongs to."""
        if record is not None:
            remember(record, by=request.user)  # type: ignore[arg-type]

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """What is erased is not told by its history either: only who did what."""
        around = whole_around(obj)
        about = LogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(obj), object_id=str(obj.pk)
        )
        super().delete_model(request, obj)
        about.update(change_message="")
        self._changes_a_whole(request, around)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """With the old and the new values; what changes nothing is not written down.

        A message of our own, of publishing or deciding, stays as it is.
        """
        before = getattr(request, VOOR, None)
        if before is None or isinstance(message, str):
            return super().log_change(request, obj, message)
        lines = verschillen(self.model, before, toestand(obj))
        return super().log_change(request, obj, "\n".join(lines)) if lines else None
