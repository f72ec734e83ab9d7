"""What data there is, for catalogues that gather it: DCAT-AP-NL 3.0, as JSON-LD.

One catalogue with one dataset (all that readers see), its files and the API.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse

from wijkwijzer.api.adres import WORTEL
from wijkwijzer.api.alles import laatste_wijziging

if TYPE_CHECKING:
    from collections.abc import Callable

    from wijkwijzer.wholes.stand import Stand

Data = dict[str, Any]

JSONLD = "application/ld+json"
LICENTIE = "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0"
EU = "http://publications.europa.eu/resource/authority/"
IANA = "https://www.iana.org/assignments/media-types/"

TITEL = "WijkWijzer"
BESCHRIJVING = (
    "Beschreven manieren om samen met bewoners een buurt leefbaarder te maken, met hun "
    "erkenningen door databanken, praktijkvoorbeelden, kennisdossiers en begrippen."
)
TREFWOORDEN = (
    *("leefbaarheid", "wijken en buurten", "sociaal domein", "interventies"),
    *("bewonersparticipatie", "praktijkvoorbeelden"),
)

CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def catalogus(stand: Stand, hier: Callable[[str], str]) -> Data:
    """The catalogue with all that is in it. ``hier`` makes an address absolute."""
    zelf = hier(reverse("catalogus"))
    algemeen = _algemeen(stand, hier)
    dataset = f"{zelf}#dataset"
    api = f"{zelf}#api"
    bestanden = [
        _bestand(
            f"{zelf}#json", "Alles als JSON", hier(f"{WORTEL}/alles.json"), "json"
        ),
        _bestand(f"{zelf}#csv", "Alles als tabellen", hier(reverse("pakket")), "zip"),
        _via_api(f"{zelf}#via-api", hier(WORTEL), api),
    ]
    return {
        "@context": CONTEXT,
        "@graph": [
            {
                "@id": zelf,
                "@type": "dcat:Catalog",
                "dct:title": _nl(TITEL),
                "dct:description": _nl(
                    f"De open gegevens van WijkWijzer. {BESCHRIJVING}"
                ),
                "dct:license": _id(LICENTIE),
                "foaf:homepage": _id(hier("/")),
                "dcat:themeTaxonomy": _id(f"{EU}data-theme"),
                "dct:spatial": _id(f"{EU}country/NLD"),
                "dcat:dataset": _id(dataset),
                "dcat:service": _id(api),
                **algemeen,
            },
            {
                "@id": dataset,
                "@type": "dcat:Dataset",
                "dct:title": _nl("Aanpakken voor een leefbare wijk"),
                "dct:description": _nl(BESCHRIJVING),
                "dct:identifier": dataset,
                "dct:accessRights": _id(f"{EU}access-right/PUBLIC"),
                "dct:accrualPeriodicity": _id(f"{EU}frequency/IRREG"),
                "dct:spatial": _id(f"{EU}country/NLD"),
                "dcat:theme": _id(f"{EU}data-theme/SOCI"),
                "dcat:keyword": [_nl(woord) for woord in TREFWOORDEN],
                "dcat:landingPage": _id(hier(reverse("api:uitleg"))),
                "dcat:distribution": [_id(bestand["@id"]) for bestand in bestanden],
                "dct:creator": algemeen["dct:publisher"],
                **algemeen,
            },
            *bestanden,
            {
                "@id": api,
                "@type": "dcat:DataService",
                "dct:title": _nl("API van WijkWijzer"),
                "dct:description": _nl(
                    "Alles wat lezers op WijkWijzer zien, als JSON, om te zoeken en te "
                    "filteren. Alleen lezen, zonder sleutel."
                ),
                "dct:identifier": api,
                "dct:accessRights": _id(f"{EU}access-right/PUBLIC"),
                "dct:license": _id(LICENTIE),
                "dcat:theme": _id(f"{EU}data-theme/SOCI"),
                "dcat:endpointURL": _id(hier(WORTEL)),
                "dcat:endpointDescription": _id(hier(f"{WORTEL}/openapi.json")),
                "foaf:page": _id(hier(reverse("api:uitleg"))),
                "dcat:servesDataset": _id(dataset),
                **algemeen,
            },
            _uitgever(hier),
            _contact(hier),
        ],
    }


def _algemeen(stand: Stand, hier: Callable[[str], str]) -> Data:
    """What is the same of all of it."""
    laatste = laatste_wijziging(stand)
    gewijzigd = (
        {"dct:modified": {"@value": laatste.isoformat(), "@type": "xsd:dateTime"}}
        if laatste
        else {}
    )
    return {
        "dct:publisher": _id(hier("/#beheerder")),
        "dcat:contactPoint": _id(hier("/#contact")),
        "dct:language": _id(f"{EU}language/NLD"),
        **gewijzigd,
    }


def _bestand(wie: str, titel: str, adres: str, soort: str) -> Data:
    return {
        "@id": wie,
        "@type": "dcat:Distribution",
        "dct:title": _nl(titel),
        "dct:license": _id(LICENTIE),
        "dct:language": _id(f"{EU}language/NLD"),
        "dcat:accessURL": _id(adres),
        "dcat:downloadURL": _id(adres),
        "dct:format": _id(f"{EU}file-type/{soort.upper()}"),
        "dcat:mediaType": _id(f"{IANA}application/{soort}"),
    }


def _via_api(wie: str, adres: str, api: str) -> Data:
    zonder_bestand = _bestand(wie, "Een deel, via de API", adres, "json")
    del zonder_bestand["dcat:downloadURL"]
    return zonder_bestand | {"dcat:accessService": _id(api)}


def _uitgever(hier: Callable[[str], str]) -> Data:
    """Who runs the site; as long as that is not filled in, the site itself."""
    return {
        "@id": hier("/#beheerder"),
        "@type": "foaf:Agent",
        "foaf:name": settings.BEHEERDER_NAAM or TITEL,
        "foaf:homepage": _id(settings.BEHEERDER_URL or hier(reverse("over"))),
    }


def _contact(hier: Callable[[str], str]) -> Data:
    email = settings.BEHEERDER_EMAIL or settings.REDACTIE_EMAIL
    return {
        "@id": hier("/#contact"),
        "@type": ["vcard:Kind", "vcard:Organization"],
        "vcard:fn": settings.BEHEERDER_NAAM or TITEL,
        "vcard:hasURL": _id(settings.BEHEERDER_URL or hier(reverse("over"))),
        **({"vcard:hasEmail": _id(f"mailto:{email}")} if email else {}),
    }


def _id(adres: str) -> Data:
    return {"@id": adres}


def _nl(tekst: str) -> Data:
    return {"@value": tekst, "@language": "nl"}
