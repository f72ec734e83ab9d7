"""What editors read of a difference: names, labels and dates; never a key."""

from __future__ import annotations

import pytest
from django.db import models

from aanpakken.terms import DoelgroepTerm
from aanpakken.whole import AanpakDocument
from interventies.whole import InterventieDocument
from tests import factories
from wijkwijzer.wholes.registry import wholes
from wijkwijzer.wholes.words import RowNames, Words, column_value, field_at, told

pytestmark = pytest.mark.usefixtures("inhoud")

KINDEREN = {"doelgroep": "kinderen", "rol": "primair", "leeftijd_van": 4}


def lines(before: dict, after: dict, declared=AanpakDocument) -> list[str]:
    return [f"{c}: {c.was} → {c.now}" for c in told(declared, before, after)]


def test_of_a_part_every_value_says_what_it_is():
    (line,) = lines({}, {"doelgroepen": [KINDEREN]})
    assert line == "doelgroepen toegevoegd:  → Kinderen, rol: primair, leeftijd van: 4"


def test_a_part_that_changed_is_called_by_what_it_is():
    after = KINDEREN | {"rol": "intermediair"}
    (line,) = lines({"doelgroepen": [KINDEREN]}, {"doelgroepen": [after]})
    assert line == "doelgroepen, Kinderen: rol gewijzigd: primair → intermediair"


def test_a_date_is_as_people_write_it():
    same = {"databank": "movisie", "bron_url": "https://voorbeeld.example/"}
    (line,) = lines(
        {"erkenningen": [same | {"datum": "2020-06"}]},
        {"erkenningen": [same | {"datum": "2020-06-18"}]},
        InterventieDocument,
    )
    assert line.endswith("juni 2020 → 18 juni 2020")


def test_a_record_that_no_reader_sees_has_its_name_too():
    interventie = factories.make_interventie(naam="Nog niet te zien")
    (line,) = lines({}, {"interventie": str(interventie.uuid)})
    assert line == "interventie in het register gewijzigd:  → Nog niet te zien"


def test_what_came_out_of_a_list_keeps_the_key_that_is_left_of_it():
    gone = {"doelgroep": "bestaat-niet", "rol": "weet-ik-niet"}
    (line,) = lines({}, {"doelgroepen": [gone]})
    assert "bestaat-niet, rol: weet-ik-niet" in line


def test_what_a_file_still_has_to_bring_is_called_as_in_the_file():
    names = RowNames({(DoelgroepTerm, "ruiters"): "Ruiters"})
    after = {"doelgroepen": [{"doelgroep": "ruiters", "rol": "primair"}]}
    (change,) = told(AanpakDocument, {}, after, names)
    assert change.now == "Ruiters, rol: primair"


def test_where_only_the_markup_differs_the_markup_is_shown():
    part = {"naam": "Kop", "tekst": "<p>Zo.</p>"}
    bold = part | {"tekst": "<p><strong>Zo.</strong></p>"}
    declared = wholes()["dossier"]
    (line,) = lines({"artikelen": [part]}, {"artikelen": [bold]}, declared)
    assert "<strong>" in line


def test_no_list_is_asked_twice(django_assert_max_num_queries):
    names = RowNames()
    names.term(DoelgroepTerm, "kinderen")
    with django_assert_max_num_queries(0):
        assert names.term(DoelgroepTerm, "ouders") == "Ouders"


def test_a_place_is_called_by_the_part_that_is_there():
    words = Words(RowNames())
    place = ("doelgroepen", 0)
    document = {"doelgroepen": [KINDEREN]}
    assert words.where(AanpakDocument, place, document) == "doelgroepen, Kinderen"
    assert field_at(AanpakDocument, place).name == "doelgroepen"


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        (models.BooleanField(), True, "ja"),
        (models.DateField(), "2026-03-04", "4 maart 2026"),
        (models.DateTimeField(), "2026-03-04 20:11:00+00:00", "4 maart 2026, 21.11"),
        (models.CharField(choices=[("a", "Een keuze")]), "a", "Een keuze"),
        (models.ManyToManyField("auth.Group"), ["Een", "Twee"], "Een; Twee"),
        (models.CharField(), None, ""),
    ],
)
def test_what_no_document_is_made_of_says_it_in_words_too(column, value, words):
    assert column_value(column, value) == words
