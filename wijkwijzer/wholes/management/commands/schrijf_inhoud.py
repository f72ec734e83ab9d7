"""Writes what readers see to files, one YAML document per record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand

from wijkwijzer.core.schrijven import te_schrijven
from wijkwijzer.wholes.content.writing import write_content

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Schrijft alles wat lezers nu zien naar bestanden, zoals die in fixtures/."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "map", nargs="?", type=Path, default=settings.BASE_DIR / "fixtures"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with te_schrijven():
            written = [*write_content(options["map"])]
        self.stdout.write(f"{len(written)} bestanden geschreven in {options['map']}.")
