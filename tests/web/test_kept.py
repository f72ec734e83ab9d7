"""Public pages from memory: the same answer as Django's, and never an older one."""

from __future__ import annotations

import gzip
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from threading import Event
from typing import NamedTuple

import brotli
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.http import FileResponse, HttpResponse, StreamingHttpResponse

from tests.web.wsgi import Counted, InThisThread, Known, ask, asked, scope_of
from wijkwijzer.deelname.weergave import toont_lezers
from wijkwijzer.memory.number import Nummers
from wijkwijzer.web.door import door as module
from wijkwijzer.web.door import kept as kept_module
from wijkwijzer.web.door.asked import Asked
from wijkwijzer.web.door.door import Door
from wijkwijzer.web.door.replies import REFUSALS, Reply
from wijkwijzer.wholes.current import used

DAY = date(2026, 11, 24)
TEXT = "Samen maken we de buurt leefbaarder. " * 100
PLAIN = {status: Reply(status, [], b"nee") for status in REFUSALS}
SINCE = datetime(2026, 11, 24, 13, 5, tzinfo=UTC)
STALE = '110 - "Response is Stale"'


class Moment(NamedTuple):
    """As much of a stand as the cache looks at."""

    number: int
    day: date = DAY


class Version(Known):
    """The stand in use and the numbers, as a test sets them."""

    def __init__(self) -> None:
        super().__init__()
        self.number, self.reactions, self.day = 1, 1, DAY

    @property
    def in_use(self) -> Moment | None:
        return Moment(self.number, self.day) if self.number else None

    def __call__(self) -> tuple[Nummers | None, bool]:
        numbers = Nummers(self.number, self.reactions) if self.number else None
        return numbers, not self.breaker

    def stop(self) -> None:
        """The database answers no more."""
        self.breaker.since = SINCE


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
def version(monkeypatch) -> Version:
    version = Version()
    monkeypatch.setattr(module, "current_stand", version)
    return version


@pytest.fixture
def make_cache(version, one_connection):
    """Return a function: WSGI application → page cache around it."""

    def make(app, max_bytes: int = 1_000_000) -> Door:
        options = {"refusals": PLAIN, "numbers": version, "pool": InThisThread}
        return Door(Counted(app), max_bytes=max_bytes, **options)

    return make


@pytest.fixture
def simple(make_cache) -> Door:
    """The cache around a page with its path and query, and the number of requests."""

    def make(environ) -> HttpResponse:
        where = f"{environ['PATH_INFO']}?{environ['QUERY_STRING']}"
        return HttpResponse(f"{where} {cache._django.count} {TEXT}")

    cache = make_cache(view(make))
    return cache


def request(address: str) -> Asked:
    return Asked(scope_of(address, "GET", {"HTTP_HOST": "testserver"}))


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


def test_a_page_on_https_has_hsts_from_memory_too(settings, make_site):
    settings.SECURE_HSTS_SECONDS = 3600
    cache = make_site()
    secure = {"wsgi.url_scheme": "https"}
    assert ask(cache, **secure) == ask(cache, **secure)
    assert asked(cache) == 1
    assert ask(cache, **secure).headers["strict-transport-security"]
    assert "strict-transport-security" not in ask(cache).headers


def test_the_host_and_the_scheme_that_a_proxy_gives_are_part_of_the_key(
    settings, make_site
):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    cache = make_site()
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
    assert len(site.memory) == 1


# Encodings


def test_a_page_is_compressed_once_per_encoding(simple, monkeypatch):
    made: Counter[str] = Counter()
    for package, name in ((brotli, "br"), (gzip, "gzip")):

        def compress(*args, original=package.compress, name=name, **kwargs):
            made[name] += 1
            return original(*args, **kwargs)

        monkeypatch.setattr(
            getattr(kept_module, package.__name__), "compress", compress
        )
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
    for sent in (etag, etag[2:], f'"x", {etag}', "*"):
        # The count in the text of the page that is not kept would change its ETag.
        simple._django.paths.clear()
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
    assert len(site.memory) == 0
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
    assert len(cache.memory) == 0


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
    assert len(simple.memory) == 1


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
    assert len(site.memory) == 1


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
        assert cache.memory.bytes <= 100_000
    kept = len(cache.memory)
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
    pages = [page for page, _ in simple.memory._pages.values()]
    assert simple.memory.bytes == sum(page.size for page in pages)
    assert simple.memory.bytes > 5 * len(TEXT)


@pytest.mark.parametrize("max_bytes", [0, 20_000])
def test_a_page_that_would_drive_out_the_others_is_not_kept(make_cache, max_bytes):
    cache = make_cache(view(lambda environ: HttpResponse(TEXT)), max_bytes=max_bytes)
    for _ in range(2):
        assert ask(cache, HTTP_ACCEPT_ENCODING="br").text == TEXT
    assert asked(cache) == 2
    assert cache.memory.bytes == 0


# A change is seen


def test_a_page_is_made_anew_when_the_number_changes(simple, version):
    first = ask(simple)
    version.number = 2
    second = ask(simple)
    assert second.text != first.text
    assert second.headers["etag"].startswith('W/"2-')
    assert ask(simple, HTTP_IF_NONE_MATCH=first.headers["etag"]).status == 200
    assert asked(simple) == 2
    assert len(simple.memory) == 1


def test_a_page_is_made_anew_on_another_day(simple, version):
    ask(simple)
    version.day += timedelta(days=1)
    ask(simple)
    ask(simple)
    assert asked(simple) == 2


@pytest.mark.parametrize(("shows", "made"), [(True, 2), (False, 1)])
def test_only_a_page_that_shows_what_readers_say_follows_that(
    make_cache, version, shows, made
):
    def make(environ) -> HttpResponse:
        toont_lezers.set(shows)
        return HttpResponse(TEXT)

    cache = make_cache(view(make))
    ask(cache)
    version.reactions += 1
    for _ in range(3):
        ask(cache)
    assert asked(cache) == made


def test_what_one_page_shows_is_not_taken_for_the_next(make_cache, version):
    def make(environ) -> HttpResponse:
        if environ["PATH_INFO"] == "/met/":
            toont_lezers.set(True)
            used.set(Moment(7))
        return HttpResponse(TEXT)

    cache = make_cache(view(make))
    ask(cache, "/met/")
    assert ask(cache, "/zonder/").headers["etag"].startswith('W/"1-')
    version.reactions += 1
    ask(cache, "/zonder/")
    assert asked(cache) == 2


def test_a_page_is_kept_under_the_number_of_the_stand_that_made_it(make_cache, version):
    def make(environ) -> HttpResponse:
        # A slow view: the content changes meanwhile.
        used.set(version.in_use)
        version.number += grows
        return HttpResponse(f"{used.get().number} {TEXT}")

    cache, grows = make_cache(view(make)), 1
    assert ask(cache).headers["etag"].startswith('W/"1-')
    assert ask(cache).text.startswith("2 ")
    grows = 0
    for _ in range(2):
        assert ask(cache).text.startswith("3 ")
    assert asked(cache) == 3


def test_a_page_of_a_stand_that_is_newer_than_was_known_is_kept_as_that(
    make_cache, version
):
    def make(environ) -> HttpResponse:
        used.set(Moment(2))
        return HttpResponse(TEXT)

    cache = make_cache(view(make))
    assert ask(cache).headers["etag"].startswith('W/"2-')
    version.number = 2
    ask(cache)
    assert asked(cache) == 1


def test_while_the_next_stand_is_being_made_pages_are_kept_and_served(
    simple, version, monkeypatch
):
    ask(simple)
    # The number has risen, and the stand in use has not.
    monkeypatch.setattr(simple, "_numbers", Known(Nummers(2, 1)))
    ask(simple)
    ask(simple, "/ander/")
    ask(simple, "/ander/")
    assert asked(simple) == 2
    version.number = 2
    ask(simple)
    ask(simple, "/ander/")
    assert asked(simple) == 4


def test_after_an_answer_nothing_holds_the_stand_that_it_was_made_of(make_cache):
    cache = make_cache(view(lambda environ: used.set(Moment(1)) and HttpResponse(TEXT)))
    answer = cache._make(request("/"), (), None, Nummers(1, 1))
    assert answer.status == 200
    assert used.get() is None


def slow_page(make_cache, version):
    """A cache of which the first page, of number 1, is made while 2 comes."""
    begun, go_on = Event(), Event()

    def make(environ) -> HttpResponse:
        number = version.number
        used.set(Moment(number))
        if number == 1:
            begun.set()
            assert go_on.wait(10)
        return HttpResponse(f"{number} {TEXT}")

    return make_cache(view(make)), begun, go_on


@pytest.mark.parametrize("accept", ["", "gzip"])
def test_who_was_slow_does_not_replace_a_newer_page_by_an_older_one(
    make_cache, version, accept
):
    cache, begun, go_on = slow_page(make_cache, version)
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(ask, cache, HTTP_ACCEPT_ENCODING=accept)
        assert begun.wait(10)
        version.number = 2
        assert ask(cache).text.startswith("2 ")
        go_on.set()
        assert slow.result().text.startswith("1 "), "it was asked before"
    # Also when nobody can tell which number it is now.
    version.stop()
    assert ask(cache).text.startswith("2 ")
    version.breaker.close()
    assert ask(cache).text.startswith("2 ")
    assert asked(cache) == 2


def test_another_encoding_of_an_old_page_does_not_replace_a_newer_page(simple, version):
    old = simple.memory.find(next(iter(kept(simple, "/a/"))))
    version.number = 2
    (key,) = kept(simple, "/a/")
    # Somebody found the old one just before.
    simple._reply(request("/a/"), key, old)
    assert simple.memory.find(key).moment.content == 2


def kept(cache: Door, address: str) -> list:
    ask(cache, address, HTTP_ACCEPT_ENCODING="br")
    return [*cache.memory._pages]


def test_who_looks_through_the_encodings_sees_no_other_thread_add_one(simple):
    ask(simple, HTTP_ACCEPT_ENCODING="identity")
    ((page, _),) = simple.memory._pages.values()
    looking = iter(page.forms.items())
    ask(simple, HTTP_ACCEPT_ENCODING="br")
    assert [encoding for encoding, _ in looking] == ["identity"]
    assert {*page.forms} == {"identity", "br"}


def test_a_page_that_is_compressed_is_kept_in_that_form_alone(simple):
    ask(simple, HTTP_ACCEPT_ENCODING="br")
    ((page, size),) = simple.memory._pages.values()
    assert size == page.size < 4096 + len(page.body)
    assert page.plain is None
    plain = ask(simple, HTTP_ACCEPT_ENCODING="identity")
    assert plain.body == page.body


def test_many_threads_never_get_a_page_older_than_the_number_they_knew(
    make_cache, version
):
    def make(environ) -> HttpResponse:
        used.set(version.in_use)
        return HttpResponse(f"{used.get().number} {environ['PATH_INFO']} {TEXT}")

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
    sizes = [size for _, size in cache.memory._pages.values()]
    assert cache.memory.bytes == sum(sizes) <= 72_000
    assert asked(cache) < 2000


# The database stops

PAGE = f'<body><main id="inhoud" tabindex="-1">{TEXT}</main></body>'
NOTICE = "Sinds 14.05 uur kunnen we niet bij onze gegevens."


@pytest.fixture
def page(make_cache) -> Door:
    """The door before a page as ours are."""
    return make_cache(view(lambda environ: HttpResponse(PAGE)))


def test_pages_seen_before_keep_answering_and_say_since_when_they_may_be_old(
    page, version
):
    before = ask(page)
    version.stop()
    version.number = 0
    for encoding in ("identity", "br", "gzip"):
        during = ask(page, HTTP_ACCEPT_ENCODING=encoding)
        assert during.status == 200
        assert during.headers["warning"] == STALE
        head, _, rest = during.text.partition(NOTICE)
        assert head.count("<main") == 1
        assert rest.endswith(f"{TEXT}</main></body>")
    assert asked(page) == 1

    version.breaker.close()
    version.number = 1
    assert ask(page) == before
    assert asked(page) == 1


def test_nobody_keeps_a_page_that_says_that_it_may_be_old(page, version):
    etag = ask(page).headers["etag"]
    version.stop()
    during = ask(page, HTTP_IF_NONE_MATCH=etag)
    assert during.status == 200
    assert during.headers["cache-control"] == "no-store"
    assert "etag" not in during.headers


def test_a_page_not_seen_before_is_made_of_what_is_in_memory_and_not_kept(
    page, version
):
    version.stop()
    for _ in range(2):
        assert NOTICE in ask(page, "/nieuw/").text
    assert asked(page) == 2
    version.breaker.close()
    assert NOTICE not in ask(page, "/nieuw/").text


def test_what_fails_without_the_database_says_when_to_come_back(make_cache, version):
    cache = make_cache(view(lambda environ: HttpResponse("stuk", status=500)))
    version.stop()
    for method in ("GET", "POST"):
        answer = ask(cache, method=method)
        assert (answer.status, answer.text) == (503, "nee")
        assert answer.headers["retry-after"] == "5"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_error_of_our_own_stays_visible(make_cache, method):
    cache = make_cache(view(lambda environ: HttpResponse("stuk", status=500)))
    assert ask(cache, method=method).text == "stuk"


def test_an_older_page_takes_the_place_of_an_error_when_the_database_stops_meanwhile(
    make_cache, version
):
    def make(environ) -> HttpResponse:
        if version.number == 1:
            return HttpResponse(PAGE)
        version.stop()
        return HttpResponse("stuk", status=500)

    cache = make_cache(view(make))
    ask(cache)
    version.number = 2
    answer = ask(cache)
    assert answer.status == 200
    assert NOTICE in answer.text
