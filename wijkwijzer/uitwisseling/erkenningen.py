"""Decisions of a databank, as it sends them once a year: one row each.

Columns are known by their name or one that databanks use; an editor can say otherwise.
A row is about the entry with that slug, former slug or name. It changes the recognition
of the same databank on the same page or in the same publication; else it is a new one.
Rows that match no entry are told, and left out.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from interventies.models import Databank, Niveau
from interventies.whole import ErkenningPart, InterventieDocument
from wijkwijzer.core.teksten import zonder_accenten
from wijkwijzer.rekenblad.blad import Blad
from wijkwijzer.uitwisseling.cellen import uit_cel
from wijkwijzer.uitwisseling.gelezen import Fout, Gelezen, Kennis, Lezing
from wijkwijzer.wholes.declaration import Data, Kind, spec_of
from wijkwijzer.wholes.permalinks import former_slugs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from wijkwijzer.uitwisseling.blad import Gelezenblad, Rij
    from wijkwijzer.wholes.validation import Place

INTERVENTIE, DATABANK, NIVEAU = "interventie", "databank", "niveau"
# What an editor can say that a column is.
VELDEN = (INTERVENTIE, *(f.name for f in spec_of(ErkenningPart).fields))
NIET = ""
OOK_WEL = {
    INTERVENTIE: ("naam", "titel", "naam interventie", "slug", "aanpak", "methode"),
    DATABANK: ("beheerder", "databank van", "kennisinstituut"),
    NIVEAU: ("erkenning", "erkenningsniveau", "beoordeling", "oordeel"),
    "datum": ("datum besluit", "datum erkenning", "erkend op", "erkenningsdatum"),
    "geldig_tot": ("geldig tot", "einddatum", "verloopt op", "geldig t/m"),
    "orgaan": ("wie besloot", "commissie", "erkenningscommissie"),
    "bron_url": ("url", "adres", "link", "webpagina"),
    "publicatie": ("bron",),
    "bron_datum": ("datum pagina",),
    "bron_stelt": ("citaat",),
    "opmerking": ("toelichting",),
}
VOORBEELD = Blad(
    "erkenningen",
    list(VELDEN),
    [
        [
            *("naam-of-slug", "databank", "goed-onderbouwd", "2026-06-18", "commissie"),
            *("2031-06", "https://voorbeeld.example/interventie", None, "2026-07"),
            *("Wat de pagina letterlijk zegt", None),
        ]
    ],
)


def herken(kolommen: list[str], keuzes: Mapping[str, str]) -> dict[str, str]:
    """Per column what it is; ``keuzes`` of an editor go first."""
    gevonden: dict[str, str] = {}
    for kolom in kolommen:
        naam = zonder_accenten(kolom).strip()
        raad = next(
            (
                v
                for v in VELDEN
                if naam in {v, v.replace("_", " "), *OOK_WEL.get(v, ())}
            ),
            NIET,
        )
        veld = keuzes.get(kolom, raad)
        if veld in VELDEN and veld not in gevonden.values():
            gevonden[kolom] = veld
        else:
            gevonden[kolom] = NIET
    return gevonden


class Erkenningenlezer:
    def __init__(self, kennis: Kennis, keuzes: Mapping[str, str]) -> None:
        self._kennis, self._keuzes = kennis, keuzes
        self.lezing = Lezing()
        self._velden = {f.name: f for f in spec_of(ErkenningPart).fields}
        self._uuids: dict[str, set[str]] = defaultdict(set)
        for uuid, bestaand in kennis.van(InterventieDocument).items():
            self._uuids[_vorm(bestaand.data["naam"])].add(uuid)
            self._uuids[bestaand.data["slug"]].add(uuid)
        self._databanken = _namen(Databank, "naam", "slug", "afkorting", "databanknaam")
        self._niveaus = _namen(Niveau, "naam", "slug")

    def lees(self, blad: Gelezenblad) -> Lezing:
        soorten = herken(blad.kolommen, self._keuzes)
        self.lezing.kolommen = [*soorten.items()]
        for nodig in (INTERVENTIE, DATABANK):
            if nodig not in soorten.values():
                self._fout(f"Blad “{blad.naam}”", f"Er is geen kolom voor {nodig}.")
        if self.lezing.fouten:
            return self.lezing
        namen = [
            str(r.cellen.get(k) or "").strip()
            for k, v in soorten.items()
            if v == INTERVENTIE
            for r in blad.rijen
        ]
        vroeger = former_slugs(InterventieDocument, {n.lower() for n in namen})
        data: dict[str, Data] = {}
        plekken: dict[str, dict[int, dict[str, str]]] = defaultdict(dict)
        for rij in blad.rijen:
            deel, waar, naam = self._lees_rij(blad, rij, soorten)
            uuid = self._vind(naam, vroeger, waar)
            if uuid is None or deel is None:
                continue
            bestaand = self._kennis.van(InterventieDocument)[uuid]
            nieuw = data.setdefault(
                uuid,
                {
                    **bestaand.data,
                    "erkenningen": [*bestaand.data.get("erkenningen", ())],
                },
            )
            plekken[uuid][_zet(nieuw["erkenningen"], deel, {*soorten.values()})] = waar
        for uuid, nieuw in data.items():
            self.lezing.gelezen.append(
                Gelezen(
                    InterventieDocument,
                    uuid,
                    nieuw,
                    _waar(plekken[uuid]),
                    noemt_veld=True,
                )
            )
        return self.lezing

    def _fout(self, plek: str, melding: str) -> None:
        self.lezing.fouten.append(Fout(plek, melding))

    def _lees_rij(
        self, blad: Gelezenblad, rij: Rij, soorten: dict[str, str]
    ) -> tuple[Data | None, dict[str, str], str]:
        deel: Data = {}
        waar = {"": f"Blad “{blad.naam}”, rij {rij.nummer}"}
        naam, fouten = "", len(self.lezing.fouten)
        for kolom, veld in soorten.items():
            cel = rij.cellen.get(kolom)
            plek = f"Blad “{blad.naam}”, {blad.letters[kolom]}{rij.nummer} ({kolom})"
            waar[veld] = plek
            if veld == NIET or cel in (None, ""):
                continue
            if veld == INTERVENTIE:
                naam = str(cel).strip()
                continue
            try:
                deel[veld] = self._waarde(veld, cel)
            except ValueError as fout:
                self._fout(plek, str(fout))
        if DATABANK not in deel and len(self.lezing.fouten) == fouten:
            self._fout(waar[DATABANK], "De databank ontbreekt.")
        return (deel if len(self.lezing.fouten) == fouten else None), waar, naam

    def _waarde(self, veld: str, cel: Any) -> Any:
        f = self._velden[veld]
        if f.kind is not Kind.TERM:
            value = uit_cel(f, cel)
            return value.strip() if isinstance(value, str) else value
        namen = self._databanken if veld == DATABANK else self._niveaus
        gevonden = namen.get(_vorm(str(cel)))
        if gevonden is None:
            raise ValueError(f"“{cel}” kennen we niet als {veld}.")
        return gevonden

    def _vind(
        self, naam: str, vroeger: dict[str, Any], waar: dict[str, str]
    ) -> str | None:
        gevonden = self._uuids.get(naam) or self._uuids.get(_vorm(naam)) or set()
        if not gevonden and naam.lower() in vroeger:
            uuid = str(vroeger[naam.lower()])
            gevonden = {uuid} & self._kennis.van(InterventieDocument).keys()
        if len(gevonden) > 1:
            self._fout(
                waar[INTERVENTIE], f"“{naam}” kan meer dan een interventie zijn."
            )
            return None
        if not gevonden:
            self.lezing.opmerkingen.append(
                f"{waar['']}: “{naam}” is geen interventie van deze site. Overgeslagen."
            )
            return None
        return next(iter(gevonden))


def _zet(erkenningen: list[Data], deel: Data, velden: set[str]) -> int:
    """Change or add a recognition; its place."""

    def sleutel(data: Data) -> tuple[Any, ...]:
        return tuple(data.get(naam) or "" for naam in ErkenningPart.key)

    for plaats, oud in enumerate(erkenningen):
        if sleutel(oud) == sleutel(deel):
            erkenningen[plaats] = {
                k: v for k, v in oud.items() if k not in velden
            } | deel
            return plaats
    erkenningen.append(deel)
    return len(erkenningen) - 1


def _waar(plekken: dict[int, dict[str, str]]) -> Callable[[Place], str]:
    def waar(place: Place) -> str:
        rij = plekken.get(int(place[1])) if len(place) > 1 else None
        rij = rij or next(iter(plekken.values()))
        return rij.get(str(place[2]) if len(place) > 2 else "", rij[""])

    return waar


def _vorm(naam: str) -> str:
    return " ".join(zonder_accenten(naam).split())


def _namen(model: Any, *velden: str) -> dict[str, str]:
    """Whatever a term is called, with its slug; what two are called is left out."""
    gevonden: dict[str, set[str]] = defaultdict(set)
    for term in model.objects.all():
        for veld in velden:
            if naam := _vorm(getattr(term, veld)):
                gevonden[naam].add(term.slug)
        for variant in getattr(term, "naamvarianten", "").splitlines():
            gevonden[_vorm(variant)].add(term.slug)
    return {naam: min(slugs) for naam, slugs in gevonden.items() if len(slugs) == 1}
