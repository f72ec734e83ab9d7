"""What the page about the API shows: examples that run, and what may be asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings

from aanpakken.terms import ThemaTerm
from aanpakken.whole import AanpakDocument
from wijkwijzer.api.adres import VERSIE
from wijkwijzer.api.collecties import ALLE
from wijkwijzer.api.problemen import PROBLEMEN
from wijkwijzer.api.vraag import sleutels_van_lijst
from wijkwijzer.facets.lists import PER_PAGINA

if TYPE_CHECKING:
    from wijkwijzer.api.collecties import Collectie
    from wijkwijzer.wholes.stand import Stand

# What every list takes, and is told apart.
VAN_ELKE_LIJST = {"pagina", "fields"}
# What a program can do something about.
TE_VERTELLEN = (400, 404, 405, 406, 410, 429, 500, 503)


class Taal(NamedTuple):
    sleutel: str
    naam: str
    code: str


@dataclass(frozen=True)
class Voorbeeld:
    """What somebody may want, in three languages; tests/api runs each of them."""

    sleutel: str
    titel: str
    uitleg: str
    curl: str
    python: str
    javascript: str

    def talen(self, **waarden: str) -> list[Taal]:
        """The code, with the addresses of this site in it."""
        gegeven = (
            ("curl", "curl", self.curl),
            ("python", "Python", self.python),
            ("javascript", "JavaScript", self.javascript),
        )
        talen = []
        for sleutel, naam, ruw in gegeven:
            code = ruw.strip()
            for woord, waarde in waarden.items():
                code = code.replace(f"[{woord}]", waarde)
            talen.append(Taal(sleutel, naam, code))
        return talen


VOORBEELDEN = (
    Voorbeeld(
        "lijst",
        "Een lijst met filters",
        "De aanpakken van een thema, met alleen hun naam en het adres van hun pagina.",
        'curl -s "[basis]/aanpakken?thema=[thema]&fields=naam,pagina"',
        """
import json
from urllib.request import urlopen

with urlopen("[basis]/aanpakken?thema=[thema]&fields=naam,pagina") as antwoord:
    lijst = json.load(antwoord)
for aanpak in lijst["resultaten"]:
    print(aanpak["naam"], aanpak["pagina"])
""",
        """
const antwoord = await fetch("[basis]/aanpakken?thema=[thema]&fields=naam,pagina");
const lijst = await antwoord.json();
for (const aanpak of lijst.resultaten) {
  console.log(aanpak.naam, aanpak.pagina);
}
""",
    ),
    Voorbeeld(
        "item",
        "Eén item",
        "Alles over een aanpak. Bewaar de uri: die blijft, ook als de naam verandert.",
        'curl -s "[basis]/aanpakken/[aanpak]"',
        """
import json
from urllib.request import urlopen

with urlopen("[basis]/aanpakken/[aanpak]") as antwoord:
    aanpak = json.load(antwoord)
print(aanpak["naam"], aanpak["uri"], aanpak["gewijzigdOp"])
""",
        """
const antwoord = await fetch("[basis]/aanpakken/[aanpak]");
const aanpak = await antwoord.json();
console.log(aanpak.naam, aanpak.uri, aanpak.gewijzigdOp);
""",
    ),
    Voorbeeld(
        "paginas",
        "Alle pagina’s van een lijst",
        "Volg de link naar de volgende pagina tot er geen meer is. Dezelfde links "
        "staan in de kopregel Link.",
        'curl -s -o begrippen.json -w "%header{link}" "[basis]/begrippen"',
        """
import json
from urllib.request import urlopen

adres = "[basis]/begrippen?fields=naam"
while adres:
    with urlopen(adres) as antwoord:
        lijst = json.load(antwoord)
    for begrip in lijst["resultaten"]:
        print(begrip["naam"])
    adres = lijst["links"]["volgende"]
""",
        """
let adres = "[basis]/begrippen?fields=naam";
while (adres) {
  const antwoord = await fetch(adres);
  const lijst = await antwoord.json();
  for (const begrip of lijst.resultaten) {
    console.log(begrip.naam);
  }
  adres = lijst.links.volgende;
}
""",
    ),
    Voorbeeld(
        "kopie",
        "Een kopie bijhouden",
        "Haal een keer alles, en daarna alleen wat veranderde of wegging.",
        """
curl -s -o alles.json "[basis]/alles.json"
volgende=$(grep -o '"volgende":"[^"]*"' alles.json | cut -d '"' -f 4)
curl -s "$volgende"
""",
        """
import json
from urllib.request import urlopen

with urlopen("[basis]/alles.json") as antwoord:
    kopie = json.load(antwoord)
aanpakken = {aanpak["uuid"]: aanpak for aanpak in kopie["aanpakken"]}

# Later:
with urlopen(kopie["volgende"]) as antwoord:
    nieuw = json.load(antwoord)
for aanpak in nieuw["aanpakken"]:
    aanpakken[aanpak["uuid"]] = aanpak
for weg in nieuw["ingetrokken"]:
    aanpakken.pop(weg["uuid"], None)
print(len(aanpakken), nieuw["volgende"])
""",
        """
const kopie = await (await fetch("[basis]/alles.json")).json();
const aanpakken = new Map(kopie.aanpakken.map((aanpak) => [aanpak.uuid, aanpak]));

// Later:
const nieuw = await (await fetch(kopie.volgende)).json();
for (const aanpak of nieuw.aanpakken) {
  aanpakken.set(aanpak.uuid, aanpak);
}
for (const weg of nieuw.ingetrokken) {
  aanpakken.delete(weg.uuid);
}
console.log(aanpakken.size, nieuw.volgende);
""",
    ),
    Voorbeeld(
        "etag",
        "Alleen als er iets veranderd is",
        "Geef de ETag van de vorige keer mee. Is er niets veranderd, dan krijg je 304 "
        "en geen inhoud.",
        """
curl -s --etag-save etag.txt -o themas.json "[basis]/themas"
curl -s --etag-compare etag.txt -w "%{http_code}" "[basis]/themas"
""",
        """
from urllib.error import HTTPError
from urllib.request import Request, urlopen

with urlopen("[basis]/themas") as antwoord:
    etag = antwoord.headers["ETag"]
try:
    urlopen(Request("[basis]/themas", headers={"If-None-Match": etag}))
    print("Er is iets veranderd.")
except HTTPError as fout:
    print("Niets veranderd:", fout.code)
""",
        """
const eerst = await fetch("[basis]/themas");
const etag = eerst.headers.get("ETag");
const daarna = await fetch("[basis]/themas", { headers: { "If-None-Match": etag } });
if (daarna.status === 304) {
  console.log("Niets veranderd:", daarna.status);
} else {
  console.log("Er is iets veranderd.");
}
""",
    ),
)


class Rij(NamedTuple):
    """A collection in the table of the page."""

    collectie: Collectie[Any]
    sleutels: list[str]


def uitleg_van(stand: Stand, basis: str) -> dict[str, Any]:
    """The context of the page; ``basis`` is where the API is."""
    waarden = voorbeeldwaarden(stand) | {"basis": basis}
    return {
        "basis": basis,
        "versie": VERSIE,
        "per_minuut": settings.API_PER_MINUUT,
        "per_pagina": PER_PAGINA,
        "voorbeelden": [(v, v.talen(**waarden)) for v in VOORBEELDEN],
        "rijen": [Rij(c, _sleutels(c, stand)) for c in ALLE],
        "problemen": [(status, *PROBLEMEN[status]) for status in TE_VERTELLEN],
    }


def voorbeeldwaarden(stand: Stand) -> dict[str, str]:
    """What there is on this site, so that an example finds something."""
    records = stand.records(AanpakDocument)
    eerste = next(records.in_order(records.all), None)
    thema = next(iter(stand.terms(ThemaTerm)), None)
    return {
        "aanpak": "naam-van-een-aanpak" if eerste is None else records[eerste].slug,
        "thema": "naam-van-een-thema" if thema is None else thema.key,
    }


def _sleutels(collectie: Collectie[Any], stand: Stand) -> list[str]:
    namen = [sleutel.naam for sleutel in sleutels_van_lijst(collectie, stand)]
    return [naam for naam in namen if naam not in VAN_ELKE_LIJST]
