"""The description is exactly true: calls that fit it, and calls that do not.

Each run draws some; ``API_CASES=2000`` draws so many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode, Response
from schemathesis.checks import CheckFunction
from schemathesis.schemas import APIOperation, BaseSchema
from schemathesis.specs.openapi.checks import (
    negative_data_rejection,
    positive_data_acceptance,
)

from tests.tools.often import often
from wijkwijzer.api.vraag import KOMT_NOG, ZONDER_WOORD

CASES = often("API_CASES", 300)
OPENAPI = "/api/v1/openapi.json"


@pytest.fixture
def schema(behind_door: Callable) -> BaseSchema:
    return schemathesis.openapi.from_wsgi(OPENAPI, behind_door)


def examples(operation: APIOperation) -> dict[str, str]:
    """What the description gives as an example of each part of a path."""
    return {p.name: p.definition["example"] for p in operation.path_parameters}


def not_in_a_schema(response: Response) -> list[CheckFunction]:
    """The checks that an answer is not for: no schema says what a word is, or now.

    Nor that an empty value asks nothing, whatever it is a value of.
    """
    asked = parse_qsl(urlsplit(response.request.url).query, keep_blank_values=True)
    if response.status_code == 200 and not all(value for _, value in asked):
        return [negative_data_rejection]
    errors = response.json().get("errors", []) if response.status_code == 400 else []
    only = {error["code"] for error in errors} <= {ZONDER_WOORD, KOMT_NOG}
    return [positive_data_acceptance] if errors and only else []


# What reads has no other database: once.
@pytest.mark.once
@pytest.mark.long
def test_every_call_is_answered_as_described(schema):
    operations = [found.ok() for found in schema.get_all_operations()]
    met: Counter[int] = Counter()

    @settings(
        max_examples=CASES,
        database=None,
        suppress_health_check=[*HealthCheck],
        phases=[Phase.explicit, Phase.generate],
    )
    @given(st.data())
    def call(data) -> None:
        operation = data.draw(st.sampled_from(operations))
        mode = data.draw(st.sampled_from(GenerationMode))
        case = data.draw(operation.as_strategy(generation_mode=mode))
        if mode is GenerationMode.POSITIVE and data.draw(st.booleans()):
            # Else almost no record that is asked for exists.
            case.path_parameters = examples(operation)
        response = case.call()
        case.validate_response(response, excluded_checks=not_in_a_schema(response))
        met[response.status_code] += 1

    call()
    assert {200, 400, 404} <= {*met}
