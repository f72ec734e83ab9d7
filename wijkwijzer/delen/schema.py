"""What a record is to machines: schema.org, made of the version that readers see.

Only what a source says: a link that an editor inferred is not in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aanpakken.models import Basis
from aanpakken.whole import AanpakDocument
from interventies.whole import InterventieDocument
from kennisdossier.whole import (
    BegripDocument,
    DossierDocument,
    PraktijkvoorbeeldDocument,
)
from wijkwijzer.core.paden import pad
from wijkwijzer.core.teksten import beginkapitaal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.http import HttpRequest

    from aanpakken.terms import ThemaTerm
    from wijkwijzer.core.jsonld import Data
    from wijkwijzer.wholes.declaration import Whole
    from wijkwijzer.wholes.stand import Stand
    from wijkwijzer.wholes.terms import BronTerm

    Hier = Callable[[str], str]

LICENTIE = "https://creativecommons.org/licenses/by/4.0/deed.nl"
# The list that a record stands in: its words, and the name of its address.
LIJSTEN = {
    AanpakDocument.soort: ("Aanpakken", "aanpakken:list"),
    InterventieDocument.soort: ("Databanken", "interventies:list"),
    DossierDocument.soort: ("Kennisdossier", "kennisdossier:list"),
    PraktijkvoorbeeldDocument.soort: (
        "Praktijkvoorbeelden",
        "praktijkvoorbeelden:list",
    ),
    BegripDocument.soort: ("Begrippen", "begrippen:list"),
}


def schema(request: HttpRequest, stand: Stand, document: Whole) -> Data:
    """A record, and where it stands on the site."""
    hier: Hier = request.build_absolute_uri
    if isinstance(document, BegripDocument):
        zelf = _begrip(hier, document)
    else:
        zelf = _artikel(hier, stand, document) | _eigen(hier, document)
    naam, lijst = LIJSTEN[document.soort]
    kruimels = [(naam, hier(pad(lijst))), (zelf.get("headline", zelf.get("name")), "")]
    pad_erheen = {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": plaats, "name": naam}
            | ({"item": adres} if adres else {})
            for plaats, (naam, adres) in enumerate(kruimels, start=1)
        ],
    }
    return {"@graph": [zelf, pad_erheen]}


def _artikel(hier: Hier, stand: Stand, document: Whole) -> Data:
    permalink = hier(document.permalink)
    return {
        "@type": "Article",
        "@id": permalink,
        "identifier": permalink,
        "url": hier(document.get_absolute_url()),
        "headline": beginkapitaal(document.naam),
        "license": LICENTIE,
        "image": f"{permalink}.png",
        "datePublished": stand.first_at(document).date().isoformat(),
        "dateModified": stand.changed_at(document).date().isoformat(),
        "publisher": {"@type": "Organization", "name": "WijkWijzer"},
    }


def _eigen(hier: Hier, document: Whole) -> Data:
    """What only records of this kind have; without what is not known."""
    gevonden: Data = {}
    if isinstance(document, AanpakDocument):
        gevonden = _aanpak(hier, document)
    elif isinstance(document, PraktijkvoorbeeldDocument):
        gevonden = _voorbeeld(hier, document)
    elif isinstance(document, InterventieDocument):
        adressen = [
            *(erkenning.bron_url for erkenning in document.erkenningen_per_databank()),
            *(vermelding.bron_url for vermelding in document.vermeldingen),
        ]
        gevonden = {"isBasedOn": [*dict.fromkeys(filter(None, adressen))]}
    elif isinstance(document, DossierDocument):
        gevonden = {
            "description": document.samenvatting,
            "isBasedOn": _bronnen([document.bron]),
        }
    return {naam: waarde for naam, waarde in gevonden.items() if waarde}


def _aanpak(hier: Hier, aanpak: AanpakDocument) -> Data:
    genoemd = [
        t.thema for t in aanpak.themas_op_sterkte() if t.basis == Basis.EXPLICIET
    ]
    return {
        "description": aanpak.samenvatting,
        "about": _themas(hier, genoemd),
        "audience": [
            {"@type": "Audience", "audienceType": koppeling.doelgroep.naam}
            for koppeling in aanpak.primaire_doelgroepen()
        ],
        "isBasedOn": _bronnen(aanpak.bronnen),
        "citation": [link.url for link in aanpak.links if link.url],
    }


def _voorbeeld(hier: Hier, voorbeeld: PraktijkvoorbeeldDocument) -> Data:
    plaats: Data = {}
    if gemeente := voorbeeld.gemeente:
        plaats = {
            "@type": "AdministrativeArea",
            "name": gemeente.naam,
            "identifier": gemeente.tooi,
        }
        if wijk := voorbeeld.wijk:
            plaats = {"@type": "Place", "name": wijk.naam, "containedInPlace": plaats}
    return {
        "description": voorbeeld.samenvatting,
        "about": _themas(hier, voorbeeld.themas_op_volgorde()),
        "contentLocation": plaats,
        "isBasedOn": _bronnen([voorbeeld.bron]),
    }


def _begrip(hier: Hier, begrip: BegripDocument) -> Data:
    permalink = hier(begrip.permalink)
    return {
        "@type": "DefinedTerm",
        "@id": permalink,
        "identifier": permalink,
        "name": beginkapitaal(begrip.naam),
        "url": hier(begrip.get_absolute_url()),
        "inDefinedTermSet": hier(pad("begrippen:list")),
        **({"alternateName": begrip.varianten} if begrip.varianten else {}),
        **({"description": begrip.definitie} if begrip.definitie else {}),
    }


def _themas(hier: Hier, themas: Iterable[ThemaTerm]) -> list[Data]:
    return [
        {"@type": "DefinedTerm", "name": t.naam, "url": hier(t.get_absolute_url())}
        for t in themas
    ]


def _bronnen(bronnen: Iterable[BronTerm | None]) -> list[Data]:
    return [
        {"@type": "CreativeWork", "name": bron.titel}
        | ({"url": bron.url} if bron.url else {})
        for bron in bronnen
        if bron
    ]
