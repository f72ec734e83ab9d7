"""What the admin of all that readers send in shares."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import linebreaks_filter
from django.urls import reverse
from django.utils.html import format_html

from wijkwijzer.core.admin import Doorzoekbaar
from wijkwijzer.deelname.bewaren import persoonsgegevens, verwijder_persoon
from wijkwijzer.deelname.invoer import vergelijkbaar
from wijkwijzer.deelname.models import ONDERWERPEN

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

    from wijkwijzer.deelname.models import Reactie, Stem

RELATIES = tuple(ONDERWERPEN)


def redacteur(request: HttpRequest) -> User:
    return cast("User", request.user)


def bewerk(instance: Model) -> SafeString:
    """The name of a record, as a link to where editors change it."""
    options = instance._meta
    url = reverse(
        f"admin:{options.app_label}_{options.model_name}_change", args=[instance.pk]
    )
    return format_html('<a href="{}">{}</a>', url, instance)


def alineas(tekst: str) -> SafeString:
    """What a reader wrote, as it will look on the site."""
    return format_html('<div dir="auto">{}</div>', linebreaks_filter(tekst))


class VanLezers(Doorzoekbaar):
    """Comes from a form on the site: editors decide, they do not write it."""

    list_per_page = 50
    show_facets = admin.ShowFacets.ALWAYS

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


class OverOnderwerpAdmin(VanLezers):
    """Of a record that is about an aanpak, a dossier or a praktijkvoorbeeld."""

    list_select_related = RELATIES

    @admin.display(description="over")
    def over(self, obj: Reactie | Stem) -> SafeString:
        return bewerk(obj.onderwerp)


class PersoonAdmin(VanLezers):
    """Of a record with the e-mail address of a person, who has rights."""

    @admin.action(description="Download alles van deze persoon", permissions=["view"])
    def exporteer_persoon(
        self, request: HttpRequest, queryset: QuerySet[Any]
    ) -> HttpResponse | None:
        emails = self._emails(request, queryset)
        if not emails:
            return None
        alles = [persoonsgegevens(email).export() for email in emails]
        return HttpResponse(
            json.dumps(alles, ensure_ascii=False, indent=2),
            content_type="application/json; charset=utf-8",
            headers={
                "Content-Disposition": 'attachment; filename="persoonsgegevens.json"',
                "Cache-Control": "no-store",
            },
        )

    @admin.action(
        description="Verwijder alles van deze persoon", permissions=["delete"]
    )
    def verwijder_persoon(
        self, request: HttpRequest, queryset: QuerySet[Any]
    ) -> HttpResponse | None:
        emails = self._emails(request, queryset)
        if not emails:
            return None
        if "bevestigd" not in request.POST:
            gegevens = [persoonsgegevens(email) for email in emails]
            return vraag_eerst(
                self,
                request,
                queryset,
                "admin/deelname/verwijder_persoon.html",
                "Verwijder alles van deze persoon",
                {"gegevens": gegevens},
            )
        for email in emails:
            gedaan = verwijder_persoon(email=email, by=redacteur(request))
            messages.success(
                request,
                f"Verwijderd: {gedaan.reacties} reacties, de contactgegevens bij "
                f"{gedaan.inzendingen} inzendingen, {gedaan.berichten} mails en "
                f"{gedaan.abonnementen} abonnementen.",
            )
            if gedaan.na_te_kijken:
                namen = ", ".join(gedaan.na_te_kijken)
                messages.warning(
                    request, f"Kijk na of hier geen persoon in staat: {namen}."
                )
        return None

    def _emails(self, request: HttpRequest, queryset: QuerySet[Any]) -> list[str]:
        # One person, however the address was written.
        emails = sorted({vergelijkbaar(rij.email) for rij in queryset if rij.email})
        if not emails:
            messages.error(
                request,
                "Hier staat geen e-mailadres bij. Zonder adres weten we niet wat er "
                "nog meer van deze persoon is. Verwijder wat je ziet gewoon.",
            )
        return emails


def vraag_eerst(
    model_admin: VanLezers,
    request: HttpRequest,
    queryset: QuerySet[Any],
    sjabloon: str,
    titel: str,
    extra: dict[str, Any],
) -> HttpResponse:
    """A page between choosing an action and doing it."""
    context = {
        **model_admin.admin_site.each_context(request),
        "title": titel,
        "opts": model_admin.opts,
        "rijen": queryset,
        "actie": request.POST["action"],
        "naam_keuzevak": ACTION_CHECKBOX_NAME,
        **extra,
    }
    return render(request, sjabloon, context)
