"""How the records of a kind are kept in memory: apps say what they need of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from wijkwijzer.core.teksten import sorteersleutel

if TYPE_CHECKING:
    from wijkwijzer.memory.bitmaps import Bitmaps
    from wijkwijzer.wholes.declaration import Whole
    from wijkwijzer.wholes.records import Records, Table
    from wijkwijzer.wholes.stand import Stand


class Writer(Protocol):
    """Takes the documents of a kind, one by one, and gives a packed index of them."""

    def add(self, position: int, document: Any) -> None: ...
    def close(self, length: int) -> Any: ...


class Indexer(Protocol):
    """Makes one index of the documents of a kind."""

    def start(self, stand: Stand) -> Writer: ...

    def layer(self, stand: Stand, base: Any, top: Any | None, records: Records) -> Any:
        """The index as it is asked: ``top`` says what is at ``records.gone``."""
        ...

    def stamp(self, stand: Stand) -> object:
        """What the index follows from beside documents: another one is another base."""
        ...


@dataclass
class Collection:
    """How the records of a kind are kept: in which order, and with which indexes."""

    sort_name: Callable[[Any], str] = lambda document: str(document.naam)
    indexers: dict[str, Indexer] = field(default_factory=dict)


_collections: dict[str, Collection] = {}


def collect(declared: type[Whole], collection: Collection) -> None:
    """Say how the records of a kind are kept."""
    _collections[declared.soort] = collection


def collection_of(declared: type[Whole]) -> Collection:
    return _collections.setdefault(declared.soort, Collection())


def collections() -> dict[str, Collection]:
    return _collections


def name_key(document: Any) -> str:
    """What a document is sorted by, among others of its kind."""
    return sorteersleutel(collection_of(type(document)).sort_name(document))


class Packed(NamedTuple):
    """Of one kind: its records, its indexes, and what the records mention."""

    table: Table
    indexes: dict[str, Any]
    mentions: Bitmaps[int]
