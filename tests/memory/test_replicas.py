"""Public pages come from a replica, unless that is behind or away.

The replica is a copy of the database at a moment: behind as soon as anything changes.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from django.db import connections

from aanpakken.models import Doelgroep
from tests import factories
from tests.web import wsgi
from wijkwijzer.core.databases import DEFAULT, REPLICA
from wijkwijzer.memory import replicas
from wijkwijzer.memory.breaker import breaker_of
from wijkwijzer.memory.models import Nummersoort
from wijkwijzer.memory.number import raise_number, read
from wijkwijzer.memory.replicas import public_reads
from wijkwijzer.memory.router import reading
from wijkwijzer.memory.watch import Watch
from wijkwijzer.wholes.current import current_stand

pytestmark = pytest.mark.once


@pytest.fixture
def replica(own_connections, settings, tmp_path, monkeypatch):
    """A replica that is not behind. Nothing else reads from it than what is tested."""
    settings.DATABASE_ROUTERS = ["wijkwijzer.memory.router.ReadsRouter"]
    main, file = connections[DEFAULT], tmp_path / "replica.sqlite3"
    main.ensure_connection()
    with closing(sqlite3.connect(file)) as copy:
        main.connection.backup(copy)
    own = {**connections.settings[DEFAULT], "NAME": str(file)}
    own["ENGINE"] = "tests.memory.replica"
    monkeypatch.setitem(connections.settings, REPLICA, own)
    monkeypatch.setattr(
        replicas, "_watch", Watch(lambda: read(REPLICA), breaker_of(REPLICA))
    )
    connections[REPLICA] = connections.create_connection(REPLICA)
    yield file
    breaker_of(REPLICA).close()
    connections[REPLICA].close()
    del connections[REPLICA]


def names() -> set[str]:
    return {*Doelgroep.objects.values_list("naam", flat=True)}


def test_public_pages_are_read_from_the_replica(replica):
    with closing(sqlite3.connect(replica)) as copy, copy:
        copy.execute("UPDATE aanpakken_doelgroep SET naam = 'Elders ' || slug")
    with public_reads(read()):
        assert {name.partition(" ")[0] for name in names()} == {"Elders"}
    assert "Elders jeugd" not in names()


def test_everything_else_is_read_where_it_is_written(replica):
    factories.make_doelgroep(naam="Nieuw")
    assert "Nieuw" in names()


@pytest.mark.parametrize("soort", [*Nummersoort])
def test_a_replica_that_misses_a_change_is_not_read(replica, soort):
    factories.make_doelgroep(naam="Nieuw")
    raise_number(soort)
    with public_reads(read(DEFAULT)):
        assert reading.get() == DEFAULT
        assert "Nieuw" in names()
    assert not breaker_of(REPLICA)


def test_a_replica_that_is_away_is_not_read_and_left_alone(replica, monkeypatch):
    asked = []
    replica.unlink()
    connections[REPLICA].settings_dict["NAME"] = str(replica.parent / "none" / "x")
    with public_reads(read()):
        assert "Nieuw" not in names()
        assert reading.get() == DEFAULT
    assert breaker_of(REPLICA)
    monkeypatch.setattr(replicas, "read", asked.append)
    with public_reads(read()):
        assert reading.get() == DEFAULT
    assert not asked


def test_a_stand_newer_than_the_replica_makes_the_page_be_read_from_the_database(
    replica,
):
    factories.publish(factories.make_aanpak())
    current_stand.at(read().inhoud)
    # Who began when nothing was known of that.
    with public_reads(None):
        assert reading.get() == REPLICA
        current_stand()
        assert reading.get() == DEFAULT


def test_without_a_replica_nothing_is_asked(db, django_assert_num_queries):
    with django_assert_num_queries(0), public_reads(None):
        assert reading.get() == DEFAULT


@pytest.mark.parametrize(
    ("cookies", "alias"),
    [({}, REPLICA), ({"HTTP_COOKIE": "csrftoken=x"}, DEFAULT)],
    ids=["who only reads", "who has a form of ours"],
)
def test_who_may_just_have_sent_something_reads_where_it_was_written(
    replica, monkeypatch, cookies, alias
):
    read_from = []
    monkeypatch.setattr(
        "wijkwijzer.core.middleware.HeadersMiddleware.__call__",
        lambda self, request: (
            read_from.append(reading.get()) or self.get_response(request)
        ),
    )
    wsgi.ask(wsgi.site(), "/over/", **cookies)
    assert read_from[-1] == alias
