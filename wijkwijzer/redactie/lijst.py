"""The lists of the admin, which are the queues of the start page as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR

from wijkwijzer.core.adresvraag import lees_waarde
from wijkwijzer.redactie import handelingen
from wijkwijzer.redactie.veranderd import is_whole
from wijkwijzer.redactie.wachtrijen import WACHTRIJ, van

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.contrib.admin.views.main import ChangeList
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from wijkwijzer.redactie.wachtrijen import Wachtrij


class WachtrijFilter(admin.SimpleListFilter):
    """What of a list waits for whoever looks at it."""

    title = "wat wacht"
    parameter_name = WACHTRIJ

    def __init__(self, request: HttpRequest, *args: Any) -> None:
        self._request = request
        self._queues = {queue.sleutel: queue for queue in van(args[1], request)}
        super().__init__(request, *args)

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]
    ) -> list[tuple[str, str]]:
        return [(key, queue.naam) for key, queue in self._queues.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        queue = self._queues.get(str(self.value()))
        return queryset if queue is None else queue.rijen(queryset, request)

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """Without how many each has: the start page says that, of all at once."""
        facets, changelist.add_facets = changelist.add_facets, False
        yield from [*super().choices(changelist)]
        changelist.add_facets = facets


class Lijst(admin.ModelAdmin[Any]):
    """What every list gets from the site (``RedactieSite.register``)."""

    def get_list_filter(self, request: HttpRequest) -> Any:
        own = super().get_list_filter(request)
        return [WachtrijFilter, *own] if van(self.model, request) else own

    def _wachtrij(self, request: HttpRequest) -> Wachtrij | None:
        """The queue that is being looked at."""
        asked = lees_waarde(request.GET, WACHTRIJ)
        queues = van(self.model, request) if asked else []
        return next((queue for queue in queues if queue.sleutel == asked), None)

    def get_list_display(self, request: HttpRequest) -> Any:
        first, *others = super().get_list_display(request)
        queue = self._wachtrij(request)
        if queue is None or queue.kolom is None:
            return [first, *others]

        @admin.display(description=queue.kolom.titel)
        def wachtrij_kolom(obj: Any) -> Any:
            return getattr(obj, "_in_wachtrij", None) or "–"

        return [first, wachtrij_kolom, *others]

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        changelist = super().get_changelist_instance(request)
        queue = self._wachtrij(request)
        if queue is not None:
            # Who works through a queue does not compare what else there is.
            changelist.add_facets = False
        if queue is not None and queue.kolom is not None:
            rows = [*changelist.result_list]
            said = queue.kolom.lees(rows)
            for row in rows:
                row._in_wachtrij = said.get(row.pk)
        return changelist

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> Any:
        """Each field of a row says whose it is: its label is the head of the column."""
        form: Any = super().get_changelist_form(request, **kwargs)

        class Rij(form):
            def __init__(self, *args: Any, **kwargs: Any) -> None:
                super().__init__(*args, **kwargs)
                for field in self.fields.values():
                    field.widget.attrs["aria-label"] = f"{field.label}: {self.instance}"

        return Rij

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions: dict[str, Any] = super().get_actions(request)
        may = self.has_change_permission(request) and IS_POPUP_VAR not in request.GET
        if may and is_whole(self.model):
            for action in handelingen.voor_gehelen(request):
                name = action.__name__
                actions[name] = (action, name, action.short_description)
        return actions
