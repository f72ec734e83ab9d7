"""Where something comes from, as a note at the foot of a page tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from django.utils.formats import date_format

from wijkwijzer.core.teksten import beginkapitaal
from wijkwijzer.publicatie.boom import Stuk, stuk

if TYPE_CHECKING:
    from datetime import date

    from wijkwijzer.core.datums import Deeldatum
    from wijkwijzer.wholes.terms import BronTerm


class Gevonden(Protocol):
    """A part of a register entry, with the page or publication that tells of it."""

    @property
    def bron_url(self) -> str: ...
    @property
    def publicatie(self) -> str: ...
    @property
    def bron_datum(self) -> Deeldatum | None: ...


def bronnoot(bron: BronTerm) -> list[Stuk]:
    """A publication: its title, who published it, and when."""
    rest = [bron.uitgever, bron.datum.in_woorden if bron.datum else ""]
    achter = ", ".join(filter(None, rest))
    return [stuk(bron.titel, url=bron.url), stuk(f", {achter}." if achter else ".")]


def adresnoot(url: str, datum: Deeldatum | None = None) -> list[Stuk]:
    """A page of another site. Who reads on paper types it over."""
    if not url:
        return []
    achter = f", pagina van {datum.in_woorden}" if datum else ""
    return [stuk(leesbaar(url), url=url), *([stuk(achter)] if achter else [])]


def noot(
    bron: BronTerm | None, url: str = "", datum: Deeldatum | None = None
) -> list[Stuk]:
    return bronnoot(bron) if bron else adresnoot(url, datum)


def vindplaats(deel: Gevonden) -> list[Stuk]:
    if deel.bron_url:
        return adresnoot(deel.bron_url, deel.bron_datum)
    return [stuk(deel.publicatie)] if deel.publicatie else []


def leesbaar(url: str) -> str:
    """An address as people write it: "movisie.nl/interventie/citytrainers"."""
    return url.partition("://")[2].removeprefix("www.").rstrip("/") or url


def dag(op: date) -> str:
    """ "29 november 2026", whatever language somebody asks a page in."""
    return date_format(op, "j F Y")


def bronregel(bron: BronTerm) -> list[Stuk]:
    """A publication in a list of sources: all that is known of it."""
    van = f"{beginkapitaal(bron.soort)} van {bron.uitgever}"
    wanneer = bron.datum.in_woorden if bron.datum else ""
    if not wanneer and not bron.datum_opmerking:
        wanneer = "datum niet bekend"
    delen = [
        f"{bron.ondertitel}." if bron.ondertitel else "",
        f"{', '.join(filter(None, [van, wanneer]))}.",
        f"Auteurs: {', '.join(bron.auteurs)}." if bron.auteurs else "",
        f"Met medewerking van {', '.join(bron.medewerking)}."
        if bron.medewerking
        else "",
        beginkapitaal(bron.datum_opmerking),
        beginkapitaal(bron.url_opmerking),
    ]
    eerste = stuk(f"{bron.titel}.", vet=True, url=bron.url)
    return [eerste, stuk(f"{' '.join(filter(None, delen))}")]
