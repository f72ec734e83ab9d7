"""What was read from a file, whatever kind it is, and where each thing stands there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from wijkwijzer.wholes.declaration import Data, Kind, Spec, Whole, spec_of
from wijkwijzer.wholes.registry import terms, wholes
from wijkwijzer.wholes.rows import build, load, sort_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from wijkwijzer.wholes.validation import Place, Problem


@dataclass(frozen=True)
class Fout:
    """Something wrong in a file, with where to find it."""

    plek: str
    melding: str

    def __str__(self) -> str:
        return f"{self.plek}: {self.melding}" if self.plek else self.melding


@dataclass
class Gelezen:
    """A document that a file wants a record to have."""

    declared: type[Any]
    key: str
    data: Data
    waar: Callable[[Place], str]
    # What readers see of it, where that is something else; and since when.
    gezien: Data | None = None
    stand: Data | None = None
    # Whether a place names the field: the words for a mistake then need not.
    noemt_veld: bool = False
    # The working copy that the file was made of.
    revisie: int | None = None

    def fout(self, probleem: Problem) -> Fout:
        woorden = probleem.message if self.noemt_veld else str(probleem)
        return Fout(self.waar(probleem.place), woorden)


@dataclass
class Lezing:
    """All of a file."""

    gelezen: list[Gelezen] = field(default_factory=list)
    fouten: list[Fout] = field(default_factory=list)
    # What was left out on purpose, and what else there is to know.
    opmerkingen: list[str] = field(default_factory=list)
    # What there is beside documents: checked addresses.
    adressen: list[Data] = field(default_factory=list)
    # How the columns of a file of somebody else were read: (column, field).
    kolommen: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Bestaand:
    """A record that is there."""

    pk: Any
    data: Data
    revisie: int


class Kennis:
    """The working copies of now, a kind at a time."""

    def __init__(self) -> None:
        self._soorten: dict[type[Any], dict[str, Bestaand]] = {}

    def van(self, declared: type[Any]) -> dict[str, Bestaand]:
        if declared not in self._soorten:
            rijen = load(declared, declared.model._default_manager.order_by("pk"))
            self._soorten[declared] = {
                key_of(declared, row): Bestaand(
                    row.pk, build(declared, row), getattr(row, "revisie", 0)
                )
                for row in rijen
            }
        return self._soorten[declared]


def key_of(declared: type[Any], row: Any) -> str:
    if issubclass(declared, Whole):
        return str(row.uuid)
    return str(declared.key_of(row))


def key_in(declared: type[Any], data: Data) -> str:
    if issubclass(declared, Whole):
        return str(data["uuid"])
    return str(declared.key_in(data))


def alle_soorten() -> dict[str, type[Any]]:
    """Lists first: documents name them."""
    return {**terms(), **wholes()}


def normaal(spec: Spec, data: Data) -> Data:
    """As ``wholes.rows.build`` makes it: in order, without what says nothing."""
    gemaakt: Data = {}
    for f in spec.fields:
        if f.name not in data:
            continue
        value = data[f.name]
        if f.kind is Kind.PARTS:
            deel = spec_of(f.type)
            value = [normaal(deel, d) for d in value]
            if not deel.order:
                value.sort(key=lambda d, deel=deel: sort_key(deel, d))  # type: ignore[misc]
        elif f.kind in {Kind.TERMS, Kind.REFS, Kind.TAGS}:
            value = sorted(value)
        if f.required or value != f.default:
            gemaakt[f.name] = value
    return gemaakt


def verwijzingen(spec: Spec, data: Data) -> Iterator[tuple[type[Any], str]]:
    """All that a document names."""
    for f in spec.fields:
        value = data.get(f.name)
        if not value:
            continue
        if f.kind in {Kind.TERM, Kind.REF}:
            yield f.type, value
        elif f.kind in {Kind.TERMS, Kind.REFS}:
            yield from ((f.type, key) for key in value)
        elif f.kind is Kind.PARTS:
            for deel in value:
                yield from verwijzingen(spec_of(f.type), deel)
