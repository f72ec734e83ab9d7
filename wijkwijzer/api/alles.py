"""Everything as one JSON, and what changed since: for who keeps a copy.

Records with versions stand in the order of their uuid; of what changed there are only
those, and beside them what was withdrawn. Lists of words and recognitions are always
there in full: they have no versions, and a recognition may lapse by itself. So who
replaces, removes and sorts has what the whole file has.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec
from django.db.models import Min

from wijkwijzer.api.adres import LICENTIE, VERSIE, WORTEL
from wijkwijzer.api.antwoord import dicht, elk
from wijkwijzer.api.collecties import ALLE, Geheelcollectie
from wijkwijzer.api.velden import ADRES, MOMENT, TEKST, WAARDEN, moment
from wijkwijzer.api.vraag import SINDS
from wijkwijzer.memory.bitmaps import positions
from wijkwijzer.wholes.models import Publicatie, Versie

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wijkwijzer.api.antwoord import Data
    from wijkwijzer.api.collecties import Collectie
    from wijkwijzer.api.velden import Omgeving
    from wijkwijzer.wholes.stand import Stand

ADRES_VAN_ALLES = f"{WORTEL}/alles.json"
GEHELEN = {c.declared.soort: c for c in ALLE if isinstance(c, Geheelcollectie)}
# A version has the time at which it was made, and is seen when that is done. Who asks
# what changed gets what came shortly before as well: taking it twice does no harm.
MARGE = timedelta(minutes=10)


@dataclass(frozen=True)
class Sinds:
    """What somebody has already: all versions before this one."""

    op: datetime
    # None: there is no later one.
    versie: int | None

    def heeft(self, versie: int) -> bool:
        return self.versie is None or versie < self.versie


def lees_versie(op: datetime) -> Sinds:
    """Which versions are new since ``op``.

    All from the first of that time on, in the order in which they were made: some say
    that they are of earlier (what was brought in from a file).
    """
    later = Versie.objects.filter(op__gte=op)
    return Sinds(op, later.aggregate(eerste=Min("pk"))["eerste"])


def laatste_wijziging(stand: Stand) -> datetime | None:
    """When something was published or withdrawn last."""
    laatste = stand.last_change()
    return None if laatste is None else datetime.fromtimestamp(laatste, UTC)


def schrijf_alles(omgeving: Omgeving, op: datetime | None) -> Iterator[bytes]:
    """The file in pieces; the same bytes for the same stand."""
    sinds = None if op is None else lees_versie(op)
    yield msgspec.json.encode(_kop(omgeving, op))[:-1]
    for collectie in ALLE:
        yield b',"%s":[' % collectie.naam.encode()
        plaatsen = plaatsen_van(collectie, omgeving.stand, sinds)
        for i, data in enumerate(elk(collectie, plaatsen, omgeving)):
            yield (b"," if i else b"") + msgspec.json.encode(data)
        yield b"]"
    weg = [] if sinds is None else [*ingetrokken(omgeving, sinds)]
    yield b',"ingetrokken":' + msgspec.json.encode(weg) + b"}"


def _kop(omgeving: Omgeving, op: datetime | None) -> Data:
    laatste = laatste_wijziging(omgeving.stand)
    vraag = f"?{SINDS}={moment(laatste - MARGE)}" if laatste else ""
    return {
        "versie": VERSIE,
        "bron": omgeving.adres("/"),
        "licentie": LICENTIE,
        "gewijzigdOp": moment(laatste) if laatste else None,
        "volgende": omgeving.adres(f"{ADRES_VAN_ALLES}{vraag}"),
        SINDS: moment(op) if op else None,
    }


def plaatsen_van(
    collectie: Collectie[Any], stand: Stand, sinds: Sinds | None = None
) -> Iterable[int]:
    """Where the records are: by uuid, what has one; else as everywhere."""
    if not isinstance(collectie, Geheelcollectie):
        return collectie.plaatsen(stand)
    records = stand.records(collectie.declared)
    alle = positions(records.all)
    if sinds is not None:
        alle = (p for p in alle if not sinds.heeft(records[p].version))
    return sorted(alle, key=lambda plaats: records[plaats].uuid)


def ingetrokken(omgeving: Omgeving, sinds: Sinds) -> Iterator[Data]:
    """What was withdrawn since, and is not there again. One query."""
    if sinds.versie is None:
        return
    weg = Publicatie.objects.filter(
        versie__document__isnull=True, versie__gte=sinds.versie
    )
    for publicatie in weg.select_related("versie").order_by("uuid"):
        collectie, uuid = GEHELEN[publicatie.soort], publicatie.uuid
        if omgeving.stand.records(collectie.declared).of_uuid(uuid) is None:
            yield {
                "collectie": collectie.naam,
                "uuid": str(uuid),
                "uri": omgeving.uri(publicatie.soort, uuid),
                "ingetrokkenOp": moment(publicatie.versie.op),
                "reden": publicatie.versie.reden,
            }


def allesschema(verwijzingen: dict[str, Data]) -> Data:
    """The JSON Schema of :func:`schrijf_alles`; of each collection that of a record."""
    namen = [collectie.naam for collectie in GEHELEN.values()]
    weg = dicht(
        {
            "collectie": {"type": "string", "enum": namen},
            "uuid": WAARDEN[UUID],
            "uri": ADRES,
            "ingetrokkenOp": MOMENT,
            "reden": TEKST,
        }
    )
    misschien = MOMENT | {"type": ["string", "null"]}
    return dicht(
        {
            "versie": {"const": VERSIE},
            "bron": ADRES,
            "licentie": ADRES | {"const": LICENTIE},
            "gewijzigdOp": misschien,
            "volgende": ADRES
            | {"description": "Vraag dit de volgende keer: wat dan nieuw is."},
            SINDS: misschien,
        }
        | {naam: {"type": "array", "items": v} for naam, v in verwijzingen.items()}
        | {"ingetrokken": {"type": "array", "items": weg}}
    )
