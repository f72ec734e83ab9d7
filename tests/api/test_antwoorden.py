"""An answer is the document of the published version, at an address that lasts."""

from __future__ import annotations

import re

import pytest

from aanpakken.models import Aanpak
from aanpakken.whole import AanpakDocument
from tests import factories
from wijkwijzer.api.collecties import ALLE, OP_NAAM, Geheelcollectie, Termcollectie
from wijkwijzer.api.velden import Omgeving, camel, velden_van
from wijkwijzer.wholes.current import current_stand
from wijkwijzer.wholes.declaration import Kind, spec_of
from wijkwijzer.wholes.documents import parse
from wijkwijzer.wholes.models import Publicatie

pytestmark = pytest.mark.usefixtures("inhoud")

GEHELEN = [c for c in ALLE if isinstance(c, Geheelcollectie)]


def from_document(declared, data):
    """A stored document as the API should say it: its names in another case."""
    out = {}
    for f in spec_of(declared).fields:
        value = data.get(f.name, f.default)
        if f.kind is Kind.PARTS:
            value = [from_document(f.type, part) for part in value]
        out[camel(f.name)] = value
    return out


def without_addresses(value):
    """What an answer says, with a reference as a document has it: its uuid."""
    if isinstance(value, dict):
        if {*value} == {"uuid", "uri"}:
            return value["uuid"]
        return {key: without_addresses(part) for key, part in value.items()}
    if isinstance(value, list):
        return [without_addresses(part) for part in value]
    return value


@pytest.mark.parametrize("collectie", GEHELEN, ids=lambda c: c.naam)
def test_an_answer_is_the_document_of_the_version_that_readers_see(collectie):
    stand = current_stand()
    omgeving = Omgeving(stand, "https://wijkwijzer.example")
    own = {veld.naam for veld in velden_van(collectie.declared)}
    seen = Publicatie.objects.filter(soort=collectie.declared.soort)
    for publicatie in seen.select_related("versie"):
        document = stand.published(collectie.declared, publicatie.uuid)
        answer = {v.naam: v.lees(document, omgeving) for v in collectie.velden}
        expected = from_document(collectie.declared, parse(publicatie.versie.document))
        found = {k: v for k, v in without_addresses(answer).items() if k in own}
        assert found == expected
        assert answer["versienummer"] == publicatie.versie.nummer


def test_every_record_of_a_list_is_there_by_itself_and_says_the_same(client):
    for collectie in ALLE:
        record = client.get(f"/api/v1/{collectie.naam}").json()["resultaten"][-1]
        assert client.get(record["zelf"]).json() == record, collectie.naam


def test_an_answer_leads_to_its_page_and_to_its_permanent_address(client):
    record = client.get("/api/v1/aanpakken/abcd").json()
    assert client.get(record["pagina"]).status_code == 200
    assert client.get(record["uri"])["Location"] == "/aanpakken/abcd/"
    found = client.get(record["interventie"]["uri"])
    assert found["Location"] == "/interventies/abcd/"


def test_only_the_fields_that_are_asked_are_given(client):
    record = client.get("/api/v1/aanpakken/abcd?fields=naam,slug").json()
    assert record == {"slug": "abcd", "naam": "ABCD-methode"}


def test_every_word_that_an_answer_names_is_in_a_list_of_the_api():
    lists = {c.declared for c in ALLE if isinstance(c, Termcollectie)}
    todo = [c.declared for c in ALLE if hasattr(c, "declared")]
    for declared in todo:
        for f in spec_of(declared).fields:
            if f.kind is Kind.PARTS:
                todo.append(f.type)
            elif f.kind in {Kind.TERM, Kind.TERMS}:
                assert f.type in lists, (declared, f.name)


def test_the_names_of_fields_are_as_the_norm_has_them():
    for collectie in ALLE:
        for veld in collectie.velden:
            assert re.fullmatch(r"[a-z]+([A-Z][a-z]*)*", veld.naam), veld.naam
            if veld.schema.get("format") == "date-time":
                assert not veld.naam.endswith(("Datum", "Date"))


def test_a_change_is_a_new_version_at_once(client):
    aanpak = Aanpak.objects.get(slug="abcd")
    before = client.get("/api/v1/aanpakken/abcd").json()
    aanpak.samenvatting = "Anders."
    aanpak.save()
    assert client.get("/api/v1/aanpakken/abcd").json() == before
    factories.publish(aanpak)
    after = client.get("/api/v1/aanpakken/abcd").json()
    assert after["samenvatting"] == "Anders."
    assert after["versienummer"] == before["versienummer"] + 1
    assert after["gewijzigdOp"] > before["gewijzigdOp"]
    assert after["gepubliceerdOp"] == before["gepubliceerdOp"]


# Addresses


@pytest.mark.parametrize("old", ["abcd", "ABCD", "ABCD-nieuw"])
def test_a_former_address_or_one_in_capitals_leads_to_the_record(client, old):
    aanpak = Aanpak.objects.get(slug="abcd")
    aanpak.slug = "abcd-nieuw"
    aanpak.save()
    factories.publish(aanpak)
    response = client.get(f"/api/v1/aanpakken/{old}?fields=naam")
    assert response.status_code == 301
    assert response["Location"] == "/api/v1/aanpakken/abcd-nieuw?fields=naam"


def test_a_word_in_capitals_leads_to_the_word(client):
    response = client.get("/api/v1/wijken/Utrecht/OVERVECHT")
    assert response["Location"] == "/api/v1/wijken/utrecht/overvecht"


def test_what_was_withdrawn_says_why_and_what_may_help_instead(client):
    aanpak = Aanpak.objects.get(slug="thuis-op-straat")
    factories.withdraw(aanpak, "Bestaat niet meer.")
    response = client.get("/api/v1/aanpakken/thuis-op-straat")
    assert response.status_code == 410
    problem = response.json()
    assert problem["reden"] == "Bestaat niet meer."
    assert problem["uri"].endswith(f"/id/aanpak/{aanpak.uuid}")
    assert problem["alternatieven"]
    for other in problem["alternatieven"]:
        assert client.get(other["zelf"]).json()["naam"] == other["naam"]


def test_what_was_withdrawn_and_is_like_no_other_says_where_the_others_are(client):
    begrip = OP_NAAM["begrippen"].declared.model.objects.get(slug="leefbaarheid")
    factories.withdraw(begrip, "Samengevoegd.")
    problem = client.get("/api/v1/begrippen/leefbaarheid").json()
    assert problem["alternatieven"] == []
    assert client.get(problem["collectie"]).status_code == 200


def test_a_concept_is_as_unknown_as_what_never_was(client):
    factories.make_aanpak(slug="nog-niet", status="concept")
    responses = [client.get(f"/api/v1/aanpakken/{s}") for s in ("nog-niet", "nooit")]
    assert [r.status_code for r in responses] == [404, 404]
    assert responses[0].content == responses[1].content


def test_a_recognition_keeps_its_address_when_another_comes(client):
    before = client.get("/api/v1/erkenningen").json()["resultaten"]
    interventie = factories.make_interventie(naam="Aaa")
    factories.make_erkenning(interventie=interventie)
    factories.publish(interventie)
    after = client.get("/api/v1/erkenningen").json()["resultaten"]
    assert len(after) == len(before) + 1
    assert {r["id"] for r in before} < {r["id"] for r in after}


# Many


def test_documents_are_given_one_by_one_and_none_stays_in_memory():
    stand = current_stand()
    stand._documents = {}
    positions = [*stand.records(AanpakDocument).by_name]
    each = [document.slug for document in stand.each(AanpakDocument, positions)]
    assert each == [d.slug for d in stand.documents(AanpakDocument, positions)]
    stand._documents = {}
    [*stand.each(AanpakDocument, positions)]
    assert stand._documents == {}
