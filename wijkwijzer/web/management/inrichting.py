"""What a site needs before it can be served: everything once, in an order that works.

`manage.py inrichten` and `make start` do the same, again at every update: what is done
already takes a moment, and nothing of it touches what an editor changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from wijkwijzer.core.groepen import keep_roles, name_rights
from wijkwijzer.core.omgeving import write_private
from wijkwijzer.core.prive import FOLDER, keep_others_from_writing
from wijkwijzer.core.schrijven import waarom
from wijkwijzer.memory.large.shared import locked
from wijkwijzer.wholes.content.files import ContentError
from wijkwijzer.wholes.content.loading import is_up_to_date, load_content
from wijkwijzer.wholes.registry import wholes

CONTENT = settings.BASE_DIR / "fixtures"
# Any number, as long as nothing else of ours locks it.
LOCK = 7_402_119


class Inrichting:
    """Does what is still missing; ``say`` is told what takes longer than a moment."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.step = say

    def run(self, *, with_content: bool = True) -> None:
        with writable():
            self._run(with_content=with_content)

    def _run(self, *, with_content: bool) -> None:
        settings.VAR_DIR.mkdir(mode=FOLDER, parents=True, exist_ok=True)
        keep_others_from_writing(settings.VAR_DIR)
        with alone():
            self.migrate()
            # Migrating does this too; somebody may have changed it since.
            keep_roles()
            name_rights()
            if with_content:
                self.load_content()
            self.collect_static()

    def migrate(self) -> None:
        """Bring the tables up to date."""
        try:
            executor = MigrationExecutor(connection)
        except OperationalError as error:
            raise unreachable(error) from error
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return
        self.step("De database wordt klaargezet …")
        call_command("migrate", interactive=False, verbosity=0)

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
        # Among the files: it goes with them, and when they are begun anew.
        stamp = Path(settings.STATIC_ROOT) / "bron.sha256"
        digest = static_digest()
        if stamp.exists() and stamp.read_text(encoding="ascii").strip() == digest:
            return
        self.step("Vormgeving en scripts worden klaargezet …")
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        write_private(stamp, digest)


@contextmanager
def writable() -> Iterator[None]:
    """Say what is wrong with a folder that is full, or that takes nothing."""
    hint = f"Is er plaats in {settings.VAR_DIR}, en mag je daar schrijven?"
    try:
        yield
    except OSError as error:
        raise CommandError(f"Dit lukt niet: {waarom(error)}. {hint}") from error
    except OperationalError as error:
        if connection.vendor != "sqlite":
            raise
        raise CommandError(
            f"De database neemt niets aan. {hint} De melding: {error}"
        ) from error


@contextmanager
def alone() -> Iterator[None]:
    """Let who does the same wait: two would make the same tables and files at once.

    Two containers that start, on one folder or on one database.
    """
    with locked("inrichten"):
        if connection.vendor != "postgresql":
            yield
            return
        # Migrating has transactions of its own. With a transaction, since a PgBouncer
        # gives the next one to anybody.
        own = connections.create_connection(DEFAULT_DB_ALIAS)
        try:
            _lock(own)
            yield
            own.rollback()
        finally:
            own.close()


def _lock(own: BaseDatabaseWrapper) -> None:
    try:
        own.set_autocommit(False)
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    except OperationalError as error:
        raise unreachable(error) from error


def unreachable(error: OperationalError) -> CommandError:
    return CommandError(
        "De database is niet bereikbaar. Klopt DATABASE_URL, en staat de "
        f"databaseserver aan? De melding: {error}"
    )


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
