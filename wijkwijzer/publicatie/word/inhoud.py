"""The overview, a brochure and a wijkplan, as documents of Word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wijkwijzer.publicatie.word.document import Word

if TYPE_CHECKING:
    from collections.abc import Iterable

Data = dict[str, Any]


def schrijf(sjabloon: str, tijd: int, data: Data, beelden: dict[str, Data]) -> bytes:
    """The document. ``beelden``: by name the JPEG in base64, and its width in mm."""
    ankers = [blad["id"] for blad in _bladen(data)]
    word = Word(data["titel"], tijd, ankers, beelden)
    _SJABLONEN[sjabloon](word, data)
    return word.bytes()


def _bladen(data: Data) -> list[Data]:
    """All entries of a document, in their order."""
    delen = [*data.get("rubrieken", []), *data.get("verder", []), data]
    return [blad for deel in delen for blad in deel.get("bladen", [])]


def _overzicht(word: Word, data: Data) -> None:
    word.begin_op_nieuw_blad()
    word.tekst(data["titel"], "Title")
    word.tekst(data["ondertitel"], "Subtitle")
    deel = f", deel {data['deel']} van {data['delen']}" if data["delen"] > 1 else ""
    word.tekst(f"{data['datum']}, versie {data['versie']}{deel}")
    word.alinea([{"tekst": "Altijd de nieuwste: "}, _link(data["adres"])])
    bladen = _bladen(data)
    _inhoud(word, data)
    word.kop(1, "Inleiding")
    _blokken(word, data["inleiding"], 2)
    word.kop(2, "Zo lees je dit overzicht")
    _velden(word, data["leeswijzer"], 3)
    for rubriek in data["rubrieken"]:
        word.kop(1, rubriek["titel"])
        word.tekst(rubriek["uitleg"])
        for blad in rubriek["bladen"]:
            _blad(word, blad, 2)
    for deel in data["verder"]:
        word.kop(1, deel["titel"])
        word.tekst(deel["uitleg"])
        for blad in deel["bladen"]:
            if deel["vorm"] == "begrippen":
                _begrip(word, blad)
            else:
                _blad(word, blad, 2)
    _reflectie(word, data, {blad["id"]: blad["naam"] for blad in bladen})
    _matrix(word, data["matrix"])
    word.kop(1, "Verantwoording")
    _blokken(word, data["verantwoording"], 2)
    word.kop(2, "Wat de niveaus betekenen")
    _velden(word, data["niveaus"], 3)
    word.kop(2, "Databanken")
    word.lijst(data["databanken"], genummerd=False)
    word.kop(2, "Bronnen")
    word.lijst(data["bronnen"], genummerd=False)
    _colofon(word, data)


def _brochure(word: Word, data: Data) -> None:
    word.begin_op_nieuw_blad()
    word.tekst(data["organisatie"])
    word.tekst(data["titel"], "Title")
    _blokken(word, data["tekst"], 2)
    word.alinea([{"tekst": "De selectie online: "}, _link(data["adres"])])
    word.tekst(f"De gegevens zijn van {data['datum']}. {data['licentie']}")
    word.kop(1, "Inhoud", hier=True)
    word.lijst([_naar(blad) for blad in data["bladen"]], genummerd=False)
    for nummer, tabel in enumerate(data["vergelijkingen"]):
        word.kop(1, "Naast elkaar" if not nummer else "Naast elkaar, vervolg")
        rijen = (
            [rij["titel"], *("\n".join(cel) for cel in rij["cellen"])]
            for rij in tabel["rijen"]
        )
        word.tabel(["Eigenschap", *tabel["namen"]], rijen)
    for blad in data["bladen"]:
        _blad(word, blad, 1)


def _wijkplan(word: Word, data: Data) -> None:
    word.tekst(data["titel"], "Title")
    word.tekst(data["makers"], "Subtitle")
    *eerst, agenda = data["bouwstenen"]
    for deel in eerst:
        word.kop(1, f"{deel['nummer']}. {deel['naam']}")
        _antwoorden(word, deel["antwoorden"])
    word.kop(1, f"{agenda['nummer']}. {agenda['naam']}")
    word.kop(2, "Welke aanpakken kies je?")
    if not data["aanpakken"]:
        _open_of(word, [])
    for gekozen in data["aanpakken"]:
        word.kop(3, gekozen["naam"])
        word.tekst(gekozen["samenvatting"])
        word.alinea([_link(gekozen["adres"])])
        _open_of(word, gekozen["blokken"])
    word.kop(2, "Wie doet wat?")
    word.tabel(data["taakkoppen"], data["taken"])
    _antwoorden(word, agenda["antwoorden"])
    word.alinea([{"tekst": "Het werkblad: "}, _link(data["adres"])])


def _antwoorden(word: Word, antwoorden: Iterable[Data]) -> None:
    for antwoord in antwoorden:
        word.kop(2, antwoord["kop"])
        word.alinea([{"tekst": antwoord["hulp"], "zacht": True}])
        _open_of(word, antwoord["blokken"])


def _open_of(word: Word, blokken: list[Data]) -> None:
    """What was answered; a dotted line to type on when nothing was."""
    if blokken:
        _blokken(word, blokken, 3)
    else:
        word.tekst("…")


def _inhoud(word: Word, data: Data) -> None:
    """The entries, as links. The headings are in the navigation of Word."""
    word.kop(1, "Inhoud", hier=True)
    for deel in (*data["rubrieken"], *data["verder"]):
        if deel["bladen"]:
            word.alinea([{"tekst": deel["titel"], "vet": True}])
            word.lijst([_naar(blad) for blad in deel["bladen"]], genummerd=False)


def _naar(blad: Data) -> list[Data]:
    return [{"tekst": blad["naam"], "anker": blad["id"]}]


def _blad(word: Word, blad: Data, niveau: int) -> None:
    word.kop(niveau, blad["naam"], blad["id"])
    word.tekst(blad["samenvatting"])
    if blad["merk"]:
        woorden, _, _ = blad["merk"]
        word.alinea([{"tekst": "Erkenning: ", "vet": True}, {"tekst": woorden}])
    if blad["ringwoorden"]:
        door = {"tekst": blad["ringwoorden"]}
        word.alinea([{"tekst": "Uitgevoerd door: ", "vet": True}, door])
    if blad["reden"]:
        word.alinea(
            [{"tekst": "Waarom gekozen: ", "vet": True}, {"tekst": blad["reden"]}]
        )
    _velden(word, blad["velden"], niveau + 1)
    if blad["noten"]:
        word.kop(niveau + 1, "Waar het vandaan komt")
        _noten(word, blad)
    word.alinea([_link(blad["adres"])])


def _begrip(word: Word, blad: Data) -> None:
    """A term: its headings would drown those of the records."""
    word.kop(2, blad["naam"], blad["id"])
    word.tekst(blad["samenvatting"])
    for veld in blad["velden"]:
        kop = {"tekst": f"{veld['kop']}: ", "vet": True}
        regel, rest = _eerste_regel(veld["blokken"])
        word.alinea([kop, *regel])
        _blokken(word, rest, 3)
    _noten(word, blad)


def _noten(word: Word, blad: Data) -> None:
    for nr, noot in enumerate(blad["noten"], start=1):
        word.alinea([{"tekst": f"[{nr}] "}, *noot])


def _velden(word: Word, velden: Iterable[Data], niveau: int) -> None:
    for veld in velden:
        word.kop(niveau, veld["kop"])
        _blokken(word, veld["blokken"], niveau + 1)


def _blokken(
    word: Word,
    blokken: Iterable[Data],
    niveau: int,
    diepte: int = 0,
    stijl: str = "Normal",
) -> None:
    """``diepte``: how many lists are around it; ``stijl``: of its paragraphs."""
    for blok in blokken:
        soort = blok["soort"]
        if soort == "alinea":
            word.alinea(blok["stukken"], stijl)
        elif soort == "kop":
            word.kop(min(niveau, 4), blok["tekst"])
        elif soort == "beeld":
            word.beeld(blok["naam"], blok["beschrijving"], stijl)
        elif soort == "citaat":
            _blokken(word, blok["blokken"], niveau, diepte, "Quote")
        elif soort == "tabel":
            _tabel(word, blok)
        elif soort == "lijst":
            zet = word.punt(genummerd=blok["genummerd"], diepte=diepte + 1)
            for punt in blok["punten"]:
                zet(punt)
        else:
            _punten(word, blok, niveau, diepte + 1)


def _punten(word: Word, blok: Data, niveau: int, diepte: int) -> None:
    """Items of more than a line: only what comes first has the mark of the list."""
    zet = word.punt(genummerd=blok["genummerd"], diepte=diepte, begin=blok["begin"])
    for punt in blok["punten"]:
        regel, rest = _eerste_regel(punt)
        zet(regel)
        _blokken(word, rest, niveau, diepte, "List Continue")


def _eerste_regel(blokken: list[Data]) -> tuple[list[Data], list[Data]]:
    """What can stand behind a mark or a heading, and what comes below that."""
    if blokken and blokken[0]["soort"] == "alinea":
        return blokken[0]["stukken"], blokken[1:]
    return [], blokken


def _tabel(word: Word, blok: Data) -> None:
    word.tekst(blok["naam"], "Caption")
    rijen = [[_regels(cel) for cel in rij] for rij in blok["rijen"]]
    kop = [_regels(cel) for cel in blok["kop"]]
    word.regeltabel(kop, rijen, rijkoppen=blok["rijkoppen"])


def _regels(blokken: Iterable[Data]) -> list[list[Data]]:
    """What is in a cell, line after line: a cell has no headings or lists."""
    regels: list[list[Data]] = []
    for blok in blokken:
        soort = blok["soort"]
        if soort == "alinea":
            regels.append(blok["stukken"])
        elif soort == "kop":
            regels.append([{"tekst": blok["tekst"], "vet": True}])
        elif soort == "beeld":
            regels.append([{"tekst": f"Afbeelding: {blok['beschrijving']}"}])
        elif soort == "lijst":
            regels += [[{"tekst": "• "}, *punt] for punt in blok["punten"]]
        elif soort == "citaat":
            regels += _regels(blok["blokken"])
        elif soort == "punten":
            regels += [regel for punt in blok["punten"] for regel in _regels(punt)]
        else:
            cellen = [cel for rij in (blok["kop"], *blok["rijen"]) for cel in rij]
            regels += [regel for cel in cellen for regel in _regels(cel)]
    return regels


def _reflectie(word: Word, data: Data, namen: dict[str, str]) -> None:
    word.kop(1, "Thema’s die terugkomen")
    _blokken(word, data["reflectie"], 2)
    for thema in data["themas"]:
        word.kop(2, thema["naam"])
        _blokken(word, thema["blokken"], 3)
        links = [[{"tekst": namen[id_], "anker": id_}] for id_ in thema["bladen"]]
        word.lijst(links, genummerd=False)


def _matrix(word: Word, matrix: Data) -> None:
    word.kop(1, "Matrix: wat is er voor wie?")
    rijen = [
        [rij["naam"], *map(str, rij["aantallen"]), str(rij["totaal"])]
        for rij in matrix["rijen"]
    ]
    samen = ["Samen", *map(str, matrix["kolomtotalen"]), str(matrix["totaal"])]
    word.tabel([matrix["rijtitel"], *matrix["kolommen"], "Samen"], [*rijen, samen])


def _colofon(word: Word, data: Data) -> None:
    word.kop(1, "Colofon")
    word.tekst(data["licentie"])
    if data["ontbreekt"]:
        word.kop(2, "Niet opgenomen")
        for uitval in data["ontbreekt"]:
            word.tekst(f"{uitval['naam']} kon niet worden opgenomen.")


def _link(adres: str) -> Data:
    return {"tekst": adres, "url": adres}


_SJABLONEN = {"overzicht": _overzicht, "brochure": _brochure, "wijkplan": _wijkplan}
