"""The outbox in the admin: what could not be sent comes first, and can go again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db.models import Case, When

from wijkwijzer.deelname import actions
from wijkwijzer.deelname.admin.basis import PersoonAdmin, alineas, redacteur
from wijkwijzer.deelname.models import Bericht, Berichtstatus

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

NIEMAND_VERSTUURT = (
    "Er ligt mail klaar die niemand verstuurt. Vraag de beheerder of "
    "“manage.py verstuur_berichten” nog draait."
)


@admin.register(Bericht)
class BerichtAdmin(PersoonAdmin):
    """What is in a mail can be read only when it needs somebody's attention."""

    change_form_template = "admin/deelname/bericht/change_form.html"
    list_display = (
        *("onderwerpregel", "status", "geprobeerd", "fout"),
        *("gemaakt_op", "volgende", "verstuurd_op"),
    )
    list_filter = ("status", "gemaakt_op")
    search_fields = ("onderwerpregel", "fout", "aan", "email")
    actions = ("verstuur_opnieuw", "exporteer_persoon", "verwijder_persoon")

    def get_ordering(self, request: HttpRequest) -> tuple[Any, ...]:
        eerst = [Berichtstatus.MISLUKT, Berichtstatus.WACHT]
        stand = Case(
            *(When(status=status, then=n) for n, status in enumerate(eerst)),
            default=len(eerst),
        )
        return (stand, "-gemaakt_op", "-pk")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        inhoud = ["aan", "antwoord_aan", "hele_tekst"] if self._mislukt(obj) else []
        return [
            *("onderwerpregel", *inhoud, "status", "geprobeerd", "fout"),
            *("gemaakt_op", "volgende", "verstuurd_op"),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """All but where it goes: a wrong address is what editors can put right."""
        return [naam for naam in self.get_fields(request, obj) if naam != "aan"]

    @staticmethod
    def _mislukt(obj: Bericht | None) -> bool:
        return obj is not None and obj.status == Berichtstatus.MISLUKT

    @admin.display(description="tekst")
    def hele_tekst(self, obj: Bericht) -> SafeString:
        return alineas(obj.tekst)

    @admin.display(description="gaat niet eerder dan", ordering="volgende_op")
    def volgende(self, obj: Bericht) -> Any:
        return obj.volgende_op if obj.status == Berichtstatus.WACHT else None

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if request.method == "GET" and Bericht.objects.blijft_liggen().exists():
            messages.warning(request, NIEMAND_VERSTUURT)
        return super().changelist_view(request, extra_context)

    # On the page of one

    def save_model(
        self, request: HttpRequest, obj: Bericht, form: Any, change: bool
    ) -> None:
        if "_opnieuw" in request.POST:
            actions.verstuur_opnieuw(
                berichten=[obj],
                aan=form.cleaned_data.get("aan", ""),
                by=redacteur(request),
            )

    def log_change(self, request: HttpRequest, obj: Bericht, message: Any) -> Any:
        """The action writes down what it does; nothing else changes a mail."""
        return None

    # On the list

    @admin.action(description="Verstuur opnieuw", permissions=["change"])
    def verstuur_opnieuw(
        self, request: HttpRequest, queryset: QuerySet[Bericht]
    ) -> None:
        aantal = actions.verstuur_opnieuw(berichten=queryset, by=redacteur(request))
        messages.success(request, f"Gaat opnieuw: {aantal}.")
