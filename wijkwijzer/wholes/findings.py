"""What to look at before readers see something, each with its place in the form.

An *error* keeps it from being published, by whatever way. A *warning* is shown first,
and may be passed. A *hint* is only shown. What every kind has is checked in
``wholes.controles``; an app adds its own in a ``controles.py`` (:func:`check`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from wijkwijzer.wholes.declaration import Kind, spec_of
from wijkwijzer.wholes.validation import Place, Problem, problems

if TYPE_CHECKING:
    from wijkwijzer.wholes.declaration import Data, Field, Spec, Whole

# What is wrong where, in the words of an editor.
Told = tuple[Place, str]
Check = Callable[["type[Whole]", "Data"], Iterable[Told]]


class Weight(IntEnum):
    HINT = 0
    WARNING = 1
    ERROR = 2


@dataclass(frozen=True)
class Finding:
    weight: Weight
    place: Place
    # The place as the form calls it, and where it is there.
    where: str
    anchor: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


_checks: list[tuple[Weight, str, Check]] = []


def check(weight: Weight, soort: str = "") -> Callable[[Check], Check]:
    """Function decorator: look at this before publishing a kind, or any."""

    def add(function: Check) -> Check:
        _checks.append((weight, soort, function))
        return function

    return add


def errors(declared: type[Whole], data: Data) -> list[Problem]:
    """What keeps a document from being published, beside what is no valid document."""
    found = _look(declared, data, {Weight.ERROR})
    return [Problem(place, message) for _, place, message in found]


def findings(declared: type[Whole], data: Data) -> list[Finding]:
    """All that there is to say of a document, the most serious first."""
    told = [
        (Weight.ERROR, problem.place, problem.message)
        for problem in problems(declared, data, to_publish=True)
    ]
    told += _look(declared, data, {*Weight})
    told.sort(key=lambda t: -t[0])
    spec = spec_of(declared)
    return [
        Finding(weight, place, where(spec, place), anchor(spec, place), message)
        for weight, place, message in told
    ]


def _look(
    declared: type[Whole], data: Data, weights: set[Weight]
) -> list[tuple[Weight, Place, str]]:
    return [
        (weight, place, message)
        for weight, soort, function in _checks
        if weight in weights and soort in {"", declared.soort}
        for place, message in function(declared, data)
    ]


# Places


def where(spec: Spec, place: Place) -> str:
    """A place in the words of the form: "cijfers 2: peildatum"."""
    return ": ".join(_words(spec, place))


def _words(spec: Spec, place: Place) -> Iterator[str]:
    if not place:
        return
    name, *rest = place
    if not (f := _field(spec, name)):
        return
    if f.kind is not Kind.PARTS or not rest:
        yield f.label
        return
    number, *inner = rest
    yield f"{f.label} {int(number) + 1}"
    yield from _words(spec_of(f.type), tuple(inner))


def anchor(spec: Spec, place: Place) -> str:
    """The id in the form of the admin that a place has; empty of the whole."""
    prefix = ""
    while place:
        name, *rest = place
        if not (f := _field(spec, name)):
            return ""
        if f.kind is not Kind.PARTS:
            return f"id_{prefix}{f.source}"
        if not rest:
            return f"{prefix}{f.source}-group"
        number, *inner = rest
        if not inner:
            return f"{prefix}{f.source}-{number}"
        prefix += f"{f.source}-{number}-"
        spec, place = spec_of(f.type), tuple(inner)
    return ""


def _field(spec: Spec, name: str | int) -> Field | None:
    return next((f for f in spec.fields if f.name == name), None)


def fields_in(spec: Spec, data: Data, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Every field with its place, those of parts too: ``(place, (field, value))``."""
    for f in spec.fields:
        value = data.get(f.name, f.default)
        if f.kind is Kind.PARTS:
            for number, part in enumerate(value):
                yield from fields_in(spec_of(f.type), part, (*place, f.name, number))
        else:
            yield (*place, f.name), (f, value)
