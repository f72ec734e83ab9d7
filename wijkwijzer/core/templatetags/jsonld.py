"""What machines read of a page, as its template asks for it. A builtin library.

Nothing of it is in a preview, which is for nobody to find, nor on a page with a
question, which is a part of another page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from wijkwijzer.core.jsonld import als_jsonld
from wijkwijzer.core.paden import pad
from wijkwijzer.core.teksten import beginkapitaal
from wijkwijzer.core.voorbeeld import voorbeeld_tot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest

LICENTIE = "https://creativecommons.org/licenses/by/4.0/deed.nl"

register = template.Library()


def _request(context: template.Context) -> HttpRequest | None:
    """Of a page that machines should read; None of any other."""
    request: HttpRequest | None = context.get("request")
    found = request is not None and not request.GET and voorbeeld_tot.get() is None
    return request if found else None


@register.simple_tag(takes_context=True)
def jsonld(context: template.Context, data: dict[str, Any]) -> str:
    """What a view made for machines."""
    return als_jsonld(data) if _request(context) and data else ""


@register.simple_tag(takes_context=True)
def jsonld_lijst(
    context: template.Context, naam: str, items: Iterable[Any], aantal: int
) -> str:
    """A list, and the records on its first page in their order."""
    if (request := _request(context)) is None:
        return ""
    hier = request.build_absolute_uri
    return als_jsonld(
        {
            "@type": "CollectionPage",
            "name": naam,
            "url": hier(),
            "mainEntity": {
                "@type": "ItemList",
                "numberOfItems": aantal,
                "itemListElement": [
                    {
                        "@type": "ListItem",
                        "position": plaats,
                        "url": hier(item.get_absolute_url()),
                    }
                    for plaats, item in enumerate(items, start=1)
                ],
            },
        }
    )


@register.simple_tag(takes_context=True)
def jsonld_woorden(context: template.Context, naam: str, woorden: Iterable[Any]) -> str:
    """A list of words that each have a page."""
    if (request := _request(context)) is None:
        return ""
    hier = request.build_absolute_uri
    return als_jsonld(
        {
            "@type": "DefinedTermSet",
            "name": naam,
            "url": hier(),
            "hasDefinedTerm": [
                {
                    "@type": "DefinedTerm",
                    "name": beginkapitaal(woord.naam),
                    "url": hier(woord.get_absolute_url()),
                }
                for woord in woorden
            ],
        }
    )


@register.simple_tag(takes_context=True)
def jsonld_woord(context: template.Context, woord: Any, lijst: str) -> str:
    """One word of a list. ``lijst``: the name of the address of that list."""
    if (request := _request(context)) is None:
        return ""
    hier = request.build_absolute_uri
    uitleg = {"description": woord.toelichting} if woord.toelichting else {}
    return als_jsonld(
        {
            "@type": "DefinedTerm",
            "name": woord.naam,
            **uitleg,
            "url": hier(),
            "inDefinedTermSet": hier(pad(lijst)),
        }
    )


@register.simple_tag(takes_context=True)
def jsonld_gemeente(context: template.Context, gemeente: Any) -> str:
    """A page about a gemeente, by the address that the government knows it by."""
    if (request := _request(context)) is None:
        return ""
    return als_jsonld(
        {
            "@type": "CollectionPage",
            "url": request.build_absolute_uri(),
            "about": {
                "@type": "AdministrativeArea",
                "name": gemeente.naam,
                "identifier": gemeente.tooi,
            },
        }
    )


@register.simple_tag(takes_context=True)
def jsonld_dataset(context: template.Context, naam: str, omschrijving: str) -> str:
    """Everything on the site as one set of data, with its files."""
    if (request := _request(context)) is None:
        return ""
    hier = request.build_absolute_uri
    bestanden = {
        "application/json": hier(pad("api:alles")),
        "application/zip": hier(pad("pakket")),
    }
    return als_jsonld(
        {
            "@type": "Dataset",
            "name": naam,
            "description": omschrijving,
            "url": hier(),
            "inLanguage": "nl",
            "license": LICENTIE,
            "isAccessibleForFree": True,
            "creator": {"@type": "Organization", "name": "WijkWijzer"},
            "distribution": [
                {
                    "@type": "DataDownload",
                    "encodingFormat": soort,
                    "contentUrl": adres,
                }
                for soort, adres in bestanden.items()
            ],
        }
    )


@register.simple_tag(takes_context=True)
def jsonld_site(context: template.Context) -> str:
    """The site, and where it can be searched."""
    if (request := _request(context)) is None:
        return ""
    hier = request.build_absolute_uri
    return als_jsonld(
        {
            "@type": "WebSite",
            "name": "WijkWijzer",
            "url": hier(),
            "inLanguage": "nl",
            "potentialAction": {
                "@type": "SearchAction",
                "target": {
                    "@type": "EntryPoint",
                    "urlTemplate": hier(pad("zoeken:zoeken")) + "?q={q}",
                },
                "query-input": "required name=q",
            },
        }
    )
