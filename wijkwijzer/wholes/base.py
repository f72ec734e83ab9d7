"""The base of a stand: everything at one moment, packed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from wijkwijzer.memory.bitmaps import Bitmaps
from wijkwijzer.memory.number import Changes, read_changes
from wijkwijzer.wholes.collection import Packed, collection_of, collections, name_key
from wijkwijzer.wholes.mentions import mentions
from wijkwijzer.wholes.models import Publicatie
from wijkwijzer.wholes.records import Record, Table
from wijkwijzer.wholes.registry import wholes
from wijkwijzer.wholes.stand import Stand
from wijkwijzer.wholes.vocabulary import Vocabulary

if TYPE_CHECKING:
    from wijkwijzer.memory.large import Held
    from wijkwijzer.wholes.collection import Writer
    from wijkwijzer.wholes.declaration import Document, Whole

# How many rows are read at a time: a bound on memory, not on the catalogue.
CHUNK = 1000


@dataclass
class Base:
    """Everything at one moment, packed; a file can hold it (``memory.large``)."""

    changes: Changes
    day: date
    # The marks of the terms with what each said: what differs, has changed since.
    words: dict[int, int]
    stamps: dict[str, object]
    kinds: dict[str, Packed]
    # The file that it is in, if it is in one.
    held: Held | None = None

    @property
    def is_intact(self) -> bool:
        """Whether nobody wrote in the file that it is in; asked before it is used."""
        return self.held is None or self.held.is_intact()


def build_base(day: date) -> Base:
    """Read every version that readers see. Seconds, at ten thousand."""
    # Before anything else: what changes meanwhile has a higher number.
    changes = read_changes()
    stand = Stand(changes, day, Vocabulary())
    base = Base(changes, day, stand.vocabulary.digests(), {}, {})
    for declared in wholes().values():
        packed = pack(stand, declared, read_rows(declared))
        base.kinds[declared.soort] = packed
        stand.add_kind(declared, packed, None, {})
    base.stamps = stamps(stand)
    return base


def stamps(stand: Stand) -> dict[str, object]:
    return {
        f"{soort}.{name}": indexer.stamp(stand)
        for soort, collection in collections().items()
        for name, indexer in collection.indexers.items()
    }


class Row(NamedTuple):
    """A record as the database has it; without a document it was withdrawn."""

    row: int
    version: int
    uuid: UUID
    slug: str
    at: datetime
    first: datetime
    schema: int
    document: str | None


COLUMNS = (
    *("pk", "versie_id", "uuid", "slug", "versie__op", "eerste_op"),
    *("versie__schema", "versie__document"),
)


def read_rows(
    declared: type[Whole], rows: Iterable[int] | None = None
) -> Iterator[Row]:
    """What readers see of a kind, or of these rows of it."""
    found = Publicatie.objects.filter(soort=declared.soort).order_by("pk")
    if rows is None:
        seen = found.filter(versie__document__isnull=False)
        for row in seen.values_list(*COLUMNS).iterator(CHUNK):
            yield Row(*row)
        return
    left = iter(sorted(rows))
    while some := list(islice(left, 500)):
        yield from (Row(*r) for r in found.filter(pk__in=some).values_list(*COLUMNS))


def pack(stand: Stand, declared: type[Whole], rows: Iterable[Row]) -> Packed:
    """Read rows into packed indexes."""
    collection = collection_of(declared)
    writers = {name: i.start(stand) for name, i in collection.indexers.items()}
    named: Bitmaps[int] = Bitmaps()
    records = []
    for position, row in enumerate(rows):
        document = stand.reader.read(declared, row.document or "", row.schema)
        records.append(record_of(document, row))
        add_to(writers, named, position, document)
    length = len(records)
    return Packed(
        Table(records),
        {name: writer.close(length) for name, writer in writers.items()},
        named.close(length),
    )


def add_to(
    writers: dict[str, Writer], named: Bitmaps[int], position: int, document: Document
) -> None:
    for writer in writers.values():
        writer.add(position, document)
    named.add(mentions(document), position)


def record_of(document: Any, row: Row) -> Record:
    return Record(
        row.row,
        row.version,
        row.uuid.hex,
        row.slug,
        str(document.naam),
        name_key(document),
        row.at.timestamp(),
        row.first.timestamp(),
    )
