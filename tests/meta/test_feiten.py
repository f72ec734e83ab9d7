"""No fact is lost: what the sources say, our content says too.

``feiten.json`` is not ours to publish: it lies beside the project, or is not there, and
then there is nothing to walk. What our content says in other words than the fact, and
what it does not say, stands in ``feiten_elders.yaml``, and is checked as well.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from tests.meta.feiten import Fact, Record, content, read
from tests.meta.feiten_walk import (
    IN_ROWS,
    NO_FACTS,
    SCRAPERS,
    data,
    facts,
    paths,
)

CHAPTERS = [
    *("meta", "bronnen", "wijkwijzer", "aanpakken", "actorlagen", "reflectiethemas"),
    *("criteria", "databanken", "erkenningsniveaus", "werkzame_elementen", "effecten"),
    *("tips", "begrippen", "praktijkvoorbeelden", "dossiers", "leeswijzer_dossiers"),
    *("publicatie", "aandachtspunten_gemeente", "financiering"),
    *("vragen_en_antwoorden", "features_of_source_systems", "fouten_in_bron"),
    *("organisaties", "wijken", "modelinzichten"),
]

ELSEWHERE = read(Path(__file__).with_name("feiten_elders.yaml"))

# What issue 10 found lost or bent (A9): the page, and our words for each point.
FOUND_LOST = {
    # wijkwijzer-2024:158
    "aanpak/studio-bruis": (
        "bewoners hun eigen wooncomplex nieuw leven inblazen",
        "De uitvoerder en het Bruisteam organiseren samen activiteiten",
        "Training-on-the-job",
        "Zelfstandig verder",
        "De lokale professional geeft nog enige begeleiding",
    ),
    # 186
    "aanpak/wijkacademie-opvoeden": (
        "een programma in fasen",
        "Twee begeleiders zijn verantwoordelijk voor het proces",
        "daarin is iedereen gelijkwaardig",
        "een startvraag en een werkvorm",
        "Ervaringen delen staat voorop",
        "samen willen leren over opvoeden",  # 184
    ),
    # 210-212
    "aanpak/abcd": (
        "op economisch, cultureel en sociaal vlak",
        "laten inzetten wat ze kunnen",
        "Sociale relaties tot stand brengen",
        "Alle bewoners van een wijk die sociaal en economisch zwakker staat",
        "ongeacht hun leeftijd of herkomst",
    ),
    # 224
    "aanpak/buurtreminiscentie": (
        "Alle buurtbewoners, van elke leeftijd en herkomst",
        "groepen die weinig contact met elkaar hebben",
    ),
    # 240
    "aanpak/buurtbemiddeling": (
        "zetten vertegenwoordigers van de gemeente en van plaatselijke organisaties",
        "De vier belangrijkste partijen in zo’n initiatiefgroep",
        "de gemeente, de politie, een woningcorporatie en een welzijnsorganisatie",
    ),
    # 264-266
    "aanpak/eigen-kracht-conferentie": (
        "Burgers van elke leeftijd",
        "een conflict, met iemand anders of tussen groepen",
        "herstellen wat een overtreding of misdrijf heeft aangericht",
        "vraag je er een aan bij de Eigen Kracht Centrale",
        "zonder dat er professionals bij zijn",
        "is het draagvlak zo groot mogelijk",
    ),
    # 304, 404
    "aanpak/right-to-challenge": (
        "Iedereen die kansen ziet om de buurt te verbeteren",
        "Je kijkt samen hoe het plan uit te voeren is",
        "te beslissen over publieke diensten in hun eigen buurt",
        "zelf zeggenschap over hoe hun leefomgeving wordt ingericht en beheerd",
        "Voert het plan samen met de inwoners uit",  # 308
    ),
    # 334-336
    "aanpak/thuis-op-straat": (
        "werkt met jeugd van 4 tot 20 jaar",
        "omdat een betere leefomgeving niet zonder hen lukt",
        "iedereen die het plein gebruikt",
        "rondes door de wijk",
        "jongeren uit de buurt zijn een rolmodel voor kinderen",
    ),
    # 352
    "aanpak/wijk-en-psychiatrie": (
        "toegankelijke plekken in de wijk waar ze anderen ontmoeten",
        "brengt hen in contact met buurtgenoten",
    ),
    # 366
    "aanpak/wijktheater": (
        "De aanpak is lokaal en speelt zich vaak in één wijk af",
        "een probleem dat in de wijk is gesignaleerd",
        "Een regisseur vraagt bewoners om mee te doen",
        "hun verhalen vormen de basis van het stuk",
    ),
    # 400
    "reflectiethema/problemen": (
        "een bepaalde groep in de wijk, andere raken veel meer bewoners",
        "vroegtijdig schooluitval en straatoverlast door jongeren",
        "de middelen en de verantwoordelijkheid om hun wijk te verbeteren",
    ),
    # platform31-samenlevingsopbouw:103
    "praktijkvoorbeeld/krachtstation-kanaleneiland": (
        "Zo’n duizend mensen kunnen er samenkomen",
        "allerlei kleinschalige evenementen",
        "helemaal voor de wijk en haar bewoners",
        "Voor De Kuil geldt het Robin Hood-principe",
        "initiatieven uit de wijk niets hoeven te betalen",
    ),
    # 33
    "dossier/samenlevingsopbouw/wie-doet-wat": (
        "Beleidsmakers hopen dat professionals en informele partijen geleidelijk",
        "een voortdurende uitwisseling tussen de twee werelden",
        "Partijen kennen elkaar vaak alleen oppervlakkig",
        "Formele en informele uitvoerders kunnen het oneens zijn over casussen",
        "Duidelijke doelen kunnen ontbreken",
    ),
    "begrip/hybridisering-formeel-informeel": ("of ontbreekt een duidelijk doel",),
    # 29
    "begrip/sociaal-professional": (
        "vaak in dienst van een welzijnsorganisatie",
        "leggen vaak niet zo makkelijk contact",
    ),
    # 91: not LKCA
    "begrip/praktijkvoorbeeld": ("In het artikel van Platform31",),
    # 103
    "dossier/samenlevingsopbouw/zes-voorbeelden": (
        "waar zo’n duizend mensen in passen, is helemaal voor de wijk",
    ),
    # 116
    "praktijkvoorbeeld/vitale-verbindingen-arnhem": (
        "wijkbewoners die ervaring hebben met de geestelijke gezondheidszorg",
        "ontmoeten en steunen mensen elkaar, en er valt ook iets te leren",
        "Met coaching, begeleiding en allerlei activiteiten",
        "krijgen ze meer regie over hun leven",
        "omgaan met conflicten en rondkomen met weinig geld",
        "Voorop staat dat mensen zich welkom voelen",
    ),
    # lkca-kennisdossier:11, 15, and wijkwijzer-2024:400
    "begrip/brede-wijkaanpak": ("vaak het motto",),
    "begrip/wijk-buurt": ("vaak door elkaar",),
    "aanpak/vouchersysteem": ("kunnen er indirect toe leiden",),
    # lkca-videosessie:33
    "praktijkvoorbeeld/raamexpositie-selwerd": ("is het belangrijk dat de gemeente",),
    # 199
    "praktijkvoorbeeld/in-beeld-overvecht": (
        "allemaal van hetzelfde type en komen vaak van Marktplaats",
        "15 of 20",
    ),
    # 106
    "dossier/gezonde-en-leefbare-wijken-met-cultuur/in-beeld-overvecht": (
        "wees de aanvraag voor het vervolg af",
        "De gemeente Utrecht nam het over en betaalt uit de Wmo",
        "het project te verbreden en te verdiepen",
    ),
}


@cache
def facts_of(chapter: str) -> tuple[Fact, ...]:
    return tuple(facts(chapter, data().get(chapter, [])))


def walked() -> list[Fact]:
    return [fact for chapter in CHAPTERS for fact in facts_of(chapter)]


def elsewhere(part: str) -> list[tuple[str, str, str]]:
    """What is declared: where, which fact, and our words or the reason."""
    return [
        (record, fact, words)
        for record, told in ELSEWHERE[part].items()
        for fact, words in told.items()
    ]


def declared() -> set[tuple[str, str]]:
    both = [*elsewhere("gezegd"), *elsewhere("niet_verteld")]
    return {(record, fact) for record, fact, _ in both}


# The walk


def test_the_walk_passes_no_chapter_by():
    assert {*data()} <= {*CHAPTERS}


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_no_fact_of_a_chapter_is_lost(chapter):
    lost = [
        f"{fact} – missing: {', '.join(fact.missing)}"
        for fact in facts_of(chapter)
        if fact.missing and (fact.record, fact.text) not in declared()
    ]
    assert not lost, "\n".join(lost)


def test_what_we_say_in_other_words_stands_there():
    where = {(fact.record, fact.text): fact for fact in walked()}
    wrong = [
        (record, words)
        for record, text, words in elsewhere("gezegd")
        if (fact := where.get((record, text))) and not fact.is_said(words)
    ]
    assert wrong == []


@pytest.mark.long
def test_what_is_declared_is_a_fact_that_the_walk_does_not_find():
    """An entry that helps no longer goes out of the file."""
    unfound = {(fact.record, fact.text) for fact in walked() if fact.missing}
    assert not walked() or declared() - unfound == set()


def test_what_the_walk_passes_by_has_a_reason_and_exists():
    assert all(NO_FACTS.values())
    passed_by = {*NO_FACTS, *IN_ROWS}
    assert not data() or passed_by - {*paths(data())} == set()


# What was lost or bent before


@pytest.mark.parametrize("record", FOUND_LOST)
def test_what_a_reader_once_missed_is_told(record):
    told = Fact(record, "", "", (content().records[record],))
    assert [words for words in FOUND_LOST[record] if not told.is_said(words)] == []


def test_no_page_links_to_a_site_that_scrapes_documents():
    pages = content().records.values()
    assert [page for page in pages if SCRAPERS.search(page.text)] == []


# Whether a fact is found


def page(**fields: object) -> tuple[Record, ...]:
    return (Record("aanpak/buurttuin", {"naam": "Buurttuin", **fields}),)


def lost(text: str, **fields: object) -> list[str]:
    return Fact("aanpakken/buurttuin", "kernpunten", text, page(**fields)).missing


@pytest.mark.parametrize(
    "text",
    [
        "kinderen leren tuinieren",
        "effect 2: kind leert tuinieren",
        "kinderen en ouders leren samen tuinieren",
    ],
)
def test_a_fact_is_told_when_most_of_its_words_stand_in_one_passage(text):
    assert lost(text, omschrijving="Elk kind leert er met een ouder tuinieren.") == []


def test_a_fact_is_lost_when_its_words_stand_apart():
    words = "Kinderen komen graag.\n\n\nVolwassenen tuinieren.\n\n\nLeren kan altijd."
    assert lost("kinderen leren tuinieren", omschrijving=words) != []


def test_the_words_of_a_compound_and_a_synonym_tell_a_fact():
    assert lost("wijktheater", omschrijving="Theater in de wijk.") == []
    assert lost("protest", omschrijving="Ze gaan demonstreren.") == []


@pytest.mark.parametrize(
    ("text", "missed"),
    [
        ("12 tot 14 kinderen tuinieren samen", "14"),
        ("kinderen tuinieren samen met Movisie", "Movisie"),
    ],
)
def test_a_number_and_a_name_have_to_be_the_same(text, missed):
    words = "Er tuinieren twaalf tot vijftien kinderen samen, met het NJi."
    assert missed in lost(text, omschrijving=words)


def test_a_date_is_the_same_in_figures_and_in_words():
    words = "Het oordeel is van 7 februari 2022."
    assert lost("oordeel 07-02-2022", omschrijving=words) == []
    assert lost("oordeel 2022-02-08", omschrijving=words) != []


def test_an_address_has_to_be_there_to_the_letter():
    links = [{"url": "https://voorbeeld.nl/tuin/"}]
    assert lost("https://voorbeeld.nl/tuin/", links=links) == []
    assert lost("https://voorbeeld.nl/tuinen/", links=links) != []


def test_a_row_has_its_values_in_one_item():
    rows = ({"naam": "Ouders", "laag": "bewoner"}, {"naam": "School", "laag": "midden"})
    fact = Fact("", "", "", page(), rows, (("laag", "bewoner"),), "ouder")
    assert fact.missing == []
    fact = Fact("", "", "", page(), rows, (("laag", "midden"),), "ouder")
    assert fact.missing == ["laag: midden"]
