"""The notes of a record: each source is said once, and pointed at after that."""

from __future__ import annotations

import msgspec

from wijkwijzer.publicatie.boom import (
    Alinea,
    Blok,
    Citaat,
    Lijst,
    Punten,
    Stuk,
    Tabel,
    Veld,
)


class Noten:
    """Takes the sources out of fields, and leaves their numbers."""

    def __init__(self) -> None:
        self._nummers: dict[tuple[Stuk, ...], int] = {}

    @property
    def teksten(self) -> list[list[Stuk]]:
        return [[*noot] for noot in self._nummers]

    def nummer(self, velden: list[Veld]) -> list[Veld]:
        return [Veld(v.kop, self._blokken(v.blokken), v.breed) for v in velden]

    def _blokken(self, blokken: list[Blok]) -> list[Blok]:
        return [self._blok(blok) for blok in blokken]

    def _blok(self, blok: Blok) -> Blok:
        if isinstance(blok, Alinea):
            return Alinea([self._stuk(deel) for deel in blok.stukken])
        if isinstance(blok, Lijst):
            punten = [[self._stuk(deel) for deel in punt] for punt in blok.punten]
            return Lijst(punten, blok.genummerd)
        if isinstance(blok, Punten):
            eigen = [self._blokken(punt) for punt in blok.punten]
            return msgspec.structs.replace(blok, punten=eigen)
        if isinstance(blok, Citaat):
            return Citaat(self._blokken(blok.blokken))
        if isinstance(blok, Tabel):
            kop = [self._blokken(cel) for cel in blok.kop]
            rijen = [[self._blokken(cel) for cel in rij] for rij in blok.rijen]
            return msgspec.structs.replace(blok, kop=kop, rijen=rijen)
        return blok

    def _stuk(self, stuk: Stuk) -> Stuk:
        if not stuk.noot:
            return stuk
        opnieuw = stuk.noot in self._nummers
        nr = self._nummers.setdefault(stuk.noot, len(self._nummers) + 1)
        return msgspec.structs.replace(stuk, noot=(), nr=nr, opnieuw=opnieuw)
