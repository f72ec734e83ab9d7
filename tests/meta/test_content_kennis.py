"""The knowledge is complete: every dossier, term, example and question is there."""

from __future__ import annotations

import re

import pytest

from kennisdossier.models import (
    Aandachtspunt,
    Artikel,
    Begrip,
    Contactpunt,
    Dossier,
    Effect,
    Financiering,
    Gemeente,
    Praktijkvoorbeeld,
    Tip,
    Vraag,
    Wijk,
)
from kennisdossier.opmaak import schoon

pytestmark = pytest.mark.usefixtures("inhoud")

# The dossiers in their order: the source, and how many sections it has.
DOSSIERS = {
    "cultuur-en-werken-in-de-wijk": ("lkca-kennisdossier", 9),
    "met-bewoners-werken-aan-leefbaarheid": ("wijkwijzer-2024", 16),
    "kunst-en-leefbaarheid": ("movisie-kunst", 6),
    "samenlevingsopbouw": ("platform31-samenlevingsopbouw", 20),
    "gezonde-en-leefbare-wijken-met-cultuur": ("lkca-videosessie", 25),
}
VOORBEELDEN = {
    *("wijkbedrijf-selwerd", "krachtstation-kanaleneiland", "stadsdorp-elsrijk"),
    *("buurtassistenten-apeldoorn-zuid", "vitale-verbindingen-arnhem"),
    *("buurtwerkplaats-de-buren", "kunst-op-recept-leiden"),
    *("kunst-op-recept-nieuwegein", "in-beeld-overvecht", "buurtopera-malpertuis"),
    *("kunstcircuit-deventer", "nprz", "wijkvernieuwing-groningen"),
    *("raamexpositie-selwerd", "culturele-zondagen"),
}
TERMEN = {
    *("leefbaarheid", "fysiek aspect", "sociaal aspect", "methodisch werken"),
    *("interventie", "andere methodische aanpak", "praktijkvoorbeeld", "wijk / buurt"),
    *("participatie", "brede wijkaanpak", "samenlevingsopbouw", "sociaal kapitaal"),
    *("ongelijk doenvermogen", "bonding", "bridging", "first / second / third place"),
    *("wijkeconomie", "bewonersbedrijf", "ABCD", "best persons", "lerende praktijk"),
    "gebiedsgericht werken versus gebiedsgerichte aanpak",
    *("positieve gezondheid", "Welzijn op Recept", "Kunst op Recept", "Bruisteam"),
    *("culturele interventie", "domeinoverstijgende samenwerking", "narratieve buurt"),
    *("hybridisering formeel–informeel", "sociaal professional", "burgerinitiatief"),
    *("eigentijds nabuurschap", "Robin Hood-principe", "herstel-community", "PBS"),
    *("voucher / regiegroep / modelverordening", "buurtagenda", "community arts"),
    *("franchiseconstructie", "zeggenschap en eigenaarschap"),
}
WIJKEN = {
    ("Groningen", "Selwerd"),
    *(("Utrecht", "Kanaleneiland"), ("Utrecht", "Overvecht")),
    *(("Amstelveen", "Elsrijk"), ("Apeldoorn", "Apeldoorn-Zuid")),
    *(("Schiedam", "Schiedam-Oost"), ("Rotterdam", "Rotterdam-Zuid")),
    *(("Leiden", wijk) for wijk in ("Noord", "Slaaghwijk", "Zuidwest", "Mors")),
}
CODES = {
    *(("Groningen", "gm0014"), ("Utrecht", "gm0344"), ("Amstelveen", "gm0362")),
    *(("Apeldoorn", "gm0200"), ("Schiedam", "gm0606"), ("Rotterdam", "gm0599")),
    *(("Leiden", "gm0546"), ("Arnhem", "gm0202"), ("Deventer", "gm0150")),
    *(("Maastricht", "gm0935"), ("Nieuwegein", "gm0356")),
}


def test_the_five_dossiers_are_there_each_with_its_source():
    found = Dossier.objects.gepubliceerd().order_by("volgorde")
    assert [*found.values_list("slug", "bron__slug")] == [
        (slug, bron) for slug, (bron, _) in DOSSIERS.items()
    ]


@pytest.mark.parametrize("slug", DOSSIERS)
def test_every_section_of_the_source_is_told_once(slug):
    sections = [
        section
        for artikel in Artikel.objects.filter(dossier__slug=slug)
        for section in artikel.bronsecties.splitlines()
    ]
    assert len(sections) == len({*sections}) == DOSSIERS[slug][1]


def test_every_artikel_has_text_that_is_safe_as_it_is_kept():
    for artikel in Artikel.objects.all():
        assert len(artikel.tekst) > 80, artikel
        assert schoon(artikel.tekst) == artikel.tekst, artikel


def test_links_inside_the_texts_lead_to_pages_that_exist(client):
    links = {
        link
        for artikel in Artikel.objects.all()
        for link in re.findall(r'href="(/[^"]*)"', artikel.tekst)
    }
    for link in links:
        assert client.get(link).status_code == 200, link


def test_all_41_terms_are_explained_with_their_source():
    assert len(TERMEN) == 41
    begrippen = Begrip.objects.gepubliceerd()
    assert {*begrippen.values_list("naam", flat=True)} == TERMEN
    for begrip in begrippen:
        assert begrip.definitie.endswith("."), begrip
        assert begrip.bron, begrip


def test_all_15_examples_are_there():
    found = Praktijkvoorbeeld.objects.gepubliceerd()
    assert {*found.values_list("slug", flat=True)} == VOORBEELDEN
    for voorbeeld in found:
        assert voorbeeld.samenvatting.endswith("."), voorbeeld
        assert voorbeeld.kernfeiten, voorbeeld
        assert voorbeeld.bron, voorbeeld


def test_relations_between_examples_and_places_are_kept():
    examples = Praktijkvoorbeeld.objects.in_bulk(field_name="slug")
    assert (
        examples["raamexpositie-selwerd"].onderdeel_van
        == (examples["wijkvernieuwing-groningen"])
    )
    extended = examples["in-beeld-overvecht"].uitgebreid_naar.get()
    assert (extended.naam, extended.gemeente.naam) == ("Kanaleneiland", "Utrecht")


def test_all_places_are_there_with_the_code_of_cbs():
    assert {*Wijk.objects.values_list("gemeente__naam", "naam")} == WIJKEN
    assert {*Gemeente.objects.values_list("naam", "code")} == CODES


def test_all_16_questions_have_an_answer():
    dossier = "gezonde-en-leefbare-wijken-met-cultuur"
    questions = Vraag.objects.filter(dossier__slug=dossier)
    assert [vraag.nummer for vraag in questions] == [*range(1, 17)]
    for vraag in questions:
        assert vraag.vraag.endswith("?"), vraag
        assert vraag.antwoord, vraag


def test_effects_tips_points_and_money_are_complete():
    assert Effect.objects.count() == 7
    assert Tip.objects.count() == 2 + 4 + 6 + 3
    assert Tip.objects.values("groep").distinct().count() == 4
    assert Aandachtspunt.objects.count() == 6
    assert Financiering.objects.count() == 11


def test_contact_is_an_organisation_without_an_address():
    assert {*Contactpunt.objects.values_list("organisatie__slug", flat=True)} == {
        "lkca",
        "platform31",
    }
    assert not Contactpunt.objects.exclude(email="").exists()


def test_every_effect_says_for_whom_and_names_its_source():
    for effect in Effect.objects.all():
        assert effect.op, effect
        assert effect.bron, effect
