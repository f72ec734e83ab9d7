"""The description of our data has every field that DCAT-AP-NL 3.0 wants.

The fields are those that its SHACL shapes, and those of DCAT-AP 3.0 below them, have a
``sh:minCount`` for; ``ONE`` those with a ``sh:maxCount`` of 1.
"""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = [pytest.mark.usefixtures("inhoud"), pytest.mark.once]

MANDATORY = {
    "dcat:Catalog": {
        *("dct:title", "dct:description", "dct:publisher"),
        *("dcat:contactPoint", "dcat:dataset"),
    },
    "dcat:Dataset": {
        *("dct:title", "dct:description", "dct:accessRights", "dcat:contactPoint"),
        *("dct:creator", "dct:identifier", "dct:publisher", "dcat:theme"),
    },
    "dcat:Distribution": {"dcat:accessURL", "dct:license"},
    "dcat:DataService": {
        *("dct:title", "dct:description", "dct:accessRights", "dcat:contactPoint"),
        *("dcat:endpointDescription", "dcat:endpointURL", "dct:identifier"),
        *("dct:license", "dct:publisher", "dcat:theme"),
    },
    "foaf:Agent": {"foaf:name"},
    "vcard:Kind": {"vcard:fn", "vcard:hasURL"},
}
ONE = {
    *("dcat:contactPoint", "dct:identifier", "dct:publisher", "dct:accessRights"),
    *("dcat:accessURL", "dcat:downloadURL", "dcat:accessService", "dct:modified"),
    *("dcat:endpointURL", "dcat:endpointDescription", "dct:license"),
}
# The names of these are lists of the EU.
AUTHORITIES = {
    "dct:accessRights": "access-right",
    "dct:accrualPeriodicity": "frequency",
    "dct:format": "file-type",
    "dct:language": "language",
    "dcat:theme": "data-theme",
}


@pytest.fixture
def graph(client) -> list[dict[str, Any]]:
    response = client.get("/gegevens/catalogus.jsonld")
    assert response["Content-Type"] == "application/ld+json"
    return response.json()["@graph"]


def of_kind(graph: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [node for node in graph if kind in node["@type"]]


@pytest.mark.parametrize("kind", MANDATORY)
def test_every_mandatory_field_is_there(graph, kind):
    nodes = of_kind(graph, kind)
    assert nodes
    for node in nodes:
        assert {field for field in MANDATORY[kind] if not node.get(field)} == set()


def test_what_may_be_there_once_is_one(graph):
    for node in graph:
        for field in ONE & node.keys():
            assert not isinstance(node[field], list), field


def test_prefixes_are_declared_and_names_of_the_eu_are_of_its_lists(client):
    data = client.get("/gegevens/catalogus.jsonld").json()
    prefixes = {*data["@context"]}
    for node in data["@graph"]:
        for field, value in node.items():
            assert field.startswith("@") or field.partition(":")[0] in prefixes
            if listed := AUTHORITIES.get(field):
                base = f"http://publications.europa.eu/resource/authority/{listed}/"
                assert value["@id"].startswith(base)


def test_what_refers_to_something_here_refers_to_what_is_described(graph):
    described = {node["@id"] for node in graph}
    for node in graph:
        for value in node.values():
            for one in value if isinstance(value, list) else [value]:
                target = one.get("@id", "") if isinstance(one, dict) else ""
                if target.startswith("http://testserver/") and "#" in target:
                    assert target in described


def test_every_address_of_a_file_and_of_the_api_answers(graph, client):
    nodes = of_kind(graph, "dcat:Distribution") + of_kind(graph, "dcat:DataService")
    fields = ("dcat:downloadURL", "dcat:endpointDescription", "foaf:page")
    addresses = {
        node[field]["@id"] for node in nodes for field in fields if field in node
    }
    assert len(addresses) == 4
    for address in addresses:
        path = address.removeprefix("http://testserver")
        assert client.get(path).status_code == 200


def test_who_runs_the_site_is_named_as_its_settings_say(client, settings):
    settings.BEHEERDER_NAAM = "Gemeente Zuid"
    settings.BEHEERDER_URL = "https://www.zuid.nl/"
    settings.BEHEERDER_EMAIL = "data@zuid.nl"
    graph = client.get("/gegevens/catalogus.jsonld").json()["@graph"]
    (agent,) = of_kind(graph, "foaf:Agent")
    (contact,) = of_kind(graph, "vcard:Kind")
    assert agent["foaf:name"] == contact["vcard:fn"] == "Gemeente Zuid"
    assert contact["vcard:hasEmail"] == {"@id": "mailto:data@zuid.nl"}
    assert contact["vcard:hasURL"] == {"@id": "https://www.zuid.nl/"}
