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
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar
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

if TYPE_CHECKING:
    from wijkwijzer.memory.number import Changes
    from wijkwijzer.wholes.collection import Packed
    from wijkwijzer.wholes.vocabulary import Vocabulary

T = TypeVar("T", bound=Term)
W = TypeVar("W", bound=Whole)
V = TypeVar("V")

# Documents that stay in memory: about 10 MB of them.
KEEP = 500


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
        self._documents: dict[int, Any] = {}
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
        records = self.records(declared)
        versions = [records[position].version for position in wanted]
        found, new = self._load(versions, {})
        if new:
            self._load([*self._named_versions(new)], found)
        return [found[version] for version in versions]

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

    def _load(
        self, versions: list[int], keep: dict[int, Any]
    ) -> tuple[dict[int, Any], list[Any]]:
        """The documents of these versions, and which of them were not in memory yet.

        Those of ``keep`` stay in memory, whatever else has to go.
        """
        kept = self._documents
        found = {version: kept[version] for version in versions if version in kept}
        missing = {version for version in versions if version not in kept}
        if not missing:
            return found, []
        rows = Versie.objects.filter(pk__in=missing)
        new = {
            pk: self.reader.read(wholes()[soort], text or "", schema)
            for pk, soort, text, schema in rows.values_list(
                "pk", "soort", "document", "schema"
            )
        }
        found |= new
        # Set at once: other threads use the one before meanwhile.
        stays = kept if len(kept) + len(new) <= KEEP else {}
        self._documents = stays | keep | found
        return found, [*new.values()]

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


def _here(timestamp: float) -> datetime:
    """A moment by our clocks: its date is the day that it was here."""
    return datetime.fromtimestamp(timestamp, get_default_timezone())
