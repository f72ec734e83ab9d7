"""`manage.py inrichten`: a site on a server, made ready or brought up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from wijkwijzer.web.management.inrichting import Inrichting

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = (
        "Zet de site klaar, of werkt hem bij: tabellen, de rollen, de inhoud "
        "in een lege site, vormgeving en scripts, en daarna alle controles. Nog een "
        "keer kan altijd: wat al klaar is, blijft zoals het is."
    )
    # Checks need the database that this command prepares; it does them itself.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--zonder-inhoud",
            action="store_true",
            help="laat een lege site leeg, en de inhoud zoals die is",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        Inrichting(self.step).run(with_content=not options["zonder_inhoud"])
        self.step("De instellingen worden gecontroleerd …")
        call_command(
            "check",
            deploy=True,
            databases=["default"],
            stdout=self.stdout,
            stderr=self.stderr,
        )

    def step(self, text: str) -> None:
        self.stdout.write(f"• {text}")
        self.stdout.flush()
