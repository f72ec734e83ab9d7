"""Builds what all workers of a machine share; they start it themselves."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from wijkwijzer.core.apart import sleutel_van
from wijkwijzer.core.catalogusversie import PerVersie, huidige_versie
from wijkwijzer.core.opslag import bewaar, pad_van

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = (
        "Bouwt een grote catalogus en bewaart die voor alle processen van deze "
        "machine. Dat gaat vanzelf; vooraf doen scheelt de eerste lezer een minuut."
    )
    # Runs while readers wait; a deployment does the checks.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("naam", help="wat er gebouwd wordt, zoals: aanpakken")
        parser.add_argument("--versie", type=int, help="het nummer van de inhoud")
        parser.add_argument("--dag", type=date.fromisoformat, help="voor welke dag")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            per_versie = PerVersie.met_naam(options["naam"])
        except KeyError as fout:
            raise CommandError(f"Er is niets met de naam {fout}.") from None
        # Readers go first.
        os.nice(10)
        # Before building: what changes meanwhile has a higher number.
        versie = options["versie"] or huidige_versie()
        dag = options["dag"] or timezone.localdate()
        pad = pad_van(options["naam"], sleutel_van(versie, dag))
        if not pad.exists():
            pad.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            bewaar(per_versie.bouw(dag), pad)
