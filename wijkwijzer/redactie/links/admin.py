"""The queue of links that do not work, and what an editor does about one."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.timezone import localtime

from wijkwijzer.core.admin import Doorzoekbaar
from wijkwijzer.core.models import Adrescontrole
from wijkwijzer.redactie.links.actions import GOED_VOOR, keur_goed
from wijkwijzer.redactie.links.overnemen import neem_over
from wijkwijzer.redactie.links.vindplaatsen import Vindplaats, vindplaatsen
from wijkwijzer.redactie.links.wachtrij import mag_wijzigen, mag_zien

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.contrib.admin.views.main import ChangeList
    from django.contrib.auth.models import User
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest, HttpResponse

# On a row of the list: where its address stands.
PLAATSEN = "_plaatsen"


@admin.register(Adrescontrole)
class AdrescontroleAdmin(Doorzoekbaar):
    """Read only: the check writes it. What an editor decides are actions.

    What waits is a queue (``redactie.werk``), and so a filter of this list.
    """

    # In the menu; the table is called after what one row is.
    heet = "Links die we nakijken"
    # Few columns: it is worked on with a phone too.
    list_display = ("kort", "plaatsen")
    list_display_links = None
    list_filter = ("status",)
    list_per_page = 25
    search_fields = ("adres", "nieuw_adres", "bevinding")
    actions = ("neem_over", "toch_goed")

    class Media:
        css = {"all": ("css/admin-links.css",)}

    fields = (
        *("link", "toestand", "antwoord", "voorstel", "plaatsen"),
        *("sinds", "nagekeken_op", "mislukt", "goed_volgens", "goed_op", "goed_tot"),
    )
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {"title": self.heet, **(extra_context or {})}
        return super().changelist_view(request, context)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        niets = {"show_save": False, "show_save_and_continue": False}
        extra = {**(extra_context or {}), **niets}
        return super().change_view(request, object_id, form_url, extra)

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Adrescontrole | None:
        rij: Adrescontrole | None = super().get_object(request, object_id, from_field)
        if rij:
            self._zoek_plaatsen(request, [rij])
        return rij

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        lijst = super().get_changelist_instance(request)
        rijen = list(lijst.result_list)
        self._zoek_plaatsen(request, rijen)
        lijst.result_list = rijen
        return lijst

    def _zoek_plaatsen(
        self, request: HttpRequest, rijen: Sequence[Adrescontrole]
    ) -> None:
        """Where these stand, in as many queries for one as for all."""
        gevonden = vindplaatsen(rij.adres for rij in rijen)
        alle = [plaats for plaatsen in gevonden.values() for plaats in plaatsen]
        namen = _items(alle)
        for rij in rijen:
            plaatsen = gevonden.get(rij.adres, [])
            html = _plaatsen(request, self.admin_site, plaatsen, namen)
            setattr(rij, PLAATSEN, html)

    # Columns

    @admin.display(description="adres", ordering="adres")
    def kort(self, obj: Adrescontrole) -> SafeString:
        nieuw = SafeString("")
        if obj.nieuw_adres:
            nieuw = format_html("<p>Nieuw adres: {}</p>", _anker(obj.nieuw_adres))
        return format_html(
            "<p>{}</p><p>{}</p>{}<p>Nagekeken: {}</p>",
            _anker(obj.adres),
            self.toestand(obj),
            nieuw,
            self.nagekeken(obj),
        )

    @admin.display(description="adres")
    def link(self, obj: Adrescontrole) -> SafeString:
        return _anker(obj.adres)

    @admin.display(description="wat er is")
    def toestand(self, obj: Adrescontrole) -> SafeString:
        sinds = obj.sinds and date_format(localtime(obj.sinds), "j F Y")
        woorden = f"{obj.get_status_display()} sinds {sinds}" if sinds else ""
        woorden = capfirst(woorden or obj.get_status_display())
        if obj.goed_tot:
            tot = date_format(obj.goed_tot, "j F Y")
            wie = obj.goed_volgens or "iemand"
            uitleg = f"{obj.bevinding} Volgens {wie} werkt het, tot {tot}.".strip()
        else:
            uitleg = obj.bevinding
        return format_html("<strong>{}.</strong> {}", woorden, uitleg)

    @admin.display(description="waar het staat")
    def plaatsen(self, obj: Adrescontrole) -> SafeString:
        return getattr(obj, PLAATSEN, SafeString(""))

    @admin.display(description="nieuw adres")
    def voorstel(self, obj: Adrescontrole) -> SafeString | str:
        if not obj.nieuw_adres:
            return "–"
        return _anker(obj.nieuw_adres)

    @admin.display(description="nagekeken")
    def nagekeken(self, obj: Adrescontrole) -> str:
        if not obj.nagekeken_op:
            return "nog niet"
        return date_format(localtime(obj.nagekeken_op), "j F Y")

    # What an editor decides

    @admin.action(description="Neem het nieuwe adres over", permissions=["change"])
    def neem_over(
        self, request: HttpRequest, queryset: QuerySet[Adrescontrole]
    ) -> None:
        mag = mag_wijzigen(request, self.admin_site)
        uit = neem_over(controles=queryset, mag=mag, by=cast("User", request.user))
        if uit.gewijzigd:
            namen = ", ".join(map(str, uit.gewijzigd))
            messages.success(
                request,
                f"Vervangen: {uit.aantal}, in {namen}. Publiceer wat je wijzigde: dan "
                "zien lezers het nieuwe adres. In een lijst, zoals bronnen, zien ze "
                "het meteen.",
            )
        if uit.mag_niet:
            namen = ", ".join(map(str, uit.mag_niet))
            messages.warning(request, f"Dit mag je niet wijzigen: {namen}.")
        for naam, waarom in uit.kan_niet.items():
            messages.error(request, f"{naam} is niet gewijzigd. {waarom}")
        if not (uit.gewijzigd or uit.mag_niet or uit.kan_niet):
            messages.info(request, "Er is niets te vervangen.")

    @admin.action(description="Toch goed: deze link werkt", permissions=["change"])
    def toch_goed(
        self, request: HttpRequest, queryset: QuerySet[Adrescontrole]
    ) -> None:
        controles, by = list(queryset), cast("User", request.user)
        keur_goed(controles=controles, by=by)
        LogEntry.objects.log_actions(
            by.pk, controles, CHANGE, "Toch goed: de link werkt."
        )
        messages.success(
            request,
            f"Goed bevonden: {len(controles)}. Dat geldt {GOED_VOOR.days} dagen, "
            "wat de controle ook vindt.",
        )


def _anker(adres: str) -> SafeString:
    """A link, called as people say it, with room to break it on a phone."""
    deel = urlsplit(adres)
    zonder = adres.removeprefix(f"{deel.scheme}://").removeprefix("www.")
    leesbaar = zonder.rstrip("/").replace("/", "/\u200b")
    if deel.scheme not in {"http", "https"}:
        return format_html("{}", adres)
    return format_html('<a href="{}">{}</a>', adres, leesbaar)


def _items(plaatsen: Iterable[Vindplaats]) -> dict[tuple[type[Model], int], Model]:
    sleutels: dict[type[Model], set[int]] = defaultdict(set)
    for plaats in plaatsen:
        sleutels[plaats.model].add(plaats.pk)
    return {
        (model, pk): item
        for model, pks in sleutels.items()
        for pk, item in model._default_manager.in_bulk(pks).items()
    }


def _plaatsen(
    request: HttpRequest,
    site: admin.AdminSite,
    plaatsen: Sequence[Vindplaats],
    items: dict[tuple[type[Model], int], Model],
) -> SafeString:
    """A line per record, with its fields and a link to its form."""
    velden: dict[Model, dict[str, None]] = defaultdict(dict)
    for plaats in plaatsen:
        item = items.get((plaats.model, plaats.pk))
        if item is not None and mag_zien(request, site, item):
            waar = "alleen in wat lezers zien" if plaats.van_lezers else plaats.veld
            velden[item][waar] = None
    if not velden:
        return format_html("{}", "–" if plaatsen else "Staat nergens meer.")
    regels = (
        (capfirst(str(item._meta.verbose_name)), _formulier(item), "; ".join(waar))
        for item, waar in velden.items()
    )
    return format_html(
        "<ul>{}</ul>", format_html_join("", "<li>{} {} ({})</li>", regels)
    )


def _formulier(item: Model) -> SafeString | str:
    meta = item._meta
    try:
        url = reverse(
            f"admin:{meta.app_label}_{meta.model_name}_change", args=[item.pk]
        )
    except NoReverseMatch:
        return str(item)
    return format_html('<a href="{}">{}</a>', url, item)
