"""Whatever is wrong with a document is told at once, in Dutch, with its place."""

from __future__ import annotations

from copy import deepcopy
from typing import Any
from uuid import uuid4

import pytest

from aanpakken.models import Aanpak
from aanpakken.whole import AanpakDocument
from interventies.models import Interventie
from interventies.whole import InterventieDocument
from kennisdossier.models import Dossier
from kennisdossier.whole import DossierDocument
from tests import factories
from wijkwijzer.wholes.actions import working_document
from wijkwijzer.wholes.declaration import Data
from wijkwijzer.wholes.validation import problems

pytestmark = pytest.mark.usefixtures("inhoud")


@pytest.fixture
def data() -> Data:
    """A document with parts of many kinds."""
    return working_document(Aanpak.objects.get(slug="buurtcirkel"))


def told(data: Any, declared: type[Any] = AanpakDocument, **kwargs: Any) -> list[str]:
    return [str(problem) for problem in problems(declared, data, **kwargs)]


@pytest.mark.parametrize(
    ("declared", "model"),
    [
        (AanpakDocument, Aanpak),
        (InterventieDocument, Interventie),
        (DossierDocument, Dossier),
    ],
)
def test_what_readers_see_now_has_no_problem(declared, model):
    for record in model.objects.all():
        assert told(working_document(record), declared, to_publish=True) == []


def test_a_document_is_a_group_of_fields():
    assert told([]) == ["Hier hoort een groep velden te staan."]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"onzin": 1}, "onzin: Dit veld bestaat niet."),
        ({"naam": None}, "naam: Dit veld kan niet leeg zijn."),
        ({"naam": 7}, "naam: Hier hoort tekst te staan."),
        ({"volgorde_in_bron": "x"}, "volgorde_in_bron: Hier hoort een heel getal"),
        ({"volgorde_in_bron": True}, "volgorde_in_bron: Hier hoort een heel getal"),
        ({"tags": "sport"}, "tags: Hier hoort een lijst te staan."),
        ({"tags": [1]}, "tags 1: Hier hoort tekst te staan."),
        ({"tags": ["soep", " "]}, "tags 2: Een trefwoord heeft 1 tot 100 tekens."),
        ({"tags": ["x" * 101]}, "tags 1: Een trefwoord heeft 1 tot 100 tekens."),
        ({"stappen": {}}, "stappen: Hier hoort een lijst te staan."),
        ({"stappen": ["x"]}, "stappen 1: Hier hoort een groep velden te staan."),
        ({"stappen": [{}]}, "stappen 1: naam: Dit veld ontbreekt."),
        ({"naam": ""}, "naam: Dit veld kan niet leeg zijn"),
        ({"uuid": "x"}, "uuid: Dit is geen uuid."),
        ({"slug": "a b"}, "slug: "),
        ({"naam": "x" * 999}, "naam: "),
        ({"rubriek": "boek"}, "rubriek: "),
        ({"eigenaar_bron_url": "htp:/x"}, "eigenaar_bron_url: "),
        ({"doel": ["x", " "]}, "doel: Een regel is leeg."),
        ({"laatst_gecontroleerd_op": "2026-13-01"}, "laatst_gecontroleerd_op: "),
        ({"vorm": "boek"}, "vorm: “boek” kennen we niet als vorm."),
        ({"interventie": str(uuid4())}, "interventie: “"),
        ({"bronnen": ["x"]}, "bronnen 1: “x” kennen we niet als bron."),
        (
            {"bronnen": ["movisie-kunst", "movisie-kunst"]},
            "bronnen: Iets staat er twee keer in.",
        ),
    ],
)
def test_a_wrong_field_is_named_with_its_place(data, change, expected):
    found = told(data | change)
    assert [problem for problem in found if problem.startswith(expected)], found


def test_everything_that_is_wrong_is_told_at_once(data):
    data["naam"] = ""
    data["doelgroepen"][0]["rol"] = "onzin"
    data["doelgroepen"][0]["doelgroep"] = "onzin"
    places = [problem.where for problem in problems(AanpakDocument, data)]
    assert places == ["naam", "doelgroepen 1: rol", "doelgroepen 1: doelgroep"]


@pytest.mark.parametrize(
    ("part", "values", "expected"),
    [
        (
            "doelgroepen",
            {"leeftijd_van": 20, "leeftijd_tot": 10},
            "doelgroepen 1: ",
        ),
        ("feiten", {"bron": None, "bron_url": ""}, "feiten 1: "),
        ("links", {"url": ""}, "links 1: "),
        ("uitvoeringen", {"actor": "vrijwilligers", "laag": None}, "uitvoeringen 1: "),
    ],
)
def test_a_rule_of_the_database_is_told_with_the_part_that_breaks_it(
    data, part, values, expected
):
    data[part][0] |= values
    found = told(data)
    assert len(found) == 1
    assert found[0].startswith(expected)
    assert "Constraint" not in found[0]


def test_what_may_be_there_only_once_is_told_of_the_second(data):
    data["themas"].append(deepcopy(data["themas"][0]))
    assert [p.place for p in problems(AanpakDocument, data)] == [
        ("themas", len(data["themas"]) - 1)
    ]


def test_an_address_of_another_record_is_refused(data):
    data["slug"] = "abcd"
    assert [p.where for p in problems(AanpakDocument, data)] == ["slug"]


def test_a_register_entry_of_another_aanpak_is_refused(data):
    data["interventie"] = str(Aanpak.objects.get(slug="abcd").interventie.uuid)
    assert [p.where for p in problems(AanpakDocument, data)] == ["interventie"]


def test_only_what_is_published_needs_a_summary():
    data = working_document(factories.make_aanpak(status="concept"))
    data["samenvatting"] = ""
    assert told(data) == []
    missing = "samenvatting: Publiceren kan pas met een samenvatting."
    assert told(data, to_publish=True) == [missing]


def test_rich_text_that_an_editor_must_mend_is_refused_with_its_reason():
    data = working_document(Dossier.objects.get(slug="samenlevingsopbouw"))
    data["artikelen"][0]["tekst"] = "<p>Kijk <script>alert(1)</script></p>"
    (problem,) = problems(DossierDocument, data)
    assert problem.where == "artikelen 1: tekst"


def test_validation_changes_nothing(data):
    aanpak = factories.make_aanpak()
    document = working_document(aanpak)
    problems(AanpakDocument, document | {"naam": "Anders"}, to_publish=True)
    assert working_document(aanpak) == document
