"""One recognition, looked up again: a date, and readers know it.

Readers see one recognition first (``InterventieDocument.geldigheid``). When it lapsed,
or nobody knows, an editor looks it up at its source, and fills in one date here. What
else of the working copy readers do not see yet is told before it goes along.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html

from interventies.models import Erkenning, Erkenningsstatus, Interventie
from interventies.whole import InterventieDocument
from wijkwijzer.core.adresvraag import lees_getal
from wijkwijzer.core.klad import meld_bewaard, vraagt
from wijkwijzer.core.models import Status
from wijkwijzer.facets.declaration import FACETTEN
from wijkwijzer.memory.bitmaps import positions
from wijkwijzer.wholes import work
from wijkwijzer.wholes.actions import published_document, working_document
from wijkwijzer.wholes.controles import is_to_come
from wijkwijzer.wholes.current import current_stand
from wijkwijzer.wholes.words import told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

    from interventies.whole import Geldigheid

# Of which working copy the form is, as that of the whole record has it.
REVISIE = "_revisie"
# The buttons: save, with or without showing it to readers, and with all that differs.
PUBLICEREN, ALLES = "_publiceren", "_alles"
# Of who may not show it himself: save, and ask a colleague.
INDIENEN = "_indienen"


# What there is to look up


def met_erkenning(status: Erkenningsstatus) -> list[int]:
    """The publications of which readers see such a recognition first."""
    index = current_stand().index(InterventieDocument, FACETTEN)
    found = positions(index.bits("erkenning", str(status.value)))
    return [index.records[position].row for position in found]


def eerste_met_erkenning(status: Erkenningsstatus, maximum: int) -> list[UUID]:
    """Of these the first by name."""
    index = current_stand().index(InterventieDocument, FACETTEN)
    records = index.records
    found = records.in_order(index.bits("erkenning", str(status.value)))
    return [UUID(records[position].uuid) for position in islice(found, maximum)]


def nakijkadres(interventie: Interventie) -> str:
    return reverse("admin:interventies_interventie_nakijken", args=[interventie.pk])


def hoe_het_staat(
    interventies: Iterable[Interventie], *, als_link: bool = False
) -> dict[Any, str | SafeString]:
    """What readers are told of the recognition of each of these; costs one query."""
    said: dict[Any, str | SafeString] = {}
    stand = current_stand()
    records = stand.records(InterventieDocument)
    places = {row.pk: records.of_uuid(row.uuid) for row in interventies}
    known = {pk: place for pk, place in places.items() if place is not None}
    documents = stand.documents(InterventieDocument, known.values())
    for pk, document in zip(known, documents, strict=True):
        geldigheid = document.geldigheid(stand.day)
        if geldigheid is None:
            continue
        said[pk] = _in_woorden(geldigheid)
        if als_link:
            url = reverse("admin:interventies_interventie_nakijken", args=[pk])
            said[pk] = format_html('<a href="{}">{}</a>', url, said[pk])
    return said


def _in_woorden(geldigheid: Geldigheid) -> str:
    level = geldigheid.niveau.naam if geldigheid.niveau else "niveau niet bekend"
    return f"{level}, {geldigheid.in_woorden}"


def erkenning_van(interventie: Interventie) -> tuple[Erkenning, Geldigheid] | None:
    """The row of the recognition that readers see first; None when it is not there."""
    stand = current_stand()
    document = stand.published(InterventieDocument, interventie.uuid)
    geldigheid = document.geldigheid(stand.day) if document else None
    if geldigheid is None:
        return None
    part = geldigheid.erkenning
    row = interventie.erkenningen.filter(
        databank__slug=part.databank.key,
        bron_url=part.bron_url,
        publicatie=part.publicatie,
    )
    found = row.select_related("databank", "niveau").first()
    return (found, geldigheid) if found else None


# The form


class NakijkForm(forms.ModelForm[Erkenning]):
    class Meta:
        model = Erkenning
        fields = ("geldig_tot", "datum", "bron_url", "bron_datum")
        labels = {
            "geldig_tot": "Geldig tot",
            "datum": "Datum van het besluit",
            "bron_url": "Bron",
            "bron_datum": "Nagekeken in de bron op",
        }
        help_texts = {
            "geldig_tot": "Alleen als de bron dit zegt. Bijvoorbeeld 2028-06 of 2028.",
            "datum": "Is er een nieuw besluit? Bijvoorbeeld 2026-03-18.",
            "bron_url": "Het adres dat de erkenning noemt.",
            "bron_datum": "Vandaag, als je de bron nu bekijkt.",
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for name in ("datum", "bron_datum"):
            if is_to_come(cleaned.get(name) or ""):
                self.add_error(name, "Deze dag moet nog komen.")
        # Not changed_data: a date is no text, and would always have changed.
        same = all(
            str(cleaned.get(name) or "") == str(self.initial[name] or "")
            for name in ("geldig_tot", "datum")
        )
        if same and not self.errors:
            raise forms.ValidationError(
                "Vul in tot wanneer de erkenning geldt, of de datum van een nieuw "
                "besluit. Zegt de bron niets nieuws, dan hoef je niets op te slaan."
            )
        return cleaned


class NakijkMixin(admin.ModelAdmin[Interventie]):
    """For the admin of an interventie."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.nakijk_view)
        name = "interventies_interventie_nakijken"
        return [
            path("<path:object_id>/nakijken/", view, name=name),
            *super().get_urls(),
        ]

    @vraagt(NakijkForm)
    def nakijk_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        obj = self._record(request, object_id)  # type: ignore[attr-defined]
        if not request.user.has_perm("interventies.change_erkenning"):
            raise PermissionDenied
        # Before anything is saved: what was typed is then given back whole.
        if {PUBLICEREN, ALLES} & {*request.POST} and not self._shows(request):
            raise PermissionDenied
        if request.method != "POST":
            return self._nakijk_page(request, obj, None)
        with transaction.atomic():
            # Who saves the same waits: between the look and the writing is nobody.
            self.model._default_manager.select_for_update().order_by().get(pk=obj.pk)
            return self._nagekeken(request, obj)

    def _shows(self, request: HttpRequest) -> bool:
        """Whether somebody may show readers what he saves here himself."""
        return bool(self.publishes(request)["kan_publiceren"])  # type: ignore[attr-defined]

    def _nagekeken(self, request: HttpRequest, obj: Interventie) -> HttpResponse:
        found = erkenning_van(obj)
        if found is None:
            return self._nakijk_page(request, obj, None)
        # Asked before the form writes what was typed into the row.
        others = _wat_verschilt(obj)
        form = NakijkForm(request.POST, instance=found[0])
        if not form.is_valid():
            return self._nakijk_page(request, obj, form)
        if lees_getal(request.POST.get(REVISIE, "")) != work.revision_of(obj):
            messages.warning(
                request,
                "Een ander wijzigde dit intussen. Er is nog niets van jou opgeslagen; "
                "wat je typte staat er nog. Sla nog eens op als het zo moet.",
            )
            return self._nakijk_page(request, obj, form)
        shows = {PUBLICEREN, ALLES} & {*request.POST}
        if shows and others and ALLES not in request.POST:
            return self._nakijk_page(request, obj, form)
        form.save()
        work.remember(obj, by=request.user)  # type: ignore[arg-type]
        self.log_change(request, obj, f"Erkenning nagekeken: {found[0].databank}")
        meld_bewaard(request)
        if shows:
            if not self._try_to_publish(request, obj):  # type: ignore[attr-defined]
                # There stands what must be otherwise first, with links to it.
                return HttpResponseRedirect(self._url("publiceren", obj))  # type: ignore[attr-defined]
        else:
            messages.success(request, f"Opgeslagen. {self._what_next(request, obj)}")
        if INDIENEN in request.POST:
            return HttpResponseRedirect(self._url("indienen", obj))  # type: ignore[attr-defined]
        return HttpResponseRedirect(reverse("admin:index"))

    def _what_next(self, request: HttpRequest, obj: Interventie) -> str:
        if self._shows(request):
            return f"Lezers zien dit als je “{obj}” publiceert."
        return f"Lezers zien dit als een collega “{obj}” publiceert."

    def _nakijk_page(
        self, request: HttpRequest, obj: Interventie, form: NakijkForm | None
    ) -> HttpResponse:
        found = erkenning_van(obj)
        if found is None:
            messages.warning(
                request,
                "De erkenning die lezers zien, staat zo niet meer in de werkversie. "
                "Kijk hier wat er anders is.",
            )
            return HttpResponseRedirect(self._url("change", obj))  # type: ignore[attr-defined]
        row, geldigheid = found
        if form is None:
            today = {"bron_datum": timezone.localdate().isoformat()}
            form = NakijkForm(instance=row, initial=today)
        return self._page(  # type: ignore[attr-defined,no-any-return]
            request,
            obj,
            "admin/interventies/nakijken.html",
            f"Erkenning van “{obj}”",
            form=form,
            erkenning=row,
            nu=_in_woorden(geldigheid),
            anders=_wat_verschilt(obj),
            kan_publiceren=self._shows(request),
            revisie=work.revision_of(obj),
            terug_url=self._url("change", obj),  # type: ignore[attr-defined]
        )


def _wat_verschilt(obj: Interventie) -> list[Any]:
    """What readers do not see yet of what is stored now."""
    seen = published_document(obj)
    if seen is None or obj.status != Status.GEPUBLICEERD:
        return []
    return told(InterventieDocument, seen, working_document(obj))
