"""Requests that no browser sends: no error of ours, and readers see nothing of them.

Beside the odd query strings (test_odd_addresses): methods, hosts, headers, cookies and
bodies, at every kind of address. HOSTILE_REQUESTS in the environment asks for more; ten
thousand take two minutes. pytest-randomly seeds the draw and prints the seed.
"""

from __future__ import annotations

from random import choice, choices, randbytes, randrange
from typing import Any

import pytest

from tests import factories
from tests.meta.test_untrusted_posts import ROUTES, pad_van
from tests.tools.often import often
from tests.web import wsgi
from wijkwijzer.core.models import Status

pytestmark = [pytest.mark.long, pytest.mark.once]

MANY = often("HOSTILE_REQUESTS", 800)
# 431 and 414 are of the servers, which these requests do not pass.
REFUSED = {400, 403, 404, 405, 408, 409, 410, 411, 413, 415, 416, 429, 503}
FINE = {200, 204, 206, 301, 302, 303, 304}
SECRET = "Geheim concept van niemand"

METHODS = [
    "GET",
    "HEAD",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "OPTIONS",
    "TRACE",
    "X" * 99,
]
HOSTS = [
    *("testserver", "evil.example", "testserver:99999", "[::1", "a" * 300, "", "te st"),
    *("testserver@evil.example", "127.0.0.1", "testserver\\evil", "testserver,evil"),
]
PATHS = [
    *(
        "//evil.example/",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/static/../../wijkwijzer.sqlite3",
    ),
    *("/media/%00", "/media/../secret_key", "/aanpakken/%ff%fe/", "/admin/%2e%2e/"),
    *("/id/aanpak/" + "f" * 32, "/aanpakken/" + "x" * 3000 + "/", "/\\evil.example"),
    *("/.env", "/wp-login.php", "/.git/config", "/admin/jsi18n/", "/static/"),
    *("/admin/login/", "/admin/", "/livez", "/readyz", "/metrics", "/robots.txt"),
]
HEADERS: dict[str, list[str]] = {
    "HTTP_X_FORWARDED_HOST": ["evil.example"],
    "HTTP_X_FORWARDED_PROTO": ["https", "javascript"],
    "HTTP_X_FORWARDED_FOR": ["1.2.3.4", "x" * 900, "::1, 10.0.0.1"],
    "HTTP_X_HTTP_METHOD_OVERRIDE": ["DELETE"],
    "HTTP_X_ORIGINAL_URL": ["/admin/"],
    "HTTP_FORWARDED": ["for=unknown;host=evil.example"],
    "HTTP_RANGE": ["bytes=0-0", "bytes=-1", "bytes=9-1,0-,5-", "bytes=" + "0-1," * 400],
    "HTTP_IF_NONE_MATCH": ["*", 'W/"x", "y"', '"' * 50],
    "HTTP_IF_MODIFIED_SINCE": ["gisteren", "Thu, 01 Jan 1970 00:00:00 GMT"],
    "HTTP_ACCEPT_ENCODING": [
        "br;q=0, gzip;q=9",
        "gzip;q=\xe9",
        ",,,",
        "*;q=0",
        "br" * 400,
    ],
    "HTTP_ACCEPT_LANGUAGE": ["../../etc", "xx" * 200],
    "HTTP_COOKIE": [
        *(
            "sessionid=" + "x" * 60,
            "sessionid=;csrftoken=",
            "messages=W10:x:y",
            "=;=;=",
        ),
        *("csrftoken=" + "a" * 32, "\x01=\x02", "sessionid=../../x; sessionid=y"),
    ],
    "HTTP_AUTHORIZATION": ["Bearer x", "Basic !!!", "Negotiate " + "A" * 2000],
    "HTTP_REFERER": ["https://evil.example/", "javascript:alert(1)", "\xff"],
    "HTTP_ORIGIN": ["null", "https://evil.example"],
    "HTTP_EXPECT": ["100-continue", "200-ok"],
    "HTTP_UPGRADE": ["websocket", "h2c"],
    "HTTP_CONNECTION": ["upgrade", "close, keep-alive"],
    "HTTP_TE": ["trailers, deflate"],
    "CONTENT_TYPE": [
        *("application/json", "application/x-www-form-urlencoded; charset=utf-7", "x"),
        *("multipart/form-data", "multipart/form-data; boundary=" + "b" * 300),
        *(
            "multipart/form-data; boundary=x",
            "text/xml",
            "text/plain; charset=cp037",
            "multipart/form-data; boundary=x; charset=undefined",
            "application/x-www-form-urlencoded",
        ),
    ],
    "CONTENT_LENGTH": ["0", "5", "-1", "x", "99999999999", "1e3"],
}
BODIES = [
    *(b"", b"a=b", b"\0" * 500, b"&" * 4000, b"a=" + b"%ff" * 900, b'{"a":' * 500),
    *(
        b"--x\r\n\r\n",
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--',
    ),
    b'--x\r\nContent-Disposition: form-data; name="f"; filename="../x.png"\r\n\r\nGIF',
    b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
]
READ = ["/", "/aanpakken/", "/aanpakken/abcd/", "/over/", "/zoeken/?q=jongeren"]


def request() -> tuple[dict[str, Any], bytes]:
    """Something to ask, as an ASGI server describes it, and its body."""
    path = choice(PATHS) if randrange(3) == 0 else pad_van(choice(ROUTES))
    if randrange(4) == 0:
        path += "?" + "&".join(
            f"{randbytes(3).hex()}={randbytes(9).hex()}" for _ in "ab"
        )
    extra = {"HTTP_HOST": choice(HOSTS) if randrange(5) == 0 else "testserver"}
    for name in choices([*HEADERS], k=randrange(5)):
        extra[name] = choice(HEADERS[name])
    body = choice(BODIES) if randrange(4) else randbytes(randrange(3000))
    return wsgi.scope_of(path, choice(METHODS), extra), body


def answer(
    door: Any, scope: dict[str, Any], body: bytes
) -> tuple[int, dict[str, str], bytes]:
    pieces = iter([body[:7], body[7:]])
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        piece = next(pieces, None)
        if piece is None:
            return {"type": "http.disconnect"}
        more = piece is not None and piece != body[7:]
        return {"type": "http.request", "body": piece, "more_body": more}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    wsgi.run(lambda: door(scope, receive, send))
    if not sent:
        # Whoever hung up gets no answer.
        return 400, {}, b""
    headers = {n.decode("latin-1"): v.decode("latin-1") for n, v in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(m.get("body", b"") for m in sent[1:])


def pages(door: Any) -> dict[str, bytes]:
    return {path: wsgi.ask(door, path).body for path in READ}


def test_hostile_requests_get_no_error_of_ours_and_leave_nothing_behind(make_site):
    factories.make_aanpak(naam=SECRET, status=Status.CONCEPT)
    door, fresh = make_site(), make_site()
    before = pages(fresh)
    for _ in range(MANY):
        scope, body = request()
        status, headers, text = answer(door, scope, body)
        told = (scope["method"], scope["path"], scope["headers"], body[:80], status)
        assert status in FINE | REFUSED, told
        assert b"Traceback" not in text, told
        assert SECRET.encode() not in text, told
        # Nothing that was sent decides where a browser goes or what it loads.
        assert "evil.example" not in headers.get("location", ""), told
        assert "evil" not in headers.get("access-control-allow-origin", ""), told
    # What is kept now is what a door keeps that saw none of them.
    assert pages(door) == before
    assert all(pool.taken == 0 for pool in door.pools.values())
