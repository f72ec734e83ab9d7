"""The overview as a book: all that readers see, as one tree.

With many records it has more volumes, each a book with its own contents and register.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import msgspec

from aanpakken.models import Rubriek
from aanpakken.terms import CriteriumTerm, ThemaTerm
from aanpakken.whole import AanpakDocument
from interventies.facets import hoofdniveaus
from interventies.terms import DatabankTerm
from interventies.whole import InterventieDocument
from kennisdossier.whole import BegripDocument, DossierDocument
from wijkwijzer.publicatie import inleiding
from wijkwijzer.publicatie.aanpak import Blad, aanpakblad, interventieblad
from wijkwijzer.publicatie.boom import (
    Blok,
    Stuk,
    Veld,
    aaneen,
    alinea,
    alineas,
    lijst,
    stuk,
)
from wijkwijzer.publicatie.bronnen import bronregel, dag
from wijkwijzer.publicatie.inhoud import delen, laatste_moment
from wijkwijzer.publicatie.kennisblad import kennisblad
from wijkwijzer.publicatie.register import begin_matrix, maak_registers, zonder
from wijkwijzer.publicatie.tekens import zetbaar
from wijkwijzer.wholes.terms import BronTerm

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from wijkwijzer.publicatie.inhoud import Plaats
    from wijkwijzer.publicatie.register import Gezet, Matrixdeel, Register
    from wijkwijzer.wholes.stand import Stand

logger = logging.getLogger(__name__)


# By kind of record, for what is no aanpak: "samen" is below each other.
VORMEN = {DossierDocument.soort: "blad", BegripDocument.soort: "begrippen"}


class Rubriekdeel(msgspec.Struct, frozen=True):
    titel: str
    uitleg: str
    bladen: list[Blad]
    # How its entries are set: each on a page of its own, below each other, or as the
    # terms of a glossary.
    vorm: str = "blad"

    def zonder(self, weg: set[str]) -> Rubriekdeel:
        bladen = [blad for blad in self.bladen if blad.id not in weg]
        return msgspec.structs.replace(self, bladen=bladen)


class Uitval(msgspec.Struct, frozen=True):
    """A record that is not in the book: its name, and how editors find it."""

    naam: str
    slug: str
    soort: str = AanpakDocument.soort


class Thema(msgspec.Struct, frozen=True):
    naam: str
    merk: str
    blokken: list[Blok]
    # The entries with this theme, by their id.
    bladen: list[str]


class Boek(msgspec.Struct, frozen=True):
    titel: str
    ondertitel: str
    # When the newest version in it was published: UTC, and in words.
    moment: datetime
    datum: str
    versie: int
    adres: str
    # Which volume it is, and of how many.
    deel: int
    delen: int
    inleiding: list[Blok]
    leeswijzer: list[Veld]
    # The aanpakken, and all other records.
    rubrieken: list[Rubriekdeel]
    verder: list[Rubriekdeel]
    reflectie: list[Blok]
    themas: list[Thema]
    matrix: Matrixdeel
    registers: list[Register]
    verantwoording: list[Blok]
    niveaus: list[Veld]
    databanken: list[list[Stuk]]
    bronnen: list[list[Stuk]]
    licentie: str
    # Of a frozen edition: which one, and what editors say before it.
    editie: str = ""
    voorwoord: list[Blok] = []
    # What could not be told, or set.
    ontbreekt: list[Uitval] = []

    @property
    def bladen(self) -> list[Blad]:
        samen = [*self.rubrieken, *self.verder]
        return [blad for rubriek in samen for blad in rubriek.bladen]

    def zonder(self, weg: set[str]) -> Boek:
        """The same book without these entries, which it names."""
        uitval = [Uitval(b.naam, b.slug, b.soort) for b in self.bladen if b.id in weg]
        return msgspec.structs.replace(
            self,
            rubrieken=[rubriek.zonder(weg) for rubriek in self.rubrieken],
            verder=[rubriek.zonder(weg) for rubriek in self.verder],
            themas=[
                msgspec.structs.replace(t, bladen=zonder(t.bladen, weg))
                for t in self.themas
            ],
            registers=[r.zonder(weg) for r in self.registers],
            ontbreekt=[*self.ontbreekt, *uitval],
        )


def maak_boek(stand: Stand, basis: str, adres: str, deel: int = 1) -> Boek:
    """A volume. ``basis`` is the address of the site, ``adres`` that of its page."""
    alle = delen(stand)
    gezet, ontbreekt = _bladen(stand, alle[deel - 1], basis)
    aanpakken = [(d, blad) for d, blad in gezet if isinstance(d, AanpakDocument)]
    moment = laatste_moment(stand)
    return Boek(
        titel=inleiding.TITEL,
        ondertitel=inleiding.ONDERTITEL,
        moment=moment,
        datum=dag(moment.astimezone().date()),
        versie=stand.number,
        adres=adres,
        deel=deel,
        delen=len(alle),
        inleiding=_inleiding(stand),
        leeswijzer=_leeswijzer(),
        rubrieken=[
            Rubriekdeel(
                *inleiding.RUBRIEKEN[rubriek],
                [blad for aanpak, blad in aanpakken if aanpak.rubriek == rubriek],
            )
            for rubriek in Rubriek.values
        ],
        verder=[*_verder(gezet)],
        reflectie=[alinea(stuk(inleiding.REFLECTIE))],
        themas=_themas(stand, aanpakken),
        matrix=begin_matrix(stand),
        registers=maak_registers(stand, gezet),
        verantwoording=[alinea(stuk(t)) for t in inleiding.VERANTWOORDING],
        niveaus=[
            Veld(
                zetbaar(niveau.naam),
                [
                    *alineas(niveau.toelichting),
                    *lijst([stuk(eis)] for eis in niveau.eisen),
                ],
            )
            for niveau in reversed(hoofdniveaus(stand))
        ],
        databanken=[aaneen(_databank(d)) for d in stand.terms(DatabankTerm)],
        bronnen=[aaneen(bronregel(bron)) for bron in stand.terms(BronTerm)],
        licentie=inleiding.LICENTIE,
        ontbreekt=ontbreekt,
    )


def _bladen(
    stand: Stand, plaatsen: list[Plaats], basis: str
) -> tuple[list[Gezet], list[Uitval]]:
    """The records with their entries, and those that have none."""
    gezet: list[Gezet] = []
    ontbreekt = []
    for document in stand.together(plaatsen):
        soort, slug = document.soort, document.slug
        try:
            gezet.append((document, _blad(stand, document, basis)))
        except Exception:
            # One record never breaks the book: it is named in it, and to the editors.
            logger.exception("%s %s kan niet in het overzicht.", soort, slug)
            ontbreekt.append(Uitval(zetbaar(document.naam), slug, soort))
    return gezet, ontbreekt


def _blad(stand: Stand, document: Any, basis: str) -> Blad:
    if isinstance(document, AanpakDocument):
        return aanpakblad(document, basis)
    if isinstance(document, InterventieDocument):
        return interventieblad(document, stand.day, basis)
    return kennisblad(document, basis)


def _verder(gezet: list[Gezet]) -> Iterator[Rubriekdeel]:
    """The chapters after the aanpakken, as far as this volume has any of it."""
    for soort, (titel, uitleg) in inleiding.VERDER.items():
        if bladen := [blad for _, blad in gezet if blad.soort == soort]:
            yield Rubriekdeel(titel, uitleg, bladen, VORMEN.get(soort, "samen"))


def _inleiding(stand: Stand) -> list[Blok]:
    criteria = [
        [stuk(f"{criterium.naam}.", vet=True), stuk(criterium.toelichting)]
        for criterium in stand.terms(CriteriumTerm)
    ]
    return [
        *(alinea(stuk(tekst)) for tekst in inleiding.INLEIDING),
        *([alinea(stuk(inleiding.KEUZE))] if criteria else []),
        *lijst(criteria, genummerd=True),
    ]


def _leeswijzer() -> list[Veld]:
    velden = {
        "Vaste velden": inleiding.LEESWIJZER,
        "Ringen": inleiding.RINGEN,
        "Erkenning": inleiding.MERK,
        "Redactie": inleiding.REDACTIE,
    }
    return [Veld(kop, [alinea(stuk(tekst))]) for kop, tekst in velden.items()]


def _themas(stand: Stand, gezet: list[tuple[AanpakDocument, Blad]]) -> list[Thema]:
    return [
        Thema(
            zetbaar(thema.naam),
            thema.slug,
            [*alineas(thema.uitleg), *alineas(thema.opmerking, zacht=True)],
            [blad.id for _, blad in gezet if thema.slug in blad.themas],
        )
        for thema in stand.terms(ThemaTerm)
    ]


def _databank(databank: DatabankTerm) -> list[Stuk]:
    werkveld = f"({databank.werkveld})" if databank.werkveld else ""
    return [
        stuk(databank.voluit, vet=True),
        stuk(f", {databank.databanknaam}" if databank.databanknaam else ""),
        stuk(werkveld, zacht=True),
    ]
