"""Slow, large, odd and many requests: what the door lets in, and what it refuses."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from threading import Event
from time import monotonic, sleep, thread_time
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import FileResponse, HttpResponse

from tests.web.test_kept import PLAIN, TEXT, Version, view
from tests.web.wsgi import Answer, Counted, Known, ask, run, scope_of
from wijkwijzer.core.databases import DEFAULT, env_databases
from wijkwijzer.memory.number import Nummers
from wijkwijzer.web.door import bodies, pools, replies
from wijkwijzer.web.door.asked import Asked
from wijkwijzer.web.door.door import Door
from wijkwijzer.web.door.pools import (
    EDITORS,
    EXPENSIVE,
    KEPT,
    KINDS,
    PICTURES,
    READERS,
    SIGNING_IN,
    WRITES,
    Pool,
    kind_of,
)
from wijkwijzer.web.door.replies import REFUSALS, refusals

HOST = {"HTTP_HOST": "testserver"}


def echo(environ: dict[str, Any]) -> HttpResponse:
    """What came in: how much there is, and what it is."""
    body = environ["wsgi.input"].read()
    return HttpResponse(f"{environ['CONTENT_LENGTH']} {len(body)} ".encode() + body)


def door_to(make: Callable[[dict[str, Any]], HttpResponse], **options: Any) -> Door:
    own = {"max_bytes": 10**6, "refusals": PLAIN, "numbers": Known(Nummers(1, 1))}
    return Door(Counted(view(make)), **own | options)


class Client:
    """One client: what it sends, piece by piece, and what it gets."""

    def __init__(self, address: str = "/over/", method: str = "GET", **extra: str):
        self.scope = scope_of(address, method, HOST | extra)
        self.pieces: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.sent: list[dict[str, Any]] = []
        self.read = 0

    def give(self, body: bytes, *, more: bool = False) -> Client:
        self.pieces.put_nowait(
            {"type": "http.request", "body": body, "more_body": more}
        )
        return self

    def go_away(self) -> Client:
        self.pieces.put_nowait({"type": "http.disconnect"})
        return self

    async def receive(self) -> dict[str, Any]:
        self.read += 1
        return await self.pieces.get()

    async def send(self, message: dict[str, Any]) -> None:
        self.sent.append(message)

    async def ask(self, door: Door) -> Answer | None:
        """The answer; None when the door hung up without one."""
        await door(self.scope, self.receive, self.send)
        if not self.sent:
            return None
        start, *rest = self.sent
        headers = {n.decode(): v.decode() for n, v in start["headers"]}
        return Answer(
            start["status"], headers, b"".join(m.get("body", b"") for m in rest)
        )


def posting(body: bytes = b"", address: str = "/over/", **extra: str) -> Client:
    return Client(address, "POST", **extra).give(body)


def taken(door: Door) -> int:
    return sum(pool.taken for pool in door.pools.values())


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.005)


def on_a_loop(test: Callable[[], Awaitable[None]]) -> None:
    run(lambda: asyncio.wait_for(test(), 20))


# What is sent


def test_a_body_in_pieces_reaches_django_whole_with_its_length():
    async def test() -> None:
        client = Client(method="POST", HTTP_TRANSFER_ENCODING="chunked")
        for _ in range(20):
            client.give(b"x" * 10_000, more=True)
        answer = await client.give(b"slot").ask(door_to(echo))
        assert answer
        assert answer.text == "200004 200004 " + "x" * 200_000 + "slot"

    on_a_loop(test)


def test_who_says_that_it_is_too_large_is_refused_before_it_sends_anything():
    async def test() -> None:
        client = Client(method="POST", CONTENT_LENGTH=str(WRITES.max_bytes + 1))
        answer = await client.ask(door_to(echo))
        assert answer and answer.status == 413
        assert client.read == 0

    on_a_loop(test)


def test_what_turns_out_too_large_is_read_no_further():
    async def test() -> None:
        door, client = door_to(echo), Client(method="POST")
        for _ in range(100):
            client.give(b"x" * 100_000, more=True)
        answer = await client.ask(door)
        assert answer and answer.status == 413
        assert client.read == WRITES.max_bytes // 100_000 + 1
        assert door._django.count == 0

    on_a_loop(test)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/over/", WRITES),
        ("/admin/", EDITORS),
        ("/admin/login/", SIGNING_IN),
        ("/admin/login/?next=/admin/", SIGNING_IN),
        ("/admin/wachtwoord/MQ/set-password/", SIGNING_IN),
        ("/admin/password_change/", SIGNING_IN),
    ],
)
def test_every_kind_of_address_has_its_own_limit(path, kind):
    async def test() -> None:
        for more, status in ((0, 200), (1, 413)):
            body = b"x" * (kind.max_bytes + more)
            answer = await posting(body, path).ask(door_to(echo))
            assert answer and answer.status == status

    on_a_loop(test)


def test_a_kind_of_which_all_threads_are_taken_stops_no_other():
    async def test() -> None:
        door = door_to(echo)
        door.pools[READERS].places = 0
        answer = await Client().ask(door)
        assert answer and answer.status == 503
        answer = await posting(b"x").ask(door)
        assert answer and answer.status == 200

    on_a_loop(test)


def test_a_password_is_never_looked_at_by_the_threads_of_editors():
    async def test() -> None:
        door = door_to(echo)
        door.pools[EDITORS].places = 0
        answer = await posting(b"", "/admin/login/").ask(door)
        assert answer and answer.status == 200
        # Nor is the page shown by them, to whoever asks for it again and again.
        answer = await Client("/admin/login/").ask(door)
        assert answer and answer.status == 200
        answer = await posting(b"", "/admin/").ask(door)
        assert answer and answer.status == 503

    on_a_loop(test)


@pytest.mark.parametrize("first", [b"", b"x"], ids=["nothing", "something"])
def test_who_falls_silent_is_refused_after_a_while(monkeypatch, first):
    monkeypatch.setattr(bodies, "SILENCE", 0.05)

    async def test() -> None:
        door = door_to(echo)
        answer = await Client(method="POST").give(first, more=True).ask(door)
        assert answer and answer.status == 408
        assert door._django.count == 0

    on_a_loop(test)


def test_who_trickles_is_refused_however_long_it_goes_on(monkeypatch):
    monkeypatch.setattr(bodies, "GRACE", 0.05)

    async def test() -> None:
        client, door = Client(method="POST"), door_to(echo)

        async def trickle() -> None:
            while True:
                client.give(b"x", more=True)
                await asyncio.sleep(0.01)

        slowly = asyncio.create_task(trickle())
        answer = await client.ask(door)
        slowly.cancel()
        assert answer and answer.status == 408

    on_a_loop(test)


def test_who_is_fast_but_never_ready_is_refused_when_its_time_is_over(monkeypatch):
    monkeypatch.setattr(pools, "WRITES", replace(WRITES, seconds=0.2))

    async def test() -> None:
        door, client = door_to(echo), Client(method="POST")
        door.pools[pools.WRITES] = door.pools[WRITES]

        async def go_on() -> None:
            while True:
                client.give(b"x" * 100, more=True)
                await asyncio.sleep(0.01)

        fast = asyncio.create_task(go_on())
        answer = await asyncio.wait_for(client.ask(door), 5)
        fast.cancel()
        assert answer and answer.status == 408

    on_a_loop(test)


def test_who_goes_away_while_sending_reaches_nobody_and_is_refused():
    async def test() -> None:
        door = door_to(echo)
        client = Client(method="POST").give(b"half", more=True).go_away()
        answer = await client.ask(door)
        # A server that cannot read what comes says the same: there somebody waits.
        assert answer and answer.status == 400
        assert door._django.count == 0

    on_a_loop(test)


def test_only_so_many_large_bodies_come_in_at_a_time(monkeypatch):
    monkeypatch.setattr(bodies, "MAX_SPOOLED", 1)

    async def test() -> None:
        door, large = door_to(echo), b"x" * 100_000
        first = Client("/admin/", "POST").give(large, more=True)
        waiting = asyncio.create_task(first.ask(door))
        await until(lambda: door.bodies.spooled)
        answer = await posting(large, "/admin/").ask(door)
        assert answer and answer.status == 503
        answer = await posting(b"klein", "/admin/").ask(door)
        assert answer and answer.status == 200
        first.give(b"klaar")
        answer = await waiting
        assert answer and answer.status == 200
        assert door.bodies.spooled == 0

    on_a_loop(test)


@pytest.mark.parametrize("length", ["-1", "1e3", "0x10", "٣", " "])
def test_a_length_that_is_no_number_is_refused(length):
    async def test() -> None:
        client = Client(method="POST", CONTENT_LENGTH=length)
        answer = await client.ask(door_to(echo))
        assert answer and answer.status == 400

    on_a_loop(test)


# What servers and proxies could disagree about


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [(b"host", b"")],
        [(b"host", b"testserver"), (b"host", b"elders.example")],
        [(b"host", b"a"), (b"content-length", b"1"), (b"content-length", b"2")],
        [(b"host", b"a"), (b"content-length", b"1"), (b"transfer-encoding", b"x")],
        [(b"host", b"a"), (b"transfer-encoding", b"gzip, chunked")],
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_could_be_read_in_two_ways_is_refused(method, headers):
    async def test() -> None:
        door, client = door_to(echo), Client(method=method)
        client.scope["headers"] = headers
        answer = await client.ask(door)
        assert answer and answer.status == 400
        assert door._django.count == 0

    on_a_loop(test)


@pytest.mark.parametrize("method", ["get", "Get", "head", "post"])
def test_a_method_in_small_letters_is_not_taken_for_the_one_in_capitals(method):
    async def test() -> None:
        # Django would make the costly page, with a thread that is there for forms.
        door = door_to(echo)
        answer = await Client("/selectie/?als=brochure", method).ask(door)
        assert answer and answer.status == 400
        assert door._django.count == 0

    on_a_loop(test)


def test_a_query_is_read_in_one_way_whatever_charset_a_body_would_have():
    def query(environ: dict[str, Any]) -> HttpResponse:
        return HttpResponse(WSGIRequest(environ).GET["q"])

    async def test() -> None:
        for kind in ("text/plain; charset=cp037", "x; charset=undefined"):
            client = Client("/over/?q=jeugd", CONTENT_TYPE=kind)
            answer = await client.ask(door_to(query))
            assert answer and answer.text == "jeugd"

    on_a_loop(test)


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("multipart/form-data; boundary=x", 200),
        ("multipart/form-data; boundary=x; charset=UTF-8", 200),
        ('application/json; charset="utf-8"', 200),
        ("application/x-www-form-urlencoded; charset=utf8 ; a=b", 200),
        ("multipart/form-data; boundary=x; charset=idna", 400),
        ("multipart/form-data; boundary=x; Charset='utf-8'", 400),
        ("text/plain; charset=utf-8; charset=undefined", 400),
        ("text/plain; charset*=utf-8''idna", 400),
        ("text/plain; charset=utf-8-sig", 400),
    ],
)
def test_what_is_sent_is_read_in_one_charset(kind, status):
    async def test() -> None:
        answer = await posting(b"", CONTENT_TYPE=kind).ask(door_to(echo))
        assert answer and answer.status == status

    on_a_loop(test)


def test_a_name_with_an_underscore_is_not_taken_for_one_with_a_dash():
    async def test() -> None:
        seen: list[dict[str, Any]] = []
        door = door_to(lambda environ: seen.append(environ) or HttpResponse(TEXT))
        client = Client()
        client.scope["headers"] += [(b"x_forwarded_proto", b"https")]
        await client.ask(door)
        assert not [name for name in seen[0] if "FORWARDED" in name]

    on_a_loop(test)


def test_cookies_in_more_headers_are_one(settings):
    async def test() -> None:
        door = door_to(lambda environ: HttpResponse(environ["HTTP_COOKIE"]))
        client = Client()
        session = f"{settings.SESSION_COOKIE_NAME}=x".encode()
        client.scope["headers"] += [(b"cookie", b"a=1"), (b"cookie", session)]
        answer = await client.ask(door)
        assert answer and answer.text == f"a=1; {session.decode()}"
        assert answer.headers["cache-control"] == "private, no-cache"

    on_a_loop(test)


def test_a_cookie_is_a_value_without_space_around_it():
    async def test() -> None:
        def make(environ: dict[str, Any]) -> HttpResponse:
            return HttpResponse(TEXT, headers={"X-Naam": " waarde "})

        answer = await Client().ask(door_to(make))
        assert answer and answer.headers["x-naam"] == "waarde"

    on_a_loop(test)


def test_bytes_of_a_path_reach_django_as_they_were_sent():
    async def test() -> None:
        door = door_to(lambda environ: HttpResponse(environ["PATH_INFO"]))
        client = Client("/caf%C3%A9/%ff/a%2Fb")
        answer = await client.ask(door)
        assert answer and answer.text.encode("latin-1") == "/café/".encode() + (
            b"\xff/a/b"
        )

    on_a_loop(test)


# Threads


class Slow:
    """A page that is made when it may be; counts who is at work."""

    def __init__(self) -> None:
        self.go_on, self.at_work = Event(), 0

    def __call__(self, environ: dict[str, Any]) -> HttpResponse:
        self.at_work += 1
        assert self.go_on.wait(10)
        return HttpResponse(TEXT)


def test_who_finds_no_place_is_told_at_once_when_to_come_back():
    async def test() -> None:
        slow = Slow()
        door = door_to(slow)
        many = READERS.threads + READERS.queue
        first = [asyncio.create_task(Client(f"/{n}/").ask(door)) for n in range(many)]
        await until(lambda: slow.at_work == READERS.threads)
        answer = await Client("/vol/").ask(door)
        assert answer and answer.status == 503
        assert answer.headers["retry-after"] == "5"
        slow.go_on.set()
        answers = await asyncio.gather(*first)
        assert {a.status for a in answers if a} == {200}
        assert len(answers) == many
        await until(lambda: taken(door) == 0)

    on_a_loop(test)


def test_a_page_that_is_kept_answers_while_every_thread_is_taken(monkeypatch):
    version = Version()
    monkeypatch.setattr("wijkwijzer.web.door.door.current_stand", version)

    async def test() -> None:
        slow = Slow()
        slow.go_on.set()
        door = door_to(slow, numbers=version)
        await Client("/bekend/").ask(door)
        await until(lambda: taken(door) == 0)
        slow.go_on.clear()
        for kind, pool in door.pools.items():
            pool.places = kind.threads
        work = [
            asyncio.create_task(Client(f"/{n}/").ask(door))
            for n in range(READERS.threads)
        ]
        await until(lambda: slow.at_work == READERS.threads + 1)
        answer = await Client("/bekend/").ask(door)
        assert answer and answer.text == TEXT
        slow.go_on.set()
        await asyncio.gather(*work)

    on_a_loop(test)


def fails(environ: dict[str, Any]) -> HttpResponse:
    raise RuntimeError("stuk")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_goes_wrong_behind_the_door_is_an_error_page_and_gives_back_its_place(
    method, caplog
):
    async def test() -> None:
        door = door_to(fails)
        answer = await Client(method=method).give(b"x").ask(door)
        assert answer and answer.status == 500
        assert "stuk" in caplog.text
        await until(lambda: taken(door) == 0)

    on_a_loop(test)


def test_who_stops_waiting_keeps_its_place_until_the_work_is_done():
    async def test() -> None:
        slow = Slow()
        door = door_to(slow)
        impatient = asyncio.create_task(Client().ask(door))
        await until(lambda: slow.at_work)
        impatient.cancel()
        await asyncio.wait([impatient])
        assert taken(door) == 1
        slow.go_on.set()
        await until(lambda: taken(door) == 0)

    on_a_loop(test)


def test_when_no_thread_can_start_it_is_too_busy(monkeypatch):
    async def test() -> None:
        door = door_to(echo)

        def submit(*arguments: object) -> None:
            raise RuntimeError("can't start new thread")

        monkeypatch.setattr(door.pools[READERS]._threads, "submit", submit)
        answer = await Client().ask(door)
        assert answer and answer.status == 503
        assert taken(door) == 0

    on_a_loop(test)


def test_all_who_wait_for_the_numbers_wait_for_one_answer():
    async def test() -> None:
        asked, answer = [], Event()

        class Numbers(Known):
            def glance(self) -> None:
                return None

            def __call__(self) -> tuple[Nummers, bool]:
                asked.append(1)
                assert answer.wait(10)
                return Nummers(1, 1), True

        door = door_to(lambda environ: HttpResponse(TEXT), numbers=Numbers())
        waiting = [asyncio.create_task(Client().ask(door)) for _ in range(50)]
        await until(lambda: asked)
        await asyncio.sleep(0.02)
        answer.set()
        assert {a.status for a in await asyncio.gather(*waiting) if a} <= {200, 503}
        assert len(asked) == 1

    on_a_loop(test)


# Files


def large_file(environ: dict[str, Any]) -> FileResponse:
    file = BytesIO(b"x" * (replies.MAX_AT_ONCE * 3))
    return FileResponse(file, filename="groot.bin")


def test_who_reads_slowly_holds_no_thread():
    async def test() -> None:
        door, client = door_to(large_file), Client("/media/groot.bin")
        reads = asyncio.Event()

        async def send(message: dict[str, Any]) -> None:
            await reads.wait()
            client.sent.append(message)

        client.send = send  # type: ignore[method-assign]
        reading = asyncio.create_task(client.ask(door))
        await until(lambda: door._django.count and taken(door) == 0)
        reads.set()
        answer = await reading
        assert answer and len(answer.body) == replies.MAX_AT_ONCE * 3
        await until(lambda: taken(door) == 0)

    on_a_loop(test)


def test_a_file_of_which_the_first_piece_went_is_sent_whole_however_busy_it_gets():
    async def test() -> None:
        door, client = door_to(large_file), Client("/media/groot.bin")

        async def send(message: dict[str, Any]) -> None:
            # From the first on, nobody finds a place any more.
            door.pools[READERS].places = 0
            client.sent.append(message)

        client.send = send  # type: ignore[method-assign]
        answer = await client.ask(door)
        assert answer and len(answer.body) == replies.MAX_AT_ONCE * 3

    on_a_loop(test)


def test_who_stops_reading_is_left_and_the_file_closed(monkeypatch):
    monkeypatch.setattr(replies, "PATIENCE", 0.05)

    async def test() -> None:
        made: list[FileResponse] = []

        def make(environ: dict[str, Any]) -> FileResponse:
            made.append(large_file(environ))
            return made[0]

        door, client = door_to(make), Client("/media/groot.bin")

        async def send(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.body":
                await asyncio.Event().wait()

        client.send = send  # type: ignore[method-assign]
        await client.ask(door)
        assert made[0].closed

    on_a_loop(test)


def static(environ: dict[str, Any]) -> FileResponse:
    file = FileResponse(BytesIO(environ["HTTP_ACCEPT_ENCODING"].encode()))
    file.headers["Cache-Control"] = "max-age=315360000, public, immutable"
    file.headers["Content-Encoding"] = environ["HTTP_ACCEPT_ENCODING"]
    file.headers["ETag"] = '"abc"'
    return file


def test_a_file_with_a_hash_in_its_name_is_kept_for_each_encoding_as_it_was_prepared():
    door = door_to(static)
    for _ in range(2):
        for encoding in ("br", "gzip"):
            answer = ask(door, "/static/a.css", HTTP_ACCEPT_ENCODING=encoding)
            assert answer.body == encoding.encode()
            assert answer.headers["content-encoding"] == encoding
    assert door._django.count == 2
    known = ask(
        door, "/static/a.css", HTTP_ACCEPT_ENCODING="br", HTTP_IF_NONE_MATCH="*"
    )
    assert (known.status, known.body) == (304, b"")
    head = ask(door, "/static/a.css", "HEAD", HTTP_ACCEPT_ENCODING="br")
    assert (head.status, head.body) == (200, b"")
    assert door._django.count == 2


@pytest.mark.parametrize(
    "header", [{"HTTP_RANGE": "bytes=0-1"}, {"HTTP_IF_MODIFIED_SINCE": "x"}]
)
def test_a_part_of_a_file_comes_from_the_file(header):
    door = door_to(static)
    for _ in range(2):
        ask(door, "/static/a.css", HTTP_ACCEPT_ENCODING="br", **header)
    assert door._django.count == 2


@pytest.mark.parametrize(
    "make",
    [
        lambda environ: HttpResponse("weg", status=404),
        lambda environ: FileResponse(BytesIO(b"kort houdbaar")),
    ],
)
def test_a_file_that_can_change_is_not_kept(make):
    door = door_to(make)
    for _ in range(2):
        ask(door, "/static/a.css")
    assert door._django.count == 2


# The pages of the door itself


@pytest.mark.parametrize("secure", [True, False])
@pytest.mark.parametrize("proxy", [None, ("HTTP_X_FORWARDED_PROTO", "https")])
def test_a_refusal_says_in_dutch_what_to_do_and_has_the_headers_of_every_page(
    settings, one_connection, secure, proxy
):
    settings.HTTPS = settings.SECURE_SSL_REDIRECT = secure
    settings.SECURE_HSTS_SECONDS = 3600 if secure else 0
    settings.SECURE_PROXY_SSL_HEADER = proxy
    # As settings are when a process begins.
    pages = refusals(WSGIHandler())
    assert {*pages} == {*REFUSALS}
    for status, page in pages.items():
        headers = {name.decode(): value.decode() for name, value in page.headers}
        assert page.status == status
        assert '<html lang="nl">' in page.body.decode()
        assert re.search("opnieuw", page.body.decode())
        assert headers["cache-control"] == "no-store"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert ("strict-transport-security" in headers) is secure


def test_nobody_can_ask_for_a_refusal(client, inhoud):
    answer = client.get("/over/", headers={"wijkwijzer.refusal": "503"})
    assert answer.status_code == 200


def test_a_refusal_of_head_has_no_body():
    async def test() -> None:
        client = Client(method="HEAD")
        client.scope["headers"] = []
        answer = await client.ask(door_to(echo))
        assert answer and (answer.status, answer.body) == (400, b"")

    on_a_loop(test)


def test_nothing_answers_a_web_socket():
    async def test() -> None:
        client = Client()
        client.scope["type"] = "websocket"
        client.pieces.put_nowait({"type": "websocket.connect"})
        await door_to(echo)(client.scope, client.receive, client.send)
        assert client.sent == []

    on_a_loop(test)


def test_a_server_that_waits_for_it_is_told_that_the_site_began_and_stopped():
    async def test() -> None:
        client = Client()
        for moment in ("startup", "shutdown"):
            client.pieces.put_nowait({"type": f"lifespan.{moment}"})
        await door_to(echo)({"type": "lifespan"}, client.receive, client.send)
        assert [m["type"] for m in client.sent] == [
            "lifespan.startup.complete",
            "lifespan.shutdown.complete",
        ]

    on_a_loop(test)


def test_every_thread_that_can_ask_the_database_has_a_connection(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://wijk@127.0.0.1/wijkwijzer")
    pool = env_databases(sqlite=Path())[DEFAULT]["OPTIONS"]["pool"]
    kinds = {*KINDS} - {KEPT, PICTURES}
    # The watch asks as well.
    assert pool["max_size"] > sum(kind.threads for kind in kinds)


@pytest.mark.parametrize(
    ("path", "query", "kind"),
    [
        ("/aanpakken/", b"thema=verbinding", READERS),
        ("/aanpakken/export.xlsx", b"thema=verbinding", EXPENSIVE),
        ("/selectie/export.ods", b"aanpak=abcd", EXPENSIVE),
        ("/gegevens/wijkwijzer.zip", b"", EXPENSIVE),
        ("/deelbeeld.png", b"", EXPENSIVE),
        ("/id/aanpak/1.png", b"", EXPENSIVE),
        ("/id/aanpak/1.svg", b"", READERS),
        ("/selectie/", b"aanpak=abcd&als=brochure", EXPENSIVE),
        ("/aanpakken/abcd.pdf", b"", EXPENSIVE),
        ("/publicatie/wijkwijzer.docx", b"", EXPENSIVE),
        ("/aanpakken/vergelijken.svg", b"aanpak=abcd", EXPENSIVE),
        ("/aanpakken/matrix.png", b"", EXPENSIVE),
        ("/aanpakken/matrix.svg", b"", READERS),
        ("/selectie/", b"aanpak=abcd", READERS),
    ],
)
def test_what_is_made_of_many_records_takes_the_threads_of_costly_pages(
    path, query, kind
):
    scope = {"method": "GET", "path": path, "query_string": query}
    asked = Asked(scope | {"headers": [(b"host", b"wijkwijzer.example")]})
    assert kind_of(asked) is kind


def test_what_is_sent_to_be_set_takes_no_thread_of_the_forms():
    scope = {"method": "POST", "path": "/wijkplan/wijkplan.pdf", "query_string": b""}
    asked = Asked(scope | {"headers": [(b"host", b"wijkwijzer.example")]})
    assert kind_of(asked) is EXPENSIVE


def test_a_costly_page_is_followed_by_a_rest_that_others_have_to_themselves():
    def reckon() -> tuple[float, float]:
        begin, until = monotonic(), thread_time() + 0.03
        while thread_time() < until:
            pass
        return begin, monotonic()

    async def test() -> None:
        pool = Pool(EXPENSIVE)
        await pool.run(sleep, 0.2)
        asked = monotonic()
        begin, end = await pool.run(reckon)
        # Nobody rests from waiting, as for a database.
        assert begin - asked < 0.2 * EXPENSIVE.rest
        again, _ = await pool.run(reckon)
        assert again - end >= 0.03 * EXPENSIVE.rest

    on_a_loop(test)
