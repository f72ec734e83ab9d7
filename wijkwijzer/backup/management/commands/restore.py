"""`manage.py restore`: a backup back in place, whole or not at all."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone
from django.utils.formats import date_format

from wijkwijzer.backup.archive import BackupError, check
from wijkwijzer.backup.restoring import restore
from wijkwijzer.core.progress import Progress
from wijkwijzer.core.schrijven import waarom
from wijkwijzer.core.stoppen import GESTOPT

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = (
        "Zet een kopie van `backup` terug: in een lege database, of met --leegmaken in "
        "plaats van wat er staat. Op SQLite of PostgreSQL, waar de kopie ook vandaan "
        "komt. Een oudere kopie wordt bijgewerkt. Lukt er iets niet, dan verandert er "
        "niets. Wie ingelogd was, moet opnieuw inloggen."
    )
    # The database may have no tables yet.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bestand", type=Path)
        parser.add_argument(
            "--leegmaken",
            action="store_true",
            help="alles wat nu in de database staat gaat weg",
        )
        parser.add_argument(
            "--alleen-controleren",
            action="store_true",
            help="lees de kopie na en verander niets",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["bestand"]
        progress = Progress(self.stdout)
        try:
            if options["alleen_controleren"]:
                manifest = check(file, lambda rows: progress("Controleren", rows, 0))
            else:
                manifest = restore(file, replace=options["leegmaken"], report=progress)
        except (BackupError, DatabaseError, OSError) as error:
            progress.close()
            raise CommandError(f"Er is niets veranderd: {waarom(error)}") from error
        except KeyboardInterrupt:
            progress.close()
            raise CommandError(
                "Er is niets veranderd: het terugzetten is gestopt.", returncode=GESTOPT
            ) from None
        progress.close()
        done = "in orde" if options["alleen_controleren"] else "teruggezet"
        self.stdout.write(
            f"De kopie van {_moment(manifest.made_at)} (versie {manifest.version}, "
            f"{manifest.rows} rijen, {manifest.files} bestanden) is {done}."
        )


def _moment(made_at: str) -> str:
    """When it was made, on the clocks of here."""
    moment = datetime.fromisoformat(made_at)
    if timezone.is_aware(moment):
        moment = timezone.localtime(moment)
    return date_format(moment, "DATETIME_FORMAT") + " uur"
