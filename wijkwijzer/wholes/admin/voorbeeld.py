"""The page with a preview in the admin: on a phone, on a desk, and a link to send."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from csp.decorators import csp_update
from django.contrib import admin
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator

from wijkwijzer.wholes.preview import VALID, sign

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class VoorbeeldMixin(admin.ModelAdmin[Any]):
    """For the admin of a record with versions."""

    # The other pages of a record: what comes after its address, and the words for it.
    voorbeeld_delen: ClassVar[dict[str, str]] = {}

    @method_decorator(csp_update({"frame-src": ["'self'"]}))
    def preview_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        obj = self._seen(request, object_id)  # type: ignore[attr-defined]
        delen = {"": "De pagina"} | self.voorbeeld_delen
        deel = request.GET.get("deel", "")
        if deel not in delen:
            raise Http404(f"no part {deel!r}")
        until = timezone.now() + VALID
        address = reverse("voorbeeld", args=[sign(obj, until)]) + deel
        return self._page(  # type: ignore[attr-defined,no-any-return]
            request,
            obj,
            "admin/wholes/voorbeeld.html",
            f"Voorbeeld van “{obj}”",
            adres=address,
            link=request.build_absolute_uri(address),
            tot=until,
            deel=deel,
            delen=[*delen.items()] if len(delen) > 1 else [],
            # The frames need the room.
            terug_url=self._url("change", obj),  # type: ignore[attr-defined]
        )
