"""What somebody typed in a form of the admin, as it travels through a page.

It is one field that holds all others as JSON: so no name can clash with one of the page
that carries it, line ends stay as they were sent, and a post that has it can be told
from one that must be saved. It is kept in no store: only in the page of who typed it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus, urlsplit

import msgspec
from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

NAAM = "_getypt"
# Where a request has what it was reopened with.
HEROPEND = "wijkwijzer.getypt"
WACHTWOORD = re.compile(r"passw|wachtwoord", re.IGNORECASE)
# What else than the typed text a post of Django's admin has; see ``zichtbaar``.
TECHNISCH = re.compile(
    r"_|.+_FORMS$|.+-\d+-id$|.*__prefix__|revisie(-\d+)?$"
    r"|(action|index|select_across|bevestigd)$"
)
# What a form says of the record that it was made of.
VAN_TOEN = {"_revisie", "_toen"}
# Of what a post may hold this much is for the fields around it.
OVERIG = 10_000


class Getypt(msgspec.Struct, frozen=True):
    """``velden`` are names with values; ``opnieuw`` is what cannot be given back."""

    velden: tuple[tuple[str, str], ...]
    opnieuw: tuple[str, ...] = ()

    @property
    def tekst(self) -> str:
        return msgspec.json.encode(self).decode()

    @property
    def past(self) -> bool:
        """Whether Django would read a post with all of it."""
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        return most is None or len(quote_plus(self.tekst)) + OVERIG <= most

    @property
    def zichtbaar(self) -> list[tuple[str, str]]:
        """What a person can have typed, to read and to copy."""
        return [
            (naam, waarde)
            for naam, waarde in self.velden
            if waarde.strip() and not TECHNISCH.match(naam)
        ]

    def als_nieuw(self, ouders: set[str]) -> Getypt:
        """The same for a record that is made anew: no part of it exists yet.

        ``ouders`` is what parts call the record that they belong to.
        """
        van_een_rij = re.compile(rf"-\d+-({'|'.join({'id', *ouders})})$")
        nieuw = []
        for naam, waarde in self.velden:
            if naam.endswith("-INITIAL_FORMS"):
                nieuw.append((naam, "0"))
            elif van_een_rij.search(naam):
                nieuw.append((naam, ""))
            elif naam not in VAN_TOEN:
                nieuw.append((naam, waarde))
        return Getypt(tuple(nieuw), self.opnieuw)

    def als_post(self) -> QueryDict:
        post = QueryDict(mutable=True)
        for naam, waarde in self.velden:
            post.appendlist(naam, waarde)
        post._mutable = False
        return post


# Made before there are threads: see ``wholes.documents``.
_lezer = msgspec.json.Decoder(Getypt)


def lees(request: HttpRequest) -> Getypt | None:
    """What a page of ours carried; BadRequest when it is something else."""
    if (eerder := request.META.get(HEROPEND)) is not None:
        return eerder  # type: ignore[no-any-return]
    tekst = request.POST.get(NAAM)
    if tekst is None:
        return None
    try:
        return _lezer.decode(tekst)
    except (msgspec.DecodeError, RecursionError) as fout:
        raise BadRequest("not what a page of ours carried") from fout


def van(request: HttpRequest) -> Getypt | None:
    """What was typed, if this is a post of one of our own pages that can be read.

    Not of another site: its words would seem to be those of the editor.
    """
    if request.method != "POST" or not is_van_hier(request):
        return None
    try:
        if gedragen := lees(request):
            return gedragen
        post, files = request.POST, request.FILES
    except (
        BadRequest,
        MultiPartParserError,
        SuspiciousOperation,
        UnreadablePostError,
    ):
        return None
    velden, opnieuw = [], []
    for naam, waarden in post.lists():
        if naam == "csrfmiddlewaretoken":
            continue
        if WACHTWOORD.search(naam):
            opnieuw += ["het wachtwoord"] * any(waarden)
            continue
        velden += [(naam, str(waarde)) for waarde in waarden]
    opnieuw += [str(f.name) for _, sent in files.lists() for f in sent]
    return Getypt(tuple(velden), tuple(dict.fromkeys(opnieuw)))


def kan_heropenen(view: Callable[..., Any], getypt: Getypt) -> bool:
    """Of a list only its rows can be shown again, not what to do with them."""
    if getattr(view, "__name__", "") == "changelist_view":
        return any(naam == "_save" for naam, _ in getypt.velden)
    return hasattr(view, "heropent")


def heropen(request: HttpRequest, getypt: Getypt) -> None:
    """Let the request be as it was sent; from here on it may save nothing."""
    request.META[HEROPEND] = getypt
    request.POST = getypt.als_post()  # type: ignore[assignment]


def is_heropend(request: HttpRequest) -> bool:
    return HEROPEND in request.META


def is_van_hier(request: HttpRequest) -> bool:
    """Whether a page of this site sent it: every browser says so with a post."""
    zegt = request.headers.get("Origin") or request.headers.get("Referer", "")
    deel = urlsplit(zegt)
    return (deel.scheme, deel.netloc) == (request.scheme, request.get_host())
