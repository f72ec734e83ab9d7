"""`make start`: a complete local site with one command."""

from __future__ import annotations

import os
import resource
import secrets
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from wijkwijzer.core.groepen import groups_of
from wijkwijzer.core.omgeving import (
    SERVER_ARGUMENTS,
    SERVEROMGEVING,
    write_private,
)
from wijkwijzer.core.rollen import Rol
from wijkwijzer.web.management.inrichting import Inrichting

HOST = "127.0.0.1"
DEMO_USER = "redacteur"


class Command(BaseCommand):
    help = "Zet WijkWijzer klaar op deze computer en start de site."
    # Checks need the templates and the database that this command prepares.
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        port = read_port(os.environ.get("PORT", "8000"))
        was_there = account_file().exists()
        self.prepare()
        if was_there:
            self.step(f"Het proefaccount voor /admin/ staat in {account_file()}.")
        self.stdout.write(
            f"De site start op http://{HOST}:{port}/ (stoppen: Ctrl+C)", ending="\n\n"
        )
        self.stdout.flush()
        serve(port)

    def prepare(self) -> None:
        """Do what is still missing: nothing of it touches what an editor changed."""
        Inrichting(self.step).run()
        with transaction.atomic():
            self.make_demo_account()

    def step(self, text: str) -> None:
        self.stdout.write(f"• {text}")
        self.stdout.flush()

    def make_demo_account(self) -> None:
        """Make the demo editor once; a changed password or a removed right stays so."""
        if User.objects.filter(username=DEMO_USER).exists():
            return
        password = secrets.token_urlsafe(12)
        user = User.objects.create_user(DEMO_USER, password=password, is_staff=True)
        # Who looks around for the first time sees all there is.
        user.groups.add(*groups_of(Rol))
        file = account_file()
        write_private(file, f"gebruikersnaam: {DEMO_USER}\nwachtwoord: {password}")
        self.step(
            f"Proefaccount voor /admin/: gebruikersnaam {DEMO_USER}, "
            f"wachtwoord {password}\n"
            f"  Je vindt het terug in {file} (alleen jij kunt dat lezen)."
        )


def account_file() -> Path:
    return Path(settings.VAR_DIR) / f"{DEMO_USER}.txt"


def read_port(text: str) -> int:
    """Return a port that is free right now; anything else ends with what to do."""
    hint = "Kies een andere, bijvoorbeeld: make start PORT=8001"
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text) <= 65535:
        raise CommandError(
            f"PORT is {text!r}: dat is geen poort tussen 1 en 65535. {hint}"
        )
    port = int(text)
    with socket.socket() as probe:
        # As the server does: a port that was in use a moment ago is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError as error:
            raise CommandError(f"Poort {port} mag je niet gebruiken. {hint}") from error
        except OSError as error:
            raise CommandError(f"Poort {port} is al in gebruik. {hint}") from error
    return port


def begin_beside(command: str) -> None:
    """Begin what runs beside the site: it ends by itself once this process is gone.

    This process becomes the web server and keeps its number. However that ends, Ctrl+C
    or kill -9, what runs beside it gets another parent, and stops.
    """
    subprocess.Popen(
        [
            *(sys.executable, str(settings.BASE_DIR / "manage.py")),
            *(command, "--blijf", "--zolang", str(os.getpid())),
        ],
        stdin=subprocess.DEVNULL,
        # Out of reach of Ctrl+C, which would end it in the middle of its work.
        start_new_session=True,
    )


def allow_connections() -> None:
    """Let a process have as many connections as the system lets it."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def serve(port: int) -> None:
    """Become the web server: this process is replaced, so Ctrl+C reaches it."""
    begin_beside("verstuur_berichten")
    begin_beside("publiceer_gepland")
    allow_connections()
    os.execve(
        sys.executable,
        [
            *(sys.executable, "-m", "granian", "wijkwijzer.asgi:application"),
            *("--working-dir", str(settings.BASE_DIR)),
            *("--host", HOST, "--port", str(port)),
            *("--workers", "2", "--log-level", "warning", *SERVER_ARGUMENTS),
        ],
        SERVEROMGEVING | os.environ,
    )
