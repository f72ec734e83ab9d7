"""Let every process build its index anew, without downtime."""

from __future__ import annotations

from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand

from wijkwijzer.memory.models import Nummersoort
from wijkwijzer.memory.number import raise_number
from wijkwijzer.search.registry import zoekbronnen
from wijkwijzer.wholes.current import Current


class Command(BaseCommand):
    help = (
        "Bouwt de zoekindex opnieuw. Elk proces merkt dit binnen een seconde en blijft "
        "met de oude index antwoorden tot de nieuwe klaar is."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        raise_number(Nummersoort.INHOUD)
        begin = perf_counter()
        stand = Current()()
        seconds = perf_counter() - begin
        for bron in zoekbronnen():
            self.stdout.write(f"{bron.titel}: {bron.aantal(stand)}")
        self.stdout.write(
            self.style.SUCCESS(f"De zoekindex is gebouwd in {seconds:.2f} s.")
        )
