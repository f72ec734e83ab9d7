"""Which pages of the real site are made anew, when, and which stay in memory."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache as django_cache
from django.db import connection, connections
from django.utils import timezone
from django.utils.formats import date_format

from aanpakken.models import Aanpak
from kennisdossier.models import Contactpunt, Dossier
from tests import factories
from tests.deelname.formulieren import (
    make_reactie,
    make_redacteur,
    melding_van,
    reactie_van,
    stem_van,
    voorbeeld_van,
    vraag_van,
)
from tests.tools import databases
from tests.web.wsgi import ask, reached, site
from wijkwijzer.core.models import DodeLink
from wijkwijzer.deelname import actions
from wijkwijzer.deelname.models import Reactie
from wijkwijzer.redactie.links.actions import noteer
from wijkwijzer.redactie.links.uitkomst import Soort, Uitkomst
from wijkwijzer.search.models import Synoniemgroep, Woorddeel
from wijkwijzer.wholes import current
from wijkwijzer.wholes.current import current_stand

DETAIL = "/aanpakken/buurtcirkel/"
DOSSIER = "/kennisdossier/samenlevingsopbouw/"
VOORBEELD = "/praktijkvoorbeelden/in-beeld-overvecht/"
WITH_READERS = [DOSSIER, VOORBEELD]
WITHOUT_READERS = ["/", "/aanpakken/", DETAIL, "/kennisdossier/", "/over/"]
PAGES = [*WITH_READERS, *WITHOUT_READERS]
STALE = '110 - "Response is Stale"'


@pytest.fixture
def warm(site, client):
    """The cache of a site of which every page was asked already."""
    assert reached(site, *PAGES) == PAGES
    assert reached(site, *PAGES) == []
    return site


def record(slug: str = "buurtcirkel") -> Aanpak:
    return Aanpak.objects.get(slug=slug)


# The content


def test_a_publication_makes_every_page_anew_and_once(warm):
    aanpak = record()
    aanpak.samenvatting = "Buren delen nu ook hun gereedschap."
    aanpak.save()
    assert reached(warm, *PAGES) == [], "only editors see it"
    factories.publish(aanpak)
    assert reached(warm, *PAGES) == PAGES
    assert "hun gereedschap" in ask(warm, DETAIL).text
    assert reached(warm, *PAGES) == []


def test_what_is_published_unchanged_makes_nothing_anew(warm):
    aanpak = record()
    aanpak.save()
    factories.publish(aanpak)
    assert reached(warm, *PAGES) == []


def test_what_is_withdrawn_leaves_the_cache(warm):
    assert "Buurtcirkel" in ask(warm, "/aanpakken/").text
    factories.withdraw(record(), "Bestaat niet meer.")
    assert ask(warm, DETAIL).status == 410
    assert "Bestaat niet meer." in ask(warm, DETAIL).text
    assert "Buurtcirkel" not in ask(warm, "/aanpakken/").text


def test_a_page_at_another_address_leaves_the_cache(warm):
    aanpak = record()
    aanpak.slug = "buurtcirkels"
    aanpak.save()
    assert ask(warm, DETAIL).status == 200
    factories.publish(aanpak)
    moved = ask(warm, DETAIL)
    assert (moved.status, moved.headers["location"]) == (
        301,
        "/aanpakken/buurtcirkels/",
    )


def test_a_concept_makes_nothing_anew(warm):
    factories.make_complete_aanpak(status="concept", tags=["nieuw-trefwoord"])
    assert reached(warm, *PAGES) == []


def test_only_a_link_that_dies_or_lives_again_makes_pages_anew(site):
    url = record().links.exclude(url="").first().url
    goed, weg = Uitkomst(Soort.GOED, "", 200), Uitkomst(Soort.MISLUKT, "Weg.", 404)
    nu = timezone.now()

    def na(dagen: int, uitkomst: Uitkomst) -> list[str]:
        noteer(gevonden={url: uitkomst}, op=nu + timedelta(days=dagen))
        return reached(site, DETAIL)

    assert na(0, goed) == [DETAIL]
    before = ask(site, DETAIL).text
    for dagen in (1, 2):
        assert na(dagen, goed) == []
    assert na(3, weg) == [], "once is no proof"
    assert na(4, weg) == [DETAIL]
    dag = date_format(timezone.localdate(nu + timedelta(days=4)), "j F Y")
    text = re.sub("<[^>]+>", "", ask(site, DETAIL).text)
    assert f"[deze link werkt niet meer (gezien op {dag})]" in text
    assert na(5, weg) == []
    assert na(6, goed) == [DETAIL]
    assert ask(site, DETAIL).text == before
    assert DodeLink.objects.count() == 0


def test_where_a_contact_gets_mail_makes_nothing_anew(warm):
    punt = Contactpunt.objects.first()
    punt.email = "nieuw@organisatie.example"
    punt.save()
    assert reached(warm, *PAGES) == []


def test_a_synonym_makes_pages_anew(warm):
    Synoniemgroep.objects.create(naam="proef", termen="buurtcirkel\nvriendenkring")
    assert reached(warm, "/aanpakken/") == ["/aanpakken/"]
    assert "Buurtcirkel" in ask(warm, "/aanpakken/?q=vriendenkring").text


# What readers say


FORMS: dict[str, Callable[[Any, Any], Any]] = {
    "reaction": lambda client, reactie: reactie_van(client, reactie.dossier),
    "report": lambda client, reactie: melding_van(client, reactie),
    "question": lambda client, reactie: vraag_van(client, Contactpunt.objects.first()),
    "example": lambda client, reactie: voorbeeld_van(client, aanpak="abcd"),
}


@pytest.mark.parametrize("form", FORMS)
def test_nothing_that_a_reader_sends_makes_a_page_anew(site, client, form, settings):
    settings.REDACTIE_EMAIL = "redactie@wijkwijzer.example"
    reactie = make_reactie(factories.make_dossier())
    reached(site, *PAGES)
    assert FORMS[form](client, reactie).status_code == 303
    assert reached(site, *PAGES) == []


def test_a_reaction_makes_only_pages_anew_that_show_what_readers_say(warm, client):
    reactie_van(client, Dossier.objects.get(slug="samenlevingsopbouw"), tekst="Fijn!")
    stand = current_stand()
    actions.keur_goed(
        reacties=Reactie.objects.all(), by=make_redacteur(), site="https://x/"
    )
    assert reached(warm, *PAGES) == WITH_READERS
    assert "Fijn!" in ask(warm, DOSSIER).text
    assert reached(warm, *PAGES) == []
    assert current_stand() is stand
    actions.markeer_spam(reacties=Reactie.objects.all(), by=make_redacteur())
    assert "Fijn!" not in ask(warm, DOSSIER).text


def test_a_vote_makes_only_pages_anew_that_show_what_readers_say(
    site, client, django_capture_on_commit_callbacks
):
    dossier = factories.make_dossier()
    reached(site, *PAGES)
    django_cache.clear()
    with django_capture_on_commit_callbacks(execute=True):
        stem_van(client, dossier)
    assert reached(site, *PAGES) == WITH_READERS
    assert reached(site, *PAGES) == []


# While a base is being built


@pytest.fixture
def slow_build(monkeypatch) -> Callable[[], None]:
    """A base that must be built is not ready before the test says so."""
    wanted: list[Any] = []
    monkeypatch.setattr(
        current.Current, "_build_beside", lambda self, day: wanted.append(day)
    )

    def ready() -> None:
        assert wanted, "nothing had to be built"
        current_stand._use(current_stand._make_base(wanted[-1]))

    return ready


def test_while_a_base_is_built_pages_are_served_and_kept(warm, slow_build):
    before = ask(warm, DETAIL)
    # Editors who teach the search another word make every index another one.
    Woorddeel.objects.create(woord="gereedschap")
    aanpak = record()
    aanpak.samenvatting = "Buren delen nu ook hun gereedschap."
    aanpak.save()
    factories.publish(aanpak)

    assert reached(warm, *PAGES) == []
    assert ask(warm, DETAIL) == before
    new = ["/themas/", "/themas/zeggenschap/"]
    assert reached(warm, *new, *new) == new

    slow_build()
    assert reached(warm, *PAGES, *new) == [*PAGES, *new]
    assert "hun gereedschap" in ask(warm, DETAIL).text
    assert reached(warm, *PAGES, *new) == []


# Several processes, and a database that stops


def wait_until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)


@pytest.fixture
def committed(own_connections: None, monkeypatch: Any) -> None:
    """What a test does is seen by every connection, and gone after it."""
    # A connection that stays open would not notice that the database is elsewhere.
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)


@pytest.fixture
def cache(committed):
    """A cache with a thread of its own that asks for the number."""
    watch = current.new_watch()
    yield site(numbers=watch)
    # A question that is still out belongs to this test.
    wait_until(watch._answered.is_set)


@pytest.fixture
def other_process(committed, tmp_path) -> Iterator[Callable[[str], tuple[int, str]]]:
    """Return a function: address → status and text, as another process shows it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.web.reader"],
        cwd=settings.BASE_DIR,
        env=databases.environment(tmp_path),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def read(address: str) -> tuple[int, str]:
        process.stdin.write(f"{address}\n")
        process.stdin.flush()
        status, _, text = json.loads(process.stdout.readline())
        return status, text

    yield read
    process.communicate()


def test_a_publication_is_soon_visible_in_every_process(cache, other_process):
    def pages() -> list[tuple[int, str]]:
        own = ask(cache, address)
        return [(own.status, own.text), other_process(address)]

    aanpak = factories.make_aanpak(naam="Nog nooit gezien", status="concept")
    address = aanpak.get_absolute_url()
    assert [status for status, _ in pages()] == [404, 404]
    factories.publish(aanpak)
    wait_until(lambda: [status for status, _ in pages()] == [200, 200])

    aanpak.naam = "Weer iets anders"
    aanpak.save()
    assert all("Nog nooit gezien" in text for _, text in pages())
    factories.publish(aanpak)
    wait_until(lambda: all("Weer iets anders" in text for _, text in pages()))
    factories.withdraw(aanpak)
    wait_until(lambda: [status for status, _ in pages()] == [410, 410])


def test_who_comes_when_the_next_stand_takes_long_gets_nothing_of_before(cache):
    """Withdrawn is withdrawn: a busy machine is no database that is away."""
    aanpak = factories.make_aanpak()
    address = aanpak.get_absolute_url()
    assert ask(cache, address).status == 200
    factories.withdraw(aanpak)
    watch = cache._numbers
    go_on = watch._go_on

    def slowly(numbers: Any) -> None:
        time.sleep(watch.PATIENCE + 0.3)
        go_on(numbers)

    watch._go_on = slowly
    time.sleep(watch.MAX_AGE)
    answer = ask(cache, address)
    assert (answer.status, "warning" in answer.headers) == (410, False)


def stop_database(patch: pytest.MonkeyPatch) -> None:
    """Let every new connection fail as it does when the server has gone."""
    settings = connections.settings["default"]
    if connection.vendor == "postgresql":
        connection.close()
        connection.close_pool()
        patch.setitem(settings, "HOST", "127.0.0.1")
        patch.setitem(settings, "PORT", "1")
        options = settings["OPTIONS"]
        patch.setitem(
            settings, "OPTIONS", options | {"pool": options["pool"] | {"timeout": 0.2}}
        )
    else:
        patch.setitem(settings, "NAME", "/dev/null/database")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_the_site_survives_a_database_that_stops_and_comes_back(cache):
    ask(cache)
    with pytest.MonkeyPatch.context() as patch:
        stop_database(patch)
        wait_until(lambda: "warning" in ask(cache).headers)
        for _ in range(3):
            during = ask(cache)
            assert during.status == 200
            assert "kunnen we niet bij onze gegevens" in during.text
            assert during.headers["warning"] == STALE
    if connection.vendor == "postgresql":
        connection.close_pool()

    wait_until(lambda: "warning" not in ask(cache).headers)
    aanpak = factories.make_aanpak(naam="Na de storing")
    wait_until(lambda: "Na de storing" in ask(cache, "/aanpakken/").text)
    assert ask(cache, aanpak.get_absolute_url()).status == 200
