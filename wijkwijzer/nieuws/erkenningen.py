"""When what databanks say of an approach changed last: by a version, or by a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from heapq import merge
from typing import TYPE_CHECKING

from interventies.whole import InterventieDocument
from wijkwijzer.nieuws.gebeurd import begin_van, einddagen
from wijkwijzer.wholes.actions import document_of
from wijkwijzer.wholes.models import Versie
from wijkwijzer.wholes.records import along

if TYPE_CHECKING:
    from uuid import UUID

    from wijkwijzer.wholes.stand import Stand


def laatst_eerst(stand: Stand, bits: int) -> Iterator[int]:
    """The register entries of a bitmap, each once, what may have changed last first.

    By the version that readers see, or by the day on which a recognition ended if that
    was later. No query: whether that version changed a recognition is not looked at.
    """
    records = stand.records(InterventieDocument)
    gepubliceerd = (
        (records[p].at, p) for p in along(records.by_time, bits, records.length)
    )
    verlopen = (
        (begin_van(dag), p)
        for dag, daarvan in einddagen(stand, date.min, stand.day)
        for p in records.in_order(daarvan & bits)
    )
    gezien: set[int] = set()
    for _, positie in merge(gepubliceerd, verlopen, key=lambda paar: -paar[0]):
        if positie not in gezien:
            gezien.add(positie)
            yield positie


def gewijzigd_op(
    stand: Stand, interventies: Sequence[InterventieDocument]
) -> dict[UUID, float]:
    """When the recognitions of each changed last, as a POSIX time. One query.

    A version that says the same of them as the one before changed something else.
    """
    records = {i.uuid: stand.record(i) for i in interventies}
    sinds = {uuid: record.first for uuid, record in records.items()}
    anders = [uuid for uuid, record in records.items() if record.at > record.first]
    eerder: dict[UUID, object] = {}
    versies = Versie.objects.filter(uuid__in=anders).order_by("uuid", "nummer")
    for versie in versies.iterator() if anders else ():
        data = document_of(versie)
        # What the database has newer than this stand is for the next.
        if data is None or versie.pk > records[versie.uuid].version:
            continue
        erkenningen = data.get("erkenningen", [])
        if erkenningen != eerder.setdefault(versie.uuid, erkenningen):
            sinds[versie.uuid] = versie.op.timestamp()
        eerder[versie.uuid] = erkenningen
    return {i.uuid: max(sinds[i.uuid], _verlopen(i, stand.day)) for i in interventies}


def _verlopen(interventie: InterventieDocument, vandaag: date) -> float:
    """When its last recognition that ended did so; longest ago when none did."""
    dagen = (g.erkenning.einddag for g in interventie.geldigheden(vandaag))
    voorbij = [begin_van(dag) for dag in dagen if dag and dag <= vandaag]
    return max(voorbij, default=float("-inf"))
