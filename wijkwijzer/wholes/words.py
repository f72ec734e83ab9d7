"""What a document says in the words of people: names for keys, labels for choices.

One way for all differences that are shown, to readers and to editors. Only who knows
the names differs: readers have those of what they see, editors those of the rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from django.db.models import DateField, DateTimeField
from django.utils.formats import date_format
from django.utils.timezone import localtime

from wijkwijzer.core.datums import Deeldatum
from wijkwijzer.wholes.declaration import Kind, spec_of
from wijkwijzer.wholes.difference import How, difference
from wijkwijzer.wholes.rows import load

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from django.db.models import Field as Column

    from wijkwijzer.wholes.declaration import Data, Field, Spec, Term, Whole
    from wijkwijzer.wholes.difference import Change
    from wijkwijzer.wholes.stand import Stand

Place = tuple[str | int, ...]

# Of a part that is named: so many of its fields at most, each of so many characters,
# and not what only says where it is.
PART_WORDS, PART_NAME = 3, 60
NO_NAME = ("url", "slug")
FREE_TEXT = {Kind.LINES, Kind.TAGS}


class Names(Protocol):
    def term(self, declared: type[Term], key: str) -> str: ...

    def record(self, declared: type[Whole], uuid: str) -> str: ...


class SeenNames:
    """What readers call things; of a record that they do not see nothing."""

    def __init__(self, stand: Stand) -> None:
        self._stand = stand

    def term(self, declared: type[Term], key: str) -> str:
        return str(self._stand.term(declared, key))

    def record(self, declared: type[Whole], uuid: str) -> str:
        records = self._stand.records(declared)
        place = records.of_uuid(UUID(uuid))
        return "" if place is None else records[place].name


class RowNames:
    """What editors call things, seen or not. Each list and record is asked once.

    ``coming``: names by kind and key of what is not there yet.
    """

    def __init__(self, coming: Mapping[tuple[type[Any], str], str] = {}) -> None:
        self._coming = coming
        self._terms: dict[type[Term], dict[str, str]] = {}
        self._records: dict[str, str] = {}

    def term(self, declared: type[Term], key: str) -> str:
        if declared not in self._terms:
            rows = load(declared, declared.model._default_manager.all())
            self._terms[declared] = {declared.key_of(row): str(row) for row in rows}
        return self._terms[declared].get(key) or self._coming.get((declared, key), key)

    def record(self, declared: type[Whole], uuid: str) -> str:
        if uuid not in self._records:
            rows = declared.model._default_manager
            # A file that somebody brings in can name anything.
            row = rows.filter(uuid=uuid).first() if _is_uuid(uuid) else None
            coming = self._coming.get((declared, uuid), "(bestaat niet meer)")
            self._records[uuid] = coming if row is None else str(row)
        return self._records[uuid]


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@dataclass(frozen=True)
class Words:
    """Says what documents hold.

    ``whole``: everything a part has, each with what it is; else only its values, and
    no addresses.
    """

    names: Names
    whole: bool = True

    def value(self, f: Field, value: Any, *, without_text: bool = False) -> str:
        if value is None or value == "" or value == []:
            return ""
        if f.kind is Kind.PARTS and isinstance(value, dict):
            return ", ".join(self._of_part(f, value, without_text=without_text))
        if isinstance(value, list):
            return "; ".join(self.value(f, one) for one in value)
        try:
            return self._one(f, value)
        except ValueError:
            # A choice or a date of before, that nobody knows any more.
            return str(value)

    def _of_part(self, f: Field, part: Data, *, without_text: bool) -> Iterator[str]:
        first = True
        for own in spec_of(f.type).fields:
            if not self.whole and own.name.endswith("url"):
                continue
            if without_text and is_free_text(own):
                continue
            value = part.get(own.name, own.default)
            if value != own.default and (words := self.value(own, value)):
                yield f"{own.label}: {words}" if self.whole and not first else words
                first = False

    def _one(self, f: Field, value: Any) -> str:
        if f.kind in {Kind.TERM, Kind.TERMS}:
            return self.names.term(f.type, value)
        if f.kind is Kind.CHOICE:
            return str(f.type(value).label)
        if f.kind in {Kind.REF, Kind.REFS}:
            return self.names.record(f.type, value)
        if f.type is bool:
            return yes_or_no(value)
        if f.type is date:
            return day_in_words(value)
        if f.type is Deeldatum:
            return Deeldatum.lees(value).in_woorden
        return f.info.words(value) if f.kind is Kind.VALUE else str(value)

    def where(
        self, declared: type[Any], place: Place, data: Data, *, whole: bool = True
    ) -> str:
        """What a place in a document is called, on the way the parts by what they are.

        Not ``whole``: without the part that it ends in.
        """
        return ": ".join(self._where(declared, place if whole else place[:-1], data))

    def _where(self, declared: type[Any], place: Place, data: Data) -> Iterator[str]:
        spec, label = spec_of(declared), ""
        parts: Sequence[Data] = ()
        for step in place:
            if isinstance(step, str):
                f, label = spec[step], spec[step].label
                if f.kind is Kind.PARTS:
                    spec, parts = spec_of(f.type), data.get(step, f.default)
                    continue
                yield "adres van de pagina" if step == "slug" else label
            else:
                yield f"{label}, {self._part_name(spec, parts, step)}"
                data, label = parts[step], ""
        if label and f.kind is Kind.PARTS:
            yield label

    def _part_name(self, spec: Spec, parts: Sequence[Data], place: int) -> str:
        """What a part is: as many of its words as no other part beside it has."""
        names = [self._part_words(spec, part) for part in parts]
        own = names[place]
        for number in range(1, len(own) + 1):
            if sum(name[:number] == own[:number] for name in names) == 1:
                return ", ".join(own[:number])
        return ", ".join([*own[:1], str(place + 1)])

    def _part_words(self, spec: Spec, part: Data) -> list[str]:
        """The first words of a part: its name, if it has one, before all else."""
        fields = [f for f in spec.fields if not f.name.endswith(NO_NAME)]
        fields.sort(key=lambda f: f.name not in {"naam", "label"})
        found = (self.value(f, part.get(f.name, f.default)) for f in fields)
        return [_short(words) for words in islice(filter(None, found), PART_WORDS)]


def _short(text: str) -> str:
    return text if len(text) <= PART_NAME else f"{text[:PART_NAME].rstrip()}…"


def is_free_text(f: Field) -> bool:
    """Whether an editor wrote it in his own words."""
    return f.kind in FREE_TEXT or (f.kind is Kind.VALUE and f.type is str)


def yes_or_no(value: bool) -> str:
    return "ja" if value else "nee"


def day_in_words(day: str) -> str:
    return date_format(date.fromisoformat(day), "j F Y")


def field_at(declared: type[Any], place: Place) -> Field:
    """The field at a place: the last one named on the way to it."""
    spec = spec_of(declared)
    for step in place:
        if isinstance(step, str):
            f = spec[step]
            if f.kind is Kind.PARTS:
                spec = spec_of(f.type)
    return f


@dataclass(frozen=True)
class Told:
    """One difference as an editor reads it; empty where nothing was or is."""

    place: Place
    label: str
    how: How
    was: str
    now: str

    def __str__(self) -> str:
        return f"{self.label} {self.how}"


def told(
    declared: type[Any], before: Data, after: Data, names: Names | None = None
) -> list[Told]:
    """Every difference between two documents, in the words of editors."""
    words = Words(names or RowNames())
    changes = difference(declared, before, after)
    return [_told(words, declared, change, before, after) for change in changes]


def _told(
    words: Words, declared: type[Any], change: Change, before: Data, after: Data
) -> Told:
    f = field_at(declared, change.place)
    came_or_went = change.how in {How.ADDED, How.REMOVED}
    label = words.where(declared, change.place, after, whole=not came_or_went)
    if change.how is How.MOVED:
        was, now = f"plaats {change.old}", f"plaats {change.new}"
    else:
        was, now = both(words, f, change.old, change.new)
    return Told(change.place, label, change.how, was, now)


def both(words: Words, f: Field, one: Any, other: Any) -> tuple[str, str]:
    """Two values that differ; with their markup when only that differs."""
    was, now = words.value(f, one), words.value(f, other)
    if was == now and isinstance(one, str) and isinstance(other, str):
        return one, other
    return was, now


def column_value(column: Column[Any, Any], value: Any) -> str:
    """What a column holds (see ``rows.plain``), where no document is made of it."""
    if value is None or value == "":
        return ""
    if isinstance(value, list):
        return "; ".join(value)
    if isinstance(value, bool):
        return yes_or_no(value)
    if isinstance(column, DateTimeField):
        return date_format(localtime(datetime.fromisoformat(value)), "DATETIME_FORMAT")
    if isinstance(column, DateField):
        return day_in_words(value)
    choices = dict(column.flatchoices)
    return str(choices.get(value, value))
