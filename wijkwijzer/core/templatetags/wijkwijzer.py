"""What templates need to show our records: words, dates, rings, addresses.

A builtin library, so no template loads it. Nothing here queries the database.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache, lru_cache
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pyphen
from django import template
from django.conf import settings
from django.core.signals import setting_changed
from django.dispatch import receiver
from django.http import QueryDict
from django.template.loader import render_to_string
from django.template.loader_tags import BlockNode
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import is_aware, localtime

from wijkwijzer.core.paden import pad
from wijkwijzer.core.teksten import beginkapitaal, opgesomd, regels
from wijkwijzer.core.voorbeeld import voorbeeld_tot

if TYPE_CHECKING:
    from collections.abc import Iterable

register = template.Library()

LANG_WOORD = re.compile(r"[^\W\d_]{12,}")
ZACHT_STREEPJE = "\u00ad"
# A consonant alone is no syllable: it ends the one before it ("buurt-ontwikkeling").
LOSSE_LETTER = re.compile(rf"{ZACHT_STREEPJE}([^\W\daeiouy])(?={ZACHT_STREEPJE})")
# Fewer values without a result take less room than the line that would hide them.
VOUW_VANAF = 3


@lru_cache(maxsize=1)
def _woordenboek() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="nl_NL", left=3, right=4)


@lru_cache(maxsize=4096)
def _breek_af(woord: str) -> str:
    return LOSSE_LETTER.sub(r"\1", _woordenboek().inserted(woord, ZACHT_STREEPJE))


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
    return "".join(f"{voor}{woord}" for voor, woord in opgesomd(woorden))


register.filter("beginkapitaal", beginkapitaal)
register.filter("regels", regels)


@register.filter
def domein(url: str) -> str:
    """The host of an address, as people name a site: "movisie.nl"."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


@lru_cache(maxsize=1024)
def _dag(jaar: int, maand: int, dag: int) -> SafeString:
    """A page tells the same few days in many places."""
    moment = date(jaar, maand, dag)
    woorden = date_format(moment, "j F Y")
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(), woorden)


@register.filter
def tijd(value: Any) -> SafeString | str:
    """A date or Deeldatum in words, in a ``<time>``; empty when there is none."""
    if not value:
        return ""
    if isinstance(value, datetime) and is_aware(value):
        # The day that it was here.
        value = localtime(value)
    if isinstance(value, date):
        return _dag(value.year, value.month, value.day)
    return format_html('<time datetime="{}">{}</time>', value, value.in_woorden)


@register.simple_tag
@cache
def redactie() -> str:
    """The mark of what an editor inferred; up to twenty times on a page."""
    return render_to_string("components/redactie.html")


# Previews


@register.simple_tag
def voorbeeldbalk() -> str:
    """What a preview says above all else; nothing on any other page."""
    if (tot := voorbeeld_tot.get()) is None:
        return ""
    return render_to_string("components/voorbeeldbalk.html", {"tot": tot})


class ReadersNode(template.Node):
    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        if voorbeeld_tot.get() is not None:
            return SafeString("")
        return self.nodelist.render(context)


@register.tag
def alleenlezers(parser: Any, token: Any) -> ReadersNode:
    """What leads to something that readers send: not in a preview."""
    nodelist = parser.parse(("endalleenlezers",))
    parser.delete_first_token()
    return ReadersNode(nodelist)


# What is the same on every page


_gemaakt: dict[tuple[template.Node, str | None, str], SafeString] = {}


@receiver(setting_changed)
def _vergeet(**kwargs: Any) -> None:
    """Only tests change a setting while the site runs."""
    _gemaakt.clear()


class FixedNode(template.Node):
    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        if settings.DEBUG:
            return self._make(context)
        # What ``url`` and ``pad`` follow from; all else they ask never changes.
        key = (self, get_urlconf(), get_script_prefix())
        if key not in _gemaakt:
            _gemaakt[key] = self._make(context)
        return _gemaakt[key]

    def _make(self, context: template.Context) -> SafeString:
        # Nothing of this page is in it: neither a variable nor the request.
        return self.nodelist.render(context.new())


@register.tag
def vast(parser: Any, token: Any) -> FixedNode:
    """A part that is the same on every page, made once per process.

    Nothing in it may follow from the page, the content, the reader or the day: most of
    the layout does not.
    """
    nodelist = parser.parse(("endvast",))
    parser.delete_first_token()
    if nodelist.get_nodes_by_type((BlockNode, ReadersNode)):
        raise template.TemplateSyntaxError(
            "vast: een block of alleenlezers is niet op elke pagina hetzelfde"
        )
    return FixedNode(nodelist)


@register.filter
def gemarkeerd(html: SafeString, markeer: Any) -> SafeString:
    """Safe HTML with the terms of the glossary marked, each once per page."""
    marked: SafeString = markeer(html)
    return marked


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
def met_datum(events: Iterable[Any]) -> list[Any]:
    """The events of a timeline that have a date."""
    return [event for event in events if event.datum]


@register.filter
def zonder_datum(events: Iterable[Any]) -> list[Any]:
    """The events of a timeline whose date no source gives."""
    return [event for event in events if not event.datum]


# Parts of a list page that a template alone would spend most of its time on


@register.simple_tag
def aanpakkaart(aanpak: Any, kop: int, uitleg: Any = None) -> SafeString:
    """The card of an aanpak, made once for as long as its document stays in memory.

    A card that explains why it was found belongs to one query and is made each time.
    """

    def maak() -> SafeString:
        context = {"aanpak": aanpak, "kop": kop, "uitleg": uitleg}
        return render_to_string("components/aanpakkaart.html", context)

    if uitleg or settings.DEBUG:
        return maak()
    gemaakt: dict[int, SafeString] = aanpak.__dict__.setdefault("_kaarten", {})
    if kop not in gemaakt:
        gemaakt[kop] = maak()
    return gemaakt[kop]


@register.simple_tag
def facetopties(facet: Any) -> SafeString:
    """The choices of a facet. A hundred of them took 2.5 ms in a template.

    Many without a result are folded away: they stay to be seen, not to be chosen.
    """
    leeg = [optie for optie in facet.opties if not optie.kiesbaar]
    if len(leeg) < VOUW_VANAF:
        # _keuzes() escapes every text.
        return SafeString(_keuzes(facet, facet.opties))  # nosec B703
    vol = [optie for optie in facet.opties if optie.kiesbaar]
    return SafeString(  # nosec B703
        f'{_keuzes(facet, vol)}<details class="folded">'
        f"<summary>Toon ook de {len(leeg)} zonder resultaat</summary>"
        f"{_keuzes(facet, leeg)}</details>"
    )


def _keuzes(facet: Any, opties: Iterable[Any]) -> str:
    naam = escape(facet.sleutel)
    return "\n".join(
        f'<label class="checkbox{"" if optie.kiesbaar else " off"}">'
        f'<input type="checkbox" name="{naam}" value="{escape(optie.waarde)}"'
        f"{' checked' if optie.gekozen else ''}"
        f"{'' if optie.kiesbaar else ' disabled'}> "
        f"<span>{escape(optie.label)}</span> "
        f'<span class="count">{optie.aantal:d} <span class="visually-hidden">'
        f"{'resultaat' if optie.aantal == 1 else 'resultaten'}</span></span></label>"
        for optie in opties
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
        query[sleutel] = waarde
    for sleutel, gegeven in [*query.lists()]:
        if not any(gegeven):
            del query[sleutel]
    return f"?{query.urlencode()}" if query or not request else str(request.path)


@register.simple_tag(takes_context=True)
def canoniek(context: template.Context) -> str:
    """The absolute address of this page without its query; empty without a request."""
    request = context.get("request")
    return request.build_absolute_uri(request.path) if request else ""


@register.simple_tag(takes_context=True)
def absoluut(context: template.Context, naam: str) -> str:
    """The absolute address of a page that needs no arguments, for other sites."""
    return str(context["request"].build_absolute_uri(pad(naam)))


register.simple_tag(pad)


@register.simple_tag(takes_context=True)
def huidig(context: template.Context, naam: str) -> SafeString | str:
    """``aria-current`` for a link in the main menu: this page, or a page below it."""
    request = context.get("request")
    if request is None:
        return ""
    try:
        adres = pad(naam)
    except NoReverseMatch:
        return ""
    if request.path == adres:
        return SafeString(' aria-current="page"')
    if request.path.startswith(adres):
        return SafeString(' aria-current="true"')
    return ""
