"""`manage.py backup`: everything that cannot be made again, in one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from wijkwijzer.backup.archive import BackupError
from wijkwijzer.backup.making import make
from wijkwijzer.core.progress import Progress
from wijkwijzer.core.schrijven import waarom
from wijkwijzer.core.stoppen import GESTOPT

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = (
        "Maakt een kopie van de database en de afbeeldingen, van één moment, terwijl "
        "de site blijft draaien. De kopie wordt nagelezen. Er staan persoonsgegevens "
        "in: alleen jij kunt het bestand lezen. Niet erin: wie er is ingelogd, hoe "
        "vaak iemand een formulier stuurde, wat de site zelf weer maakt (catalogus, "
        "vormgeving) en de sleutels (SECRET_KEY)."
    )
    # Runs from a timer: a warning about settings must not stop it.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "bestand",
            nargs="?",
            default=str(settings.VAR_DIR / "backups"),
            help="een map, waarin de kopie de tijd als naam krijgt, of een .tar.gz",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        file = place_of(str(options["bestand"]))
        progress = Progress(self.stdout)
        try:
            manifest = make(file, progress)
        except (BackupError, DatabaseError, OSError) as error:
            progress.close()
            raise CommandError(f"Er is geen kopie gemaakt: {waarom(error)}") from error
        except KeyboardInterrupt:
            progress.close()
            raise CommandError(
                "Er is geen kopie gemaakt: het maken is gestopt.", returncode=GESTOPT
            ) from None
        progress.close()
        self.stdout.write(
            f"{file}: {filesizeformat(file.stat().st_size)}, {manifest.rows} rijen en "
            f"{manifest.files} bestanden, geschreven en nagelezen."
        )


def place_of(asked: str) -> Path:
    """The file to write: in a folder it has the time as its name.

    A folder that is not there may be a disk that is not there, and is not made: as a
    file of that name, every copy would take the place of the one before.
    """
    of_always = settings.VAR_DIR / "backups"
    # Empty is what an unset variable of a script gives.
    file = Path(asked) if asked else of_always
    # The folder of always is made the first time.
    if file.is_dir() or file == of_always:
        return file / f"wijkwijzer-{timezone.now():%Y%m%dT%H%M%SZ}.tar.gz"
    if asked.endswith("/") or file.suffix != ".gz":
        raise CommandError(
            f"Er is geen kopie gemaakt: {asked} is geen map. Maak die eerst, of kies "
            "een naam die eindigt op .tar.gz."
        )
    return file
