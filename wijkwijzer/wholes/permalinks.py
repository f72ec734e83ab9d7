"""An address works for ever: 200, 301 to its new slug, or 410 with an explanation."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render

from wijkwijzer.core.models import VorigeSlug
from wijkwijzer.wholes.actions import document_of
from wijkwijzer.wholes.current import current_stand
from wijkwijzer.wholes.declaration import Term, Whole
from wijkwijzer.wholes.models import Publicatie, Versie

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.http import HttpRequest, HttpResponse

    from wijkwijzer.wholes.stand import Stand

T = TypeVar("T", bound=Term)
W = TypeVar("W", bound=Whole)


def show_or_refer(
    request: HttpRequest,
    declared: type[W],
    slug: str,
    show: Callable[[Stand, W], HttpResponse],
    address: Callable[[W], str] | None = None,
) -> HttpResponse:
    """Answer for the record at ``slug``.

    ``show`` renders a published record, of the same stand. A withdrawn one answers 410,
    a former slug, or one in capitals, 301 to its own page or to another ``address``; a
    form on its way is sent on to it whole. Raises Http404 for anything else, so a
    concept looks like it does not exist.
    """
    stand = current_stand()
    if document := stand.get(declared, slug):
        return show(stand, document)
    uuid = _ever_at(stand, declared, slug)
    if uuid is None and slug != slug.lower():
        uuid = _ever_at(stand, declared, slug.lower())
    if uuid is None:
        raise Http404(f"no {declared.soort} at {slug!r}")
    if document := stand.published(declared, uuid):
        return refer(
            request, address(document) if address else document.get_absolute_url()
        )
    return withdrawn(request, declared, uuid)


def show_term_or_refer(
    request: HttpRequest,
    declared: type[T],
    key: str,
    show: Callable[[Stand, T], HttpResponse],
    address: Callable[[T], str],
) -> HttpResponse:
    """Answer for the word of a controlled list at ``key``; 301 for one in capitals.

    Raises Http404 when the list has no such word.
    """
    stand = current_stand()
    if term := stand.vocabulary.get(declared, key):
        return show(stand, term)
    if term := stand.vocabulary.get(declared, key.lower()):
        return refer(request, address(term))
    raise Http404(f"no {declared.__name__} at {key!r}")


def refer(request: HttpRequest, address: str) -> HttpResponsePermanentRedirect:
    """301 to where it is for ever; the question, and a form on its way, come along."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(
        f"{address}?{query}" if query else address,
        preserve_request=request.method == "POST",
    )


def _ever_at(stand: Stand, declared: type[Whole], slug: str) -> UUID | None:
    """The record that readers see at a slug, saw there, or that had it before."""
    if document := stand.get(declared, slug):
        return document.uuid
    gone = Publicatie.objects.filter(soort=declared.soort, slug=slug).first()
    return gone.uuid if gone else former_slugs(declared, [slug]).get(slug)


def former_slugs(declared: type[Whole], slugs: Iterable[str]) -> dict[str, UUID]:
    """Of which records these are former slugs; whatever a reader typed may be there."""
    # No database looks for a NUL.
    found = VorigeSlug.objects.filter(
        soort=declared.soort, slug__in=[slug for slug in slugs if "\0" not in slug]
    )
    return dict(found.values_list("slug", "uuid"))


def withdrawn(request: HttpRequest, declared: type[Whole], uuid: UUID) -> HttpResponse:
    """410 with the editors' explanation. Raises Http404 when nothing was withdrawn."""
    publicatie = (
        Publicatie.objects.filter(
            soort=declared.soort, uuid=uuid, versie__document__isnull=True
        )
        .select_related("versie")
        .first()
    )
    if publicatie is None:
        raise Http404(f"nothing was withdrawn that had {uuid}")
    last = (
        Versie.objects.filter(uuid=uuid, document__isnull=False)
        .order_by("-nummer")
        .first()
    )
    data = document_of(last) if last else None
    context = {
        "naam": data["naam"] if data else publicatie.slug,
        "reden": publicatie.versie.reden,
    }
    return render(request, "410.html", context, status=410)
