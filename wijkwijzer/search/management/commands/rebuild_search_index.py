"""Let every process build its index anew, without downtime."""

from __future__ import annotations

from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand

from wijkwijzer.core import catalogusversie
from wijkwijzer.search.registry import zoekbronnen


class Command(BaseCommand):
    help = (
        "Bouwt de zoekindex opnieuw. Elk proces merkt dit binnen een seconde en blijft "
        "met de oude index antwoorden tot de nieuwe klaar is."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        catalogusversie.verhoog()
        for bron in zoekbronnen():
            begin = perf_counter()
            aantal = bron.aantal()
            seconden = perf_counter() - begin
            self.stdout.write(f"{bron.titel}: {aantal} in {seconden:.2f} s")
        self.stdout.write(self.style.SUCCESS("De zoekindex is opnieuw gebouwd."))
