"""Documents as sheets and back: one sheet per kind, one per kind of part.

A row of a sheet of parts says in its first column of which record it is. A column that
is not there, or a sheet, leaves alone what a record has; an empty cell makes it empty.
Records that are not in the file are left alone.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from wijkwijzer.rekenblad.blad import Blad
from wijkwijzer.uitwisseling.cellen import naar_cel, uit_cel
from wijkwijzer.uitwisseling.gelezen import (
    Fout,
    Gelezen,
    Kennis,
    Lezing,
    alle_soorten,
    key_in,
    key_of,
)
from wijkwijzer.uitwisseling.werkboek import UITLEG
from wijkwijzer.wholes.declaration import Data, Field, Kind, Spec, Whole, spec_of
from wijkwijzer.wholes.registry import wholes
from wijkwijzer.wholes.rows import build, load, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wijkwijzer.uitwisseling.blad import Gelezenblad, Rij
    from wijkwijzer.wholes.validation import Place

RECORD, REVISIE = "record", "revisie"
TEKST_VAN_UITLEG = (
    "Elk blad is een soort; een blad als “aanpak.stappen” heeft de onderdelen daarvan.",
    "De kolom “record” zegt bij welk item een onderdeel hoort: de slug, of de uuid.",
    "Iets nieuws toevoegen: een rij zonder uuid. De slug moet er wel staan.",
    "Een lege cel maakt het veld leeg. Een kolom of blad dat je weghaalt, blijft zoals "
    "het was.",
    "Rijen die je weghaalt, blijven op de site; onderdelen die je weghaalt niet.",
    "Meer waarden in een cel: woorden uit een lijst met komma’s, regels en trefwoorden "
    "elk op een eigen regel (Alt+Enter).",
    "Een datum is zo precies als de bron: 2020, 2020-07, juli 2020 of 18-7-2020.",
    "In csv staat een apostrof vóór = + - of @, zodat een rekenblad er geen formule "
    "van maakt. Bij het inlezen gaat hij weer weg.",
    "Blijft een tekst te lang voor een cel, dan gaat hij verder in een kolom “… +2”.",
    "Wat lezers zien verandert pas als je publiceert.",
)


def naam_van(soort: str, f: Field | None = None) -> str:
    """What a sheet is called; Excel allows 31 characters."""
    return f"{soort}.{f.name}" if f else soort


def eigen_velden(spec: Spec) -> list[Field]:
    return [f for f in spec.fields if f.kind is not Kind.PARTS]


# Writing


def schrijf_bladen(soorten: dict[str, list[Any] | None]) -> Iterator[Blad]:
    """The sheets of these kinds; of each the keys of its rows, or None for all."""
    yield Blad(UITLEG, [UITLEG], [[regel] for regel in TEKST_VAN_UITLEG])
    namen = Namen()
    for soort, pks in soorten.items():
        declared = alle_soorten()[soort]
        rijen = declared.model._default_manager.order_by("pk")
        if pks is not None:
            rijen = rijen.filter(pk__in=pks)
        records = [
            (row, build(declared, row)) for row in load(declared, rijen).iterator(500)
        ]
        yield from _van_soort(soort, declared, records, namen)


def _van_soort(
    soort: str, declared: type[Any], records: list[tuple[Any, Data]], namen: Namen
) -> Iterator[Blad]:
    spec, heel = spec_of(declared), issubclass(declared, Whole)
    velden = eigen_velden(spec)
    extra = [REVISIE] if heel else []
    hoofd = Blad(naam_van(soort), [f.name for f in velden] + extra)
    for row, data in records:
        cellen = [_cel(f, data, namen) for f in velden]
        hoofd.rijen.append([*cellen, row.revisie] if heel else cellen)
    yield hoofd
    for f in spec.of(Kind.PARTS):
        deel = spec_of(f.type)
        blad = Blad(naam_van(soort, f), [RECORD, *(d.name for d in deel.fields)])
        for row, data in records:
            van = namen.van(declared, key_of(declared, row)) if heel else ""
            for rij in data.get(f.name, ()):
                eerste = van or key_of(declared, row)
                blad.rijen.append([eerste, *(_cel(d, rij, namen) for d in deel.fields)])
        yield blad


def _cel(f: Field, data: Data, namen: Namen) -> Any:
    value: Any = data.get(f.name, f.default if not f.required else None)
    if f.kind is Kind.REF and value:
        value = namen.van(f.type, value)
    elif f.kind is Kind.REFS:
        value = [namen.van(f.type, uuid) for uuid in value or ()]
    return naar_cel(f, value if f.many else plain(value))


class Namen:
    """Slugs of records, which people can read, in the place of their uuid."""

    def __init__(self) -> None:
        self._slugs: dict[type[Any], dict[str, str]] = {}

    def van(self, declared: type[Any], uuid: str) -> str:
        if declared not in self._slugs:
            rijen = declared.model._default_manager.values_list("uuid", "slug")
            self._slugs[declared] = {str(u): slug for u, slug in rijen}
        slug = self._slugs[declared].get(uuid, uuid)
        # One that looks like the uuid of another would be read as that.
        return uuid if is_uuid(slug) else slug


def is_uuid(tekst: str) -> bool:
    try:
        return str(UUID(tekst)) == tekst.lower()
    except ValueError:
        return False


# Reading


@dataclass
class _Regel:
    """A record that a file is about, and where its columns and parts stand."""

    data: Data
    plekken: dict[str, str] = field(default_factory=dict)
    deelplekken: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    begin: str = ""
    revisie: int | None = None

    def waar(self, place: Place) -> str:
        if not place:
            return self.begin
        naam = str(place[0])
        delen = self.deelplekken.get(naam)
        if delen and len(place) > 1 and isinstance(place[1], int):
            plekken = delen[place[1]]
            return plekken.get(str(place[2]) if len(place) > 2 else "", plekken[""])
        return self.plekken.get(naam, self.begin)


class Bladlezer:
    """Reads sheets beside the records that are there. ``zaad``: of new uuids."""

    def __init__(self, zaad: UUID, kennis: Kennis) -> None:
        self._zaad, self._kennis = zaad, kennis
        self.lezing = Lezing()
        self._regels: dict[type[Any], dict[str, _Regel]] = defaultdict(dict)
        self._slugs: dict[type[Any], dict[str, str]] = {}

    def lees(self, bladen: Iterable[Gelezenblad]) -> Lezing:
        hoofd, delen = [], []
        for blad in bladen:
            soort, _, naam = blad.naam.partition(".")
            declared = alle_soorten().get(soort)
            if blad.naam == UITLEG:
                continue
            gevonden = [f for f in _delen_van(declared) if naam and f.name == naam]
            if declared is None or (naam and not gevonden):
                self._fout(f"Blad “{blad.naam}”", _onbekend_blad())
            elif naam:
                delen.append((declared, gevonden[0], blad))
            else:
                hoofd.append((declared, blad))
        for declared, blad in hoofd:
            # First what they are called: rows can name a row of another sheet.
            self._noem(declared, blad)
        for declared, blad in hoofd:
            self._hoofdblad(declared, blad)
        for declared, f, blad in delen:
            self._deelblad(declared, f, blad)
        for declared in alle_soorten().values():
            for key, regel in self._regels.get(declared, {}).items():
                self.lezing.gelezen.append(
                    Gelezen(
                        declared,
                        key,
                        regel.data,
                        regel.waar,
                        noemt_veld=True,
                        revisie=regel.revisie,
                    )
                )
        return self.lezing

    def _fout(self, plek: str, melding: str) -> None:
        self.lezing.fouten.append(Fout(plek, melding))

    # Which record a row is of

    def _noem(self, declared: type[Any], blad: Gelezenblad) -> None:
        if not issubclass(declared, Whole):
            return
        slugs = self._slugs_van(declared)
        kolommen = {kolom.casefold(): kolom for kolom in blad.kolommen}
        for rij in blad.rijen:
            slug, uuid = (
                str(rij.cellen.get(kolommen.get(naam, naam)) or "").strip()
                for naam in ("slug", "uuid")
            )
            uuid = uuid.lower()
            if slug:
                slugs[slug] = uuid or slugs.get(slug) or self._nieuw(declared, slug)

    def _slugs_van(self, declared: type[Any]) -> dict[str, str]:
        if declared not in self._slugs:
            self._slugs[declared] = {
                bestaand.data["slug"]: uuid
                for uuid, bestaand in self._kennis.van(declared).items()
            }
        return self._slugs[declared]

    def _nieuw(self, declared: type[Whole], slug: str) -> str:
        """The same each time that this file is read."""
        return str(uuid5(self._zaad, f"{declared.soort}/{slug}"))

    def _uuid_van(self, declared: type[Any], naam: str) -> str:
        """The uuid of a record that is named by slug or uuid; else that name."""
        if is_uuid(naam):
            return naam.lower()
        return self._slugs_van(declared).get(naam, naam)

    # Sheets

    def _velden(
        self, blad: Gelezenblad, velden: Iterable[Field], extra: tuple[str, ...]
    ) -> dict[str, Field]:
        """Per column its field, by name or by what people call it."""
        namen: dict[str, Field] = {}
        for f in velden:
            namen.setdefault(f.label.casefold(), f)
        namen |= {f.name.casefold(): f for f in velden}
        gevonden = {}
        for kolom in blad.kolommen:
            if kolom in extra:
                continue
            if f := namen.get(kolom.casefold()):  # type: ignore[assignment]
                gevonden[kolom] = f
            else:
                plek = f"Blad “{blad.naam}”, kolom {blad.letters[kolom]}"
                self._fout(plek, f"Een veld “{kolom}” is er niet.")
        return gevonden

    def _lees_rij(
        self, blad: Gelezenblad, rij: Rij, velden: dict[str, Field], data: Data
    ) -> dict[str, str]:
        """Set in ``data`` what a row says; per field where it stands."""
        plekken = {"": f"Blad “{blad.naam}”, rij {rij.nummer}"}
        for kolom, f in velden.items():
            plek = f"Blad “{blad.naam}”, {blad.letters[kolom]}{rij.nummer} ({kolom})"
            plekken[f.name] = plek
            cel = rij.cellen.get(kolom)
            if cel in (None, ""):
                _maak_leeg(f, data)
                continue
            try:
                value = uit_cel(f, cel)
            except ValueError as fout:
                self._fout(plek, str(fout))
                continue
            if f.kind is Kind.REF:
                value = self._uuid_van(f.type, value)
            elif f.kind is Kind.REFS:
                value = [self._uuid_van(f.type, naam) for naam in value]
            data[f.name] = value
        return plekken

    def _hoofdblad(self, declared: type[Any], blad: Gelezenblad) -> None:
        heel = issubclass(declared, Whole)
        extra = (REVISIE,) if heel else ()
        velden = self._velden(blad, eigen_velden(spec_of(declared)), extra)
        for rij in blad.rijen:
            data: Data = {}
            plekken = self._lees_rij(blad, rij, velden, data)
            try:
                key = self._key(declared, data)
            except KeyError as mist:
                self._fout(
                    plekken[""], f"Zonder {mist.args[0]} weten we niet wat dit is."
                )
                continue
            if key in self._regels[declared]:
                self._fout(plekken[""], "Dit staat er twee keer.")
                continue
            oud = self._kennis.van(declared).get(key)
            if oud:
                weg = {f.name for f in velden.values()} - data.keys()
                rest = {k: v for k, v in oud.data.items() if k not in weg}
                data = rest | data
            revisie = rij.cellen.get(REVISIE)
            self._regels[declared][key] = _Regel(
                data,
                plekken,
                begin=plekken[""],
                revisie=revisie if isinstance(revisie, int) else _getal(revisie),
            )

    def _key(self, declared: type[Any], data: Data) -> str:
        if issubclass(declared, Whole):
            if not data.get("uuid") and not data.get("slug"):
                raise KeyError("uuid of slug")
            if not data.get("uuid"):
                data["uuid"] = self._slugs_van(declared)[data["slug"]]
        return key_in(declared, data)

    def _deelblad(self, declared: type[Any], f: Field, blad: Gelezenblad) -> None:
        if RECORD not in blad.kolommen:
            self._fout(f"Blad “{blad.naam}”", f"De kolom “{RECORD}” ontbreekt.")
            return
        velden = self._velden(blad, spec_of(f.type).fields, (RECORD,))
        # Of all records that the file is about, these are all the parts.
        for regel in self._regels[declared].values():
            regel.data.pop(f.name, None)
            regel.deelplekken[f.name] = []
        for rij in blad.rijen:
            data: Data = {}
            plekken = self._lees_rij(blad, rij, velden, data)
            naam = str(rij.cellen.get(RECORD) or "").strip()
            regel_ = self._regel(declared, f, naam, plekken[""])
            if regel_ is None:
                self._fout(
                    plekken[""],
                    f"“{naam}” kennen we niet als {declared.model._meta.verbose_name}.",
                )
                continue
            regel_.data.setdefault(f.name, []).append(data)
            regel_.deelplekken[f.name].append(plekken)

    def _regel(
        self, declared: type[Any], f: Field, naam: str, plek: str
    ) -> _Regel | None:
        """What is read of a record; begun here when its own sheet does not name it."""
        key = self._uuid_van(declared, naam) if issubclass(declared, Whole) else naam
        regels = self._regels[declared]
        if key not in regels:
            bestaand = self._kennis.van(declared).get(key)
            if bestaand is None:
                return None
            regels[key] = _Regel({**bestaand.data}, begin=plek)
        regel = regels[key]
        if f.name not in regel.deelplekken:
            regel.data.pop(f.name, None)
            regel.deelplekken[f.name] = []
        return regel


def _delen_van(declared: type[Any] | None) -> list[Field]:
    return spec_of(declared).of(Kind.PARTS) if declared else []


def _maak_leeg(f: Field, data: Data) -> None:
    """What an empty cell says: nothing, which of some fields is an empty text."""
    data.pop(f.name, None)
    if f.required and f.kind is Kind.VALUE and f.type is str:
        data[f.name] = ""


def _getal(cel: Any) -> int | None:
    tekst = str(cel or "")
    return (
        int(tekst) if tekst.isascii() and tekst.isdigit() and len(tekst) < 19 else None
    )


def _onbekend_blad() -> str:
    namen = ", ".join([*wholes(), *(s for s in alle_soorten() if s not in wholes())])
    return f"Zo’n blad kennen we niet. Een blad (of csv-bestand) heet: {namen}."
