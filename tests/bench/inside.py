"""What one page costs inside a process; run by the benchmark, prints JSON.

The time of the index, of the database and of whole pages, without a server around it:
on a busy machine these figures are the steady ones.
"""

from __future__ import annotations

import json
import os
import statistics
import time
from wsgiref.util import setup_testing_defaults

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")

from tests.bench.asgi import django, site  # isort: skip  # sets Django up

from django.db import connection

from aanpakken.models import Aanpak
from aanpakken.whole import AanpakDocument
from tests.bench.pages import pages
from tests.web.wsgi import ask
from wijkwijzer.web.door.replies import ask_django
from wijkwijzer.wholes.current import current_stand

HOST = "localhost"


def get(path: str) -> int:
    """Let Django make a page, as the door does; return its status."""
    path, _, query = path.partition("?")
    environ = {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": HOST}
    setup_testing_defaults(environ)
    return ask_django(django, environ).reply(head=False).status


def cost(paths: list[str], rounds: int = 8) -> dict[str, float]:
    """Median CPU time, and mean database time and number of queries, of these pages."""
    spent: list[float] = []
    database: list[float] = []

    def timed(execute, sql, params, many, context):
        start = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            database.append(time.perf_counter() - start)

    for path in paths:
        assert get(path) == 200, path
    with connection.execute_wrapper(timed):
        for _ in range(rounds):
            for path in paths:
                start = time.process_time()
                get(path)
                spent.append(time.process_time() - start)
    return {
        "cpu_ms": statistics.median(spent) * 1000,
        "db_ms": sum(database) / len(spent) * 1000,
        "queries": len(database) / len(spent),
    }


def main() -> None:
    start = time.perf_counter()
    stand = current_stand()
    build = time.perf_counter() - start
    kinds = pages(Aanpak.objects.gepubliceerd().order_by("pk")[0].slug)
    found = {
        "entries": len(stand.records(AanpakDocument)),
        "build_s": build,
        "pages": {
            name: {
                "bytes": len(ask(site, paths[0], HTTP_HOST=HOST).body),
                "br": len(
                    ask(site, paths[0], HTTP_HOST=HOST, HTTP_ACCEPT_ENCODING="br").body
                ),
                **cost(paths),
            }
            for name, paths in kinds.items()
        },
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
