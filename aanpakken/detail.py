"""All that the page, the brochure and the comparison tell of one aanpak."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from aanpakken.models import Basis, Doelgroeprol, Feitsoort, Laagbasis, Linksoort
from aanpakken.whole import AanpakDocument, DoelgroepPart
from wijkwijzer.wholes.models import Publicatie
from wijkwijzer.wholes.vocabulary import mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from interventies.whole import InterventieDocument
    from wijkwijzer.wholes.stand import Stand


@dataclass(frozen=True)
class Groep:
    """Target groups of which a source says the same, told once."""

    namen: list[str]
    rol: Doelgroeprol
    leeftijd: str
    omschrijving: str


class Toelichting(NamedTuple):
    """Why something stands on the page, and whether an editor put it there."""

    naam: str
    reden: str
    redactioneel: bool


KERNGETALLEN = (
    ("Hoe lang", Feitsoort.DUUR),
    ("Hoe vaak", Feitsoort.FREQUENTIE),
    ("Groepsgrootte", Feitsoort.GROEPSGROOTTE),
    ("Kosten", Feitsoort.KOSTEN),
)

# What a reader asks of every aanpak, and how the page calls it when no source says it.
GEVRAAGD: list[tuple[str, Callable[[AanpakDocument], Any]]] = [
    ("het doel", lambda a: a.doel),
    ("voor wie het is", lambda a: a.doelgroepen),
    ("hoe het werkt", lambda a: a.omschrijving),
    ("hoe je begint", lambda a: a.begin),
    ("wie het doet", lambda a: a.uitvoeringen),
    ("hoe lang het duurt", lambda a: a.duur()),
    ("groepsgrootte", lambda a: a.feiten_van(Feitsoort.GROEPSGROOTTE)),
    ("kosten", lambda a: a.feiten_van(Feitsoort.KOSTEN)),
    ("wie de eigenaar is", lambda a: a.eigenaar),
    ("waar je meer leest", lambda a: a.links),
]


def aanpakdetails(stand: Stand, aanpak: AanpakDocument) -> dict[str, Any]:
    """The parts of an aanpak in the order of its page."""
    interventie = aanpak.zichtbare_interventie
    kerngetallen = [(kop, aanpak.feiten_van(soort)) for kop, soort in KERNGETALLEN]
    return {
        "aanpak": aanpak,
        "interventie": interventie,
        # It has one, but readers cannot see it: then nothing is said of databanks.
        "register_in_bewerking": aanpak.interventie is not None and not interventie,
        "groepen": _groepen(d for d in aanpak.doelgroepen if _is_primair(d)),
        "ook_betrokken": _groepen(d for d in aanpak.doelgroepen if not _is_primair(d)),
        "links": aanpak.links,
        # One of each kind tells enough at a glance.
        "kerngetallen": [(k, feiten[:1]) for k, feiten in kerngetallen if feiten],
        "erkenningsfeiten": aanpak.feiten_van(Feitsoort.ERKENNING),
        "overige_feiten": [
            *(feit for _, feiten in kerngetallen for feit in feiten[1:]),
            *aanpak.feiten_van(Feitsoort.OVERIG),
        ],
        "onbekend": [
            *(naam for naam, lees in GEVRAAGD if not lees(aanpak)),
            *aanpak.onbekend_van_databanken(),
        ],
    }


def verantwoording(stand: Stand, aanpak: AanpakDocument) -> dict[str, Any]:
    """What the page says of itself: why things stand on it, and since when."""
    records = stand.records(AanpakDocument)
    positie = records.of_uuid(aanpak.uuid)
    op = () if positie is None else (records[positie].first, records[positie].at)
    return {
        "toelichtingen": [
            (kop, toelichtingen)
            for kop, lees in TOEGELICHT
            if (toelichtingen := _samen(lees(aanpak)))
        ],
        "gepubliceerd": [datetime.fromtimestamp(moment, UTC) for moment in op],
    }


def _is_primair(koppeling: DoelgroepPart) -> bool:
    return koppeling.rol == Doelgroeprol.PRIMAIR


def _groepen(koppelingen: Iterable[DoelgroepPart]) -> list[Groep]:
    """Groups with the same words stand together."""
    samen: dict[tuple[Doelgroeprol, str, str], list[str]] = {}
    for koppeling in koppelingen:
        woorden = (koppeling.rol, koppeling.leeftijd, koppeling.omschrijving)
        namen = samen.setdefault(woorden, [])
        naam = koppeling.doelgroep.naam
        namen.append(f"{naam[:1].lower()}{naam[1:]}" if namen else naam)
    return [
        Groep(
            namen,
            rol,
            # Neither is said twice.
            leeftijd if leeftijd not in omschrijving else "",
            omschrijving if not _herhaalt(omschrijving, namen) else "",
        )
        for (rol, leeftijd, omschrijving), namen in samen.items()
    ]


def _herhaalt(omschrijving: str, namen: list[str]) -> bool:
    """Whether a description says no more than the names that it stands beside."""
    return omschrijving.casefold() in " en ".join(namen).casefold()


def _toelichtingen_van(
    veld: str, term: str, naam: str = "naam"
) -> Callable[[AanpakDocument], Iterator[Toelichting]]:
    """The reasons of the links of one kind: those that have one, or are an editor's."""

    def lees(aanpak: AanpakDocument) -> Iterator[Toelichting]:
        for koppeling in getattr(aanpak, veld)():
            redactioneel = koppeling.basis == Basis.REDACTIONEEL
            if redactioneel or koppeling.reden:
                genoemd = getattr(getattr(koppeling, term), naam)
                yield Toelichting(genoemd, koppeling.reden, redactioneel)

    return lees


def _samen(toelichtingen: Iterable[Toelichting]) -> list[Toelichting]:
    """What has the same reason is told once."""
    namen: dict[tuple[str, bool], list[str]] = {}
    for naam, reden, redactioneel in toelichtingen:
        namen.setdefault((reden, redactioneel), []).append(naam)
    return [Toelichting("; ".join(n), *waarom) for waarom, n in namen.items()]


def _uitvoerders(aanpak: AanpakDocument) -> Iterator[Toelichting]:
    for uitvoering in aanpak.uitvoeringen:
        if uitvoering.basis == Basis.REDACTIONEEL:
            yield Toelichting(uitvoering.naam, uitvoering.opmerking, True)


def _ringen(aanpak: AanpakDocument) -> Iterator[Toelichting]:
    for uitvoering in aanpak.uitvoeringen:
        if uitvoering.laag and uitvoering.laag_basis == Laagbasis.REDACTIONEEL:
            reden = f"ring {uitvoering.laag.volgorde}, {uitvoering.laag.kort.lower()}"
            yield Toelichting(uitvoering.naam, reden, True)


def _adressen(aanpak: AanpakDocument) -> Iterator[Toelichting]:
    for link in aanpak.links:
        if link.gecorrigeerd_van:
            was = f"In de bron staat {link.gecorrigeerd_van}."
            yield Toelichting(link.label, f"{link.correctie_reden} {was}".strip(), True)
        elif link.soort == Linksoort.EXTERN:
            yield Toelichting(link.label, "Zelf gevonden, staat niet in de bron.", True)


TOEGELICHT: list[tuple[str, Callable[[AanpakDocument], Iterator[Toelichting]]]] = [
    ("Wat er speelt", _toelichtingen_van("vraagstukken_op_volgorde", "vraagstuk")),
    ("Thema’s", _toelichtingen_van("themas_op_sterkte", "thema", "kort")),
    ("Uitvoerders", _uitvoerders),
    ("Ringen", _ringen),
    ("Wat maakt dat het werkt", _toelichtingen_van("elementen_op_volgorde", "element")),
    ("Links", _adressen),
]


def aanpak_van(stand: Stand, interventie: InterventieDocument) -> AanpakDocument | None:
    """The aanpak that readers see which a register entry is about."""
    bits = stand.mentioning(AanpakDocument, [mark(interventie.uuid.hex)])
    posities = stand.records(AanpakDocument).in_order(bits)
    for aanpak in stand.documents(AanpakDocument, posities):
        if aanpak.interventie and aanpak.interventie.uuid == interventie.uuid:
            return aanpak
    return None


def aanpakken_met_correcties(stand: Stand) -> list[AanpakDocument]:
    """Those of which a version says so, by name."""
    aanpakken = stand.documents(AanpakDocument, stand.derived(_met_correcties))
    return [aanpak for aanpak in aanpakken if aanpak.correcties]


def _met_correcties(stand: Stand) -> list[int]:
    """Where they are, by name. Looks through every version: once per stand."""
    records = stand.records(AanpakDocument)
    gevonden = Publicatie.objects.filter(
        soort=AanpakDocument.soort, versie__document__contains='"correcties":["'
    ).values_list("uuid", flat=True)
    posities = (records.of_uuid(uuid) for uuid in gevonden)
    bits = sum(1 << positie for positie in posities if positie is not None)
    return [*records.in_order(bits)]
