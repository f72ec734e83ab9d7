"""An editor on a machine of his own: publishes the names that it reads, a line each.

Says of each what became of it. A name that was said to be published must be kept.
"""

from __future__ import annotations

import sys

import django

django.setup()

from django.db import Error, connections, transaction  # noqa: E402

from kennisdossier.models import Begrip  # noqa: E402
from wijkwijzer.web.door.warm import limit_waiting  # noqa: E402
from wijkwijzer.wholes.actions import publish  # noqa: E402

SLUG = "machines"


def publish_as(name: str) -> str:
    try:
        with transaction.atomic():
            begrip, _ = Begrip.objects.update_or_create(
                slug=SLUG, defaults={"naam": name, "definitie": "Woord van een test."}
            )
            publish(record=begrip, by=None)
    except Error as error:
        connections.close_all()
        return f"failed: {error}"
    return "done"


if __name__ == "__main__":
    limit_waiting()
    for line in sys.stdin:
        print(publish_as(line.strip()), flush=True)  # noqa: T201
