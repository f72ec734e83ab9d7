"""The databases that the environment names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from wijkwijzer.core.databases import DEFAULT, REPLICA, env_databases

FILE = Path("site.sqlite3")


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch):
    def given(**values: str) -> dict[str, dict[str, Any]]:
        for name in ("URL", "REPLICA_URL", "POOL_SIZE", "PGBOUNCER"):
            monkeypatch.delenv(f"DATABASE_{name}", raising=False)
        for name, value in values.items():
            monkeypatch.setenv(f"DATABASE_{name}", value)
        return env_databases(sqlite=FILE)

    return given


def test_without_an_address_the_database_is_sqlite_with_a_write_ahead_log(given):
    database = given()[DEFAULT]
    assert database["NAME"] == FILE
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]


def test_a_postgres_address_gives_a_pool_and_keeps_its_options(given):
    address = "postgres://me:p%40ss@db:5433/site?sslmode=require"
    database = given(URL=address, POOL_SIZE="3")[DEFAULT]
    assert database["ENGINE"] == "wijkwijzer.memory.postgresql"
    assert (database["HOST"], database["PORT"]) == ("db", 5433)
    assert (database["NAME"], database["PASSWORD"]) == ("site", "p@ss")
    assert database["OPTIONS"]["sslmode"] == "require"
    assert database["OPTIONS"]["pool"]["max_size"] == 3


def test_postgres_is_not_waited_for_long_unless_the_address_says_so(given):
    options = given(URL="postgres://db/site?connect_timeout=60")[DEFAULT]["OPTIONS"]
    assert int(options["connect_timeout"]) == 60
    assert options["tcp_user_timeout"] == 10_000


def test_of_several_hosts_the_one_that_takes_writes_is_the_database(given):
    database = given(URL="postgres://me:p%40ss@one,two:5433,[::1]:7/site")[DEFAULT]
    assert database["HOST"] == "one,two,::1"
    assert database["PORT"] == "5432,5433,7"
    assert database["PASSWORD"] == "p@ss"
    assert database["OPTIONS"]["target_session_attrs"] == "read-write"


def test_of_several_hosts_a_replica_is_read_before_the_database_itself(given):
    own, both = "postgres://one/site", "postgres://one,two/site"
    database = given(URL=own, REPLICA_URL=both)[REPLICA]
    assert database["HOST"] == "one,two"
    assert database["OPTIONS"]["target_session_attrs"] == "prefer-standby"


def test_without_an_address_of_its_own_there_is_no_replica(given):
    assert given(URL="postgres://one,two/site").keys() == {DEFAULT}


def test_sqlite_has_no_replica(given):
    with pytest.raises(ImproperlyConfigured, match="SQLite has no replicas"):
        given(REPLICA_URL="postgres://one/site")


def test_behind_pgbouncer_no_cursor_stays_on_the_server(given):
    own = "postgres://one/site"
    assert not given(URL=own)[DEFAULT]["DISABLE_SERVER_SIDE_CURSORS"]
    assert given(URL=own, PGBOUNCER="True")[DEFAULT]["DISABLE_SERVER_SIDE_CURSORS"]


@pytest.mark.parametrize("name", ["URL", "REPLICA_URL"])
@pytest.mark.parametrize(
    ("address", "hint"),
    [
        ("mysql://me:hidden@db/site", "must look like postgres://"),
        ("postgres://me:hid[den@db/site", "percent codes"),
        ("postgres://me:hidden@db:number/site", "percent codes"),
        ("postgres://me:hidden@one,,two/site", "percent codes"),
        ("postgres://me:hidden@db:5432", "names no database"),
    ],
)
def test_an_odd_address_is_an_error_that_does_not_show_the_password(
    given, name, address, hint
):
    with pytest.raises(
        ImproperlyConfigured, match=f"DATABASE_{name} .*{hint}"
    ) as error:
        given(**{"URL": "postgres://one/site", name: address})
    assert "hid" not in str(error.value)
