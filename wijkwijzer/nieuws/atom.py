"""An Atom feed (RFC 4287) of one page of a list, as Django's generator writes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from wijkwijzer.core.tekens import een_regel, maak_schoon

if TYPE_CHECKING:
    from django.http import HttpRequest

AUTEUR = "WijkWijzer"
RECHTEN = "CC BY 4.0"
LICENTIE = "https://creativecommons.org/licenses/by/4.0/deed.nl"
# A title is one line; a feed names its filters in it.
MAX_TITEL = 300


@dataclass(frozen=True)
class Item:
    """One entry. ``id`` and ``adres`` are paths here; ``id`` stays when it is renamed.

    ``soorten``: what it is about, for who sorts what comes in.
    """

    id: str
    adres: str
    titel: str
    eerst: datetime
    gewijzigd: datetime
    # Plain text, a line each.
    regels: Sequence[str] = ()
    soorten: Sequence[str] = ()


@dataclass(frozen=True)
class Feed:
    """A page of a list as a feed; addresses are paths here, with their query."""

    titel: str
    ondertitel: str
    adres: str
    lijst: str
    # When one of its entries changed last, or something went away from it.
    gewijzigd: datetime
    items: Sequence[Item] = ()
    # The pages around this one: ``first``, ``previous``, ``next``, ``last`` (RFC 5005).
    paginas: dict[str, str] = field(default_factory=dict)


class _Atom(Atom1Feed):
    """With links to other pages and the licence, and a date that is never "now"."""

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        for rel, href in self.feed["links"]:
            handler.addQuickElement("link", "", {"rel": rel, "href": href})

    def latest_post_date(self) -> datetime:
        gewijzigd: datetime = self.feed["gewijzigd"]
        return gewijzigd


def antwoord(request: HttpRequest, feed: Feed) -> HttpResponse:
    """The feed as an answer; the door keeps it as it keeps a page."""
    hier = request.build_absolute_uri
    atom = _Atom(
        title=een_regel(feed.titel, MAX_TITEL),
        link=hier(feed.lijst),
        description="",
        subtitle=een_regel(feed.ondertitel, 2 * MAX_TITEL),
        language="nl",
        author_name=AUTEUR,
        author_link=hier("/"),
        feed_url=hier(feed.adres),
        feed_copyright=RECHTEN,
        gewijzigd=feed.gewijzigd,
        links=[
            *((rel, hier(adres)) for rel, adres in feed.paginas.items()),
            # RFC 4946
            ("license", LICENTIE),
        ],
        # Every page of a list is a page of one feed.
        feed_guid=hier(feed.paginas.get("first", feed.adres)),
    )
    for item in feed.items:
        atom.add_item(
            title=een_regel(item.titel, MAX_TITEL),
            link=hier(item.adres),
            description=_html(item.regels),
            unique_id=hier(item.id),
            pubdate=item.eerst,
            updateddate=item.gewijzigd,
            categories=[een_regel(soort, MAX_TITEL) for soort in item.soorten],
        )
    return HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type)


def _html(regels: Sequence[str]) -> str:
    """Lines of plain text as HTML; what XML cannot hold is left out."""
    schoon = [escape(maak_schoon(regel, regels=True)[0]) for regel in regels]
    return "".join(f"<p>{regel}</p>" for regel in schoon if regel)
