"""Writes all content to one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from wijkwijzer.core.omgeving import write_private_bytes
from wijkwijzer.core.schrijven import te_schrijven
from wijkwijzer.uitwisseling.gelezen import alle_soorten
from wijkwijzer.uitwisseling.uitvoer import FORMATEN, exporteer

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Schrijft alle inhoud in één bestand, werkversies en woordenlijsten ook."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bestand", type=Path)
        parser.add_argument("--formaat", choices=[*FORMATEN], default="yaml")
        parser.add_argument("--soort", action="append", choices=[*alle_soorten()])

    def handle(self, *args: Any, **options: Any) -> None:
        bestand: Path = options["bestand"]
        if bestand.exists():
            raise CommandError(f"{bestand} bestaat al. Kies een andere naam.")
        soorten = dict.fromkeys(options["soort"] or alle_soorten())
        inhoud = exporteer(soorten, options["formaat"], by=None)
        with te_schrijven():
            write_private_bytes(bestand, inhoud)
        self.stdout.write(f"Geschreven in {bestand}.")
