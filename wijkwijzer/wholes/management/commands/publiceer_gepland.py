"""Publishes and withdraws what was planned: once, or for as long as the site runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from wijkwijzer.core import ernaast
from wijkwijzer.wholes.models import Planstand
from wijkwijzer.wholes.schedule import carry_out

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = (
        "Publiceert en trekt in wat daarvoor gepland staat en aan de beurt is. Elk "
        "item één keer, ook als twee dit tegelijk doen."
    )
    # Runs beside the site; a deployment does the checks.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        ernaast.add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["blijf"]:
            ernaast.blijf(carry_out, zolang=options["zolang"])
            return
        done = carry_out()
        self.stdout.write(
            f"Gedaan: {done[Planstand.GEDAAN]}. Mislukt: {done[Planstand.MISLUKT]}. "
            f"Vervallen: {done[Planstand.VERVALLEN]}."
        )
