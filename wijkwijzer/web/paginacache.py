"""Public pages answered before Django: kept compressed until the content changes.

A WSGI application around Django's. Django decides what is public: an answer that sets a
cookie, varies on anything but the encoding, or says ``no-store``, ``no-cache`` or
``private`` is never kept. What is kept has every header that Django gave it, the host
that Django accepted is part of its key, and a request with a session goes straight to
Django. A view that looks at a request header must therefore name it in ``Vary``.

See docs/adr/0003-paginacache-voor-django.md.
"""

from __future__ import annotations

import gzip
import re
from collections import OrderedDict
from dataclasses import dataclass, field
from hashlib import blake2b
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

import brotli
from django.conf import settings
from django.http import HttpResponse

from wijkwijzer.deelname.weergave import toont_lezers
from wijkwijzer.web.kopregels import kies_codering, komt_overeen
from wijkwijzer.wholes.current import current_stand, recent_numbers, used

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from wijkwijzer.memory.number import Nummers
    from wijkwijzer.wholes.stand import Stand

Headers = list[tuple[str, str]]
Sleutel = tuple[str | None, ...]

# Everything in a request, besides its path and query, that the text of a page may
# depend on: the addresses in it are absolute.
ADRES = ("wsgi.url_scheme", "HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "SCRIPT_NAME")
# The admin is private, static files have their own cache, probes must really ask.
NOOIT = ("/admin/", "/static/", "/livez", "/readyz")
# Longer ones are odd, and there are endlessly many.
MAX_QUERY = 1024

CACHE_CONTROL = "public, max-age=0, must-revalidate"
VEROUDERD = ("Warning", '110 - "Response is Stale"')
# Measured on the list page: level 5 is 40 % smaller than gzip in the same time.
BROTLI_KWALITEIT = 5
GZIP_NIVEAU = 6
MIN_COMPRIMEREN = 200
# The smallest one first.
CODERINGEN = ("br", "gzip")
TEKST = re.compile(r"text/|image/svg|application/([\w.+-]*(json|xml)|javascript)")
OVER_DE_INHOUD = {"content-type", "content-length", "content-encoding"}
PRIVE = {"private", "no-store", "no-cache"}


class Peil(NamedTuple):
    """What a page follows from: the day, the content, and what readers say of it.

    ``reacties`` is None of a page that shows nothing of what readers say.
    """

    dag: date
    inhoud: int
    reacties: int | None


@dataclass(slots=True)
class Pagina:
    """An answer of Django, and what is sent for it per encoding, each made once."""

    headers: Headers
    body: bytes
    etag: str
    peil: Peil | None
    deelbaar: bool
    comprimeerbaar: bool
    # Replaced as a whole, never added to: other threads look through it.
    vormen: dict[str, tuple[Headers, bytes]] = field(default_factory=dict)

    def geldt(self, nu: Peil | None) -> bool:
        """Whether Django would make the same page now."""
        return nu is not None and self.peil in {nu, nu._replace(reacties=None)}

    def is_ouder_dan(self, ander: Pagina) -> bool:
        eigen, zijn = self.peil, ander.peil
        if eigen is None or zijn is None:
            return False
        if eigen.reacties is None or zijn.reacties is None:
            return eigen[:2] < zijn[:2]
        return eigen < zijn

    def vorm(self, codering: str) -> tuple[Headers, bytes]:
        """Headers and bytes in this encoding; plain when compressing makes no sense."""
        if not self.comprimeerbaar:
            codering = "identity"
        if not (vorm := self.vormen.get(codering)):
            headers, body = self.headers, self.body
            if codering == "br":
                body = brotli.compress(
                    body, mode=brotli.MODE_TEXT, quality=BROTLI_KWALITEIT
                )
            elif codering == "gzip":
                # Without a time: the same page has the same bytes in every process.
                body = gzip.compress(body, GZIP_NIVEAU, mtime=0)
            if codering != "identity":
                headers = [*headers, ("Content-Encoding", codering)]
            vorm = ([*headers, ("Content-Length", str(len(body)))], body)
            self.vormen = {**self.vormen, codering: vorm}
        return vorm

    @property
    def grootte(self) -> int:
        """About how many bytes of memory this takes, headers and key included."""
        compressed = (len(b) for v, (_, b) in self.vormen.items() if v != "identity")
        return 4096 + len(self.body) + sum(compressed)


class Geheugen:
    """The pages used last, as many as fit in ``max_bytes``."""

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self.bytes = 0
        self._lock = Lock()
        self._paginas: OrderedDict[Sleutel, tuple[Pagina, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._paginas)

    def zoek(self, sleutel: Sleutel) -> Pagina | None:
        with self._lock:
            if not (gevonden := self._paginas.get(sleutel)):
                return None
            self._paginas.move_to_end(sleutel)
            return gevonden[0]

    def bewaar(self, sleutel: Sleutel, pagina: Pagina) -> None:
        """Keep a page, or count anew one that got another encoding.

        Who was slow does not put an older page in the place of a newer one. One page
        never takes more than an eighth: it would drive out all others.
        """
        grootte = pagina.grootte
        with self._lock:
            if oude := self._paginas.get(sleutel):
                if pagina.is_ouder_dan(oude[0]):
                    return
                del self._paginas[sleutel]
                self.bytes -= oude[1]
            if grootte > self.max_bytes // 8:
                return
            self._paginas[sleutel] = (pagina, grootte)
            self.bytes += grootte
            while self.bytes > self.max_bytes:
                _, (_, eraf) = self._paginas.popitem(last=False)
                self.bytes -= eraf


class Paginacache:
    """The WSGI application. ``nummers`` is for tests that have no database.

    A page is kept under the number of the stand that it was made of: so pages are kept
    and served while the next stand is being made. Only a page that shows what readers
    say follows the number of that as well.

    While the database does not answer, pages seen before still do, whatever their
    number, marked with ``Warning: 110``.
    """

    def __init__(
        self,
        django: WSGIApplication,
        *,
        max_bytes: int,
        nummers: Callable[[], tuple[Nummers | None, bool]] = recent_numbers,
    ) -> None:
        self._django = django
        self._nummers = nummers
        self.geheugen = Geheugen(max_bytes)
        self._velden = [*ADRES, "PATH_INFO", "QUERY_STRING"]
        if settings.SECURE_PROXY_SSL_HEADER:
            self._velden.append(settings.SECURE_PROXY_SSL_HEADER[0])
        # The cookies that make an answer one for somebody in particular.
        self._cookies = (f"{settings.SESSION_COOKIE_NAME}=", "messages=")

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return self._django(environ, start_response)
        if environ.get("PATH_INFO", "").startswith(NOOIT):
            return self._django(environ, start_response)
        if self._van_iemand(environ):
            return self._django(environ, _prive(start_response))

        nummers, actueel = self._nummers()
        nu = _peil(current_stand.in_use, nummers)
        sleutel = tuple(map(environ.get, self._velden))
        bewaard = self.geheugen.zoek(sleutel)
        if bewaard and (not actueel or bewaard.geldt(nu)):
            return self._antwoord(environ, start_response, sleutel, bewaard, actueel)

        used.set(None)
        toont_lezers.set(False)
        status, headers, antwoord = self._vraag_django(environ)
        if bewaard and status.startswith("5") and not self._nummers()[1]:
            # The database stopped while Django was at work.
            _sluit(antwoord)
            return self._antwoord(environ, start_response, sleutel, bewaard, False)
        # What readers say was read before Django answered. If it changed since, the
        # page carries an older number than it could, and is soon replaced.
        peil = _peil(used.get() or current_stand.in_use, nummers)
        # A thread that waits for its next request holds no stand of before.
        used.set(None)
        if peil and not toont_lezers.get():
            peil = peil._replace(reacties=None)
        pagina = _maak_pagina(environ, status, headers, antwoord, peil)
        if pagina is None:
            start_response(status, headers)
            return antwoord
        _sluit(antwoord)
        if not (actueel and peil and pagina.deelbaar and _mag_blijven(environ)):
            sleutel = ()
        return self._antwoord(environ, start_response, sleutel, pagina, True)

    def _van_iemand(self, environ: WSGIEnvironment) -> bool:
        cookie = environ.get("HTTP_COOKIE", "")
        return "HTTP_AUTHORIZATION" in environ or any(
            naam in cookie for naam in self._cookies
        )

    def _vraag_django(
        self, environ: WSGIEnvironment
    ) -> tuple[str, Headers, Iterable[bytes]]:
        begin: list[tuple[str, Headers]] = []

        def onthoud(status: str, headers: Headers, exc_info: Any = None) -> Any:
            begin.append((status, headers))

        antwoord = self._django(environ, onthoud)
        return *begin[-1], antwoord

    def _antwoord(
        self,
        environ: WSGIEnvironment,
        start_response: StartResponse,
        sleutel: Sleutel,
        pagina: Pagina,
        actueel: bool,
    ) -> Iterable[bytes]:
        """Send a page in the encoding asked for, and keep it unless the key is empty.

        A page that is kept already comes back here for its next encoding.
        """
        codering = kies_codering(environ.get("HTTP_ACCEPT_ENCODING", ""), CODERINGEN)
        nieuw = codering not in pagina.vormen
        headers, body = pagina.vorm(codering)
        if nieuw and sleutel:
            self.geheugen.bewaar(sleutel, pagina)
        # Some servers change the list they get.
        headers = [*headers] if actueel else [*headers, VEROUDERD]
        gevraagd = environ.get("HTTP_IF_NONE_MATCH")
        if gevraagd and komt_overeen(gevraagd, pagina.etag):
            start_response(
                "304 Not Modified",
                [h for h in headers if h[0].lower() not in OVER_DE_INHOUD],
            )
            return []
        start_response("200 OK", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _maak_pagina(
    environ: WSGIEnvironment,
    status: str,
    headers: Headers,
    antwoord: Iterable[bytes],
    peil: Peil | None,
) -> Pagina | None:
    """Django's answer as a public page; None when it is not one, or streams."""
    if not (status.startswith("200 ") and isinstance(antwoord, HttpResponse)):
        return None
    gegeven = {naam.lower(): waarde for naam, waarde in headers}
    vary = _delen(gegeven.get("vary", ""))
    if (
        "set-cookie" in gegeven
        or "content-encoding" in gegeven
        or vary & {"cookie", "*"}
        or _delen(gegeven.get("cache-control", "")) & PRIVE
        # A view that sends no body for HEAD: then its length is not known.
        or (environ["REQUEST_METHOD"] == "HEAD" and not antwoord.content)
    ):
        return None
    body = antwoord.content
    # The digest tells pages of one number apart: after a deploy, a new day, a restore.
    versie = f"{peil.inhoud}-" if peil else ""
    etag = gegeven.get(
        "etag", f'W/"{versie}{blake2b(body, digest_size=8).hexdigest()}"'
    )
    zelf = {
        "Cache-Control": gegeven.get("cache-control", CACHE_CONTROL),
        "ETag": etag,
        "Vary": ", ".join(sorted({*vary, "accept-encoding"})),
    }
    vervangen = {naam.lower() for naam in zelf} | {"content-length"}
    return Pagina(
        headers=[h for h in headers if h[0].lower() not in vervangen] + [*zelf.items()],
        body=body,
        etag=etag,
        peil=peil,
        deelbaar=vary <= {"accept-encoding"},
        comprimeerbaar=len(body) >= MIN_COMPRIMEREN
        and bool(TEKST.match(gegeven.get("content-type", ""))),
    )


def _peil(stand: Stand | None, nummers: Nummers | None) -> Peil | None:
    if not (stand and nummers):
        return None
    return Peil(stand.day, stand.number, nummers.reacties)


def _mag_blijven(environ: WSGIEnvironment) -> bool:
    return (
        environ["REQUEST_METHOD"] == "GET"
        and len(environ.get("QUERY_STRING", "")) <= MAX_QUERY
    )


def _delen(waarde: str) -> set[str]:
    """The parts of a header with commas, in small letters."""
    return {deel.strip().lower() for deel in waarde.split(",") if deel.strip()}


def _prive(start_response: StartResponse) -> StartResponse:
    """Say that an answer is for one person, so that no proxy gives it to another."""

    def begin(status: str, headers: Headers, exc_info: Any = None, /) -> Any:
        if not any(naam.lower() == "cache-control" for naam, _ in headers):
            headers = [*headers, ("Cache-Control", "private, no-cache")]
        return start_response(status, headers, exc_info)

    return begin


def _sluit(antwoord: Iterable[bytes]) -> None:
    """End the request as a server does: Django gives back its connection."""
    if sluit := getattr(antwoord, "close", None):
        sluit()
