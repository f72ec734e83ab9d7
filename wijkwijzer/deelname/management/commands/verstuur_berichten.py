"""Sends the mail of the outbox: once, or for as long as the site runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from wijkwijzer.core import ernaast
from wijkwijzer.deelname.mail import kan_mailen
from wijkwijzer.deelname.overzicht import leg_overzichten_klaar
from wijkwijzer.deelname.postvak import Uitkomst, verstuur

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Callable


def _doe(doorgaan: Callable[[], bool] = lambda: True) -> Uitkomst:
    """Make what is due for who follows a list, and send all that is there."""
    leg_overzichten_klaar(doorgaan)
    return verstuur(doorgaan)


class Command(BaseCommand):
    help = (
        "Verstuurt de mail die klaarligt: vragen van lezers, besluiten van de "
        "redactie, en wat er nieuw is voor wie dat volgt. Wat niet lukt, gaat later "
        "opnieuw. Twee tegelijk mag."
    )
    # Runs beside the site; a deployment does the checks.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        ernaast.add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        if not kan_mailen():
            self.stdout.write("Er is geen mailserver ingesteld: alles blijft liggen.")
            if options["blijf"]:
                # What started it would start it again, at once and for ever.
                ernaast.blijf(lambda doorgaan: None, zolang=options["zolang"])
        elif options["blijf"]:
            ernaast.blijf(_doe, zolang=options["zolang"])
        else:
            gedaan = _doe()
            self.stdout.write(
                f"Verstuurd: {gedaan.verstuurd}. Later opnieuw: {gedaan.uitgesteld}. "
                f"Opgegeven: {gedaan.opgegeven}."
            )
