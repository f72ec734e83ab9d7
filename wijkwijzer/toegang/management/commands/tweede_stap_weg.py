"""`manage.py tweede_stap_weg`: for who lost phone, passkeys and recovery codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from wijkwijzer.toegang.factoren import neem_alles_weg

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = (
        "Neemt de tweede stap van een account weg: apps, passkeys en herstelcodes. Ga "
        "eerst na dat het echt de eigenaar is die het vraagt. Die is daarna overal "
        "uitgelogd, en stelt bij het inloggen een nieuwe tweede stap in. Het staat in "
        "de geschiedenis van het account en in het logboek."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("gebruikersnaam")

    def handle(self, *args: Any, **options: Any) -> None:
        naam = options["gebruikersnaam"]
        user = User.objects.filter(username=naam).first()
        if user is None:
            raise CommandError(f"Er is geen account met de gebruikersnaam {naam}.")
        aantal = neem_alles_weg(user=user, by=None)
        self.stdout.write(f"Weggenomen: {aantal}. {naam} is overal uitgelogd.")
