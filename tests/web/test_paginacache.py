"""Public pages from memory: the same answer as Django's, and never an older one."""

from __future__ import annotations

import gzip
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from threading import Event
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import brotli
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import OperationalError, close_old_connections, connection, connections
from django.http import FileResponse, HttpResponse, StreamingHttpResponse

from aanpakken.models import Aanpak
from wijkwijzer.core import catalogusversie
from wijkwijzer.core.catalogusversie import Peil, Versiewacht, loopt_achter
from wijkwijzer.core.models import Status
from wijkwijzer.web import paginacache
from wijkwijzer.web.paginacache import Paginacache, kies_codering

DAY = date(2026, 11, 24)
TEXT = "Samen maken we de buurt leefbaarder. " * 100
STALE = '110 - "Response is Stale"'


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        unpack = {"br": brotli.decompress, "gzip": gzip.decompress}
        encoding = self.headers.get("content-encoding", "identity")
        return unpack.get(encoding, bytes)(self.body).decode()


def ask(app, address: str = "/over/", method: str = "GET", **extra: str) -> Answer:
    """Send a request as a server does, with both sides held to the WSGI standard."""
    path, _, query = address.partition("?")
    environ = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": "testserver",
        **extra,
    }
    setup_testing_defaults(environ)
    begin: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(status, headers, exc_info=None):
        begin.append((status, list(headers)))
        # Some servers add to the list they are given.
        headers.append(("Server", "test"))
        return lambda data: None

    answer = validator(app)(environ, start_response)
    try:
        body = b"".join(answer)
    finally:
        answer.close()
    ((status, headers),) = begin
    headers = {name.lower(): value for name, value in headers}
    return Answer(int(status[:3]), headers, body)


class Counted:
    """A WSGI application that counts what reaches it."""

    def __init__(self, app) -> None:
        self.app, self.count = app, 0

    def __call__(self, environ, start_response):
        self.count += 1
        return self.app(environ, start_response)


class Version:
    """A catalogue number that a test sets."""

    def __init__(self) -> None:
        self.number, self.current = 1, True

    def __call__(self) -> tuple[Peil | None, bool]:
        return (Peil(self.number, DAY) if self.number else None), self.current


def view(make):
    """Make a WSGI application of a function that makes a response of Django."""

    def app(environ, start_response):
        response = make(environ)
        headers = list(response.items())
        headers += [("Set-Cookie", c.OutputString()) for c in response.cookies.values()]
        start_response(f"{response.status_code} {response.reason_phrase}", headers)
        return response

    return app


@pytest.fixture
def version() -> Version:
    return Version()


@pytest.fixture
def one_connection(db):
    """Requests stay in the transaction of the test, as with Django's own client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def make_cache(version, one_connection):
    """Return a function: WSGI application → page cache around it."""

    def make(app, max_bytes: int = 1_000_000) -> Paginacache:
        return Paginacache(Counted(app), max_bytes=max_bytes, versie=version)

    return make


@pytest.fixture
def site(inhoud, make_cache) -> Paginacache:
    """The cache around the real site."""
    return make_cache(WSGIHandler())


@pytest.fixture
def simple(make_cache) -> Paginacache:
    """The cache around a page with its path and query, and the number of requests."""

    def make(environ) -> HttpResponse:
        where = f"{environ['PATH_INFO']}?{environ['QUERY_STRING']}"
        return HttpResponse(f"{where} {cache._django.count} {TEXT}")

    cache = make_cache(view(make))
    return cache


def asked(cache: Paginacache) -> int:
    """Return how many requests have reached Django."""
    return cache._django.count


# The same answer as Django's


@pytest.mark.parametrize("path", ["/", "/aanpakken/", "/aanpakken/buurtcirkel/"])
def test_a_page_comes_from_memory_with_every_header_and_byte_of_django(site, path):
    own = ask(WSGIHandler(), path)
    first, second = ask(site, path), ask(site, path)

    assert asked(site) == 1
    assert first == second
    assert second.body == own.body
    # The directives of the policy come in any order.
    policy = "content-security-policy"
    assert set(own.headers.pop(policy).split("; ")) == set(
        second.headers[policy].split("; ")
    )
    assert own.headers.items() <= second.headers.items()
    assert set(second.headers) - set(own.headers) == {
        *("cache-control", "etag", "vary", policy)
    }


def test_readers_get_no_cookie_and_share_a_page_that_they_must_check(site):
    headers = ask(site).headers
    assert headers["vary"] == "accept-encoding"
    assert headers["cache-control"] == "public, max-age=0, must-revalidate"
    assert "set-cookie" not in headers


def test_a_page_on_https_has_hsts_from_memory_too(settings, inhoud, make_cache):
    settings.SECURE_HSTS_SECONDS = 3600
    cache = make_cache(WSGIHandler())
    secure = {"wsgi.url_scheme": "https"}
    assert ask(cache, **secure) == ask(cache, **secure)
    assert asked(cache) == 1
    assert ask(cache, **secure).headers["strict-transport-security"]
    assert "strict-transport-security" not in ask(cache).headers


def test_the_host_and_the_scheme_that_a_proxy_gives_are_part_of_the_key(
    settings, inhoud, make_cache
):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    cache = make_cache(WSGIHandler())
    for host in ("testserver", "localhost"):
        for scheme in ("http", "https"):
            answer = ask(cache, HTTP_HOST=host, HTTP_X_FORWARDED_PROTO=scheme)
            assert f'<link rel="canonical" href="{scheme}://{host}/over/">' in (
                answer.text
            )
    assert asked(cache) == 4


@pytest.mark.parametrize("host", ["elders.example", "testserver, elders.example", ""])
def test_a_host_that_django_refuses_gets_nothing_from_memory(site, host):
    ask(site)
    assert ask(site, HTTP_HOST=host).status == 400
    assert ask(site, HTTP_HOST=host).status == 400
    assert len(site.geheugen) == 1


# Encodings


def test_a_page_is_compressed_once_per_encoding(simple, monkeypatch):
    made: Counter[str] = Counter()
    for module, name in ((brotli, "br"), (gzip, "gzip")):

        def compress(*args, original=module.compress, name=name, **kwargs):
            made[name] += 1
            return original(*args, **kwargs)

        monkeypatch.setattr(getattr(paginacache, module.__name__), "compress", compress)
    sizes = {}
    for _ in range(3):
        for accept in ("br", "gzip", "identity"):
            answer = ask(simple, HTTP_ACCEPT_ENCODING=accept)
            assert answer.text.endswith(TEXT)
            assert int(answer.headers["content-length"]) == len(answer.body)
            assert answer.headers.get("content-encoding", "identity") == accept
            sizes[accept] = len(answer.body)
    assert made == {"br": 1, "gzip": 1}
    assert asked(simple) == 1
    assert sizes["br"] < sizes["gzip"] < sizes["identity"] / 10


@pytest.mark.parametrize(
    ("accept", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("GZIP;q=1.0, *;q=0.5", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br; q=0.000, gzip ;q=0", "identity"),
        ("*", "br"),
        ("*;q=0", "identity"),
        ("br;q=onzin", "br"),
        ("deflate", "identity"),
        ("brood", "identity"),
        (",,;=;q=0", "identity"),
        ("", "identity"),
    ],
)
def test_the_smallest_encoding_that_the_client_takes_is_chosen(accept, encoding):
    assert kies_codering(accept) == encoding


@pytest.mark.parametrize(
    "make",
    [
        lambda environ: HttpResponse("kort"),
        lambda environ: HttpResponse(TEXT, content_type="image/png"),
        lambda environ: HttpResponse(TEXT, content_type="application/pdf"),
    ],
)
def test_what_does_not_shrink_is_not_compressed(make_cache, make):
    cache = make_cache(view(make))
    answer = ask(cache, HTTP_ACCEPT_ENCODING="br")
    assert "content-encoding" not in answer.headers
    assert answer == ask(cache, HTTP_ACCEPT_ENCODING="br")
    assert asked(cache) == 1


@pytest.mark.parametrize(
    "content_type",
    [
        *("text/plain", "application/json", "application/problem+json"),
        *("application/atom+xml; charset=utf-8", "image/svg+xml"),
    ],
)
def test_all_text_is_compressed(make_cache, content_type):
    cache = make_cache(view(lambda e: HttpResponse(TEXT, content_type=content_type)))
    answer = ask(cache, HTTP_ACCEPT_ENCODING="br")
    assert answer.headers["content-encoding"] == "br"
    assert answer.text == TEXT


# Conditional requests and HEAD


@pytest.mark.parametrize("query", ["", "?" + "q" * 2000])
def test_a_page_that_the_client_has_answers_304_stored_or_not(simple, query):
    etag = ask(simple, f"/a/{query}").headers["etag"]
    assert etag.startswith('W/"1-')
    seen = asked(simple)
    # The count in the text of the page that is not kept would change its ETag.
    simple._django.count = 0
    for sent in (etag, etag[2:], f'"x", {etag}', "*"):
        simple._django.count = 0
        answer = ask(simple, f"/a/{query}", HTTP_IF_NONE_MATCH=sent)
        assert (answer.status, answer.body) == (304, b"")
        assert answer.headers["etag"] == etag
        assert answer.headers["vary"] == "accept-encoding"
        assert not {"content-type", "content-length"} & set(answer.headers)
    assert seen == 1
    for sent in ('W/"1-anders"', "onzin", '"'):
        assert ask(simple, f"/a/{query}", HTTP_IF_NONE_MATCH=sent).status == 200


def test_a_304_keeps_the_security_headers(site):
    full = ask(site).headers
    short = ask(site, HTTP_IF_NONE_MATCH=full["etag"]).headers
    assert short.items() <= full.items()
    assert "content-security-policy" in short


def test_the_etag_tells_pages_of_one_number_apart(simple):
    assert ask(simple, "/a/").headers["etag"] != ask(simple, "/b/").headers["etag"]


def test_an_etag_and_a_cache_control_of_the_view_stay(make_cache):
    own = {"ETag": '"eigen"', "Cache-Control": "public, max-age=60"}
    cache = make_cache(view(lambda environ: HttpResponse(TEXT, headers=own)))
    for _ in range(2):
        headers = ask(cache).headers
        assert (headers["etag"], headers["cache-control"]) == tuple(own.values())
    assert ask(cache, HTTP_IF_NONE_MATCH='"eigen"').status == 304
    assert asked(cache) == 1


@pytest.mark.parametrize("accept", ["", "br"])
def test_head_has_the_headers_of_get_and_no_body(site, accept):
    options = {"HTTP_ACCEPT_ENCODING": accept}
    unseen = ask(site, "/aanpakken/", "HEAD", **options)
    assert len(site.geheugen) == 0
    full = ask(site, "/aanpakken/", **options)
    seen = ask(site, "/aanpakken/", "HEAD", **options)
    for head in (unseen, seen):
        policy = "content-security-policy"
        assert head.body == b""
        assert head.headers | {policy: ""} == full.headers | {policy: ""}
    assert asked(site) == 2


def test_head_of_a_view_without_a_body_passes_as_it_is(make_cache):
    cache = make_cache(view(lambda environ: HttpResponse(headers={"X-Aantal": "3"})))
    assert ask(cache, method="HEAD").headers == {
        "content-type": "text/html; charset=utf-8",
        "x-aantal": "3",
    }


# What is never kept


def with_cookie(environ) -> HttpResponse:
    response = HttpResponse(TEXT)
    response.set_cookie("naam", "waarde")
    return response


@pytest.mark.parametrize(
    "make",
    [
        with_cookie,
        *(
            lambda environ, headers=headers: HttpResponse(TEXT, headers=headers)
            for headers in (
                {"Vary": "Cookie"},
                {"Vary": "Accept-Encoding, cookie"},
                {"Vary": "*"},
                {"Cache-Control": "no-store"},
                {"Cache-Control": "max-age=0, Private"},
                {"Cache-Control": "no-cache"},
                {"Content-Encoding": "gzip"},
            )
        ),
        *(
            lambda environ, status=status: HttpResponse(TEXT, status=status)
            for status in (201, 301, 400, 404, 410, 500, 503)
        ),
        lambda environ: StreamingHttpResponse([TEXT.encode()]),
        lambda environ: FileResponse(BytesIO(TEXT.encode())),
    ],
)
def test_what_is_private_unusual_or_streams_passes_untouched(make_cache, make):
    own = ask(view(make))
    cache = make_cache(view(make))
    for _ in range(2):
        assert ask(cache, HTTP_ACCEPT_ENCODING="br", HTTP_IF_NONE_MATCH="*") == own
    assert asked(cache) == 2
    assert len(cache.geheugen) == 0


@pytest.mark.parametrize(
    ("address", "options"),
    [
        ("/over/", {"method": "POST", "CONTENT_LENGTH": "0"}),
        ("/over/", {"HTTP_AUTHORIZATION": "Bearer x"}),
        ("/over/", {"HTTP_COOKIE": "a=b; messages=x"}),
        ("/admin/login/", {}),
        ("/livez", {}),
        ("/readyz", {}),
        ("/over/?" + "q" * 1025, {}),
    ],
)
def test_requests_that_always_reach_django(simple, address, options):
    ask(simple)
    for _ in range(2):
        ask(simple, address, **options)
    assert asked(simple) == 3
    assert len(simple.geheugen) == 1


def test_a_page_that_varies_on_another_header_is_compressed_but_not_kept(make_cache):
    headers = {"Vary": "HX-Request"}
    cache = make_cache(view(lambda environ: HttpResponse(TEXT, headers=headers)))
    for _ in range(2):
        answer = ask(cache, HTTP_ACCEPT_ENCODING="br")
        assert answer.headers["content-encoding"] == "br"
        assert answer.headers["vary"] == "accept-encoding, hx-request"
    assert asked(cache) == 2


def test_a_cookie_of_another_site_on_this_domain_does_not_matter(simple):
    ask(simple)
    ask(simple, HTTP_COOKIE="_ga=1; gemeente=x")
    assert asked(simple) == 1


def test_an_editor_never_gets_or_fills_a_kept_page(site, settings, admin_client):
    session = (
        f"{settings.SESSION_COOKIE_NAME}={admin_client.cookies['sessionid'].value}"
    )
    etag = ask(site).headers["etag"]
    for _ in range(2):
        answer = ask(site, HTTP_COOKIE=session, HTTP_IF_NONE_MATCH=etag)
        assert answer.status == 200
        assert answer.headers["cache-control"] == "private, no-cache"
        assert "etag" not in answer.headers
    ask(site, "/aanpakken/", HTTP_COOKIE=session)
    assert asked(site) == 4
    assert len(site.geheugen) == 1


def test_what_a_view_says_about_caching_to_an_editor_stays(make_cache, settings):
    own = {"Cache-Control": "no-store"}
    cache = make_cache(view(lambda environ: HttpResponse(TEXT, headers=own)))
    cookie = f"{settings.SESSION_COOKIE_NAME}=x"
    assert ask(cache, HTTP_COOKIE=cookie).headers["cache-control"] == "no-store"


# A bound on memory


def test_memory_is_bounded_and_the_page_used_longest_ago_goes_first(make_cache):
    cache = make_cache(view(lambda environ: HttpResponse(TEXT)), max_bytes=100_000)
    for number in range(50):
        ask(cache, f"/{number}/")
        ask(cache, "/0/", HTTP_ACCEPT_ENCODING=("br", "gzip")[number % 2])
        assert cache.geheugen.bytes <= 100_000
    kept = len(cache.geheugen)
    assert 5 < kept < 50
    before = asked(cache)
    ask(cache, "/0/")
    ask(cache, "/49/")
    assert asked(cache) == before
    ask(cache, "/1/")
    assert asked(cache) == before + 1


def test_the_count_of_bytes_is_the_sum_of_what_is_kept(simple):
    for number in range(5):
        for accept in ("", "br", "gzip"):
            ask(simple, f"/{number}/", HTTP_ACCEPT_ENCODING=accept)
    pages = [page for page, _ in simple.geheugen._paginas.values()]
    assert simple.geheugen.bytes == sum(page.grootte for page in pages)
    assert simple.geheugen.bytes > 5 * len(TEXT)


@pytest.mark.parametrize("max_bytes", [0, 20_000])
def test_a_page_that_would_drive_out_the_others_is_not_kept(make_cache, max_bytes):
    cache = make_cache(view(lambda environ: HttpResponse(TEXT)), max_bytes=max_bytes)
    for _ in range(2):
        assert ask(cache, HTTP_ACCEPT_ENCODING="br").text == TEXT
    assert asked(cache) == 2
    assert cache.geheugen.bytes == 0


# A change is seen


def test_a_page_is_made_anew_when_the_number_or_the_day_changes(simple, version):
    first = ask(simple)
    version.number = 2
    second = ask(simple)
    assert second.text != first.text
    assert second.headers["etag"].startswith('W/"2-')
    assert ask(simple, HTTP_IF_NONE_MATCH=first.headers["etag"]).status == 200
    assert asked(simple) == 2
    assert len(simple.geheugen) == 1


def test_a_page_that_was_made_while_the_content_changed_is_not_kept_as_new(
    make_cache, version
):
    def make(environ) -> HttpResponse:
        version.number += 1
        return HttpResponse(f"{version.number - 1} {TEXT}")

    cache = make_cache(view(make))
    assert ask(cache).text.startswith("1 ")
    assert ask(cache).text.startswith("2 ")


def test_a_page_from_an_index_that_is_being_rebuilt_is_not_kept(make_cache):
    def make(environ) -> HttpResponse:
        loopt_achter.set(behind)
        return HttpResponse(TEXT)

    behind = True
    cache = make_cache(view(make))
    ask(cache)
    assert len(cache.geheugen) == 0
    behind = False
    ask(cache)
    assert len(cache.geheugen) == 1


def test_many_threads_never_get_a_page_older_than_the_number_they_knew(
    make_cache, version
):
    def make(environ) -> HttpResponse:
        return HttpResponse(f"{version.number} {environ['PATH_INFO']} {TEXT}")

    cache = make_cache(view(make), max_bytes=72_000)

    def read(number: int) -> None:
        if number % 50 == 0:
            version.number += 1
        known, path = version.number, f"/{number * number % 17}/"
        accept = ("br", "gzip", "identity")[number % 3]
        answer = ask(cache, path, HTTP_ACCEPT_ENCODING=accept)
        made, where, _ = answer.text.split(" ", 2)
        assert int(made) >= known
        assert where == path

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(read, range(2000)))
    sizes = [size for _, size in cache.geheugen._paginas.values()]
    assert cache.geheugen.bytes == sum(sizes) <= 72_000
    assert asked(cache) < 2000


# The database stops


def test_pages_seen_before_keep_answering_and_say_that_they_may_be_old(simple, version):
    before = ask(simple)
    version.current = False
    version.number = 0
    during = ask(simple)
    assert (during.status, during.body) == (200, before.body)
    assert during.headers == before.headers | {"warning": STALE}
    etag = before.headers["etag"]
    assert ask(simple, HTTP_IF_NONE_MATCH=etag).headers["warning"] == STALE
    assert asked(simple) == 1

    ask(simple, "/nieuw/")
    assert len(simple.geheugen) == 1

    version.current, version.number = True, 1
    assert ask(simple) == before


def test_an_older_page_takes_the_place_of_an_error_when_the_database_stops_meanwhile(
    make_cache, version
):
    def make(environ) -> HttpResponse:
        if version.number == 1:
            return HttpResponse(TEXT)
        version.current = stays
        return HttpResponse("stuk", status=500)

    stays = False
    cache = make_cache(view(make))
    ask(cache)
    version.number = 2
    answer = ask(cache)
    assert (answer.status, answer.text) == (200, TEXT)
    assert answer.headers["warning"] == STALE

    # An error of our own stays visible.
    version.current = stays = True
    assert ask(cache).status == 500


# How the number is known


@pytest.fixture
def watch(monkeypatch):
    """A watch on a number that a test sets, with small waits."""
    watch = Versiewacht()
    watch.answer = lambda: 1
    watch.asked = 0
    monkeypatch.setattr(watch, "GEDULD", 5)

    def huidige_versie() -> int:
        watch.asked += 1
        return watch.answer()

    monkeypatch.setattr(catalogusversie, "huidige_versie", huidige_versie)
    monkeypatch.setattr(catalogusversie.connections, "close_all", lambda: None)
    yield watch
    # A question that is still out would ask the real database after this test.
    watch._klaar.wait(10)


def wait_until(condition) -> None:
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.01)


def fail() -> int:
    raise OperationalError("connection refused")


def test_the_database_is_asked_once_for_many_readers(watch, monkeypatch):
    monkeypatch.setattr(watch, "INTERVAL", 3600)
    monkeypatch.setattr(watch, "MAX_OUDERDOM", 7200)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: watch(), range(200)))
    assert watch.asked == 1
    assert {peil.versie for peil, current in answers if current} == {1}


def test_an_answer_that_is_too_old_is_waited_for(watch, monkeypatch):
    monkeypatch.setattr(watch, "INTERVAL", 0)
    monkeypatch.setattr(watch, "MAX_OUDERDOM", 0)
    for number in range(1, 20):
        watch.answer = lambda number=number: number
        assert watch()[0].versie == number


def test_within_a_second_everyone_knows_or_is_told_that_nobody_knows():
    assert Versiewacht.MAX_OUDERDOM + Versiewacht.GEDULD <= 1
    assert Versiewacht.INTERVAL < Versiewacht.MAX_OUDERDOM


def test_after_a_failure_the_last_answer_stays_until_one_succeeds(watch, caplog):
    watch.INTERVAL = 0
    assert watch() == (watch._peil, True)
    watch.answer = fail
    wait_until(lambda: not watch()[1])
    wait_until(lambda: watch() and watch.asked > 5)
    assert watch() == (watch._peil, False)
    assert watch._peil.versie == 1
    watch.answer = lambda: 2
    wait_until(lambda: watch()[1])
    assert watch()[0].versie == 2
    assert [record.getMessage() for record in caplog.records] == [
        "De database antwoordt niet: connection refused",
        "De database antwoordt weer.",
    ]


def test_a_database_that_was_never_there_has_no_number(watch):
    watch.answer = fail
    assert watch() == (None, False)


def test_a_database_that_hangs_holds_nobody_up_twice(watch, monkeypatch):
    watch()
    release = Event()
    monkeypatch.setattr(watch, "INTERVAL", 0)
    monkeypatch.setattr(watch, "MAX_OUDERDOM", 0)
    monkeypatch.setattr(watch, "GEDULD", 0.01)
    watch.answer = lambda: release.wait(30) and 2
    assert watch() == (watch._peil, False)
    monkeypatch.setattr(watch, "GEDULD", 3600)
    asked_before = watch.asked
    for _ in range(100):
        assert watch()[1] is False
    assert watch.asked == asked_before
    release.set()
    wait_until(lambda: watch()[1])
    assert watch()[0].versie == 2


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_thread_that_broke_is_replaced(watch):
    watch.INTERVAL = watch.MAX_OUDERDOM = 0
    watch.answer = lambda: 1 / 0
    watch()
    wait_until(lambda: not watch._draad.is_alive())
    watch.answer = lambda: 1
    wait_until(lambda: watch()[0] is not None)


# Real databases


@pytest.fixture
def processes(transactional_db, monkeypatch):
    """Two caches that know nothing of each other, each with its own connection."""
    from tests.conftest import load_content

    # A connection that stays open would not notice that the database is elsewhere.
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
    if not Aanpak.objects.exists():
        load_content()
    watches = Versiewacht(), Versiewacht()
    yield [
        Paginacache(Counted(WSGIHandler()), max_bytes=10**7, versie=watch)
        for watch in watches
    ]
    # A question that is still out belongs to this test.
    for watch in watches:
        wait_until(watch._klaar.is_set)


def test_a_publication_is_soon_visible_in_every_process(processes):
    aanpak = Aanpak.objects.get(slug="buurtcirkel")
    Aanpak.objects.filter(pk=aanpak.pk).update(status=Status.CONCEPT)
    for cache in processes:
        assert "Buurtcirkel" not in ask(cache, "/aanpakken/").text
        assert "Buurtcirkel" not in ask(cache, "/aanpakken/").text
        assert asked(cache) == 1
        assert ask(cache, "/aanpakken/buurtcirkel/").status == 404

    aanpak.save()

    for cache in processes:
        wait_until(lambda cache=cache: "Buurtcirkel" in ask(cache, "/aanpakken/").text)
        assert ask(cache, "/aanpakken/buurtcirkel/").status == 200

    aanpak.status, aanpak.reden_archivering = Status.GEARCHIVEERD, "Bestaat niet meer."
    aanpak.save()
    for cache in processes:
        wait_until(
            lambda cache=cache: ask(cache, "/aanpakken/buurtcirkel/").status == 410
        )
        assert "Buurtcirkel" not in ask(cache, "/aanpakken/").text


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
def test_the_site_survives_a_database_that_stops_and_comes_back(processes):
    cache, other = processes
    before = ask(cache)
    assert ask(other, "/aanpakken/").status == 200
    with pytest.MonkeyPatch.context() as patch:
        stop_database(patch)
        wait_until(lambda: "warning" in ask(cache).headers)
        for _ in range(3):
            during = ask(cache)
            assert (during.status, during.body) == (200, before.body)
            assert during.headers["warning"] == STALE
    if connection.vendor == "postgresql":
        connection.close_pool()

    wait_until(lambda: "warning" not in ask(cache).headers)
    Aanpak.objects.filter(slug="buurtcirkel").update(naam="Nieuwe naam")
    wait_until(lambda: "Nieuwe naam" in ask(other, "/aanpakken/").text)
    assert ask(cache, "/aanpakken/buurtcirkel/").status == 200
