"""Build something big in a process of its own, that takes its memory with it.

What it leaves is a file, for all workers of the machine (``core.opslag``).
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from wijkwijzer.core.opslag import gedeeld

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet


def zijn_er_veel(records: QuerySet[Any]) -> bool:
    """Whether there are so many that what is made of them is better built apart."""
    # Not a count, which reads the whole table.
    genoeg = settings.APART_BOUWEN_VANAF
    return records.order_by()[genoeg : genoeg + 1].exists()


class BouwError(Exception):
    """There is no file; what the process said went to standard error before this."""


def sleutel_van(versie: int, dag: date) -> str:
    """The key of a file.

    A restored database can come to a number that there was before, with other content:
    ``rebuild_search_index`` after restoring is for that too.
    """
    return f"{versie}.{dag}"


def haal(naam: str, versie: int, dag: date) -> Any:
    """The thing ``naam``, built when no process of this machine did so before."""

    def maak(pad: Path) -> None:
        opdracht = [
            *(sys.executable, "-m", "django", "bouw_catalogus", naam),
            *("--versie", str(versie), "--dag", str(dag)),
        ]
        # It starts elsewhere, where another folder may have the same name.
        omgeving = os.environ | {"VAR_DIR": str(Path(settings.VAR_DIR).resolve())}
        # Our own arguments, and no shell.
        einde = subprocess.run(  # noqa: S603
            opdracht, cwd=settings.BASE_DIR, env=omgeving, check=False
        )
        if einde.returncode:
            raise BouwError(f"{' '.join(opdracht)}: code {einde.returncode}")
        if not pad.exists():
            raise BouwError("De code is veranderd: dit proces moet opnieuw starten.")

    return gedeeld(naam, sleutel_van(versie, dag), maak)
