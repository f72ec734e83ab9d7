"""Documents as files: the layout of ``fixtures/``, with what else there is beside it.

``aanpak/abcd.yaml`` is what readers see, as in ``fixtures/``. A working copy that says
something else, or that readers do not see, is in ``werkversies/``; what was withdrawn
in ``ingetrokken/``; since when and why all that is so, in ``stand/``. One JSON file has
the same, by the names of the folders.
"""

from __future__ import annotations

import json
import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import msgspec
import yaml

from wijkwijzer.core.models import Adrescontrole, VorigeSlug
from wijkwijzer.uitwisseling.gelezen import Fout, Gelezen, Lezing, alle_soorten, key_in
from wijkwijzer.uitwisseling.poort import GeweigerdError, Pakket
from wijkwijzer.wholes.actions import document_of
from wijkwijzer.wholes.content.files import (
    LISTS,
    SINCE,
    ContentError,
    content_files,
    read_files,
)
from wijkwijzer.wholes.content.writing import dump, moment, names
from wijkwijzer.wholes.declaration import Data, Whole
from wijkwijzer.wholes.models import Publicatie, Versie
from wijkwijzer.wholes.registry import wholes
from wijkwijzer.wholes.rows import build, load
from wijkwijzer.wholes.validation import Validator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from wijkwijzer.wholes.validation import Place

WERK, INGETROKKEN, STAND = "werkversies", "ingetrokken", "stand"
PUBLICATIES, ADRESSEN = "publicaties", "adressen"
DIEP = 50
# Bytes in the name of a file, on any disk.
MAX_NAAM = 255

# A folder, the name of a file in it, and what it says: one document or a list of them.
Deel = tuple[str, str, Any]


# Writing


def schrijf_documenten(soorten: dict[str, list[Any] | None], formaat: str) -> bytes:
    """The file with all documents of these kinds; of each the keys of its rows."""
    delen = _delen(soorten)
    return _als_json(delen) if formaat == "json" else _als_zip(delen)


def _als_zip(delen: Iterator[Deel]) -> bytes:
    uit, bekend = BytesIO(), dict(names())
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as pak:
        for map_, naam, data in delen:
            pak.writestr(f"{map_}/{naam}.yaml", dump(data, bekend))
    return uit.getvalue()


def _als_json(delen: Iterator[Deel]) -> bytes:
    heel: dict[str, Any] = {}
    for map_, naam, data in delen:
        plek = heel
        for stap in map_.split("/"):
            plek = plek.setdefault(stap, {})
        plek[naam] = data
    return json.dumps(heel, ensure_ascii=False, indent=1).encode()


def _delen(soorten: dict[str, list[Any] | None]) -> Iterator[Deel]:
    standen: list[Data] = []
    for soort, pks in soorten.items():
        declared = alle_soorten()[soort]
        rijen = declared.model._default_manager.all()
        if pks is not None:
            rijen = rijen.filter(pk__in=pks)
        if issubclass(declared, Whole):
            for row in load(declared, rijen.order_by("slug")).iterator(500):
                yield from _van_record(soort, declared, row, standen)
            continue
        # What has one place in the order of the list, always comes in the same order.
        rijen = rijen.order_by(*declared.model._meta.ordering, "pk")
        if data := [build(declared, row) for row in load(declared, rijen)]:
            yield LISTS, soort, data
    if standen:
        yield STAND, PUBLICATIES, standen
    adressen = Adrescontrole.objects.values("adres", "status")
    if any(pks is None for pks in soorten.values()) and adressen:
        yield STAND, ADRESSEN, [_zonder_leeg({**rij}) for rij in adressen]


def _zonder_leeg(rij: dict[str, Any]) -> Data:
    return {k: v if isinstance(v, int) else str(v) for k, v in rij.items() if v}


def _van_record(
    soort: str, declared: type[Whole], row: Any, standen: list[Data]
) -> Iterator[Deel]:
    werk = build(declared, row)
    publicatie = (
        Publicatie.objects.filter(uuid=row.uuid).select_related("versie").first()
    )
    stand: Data = {"soort": soort, "uuid": str(row.uuid), "status": str(row.status)}
    gezien = document_of(publicatie.versie) if publicatie else None
    if publicatie:
        versie = publicatie.versie
        stand |= {"eerste_op": moment(publicatie.eerste_op), "op": moment(versie.op)}
        stand |= _zonder_leeg({"opmerking": versie.opmerking, "reden": versie.reden})
        vorige = VorigeSlug.objects.filter(soort=soort, uuid=row.uuid)
        if vorige := [*vorige.order_by("slug").values_list("slug", flat=True)]:  # type: ignore[assignment]
            stand["vorige_slugs"] = vorige
    standen.append(stand)
    if gezien:
        yield soort, gezien["slug"], {SINCE: stand["op"]} | gezien
    elif publicatie and (laatste := _laatste(row)):
        yield f"{INGETROKKEN}/{soort}", laatste["slug"], laatste
        if laatste == werk:
            return
    if gezien != werk:
        yield f"{WERK}/{soort}", werk["slug"], werk


def _laatste(row: Any) -> Data | None:
    """What readers saw before it was withdrawn."""
    versies = Versie.objects.filter(uuid=row.uuid, document__isnull=False)
    laatste = versies.order_by("-nummer").first()
    return document_of(laatste) if laatste else None


# Reading


def lees_zip(inhoud: bytes) -> Lezing:
    """The documents of a zip. What is no folder of ours is told, not read."""
    pakket = Pakket(inhoud)
    lezing = Lezing()
    with TemporaryDirectory(prefix="wijkwijzer-") as tijdelijk:
        map_ = Path(tijdelijk)
        for naam in pakket.namen:
            if not _heeft_plek(naam):
                lezing.opmerkingen.append(f"Niet gelezen: {_kort(naam)}")
                continue
            bestand = map_ / naam
            if bestand.exists():
                # Under two names that lead to one place.
                raise GeweigerdError(f"“{naam}” zit er twee keer in.")
            bestand.parent.mkdir(parents=True, exist_ok=True)
            bestand.write_bytes(_zonder_verwijzing(naam, pakket.lees(naam)))
        _lees_map(map_, lezing)
    return lezing


def _heeft_plek(naam: str) -> bool:
    """Whether a part is where a document of ours is, with a name that a file can have.

    Deeper there is none: a file and a folder could have one name.
    """
    delen = PurePosixPath(naam).parts
    delen = delen[1:] if delen[:1] in {(WERK,), (INGETROKKEN,)} else delen
    if len(delen) != 2 or delen[0] not in {*wholes(), LISTS, STAND}:
        return False
    return naam.endswith(".yaml") and len(delen[1].encode()) <= MAX_NAAM


def _kort(naam: str) -> str:
    return naam if len(naam) <= MAX_NAAM else f"{naam[:MAX_NAAM]}…"


def _zonder_verwijzing(naam: str, tekst: bytes) -> bytes:
    """YAML without aliases: with those a few lines could be millions."""
    if b"&" in tekst:
        try:
            for event in yaml.parse(tekst, yaml.CSafeLoader):
                if isinstance(event, yaml.AliasEvent):
                    regel = getattr(event.start_mark, "line", 0) + 1
                    raise GeweigerdError(
                        f"{naam}, regel {regel}: verwijzingen (*) lezen we niet."
                    )
        except (yaml.YAMLError, UnicodeDecodeError, RecursionError):
            # Who reads it says what is wrong, and on which line.
            pass
    return tekst


def _lees_map(map_: Path, lezing: Lezing) -> None:
    try:
        hier, werk, weg = (
            read_files(content_files(map_ / naam)) for naam in ("", WERK, INGETROKKEN)
        )
    except ContentError as fout:
        lezing.fouten += (Fout(*_gesplitst(mistake)) for mistake in fout.mistakes)
        return
    except (RecursionError, ValueError) as fout:
        raise GeweigerdError(f"Een bestand is niet te lezen: {fout}") from None
    samen = _Samen(lezing)
    for entry in hier:
        if issubclass(entry.declared, Whole) and entry.since:
            samen.gezien(entry.declared, entry.data, entry.where, moment(entry.since))
        else:
            samen.werk(entry.declared, entry.data, entry.where)
    for entry in weg:
        samen.ingetrokken(entry.declared, entry.data, entry.where)
    for entry in werk:
        samen.werk(entry.declared, entry.data, entry.where)
    samen.klaar(
        _lijst(map_ / STAND / f"{PUBLICATIES}.yaml"),
        _lijst(map_ / STAND / f"{ADRESSEN}.yaml"),
    )


def _gesplitst(mistake: str) -> tuple[str, str]:
    plek, _, melding = mistake.partition(": ")
    return plek, melding


def _lijst(bestand: Path) -> Any:
    if not bestand.exists():
        return []
    try:
        # Makes nothing but text.
        return yaml.load(bestand.read_bytes(), yaml.BaseLoader)  # noqa: S506 # nosec B506
    except (yaml.YAMLError, RecursionError, ValueError):
        raise GeweigerdError(f"{STAND}/{bestand.name} is geen YAML.") from None


def lees_json(inhoud: bytes) -> Lezing:
    lezing = Lezing()
    try:
        heel = msgspec.json.decode(inhoud)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fout:
        raise GeweigerdError(f"Dit is geen JSON: {fout}") from None
    if not isinstance(heel, dict):
        raise GeweigerdError("Deze JSON is geen export van deze site.")
    samen = _Samen(lezing)
    for naam, data in _groep(heel, LISTS):
        if (declared := alle_soorten().get(naam)) and isinstance(data, list):
            for i, term in enumerate(data):
                samen.werk(declared, term, _in_json(f"{LISTS} / {naam} {i + 1}"))
    for soort, declared in wholes().items():
        for naam, data in _groep(heel, soort):
            waar = _in_json(f"{soort} / {naam}")
            sinds = data.pop(SINCE, None) if isinstance(data, dict) else None
            if isinstance(sinds, str):
                samen.gezien(declared, data, waar, sinds)
            else:
                samen.werk(declared, data, waar)
        for naam, data in _groep(heel, INGETROKKEN, soort):
            samen.ingetrokken(declared, data, _in_json(f"{INGETROKKEN} / {naam}"))
        for naam, data in _groep(heel, WERK, soort):
            samen.werk(declared, data, _in_json(f"{WERK} / {soort} / {naam}"))
    bekend = {*wholes(), LISTS, WERK, INGETROKKEN, STAND}
    lezing.opmerkingen += (f"Niet gelezen: {naam}" for naam in heel.keys() - bekend)
    stand = dict(_groep(heel, STAND))
    samen.klaar(stand.get(PUBLICATIES, []), stand.get(ADRESSEN, []))
    return lezing


def _groep(heel: Data, *stappen: str) -> Iterator[tuple[str, Any]]:
    for stap in stappen:
        heel = heel.get(stap, {})
        if not isinstance(heel, dict):
            raise GeweigerdError(f"“{stap}” in deze JSON is geen groep.")
    yield from heel.items()


def _in_json(begin: str) -> Callable[[Place], str]:
    def waar(place: Place) -> str:
        return begin

    return waar


class _Samen:
    """Puts together what stands of one record in more than one place."""

    def __init__(self, lezing: Lezing) -> None:
        self._lezing = lezing
        self._keurt = Validator()
        self._gevonden: dict[tuple[type[Any], str], Gelezen] = {}
        self._gezien: dict[tuple[type[Any], str], Data] = {}
        self._sinds: dict[str, str] = {}

    def _neem(
        self, declared: type[Any], data: Any, waar: Callable[[Place], str]
    ) -> tuple[type[Any], str] | None:
        """Its key, when it can be a document at all."""
        fouten = self._keurt.by_itself(declared, data)
        self._lezing.fouten += (Fout(waar(p.place), str(p)) for p in fouten)
        return None if fouten else (declared, key_in(declared, data))

    def gezien(
        self, declared: type[Any], data: Any, waar: Callable[[Place], str], sinds: str
    ) -> None:
        if key := self._neem(declared, data, waar):
            self._sinds[key[1]] = sinds
            self._zet(key, data, waar)

    def ingetrokken(
        self, declared: type[Any], data: Any, waar: Callable[[Place], str]
    ) -> None:
        if key := self._neem(declared, data, waar):
            self._zet(key, data, waar)

    def werk(
        self, declared: type[Any], data: Any, waar: Callable[[Place], str]
    ) -> None:
        key = self._neem(declared, data, waar)
        if key is None:
            return
        eerder = self._gevonden.get(key)
        if eerder is None:
            self._zet(key, data, waar)
        elif eerder.gezien is not None or not issubclass(declared, Whole):
            self._twee_keer(key, waar)
        else:
            eerder.gezien, eerder.data, eerder.waar = eerder.data, data, waar

    def _zet(
        self, key: tuple[type[Any], str], data: Data, waar: Callable[[Place], str]
    ) -> None:
        if key in self._gevonden:
            self._twee_keer(key, waar)
            return
        self._gevonden[key] = Gelezen(*key, data, waar)

    def _twee_keer(
        self, key: tuple[type[Any], str], waar: Callable[[Place], str]
    ) -> None:
        self._lezing.fouten.append(Fout(waar(()), f"“{key[1]}” staat er twee keer."))

    def klaar(self, publicaties: Any, adressen: Any) -> None:
        standen = {
            str(stand.get("uuid")): stand
            for stand in _groepen(publicaties, f"{STAND}/{PUBLICATIES}")
        }
        for (declared, key), gelezen in self._gevonden.items():
            if issubclass(declared, Whole):
                # Of files without it, such as fixtures/, the time says enough.
                sinds = self._sinds.get(key)
                begin = {"eerste_op": sinds, "op": sinds} if sinds else {}
                gelezen.stand = begin | standen.get(key, {})
                self._keur_tijden(gelezen)
            self._lezing.gelezen.append(gelezen)
        self._lezing.adressen = _groepen(adressen, f"{STAND}/{ADRESSEN}")

    def _keur_tijden(self, gelezen: Gelezen) -> None:
        for naam in ("eerste_op", "op"):
            tekst = (gelezen.stand or {}).get(naam)
            if tekst is not None and tijd(tekst) is None:
                self._lezing.fouten.append(
                    Fout(gelezen.waar(()), f"“{tekst}” is geen tijd ({naam}).")
                )


def _groepen(lijst: Any, naam: str) -> list[Data]:
    if not isinstance(lijst, list) or not all(isinstance(d, dict) for d in lijst):
        raise GeweigerdError(f"“{naam}” is geen lijst van groepen.")
    return lijst


def tijd(tekst: Any) -> datetime | None:
    """The moment; None when it is none, or has no time zone."""
    try:
        gelezen = datetime.fromisoformat(str(tekst))
    except ValueError:
        return None
    return gelezen if gelezen.tzinfo else None
