"""A short text per record, in memory: what the search reads of records that name it.

A hundred thousand records may each name another one. Reading the documents of those
would make the index twice as slow to build.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from wijkwijzer.memory.large import Positions, Texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from wijkwijzer.wholes.records import Records
    from wijkwijzer.wholes.stand import Stand


class Packed(NamedTuple):
    """The positions of records that have a text, and their texts."""

    places: Positions
    texts: Texts

    def get(self, position: int) -> str:
        place = self.places.get(position)
        return "" if place is None else self.texts[place]


class NaslagIndexer:
    """Keeps what ``read`` says of each document (``wholes.stand.Indexer``)."""

    def __init__(self, read: Callable[[Any], str]) -> None:
        self._read = read

    def start(self, stand: Stand) -> NaslagWriter:
        return NaslagWriter(self._read)

    def layer(
        self, stand: Stand, base: Packed, top: Packed | None, records: Records
    ) -> Naslag:
        return Naslag(base, top, records.gone)

    def stamp(self, stand: Stand) -> object:
        return None


class NaslagWriter:
    def __init__(self, read: Callable[[Any], str]) -> None:
        self._read = read
        self._found: dict[int, str] = {}

    def add(self, position: int, document: Any) -> None:
        if text := self._read(document):
            self._found[position] = text

    def close(self, length: int) -> Packed:
        return Packed(Positions([*self._found]), Texts(self._found.values()))


class Naslag:
    """The texts of one kind, as one stand has them; empty for who has none."""

    def __init__(self, base: Packed, top: Packed | None, gone: int) -> None:
        self._base, self._top, self._gone = base, top, gone

    def __getitem__(self, position: int) -> str:
        if not self._gone >> position & 1:
            return self._base.get(position)
        return self._top.get(position) if self._top else ""
