"""The golden set: what people ask, and what they expect to see first.

It runs on every database; the lists are the same, so the order is the same.
"""

from pathlib import Path

import pytest
import yaml
from django.http import QueryDict

from aanpakken.catalogus import catalogus
from aanpakken.filters import AanpakFilter
from aanpakken.models import Aanpak

GOLDEN = yaml.safe_load(Path(__file__).with_name("golden.yaml").read_text("utf-8"))


def found(text):
    query = QueryDict(mutable=True)
    query["q"] = text
    slugs = dict(Aanpak.objects.values_list("pk", "slug"))
    return [slugs[pk] for pk in AanpakFilter(query, catalogus()).treffers()]


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case["query"])
def test_a_question_finds_what_a_professional_expects(case, db):
    slugs = found(case["query"])
    first = case.get("eerste", [])
    assert set(slugs[: len(first)]) == set(first)
    assert set(case.get("ook", [])) <= set(slugs)
    assert not set(case.get("niet", [])) & set(slugs)


def test_the_golden_set_has_at_least_sixty_questions():
    assert len({case["query"] for case in GOLDEN}) >= 60
