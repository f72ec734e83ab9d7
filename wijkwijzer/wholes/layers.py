"""Layers over a base: the stand of now, for what it costs to read what changed."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from wijkwijzer.memory.bitmaps import Bitmaps, positions
from wijkwijzer.memory.number import ANYTHING, Changes
from wijkwijzer.wholes.base import Base, Row, add_to, read_rows, record_of, stamps
from wijkwijzer.wholes.collection import Packed, collection_of
from wijkwijzer.wholes.models import Publicatie
from wijkwijzer.wholes.registry import wholes
from wijkwijzer.wholes.stand import Kept, Stand
from wijkwijzer.wholes.vocabulary import Vocabulary, mark

if TYPE_CHECKING:
    from wijkwijzer.wholes.declaration import Whole
    from wijkwijzer.wholes.records import Record

# So many changed records fit in the layers; with more, the base is built anew.
TOP_MAX = 2000
TABLE = Publicatie._meta.db_table
# The version of what has none yet, and the row of what was never published.
NO_VERSION, NO_ROW = -1, 0


class Shown(NamedTuple):
    """A working copy as a row: what the database would have, were it published."""

    declared: type[Whole]
    row: Row


class PreviewStand(Stand):
    """What readers would see if one working copy were published now."""

    def __init__(self, of: Stand, shown: Shown) -> None:
        super().__init__(of.changes, of.day, of.vocabulary)
        text = shown.row.document or ""
        document = self.reader.read(shown.declared, text, shown.row.schema)
        # It has no number yet.
        self._own = {NO_VERSION: Kept(document, 0)}
        self._documents = dict(self._own)

    def _load(
        self, versions: list[int], keep: dict[int, Kept]
    ) -> tuple[dict[int, Kept], list[Any]]:
        # No database has it: it stays, whatever else has to go.
        return super()._load(versions, keep | self._own)


def lay_over(
    base: Base, changes: Changes, vocabulary: Vocabulary | None, *, anyway: bool = False
) -> Stand | None:
    """The stand of now: the base, with what changed since in layers over it.

    ``vocabulary``: the words of now, when they are known. None when so much changed
    that the base must be built anew; never None when it must be done ``anyway``, for
    as long as it takes, and with the search as it was in what did not change.
    """
    stand = Stand(changes, base.day, vocabulary or Vocabulary())
    if not _lay(stand, base, most=None if anyway else TOP_MAX):
        return None
    return stand if anyway or stamps(stand) == base.stamps else None


def preview(base: Base, stand: Stand, shown: Shown) -> Stand:
    """The same stand, with one working copy in the place of what readers see of it."""
    made = PreviewStand(stand, shown)
    _lay(made, base, shown=shown)
    return made


def _lay(
    stand: Stand, base: Base, *, most: int | None = None, shown: Shown | None = None
) -> bool:
    """Add every kind to a stand; whether no more had to be read than that."""
    words = {
        m
        for m, digest in stand.vocabulary.digests().items()
        if base.words.get(m) != digest
    } | (base.words.keys() - stand.vocabulary.digests().keys())
    rows = changed_rows(base, stand.changes)
    marks = words | stand.vocabulary.naming(words)
    total = 0
    for declared in wholes().values():
        packed = base.kinds[declared.soort]
        touched = _touched(packed, declared, rows, marks)
        total += len(touched)
        if most is not None and total > most:
            return False
        own = shown.row if shown and shown.declared is declared else None
        layer, top = _layer(stand, declared, packed, touched, own)
        stand.add_kind(declared, packed, layer, top)
        # Who names a record that changed, may say something else now.
        table = packed.table
        marks |= {mark(r.uuid) for r in top.values() if r}
        marks |= {mark(table.uuids[p]) for p in top if p < len(table)}
    return True


def changed_rows(base: Base, changes: Changes) -> set[int] | None:
    """The rows of Publicatie that changed since the base; None when it can be any."""
    if changes.base != base.changes.base:
        return None
    new = set(changes.listed) - set(base.changes.listed)
    rows = {change.row for change in new if change.table in {TABLE, ANYTHING}}
    return None if None in rows else {row for row in rows if row is not None}


def _touched(
    packed: Packed, declared: type[Whole], rows: set[int] | None, marks: set[int]
) -> set[int]:
    """The rows of a kind that must be read again."""
    table = packed.table
    if rows is None:
        known = dict(zip(table.rows, table.versions, strict=True))
        now = Publicatie.objects.filter(
            soort=declared.soort, versie__document__isnull=False
        )
        found = dict(now.values_list("pk", "versie_id"))
        rows_ = known.keys() | found.keys()
        touched = {row for row in rows_ if known.get(row) != found.get(row)}
    else:
        own = Publicatie.objects.filter(soort=declared.soort)
        touched = set()
        left = iter(rows)
        while some := list(islice(left, 500)):
            touched |= {*own.filter(pk__in=some).values_list("pk", flat=True)}
            # Those that were deleted have no kind any more, but the base knows them.
            touched |= {row for row in some if row in table.by_row}
    if marks:
        touched |= {table.rows[p] for p in positions(packed.mentions.any_of(marks))}
    return touched


def _layer(
    stand: Stand,
    declared: type[Whole],
    packed: Packed,
    touched: set[int],
    instead: Row | None = None,
) -> tuple[Packed | None, dict[int, Record | None]]:
    """What is now at the positions of rows that changed, and their indexes.

    ``instead``: what takes the place of its row, whatever the database says.
    """
    own = [instead] if instead else []
    touched = touched | {row.row for row in own}
    if not touched:
        return None, {}
    table, collection = packed.table, collection_of(declared)
    top: dict[int, Record | None] = {}
    place = {row: table.by_row[row] for row in touched if row in table.by_row}
    top.update(dict.fromkeys(place.values()))
    writers = {name: i.start(stand) for name, i in collection.indexers.items()}
    named: Bitmaps[int] = Bitmaps()
    length = len(table)
    found = (r for r in read_rows(declared, touched) if not own or r.row != own[0].row)
    for row in chain(found, own):
        if row.document is None:
            # It was withdrawn.
            continue
        position = place.get(row.row, length)
        length = max(length, position + 1)
        document = stand.reader.read(declared, row.document, row.schema)
        top[position] = record_of(document, row)
        add_to(writers, named, position, document)
    closed = {name: writer.close(length) for name, writer in writers.items()}
    return Packed(table, closed, named.close(length)), top
