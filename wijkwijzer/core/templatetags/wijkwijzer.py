"""What templates need to show our records: words, dates, rings, addresses.

A builtin library, so no template loads it. Nothing here queries the database beyond the
relations it names; the views prefetch those.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pyphen
from django import template
from django.conf import settings
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from wijkwijzer.core.teksten import regels

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

register = template.Library()

LANG_WOORD = re.compile(r"[^\W\d_]{12,}")
ZACHT_STREEPJE = "\u00ad"


@lru_cache(maxsize=1)
def _woordenboek() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="nl_NL", left=3, right=4)


@lru_cache(maxsize=4096)
def _breek_af(woord: str) -> str:
    return str(_woordenboek().inserted(woord, ZACHT_STREEPJE))


@register.filter(is_safe=True)
def afbreken(value: Any) -> str:
    """Soft hyphens in words of twelve letters or more. Chromium has no Dutch ones.

    Safe HTML stays safe: no tag or entity of ours is that long.
    """
    return LANG_WOORD.sub(lambda woord: _breek_af(woord[0]), str(value))


@register.filter
def opsomming(items: Iterable[Any], veld: str = "") -> str:
    """ "a, b en c", of the items themselves or of one attribute of each."""
    woorden = [str(getattr(item, veld) if veld else item) for item in items]
    if len(woorden) < 2:
        return "".join(woorden)
    slot = ", " if " en " in woorden[-1] else " en "
    return f"{', '.join(woorden[:-1])}{slot}{woorden[-1]}"


@register.filter
def beginkapitaal(value: Any) -> str:
    """The first letter as a capital; the rest stays as it is."""
    tekst = str(value)
    return tekst[:1].upper() + tekst[1:]


register.filter("regels", regels)


@register.filter
def domein(url: str) -> str:
    """The host of an address, as people name a site: "movisie.nl"."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


@register.filter
def tijd(value: Any) -> SafeString | str:
    """A date or Deeldatum in words, in a ``<time>``; empty when there is none."""
    if not value:
        return ""
    if isinstance(value, date):
        return format_html(
            '<time datetime="{}">{}</time>',
            value.isoformat()[:10],
            date_format(value, "j F Y"),
        )
    return format_html('<time datetime="{}">{}</time>', value, value.in_woorden)


# Rings, levels and groups


@register.filter
def ringnummers(lagen: Iterable[Any]) -> set[int]:
    """The numbers of the rings that act: 1 is the core, 3 the outer ring."""
    return {laag.volgorde for laag in lagen}


@register.filter
def ring_van(actor: Any) -> set[int]:
    """The number of the one ring an actor is in, as ``ringnummers`` gives it."""
    return {actor.laag.volgorde}


@register.filter
def stippen(niveau: Any) -> int:
    """How many of the three dots a level fills: its steps count as the level itself."""
    return max(1, min(3, int(niveau.volgorde) // 10))


@register.filter
def primaire_doelgroepen(aanpak: Any) -> list[Any]:
    """The links to the groups an aanpak is for; all of them if none is primary."""
    koppelingen = list(aanpak.doelgroepkoppelingen.all())
    return [k for k in koppelingen if k.rol == "primair"] or koppelingen


@register.filter
def feiten(aanpak: Any, soort: str) -> list[Any]:
    """The facts of one kind. Needs ``with_kaart()``."""
    return list(aanpak.feiten_van(soort))


@register.filter
def met_datum(events: Iterable[Any]) -> list[Any]:
    """The events of a timeline that have a date."""
    return [event for event in events if event.datum]


@register.filter
def zonder_datum(events: Iterable[Any]) -> list[Any]:
    """The events of a timeline whose date no source gives."""
    return [event for event in events if not event.datum]


# Parts of a list page that a template alone would spend most of its time on


@register.simple_tag
def kaart(aanpak: Any, kop: int) -> SafeString:
    """The card of an aanpak, made once for as long as the record stays in memory.

    A card that explains why it was found belongs to one query and is made each time.
    """

    def maak() -> SafeString:
        context = {"aanpak": aanpak, "kop": kop}
        return render_to_string("components/aanpakkaart.html", context)

    if hasattr(aanpak, "uitleg") or settings.DEBUG:
        return maak()
    gemaakt: dict[int, SafeString] = aanpak.__dict__.setdefault("_kaarten", {})
    if kop not in gemaakt:
        gemaakt[kop] = maak()
    return gemaakt[kop]


@register.simple_tag
def facetopties(facet: Any) -> SafeString:
    """The choices of a facet. A hundred of them took 2.5 ms in a template."""
    naam = escape(facet.sleutel)
    return SafeString(
        "\n".join(
            f'<label class="checkbox{"" if optie.kiesbaar else " off"}">'
            f'<input type="checkbox" name="{naam}" value="{escape(optie.waarde)}"'
            f"{' checked' if optie.gekozen else ''}"
            f"{'' if optie.kiesbaar else ' disabled'}> "
            f"<span>{escape(optie.label)}</span> "
            f'<span class="count">{optie.aantal:d}</span></label>'
            for optie in facet.opties
        )
    )


# Addresses


@register.simple_tag(takes_context=True)
def pagina_url(context: template.Context, nummer: int) -> str:
    """The address of another page of the same list, with all other query keys."""
    return _adres(context, pagina=str(nummer) if nummer > 1 else "")


@register.simple_tag(takes_context=True)
def zoek_url(context: template.Context, q: str) -> str:
    """The address of the first page for another query, with the same filters."""
    return _adres(context, q=q, pagina="")


def _adres(context: template.Context, **waarden: str) -> str:
    """The address of this page with other query values; an empty one goes out."""
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    for sleutel, waarde in waarden.items():
        query.pop(sleutel, None)
        if waarde:
            query[sleutel] = waarde
    return f"?{query.urlencode()}" if query or not request else str(request.path)


@register.simple_tag(takes_context=True)
def canoniek(context: template.Context) -> str:
    """The absolute address of this page without its query; empty without a request."""
    request = context.get("request")
    return request.build_absolute_uri(request.path) if request else ""


@register.simple_tag(takes_context=True)
def huidig(context: template.Context, naam: str) -> SafeString | str:
    """``aria-current`` for a link in the main menu: this page, or a page below it."""
    request = context.get("request")
    if request is None:
        return ""
    try:
        adres = reverse(naam)
    except NoReverseMatch:
        return ""
    if request.path == adres:
        return SafeString(' aria-current="page"')
    if request.path.startswith(adres):
        return SafeString(' aria-current="true"')
    return ""


# The ring diagram with its actors

MIDDEN = 500
SPAAK_VAN = 206
BUITENLABEL = 449
REGEL = 17


@dataclass(frozen=True)
class Spaak:
    """One actor in the diagram: its lines of text and how they are turned."""

    actor: Any
    regels: list[tuple[str, int]]
    draai: str
    x: int
    anker: str


def _twee_regels(naam: str, breedte: int = 25) -> list[str]:
    """Break a name at the space nearest to its middle when it is long."""
    if len(naam) <= breedte:
        return [naam]
    plekken = [i for i, teken in enumerate(naam) if teken == " "]
    if not plekken:
        return [naam]
    plek = min(plekken, key=lambda i: abs(i - len(naam) / 2))
    return [naam[:plek], naam[plek + 1 :]]


def _spaken(actoren: Sequence[Any]) -> list[Spaak]:
    """Actors as spokes around the core, all readable from left to right."""
    spaken = []
    stap = 360 / max(len(actoren), 1)
    for nummer, actor in enumerate(actoren):
        hoek = -90 + stap * (nummer + 0.5)
        links = 90 < hoek % 360 < 270
        draai = hoek - 180 if links else hoek
        regels_ = _twee_regels(actor.naam)
        begin = -(len(regels_) - 1) * REGEL / 2 + 5
        spaken.append(
            Spaak(
                actor=actor,
                regels=[
                    (regel, round(begin + i * REGEL)) for i, regel in enumerate(regels_)
                ],
                draai=f"{draai:.1f}",
                x=-SPAAK_VAN if links else SPAAK_VAN,
                anker="end" if links else "start",
            )
        )
    return spaken


@dataclass(frozen=True)
class Boog:
    """One actor on the outer ring: the arc that its name follows."""

    actor: Any
    pad: str
    id: str


def _bogen(actoren: Sequence[Any]) -> list[Boog]:
    """Actors along the outer ring, away from its title at the top."""
    bogen = []
    ruimte = 260
    stap = ruimte / max(len(actoren), 1)
    for nummer, actor in enumerate(actoren):
        hoek = -90 + (360 - ruimte) / 2 + stap * (nummer + 0.5)
        onder = 0 < hoek % 360 < 180
        straal = BUITENLABEL + 12 if onder else BUITENLABEL
        half = stap / 2
        van, tot = (hoek + half, hoek - half) if onder else (hoek - half, hoek + half)
        (x1, y1), (x2, y2) = (
            (
                MIDDEN + straal * math.cos(math.radians(h)),
                MIDDEN + straal * math.sin(math.radians(h)),
            )
            for h in (van, tot)
        )
        bogen.append(
            Boog(
                actor=actor,
                pad=f"M{x1:.0f} {y1:.0f}A{straal} {straal} 0 0 {0 if onder else 1} "
                f"{x2:.0f} {y2:.0f}",
                id=f"boog-{actor.slug}",
            )
        )
    return bogen


@register.inclusion_tag("components/ringdiagram.html")
def ringdiagram(lagen: Sequence[Any]) -> dict[str, Any]:
    """The large diagram. Each ring has ``.aantal`` and ``.actoren_lijst``."""
    kern, midden, buiten = sorted(lagen, key=lambda laag: laag.volgorde)
    return {
        "kern": kern,
        "midden": midden,
        "buiten": buiten,
        "kernactoren": [
            (actor, 505 + 32 * nummer)
            for nummer, actor in enumerate(kern.actoren_lijst)
        ],
        "spaken": _spaken(midden.actoren_lijst),
        "bogen": _bogen(buiten.actoren_lijst),
    }


# The timeline of an interventie


@dataclass(frozen=True)
class Punt:
    x: str
    event: Any
    eind: str
    verwacht: bool
    y: int = 0


def _procent(datum: Any, eerste: int, jaren: int) -> float:
    deel = datum.jaar + ((datum.maand or 7) - 1) / 12 + ((datum.dag or 15) - 1) / 365
    return float(100 * (deel - eerste) / jaren)


@register.inclusion_tag("components/tijdlijn.html")
def tijdlijn(tijdlijnen: Sequence[tuple[Any, Sequence[Any]]]) -> dict[str, Any]:
    """Dated events per databank on one axis of years; empty without any date."""
    banen = [
        (databank, [event for event in events if event.datum])
        for databank, events in tijdlijnen
    ]
    banen = [(databank, events) for databank, events in banen if events]
    if not banen:
        return {"banen": []}
    data = [event.datum.jaar for _, events in banen for event in events]
    einden = [
        eind.jaar for _, events in banen for e in events if (eind := _einde(e)[0])
    ]
    eerste, laatste = min(data), max([*data, *einden]) + 1
    if laatste - eerste < 3:
        laatste = eerste + 3
    jaren = laatste - eerste
    stap = next((s for s in (1, 2, 5, 10, 20, 50) if jaren / s <= 6), jaren // 6)
    rijen = []
    for nummer, (databank, events) in enumerate(banen):
        punten = []
        for event in events:
            eind, verwacht = _einde(event)
            punten.append(
                Punt(
                    x=f"{_procent(event.datum, eerste, jaren):.1f}%",
                    event=event,
                    eind=f"{_procent(eind, eerste, jaren):.1f}%" if eind else "",
                    verwacht=verwacht,
                )
            )
        rijen.append((databank, nummer * 56 + 44, nummer * 56 + 22, punten))
    return {
        "banen": rijen,
        "hoogte": len(rijen) * 56 + 34,
        "onder": len(rijen) * 56 + 8,
        "as": len(rijen) * 56 + 28,
        "jaren": [
            (jaar, f"{100 * (jaar - eerste) / jaren:.1f}%")
            for jaar in range(eerste, laatste + 1)
            if jaar % stap == 0
        ],
    }


def _einde(event: Any) -> tuple[Any, bool]:
    """The stated end of a recognition, or the expected one and True."""
    if event.soort != "erkenning":
        return None, False
    if event.object.geldig_tot:
        return event.object.geldig_tot, False
    return event.object.verwachte_einddatum(), True
