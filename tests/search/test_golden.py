"""The golden set: what people ask, and what they expect to see first.

It runs on every database; the lists are the same, so the order is the same.
"""

from pathlib import Path

import pytest
import yaml
from django.http import QueryDict

from aanpakken.facets import AanpakFilter
from tests.facets import oracle
from wijkwijzer.wholes.current import current_stand

GOLDEN = yaml.safe_load(Path(__file__).with_name("golden.yaml").read_text("utf-8"))


def found(text, stand=None):
    query = QueryDict(mutable=True)
    query["q"] = text
    return oracle.slugs(AanpakFilter(query, stand or current_stand()))


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case["query"])
def test_a_question_finds_what_a_professional_expects(case, db):
    slugs = found(case["query"])
    first = case.get("eerste", [])
    assert set(slugs[: len(first)]) == set(first)
    assert set(case.get("ook", [])) <= set(slugs)
    assert not set(case.get("niet", [])) & set(slugs)


EVERYWHERE = {"bij", "aantal", "bedoeld", "verwant"}


@pytest.mark.long
@pytest.mark.parametrize(
    "case",
    [case for case in GOLDEN if EVERYWHERE & case.keys()],
    ids=lambda case: case["query"],
)
def test_the_search_over_everything_finds_what_a_reader_expects(case, client, db):
    found = client.get("/zoeken/", {"q": case["query"]}).context
    groups = {
        group.sleutel: [hit.url.strip("/").rpartition("/")[2] for hit in group.treffers]
        for group in found["groepen"]
    }
    for kind, first in case.get("bij", {}).items():
        assert set(groups[kind][: len(first)]) == set(first)
    assert found["aantal"] == case.get("aantal", found["aantal"])
    assert found["bedoeld"] == case.get("bedoeld", found["bedoeld"])
    pages = {page.url for near in found["verwant"] for page in near.paginas}
    assert set(case.get("verwant", [])) <= pages


def test_the_golden_set_has_at_least_220_questions():
    assert len({case["query"] for case in GOLDEN}) >= 220


@pytest.mark.long
def test_what_changed_since_is_found_as_if_everything_was_read_anew(db):
    oracle.vary()
    layered, rebuilt = oracle.stands()
    for case in GOLDEN:
        assert found(case["query"], layered) == found(case["query"], rebuilt)
