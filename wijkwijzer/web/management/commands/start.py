"""`make start`: a complete local site with one command."""

from __future__ import annotations

import hashlib
import os
import resource
import secrets
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, Permission, User
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from wijkwijzer.core.omgeving import (
    SERVER_ARGUMENTS,
    SERVEROMGEVING,
    write_private,
)
from wijkwijzer.wholes.content.files import ContentError
from wijkwijzer.wholes.content.loading import is_up_to_date, load_content
from wijkwijzer.wholes.registry import wholes

HOST = "127.0.0.1"
DEMO_USER = "redacteur"
DEMO_GROUP = "Redactie"
CONTENT = settings.BASE_DIR / "fixtures"


class Command(BaseCommand):
    help = "Zet WijkWijzer klaar op deze computer en start de site."
    # Checks need the templates and the database that this command prepares.
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        port = read_port(os.environ.get("PORT", "8000"))
        self.prepare()
        self.stdout.write(
            f"De site start op http://{HOST}:{port}/ (stoppen: Ctrl+C)", ending="\n\n"
        )
        self.stdout.flush()
        serve(port)

    def prepare(self) -> None:
        """Do what is still missing: nothing of it touches what an editor changed."""
        settings.VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
        migrated = self.migrate()
        self.load_content()
        self.collect_static()
        with transaction.atomic():
            if migrated or not Group.objects.filter(name=DEMO_GROUP).exists():
                grant_editors()
            self.make_demo_account()

    def step(self, text: str) -> None:
        self.stdout.write(f"• {text}")
        self.stdout.flush()

    def migrate(self) -> bool:
        """Bring the tables up to date; return whether that was needed."""
        try:
            executor = MigrationExecutor(connection)
        except OperationalError as error:
            raise CommandError(
                "De database is niet bereikbaar. Klopt DATABASE_URL, en staat de "
                f"databaseserver aan? De melding: {error}"
            ) from error
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        self.step("De database wordt klaargezet …")
        call_command("migrate", interactive=False, verbosity=0)
        return True

    def load_content(self) -> None:
        """Load the content into an empty site, and later what changed in the files."""
        loaded_before = is_up_to_date(CONTENT)
        if loaded_before or (loaded_before is None and has_content()):
            return
        self.step("De inhoud wordt geladen …")
        try:
            loaded = load_content(CONTENT)
        except ContentError as error:
            raise CommandError(
                f"De inhoud in {CONTENT} klopt niet, er is niets geladen:\n{error}"
            ) from error
        if loaded.left_alone:
            self.step(
                f"{len(loaded.left_alone)} keer veranderde de redactie iets zelf: "
                "dat bleef staan."
            )

    def collect_static(self) -> None:
        stamp = settings.VAR_DIR / "static.sha256"
        digest = static_digest()
        if stamp.exists() and stamp.read_text(encoding="ascii") == digest:
            return
        self.step("Vormgeving en scripts worden klaargezet …")
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(digest, encoding="ascii")

    def make_demo_account(self) -> None:
        """Make the demo editor once; a changed password or a removed right stays so."""
        file = settings.VAR_DIR / "redacteur.txt"
        if User.objects.filter(username=DEMO_USER).exists():
            return
        password = secrets.token_urlsafe(12)
        user = User.objects.create_user(DEMO_USER, password=password, is_staff=True)
        user.groups.add(Group.objects.get(name=DEMO_GROUP))
        write_private(file, f"gebruikersnaam: {DEMO_USER}\nwachtwoord: {password}")
        self.step(
            f"Proefaccount voor /admin/: gebruikersnaam {DEMO_USER}, "
            f"wachtwoord {password}\n"
            f"  Je vindt het terug in {file} (alleen jij kunt dat lezen)."
        )


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


def has_content() -> bool:
    """Tell whether anything that can be published exists, in whatever status."""
    return any(d.model._default_manager.exists() for d in wholes().values())


def static_digest() -> str:
    """Return a hash over the names and bytes of all static sources."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            content = Path(storage.path(name)).read_bytes()
            digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def grant_editors() -> None:
    """Give the editors' group every right on the content, and none on accounts.

    Runs after a migration too, so that a new kind of content gets its rights.
    """
    labels = [name.rpartition(".")[2] for name in settings.LOCAL_APPS]
    group, _ = Group.objects.get_or_create(name=DEMO_GROUP)
    group.permissions.add(
        *Permission.objects.filter(content_type__app_label__in=[*labels, "taggit"])
    )


def send_mail_beside() -> None:
    """Begin what sends our mail: it ends by itself once this process is gone.

    This process becomes the web server and keeps its number. However that ends, Ctrl+C
    or kill -9, whoever sends the mail gets another parent, and stops.
    """
    subprocess.Popen(
        [
            *(sys.executable, str(settings.BASE_DIR / "manage.py")),
            *("verstuur_berichten", "--blijf", "--zolang", str(os.getpid())),
        ],
        stdin=subprocess.DEVNULL,
        # Out of reach of Ctrl+C, which would end it in the middle of a mail.
        start_new_session=True,
    )


def allow_connections() -> None:
    """Let a process have as many connections as the system lets it."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def serve(port: int) -> None:
    """Become the web server: this process is replaced, so Ctrl+C reaches it."""
    send_mail_beside()
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
