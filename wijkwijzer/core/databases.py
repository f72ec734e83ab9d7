"""The databases of the environment: SQLite in a file, or PostgreSQL on its servers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from wijkwijzer.core.omgeving import env_bool, env_int, env_str
from wijkwijzer.core.prive import PriveConnection

if TYPE_CHECKING:
    from pathlib import Path

DEFAULT, REPLICA = "default", "replica"

# Measured with 8 processes of 200 read-then-write transactions: with Django's defaults
# 41 of 1,600 ended in "database is locked", with these none, at ten times the speed.
# No mmap_size, and a small cache: each thread has a connection with its own of both.
# At 100 000 entries a worker took at most 313 MB with 32 MB of mmap_size, 270 without.
SQLITE_OPTIONS: dict[str, Any] = {
    "factory": PriveConnection,
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;"
        "PRAGMA synchronous=NORMAL;"
        "PRAGMA journal_size_limit=27103364;"
        "PRAGMA cache_size=-4000;"
        "PRAGMA temp_store=MEMORY;"
    ),
}

# A network that swallows packets: seconds to connect, milliseconds without an answer.
# Without these a thread would wait for two minutes, or for a quarter of an hour.
POSTGRES_OPTIONS = {"connect_timeout": 5, "tcp_user_timeout": 10_000}
# Of several servers each is tried in turn: no longer than libpq can wait at least.
CONNECT_TIMEOUT_OF_EACH = 2


def env_databases(*, sqlite: Path) -> dict[str, dict[str, Any]]:
    """Return the databases of the environment, as Django has them.

    DATABASE_URL, else SQLite in the file ``sqlite``. ``postgres://user:password@host/
    name`` gives PostgreSQL with a connection pool per process. Of several hosts, with
    commas between them, it is the one that takes writes; so a replica that takes over
    is found without a restart. DATABASE_REPLICA_URL gives public reads the first of its
    hosts that is a replica, and when there is none, whichever of them answers.

    Raises ImproperlyConfigured, which never shows an address: it may hold a password.
    """
    main = env_str("DATABASE_URL", "")
    replica = env_str("DATABASE_REPLICA_URL", "")
    if not main:
        if replica:
            raise ImproperlyConfigured(
                "DATABASE_REPLICA_URL needs a DATABASE_URL: SQLite has no replicas."
            )
        return {DEFAULT: sqlite_in(sqlite)}
    databases = {DEFAULT: _postgresql("DATABASE_URL", main, several="read-write")}
    if replica:
        databases[REPLICA] = _postgresql(
            "DATABASE_REPLICA_URL", replica, several="prefer-standby"
        ) | {"TEST": {"MIRROR": DEFAULT}}
    return databases


def sqlite_in(file: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "OPTIONS": SQLITE_OPTIONS,
        # Opening and closing took 3 to 8 ms per page, more than the page itself.
        "CONN_MAX_AGE": 10,
    }


def _postgresql(name: str, url: str, *, several: str) -> dict[str, Any]:
    """``several``: which one of more hosts is meant (libpq's target_session_attrs)."""
    if not url.startswith(("postgres://", "postgresql://")):
        raise ImproperlyConfigured(
            f"{name} must look like postgres://user:password@host:5432/name. "
            "Leave it out for SQLite."
        )
    try:
        url, hosts, ports = _hosts(url)
        database: dict[str, Any] = {**dj_database_url.parse(url)}
    except ValueError:
        raise ImproperlyConfigured(
            f"{name} is not a valid address. Write special characters in the "
            "password as percent codes (@ is %40)."
        ) from None
    if not database["NAME"]:
        raise ImproperlyConfigured(
            f"{name} names no database: end it with a slash and the name."
        )
    options: dict[str, Any] = {**POSTGRES_OPTIONS}
    if len(hosts) > 1:
        database |= {"HOST": ",".join(hosts), "PORT": ",".join(ports)}
        options["connect_timeout"] = CONNECT_TIMEOUT_OF_EACH
    if len(hosts) > 1 or several == "prefer-standby":
        options["target_session_attrs"] = several
    pool = {
        "min_size": 1,
        "max_size": env_int("DATABASE_POOL_SIZE", default=12, minimum=1),
        "timeout": 10,
        # After a failure the next who asks tries again, not the pool ever later.
        "reconnect_timeout": 1,
    }
    return database | {
        "ENGINE": "wijkwijzer.memory.postgresql",
        "CONN_HEALTH_CHECKS": True,
        # PgBouncer gives a connection to each transaction: a cursor on the server would
        # be left behind. Nothing else of ours outlives one.
        "DISABLE_SERVER_SIDE_CURSORS": env_bool("DATABASE_PGBOUNCER", default=False),
        "OPTIONS": {**options, **database.get("OPTIONS", {}), "pool": pool},
    }


def _hosts(url: str) -> tuple[str, list[str], list[str]]:
    """The address with its first host only, and all hosts and ports of it."""
    # Not urlsplit, which since 2025 takes brackets for the one host of an address.
    scheme, _, after = url.partition("://")
    authority = re.split("[/?#]", after, maxsplit=1)[0]
    who, at, places = authority.rpartition("@")
    first, *_ = all_ = places.split(",")
    parts = [urlsplit(f"//{place}") for place in all_]
    if len(parts) > 1 and not all(part.hostname for part in parts):
        raise ValueError("a host without a name")
    hosts = [part.hostname or "" for part in parts]
    ports = [str(part.port or 5432) for part in parts]
    rest = after.removeprefix(authority)
    return f"{scheme}://{who}{at}{first}{rest}", hosts, ports
