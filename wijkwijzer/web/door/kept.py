"""Public pages as they are kept: compressed, until the content changes.

Django decides what is public: an answer that sets a cookie, varies on anything but the
encoding, or says ``no-store``, ``no-cache`` or ``private`` is never kept. What is kept
has every header that Django gave it.
"""

from __future__ import annotations

import gzip
import re
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

import brotli
from django.http import HttpResponse

from wijkwijzer.web.door.replies import Headers, encoded

if TYPE_CHECKING:
    from datetime import date

    from wijkwijzer.memory.number import Nummers
    from wijkwijzer.web.door.replies import Answer
    from wijkwijzer.wholes.stand import Stand

Key = tuple[object, ...]

CACHE_CONTROL = "public, max-age=0, must-revalidate"
OUTDATED = b'110 - "Response is Stale"'
# Where a page begins (templates/base.html).
MAIN = b'<main id="inhoud" tabindex="-1">'
# Measured on the list page: level 5 is 40 % smaller than gzip in the same time.
BROTLI_QUALITY = 5
GZIP_LEVEL = 6
MIN_COMPRESSED = 200
# The smallest one first.
ENCODINGS = ("br", "gzip")
TEXT = re.compile(r"text/|image/svg|application/([\w.+-]*(json|xml)|javascript)")
PRIVATE = {"private", "no-store", "no-cache"}


class Moment(NamedTuple):
    """What a page follows from: the day, the content, and what readers say of it.

    ``readers`` is None of a page that shows nothing of what readers say.
    """

    day: date
    content: int
    readers: int | None

    @classmethod
    def of(cls, stand: Stand | None, numbers: Nummers | None) -> Moment | None:
        if not (stand and numbers):
            return None
        return cls(stand.day, stand.number, numbers.reacties)


@dataclass(slots=True)
class Page:
    """An answer of Django, and what is sent for it per encoding, each made once.

    Once it is compressed, what it was made of is let go: it can be had from that.
    """

    headers: Headers
    plain: bytes | None
    etag: str
    moment: Moment | None
    shareable: bool = True
    compressible: bool = False
    # The same for ever: its address has a hash of its content.
    fixed: bool = False
    # What was searched for in vain, of a page that says so.
    gemist: str = ""
    # Replaced as a whole, never added to: other threads look through it.
    forms: dict[str, tuple[Headers, bytes]] = field(default_factory=dict)

    def holds(self, now: Moment | None) -> bool:
        """Whether Django would make the same page now."""
        own = self.moment
        if self.fixed or own is None or now is None:
            return self.fixed
        return own[:2] == now[:2] and own.readers in {None, now.readers}

    def is_older_than(self, other: Page) -> bool:
        own, theirs = self.moment, other.moment
        if own is None or theirs is None:
            return False
        if own.readers is None or theirs.readers is None:
            return own[:2] < theirs[:2]
        return own < theirs

    @property
    def body(self) -> bytes:
        """As Django made it."""
        plain = self.plain
        if plain is None:
            plain = brotli.decompress(self.forms["br"][1])
        return plain

    def form(self, encoding: str) -> tuple[Headers, bytes]:
        """Headers and bytes in this encoding; plain when compressing makes no sense."""
        if not self.compressible:
            encoding = "identity"
        if not (form := self.forms.get(encoding)):
            headers, body = self.headers, self.body
            if encoding == "br":
                body = brotli.compress(
                    body, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY
                )
            elif encoding == "gzip":
                # Without a time: the same page has the same bytes in every process.
                body = gzip.compress(body, GZIP_LEVEL, mtime=0)
            if encoding != "identity":
                headers = [*headers, (b"content-encoding", encoding.encode())]
            form = ([*headers, (b"content-length", b"%d" % len(body))], body)
            self.forms = {**self.forms, encoding: form}
            if encoding == "br":
                self.plain = None
        return form

    def outdated(self, notice: bytes) -> Page:
        """The same page, which says that it may be old; nobody keeps that."""
        own = {b"cache-control": b"no-store", b"warning": OUTDATED}
        headers = [h for h in self.headers if h[0] not in {*own, b"etag"}]
        body = self.body.replace(MAIN, MAIN + notice, 1)
        return replace(
            self, headers=[*headers, *own.items()], plain=body, etag="", forms={}
        )

    @property
    def size(self) -> int:
        """About how many bytes of memory this takes, headers and key included."""
        bodies = [self.plain or b"", *(body for _, body in self.forms.values())]
        # The plain form is no copy.
        return 4096 + sum({id(body): len(body) for body in bodies}.values())


class Memory:
    """The pages used last, as many as fit in ``max_bytes``."""

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self.bytes = 0
        self._lock = Lock()
        self._pages: OrderedDict[Key, tuple[Page, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._pages)

    def find(self, key: Key) -> Page | None:
        with self._lock:
            if not (found := self._pages.get(key)):
                return None
            self._pages.move_to_end(key)
            return found[0]

    def keep(self, key: Key, page: Page) -> None:
        """Keep a page, or count anew one that got another encoding.

        Who was slow does not put an older page in the place of a newer one. One page
        never takes more than an eighth: it would drive out all others.
        """
        size = page.size
        with self._lock:
            if old := self._pages.get(key):
                if page.is_older_than(old[0]):
                    return
                del self._pages[key]
                self.bytes -= old[1]
            if size > self.max_bytes // 8:
                return
            self._pages[key] = (page, size)
            self.bytes += size
            while self.bytes > self.max_bytes:
                _, (_, off) = self._pages.popitem(last=False)
                self.bytes -= off


def page_of(answer: Answer, moment: Moment | None, *, head: bool) -> Page | None:
    """Django's answer as a public page; None when it is not one, or streams."""
    if answer.status != 200 or not isinstance(answer.made, HttpResponse):
        return None
    given = {name.lower(): value for name, value in answer.headers}
    vary = _parts(given.get("vary", ""))
    body = answer.made.content
    if (
        "set-cookie" in given
        or "content-encoding" in given
        or vary & {"cookie", "*"}
        or _parts(given.get("cache-control", "")) & PRIVATE
        # A view that sends no body for HEAD: then its length is not known.
        or (head and not body)
    ):
        return None
    # The digest tells pages of one number apart: after a deploy, a new day, a restore.
    version = f"{moment.content}-" if moment else ""
    digest = blake2b(body, digest_size=8).hexdigest()
    etag = given.get("etag", f'W/"{version}{digest}"')
    own = {
        "cache-control": given.get("cache-control", CACHE_CONTROL),
        "etag": etag,
        "vary": ", ".join(sorted({*vary, "accept-encoding"})),
    }
    replaced = own.keys() | {"content-length"}
    kept = [(n, v) for n, v in answer.headers if n.lower() not in replaced]
    return Page(
        headers=encoded([*kept, *own.items()]),
        plain=body,
        etag=etag,
        moment=moment,
        shareable=vary <= {"accept-encoding"},
        compressible=len(body) >= MIN_COMPRESSED
        and bool(TEXT.match(given.get("content-type", ""))),
    )


def file_of(answer: Answer) -> Page | None:
    """A static file that never changes, as WhiteNoise prepared it; None of another."""
    given = {name.lower(): value for name, value in answer.headers}
    if answer.status != 200 or "immutable" not in given.get("cache-control", ""):
        return None
    body = b"".join(answer.made)
    headers = encoded(answer.headers)
    page = Page(headers, body, given.get("etag", ""), None, fixed=True)
    page.forms = {"identity": (headers, body)}
    return page


def _parts(value: str) -> set[str]:
    """The parts of a header with commas, in small letters."""
    return {part.strip().lower() for part in value.split(",") if part.strip()}
