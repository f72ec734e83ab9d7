"""Loads the content files: all or nothing, and never over what an editor did."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from wijkwijzer.core.schrijven import reden
from wijkwijzer.wholes.content.files import ContentError, content_files
from wijkwijzer.wholes.content.loading import load_content

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = (
        "Laadt de inhoud uit bestanden: wat er nog niet is, en wat niemand sinds de "
        "vorige keer veranderde. Wat de redactie deed, blijft zoals het is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "map", nargs="?", type=Path, default=settings.BASE_DIR / "fixtures"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["map"]
        try:
            # One that is not there holds nothing: that is not the same as being done.
            if not any(content_files(folder)):
                raise CommandError(f"In {folder} staan geen inhoudsbestanden.")
            loaded = load_content(folder)
        except OSError as error:
            raise CommandError(
                f"Er is niets geladen: {error.filename} is niet te lezen "
                f"({reden(error)})."
            ) from error
        except ContentError as error:
            raise CommandError(
                f"Er is niets geladen. Dit klopt nog niet:\n{error}"
            ) from error
        self.stdout.write(
            f"{len(loaded.made)} gemaakt, {len(loaded.changed)} bijgewerkt."
        )
        for name in loaded.left_alone:
            self.stdout.write(f"Niet geladen, want de redactie veranderde het: {name}")
