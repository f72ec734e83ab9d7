"""Looks whether the addresses in our texts still work."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from wijkwijzer.core.progress import Progress
from wijkwijzer.redactie.links.ronde import (
    GeenInternetError,
    Keuze,
    Verslag,
    contact,
    controleer,
)
from wijkwijzer.redactie.links.slot import BezetError
from wijkwijzer.redactie.links.uitkomst import Soort

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Callable, Iterator

BEZET, GESTOPT, GEEN_INTERNET = 3, 4, 5

WOORDEN = {
    Soort.GOED: "werkt",
    Soort.VERHUISD: "verhuisd",
    Soort.MISLUKT: "mislukt",
    Soort.ONZEKER: "onzeker",
    Soort.NIET_BEZOCHT: "niet bezocht",
}


class Command(BaseCommand):
    help = (
        "Kijkt na of de adressen in onze teksten nog werken: wat nieuw is, wat de "
        "laatste keer mislukte, en de rest een keer per week. Wie stopt, gaat de "
        "volgende keer verder. Antwoordt met 0 (klaar), 3 (er loopt al een controle), "
        "4 (gestopt voor het einde) of 5 (geen enkele site antwoordde)."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--alleen-nieuwe",
            action="store_true",
            help="Alleen adressen die nog nooit zijn nagekeken.",
        )
        parser.add_argument(
            "--alles", action="store_true", help="Ook wat pas nog is nagekeken."
        )
        parser.add_argument(
            "--host", default="", help="Alleen deze site, bijvoorbeeld movisie.nl."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        keuze = Keuze(options["alleen_nieuwe"], options["alles"], options["host"])
        if not contact():
            self.stderr.write(
                "Zet BEHEERDER_EMAIL, dan kan een site zien van wie het bezoek is."
            )
        progress = Progress(self.stdout)
        try:
            with stopbaar() as moet_stoppen:
                verslag = controleer(
                    keuze,
                    voortgang=lambda n, van: progress("Links nakijken", n, van),
                    moet_stoppen=moet_stoppen,
                )
        except BezetError:
            raise CommandError("Er loopt al een controle.", returncode=BEZET) from None
        except GeenInternetError:
            raise CommandError(
                "Geen enkele site antwoordde. Heeft deze machine wel internet? Wat "
                "niet bereikbaar was, telt niet.",
                returncode=GEEN_INTERNET,
            ) from None
        finally:
            progress.close()
        self.stdout.write(in_woorden(verslag))
        if verslag.gestopt:
            raise CommandError(
                "Gestopt voor het einde. De volgende keer gaat verder.",
                returncode=GESTOPT,
            )


def in_woorden(verslag: Verslag) -> str:
    if not verslag.totaal:
        return "Er is geen adres aan de beurt."
    aantallen = ", ".join(
        f"{verslag.per_soort[soort]} {woord}"
        for soort, woord in WOORDEN.items()
        if verslag.per_soort[soort]
    )
    gedaan = f"{verslag.gedaan} van {verslag.totaal} adressen nagekeken"
    return f"{gedaan}: {aantallen}." if aantallen else f"{gedaan}."


@contextmanager
def stopbaar() -> Iterator[Callable[[], bool]]:
    """Whether somebody asked to stop: what was found is kept first."""
    gestopt = False

    def stop(*_: object) -> None:
        nonlocal gestopt
        gestopt = True

    eerder = {s: signal.signal(s, stop) for s in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield lambda: gestopt
    finally:
        for signaal, doen in eerder.items():
            signal.signal(signaal, doen)
