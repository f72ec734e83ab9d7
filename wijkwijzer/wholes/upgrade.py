"""Documents of before are read as if they were written today.

A version never changes, and the declarations do. Whoever changes a declaration so that
an old document no longer fits raises ``models.SCHEMA`` and adds the step here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wijkwijzer.wholes.models import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable

    from wijkwijzer.wholes.declaration import Data

# Per schema, what makes a document of it one of the next: (kind, data) → data.
STEPS: dict[int, Callable[[str, Data], Data]] = {}


def upgraded(declared: type[Any], data: Data, schema: int) -> Data:
    """The data of a document of ``schema`` as one of now."""
    for number in range(schema, SCHEMA):
        data = STEPS[number](declared.soort, data)
    return data
