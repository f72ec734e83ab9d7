"""Which records the last overview could not have: for who can mend them."""

from __future__ import annotations

from threading import get_ident

import msgspec

from wijkwijzer.publicatie.bewaard import map_

NAAM = "ontbreekt-"
# The kind of a record, and its slug.
Wie = tuple[str, str]


def onthoud_uitval(uitval: list[Wie], deel: int = 1, delen: int = 1) -> None:
    """What a volume could not have; those beyond the last are of a larger book."""
    pad = map_() / f"{NAAM}{deel}.json"
    half = pad.with_suffix(f".{get_ident()}.half")
    half.write_bytes(msgspec.json.encode(sorted(uitval)))
    half.replace(pad)
    for ander in map_().glob(f"{NAAM}*.json"):
        if int(ander.stem.removeprefix(NAAM)) > delen:
            ander.unlink(missing_ok=True)


def uitgevallen(soort: str) -> list[str]:
    """The slugs of the records of a kind that are not in it."""
    uitval: list[Wie] = []
    for pad in map_().glob(f"{NAAM}*.json"):
        try:
            uitval += msgspec.json.decode(pad.read_bytes(), type=list[Wie])
        except (FileNotFoundError, msgspec.DecodeError):
            continue
    return [slug for van, slug in uitval if van == soort]
