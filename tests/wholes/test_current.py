"""The stand in use only goes forward, and nobody waits for it longer than needed."""

from __future__ import annotations

import gc
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from random import Random
from threading import Event, Thread
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import OperationalError, connection, connections, transaction
from django.db.models import F
from django.test import Client
from django.utils import timezone as django_timezone

from aanpakken.models import Aanpak, Reflectiethema
from aanpakken.terms import ThemaTerm
from aanpakken.whole import AanpakDocument
from tests import factories
from tests.deelname.tegelijk import tegelijk
from tests.web import wsgi
from wijkwijzer.memory import number
from wijkwijzer.memory.large import BuildError, DamagedError
from wijkwijzer.memory.models import Nummersoort
from wijkwijzer.memory.number import fold, raise_number, read
from wijkwijzer.search.models import Woorddeel
from wijkwijzer.web.door import warm
from wijkwijzer.wholes import current as module
from wijkwijzer.wholes import layers
from wijkwijzer.wholes.actions import publish
from wijkwijzer.wholes.base import Base, build_base
from wijkwijzer.wholes.current import Current, current_stand
from wijkwijzer.wholes.models import Publicatie, Versie
from wijkwijzer.wholes.stand import Stand

TODAY = date(2026, 11, 28)
DAY = timedelta(days=1)

# Other tests build at once what here is built beside the readers.
BUILD_BESIDE = Current._build_beside


@pytest.fixture
def today(monkeypatch) -> Callable[[date], None]:
    """Let it be another day."""

    def be(day: date) -> None:
        monkeypatch.setattr(module.timezone, "localdate", lambda: day)

    be(TODAY)
    return be


class Counted:
    """A function of the module that counts how often it is called."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, name: str, wait: float = 0):
        self.real, self.wait, self.calls = getattr(module, name), wait, 0
        monkeypatch.setattr(module, name, self)

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        self.calls += 1
        time.sleep(self.wait)
        return self.real(*arguments, **named)


def names(stand: Stand) -> set[str]:
    return {aanpak.naam for aanpak in stand.all(AanpakDocument)}


def rename(aanpak: Aanpak, naam: str) -> None:
    aanpak.naam = naam
    aanpak.save()
    factories.publish(aanpak)


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.01)


# What shows, and when


def test_a_publication_and_a_withdrawal_show_at_once(inhoud):
    before = current_stand()
    aanpak = factories.make_aanpak(naam="Nieuw")
    assert "Nieuw" in names(current_stand())
    rename(aanpak, "Anders")
    assert {"Nieuw", "Anders"} & names(current_stand()) == {"Anders"}
    factories.withdraw(aanpak)
    assert names(current_stand()) == names(before)


def test_a_working_copy_shows_nowhere_and_leaves_the_stand(inhoud):
    before = current_stand()
    Aanpak.objects.update(naam="Concept")
    factories.make_aanpak(status="concept", naam="Nieuw concept")
    assert current_stand() is before


def test_another_word_shows_at_once(inhoud):
    Reflectiethema.objects.filter(slug="zeggenschap").update(naam="Meebeslissen")
    stand = current_stand()
    assert stand.term(ThemaTerm, "zeggenschap").naam == "Meebeslissen"
    assert "Meebeslissen" in {
        koppeling.thema.naam
        for aanpak in stand.all(AanpakDocument)
        for koppeling in aanpak.themas
    }


def test_nothing_changed_costs_one_query_and_a_publication_reads_no_words(
    inhoud, django_assert_num_queries
):
    stand = current_stand()
    with django_assert_num_queries(1):
        assert current_stand() is stand
    factories.make_aanpak()
    assert current_stand().vocabulary is stand.vocabulary
    factories.make_doelgroep()
    assert current_stand().vocabulary is not stand.vocabulary


def test_a_fold_changes_nothing_that_readers_see(inhoud, monkeypatch):
    monkeypatch.setattr(number, "VOUW_VANAF", 1)
    built = Counted(monkeypatch, "build_base")
    aanpak = factories.make_aanpak(naam="Voor")
    stand = current_stand()
    fold()
    assert current_stand() is stand, "nothing new to see"
    assert not built.calls
    rename(aanpak, "Na")
    factories.make_aanpak(naam="Nog een")
    assert names(current_stand()) == names(stand) - {"Voor"} | {"Na", "Nog een"}
    # What is counted and no longer listed can be any row: once, a base is built.
    for _ in range(3):
        rename(aanpak, f"Na {_}")
        current_stand()
    assert built.calls == 1


def test_an_emptied_table_shows_as_empty(inhoud):
    if connection.vendor != "postgresql":
        return
    assert names(current_stand())
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE wholes_publicatie")
    assert names(current_stand()) == set()


# Only forward


def test_who_is_late_with_an_older_number_gets_the_newer_stand(inhoud):
    before = current_stand()
    factories.make_aanpak()
    after = current_stand()
    assert after.number > before.number
    assert current_stand.at(before.number) is after
    assert current_stand.at(0) is after


def test_who_is_late_with_an_older_day_gets_the_stand_of_the_newer(
    inhoud, today, monkeypatch
):
    own = Current()
    built = Counted(monkeypatch, "build_base")
    stand = own()
    today(TODAY - DAY)
    factories.make_aanpak()
    assert own().day == TODAY
    assert own().number > stand.number
    assert built.calls == 1, "no work for a day that is over"


def test_a_base_that_was_built_late_never_replaces_a_newer_one(inhoud, today):
    own, late = Current(), build_base(TODAY)
    aanpak = factories.make_aanpak(naam="Nieuw")
    stand = own()
    state = own.state
    assert state[0].changes.number > late.changes.number
    own._use(late)
    assert own.state == state
    # Also when it says it is newer, but what can be made of it is older.
    rename(aanpak, "Nieuwer")
    assert own().number == stand.number + 1
    assert "Nieuwer" in names(own())


@pytest.mark.parametrize("number", [0, 10**6])
def test_a_base_of_the_day_before_never_replaces_one_of_today(inhoud, today, number):
    own = Current()
    own()
    state = own.state
    late = build_base(TODAY - DAY)
    # However many changes there were by then.
    late.changes = late.changes._replace(base=number)
    own._use(late)
    assert own.state == state


def test_a_newer_base_that_gives_an_older_stand_is_not_used(inhoud, today, monkeypatch):
    own = Current()
    own()
    factories.make_aanpak()
    newer = build_base(TODAY)
    aanpak = factories.make_aanpak(naam="Nieuwst")
    stand = own()
    assert newer.changes.number > own.state[0].changes.number
    # So much changed since that the base must do without.
    monkeypatch.setattr(layers, "TOP_MAX", 0)
    own._use(newer)
    assert own.in_use is stand
    assert aanpak.naam in names(own())


def test_a_base_in_use_goes_on_with_what_changed_while_it_was_built(inhoud, today):
    own = Current()
    own()
    newer = build_base(TODAY + DAY)
    factories.make_aanpak(naam="Intussen")
    own._use(newer)
    assert own.state[0] is newer
    assert "Intussen" in names(own.in_use)
    assert own.in_use.number == read().inhoud


# A day


def test_another_day_makes_another_stand_and_never_an_older_one(inhoud):
    own = Current()
    days = []
    # It is never the same day in both.
    for hours in (-12, 14, -12):
        with django_timezone.override(timezone(timedelta(hours=hours))):
            days.append(own().day)
            assert own().day == days[-1]
    assert days[0] < days[1] == days[2]
    assert abs(days[0] - datetime.now(tz=UTC).date()) <= DAY


# Many at once


@pytest.fixture
def beside(own_connections, monkeypatch, today) -> Iterator[Current]:
    """A stand of its own that is built beside its readers, as on a site."""
    monkeypatch.setattr(Current, "_build_beside", BUILD_BESIDE)
    own = Current()
    yield own
    # What is still being built belongs to this test.
    wait_until(lambda: not own._building.locked())


def test_many_that_ask_at_once_build_one_stand(beside, monkeypatch):
    built = Counted(monkeypatch, "build_base", wait=0.2)
    stands = tegelijk(8, lambda *_: beside())
    assert built.calls == 1
    assert len({id(stand) for stand in stands}) == 1


def test_many_that_ask_at_once_after_a_change_make_one_stand(beside, monkeypatch):
    before = beside()
    laid = Counted(monkeypatch, "lay_over", wait=0.2)
    factories.make_aanpak()
    stands = tegelijk(8, lambda *_: beside())
    assert laid.calls == 1
    assert {stand.number for stand in stands} == {before.number + 1}
    assert len({id(stand) for stand in stands}) == 1


# Built beside the readers


class Slow:
    """Building a base takes until somebody lets it go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun, self.go_on, self.calls = Event(), Event(), 0
        self.real = module.build_base
        monkeypatch.setattr(module, "build_base", self)

    def __call__(self, day: date) -> Base:
        self.calls += 1
        base = self.real(day)
        self.begun.set()
        assert self.go_on.wait(30)
        return base


def worn() -> None:
    """Let the next who comes need another base: any record can have changed."""
    raise_number(Nummersoort.INHOUD, Publicatie._meta.db_table)


@pytest.mark.long
def test_readers_go_on_while_a_base_is_built_and_it_comes_in_with_the_latest(
    beside, monkeypatch
):
    stand, base = beside(), beside.state[0]
    slow = Slow(monkeypatch)
    worn()
    beside()
    assert slow.begun.wait(30)
    aanpak = factories.make_aanpak(naam="Intussen")
    for _ in range(3):
        assert "Intussen" in names(beside())
    assert beside.state[0] is base
    assert slow.calls == 1, "one at a time"
    slow.go_on.set()
    wait_until(lambda: beside.state[0] is not base)
    assert "Intussen" in names(beside.in_use)
    assert beside().number == stand.number + 2
    rename(aanpak, "Daarna")
    assert "Daarna" in names(beside())


@pytest.mark.long
def test_who_comes_first_after_midnight_waits_for_nobody(beside, today, monkeypatch):
    beside()
    slow = Slow(monkeypatch)
    today(TODAY + DAY)
    assert beside().day == TODAY
    assert slow.begun.wait(30)
    factories.make_aanpak(naam="Na middernacht")
    assert "Na middernacht" in names(beside())
    slow.go_on.set()
    wait_until(lambda: beside().day == TODAY + DAY)
    assert "Na middernacht" in names(beside())
    assert slow.calls == 1


def test_what_cannot_be_laid_over_waits_for_the_base_and_is_tried_once(
    beside, monkeypatch
):
    stand = beside()
    slow = Slow(monkeypatch)
    laid = Counted(monkeypatch, "lay_over")
    monkeypatch.setattr(layers, "TOP_MAX", 0)
    factories.make_aanpak(naam="Te veel")
    for _ in range(5):
        assert beside() is stand
    assert slow.begun.wait(30)
    assert laid.calls == 1, "the readers that wait for a base do no work for nothing"
    slow.go_on.set()
    wait_until(lambda: "Te veel" in names(beside()))


class NoThread(Thread):
    def start(self) -> None:
        raise RuntimeError("can't start new thread")


def test_a_thread_that_cannot_start_holds_no_lock_and_the_next_tries_again(
    beside, monkeypatch, caplog
):
    beside()
    base = beside.state[0]
    with monkeypatch.context() as full:
        full.setattr(module, "Thread", NoThread)
        worn()
        assert beside().number == read().inhoud
        assert "can't start new thread" in caplog.text
    assert not beside._building.locked()
    assert not beside._lock.locked()
    worn()
    beside()
    wait_until(lambda: beside.state[0] is not base)


@pytest.mark.long
def test_a_failed_build_leaves_readers_what_they_had_and_the_next_tries_again(
    beside, monkeypatch, caplog
):
    stand, base = beside(), beside.state[0]
    with failing(monkeypatch):
        worn()
        assert names(beside()) == names(stand)
        wait_until(lambda: not beside._building.locked())
        assert "kon niet opnieuw worden opgebouwd" in caplog.text
        assert beside.state[0] is base
    monkeypatch.setattr(module, "PAUSE", 0)
    worn()
    beside()
    wait_until(lambda: beside.state[0] is not base)


class Failing:
    """Nothing can be built: the disk is full, or the process is killed."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, day: date) -> Base:
        self.calls += 1
        raise BuildError("no")


@contextmanager
def failing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Failing]:
    fail = Failing()
    with monkeypatch.context() as broken:
        broken.setattr(module, "build_base", fail)
        yield fail


def test_a_build_that_failed_is_tried_again_after_a_pause(beside, monkeypatch):
    base = beside.state[0] if beside() else None
    with failing(monkeypatch) as fail:
        for _ in range(4):
            worn()
            beside()
            wait_until(lambda: not beside._building.locked())
        assert fail.calls == 1
        # Also when nothing changes any more.
        monkeypatch.setattr(module, "PAUSE", 0)
        beside()
        wait_until(lambda: fail.calls == 2 and not beside._building.locked())
    beside()
    wait_until(lambda: beside.state[0] is not base)
    monkeypatch.setattr(module, "PAUSE", 30)
    wait_until(lambda: not beside._building.locked())
    stand = beside()
    assert beside() is stand


@pytest.mark.long
def test_what_was_withdrawn_is_gone_also_when_nothing_can_be_built(beside, monkeypatch):
    """With so many changes, or other words, that only a new base could show them."""
    gone, other = (factories.make_aanpak(naam=naam) for naam in ("Weg", "Anders"))
    assert {"Weg", "Anders"} <= names(beside())
    monkeypatch.setattr(layers, "TOP_MAX", 0)
    woorddeel = Woorddeel.objects.create(woord="anders")
    try:
        with failing(monkeypatch):
            factories.withdraw(gone)
            beside()
            wait_until(lambda: not beside._building.locked())
            assert "Weg" not in names(beside())
            factories.withdraw(other)
            factories.make_aanpak(naam="Nieuw")
            assert names(beside()) & {"Weg", "Anders", "Nieuw"} == {"Nieuw"}
    finally:
        woorddeel.delete()


def test_while_the_database_is_away_as_well_readers_keep_what_they_had(
    beside, monkeypatch, caplog
):
    stand = beside()
    monkeypatch.setattr(layers, "TOP_MAX", 0)
    factories.make_aanpak()

    def away() -> None:
        raise OperationalError("gone")

    with failing(monkeypatch) as fail:
        real = module.read_changes
        monkeypatch.setattr(
            module, "read_changes", lambda: real() if not fail.calls else away()
        )
        assert beside() is stand
        wait_until(lambda: not beside._building.locked())
        assert "nog niet te zien" in caplog.text
        assert beside.in_use is stand
        monkeypatch.setattr(module, "read_changes", real)


# Many writers and readers

PUBLICATIONS, WRITERS = 200, 4


class Site:
    """The site as one process answers it, with and without the page cache."""

    def __init__(self) -> None:
        self.django, watch = WSGIHandler(), module.new_watch()
        # A busy machine is no database that is gone.
        watch.PATIENCE = 60
        self.cached = wsgi.site(numbers=watch)

    def get(self, path: str, *, cached: bool) -> str:
        answer = wsgi.ask(self.cached if cached else self.django, path)
        assert answer.status == 200, path
        return answer.text


@pytest.mark.long
def test_publications_by_many_writers_hinder_neither_each_other_nor_readers(
    beside, monkeypatch
):
    # SQLite has one writer at a time, who waits for the disk.
    total = PUBLICATIONS if connection.vendor == "postgresql" else 12
    monkeypatch.setattr(number, "VOUW_VANAF", 40)
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
    aanpakken = [
        factories.make_aanpak(naam="Teller 0000", slug=f"teller-{n}")
        for n in range(WRITERS + 2)
    ]
    before, site = read().inhoud, Site()
    seen, writing = {aanpak.slug: 0 for aanpak in aanpakken}, {*range(WRITERS)}

    def write(who: int) -> None:
        for turn in range(total // WRITERS):
            # One of one's own, or one of two that every writer publishes.
            chosen = aanpakken[who] if turn % 2 else aanpakken[WRITERS + turn // 2 % 2]
            Aanpak.objects.filter(pk=chosen.pk).update(samenvatting="GEHEIM")
            with transaction.atomic():
                aanpak = Aanpak.objects.select_for_update().get(pk=chosen.pk)
                aanpak.naam = f"Teller {int(aanpak.naam[-4:]) + 1:04}"
                aanpak.samenvatting = "Voor iedereen."
                aanpak.save()
                publish(record=aanpak, by=None)

    def read_pages(who: int) -> int:
        random, pages = Random(who), 0
        while writing or pages < 4:
            slug, pages = random.choice([*seen]), pages + 1
            at_least = seen[slug]
            page = site.get(f"/aanpakken/{slug}/", cached=bool(who % 2))
            shown = {int(found) for found in re.findall(r"Teller (\d{4})</h1>", page)}
            assert len(shown) == 1
            assert at_least <= max(shown), "an older page after a newer one"
            seen[slug] = max(seen[slug], *shown)
            page += site.get("/aanpakken/?q=teller", cached=bool(who % 2))
            assert "GEHEIM" not in page
            # Readers read more than they ask.
            time.sleep(0.02)
        return pages

    def work(_: Client, who: int) -> int:
        if who >= WRITERS:
            return read_pages(who)
        try:
            write(who)
        finally:
            writing.remove(who)
        return 0

    pages = tegelijk(WRITERS + 3, work)
    assert min(pages[WRITERS:]) > 3, "everybody got to read"
    assert read().inhoud == before + total
    counted = {a.slug: int(a.naam[-4:]) for a in Aanpak.objects.filter(slug__in=seen)}
    assert sum(counted.values()) == total
    for slug, count in counted.items():
        assert f"Teller {count:04}</h1>" in site.get(
            f"/aanpakken/{slug}/", cached=False
        )
        numbers = Versie.objects.filter(uuid=Aanpak.objects.get(slug=slug).uuid)
        assert numbers.count() == count + 1


def impatiently(work: Callable[[], Any]) -> Any:
    """In another thread, where waiting for a lock is an error."""

    def begin(*_: Any) -> Any:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '500ms'")
            try:
                return work()
            finally:
                cursor.execute("RESET lock_timeout")

    (result,) = tegelijk(1, begin)
    return result


@pytest.mark.parametrize(
    "work",
    [
        pytest.param(factories.make_doelgroep, id="a word"),
        pytest.param(factories.make_aanpak, id="another publication"),
        pytest.param(
            lambda: factories.withdraw(factories.make_interventie()), id="a withdrawal"
        ),
        pytest.param(
            lambda: Aanpak.objects.filter(slug="abcd").update(doel=F("doel")),
            id="another working copy",
        ),
        pytest.param(lambda: raise_number(Nummersoort.REACTIES, "stem"), id="a vote"),
        pytest.param(current_stand, id="a reader"),
    ],
)
def test_nobody_waits_for_an_open_transaction_that_published(
    own_connections,
    monkeypatch,
    work,
):
    if connection.vendor != "postgresql":
        return
    monkeypatch.setattr(number, "VOUW_VANAF", 1)
    before = read().inhoud
    with transaction.atomic():
        aanpak = factories.make_aanpak(naam="Nog open")
        impatiently(work)
        assert impatiently(lambda: "Nog open" in names(current_stand())) is False
        assert read().inhoud > before
    assert aanpak.naam in names(current_stand())


# A large one


Commands = list[tuple[str, ...]]


@pytest.fixture
def apart(inhoud, settings, tmp_path, monkeypatch, today) -> Commands:
    """The catalogue counts as large; what is run to build it apart, in this process."""
    settings.VAR_DIR, settings.APART_BOUWEN_VANAF = tmp_path, 20
    monkeypatch.setattr("os.nice", lambda more: 0)
    commands: Commands = []

    def build_apart(*command: str) -> None:
        commands.append(command)
        call_command(*command)

    monkeypatch.setattr(module, "build_apart", build_apart)
    return commands


def file_of(tmp_path: Path) -> Path:
    (file,) = (tmp_path / "catalogus").glob("inhoud.[0-9]*")
    return file


def test_a_large_base_is_fetched_from_what_another_process_left(apart, settings):
    first, second = Current(), Current()
    assert names(first()) == names(second())
    assert apart == [("bouw_catalogus", "--dag", str(TODAY))]
    settings.APART_BOUWEN_VANAF = 21
    assert names(Current()()) == names(first())
    assert len(apart) == 1, "so small that it is built here"


def test_a_file_that_is_cut_off_while_in_use_ends_nobody(apart, tmp_path, caplog):
    own = Current()
    before, file = names(own()), file_of(tmp_path)
    os.truncate(file, 0)
    assert names(own()) == before
    assert len(apart) == 2
    assert "is veranderd" in caplog.text
    assert own.is_intact
    assert len(own()._documents) > 0


def test_a_file_that_lost_its_name_is_used_on(apart, tmp_path):
    own = Current()
    stand = own()
    file_of(tmp_path).unlink()
    assert own() is stand
    assert len(apart) == 1


def test_of_two_bases_only_the_one_in_use_is_memory_of_a_process(apart, monkeypatch):
    in_use: list[bool] = []
    own = Current()
    own()
    held = own.state[0].held
    monkeypatch.setattr(
        held, "let_go", lambda: in_use.append(own.state[0].held is held)
    )
    worn()
    assert own().number == own.state[0].changes.number
    assert own.state[0].held is not held
    # Before the other is looked for, before it is read, and once it is in use.
    assert in_use == [True, True, False]


def test_who_only_asks_the_numbers_builds_nothing(apart, tmp_path, monkeypatch):
    own = Current()
    stand = own()
    monkeypatch.setattr(module, "current_stand", own)
    os.truncate(file_of(tmp_path), 0)
    numbers = module.ask_numbers()
    module._go_on(numbers)
    assert numbers.inhoud == stand.number
    assert own.in_use is stand
    assert len(apart) == 1


@pytest.mark.parametrize(
    "error", [BuildError("killed"), DamagedError("bad"), OSError("no space left")]
)
def test_who_has_nothing_to_show_builds_here_what_fails_elsewhere(
    apart, monkeypatch, caplog, error
):
    def fail(*command: str) -> None:
        raise error

    monkeypatch.setattr(module, "build_apart", fail)
    assert names(Current()()) == names(current_stand())
    assert "kon niet apart worden opgebouwd" in caplog.text


def test_who_has_something_to_show_leaves_the_building_to_another(
    apart, monkeypatch, tmp_path
):
    own = Current()
    own()

    def fail(*command: str) -> None:
        raise BuildError("killed")

    monkeypatch.setattr(module, "build_apart", fail)
    worn()
    with pytest.raises(BuildError):
        own._make_base(TODAY)


def test_the_first_stand_of_a_process_can_go(inhoud):
    current_stand.reset()
    warm._build()
    # Without what Python was told never to look through again.
    assert any(thing is current_stand.in_use for thing in gc.get_objects())


def test_a_stand_of_before_does_not_stay(inhoud, monkeypatch):
    def stands() -> int:
        # Not isinstance(): it would ask what lazy things of other tests stand for.
        return sum(type(thing) is Stand for thing in gc.get_objects())

    monkeypatch.setattr(module, "TIDY", 0)
    own = Current()
    own().fill()
    monkeypatch.setattr(module, "current_stand", own)
    before = stands()
    for _ in range(4):
        factories.make_aanpak()
        module._go_on(module.ask_numbers())
    # What a request made is not of the stand any more either.
    module.used.set(None)
    own.tidy()
    assert stands() <= before
