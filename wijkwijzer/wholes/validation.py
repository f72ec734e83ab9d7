"""What is wrong with a document, all at once, in Dutch, with the place of each.

In this order: its shape, its fields, what it names, the rules of the database for each
row, and what may be there only once. Only a document without problems is applied.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from wijkwijzer.core.models import Status
from wijkwijzer.core.trefwoorden import MAX_TEKENS, is_te_lang
from wijkwijzer.wholes.apply import _column
from wijkwijzer.wholes.declaration import Data, Field, Kind, Spec, Whole, spec_of

Place = tuple[str | int, ...]

# What a value must be in JSON, with the words for it.
JSON_TYPES: dict[type, tuple[type, str]] = {
    bool: (bool, "ja of nee (true of false)"),
    int: (int, "een heel getal"),
}


@dataclass(frozen=True)
class Problem:
    """Something wrong: ``place`` leads to it, with places in lists counted from 0."""

    place: Place
    message: str

    @property
    def where(self) -> str:
        """The place in words: "doelgroepen 1: rol"."""
        words = ""
        for step in self.place:
            words += f" {step + 1}" if isinstance(step, int) else f": {step}"
        return words.removeprefix(": ")

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.place else self.message


def problems(
    declared: type[Any],
    data: Any,
    *,
    to_publish: bool = False,
) -> list[Problem]:
    """What keeps a document from being applied or published: nothing, when empty."""
    return Validator().problems(declared, data, to_publish=to_publish)


def problems_of_rows(declared: type[Whole], data: Data) -> list[Problem]:
    """What keeps a working copy from being published, asked of its document.

    Its rows are in the database, which vouches for their shape, what they name, and the
    rules of their parts: those are not asked again, which is most of the work.
    """
    validator, spec = Validator(), spec_of(declared)
    found = list(validator._fields(spec, data, ()))
    return found or list(validator.of_root(spec, data, to_publish=True))


class Validator:
    """Validates many documents; what they name is looked up once."""

    def __init__(self) -> None:
        self._rows: dict[type[Any], dict[str, Any]] = {}
        # What the database said of a check, by the values that it is about.
        self._checked: dict[tuple[Any, ...], list[str]] = {}

    def problems(
        self, declared: type[Any], data: Any, *, to_publish: bool = False
    ) -> list[Problem]:
        """See :func:`problems`."""
        spec = spec_of(declared)
        found = list(self._shape(spec, data, ()))
        if found:
            return found
        found += self._fields(spec, data, ())
        found += self._named(spec, data, ())
        if not found:
            found += self._rules(spec, data, to_publish=to_publish)
        return found

    def by_itself(self, declared: type[Any], data: Any) -> list[Problem]:
        """What is wrong whatever else there is: its shape, and then its fields."""
        found = self.of_shape(declared, data)
        return found or list(self._fields(spec_of(declared), data, ()))

    def of_shape(self, declared: type[Any], data: Any) -> list[Problem]:
        """What keeps it from being a document at all, whatever its fields say."""
        return list(self._shape(spec_of(declared), data, ()))

    # Shape

    def _shape(self, spec: Spec, data: Any, place: Place) -> Iterator[Problem]:
        if not isinstance(data, dict):
            yield Problem(place, "Hier hoort een groep velden te staan.")
            return
        names = {f.name for f in spec.fields}
        for name in data:
            if name not in names:
                yield Problem((*place, str(name)), "Dit veld bestaat niet.")
        for f in spec.fields:
            if f.name not in data:
                if f.required:
                    yield Problem((*place, f.name), "Dit veld ontbreekt.")
            else:
                yield from self._value(f, data[f.name], (*place, f.name))

    def _value(self, f: Field, value: Any, place: Place) -> Iterator[Problem]:
        if value is None:
            if f.required or f.many or f.default is not None:
                yield Problem(place, "Dit veld kan niet leeg zijn.")
        elif f.kind is Kind.PARTS:
            if not isinstance(value, list):
                yield Problem(place, "Hier hoort een lijst te staan.")
                return
            for number, part in enumerate(value):
                yield from self._shape(spec_of(f.type), part, (*place, number))
        elif f.many:
            if not isinstance(value, list):
                yield Problem(place, "Hier hoort een lijst te staan.")
                return
            for number, item in enumerate(value):
                if not isinstance(item, str):
                    yield Problem((*place, number), "Hier hoort tekst te staan.")
        else:
            expected, words = JSON_TYPES.get(f.type, (str, "tekst"))
            fits = isinstance(value, expected) and (
                expected is bool or not isinstance(value, bool)
            )
            if not fits:
                yield Problem(place, f"Hier hoort {words} te staan.")

    # Fields

    def _fields(self, spec: Spec, data: Data, place: Place) -> Iterator[Problem]:
        for f in spec.fields:
            value = data.get(f.name, f.default)
            where = (*place, f.name)
            if f.kind is Kind.PARTS:
                for number, part in enumerate(value):
                    yield from self._fields(spec_of(f.type), part, (*where, number))
            elif f.kind in {Kind.VALUE, Kind.CHOICE, Kind.LINES}:
                if f.kind is Kind.LINES and any(not line.strip() for line in value):
                    yield Problem(where, "Een regel is leeg.")
                yield from self._clean(f, value, where)
            elif f.kind is Kind.TAGS:
                for number, tag in enumerate(value):
                    if is_te_lang(tag) or not tag.strip():
                        message = f"Een trefwoord heeft 1 tot {MAX_TEKENS} tekens."
                        yield Problem((*where, number), message)

    def _clean(self, f: Field, value: Any, place: Place) -> Iterator[Problem]:
        if f.name == "uuid":
            try:
                UUID(value)
            except ValueError:
                yield Problem(place, "Dit is geen uuid.")
            return
        try:
            f.model_field.clean(_plain_column(f, value), None)
        except ValidationError as error:
            yield from (Problem(place, message) for message in error.messages)

    # What it names

    def _named(self, spec: Spec, data: Data, place: Place) -> Iterator[Problem]:
        for f in spec.fields:
            value = data.get(f.name)
            if value is None:
                continue
            where = (*place, f.name)
            if f.kind is Kind.PARTS:
                for number, part in enumerate(value):
                    yield from self._named(spec_of(f.type), part, (*where, number))
            elif f.kind in {Kind.TERM, Kind.REF}:
                if not self._exists(f.type, value):
                    yield Problem(where, self._unknown(f.type, value))
            elif f.kind in {Kind.TERMS, Kind.REFS}:
                for number, key in enumerate(value):
                    if not self._exists(f.type, key):
                        yield Problem((*where, number), self._unknown(f.type, key))
                if len(set(value)) < len(value):
                    yield Problem(where, "Iets staat er twee keer in.")

    def _exists(self, kind: type[Any], key: str) -> bool:
        return self._row(kind, key) is not None

    @staticmethod
    def _unknown(kind: type[Any], key: str) -> str:
        name = kind.model._meta.verbose_name
        return f"“{key}” kennen we niet als {name}."

    def _row(self, kind: type[Any], key: str) -> Any:
        """The row that a key names, or None; each kind is looked up once."""
        if kind not in self._rows:
            rows = kind.model._default_manager.all()
            if issubclass(kind, Whole):
                self._rows[kind] = {
                    str(row.uuid): row for row in rows.only("pk", "uuid")
                }
            else:
                rows = rows.select_related(*kind.key_needs())
                self._rows[kind] = {kind.key_of(row): row for row in rows}
        return self._rows[kind].get(key)

    # Rules

    def _rules(self, spec: Spec, data: Data, *, to_publish: bool) -> Iterator[Problem]:
        """What the database, or the model as a whole, says of the rows."""
        yield from self.of_root(spec, data, to_publish=to_publish)
        for f in spec.of(Kind.PARTS):
            part, wanted = spec_of(f.type), data.get(f.name, [])
            rows = [self._instance(part, d) for d in wanted]
            for number, row in enumerate(rows):
                yield from self._of_row(part, row, (f.name, number), clean=False)
            yield from self._once(part, rows, (f.name,))

    def of_root(self, spec: Spec, data: Data, *, to_publish: bool) -> Iterator[Problem]:
        """What the rules say of the row of the record itself, without its parts."""
        root = self._root(spec, data, to_publish=to_publish)
        yield from self._of_row(spec, root, (), clean=True)

    def _root(self, spec: Spec, data: Data, *, to_publish: bool) -> Any:
        lookup: dict[str, Any] = (
            {"uuid": data["uuid"]}
            if issubclass(spec.declared, Whole)
            else spec.declared.lookup(data)
        )
        found = spec.model._default_manager.filter(**lookup).first()
        root = self._instance(spec, data, found)
        if to_publish and issubclass(spec.declared, Whole):
            root.status, root.reden_archivering = Status.GEPUBLICEERD, ""
            root.gepubliceerd_op = root.gepubliceerd_op or timezone.now()
        return root

    def _instance(self, spec: Spec, data: Data, row: Any = None) -> Any:
        """A row with the columns of a document, which is not saved."""
        row = row or spec.model()
        for f in spec.fields:
            value = data.get(f.name, f.default)
            if f.kind in {Kind.VALUE, Kind.CHOICE, Kind.LINES}:
                setattr(row, f.source, _column(f, value))
            elif f.kind in {Kind.TERM, Kind.REF}:
                setattr(row, f.source, value and self._row(f.type, value))
        return row

    def _of_row(
        self, spec: Spec, row: Any, place: Place, *, clean: bool
    ) -> Iterator[Problem]:
        parent = {spec.parent} if spec.parent else set()
        try:
            if clean:
                row.clean()
                row.validate_unique(exclude=parent)
        except ValidationError as error:
            yield from _told(spec, error, place)
        for rule in spec.model._meta.constraints:
            if isinstance(rule, models.UniqueConstraint) and spec.parent:
                continue
            if messages := self._broken(spec, rule, row, parent):
                yield Problem((*place, *_about(spec, rule)), " ".join(messages))

    def _broken(
        self, spec: Spec, rule: models.BaseConstraint, row: Any, parent: set[str]
    ) -> list[str]:
        """What a rule has against a row; a check asks the database once per value."""
        key: tuple[Any, ...] = ()
        if isinstance(rule, models.CheckConstraint):
            names = sorted(rule.condition.referenced_base_fields)  # type: ignore[union-attr]
            fields = (spec.model._meta.get_field(name) for name in names)
            key = (rule.name, *(repr(getattr(row, f.attname)) for f in fields))  # type: ignore[union-attr]
            if key in self._checked:
                return self._checked[key]
        try:
            rule.validate(spec.model, row, exclude=parent)
            found = []
        except ValidationError as error:
            found = error.messages
        if key:
            self._checked[key] = found
        return found

    def _once(self, part: Spec, rows: list[Any], place: Place) -> Iterator[Problem]:
        """Unique rules among the parts of one document."""
        for rule in part.model._meta.constraints:
            if not isinstance(rule, models.UniqueConstraint):
                continue
            names = [n for n in rule.fields if n not in {part.parent, part.order}]
            if not names or (part.order and part.order in rule.fields):
                # The place in the list is unique by itself.
                continue
            by_name = {f.name: f.attname for f in part.model._meta.concrete_fields}
            columns = [by_name[name] for name in names]
            seen: set[tuple[Any, ...]] = set()
            for number, row in enumerate(rows):
                values = tuple(getattr(row, column) for column in columns)
                if values in seen:
                    message = rule.violation_error_message or "Dit staat er al."
                    yield Problem((*place, number), str(message))
                seen.add(values)


def _plain_column(f: Field, value: Any) -> Any:
    if f.kind is Kind.LINES:
        return "\n".join(value)
    return "" if value is None and not f.model_field.null else value


def _about(spec: Spec, rule: models.BaseConstraint) -> Place:
    """The field that a rule is about, when it is about one that editors see."""
    if not isinstance(rule, models.CheckConstraint):
        return ()
    columns = rule.condition.referenced_base_fields  # type: ignore[union-attr]
    named = [f.name for f in spec.fields if f.source in columns]
    return (named[0],) if len(named) == 1 else ()


def _told(spec: Spec, error: ValidationError, place: Place) -> Iterable[Problem]:
    if not hasattr(error, "error_dict"):
        return [Problem(place, message) for message in error.messages]
    by_source = {f.source: f.name for f in spec.fields}
    return [
        Problem((*place, by_source.get(name, name)), message)
        if name != "__all__"
        else Problem(place, message)
        for name, messages in error.message_dict.items()
        for message in messages
    ]
