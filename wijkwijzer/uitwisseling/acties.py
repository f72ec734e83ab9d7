"""What an editor does with many records at a time: ask first, then all or nothing."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import render

from wijkwijzer.core.klad import meld_bewaard, vraagt
from wijkwijzer.core.models import Status
from wijkwijzer.core.trefwoorden import lees_trefwoorden
from wijkwijzer.redactie.actions import HOOGSTENS
from wijkwijzer.redactie.veranderd import toestand, verschillen
from wijkwijzer.uitwisseling.gelezen import alle_soorten
from wijkwijzer.uitwisseling.rechten import mag_publiceren, mag_wijzigen, mag_zien
from wijkwijzer.uitwisseling.uitvoer import FORMATEN
from wijkwijzer.uitwisseling.views import als_bestand
from wijkwijzer.wholes import review, work
from wijkwijzer.wholes.actions import CannotPublishError, withdraw
from wijkwijzer.wholes.declaration import Kind, Whole, spec_of
from wijkwijzer.wholes.models import Publicatie
from wijkwijzer.wholes.registry import wholes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.contrib.admin import AdminSite, ModelAdmin
    from django.contrib.auth.models import User
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse


# What is done


@transaction.atomic
def werk_bij(
    records: list[Any], *, by: User, wijzig: Callable[[Any], None]
) -> list[Any]:
    """Change each record, with the old and the new values in its history.

    What was changed; of a record that already was so nothing is written.
    """
    gewijzigd = []
    for record in records:
        type(record)._default_manager.select_for_update().order_by().get(pk=record.pk)
        work.remember(record, by=None)
        voor = toestand(record)
        wijzig(record)
        if regels := verschillen(type(record), voor, toestand(record)):
            work.remember(record, by=by)
            _schrijf_op(record, by, "\n".join(regels))
            gewijzigd.append(record)
    return gewijzigd


def _schrijf_op(record: Any, by: User, bericht: str) -> None:
    LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(record),
        object_id=str(record.pk),
        object_repr=str(record)[:200],
        action_flag=CHANGE,
        change_message=bericht,
    )


def _is_gelijk(record: Any) -> bool:
    """Whether readers see the working copy as it is."""
    gezien = Publicatie.objects.filter(uuid=record.uuid, versie__document__isnull=False)
    return gezien.filter(revisie=work.revision_of(record)).exists()


@transaction.atomic
def dien_in(records: list[Any], *, by: User, opmerking: str) -> list[Any]:
    """Ask a colleague to look at what readers do not see as it is now."""
    anders = [record for record in records if not _is_gelijk(record)]
    for record in anders:
        review.submit(record=record, by=by, note=opmerking)
        _schrijf_op(record, by, f"Ingediend voor beoordeling. {opmerking}".strip())
    return anders


@transaction.atomic
def archiveer(records: list[Any], *, by: User, reden: str) -> list[Any]:
    """Take away what readers see, with the reason on the old address."""
    gedaan = []
    for record in records:
        if record.status != Status.GEPUBLICEERD:
            continue
        # Somebody else may have been first, since these were read.
        with suppress(CannotPublishError):
            withdraw(record=record, reason=reden, by=by)
            _schrijf_op(record, by, f"Ingetrokken: “{reden}”")
            gedaan.append(record)
    return gedaan


def tag(
    records: list[Any], *, by: User, erbij: list[str], eraf: list[str]
) -> list[Any]:
    def wijzig(record: Any) -> None:
        (veld,) = _trefwoorden(type(record))
        tags = getattr(record, veld)
        tags.add(*erbij)
        tags.remove(*eraf)

    return werk_bij(records, by=by, wijzig=wijzig)


def _trefwoorden(model: type[Any]) -> list[str]:
    for declared in wholes().values():
        if declared.model is model:
            return [f.source for f in spec_of(declared).of(Kind.TAGS)]
    return []


# What is asked first


class IndienForm(forms.Form):
    opmerking = forms.CharField(
        label="Wil je er iets bij zeggen?",
        required=False,
        widget=forms.Textarea({"rows": 4, "cols": 60}),
        help_text="Je collega ziet dit bij elk item.",
    )


class ArchiefForm(forms.Form):
    reden = forms.CharField(
        label="Waarom archiveer je dit?",
        widget=forms.Textarea({"rows": 4, "cols": 60}),
        help_text="Lezers zien deze uitleg op elk oud adres.",
        error_messages={"required": "Schrijf op waarom je dit archiveert."},
    )


class TagForm(forms.Form):
    erbij = forms.CharField(
        label="Trefwoorden erbij", required=False, help_text="Met komma’s ertussen."
    )
    eraf = forms.CharField(
        label="Trefwoorden eraf", required=False, help_text="Met komma’s ertussen."
    )

    def clean(self) -> dict[str, Any]:
        data = {
            naam: lees_trefwoorden(self.cleaned_data.get(naam) or "")
            for naam in ("erbij", "eraf")
        }
        if not any(data.values()):
            raise forms.ValidationError("Schrijf een trefwoord op.")
        return data


class ExportKeuze(forms.Form):
    formaat = forms.ChoiceField(
        label="In welke vorm?",
        choices=[(formaat, naam) for formaat, (naam, _, _) in FORMATEN.items()],
    )


@dataclass(frozen=True)
class Actie:
    """Something that the list of a kind offers for what is chosen."""

    naam: str
    woorden: str
    vraag: str
    form: type[forms.Form]
    doe: Callable[[list[Any], User, dict[str, Any]], list[Any]] | None = None
    publiceert: bool = False

    def __call__(
        self,
        model_admin: ModelAdmin[Any],
        request: HttpRequest,
        queryset: QuerySet[Any],
    ) -> HttpResponse | None:
        wie, model = cast("User", request.user), model_admin.model
        mag = mag_zien if self.doe is None else mag_wijzigen
        if not mag(wie, model) or (self.publiceert and not mag_publiceren(wie, model)):
            raise PermissionDenied
        records = [*queryset.order_by("pk")[: HOOGSTENS + 1]]
        if len(records) > HOOGSTENS and self.doe:
            messages.error(request, f"Kies er hoogstens {HOOGSTENS} tegelijk.")
            return None
        form = self.form(request.POST if "bevestigd" in request.POST else None)
        if form.is_bound and form.is_valid():
            if self.doe is None:
                # Of all pages of the list, when those are chosen.
                pks = [*queryset.values_list("pk", flat=True)]
                soorten: dict[str, list[Any] | None] = {
                    str(model._meta.model_name): pks
                }
                return als_bestand(request, soorten, form.cleaned_data["formaat"])
            self._doe(request, records, wie, form.cleaned_data, self.doe)
            return None
        return self._vraag(model_admin, request, queryset, records, form)

    def _doe(
        self,
        request: HttpRequest,
        records: list[Any],
        wie: User,
        data: dict[str, Any],
        doe: Callable[[list[Any], User, dict[str, Any]], list[Any]],
    ) -> None:
        try:
            gewijzigd = doe(records, wie, data)
        except CannotPublishError as fout:
            messages.error(request, f"Er is niets gewijzigd: {fout}")
            return
        meld_bewaard(request)
        gelijk = len(records) - len(gewijzigd)
        woorden = f"{self.woorden}: {len(gewijzigd)} gewijzigd"
        messages.success(request, f"{woorden}, {gelijk} gelijk gebleven.")

    def _vraag(
        self,
        model_admin: ModelAdmin[Any],
        request: HttpRequest,
        queryset: QuerySet[Any],
        records: list[Any],
        form: forms.Form,
    ) -> HttpResponse:
        context = {
            **model_admin.admin_site.each_context(request),
            "title": self.woorden,
            "opts": model_admin.opts,
            "vraag": self.vraag,
            # What is only taken out, is never said to be saved.
            "bewaart": self.doe is not None,
            "rijen": records[:HOOGSTENS],
            "aantal": len(records) if self.doe else queryset.count(),
            "hele_lijst": request.POST.get("select_across", "0"),
            "actie": self.naam,
            "form": form,
            "naam_keuzevak": ACTION_CHECKBOX_NAME,
        }
        return render(request, "admin/uitwisseling/tegelijk.html", context)


EXPORTEER = Actie(
    "exporteer", "Exporteer", "Deze items in een bestand zetten?", ExportKeuze
)
TEGELIJK = (
    Actie(
        "dien_in",
        "Dien in ter beoordeling",
        "Een collega kijkt ernaar. Wat lezers al precies zo zien, gaat niet mee.",
        IndienForm,
        lambda records, by, data: dien_in(records, by=by, opmerking=data["opmerking"]),
    ),
    Actie(
        "archiveer",
        "Archiveer met een reden",
        "Lezers zien deze items dan niet meer. Je werkversies blijven.",
        ArchiefForm,
        lambda records, by, data: archiveer(records, by=by, reden=data["reden"]),
        publiceert=True,
    ),
)
TAG = Actie(
    "tag",
    "Wijzig trefwoorden",
    "De trefwoorden van deze items wijzigen?",
    TagForm,
    lambda records, by, data: tag(records, by=by, **data),
)


def acties_van(declared: type[Any]) -> Iterator[Actie]:
    yield EXPORTEER
    if issubclass(declared, Whole):
        yield from TEGELIJK
        if _trefwoorden(declared.model):
            yield TAG


def geef_acties(site: AdminSite) -> None:
    """Let the lists of all kinds offer these. Their admins are of lower layers."""
    for declared in alle_soorten().values():
        model_admin = site._registry[declared.model]
        eigen = [_als_functie(actie) for actie in acties_van(declared)]
        model_admin.actions = [*(model_admin.actions or ()), *eigen]


def _als_functie(actie: Actie) -> Any:
    """As Django wants an action: a function with a name and a right of its own."""

    def doe(
        model_admin: ModelAdmin[Any], request: HttpRequest, queryset: QuerySet[Any]
    ) -> HttpResponse | None:
        return actie(model_admin, request, queryset)

    doe.__name__ = actie.naam
    functie: Any = vraagt(actie.form)(doe)
    functie.short_description = actie.woorden
    functie.allowed_permissions = ("change" if actie.doe else "view",)
    return functie
