"""More than one machine: two servers of the site on a database with a replica.

Own clusters of PostgreSQL, a PgBouncer and a Redis are started, loaded, and killed in
turn. One server finds the database by itself, the other asks PgBouncer for it.
"""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlencode

import pytest

from tests.deelname.formulieren import sleutel
from tests.meta.test_untrusted_posts import VELDEN
from tests.tools import content, machines
from tests.tools.machines import NAME, Cluster, PgBouncer, RedisServer, until
from tests.tools.site import free_port, local_environment
from tests.web.editor import SLUG
from wijkwijzer.core.omgeving import SERVER_ARGUMENTS
from wijkwijzer.deelname.spam import Formulier

pytestmark = [pytest.mark.long, pytest.mark.postgresql, pytest.mark.enable_socket]

PAGE = f"/begrippen/{SLUG}/"
FORM = "/praktijkvoorbeelden/delen/"
# Seconds in which a publication must be seen everywhere; twice that on a busy machine.
SEEN = 2.0
# Seconds for what must come back by itself.
BACK = 20


@dataclass
class Answer:
    status: int
    text: str
    cookies: str

    @property
    def version(self) -> int:
        found = re.search(r"Machines (\d+)", self.text)
        return int(found[1]) if found else 0


class Machine:
    """One server of the site, with one process: that never goes back in time."""

    def __init__(self, folder: Path, **own: str) -> None:
        self.port = free_port()
        settings = {
            "VAR_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "TRUST_PROXY": "True",
        }
        arguments = ["wijkwijzer.asgi:application", *SERVER_ARGUMENTS]
        with (folder / "log").open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "granian", *arguments, "--port", str(self.port)],
                env=local_environment() | settings | own,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.seen: list[Answer] = []

    def ask(self, path: str, sent: dict[str, str] | None = None, **headers: str):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        try:
            if sent is None:
                connection.request("GET", path, headers=headers)
            else:
                form = {"Content-Type": "application/x-www-form-urlencoded"}
                connection.request("POST", path, urlencode(sent), form | headers)
            with connection.getresponse() as answer:
                cookies = answer.headers.get("set-cookie", "").partition(";")[0]
                return Answer(answer.status, answer.read().decode(), cookies)
        finally:
            connection.close()

    def shows(self, version: int) -> bool:
        return self.ask(PAGE).version >= version

    def share_example(self, name: str) -> int:
        """Send a form, as somebody who was not here before."""
        form = self.ask(FORM)
        token = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', form.text)
        assert token, form.text[:500]
        own = {"csrfmiddlewaretoken": token[1], "sleutel": sleutel(Formulier.VOORBEELD)}
        sender = {"X-Forwarded-For": f"198.51.{hash(name) % 250}.{os.getpid() % 250}"}
        fields = VELDEN | own | {"naam_voorbeeld": name}
        return self.ask(FORM, fields, Cookie=form.cookies, **sender).status

    def stop(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, 9)
        self.process.wait()


@dataclass
class Editor:
    process: subprocess.Popen[str]
    published: int = 0
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def publish(self) -> str:
        """Publish the next version; what was published is never lost any more."""
        number = next(self.numbers)
        assert self.process.stdin
        assert self.process.stdout
        print(f"Machines {number}", file=self.process.stdin, flush=True)
        said = self.process.stdout.readline().strip()
        if said == "done":
            self.published = number
        return said


@dataclass
class Machines:
    primary: Cluster
    replica: Cluster
    pgbouncer: PgBouncer
    redis: RedisServer
    sites: list[Machine]
    editor: Editor

    def publish_and_see(self) -> float:
        """Seconds until every machine shows what was published."""
        assert self.editor.publish() == "done"
        begin = time.monotonic()
        for site in self.sites:
            until(lambda site=site: site.shows(self.editor.published), SEEN)
        return time.monotonic() - begin


@pytest.fixture(scope="module")
def machines_() -> Iterator[Machines]:
    machines.require("pgbouncer", "redis-server")
    with ExitStack() as stack:
        folder = stack.enter_context(machines.folder())
        primary, replica = Cluster(folder / "one"), Cluster(folder / "two")
        for cluster in (primary, replica):
            stack.callback(cluster.kill)
        primary.make()
        primary.start()
        fill(primary)
        replica.follow(primary)
        replica.start()
        primary.wait_for_replica()
        pgbouncer, redis = PgBouncer(folder, primary), RedisServer()
        stack.callback(pgbouncer.kill)
        stack.callback(redis.kill)
        both = primary.url.replace(
            f":{primary.port}", f":{primary.port},127.0.0.1:{replica.port}"
        )
        ways = [
            {"DATABASE_URL": both},
            {"DATABASE_URL": pgbouncer.url, "DATABASE_PGBOUNCER": "True"},
        ]
        sites = []
        for number, way in enumerate(ways):
            own = folder / f"site{number}"
            own.mkdir()
            site = Machine(own, REDIS_URL=redis.url, DATABASE_REPLICA_URL=both, **way)
            stack.callback(site.stop)
            sites.append(site)
        editor = stack.enter_context(
            subprocess.Popen(
                [sys.executable, "-m", "tests.web.editor"],
                env=local_environment()
                | {"DATABASE_URL": both, "DJANGO_SETTINGS_MODULE": "tests.settings"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        )
        stack.callback(editor.kill)
        for site in sites:
            until(lambda site=site: answers(site), 60)
        yield Machines(primary, replica, pgbouncer, redis, sites, Editor(editor))


def answers(site: Machine) -> bool:
    with suppress(OSError):
        return site.ask("/over/").status == 200
    return False


def fill(cluster: Cluster) -> None:
    """Copy the real content into a new cluster."""
    own = os.environ["DATABASE_URL"]
    source = f"{own.rpartition('/')[0]}/{content.postgres(own)}"
    cluster.ask(f"CREATE DATABASE {NAME}", "postgres")
    dump = subprocess.run(
        [machines.binary("pg_dump"), "--no-owner", source],
        capture_output=True,
        check=True,
    )
    subprocess.run(
        [machines.binary("psql"), "-q", cluster.url],
        input=dump.stdout,
        stdout=subprocess.DEVNULL,
        check=True,
    )


@contextmanager
def reading(site: Machine) -> Iterator[None]:
    """Let somebody read all the time, and note what he sees."""
    ended = Event()

    def read() -> None:
        for number in count():
            if ended.is_set():
                return
            site.seen.append(site.ask(PAGE))
            # One that is made, and one that was not asked before.
            site.seen.append(site.ask(f"/aanpakken/?leeftijd={number % 90}&pagina=1"))
            time.sleep(0.02)

    reader = Thread(target=read)
    reader.start()
    try:
        yield
    finally:
        ended.set()
        reader.join()


def test_readers_editors_and_writers_lose_nothing_when_a_machine_is_lost(machines_):
    """In this order, on one set of machines: each part leaves less of it."""
    with ExitStack() as stack:
        machines_.publish_and_see()
        for site in machines_.sites:
            stack.enter_context(reading(site))
        seen = [machines_.publish_and_see() for _ in range(5)]
        print(f"seen everywhere after {max(seen):.2f} s at most")
        public_pages_are_read_from_the_replica(machines_)
        a_replica_that_is_behind_is_left_alone(machines_)
        without_redis_nothing_is_missed(machines_)
        a_primary_that_is_lost_takes_nothing_along(machines_)
    for site in machines_.sites:
        pages = [answer for answer in site.seen if answer.version]
        versions = [answer.version for answer in pages]
        assert versions == sorted(versions), "a page of before came after a newer one"
        assert {answer.status for answer in site.seen} <= {200, 503}
        assert len(pages) > 20


def public_pages_are_read_from_the_replica(all_: Machines) -> None:
    question = "SELECT sum(xact_commit)::bigint FROM pg_stat_database"
    before = all_.replica.ask(question)
    until(lambda: all_.replica.ask(question) > before + 50)


def a_replica_that_is_behind_is_left_alone(all_: Machines) -> None:
    all_.replica.ask("SELECT pg_wal_replay_pause()", "postgres")
    try:
        all_.publish_and_see()
    finally:
        all_.replica.ask("SELECT pg_wal_replay_resume()", "postgres")


def without_redis_nothing_is_missed(all_: Machines) -> None:
    all_.redis.kill()
    all_.publish_and_see()
    assert {site.ask("/over/").status for site in all_.sites} == {200}
    all_.redis.start()
    all_.redis.wait()
    all_.publish_and_see()


def a_primary_that_is_lost_takes_nothing_along(all_: Machines) -> None:
    names = [f"Voorbeeld {number}" for number in range(2)]
    for site, name in zip(all_.sites, names, strict=True):
        assert site.share_example(name) == 303
    published = all_.editor.published
    for site in all_.sites:
        site.seen.append(site.ask(PAGE))
    all_.primary.kill()
    lost = time.monotonic()
    for site in all_.sites:
        # Readers go on, from the replica and from what is kept.
        assert site.ask(PAGE).version == published
        assert site.ask("/aanpakken/?leeftijd=71&sorteer=naam").status == 200
    assert all_.editor.publish().startswith("failed")
    all_.replica.promote()
    all_.pgbouncer.turn_to(all_.replica)
    until(lambda: all_.editor.publish() == "done", BACK)
    for site in all_.sites:
        until(lambda site=site: site.shows(all_.editor.published), BACK)
        print(f"the newest is seen {time.monotonic() - lost:.1f} s after the loss")
        until(lambda site=site: site.share_example("Voorbeeld 3") == 303, BACK)
        print(f"a form is kept {time.monotonic() - lost:.1f} s after the loss")
    kept = "SELECT count(*) FROM kennisdossier_praktijkvoorbeeld WHERE naam = '{}'"
    assert [all_.replica.ask(kept.format(name)) for name in names] == [1, 1]
