"""The stand: everything that readers see at one moment, in memory.

It is made of published versions and the words of the controlled lists, and never
changes; whoever makes a page uses one stand for all of it, so a page never contradicts
itself. When something changes there is a new one (:mod:`current`). It shares the bulk,
its :class:`base.Base`, with the one before: what changed since stands in layers over it
(:mod:`layers`). So a change costs what it changes, and not what there is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from uuid import UUID

from django.utils.timezone import get_default_timezone

from wijkwijzer.memory.bitmaps import Bits, layered
from wijkwijzer.wholes.collection import collection_of
from wijkwijzer.wholes.declaration import Ref, Term, Whole
from wijkwijzer.wholes.documents import DocumentReader
from wijkwijzer.wholes.mentions import named_by
from wijkwijzer.wholes.models import Versie
from wijkwijzer.wholes.records import Record, Records
from wijkwijzer.wholes.registry import wholes
from wijkwijzer.wholes.withdrawn import Withdrawn, read_withdrawn

if TYPE_CHECKING:
    from wijkwijzer.memory.number import Changes
    from wijkwijzer.wholes.collection import Packed
    from wijkwijzer.wholes.vocabulary import Vocabulary

T = TypeVar("T", bound=Term)
W = TypeVar("W", bound=Whole)
V = TypeVar("V")

# Documents that stay in memory: about 10 MB of them.
KEEP = 500
# How many are read at a time where all are wanted.
CHUNK = 500


class Kept(NamedTuple):
    """A document in memory, and which version of its record it is."""

    document: Any
    number: int


@dataclass
class KindState:
    records: Records
    indexes: dict[str, Any]
    mentions: Bits[int]
    top: dict[int, Record | None]


class Stand:
    """What readers see. Asking costs no query, but for documents it does not have."""

    def __init__(self, changes: Changes, day: date, vocabulary: Vocabulary) -> None:
        self.changes, self.day, self.vocabulary = changes, day, vocabulary
        self.reader = DocumentReader(self)
        self._kinds: dict[str, KindState] = {}
        self._documents: dict[int, Kept] = {}
        self._filled = False
        self._derived: dict[Callable[[Stand], Any], Any] = {}

    @property
    def number(self) -> int:
        return self.changes.number

    def add_kind(
        self,
        declared: type[Whole],
        base: Packed,
        layer: Packed | None,
        top: dict[int, Record | None],
    ) -> None:
        records = Records(base.table, top)
        # First the records: an index may ask them.
        state = KindState(records, {}, base.mentions, top)
        self._kinds[declared.soort] = state
        named = layer.mentions if layer else None
        state.mentions = layered(base.mentions, named, records.gone)
        for name, indexer in collection_of(declared).indexers.items():
            own = layer.indexes[name] if layer else None
            state.indexes[name] = indexer.layer(self, base.indexes[name], own, records)

    # What there is

    def records(self, declared: type[Whole]) -> Records:
        return self._kinds[declared.soort].records

    def index(self, declared: type[Whole], name: str) -> Any:
        return self._kinds[declared.soort].indexes[name]

    def mentioning(self, declared: type[Whole], marks: Iterable[int]) -> int:
        """The records of a kind that name one of these, as a bitmap."""
        return self._kinds[declared.soort].mentions.any_of(marks)

    def top_of(self, declared: type[Whole]) -> dict[int, Record | None]:
        return self._kinds[declared.soort].top

    # Documents

    def get(self, declared: type[W], slug: str) -> W | None:
        """The record at an address. One query, when it is not in memory yet."""
        return self._at(declared, self.records(declared).at_slug(slug))

    def published(self, declared: type[W], uuid: UUID) -> W | None:
        return self._at(declared, self.records(declared).of_uuid(uuid))

    def kept(self, declared: type[Whole], uuid: UUID, index: str) -> Any:
        """What an index keeps of one record. Costs no query."""
        position = self.records(declared).of_uuid(uuid)
        return None if position is None else self.index(declared, index)[position]

    def _at(self, declared: type[W], position: int | None) -> W | None:
        if position is None:
            return None
        found = self.documents(declared, [position])
        return found[0] if found else None

    def all(self, declared: type[W]) -> list[W]:
        """Every record of a kind with few, by name."""
        records = self.records(declared)
        return self.documents(declared, records.in_order(records.all))

    def documents(self, declared: type[W], wanted: Iterable[int]) -> list[W]:
        """The documents at these positions, in this order.

        One query at most; and one for all that they name, which readers will see too.
        """
        return self.together((declared, position) for position in wanted)

    def together(self, wanted: Iterable[tuple[type[Whole], int]]) -> list[Any]:
        """The documents of several kinds, in this order; as many queries as for one."""
        versions = [self.records(kind)[position].version for kind, position in wanted]
        found, new = self._load(versions, {})
        if new:
            self._load([*self._named_versions(new)], found)
        return [found[version].document for version in versions]

    def each(self, declared: type[W], wanted: Iterable[int]) -> Iterator[W]:
        """The documents at these positions, however many: none of them stays in memory.

        One query for every 500, and more for what they name if that is looked at.
        """
        records = self.records(declared)
        left = iter(wanted)
        while some := [records[p].version for p in islice(left, CHUNK)]:
            found = dict(_read(self.reader, some))
            yield from (found[version].document for version in some)

    def fill(self) -> None:
        """Load as many documents as are kept: pages of those need no database.

        Once: what many readers ask for afterwards may drive them out.
        """
        if self._filled:
            return
        self._filled = True
        for declared in wholes().values():
            room = KEEP - len(self._documents)
            records = self.records(declared)
            self.documents(
                declared, islice(records.in_order(records.all), max(room, 0))
            )
        # Feeds say when something changed last, also while the database is away.
        self.withdrawn  # noqa: B018

    def _load(
        self, versions: list[int], keep: dict[int, Kept]
    ) -> tuple[dict[int, Kept], list[Any]]:
        """The documents of these versions, and which of them were not in memory yet.

        Those of ``keep`` stay in memory, whatever else has to go.
        """
        kept = self._documents
        found = {version: kept[version] for version in versions if version in kept}
        missing = {version for version in versions if version not in kept}
        if not missing:
            return found, []
        new = dict(_read(self.reader, missing))
        found |= new
        # Set at once: other threads use the one before meanwhile.
        stays = kept if len(kept) + len(new) <= KEEP else {}
        self._documents = stays | keep | found
        return found, [kept.document for kept in new.values()]

    def _named_versions(self, documents: list[Any]) -> Iterator[int]:
        """The versions of the records that documents name, and readers see."""
        for document in documents:
            for named in named_by(document):
                if isinstance(named, Ref):
                    records = self.records(named.whole)
                    position = records.of_uuid(named.uuid)
                    if position is not None:
                        yield records[position].version

    def record(self, document: Whole) -> Record:
        """What lists know of a document that this stand gave."""
        records = self.records(type(document))
        position = records.of_uuid(document.uuid)
        assert position is not None, "it was read from these records"  # noqa: S101
        return records[position]

    def changed_at(self, document: Whole) -> datetime:
        """When the version that readers see was published."""
        return _here(self.record(document).at)

    def first_at(self, document: Whole) -> datetime:
        """When readers could see the record for the first time."""
        return _here(self.record(document).first)

    def number_of(self, document: Whole) -> int:
        """Which version of its record readers see: 1 is the first.

        One query, when the document is not in memory any more.
        """
        version = self.record(document).version
        if kept := self._documents.get(version):
            return kept.number
        return Versie.objects.values_list("nummer", flat=True).get(pk=version)

    def numbers_of(
        self, declared: type[Whole], wanted: Iterable[int]
    ) -> dict[UUID, int]:
        """Which version of each of these records readers see. One query."""
        records = self.records(declared)
        versions = [records[position].version for position in wanted]
        rows = Versie.objects.filter(pk__in=versions)
        return dict(rows.values_list("uuid", "nummer"))

    # What went, and when it changed

    @cached_property
    def withdrawn(self) -> list[Withdrawn]:
        """All that was withdrawn and did not come back, the newest first. One query."""
        return read_withdrawn(self.records)

    def last_withdrawal(self, declared: type[Whole]) -> float | None:
        """When a record of a kind was withdrawn last, as a POSIX time."""
        gone = (one.at for one in self.withdrawn if one.declared is declared)
        return next(gone, None)

    def last_change(self, *kinds: type[Whole]) -> float | None:
        """When a record of these kinds, or of any, changed last, as a POSIX time.

        A withdrawal is a change: who keeps a copy must hear of it. None when there
        never was any record.
        """
        times = []
        for declared in kinds or wholes().values():
            records = self.records(declared)
            if len(records):
                times.append(records[records.by_time[0]].at)
            times.append(self.last_withdrawal(declared) or 0)
        return max(times, default=0) or None

    # Words, and what follows

    def term(self, declared: type[T], key: str) -> T:
        return self.vocabulary.term(declared, key)

    def terms(self, declared: type[T]) -> list[T]:
        return self.vocabulary.all(declared)

    def derived(self, make: Callable[[Stand], V]) -> V:
        """Something that follows from this stand, made once."""
        try:
            found: V = self._derived[make]
        except KeyError:
            found = self._derived[make] = make(self)
        return found


def _read(
    reader: DocumentReader, versions: Iterable[int]
) -> Iterator[tuple[int, Kept]]:
    rows = Versie.objects.filter(pk__in=versions)
    columns = ("pk", "soort", "document", "schema", "nummer")
    for pk, soort, text, schema, number in rows.values_list(*columns):
        yield pk, Kept(reader.read(wholes()[soort], text or "", schema), number)


def _here(timestamp: float) -> datetime:
    """A moment by our clocks: its date is the day that it was here."""
    return datetime.fromtimestamp(timestamp, get_default_timezone())
