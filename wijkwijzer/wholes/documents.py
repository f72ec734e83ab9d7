"""Documents as text: written in one way only, and read into their declarations."""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import Any, TypeVar, get_args, get_origin
from uuid import UUID

import msgspec

from wijkwijzer.core.datums import Deeldatum
from wijkwijzer.wholes.declaration import Data, Document, Reader, Ref, Whole
from wijkwijzer.wholes.models import SCHEMA
from wijkwijzer.wholes.upgrade import upgraded

D = TypeVar("D", bound=Document)

# What msgspec makes of a declaration stays with its class, and another thread that
# finds it half made ends the process: 0.22 takes NULL for a type.
_declaring = Lock()


def canonical(data: Data | str) -> str:
    """The data as text: the same for the same document, byte for byte."""
    return msgspec.json.encode(data).decode()


def parse(text: str) -> Data:
    data: Data = msgspec.json.decode(text)
    return data


class DocumentReader:
    """Reads documents with one reader; making it costs more than reading one."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._decoders: dict[type[Document], msgspec.json.Decoder[Any]] = {}

    def read(self, declared: type[D], text: str, schema: int = SCHEMA) -> D:
        """The document. Raises msgspec.ValidationError when it is none."""
        if schema != SCHEMA:
            text = canonical(upgraded(declared, parse(text), schema))
        decoder = self._decoders.get(declared)
        if decoder is None:
            with _declaring:
                decoder = msgspec.json.Decoder(declared, dec_hook=self._hook)
            self._decoders[declared] = decoder
        document: D = decoder.decode(text)
        return document

    def _hook(self, type_: Any, value: Any) -> Any:
        if type_ is Deeldatum:
            return Deeldatum.lees(value)
        if whole := _whole_of(type_):
            return Ref(whole, UUID(value), self._reader)
        return self._reader.term(type_, value)


@cache
def _whole_of(type_: Any) -> type[Whole] | None:
    """What a ``Ref[…]`` refers to."""
    if get_origin(type_) is not Ref:
        return None
    whole: type[Whole] = get_args(type_)[0]
    return whole
