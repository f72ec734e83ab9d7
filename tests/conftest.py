"""Fixtures for every test: the real content, a browser, and what a page costs."""

from __future__ import annotations

import gc
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import Condition
from typing import TYPE_CHECKING, Any
from uuid import uuid4
from weakref import WeakSet

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, connections
from django.template import Context, RequestContext, Template
from django.test.signals import template_rendered
from django.test.utils import CaptureQueriesContext
from django.utils.safestring import SafeString
from hypothesis import is_hypothesis_test
from hypothesis import settings as hypothesis_settings

from tests.tools import content, databases, needs, s3
from wijkwijzer.api import bestand
from wijkwijzer.memory import replicas
from wijkwijzer.memory.breaker import breaker
from wijkwijzer.memory.large import path_of as path_of_kept
from wijkwijzer.memory.watch import Watch
from wijkwijzer.publicatie import bewaard
from wijkwijzer.wholes import current

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Playwright, Response
    from pytest_django import DjangoDbBlocker
    from pytest_django.fixtures import SettingsWrapper
    from pytest_django.live_server_helper import LiveServer


# Playwright keeps an event loop in the thread of the tests; Django would then refuse
# every query there, also in the tests that come after.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# A busy machine is no failure: how long an example takes says nothing about our rules.
hypothesis_settings.register_profile("tests", deadline=None)
hypothesis_settings.load_profile("tests")

# Who uses none of these has nothing to do with a database: it would be refused.
DATABASE = {"db", "transactional_db", "django_db_setup", "empty_database"}

# Where all tests are that run in Firefox too.
PAGES = Path(__file__).parent / "pages"

# Of so many cases of one test the covered lines are counted.
COUNTED = 1

not_counted = pytest.StashKey[bool]()
loaded_state = pytest.StashKey["tuple[Base, Stand]"]()


# Marks, and no silent skips


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> Any:
    """Mark by what a test uses, so that nobody can forget the mark."""
    if connection.vendor != "postgresql":
        elsewhere = [i for i in items if i.get_closest_marker("postgresql")]
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in elsewhere]
    cases: Counter[str] = Counter()
    for item in items:
        used = set(getattr(item, "fixturenames", ()))
        if used & {"browser", "context", "page"}:
            item.add_marker("browser")
        if not uses_database(item):
            item.add_marker("once")
        # In one process: else each would start those servers, or Java, anew.
        if "nu_fouten" in used:
            item.add_marker("nu")
            item.add_marker(pytest.mark.xdist_group("nu"))
        elif shares_with_its_module(item):
            item.add_marker(pytest.mark.xdist_group(item.path.name))
        if item.get_closest_marker("firefox") and PAGES not in item.path.parents:
            raise pytest.UsageError(f"Firefox would miss {item.nodeid}: see tests.run")
        test = item.nodeid.partition("[")[0]
        cases[test] += 1
        again = cases[test] > COUNTED or item.get_closest_marker("long")
        if again or is_hypothesis_test(getattr(item, "obj", None)):
            # The same lines once more: counting them takes as long as running them.
            item.stash[not_counted] = True
    result = yield  # the order is shuffled
    # What takes long begins first: at the end every core has something left to do.
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Any:
    """Count no covered lines for as long as such a test takes.

    Not by the mark of pytest-cov: in a process of xdist it counts on.
    """
    counting = sys.gettrace()
    if item.stash.get(not_counted, False):
        sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(counting)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Python looks for rubbish seldom, and never among what stays: as on a server.

    Else it would go through all modules and tests again and again, a fifth of the time.
    """
    gc.set_threshold(100_000, 20, 20)
    gc.collect()
    gc.freeze()


def own_fixtures(item: pytest.Item) -> list[pytest.FixtureDef[Any]]:
    """Those of ours that a test uses, itself or through another."""
    fixtures = item._fixtureinfo.name2fixturedefs.values()
    return [used[-1] for used in fixtures if used[-1].baseid]


def shares_with_its_module(item: pytest.Item) -> bool:
    """Whether a test uses what is made once for all tests of its file."""
    return any(fixture.scope == "module" for fixture in own_fixtures(item))


def uses_database(item: pytest.Item) -> bool:
    """Whether a test may query, also by a fixture of ours that unblocks it itself."""
    return (
        item.get_closest_marker("django_db") is not None
        or not DATABASE.isdisjoint(item.fixturenames)
        or any("django_db_blocker" in f.argnames for f in own_fixtures(item))
    )


def no_skip_in_ci(report: Any) -> Any:
    """In CI a skip is a failure: what does not run there, runs nowhere."""
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Nothing may be skipped in CI: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Any:
    return no_skip_in_ci((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Any:
    return no_skip_in_ci((yield))


# What a page was made of


@pytest.fixture(scope="session", autouse=True)
def only_pages_are_noted(django_test_environment: None) -> None:
    """Let ``response.context`` be of the page alone.

    Django notes every template with a copy of its context: in the admin, those of some
    thousand fields and labels, which takes a fifth of the time.
    """

    def render(self: Template, context: Context) -> SafeString:
        if context.template is self and isinstance(context, RequestContext):
            template_rendered.send(sender=self, template=self, context=context)
        return self.nodelist.render(context)

    Template._render = render


# Threads that ask the database


# Those of this process, also of tests before.
watches = WeakSet([current.recent_numbers, replicas._watch])


@pytest.fixture(scope="session", autouse=True)
def every_watch_is_known() -> None:
    init = Watch.__init__

    def known(self: Watch, *args: Any, **kwargs: Any) -> None:
        init(self, *args, **kwargs)
        watches.add(self)

    Watch.__init__ = known


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown() -> None:
    """A question that nobody waits for ends while the database may still be asked."""
    for watch in [*watches]:
        # On a busy machine longer than any reader would.
        watch._answered.wait(10)


# The content


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """`make test` shares the content between its legs; else its processes share it."""
    shared = content.shared()
    shared.__enter__()
    config.add_cleanup(lambda: shared.__exit__(None, None, None))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> Iterator[None]:
    """Let the test database begin as a copy of the one with the real content."""
    with databases.copied_from_content():
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> None:
    """Build once what every process builds; each test rolls back to it."""
    with django_db_blocker.unblock():
        current.current_stand.reset()
        current.current_stand()
    assert current.current_stand.state
    request.config.stash[loaded_state] = current.current_stand.state
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def fresh_stand(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each test begins with the stand of the real content, and no other.

    Those that a test made go: rolled back numbers come again, with other content. And
    what is built anew is built at once: another thread does not see what a test did.
    """
    current.current_stand.reset(request.config.stash.get(loaded_state, None))
    # Another test may have had a database that did not answer.
    breaker.since = None
    monkeypatch.setattr(
        current.Current,
        "_build_beside",
        lambda self, day: self._use(self._make_base(day)),
    )


@pytest.fixture(autouse=True)
def who_asks_for_a_pdf_waits_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine is; tests/publicatie has what happens otherwise."""
    for patience in ("GEDULD", "GEDULD_LOS"):
        monkeypatch.setattr(bewaard, patience, 120.0)
    # Tests ask for its page more often than anybody reads the book.
    monkeypatch.setattr(bewaard, "VOORUIT", False)


@pytest.fixture(autouse=True)
def what_is_made_once_is_made_for_each_test(
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[None]:
    """What a test changed is rolled back: the next has the same number, and others."""
    own, made = uuid4().hex, []

    def path_of(naam: str, sleutel: str) -> Path:
        made.append(path_of_kept(naam, f"{sleutel}.{own}"))
        return made[-1]

    monkeypatch.setattr(bestand, "path_of", path_of)
    yield
    for path in made:
        path.unlink(missing_ok=True)


@pytest.fixture
def inhoud(db: None) -> None:
    """The real content of fixtures/, in a transaction that is rolled back."""


@pytest.fixture
def no_umask() -> Iterator[None]:
    """Files get every right that is not kept from them."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def one_connection(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests stay in the transaction of the test, as with Django's own client."""
    own = connections["default"]
    monkeypatch.setattr(own, "close_if_unusable_or_obsolete", lambda: None)


@pytest.fixture
def own_connections(db: None, tmp_path: Path) -> Iterator[None]:
    """Let every thread have its own connection, and see what another committed.

    With ``db``, beside its transaction: without, a test by itself would have the
    database of the site.
    """
    with databases.own_connections(tmp_path):
        yield


@pytest.fixture
def empty_database(
    django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """A database of its own, without a single table."""
    folder = tmp_path_factory.mktemp("empty")
    with django_db_blocker.unblock(), databases.empty(folder):
        yield


# Pictures in a bucket


@pytest.fixture(scope="session")
def store() -> Iterator[s3.Store]:
    """A store that speaks S3, for all tests."""
    with s3.running() as store:
        yield store


@pytest.fixture
def use_bucket(
    settings: SettingsWrapper, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str, str], None]]:
    """Return a function: bucket, address of its store → pictures are there."""
    for name, value in s3.KEYS.items():
        monkeypatch.setenv(name, value)

    used: list[Any] = []

    def use(bucket: str, url: str) -> None:
        settings.MEDIA_S3_BUCKET, settings.MEDIA_S3_ENDPOINT = bucket, url
        ours = {"default": {"BACKEND": "wijkwijzer.core.media.S3Media"}}
        settings.STORAGES = settings.STORAGES | ours
        used.append(default_storage._client)

    yield use
    for client in used:
        client.close()


@pytest.fixture
def bucket(store: s3.Store, use_bucket: Callable[[str, str], None]) -> str:
    """Pictures are in a new bucket; its name."""
    name = store.make_bucket()
    use_bucket(name, store.url)
    return name


# The browser


class Answering:
    """The application of the server, which knows how many answers it is making."""

    def __init__(self, application: Callable[..., Any]) -> None:
        self.application, self.answers, self.changed = application, 0, Condition()

    def __call__(self, *request: Any) -> Any:
        self._count(1)
        try:
            return self.application(*request)
        finally:
            self._count(-1)

    def _count(self, more: int) -> None:
        with self.changed:
            self.answers += more
            self.changed.notify_all()

    def wait(self) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: not self.answers, timeout=30)


@pytest.fixture(scope="session")
def site_server(
    playwright: Playwright, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[LiveServer]:
    """One server for all browser tests.

    On SQLite it shares the connection of the tests: pages show what a test has made,
    and the rollback after the test holds for the server as well. With the event loop of
    ``playwright`` the tests get another connection, so that comes first.
    """
    from pytest_django.live_server_helper import LiveServer

    with django_db_blocker.unblock():
        connection.ensure_connection()
        server = LiveServer("127.0.0.1")
    httpd = server.thread.httpd
    httpd.set_app(Answering(httpd.get_app()))
    # Stopping waits for what the last browser kept open. That closes a moment later,
    # and the shared connection with it: threads may do that only while it is shared.
    httpd.daemon_threads = False
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def answered(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a browser still asked for is answered before the content is rolled back."""
    if "browser" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("db")
    server = request.getfixturevalue("site_server")
    yield
    server.thread.httpd.get_app().wait()


@pytest.fixture(scope="session")
def base_url(site_server: LiveServer) -> str:
    """Let ``page.goto("/aanpakken/")`` do without the address of the server."""
    return site_server.url


@pytest.fixture
def page(db: None, page: Page) -> Page:
    """A page in a fresh browser context, on the real content."""
    page.set_default_timeout(10_000)
    return page


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], browser_name: str, site_server: LiveServer
) -> dict[str, Any]:
    """Use the browser of the system: Playwright downloads none.

    With ``site_server``, because the server stops when no browser is connected.
    """
    if browser_name == "firefox":
        system = {"channel": "moz-firefox", "executable_path": needs.firefox()}
        return browser_type_launch_args | system
    return browser_type_launch_args | {
        "executable_path": needs.headless_chromium(),
        "args": [
            "--no-sandbox",  # CI runs as root, which Chromium otherwise refuses
            "--disable-gpu",
            # As a screen of today and paper have it: letters are as wide as they are.
            "--font-render-hinting=none",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.fixture(scope="session")
def browser(browser: Browser, browser_name: str) -> Iterator[Browser]:
    """The browser of all tests. Firefox, asked to go elsewhere, at times goes twice.

    Playwright then says that one visit was "interrupted" by another to that address.
    """
    if browser_name != "firefox":
        yield browser
        return
    from playwright.sync_api import Error, Page

    go = Page.goto

    def goto(page: Page, url: str, **options: Any) -> Response | None:
        try:
            return go(page, url, **options)
        except Error as error:
            twice = re.search(
                r'Navigation to "(.+)" is interrupted .+ "\1"', str(error)
            )
            if not twice:
                raise
            return go(page, url, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Page, "goto", goto)
        yield browser


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return browser_context_args | {
        "locale": "nl-NL",
        "timezone_id": "Europe/Amsterdam",
        "viewport": {"width": 1280, "height": 800},
    }


@pytest.fixture
def axe_bevindingen() -> Callable[..., list[str]]:
    """Return a function: page → findings of axe, WCAG 2.2 AA and best practice.

    Its second argument, if any: the rules to ask instead of all.
    """
    from tests.tools.browser import axe_findings

    return axe_findings


@pytest.fixture(scope="session")
def nu_fouten() -> Iterator[Callable[[str | bytes], list[str]]]:
    """Return a function: HTML document → errors of the Nu checker."""
    from tests.tools.browser import NuChecker

    checker = NuChecker()
    yield checker.errors
    checker.stop()


@pytest.fixture
def schermafdruk(request: pytest.FixtureRequest) -> Callable[[Page, str], Path]:
    """Return a function: page, name → file of the whole page in var/screenshots/."""

    def shoot(page: Page, name: str) -> Path:
        file = settings.BASE_DIR / "var" / "screenshots" / f"{name}.png"
        page.screenshot(path=file, full_page=True, animations="disabled")
        return file

    return shoot


# Queries


def query_name(sql: str) -> str:
    """Return a query in two words: what it does, and to which table first."""
    outer, inner = sql, ""
    while outer != inner:  # without subqueries, whose tables come first
        outer, inner = re.sub(r"\([^()]*\)", "", outer), outer
    match = re.search(r'(?:FROM|INTO|UPDATE)\s+"?(\w+)', outer)
    return f"{sql.split(maxsplit=1)[0]} {match[1] if match else '…'}"


@pytest.fixture
def met_queries(db: None) -> Callable[[int], AbstractContextManager[list[str]]]:
    """Return a context manager: at most so many queries, else their names are shown.

    ``with met_queries(8) as queries: …`` leaves the names in ``queries``.
    """

    @contextmanager
    def at_most(maximum: int) -> Iterator[list[str]]:
        names: list[str] = []
        with CaptureQueriesContext(connection) as captured:
            yield names
        names += [query_name(query["sql"]) for query in captured.captured_queries]
        listing = "\n".join(
            f"{number}. {name}" for number, name in enumerate(names, start=1)
        )
        assert len(names) <= maximum, f"{len(names)} queries:\n{listing}"

    return at_most
