"""The ASGI application that a server runs."""

from __future__ import annotations

import asyncio
import logging
from contextlib import nullcontext, suppress
from io import BytesIO
from typing import IO, TYPE_CHECKING, Any

from django.conf import settings

from wijkwijzer.api.adres import is_van_api, neemt_json
from wijkwijzer.core.netwerk import netwerkadres
from wijkwijzer.deelname.weergave import toont_lezers
from wijkwijzer.memory.replicas import public_reads
from wijkwijzer.operations.counters import counters
from wijkwijzer.search.gemist import Gemist, niets_gevonden
from wijkwijzer.web.door.asked import Asked, RefusedError
from wijkwijzer.web.door.bodies import Bodies, GoneError
from wijkwijzer.web.door.kept import ENCODINGS, Memory, Moment, file_of, page_of
from wijkwijzer.web.door.pools import (
    ADDRESSES_OF_PROBES,
    KEPT,
    KINDS,
    Pool,
    kind_of,
)
from wijkwijzer.web.door.replies import Reply, ask_django, notice
from wijkwijzer.web.kopregels import kies_codering, komt_overeen
from wijkwijzer.wholes.current import current_stand, recent_numbers, used

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from contextlib import AbstractContextManager
    from wsgiref.types import WSGIApplication

    from wijkwijzer.memory.number import Nummers
    from wijkwijzer.memory.watch import Watch
    from wijkwijzer.web.door.asked import Scope
    from wijkwijzer.web.door.kept import Key, Page
    from wijkwijzer.web.door.replies import Send

    Receive = Callable[[], Awaitable[Any]]

logger = logging.getLogger(__name__)

# The admin and previews are private, probes must really ask.
NEVER = ("/admin/", "/voorbeeld/", *ADDRESSES_OF_PROBES)
# Longer ones are odd, and there are endlessly many.
MAX_QUERY = 1024

ABOUT_THE_BODY = {b"content-type", b"content-length", b"content-encoding"}
# Of files these are not answered from memory.
OF_A_PART = {b"range", b"if-modified-since"}
NO_BODY = BytesIO()


class Door:
    """Lets readers in. ``numbers`` and ``pool`` are for tests.

    ``refusals`` are the pages of the door itself, by status (see ``refusals``), and
    ``api_refusals`` what programs get instead.

    A page is kept under the number of the stand that it was made of: so pages are kept
    and served while the next stand is being made. Only a page that shows what readers
    say follows the number of that as well. A request with a session goes straight to
    Django, and a view that looks at a request header must name it in ``Vary``.

    While the database does not answer, pages seen before still do, whatever their
    number, and so do others that need only the stand in memory: marked with
    ``Warning: 110``, and with a notice that says since when.
    """

    def __init__(
        self,
        django: WSGIApplication,
        *,
        max_bytes: int,
        refusals: dict[int, Reply],
        api_refusals: dict[int, Reply] | None = None,
        numbers: Watch = recent_numbers,
        pool: type[Pool] = Pool,
    ) -> None:
        self._django = django
        self._numbers = numbers
        self.memory = Memory(max_bytes)
        self.pools = {kind: pool(kind) for kind in KINDS}
        self.bodies = Bodies()
        self.gemist = Gemist()
        self._refusals, self._api_refusals = refusals, api_refusals or refusals
        self._waiting: asyncio.Future[Any] | None = None
        proxy = settings.SECURE_PROXY_SSL_HEADER
        # What is absolute in a page follows the scheme that a proxy tells.
        self._proto = proxy[0][5:].lower().replace("_", "-").encode() if proxy else b""
        # The cookies that make an answer one for somebody in particular.
        names = (f"{settings.SESSION_COOKIE_NAME}=", "messages=")
        self._cookies = [name.encode() for name in names]
        self._form_cookie = f"{settings.CSRF_COOKIE_NAME}=".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await _lifespan(receive, send)
            return
        with suppress(TimeoutError):
            reply = await self._reply_to(scope, receive)
            await reply.send(send)

    async def _reply_to(self, scope: Scope, receive: Receive) -> Reply:
        try:
            return await self._answer(Asked(scope), receive)
        except RefusedError as refused:
            return self._refusal(refused.status, scope)
        except GoneError:
            # Or it sent chunks that are none: a server tells us no difference, and
            # would answer with an error of its own when we do not.
            return self._refusal(400, scope)
        except Exception:
            logger.exception("De deur kon niet antwoorden.")
            return self._refusal(500, scope)

    def _refusal(self, status: int, scope: Scope) -> Reply:
        of_api = is_van_api(scope["path"])
        refusal = (self._api_refusals if of_api else self._refusals)[status]
        body = b"" if scope["method"] == "HEAD" else refusal.body
        extra = [(b"retry-after", b"5")] if status == 503 else []
        headers = [*refusal.headers, *extra, (b"connection", b"close")]
        return Reply(status, headers, body)

    async def _answer(self, asked: Asked, receive: Receive) -> Reply:
        # Whoever comes has the watch ask, so that it sees when the database is back.
        known = self._numbers.glance()
        if not asked.reads:
            body, length = await self.bodies.read(asked, kind_of(asked), receive)
            with body:
                return await self._run(asked, self._plain, body, length)
        if asked.path.startswith(settings.STATIC_URL):
            return await self._file(asked)
        if asked.path.startswith(NEVER):
            return await self._run(asked, self._plain)
        if is_van_api(asked.path) and not neemt_json(asked.get(b"accept")):
            # What is kept is JSON, which they do not take.
            return await self._run(asked, self._plain)
        if self._is_of_somebody(asked):
            return await self._run(asked, self._private)

        numbers, current = known or await self._wait()
        now = Moment.of(current_stand.in_use, numbers)
        key = self._key(asked)
        page = self.memory.find(key)
        if not page or (current and not page.holds(now)):
            return await self._run(asked, self._make, key, page, numbers)
        counters.add("page_cache_hits")
        self._count_in_vain(asked, page)
        if not current:
            return await self.pools[KEPT].run(self._outdated, asked, key, page)
        if _encoding(asked) in page.forms or not page.compressible:
            return self._reply(asked, key, page)
        return await self.pools[KEPT].run(self._reply, asked, key, page)

    async def _wait(self) -> tuple[Nummers | None, bool]:
        """The numbers of now. All who wait for them wait for one answer."""
        loop = asyncio.get_running_loop()
        if self._waiting is None or self._waiting.done():
            self._waiting = loop.run_in_executor(None, self._numbers)
        return await asyncio.shield(self._waiting)

    def _count_in_vain(self, asked: Asked, page: Page) -> None:
        """Count who searched for what is not there, also when the page was kept."""
        if page.gemist and asked.method == "GET":
            client = asked.scope.get("client") or ("", 0)
            chain = asked.get(b"x-forwarded-for")
            self.gemist.noteer(page.gemist, netwerkadres(str(client[0]), chain))

    def _key(self, asked: Asked) -> Key:
        """Everything in a request that the text of a page may depend on."""
        headers = asked.headers
        proto = headers.get(self._proto) if self._proto else None
        scheme = asked.scope.get("scheme")
        return scheme, headers[b"host"], proto, asked.path, asked.query

    def _is_of_somebody(self, asked: Asked) -> bool:
        cookie = asked.headers.get(b"cookie")
        return b"authorization" in asked.headers or bool(
            cookie and any(name in cookie for name in self._cookies)
        )

    async def _file(self, asked: Asked) -> Reply:
        if OF_A_PART & asked.headers.keys():
            return await self._run(asked, self._plain)
        # WhiteNoise has a file for each encoding.
        key = (asked.path, _encoding(asked))
        if page := self.memory.find(key):
            return self._reply(asked, key, page)
        return await self._run(asked, self._make_file, key)

    async def _run(
        self, asked: Asked, function: Callable[..., Reply], *arguments: object
    ) -> Reply:
        """In a thread of the kind that is for what was asked."""
        return await self.pools[kind_of(asked)].run(function, asked, *arguments)

    # In a thread

    def _plain(self, asked: Asked, body: IO[bytes] = NO_BODY, length: int = 0) -> Reply:
        answer = ask_django(self._django, asked.environ(body, length))
        if answer.status == 500 and self._numbers.breaker:
            answer.close()
            raise RefusedError(503)
        return answer.reply(head=asked.method == "HEAD")

    def _private(self, asked: Asked) -> Reply:
        """An answer for one person, which no proxy may give to another."""
        reply = self._plain(asked)
        if not any(name == b"cache-control" for name, _ in reply.headers):
            reply.headers.append((b"cache-control", b"private, no-cache"))
        return reply

    def _make_file(self, asked: Asked, key: Key) -> Reply:
        answer = ask_django(self._django, asked.environ(NO_BODY, 0))
        page = None if asked.method == "HEAD" else file_of(answer)
        if page is None:
            return answer.reply(head=asked.method == "HEAD")
        answer.close()
        self.memory.keep(key, page)
        return self._reply(asked, key, page)

    def _make(
        self,
        asked: Asked,
        key: Key,
        before: Page | None,
        numbers: Nummers | None,
    ) -> Reply:
        """Let Django make the page, and keep it if it is public."""
        head = asked.method == "HEAD"
        used.set(None)
        toont_lezers.set(False)
        niets_gevonden.set("")
        with self._reads(asked, numbers):
            answer = ask_django(self._django, asked.environ(NO_BODY, 0))
        if answer.status >= 500 and not self._numbers()[1]:
            # The database does not answer, or stopped while Django was at work.
            answer.close()
            if before is None:
                raise RefusedError(503)
            return self._outdated(asked, key, before)
        # What readers say was read before Django answered. If it changed since, the
        # page carries an older number than it could, and is soon replaced.
        moment = Moment.of(used.get() or current_stand.in_use, numbers)
        # A thread that waits for its next request holds no stand of before.
        used.set(None)
        if moment and not toont_lezers.get():
            moment = moment._replace(readers=None)
        page = page_of(answer, moment, head=head)
        if page is None:
            return answer.reply(head=head)
        answer.close()
        page.gemist = niets_gevonden.get()
        self._count_in_vain(asked, page)
        if self._numbers.breaker:
            # From the stand in memory.
            return self._outdated(asked, (), page)
        stays = moment and page.shareable and not head
        if not stays or len(asked.query) > MAX_QUERY:
            key = ()
        return self._reply(asked, key, page)

    def _reads(
        self, asked: Asked, numbers: Nummers | None
    ) -> AbstractContextManager[None]:
        """From where the page is read: who sent us something must find it back."""
        if self._form_cookie in asked.headers.get(b"cookie", b""):
            return nullcontext()
        stand = current_stand.in_use
        if stand and numbers:
            numbers = numbers._replace(inhoud=max(numbers.inhoud, stand.number))
        return public_reads(numbers)

    def _outdated(self, asked: Asked, key: Key, page: Page) -> Reply:
        """The page as it was, and since when it can be old."""
        since = self._numbers.breaker.since
        if since is None:
            # The database is back.
            return self._reply(asked, (), page)
        key = (*key, since) if key else ()
        if not (marked := self.memory.find(key)):
            marked = page.outdated(notice(since))
        return self._reply(asked, key, marked)

    def _reply(self, asked: Asked, key: Key, page: Page) -> Reply:
        """A page in the encoding asked for, kept unless the key is empty.

        A page that is kept already comes back here for its next encoding.
        """
        encoding = _encoding(asked)
        new = encoding not in page.forms
        headers, body = page.form(encoding)
        if new and key and not page.fixed:
            self.memory.keep(key, page)
        known = asked.headers.get(b"if-none-match")
        if known and page.etag and komt_overeen(known.decode("latin-1"), page.etag):
            return Reply(304, [h for h in headers if h[0] not in ABOUT_THE_BODY])
        return Reply(200, headers, b"" if asked.method == "HEAD" else body)


def _encoding(asked: Asked) -> str:
    return kies_codering(asked.get(b"accept-encoding"), ENCODINGS)


async def _lifespan(receive: Receive, send: Send) -> None:
    """Start and stop at once; of a web socket, nothing."""
    while (message := await receive())["type"].startswith("lifespan."):
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
