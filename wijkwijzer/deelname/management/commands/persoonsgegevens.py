"""What is kept of one person: count it, hand it over, or remove it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from wijkwijzer.core.omgeving import write_private
from wijkwijzer.core.schrijven import te_schrijven
from wijkwijzer.deelname.bewaren import persoonsgegevens, verwijder_persoon

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Zoekt, exporteert of verwijdert wat er van een persoon bewaard is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", required=True, help="Het adres van de persoon.")
        keuze = parser.add_mutually_exclusive_group()
        keuze.add_argument(
            "--exporteer",
            type=Path,
            metavar="BESTAND",
            help="Schrijf alles in dit JSON-bestand; alleen jij kunt het lezen.",
        )
        keuze.add_argument(
            "--verwijder", action="store_true", help="Verwijder alles van de persoon."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        gegevens = persoonsgegevens(options["email"])
        if not gegevens:
            self.stdout.write("Van dit e-mailadres is niets bewaard.")
            return
        if bestand := options["exporteer"]:
            if bestand.exists():
                raise CommandError(f"{bestand} bestaat al. Kies een andere naam.")
            tekst = json.dumps(gegevens.export(), ensure_ascii=False, indent=2)
            with te_schrijven():
                write_private(bestand, tekst)
            self.stdout.write(f"Geschreven in {bestand}.")
        elif options["verwijder"]:
            gedaan = verwijder_persoon(email=options["email"], by=None)
            self.stdout.write(
                f"Verwijderd: {gedaan.reacties} reacties, de contactgegevens bij "
                f"{gedaan.inzendingen} praktijkvoorbeelden, {gedaan.berichten} mails "
                f"en {gedaan.abonnementen} abonnementen."
            )
            for naam in gedaan.na_te_kijken:
                self.stdout.write(f"Kijk na of hier geen persoon in staat: {naam}")
        else:
            self.stdout.write(
                f"Bewaard: {len(gegevens.reacties)} reacties, "
                f"{len(gegevens.inzendingen)} inzendingen, {len(gegevens.berichten)} "
                "mails die nog niet verstuurd zijn en "
                f"{len(gegevens.abonnementen)} abonnementen. "
                "Gebruik --exporteer of --verwijder."
            )
