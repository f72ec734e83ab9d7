"""Looking at a page changes nothing, and all of a page is of one moment."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.urls import get_resolver, resolve

from aanpakken.models import Aanpak
from tests import factories
from tests.meta.test_house import EXPORTS, FEEDS, PREVIEWS, PRINTED, addresses
from tests.paginas import (
    FORMULIEREN,
    INGESLOTEN,
    PAGINAS,
    VOORBEELDEN,
    Pagina,
    bereid_voor,
)
from tests.web import wsgi
from wijkwijzer.api.adres import WORTEL
from wijkwijzer.api.collecties import ALLE
from wijkwijzer.search.models import Woorddeel
from wijkwijzer.web.door.door import Door
from wijkwijzer.wholes.current import Current, current_stand
from wijkwijzer.wholes.stand import Stand

SLUG, FORMER = "buurtcirkel", "buurtcirkels-van-vroeger"
NOTHING = "00000000-0000-4000-8000-000000000000"
ONE_OF_EACH = [*VOORBEELDEN, *(p for p in FORMULIEREN if p not in VOORBEELDEN)]
# What SQL begins with that writes nothing.
READS = ("SELECT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")


@pytest.fixture(autouse=True)
def _klaar(inhoud: None, one_connection: None, settings: Any) -> None:
    settings.BEHEERDER_EMAIL = "beheer@gemeente.example"
    bereid_voor()
    aanpak = Aanpak.objects.get(slug=SLUG)
    for slug in (FORMER, SLUG):
        aanpak.slug = slug
        aanpak.save()
        factories.publish(aanpak)
    factories.make_afbeelding(pk=1)


def everywhere() -> list[Pagina]:
    """Each page, and what else there is to ask for."""
    aanpak = Aanpak.objects.get(slug=SLUG)
    picture = factories.Afbeelding.objects.get(pk=1)
    return [
        *PAGINAS,
        Pagina("tabel", "/aanpakken/matrix.csv"),
        Pagina("tekening", "/aanpakken/matrix.svg"),
        Pagina("suggesties", "/zoeken/suggesties/?q=buurt"),
        Pagina("blijvend adres", f"/id/aanpak/{aanpak.uuid}", status=303),
        Pagina("met een streep erachter", f"/id/aanpak/{aanpak.uuid}/", status=303),
        Pagina("blijvend adres van niets", f"/id/aanpak/{NOTHING}", status=404),
        Pagina("vroeger adres", f"/aanpakken/{FORMER}/", status=301),
        Pagina("afbeelding", picture.bestand.url),
        Pagina("robots", "/robots.txt"),
        Pagina("lek gevonden", "/.well-known/security.txt"),
        Pagina("vroegere gemeente", "/praktijkvoorbeelden/in/utrecht/", status=301),
        Pagina("stoppen", f"/volgen/{NOTHING}/stop/", status=303),
        Pagina("pictogram", "/favicon.ico", status=302),
        Pagina("adres van de API", WORTEL, status=302),
    ]


def besides() -> list[Pagina]:
    """What other sites and programs get, beside the pages; of the API each list."""
    aanpak = Aanpak.objects.get(slug=SLUG)
    paths = [
        "/gegevens/catalogus.jsonld",
        *("/sitemap.xml", "/sitemap-aanpakken.xml", "/gegevens/wijkwijzer.zip"),
        *("/embed/kleuren/donker.css", "/embed/hoogte.js", "/oembed?url=/wie/"),
        *(f"/id/aanpak/{aanpak.uuid}.svg", f"/id/aanpak/{aanpak.uuid}.png"),
        "/deelbeeld.png",
        *(f"/{path}/feed.atom" for path in FEEDS),
        *(f"/{path}{'?aanpak=abcd' * path.startswith('s')}" for path in EXPORTS),
        *PRINTED.values(),
        *(f"{WORTEL}/{collectie.naam}" for collectie in ALLE),
        *(f"{WORTEL}/alles.json", f"{WORTEL}/openapi.json"),
    ]
    return [*INGESLOTEN, *(Pagina(path, path) for path in paths)]


@contextmanager
def statements() -> Iterator[list[str]]:
    """All SQL that is executed, whoever asks for it."""
    found: list[str] = []

    def note(execute: Any, sql: Any, *rest: Any) -> Any:
        found.append(" ".join(str(sql).split()))
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield found


def writes(found: list[str]) -> list[str]:
    return [
        sql for sql in found if not sql.upper().startswith(READS) or "FOR UPDATE" in sql
    ]


# What the stand is when somebody asks


def outdated() -> None:
    """Something was published, and words changed: layers must be made."""
    aanpak = Aanpak.objects.get(slug="abcd")
    aanpak.samenvatting = f"Net veranderd, keer {next(factories.numbers)}."
    aanpak.save()
    factories.publish(aanpak)
    factories.make_doelgroep()


def worn() -> None:
    """The base itself must be made anew."""
    outdated()
    Woorddeel.objects.create(woord=f"nieuwwoord{next(factories.numbers)}")


def forgotten() -> None:
    """A process that has just begun."""
    current_stand.reset()


def ask(cache: Door, pagina: Pagina) -> list[str]:
    with statements() as found:
        answer = wsgi.ask(cache, pagina.pad)
    assert answer.status == pagina.status, pagina
    return found


def test_every_address_is_asked_here():
    asked = {
        resolve(pagina.pad.partition("?")[0]).route
        for pagina in [*everywhere(), *besides()]
        if pagina.naam != "niet gevonden"
    }
    # One record of a list of the API says no more than that list.
    every = {a for a in addresses(get_resolver()) if not re.match("api/v1/.*<", a)}
    # Only for developers, and for who has a signed link.
    assert every - asked == {"stijl/", *PREVIEWS}


@pytest.mark.long
def test_looking_at_any_page_only_reads():
    cache = wsgi.site(numbers=wsgi.Now())
    for pagina in [*everywhere(), *besides()]:
        assert writes(ask(cache, pagina)) == [], pagina
        # And once more, now that it may be in memory.
        assert writes(ask(cache, pagina)) == [], pagina


@pytest.mark.long
def test_who_comes_first_after_a_change_only_reads():
    cache = wsgi.site(numbers=wsgi.Now())
    for pagina in ONE_OF_EACH:
        outdated()
        before = current_stand.in_use
        assert writes(ask(cache, pagina)) == [], pagina
        assert current_stand.in_use is not before


@pytest.mark.parametrize("before", [worn, forgotten])
@pytest.mark.parametrize("pagina", [VOORBEELDEN[0], FORMULIEREN[0]], ids=str)
def test_who_comes_first_after_all_must_be_built_anew_only_reads(
    before: Callable[[], None], pagina
):
    before()
    stand = current_stand.in_use
    assert writes(ask(wsgi.site(numbers=wsgi.Now()), pagina)) == []
    assert current_stand.in_use not in {None, stand}


def test_a_write_while_somebody_looks_would_be_noticed():
    with statements() as found:
        factories.make_doelgroep()
    assert len(writes(found)) == 1
    assert writes(["SELECT 1 FOR UPDATE", "select 1", "SAVEPOINT x"]) == [
        "SELECT 1 FOR UPDATE"
    ]


# One moment


def test_a_page_is_made_of_one_stand_and_asks_which_one_once(monkeypatch):
    asked: list[Stand] = []

    def noted(self: Current) -> Stand:
        asked.append(original(self))
        return asked[-1]

    original = Current.__call__
    monkeypatch.setattr(Current, "__call__", noted)
    cache = wsgi.site(numbers=wsgi.Now())
    for pagina in everywhere():
        if pagina.formulier:
            continue  # Kept nowhere.
        asked.clear()
        ask(cache, pagina)
        assert len(asked) <= 1, pagina


@pytest.mark.long
def test_a_page_that_asks_what_readers_say_is_made_anew_when_that_changes():
    cache = wsgi.site(numbers=wsgi.Now())
    follow = set()
    for pagina in everywhere():
        before = len(cache.memory)
        found = ask(cache, pagina)
        if len(cache.memory) == before:
            continue
        *_, (page, _) = cache.memory._pages.values()
        shows = any("deelname_" in sql for sql in found)
        assert shows is (page.moment.readers is not None), pagina
        follow |= {pagina.naam} if shows else set()
    assert {"dossier", "praktijkvoorbeeld"} <= follow
    assert "aanpak" not in follow
