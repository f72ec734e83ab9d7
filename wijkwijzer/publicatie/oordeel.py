"""What databanks say of an approach, as it is printed: every field of the register."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from interventies.models import InDatabank, Vermeldingssoort
from wijkwijzer.core.teksten import beginkapitaal
from wijkwijzer.publicatie.boom import (
    Blok,
    Kop,
    Stuk,
    Veld,
    alinea,
    alineas,
    lijst,
    stuk,
)
from wijkwijzer.publicatie.bronnen import adresnoot, dag, vindplaats

if TYPE_CHECKING:
    from datetime import date

    from interventies.whole import (
        ErkenningPart,
        Geldigheid,
        InterventieDocument,
        VermeldingPart,
    )

STIPPEN = 3


class Merk(NamedTuple):
    """The mark of a recognition: words first, and dots that say the same."""

    woorden: str
    # How many dots are filled; none: there is no level, or it lapsed.
    vol: int
    toestand: str


def merk(geldigheid: Geldigheid | None) -> Merk:
    """The mark as pages have it, with whether the level still holds."""
    if geldigheid is None:
        return Merk("Geen erkenning gevonden", 0, "geen")
    woorden = geldigheid.niveau.naam if geldigheid.niveau else "Niveau niet bekend"
    if geldigheid.bekend:
        woorden = f"{woorden}, {geldigheid.in_woorden}"
    if not geldigheid.niveau:
        return Merk(woorden, 0, "onbekend")
    if geldigheid.vervallen:
        return Merk(woorden, 0, "verlopen")
    rang = min(STIPPEN, geldigheid.niveau.hoofd.volgorde // 10)
    return Merk(woorden, rang, "erkend")


def oordeel(interventie: InterventieDocument, peildatum: date) -> list[Blok]:
    """All that the register has: decisions, listings, the owner, and the check."""
    blokken: list[Blok] = []
    for geldigheid in interventie.geldigheden(peildatum):
        blokken.append(Kop(geldigheid.erkenning.databank.naam))
        blokken += _besluit(geldigheid)
    if not interventie.erkenningen:
        blokken.append(alinea(stuk("We vonden geen besluit over een erkenning.")))
    if interventie.vermeldingen:
        blokken.append(Kop("In databanken"))
        plaatsen = interventie.databankplaatsen()
        blokken += lijst(map(_plaats, plaatsen))
        ook = [v for v in interventie.vermeldingen if v not in plaatsen]
        blokken += [Kop("Ook gevonden")] * bool(ook)
        blokken += lijst(map(_ook, ook))
    return [*blokken, *alineas(interventie.toelichting), *_controle(interventie)]


def _besluit(geldigheid: Geldigheid) -> list[Blok]:
    erkenning = geldigheid.erkenning
    niveau = erkenning.niveau.naam if erkenning.niveau else "Niveau niet bekend"
    regel = [
        stuk(niveau, vet=True),
        stuk(f", {geldigheid.in_woorden}." if geldigheid.bekend else "."),
    ]
    if erkenning.datum:
        wie = f" door {erkenning.orgaan}" if erkenning.orgaan else ""
        regel.append(stuk(f"Besluit van {erkenning.datum.in_woorden}{wie}."))
    elif erkenning.orgaan:
        regel.append(stuk(f"{beginkapitaal(erkenning.orgaan)}."))
    if geldigheid.einde_verteld:
        regel.append(stuk(f"{_einde(geldigheid)}"))
    return [alinea(*regel), *lijst(_stelt(deel) for deel in geldigheid.volgens)]


def _einde(geldigheid: Geldigheid) -> str:
    erkenning = geldigheid.erkenning
    if erkenning.geldig_tot:
        return f"Geldig tot {erkenning.geldig_tot.in_woorden}."
    termijn = f"{beginkapitaal(erkenning.gewone_termijn)}."
    geen = "Geen bron noemt een einddatum."
    if verwacht := erkenning.verwachte_einddatum():
        return f"Verwachting: geldig tot {verwacht.in_woorden}. {termijn} {geen}"
    return f"{termijn} {geen}"


def _stelt(deel: ErkenningPart | VermeldingPart) -> list[Stuk]:
    """What the page or publication that tells of it says, and where that is."""
    woorden = ". ".join(d.rstrip(".") for d in (deel.bron_stelt, deel.opmerking) if d)
    zin = f"{woorden}." if woorden else "Zie de bron."
    return [stuk(zin, zacht=True, noot=vindplaats(deel))]


def _plaats(vermelding: VermeldingPart) -> list[Stuk]:
    """Whether a databank has it, as what, and who says so."""
    databank = vermelding.databank.in_een_zin
    plaats = {
        InDatabank.NU: f"Staat nu in de databank van {databank}",
        InDatabank.EERDER: f"Staat niet meer in de databank van {databank}",
        InDatabank.NIET: f"Staat niet in de databank van {databank}",
        InDatabank.ONBEKEND: f"Een bron noemt opname in de databank van {databank}",
    }[vermelding.in_databank]
    als = ""
    if vermelding.soort != Vermeldingssoort.ONBEKEND:
        als = f", als {vermelding.soort.label}"
    return [stuk(f"{plaats}{als}."), *_stelt(vermelding)]


def _ook(vermelding: VermeldingPart) -> list[Stuk]:
    """Another page that tells of the same databank: history, not where it stands."""
    gevonden = f"{vermelding.databank.naam}: {vermelding.in_het_kort.lower()}."
    return [stuk(gevonden), *_stelt(vermelding)]


def _controle(interventie: InterventieDocument) -> list[Blok]:
    regel: list[Stuk] = []
    if interventie.eigenaar:
        van = adresnoot(interventie.eigenaar_bron_url, interventie.eigenaar_bron_datum)
        if not van and interventie.eigenaar_publicatie:
            van = [stuk(interventie.eigenaar_publicatie)]
        wie = f"Eigenaar of ontwikkelaar volgens het register: {interventie.eigenaar}."
        regel.append(stuk(wie, noot=van))
    if interventie.laatst_gecontroleerd_op:
        op = dag(interventie.laatst_gecontroleerd_op)
        regel.append(stuk(f"Register nagekeken op {op}."))
    return [alinea(*regel)] if regel else []


def velden(interventie: InterventieDocument, peildatum: date) -> list[Veld]:
    """The fields of a sheet of the register."""
    onbekend = interventie.nog_niet_bekend(peildatum)
    gevuld = [Veld("Erkenning", oordeel(interventie, peildatum))]
    if onbekend:
        gevuld.append(Veld("Nog niet bekend", lijst([[stuk(o)] for o in onbekend])))
    return gevuld
