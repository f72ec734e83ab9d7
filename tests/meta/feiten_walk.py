"""The walk over ``feiten.json``: every fact, with the place where we may say it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from tests.meta.feiten import FACTS, Fact, Record, content, texts

# What is no fact of a source, by its path without names. A reason each.
NO_FACTS = {
    "meta": "about the file itself",
    "leeswijzer_dossiers": "about the file itself",
    "modelinzichten": "advice for the data model, which follows it",
    "features_of_source_systems": "what the sites of the sources can do",
    "actorlagen/leeswijzer_laag_id": "about the file itself",
    "reflectiethemas/modelnotitie": "advice for the data model",
    "reflectiethemas/themas/naamverschil": "a correction (A7), in bron.yaml",
    "praktijkvoorbeelden/modelnotitie": "advice for the data model",
    "aanpakken/rubriek": "the same as its soort",
    "aanpakken/werkzame_elementen_ref": "refers to werkzame_elementen",
    "aanpakken/erkenning/status": "an abstract of the facts below it",
    "aanpakken/omschrijving/stappen/nr": "the order in which they stand",
    "aanpakken/erkenning/gebeurtenissen/datum_precisie": "follows from the date",
    "vragen_en_antwoorden/nr": "the order in which they stand",
    "wijken/context": "in the examples; our wijk says it where it matters",
    "bronnen/datum_precisie": "follows from the date",
    "criteria/items/nr": "the order in which they stand",
    "dossiers/secties": "the headings of a source; the sections are walked",
    "dossiers/ontbrekende_links": "a link without an address (A7)",
    "dossiers/expert_contact": "personal data, left out",
    "dossiers/recordsjabloon": "the fields of a page, which has them",
    "publicatie": "how the pages of a pdf are laid out; what it is stands in bronnen",
}


# Issue 10 A8: what only these hold of a document is cited without the link.
SCRAPERS = re.compile(r"//(?:adoc\.pub|docplayer\.|5dok\.|[fv]documents\.)")

Json = Any
Homes = tuple[Record, ...]


@cache
def data() -> dict[str, Json]:
    """All of it, or nothing where the file is not: it is not ours to publish."""
    return json.loads(FACTS.read_text(encoding="utf-8")) if FACTS.exists() else {}


def facts(chapter: str, value: Json) -> Iterator[Fact]:
    """Every fact of a chapter."""
    if chapter in NO_FACTS:
        return
    for name, home, item in records(chapter, value):
        rows = ROWS.get(chapter)
        yield from leaves(name, chapter, item, home)
        if rows:
            yield from rows(name, home, item)


def paths(value: Json, path: str = "") -> Iterator[str]:
    """Every path of a file, without the names of its items."""
    yield path
    if isinstance(value, dict):
        for key, part in value.items():
            yield from paths(part, f"{path}/{key}" if path else key)
    elif isinstance(value, list):
        for part in value:
            yield from paths(part, path)


# Where a chapter says it


def records(chapter: str, value: Json) -> Iterator[tuple[str, Homes, Json]]:
    if chapter == "dossiers":
        for dossier in value:
            yield from sections(dossier)
    elif isinstance(value, list):
        for number, item in enumerate(value, 1):
            name = name_of(item) or str(number)
            yield f"{chapter}/{name}", home(chapter, item), item
    else:
        yield chapter, home(chapter, value), value


def name_of(item: Json) -> str | None:
    """What tells the reader of a report which item it is."""
    fields = ("id", "naam", "term", "wijk", "bron", "voorbeeld")
    return next((item[field] for field in fields if item.get(field)), None)


DOSSIERS = {
    "lkca-kennisdossier": "cultuur-en-werken-in-de-wijk",
    "wijkwijzer-2024": "met-bewoners-werken-aan-leefbaarheid",
    "movisie-kunst": "kunst-en-leefbaarheid",
    "platform31-samenlevingsopbouw": "samenlevingsopbouw",
    "lkca-videosessie": "gezonde-en-leefbare-wijken-met-cultuur",
}
# The lists of words in which a chapter about the whole is told.
LISTS = {
    "actorlagen": ("actor", "actorlaag", "werkzaamelement", "begrip/best-persons"),
    "reflectiethemas": ("reflectiethema", "begrip"),
    "criteria": ("criterium",),
    "databanken": ("databank", "niveau", "organisatie"),
    "erkenningsniveaus": ("niveau", "databank"),
    "werkzame_elementen": ("werkzaamelement",),
    "effecten": ("aanpak", "praktijkvoorbeeld"),
    "tips": ("praktijkvoorbeeld", "werkzaamelement"),
    "wijkwijzer": ("organisatie", "dossier"),
    "aandachtspunten_gemeente": ("organisatie",),
    "vragen_en_antwoorden": ("praktijkvoorbeeld", "wijk", "begrip"),
}


def dossier(source: str) -> list[Record]:
    return content().under(f"dossier/{DOSSIERS[source]}")


def home(chapter: str, item: Json) -> Homes:
    found = own(chapter, item)
    if chapter in {"aanpakken", "begrippen", "praktijkvoorbeelden", "wijken"}:
        found += content().linked(found)
    return tuple(found)


def own(chapter: str, item: Json) -> list[Record]:
    ours = content()
    match chapter:
        case "aanpakken":
            return ours.under(f"aanpak/{item['id']}", f"interventie/{item['id']}")
        case "praktijkvoorbeelden":
            return ours.under(f"praktijkvoorbeeld/{item['id']}")
        case "begrippen":
            return ours.named("begrip", item["term"])
        case "organisaties":
            return ours.named("organisatie", item["naam"])
        case "wijken":
            if not item["wijk"]:
                return ours.named("gemeente", item["gemeente"])
            return ours.named("wijk", item["wijk"])
        case "bronnen":
            return ours.under(f"bron/{item['id']}") + dossier(item["id"])
        case "fouten_in_bron":
            return corrections(item["bron"])
        case "financiering":
            about = f"praktijkvoorbeeld/{item.get('voorbeeld')}"
            method = f"aanpak/{item.get('aanpak')}"
            return ours.under(about, method, "organisatie") + dossier(item["bron"])
    source = item.get("bron") or item.get("culturele_interventies", {}).get("bron")
    return ours.under(*LISTS[chapter]) + dossier(source)


def corrections(sources: str) -> list[Record]:
    """What /verantwoording/correcties/ has: per source, then per aanpak."""
    per_source = [
        Record(source.key, {"correcties": source.items("correcties")})
        for name in sources.split(" vs ")
        for source in content().under(f"bron/{name}")
    ]
    aanpakken = content().under("aanpak")
    told = [text for aanpak in aanpakken for text in aanpak.data.get("correcties", ())]
    return [*per_source, Record("aanpak", {"correcties": told})]


def sections(item: Json) -> Iterator[tuple[str, Homes, Json]]:
    """A dossier is told in its articles and on the pages that it refers to."""
    source, articles = item["bron"], dossier(item["bron"])
    whole = {**item, "secties_feiten": []}
    everything = [*articles, *content().linked(articles)]
    yield f"dossiers/{source}", tuple(everything), whole
    for section in item["secties_feiten"]:
        others = [r for name in section["verwijst_naar"] for r in referred(name)]
        name = f"dossiers/{source}/{section['titel']}"
        one = {"secties_feiten": [section]}
        yield name, tuple(dict.fromkeys([*articles, *others])), one


def referred(name: str) -> list[Record]:
    kinds = ("aanpak", "interventie", "praktijkvoorbeeld")
    pages = content().under(*(f"{kind}/{name}" for kind in kinds))
    lists = [content().named(kind, name) for kind in ("begrip", "organisatie")]
    return [*pages, *(record for found in lists for record in found)]


# What it says

NUMBERS = {"kerngetallen", "getallen"}
# Compared as a row of values, below.
IN_ROWS = {
    "aanpakken/id",
    "aanpakken/soort",
    "aanpakken/volgorde_in_bron",
    "aanpakken/doelgroepen/rol",
    "aanpakken/doelgroepen/leeftijd_van",
    "aanpakken/doelgroepen/leeftijd_tot",
    "aanpakken/uitvoerders",
    "aanpakken/vorm",
    "aanpakken/links",
    "aanpakken/reflectiethemas/thema",
    "aanpakken/reflectiethemas/basis",
    "aanpakken/reflectiethemas/sterkte",
    "aanpakken/actorlagen",
    "aanpakken/leefbaarheidsaspecten/aspect",
    "aanpakken/bronnen",
    "aanpakken/reflectiethemas/functie",
    "aanpakken/erkenning/gebeurtenissen/databank",
    "aanpakken/erkenning/gebeurtenissen/niveau",
    "aanpakken/erkenning/gebeurtenissen/datum",
    "praktijkvoorbeelden/id",
    "dossiers/secties_feiten/verwijst_naar",
    "praktijkvoorbeelden/gerelateerde_aanpak/aanpak",
    "praktijkvoorbeelden/gerelateerde_aanpak/basis",
    "praktijkvoorbeelden/bron",
    "begrippen/bron",
    "dossiers/bron",
    "effecten/id",
    "effecten/bron",
    "tips/bron",
    "actorlagen/bron",
    "actorlagen/lagen/id",
    "actorlagen/lagen/nr",
    "reflectiethemas/bron",
    "criteria/bron",
    "databanken/bron",
    "erkenningsniveaus/bron",
    "organisaties/bronnen",
    "organisaties/rol",
    "aandachtspunten_gemeente/bron",
    "financiering/bron",
    "financiering/voorbeeld",
    "financiering/aanpak",
    "vragen_en_antwoorden/bron",
    "bronnen/id",
    "wijken/voorbeelden",
    "wijkwijzer/bron",
    "fouten_in_bron/bron",
    "fouten_in_bron/soort",
    "fouten_in_bron/gevonden",
    "fouten_in_bron/correctie",
    "fouten_in_bron/opmerking",
}


def leaves(name: str, path: str, value: Json, home: Homes) -> Iterator[Fact]:
    if path in NO_FACTS or path in IN_ROWS or value in (None, [], {}):
        return
    if isinstance(value, dict):
        for key, part in value.items():
            yield from leaves(name, f"{path}/{key}", part, home)
    elif isinstance(value, list):
        for part in value:
            if path.rpartition("/")[2] in NUMBERS:
                yield Fact(name, path, number(part), home)
            else:
                yield from leaves(name, path, part, home)
    elif not isinstance(value, bool) and not SCRAPERS.search(str(value)):
        yield Fact(name, path, str(value), home)


def number(row: Json) -> str:
    """Of a table with numbers: the whole row has to stand in one place."""
    span = dict.fromkeys(str(row[k]) for k in ("van", "tot") if row.get(k))
    parts = [" tot ".join(span), row["waarde"], row["eenheid"], row["kenmerk"]]
    return " ".join(str(part) for part in parts if part)


# Rows of values

THEMES = ("verbinding", "krachten-en-talenten", "problemen", "zeggenschap")
SORT = {
    "lees meer": "lees-meer",
    "extern gevonden, niet in bron": "extern",
    "document (platform31-samenlevingsopbouw)": "document",
}
# Issue 10 A5: a role is one of six, in our words.
ROLES = {
    "begeleider": "ondersteuner",
    "eigenaar en uitvoerder": "uitvoerder",
    "hoofduitvoerder": "uitvoerder",
    "licentienemer": "uitvoerder",
    # wijkwijzer-2024:324 calls them executors, who may take the initiative as well.
    "mogelijk initiatiefnemer": "uitvoerder",
    "mogelijke uitvoerder via handboek": "uitvoerder",
    "ontwikkelaar en uitvoerder": "uitvoerder",
    "systeembeheerder": "uitvoerder",
    "uitvoerder initiatief": "uitvoerder",
    "werver": "verwijzer",
}
LEVELS = {"Goed Beschreven": "goed-beschreven", "Goed Onderbouwd": "goed-onderbouwd"}


def slug(name: str) -> str:
    return name.casefold().replace(" ", "-")


def row(
    name: str, field: str, home: Homes, rows: Json, words: str = "", /, **values: Json
) -> Fact:
    known = tuple((key, str(value)) for key, value in values.items() if value)
    said = ", ".join(value for _, value in known)
    text = f"{words} ({said})" if words and said else words or said
    return Fact(name, field, text, home, tuple(rows), known, words)


def rows_of_an_aanpak(name: str, home: Homes, item: Json) -> Iterator[Fact]:
    aanpak, register = home[0], [r for r in home if r.key.startswith("interventie/")]
    yield row(
        name,
        "zelf",
        home,
        [aanpak.data],
        slug=item["id"],
        volgorde_in_bron=item["volgorde_in_bron"],
        rubriek={"aanpak": "methodische-aanpak"}.get(item["soort"], item["soort"]),
        vorm=item["vorm"].split(" '")[0],
    )
    for source in item["bronnen"]:
        ours = [{"bron": ours} for ours in aanpak.data["bronnen"]]
        yield row(name, "bronnen", home, ours, bron=source)
    for group in item["doelgroepen"]:
        yield row(
            name,
            "doelgroepen",
            home,
            aanpak.items("doelgroepen"),
            rol=group["rol"],
            leeftijd_van=group["leeftijd_van"],
            leeftijd_tot=group["leeftijd_tot"],
        )
    for theme in item["reflectiethemas"]:
        yield row(
            name,
            "reflectiethemas",
            home,
            aanpak.items("themas"),
            thema=THEMES[theme["thema"] - 1],
            basis=theme["basis"],
            sterkte=theme["sterkte"],
            functie=theme.get("functie"),
        )
    for aspect in item["leefbaarheidsaspecten"]:
        ours = aanpak.items("aspecten")
        yield row(name, "aspecten", home, ours, aspect=aspect["aspect"])
    for actor in item["uitvoerders"]:
        yield row(
            name,
            "uitvoerders",
            home,
            aanpak.items("uitvoeringen"),
            actor["naam"],
            rol=ROLES.get(actor["rol"], actor["rol"]),
            laag=actor["laag"],
        )
    for link in item["links"]:
        yield row(
            name,
            "links",
            home,
            aanpak.items("links"),
            link["label"],
            url=link["url"],
            soort=SORT[link["soort"]],
        )
    events = [
        event
        for record in register
        for field in ("erkenningen", "vermeldingen")
        for event in record.items(field)
    ]
    for event in (item["erkenning"] or {}).get("gebeurtenissen", ()):
        base = event["databank"].split(" – ")[0].replace("&", "en")
        page = event["bron"]
        yield row(
            name,
            "gebeurtenissen",
            home,
            events,
            databank=content().named("databank", base)[0].data["slug"],
            niveau=LEVELS.get(event["niveau"]),
            datum=event["datum"],
            bron_url=None if SCRAPERS.search(page["url"]) else page["url"],
            bron_datum=page["paginadatum"],
        )


def rows_of_an_example(name: str, home: Homes, item: Json) -> Iterator[Fact]:
    example = home[0]
    place = item["gemeente"]
    yield row(
        name,
        "zelf",
        home,
        [example.data],
        slug=item["id"],
        bron=item["bron"],
        gemeente=place and slug(place),
    )
    for link in item["gerelateerde_aanpak"]:
        aanpak = content().records[f"aanpak/{link['aanpak']}"]
        yield row(
            name,
            "koppelingen",
            home,
            example.items("koppelingen"),
            aanpak=aanpak.data["uuid"],
            basis=link["basis"],
        )


def rows_of_a_term(name: str, home: Homes, item: Json) -> Iterator[Fact]:
    yield row(name, "bron", home, [home[0].data], bron=item["bron"])


def rows_of_an_organisation(name: str, home: Homes, item: Json) -> Iterator[Fact]:
    for field, key in (("rol", "rollen"), ("bronnen", "bronnen")):
        ours = [{"zelf": value} for value in home[0].data.get(key, ())]
        for value in item[field]:
            yield row(name, field, home, ours, zelf=slug(value))


def rows_of_a_wijk(name: str, home: Homes, item: Json) -> Iterator[Fact]:
    place = slug(item["gemeente"])
    if item["wijk"]:
        yield row(name, "gemeente", home, [home[0].data], gemeente=place)
    for example in item["voorbeelden"]:
        ours = content().records[f"praktijkvoorbeeld/{example.split()[0]}"]
        wijk = f"{place}/{slug(item['wijk'])}" if item["wijk"] else None
        field = "uitgebreid_naar" if "uitbreiding" in example else "wijk"
        values = ours.data.get(field, [])
        rows = [{"wijk": v} for v in ([values] if isinstance(values, str) else values)]
        yield row(name, "voorbeelden", home, rows or [{}], wijk=wijk)


def rows_of_a_section(name: str, home: Homes, item: Json) -> Iterator[Fact]:
    """What a section refers to is a link in the dossier, or named in it."""
    articles = [record for record in home if record.key.startswith("dossier/")]
    linked = {key for record in articles for key in content().links[record.key]}
    sections = item["secties_feiten"]
    for other in (one for section in sections for one in section["verwijst_naar"]):
        pages = referred(other)
        if not linked & {page.key for page in pages}:
            known = pages[0].names[0] if pages else other
            rest = tuple(record for record in home if record not in pages)
            yield Fact(name, "verwijst_naar", known, rest)


def rows_of_a_correction(name: str, home: Homes, item: Json) -> Iterator[Fact]:
    """What was wrong and what is right stand in one row of the page."""
    ours = [row for record in home for row in record.items("correcties")]
    told = [{"tekst": text} for text in home[-1].data["correcties"]]
    rows, wrong = [*ours, *told], item["gevonden"]
    if " " not in wrong:
        # A word that is spelled wrong stands there to the letter.
        rows = [row for row in rows if wrong in " ".join(texts(row))]
    words = " → ".join(filter(None, (wrong, item["correctie"])))
    yield row(name, "correcties", home, rows, words)


def rows_of_the_rings(name: str, home: Homes, item: Json) -> Iterator[Fact]:
    ours = [record.data for record in content().under("actor")]
    for ring in item["lagen"]:
        for actor in ring["actoren"]:
            yield row(name, "actoren", home, ours, actor, laag=ring["id"])


ROWS = {
    "aanpakken": rows_of_an_aanpak,
    "actorlagen": rows_of_the_rings,
    "begrippen": rows_of_a_term,
    "dossiers": rows_of_a_section,
    "fouten_in_bron": rows_of_a_correction,
    "organisaties": rows_of_an_organisation,
    "praktijkvoorbeelden": rows_of_an_example,
    "wijken": rows_of_a_wijk,
}
