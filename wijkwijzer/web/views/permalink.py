"""Addresses that never change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponseRedirect
from django.urls import register_converter
from django.urls.converters import UUIDConverter

from wijkwijzer.wholes.current import current_stand
from wijkwijzer.wholes.permalinks import withdrawn
from wijkwijzer.wholes.registry import wholes

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


class UuidConverter(UUIDConverter):
    """A uuid in capitals or without dashes is the same: people and programs do both."""

    regex = f"(?i:{UUIDConverter.regex.replace('}-', '}-?')})"


register_converter(UuidConverter, "elke_uuid")


def permalink(request: HttpRequest, soort: str, uuid: UUID) -> HttpResponse:
    """303 to the page about a record, for ever; 410 when the record was withdrawn."""
    declared = wholes().get(soort.lower())
    if declared is None:
        raise Http404(f"no permalinks for {soort!r}")
    stand = current_stand()
    if document := stand.published(declared, uuid):
        address = document.model.get_absolute_url(document)  # type: ignore[arg-type]
        return HttpResponseRedirect(address, status=303)
    return withdrawn(request, stand, declared, uuid)
