"""Sends the mail of the outbox: once, or for as long as the site runs."""

from __future__ import annotations

import logging
import os
import signal
import time
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections, connection

from wijkwijzer.deelname.mail import kan_mailen
from wijkwijzer.deelname.postvak import verstuur

if TYPE_CHECKING:
    from argparse import ArgumentParser

logger = logging.getLogger(__name__)

# In seconds: how often it looks for mail, and how soon it notices that it must stop.
KIJK_ELKE = 2.0
MERK_ELKE = 0.2


class Command(BaseCommand):
    help = (
        "Verstuurt de mail die klaarligt: vragen van lezers en besluiten van de "
        "redactie. Wat niet lukt, gaat later opnieuw. Twee tegelijk mag."
    )
    # Runs beside the site; a deployment does the checks.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--blijf",
            action="store_true",
            help="Blijf kijken of er mail is, tot een SIGTERM of Ctrl+C.",
        )
        parser.add_argument(
            "--zolang",
            type=int,
            metavar="PID",
            help="Stop ook als dit proces, dat ons startte, er niet meer is.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not kan_mailen():
            self.stdout.write("Er is geen mailserver ingesteld: alles blijft liggen.")
        elif options["blijf"]:
            self._blijf(options["zolang"])
        else:
            gedaan = verstuur()
            self.stdout.write(
                f"Verstuurd: {gedaan.verstuurd}. Later opnieuw: {gedaan.uitgesteld}. "
                f"Opgegeven: {gedaan.opgegeven}."
            )

    def _blijf(self, ouder: int | None) -> None:
        gestopt = False

        def stop(*_: object) -> None:
            # Only noted: the mail that is being sent is finished first.
            nonlocal gestopt
            gestopt = True

        def doorgaan() -> bool:
            # Whoever loses its parent gets another one.
            return not gestopt and ouder in {None, os.getppid()}

        for signaal in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signaal, stop)
        # Readers go first.
        os.nice(10)
        storing = False
        while doorgaan():
            try:
                verstuur(doorgaan)
                storing = False
            except Error as fout:
                if not storing:
                    logger.error("De database antwoordt niet: %s", type(fout).__name__)
                storing = True
                connection.close()
            close_old_connections()
            verder = time.monotonic() + KIJK_ELKE
            while doorgaan() and time.monotonic() < verder:
                time.sleep(MERK_ELKE)
