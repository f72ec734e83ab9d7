"""/metrics, in the text format of Prometheus, for who has METRICS_TOKEN.

Requests are counted for all processes of this machine together, and only those that
reach Django: pages from the cache are answered before it. What is asked of the database
is left out while that does not answer.
"""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

import django
from django.db.models import Max, Min
from django.utils import timezone

import wijkwijzer
from wijkwijzer.deelname.models import Bericht, Berichtstatus
from wijkwijzer.memory.number import read
from wijkwijzer.operations.bounded import Bounded
from wijkwijzer.operations.counters import BUCKETS, CLASSES, INF, counters
from wijkwijzer.operations.health import KEEP, PATIENCE
from wijkwijzer.wholes.current import current_stand
from wijkwijzer.wholes.models import Versie

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

# The name, and what a person reads of it.
GAUGES = {
    "wijkwijzer_catalogue_behind": "Changes that this process does not show yet.",
    "wijkwijzer_catalogue_published_seconds": "Since the newest version was published.",
    "wijkwijzer_outbox_waiting": "Mails that wait to be sent.",
    "wijkwijzer_outbox_oldest_seconds": "Since the mail that waits longest was made.",
    "wijkwijzer_outbox_failed": "Mails that were given up.",
}


def measure(found: dict[str, float]) -> None:
    """Ask the database for what is measured there."""
    number, stand = read().inhoud, current_stand.in_use
    if stand:
        found["wijkwijzer_catalogue_behind"] = max(number - stand.number, 0)
    newest = Versie.objects.aggregate(op=Max("op"))["op"]
    if newest:
        found["wijkwijzer_catalogue_published_seconds"] = _since(newest)
    waiting = Bericht.objects.filter(status=Berichtstatus.WACHT)
    found["wijkwijzer_outbox_waiting"] = waiting.count()
    oldest = waiting.aggregate(op=Min("gemaakt_op"))["op"]
    found["wijkwijzer_outbox_oldest_seconds"] = _since(oldest) if oldest else 0
    found["wijkwijzer_outbox_failed"] = Bericht.objects.mislukt().count()


def _since(moment: datetime) -> float:
    return round((timezone.now() - moment).total_seconds(), 1)


measured: Bounded[dict[str, float]] = Bounded(
    dict, measure, patience=PATIENCE, keep=KEEP
)


def exposition() -> str:
    return "\n".join([*_counted(), *_measured(), ""])


def _counted() -> Iterator[str]:
    totals, processes = counters.totals()
    name = "wijkwijzer_request_seconds"
    yield f"# HELP {name} Requests that reached Django, by status and duration."
    yield f"# TYPE {name} histogram"
    for kind in CLASSES:
        upto = 0
        for bucket in (*BUCKETS, INF):
            upto += totals[f"{kind} {bucket}"]
            yield f'{name}_bucket{{status="{kind}",le="{bucket}"}} {upto}'
        seconds = totals[f"{kind} microseconds"] / 1_000_000
        yield f'{name}_sum{{status="{kind}"}} {seconds}'
        yield f'{name}_count{{status="{kind}"}} {upto}'
    others = {
        "failed_logins": "Logins with a wrong name, password or code.",
        "throttled_logins": "Logins that were tried too often to look at.",
        "page_cache_hits": "Pages that were answered from the cache.",
    }
    for other, text in others.items():
        yield from _one(f"wijkwijzer_{other}_total", text, totals[other], "counter")
    text = "Processes of this machine that counted and live."
    yield from _one("wijkwijzer_processes", text, processes)


def _measured() -> Iterator[str]:
    for name, value in dict(measured()).items():
        yield from _one(name, GAUGES[name], value)
    name = "wijkwijzer_build_info"
    labels = {
        "version": wijkwijzer.__version__,
        "django": django.get_version(),
        "python": platform.python_version(),
    }
    inside = ",".join(f'{key}="{value}"' for key, value in labels.items())
    yield f"# HELP {name} What runs here."
    yield f"# TYPE {name} gauge"
    yield f"{name}{{{inside}}} 1"


def _one(name: str, text: str, value: float, kind: str = "gauge") -> Iterator[str]:
    yield f"# HELP {name} {text}"
    yield f"# TYPE {name} {kind}"
    yield f"{name} {value}"
