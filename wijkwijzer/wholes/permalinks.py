"""An address works for ever: 200, 301 to its new slug, or 410 with an explanation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar
from uuid import UUID

from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render

from wijkwijzer.core.models import VorigeSlug
from wijkwijzer.wholes.actions import document_of
from wijkwijzer.wholes.current import current_stand
from wijkwijzer.wholes.declaration import Term, Whole
from wijkwijzer.wholes.models import Publicatie, Versie

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from django.http import HttpRequest, HttpResponse

    from wijkwijzer.wholes.stand import Stand

# By kind: what may help instead of a document, which readers do not see any more.
_instead: dict[str, Callable[[Stand, Any], Sequence[Instead]]] = {}

T = TypeVar("T", bound=Term)
W = TypeVar("W", bound=Whole)


@dataclass(frozen=True)
class Found(Generic[W]):
    """What is at an address: a record, or the one that was there and is gone."""

    uuid: UUID
    # None of what was withdrawn.
    document: W | None
    # Whether the address is one of before, or in capitals.
    moved: bool = False


class Instead(Protocol):
    """Something that may help who looks for what was withdrawn."""

    @property
    def naam(self) -> str: ...

    @property
    def slug(self) -> str: ...

    @property
    def redenen(self) -> list[str]: ...

    def get_absolute_url(self) -> str: ...


@dataclass(frozen=True)
class Gone:
    """A record that was withdrawn: what it was, and why it is not there any more."""

    naam: str
    reden: str
    # The document that readers saw last, if there is one.
    last: Versie | None


def find(stand: Stand, declared: type[W], slug: str) -> Found[W]:
    """What is at ``slug``, now or before. Raises Http404 for anything else.

    No query for what readers see; of a concept nobody can tell that it exists.
    """
    if document := stand.get(declared, slug):
        return Found(document.uuid, document)
    uuid = _ever_at(stand, declared, slug)
    if uuid is None and slug != slug.lower():
        uuid = _ever_at(stand, declared, slug.lower())
    if uuid is None:
        raise Http404(f"no {declared.soort} at {slug!r}")
    return Found(uuid, stand.published(declared, uuid), moved=True)


def show_or_refer(
    request: HttpRequest,
    declared: type[W],
    slug: str,
    show: Callable[[Stand, W], HttpResponse],
    address: Callable[[W], str] | None = None,
    template: str = "410.html",
) -> HttpResponse:
    """Answer for the record at ``slug``.

    ``show`` renders a published record, of the same stand. A withdrawn one answers 410,
    a former slug, or one in capitals, 301 to its own page or to another ``address``; a
    form on its way is sent on to it whole. ``template`` says why a
    record was withdrawn. Raises Http404 for anything else, so a concept looks like it
    does not exist.
    """
    stand = current_stand()
    found = find(stand, declared, slug)
    if (document := found.document) is None:
        return withdrawn(request, stand, declared, found.uuid, template)
    if not found.moved:
        return show(stand, document)
    return refer(request, address(document) if address else document.get_absolute_url())


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


def gone(declared: type[Whole], uuid: UUID) -> Gone:
    """What was withdrawn, and why. Raises Http404 when nothing was."""
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
    data: dict[str, Any] | None = document_of(last) if last else None
    naam = data["naam"] if data else publicatie.slug
    return Gone(naam, publicatie.versie.reden, last)


def helps_instead(
    declared: type[W], find: Callable[[Stand, W], Sequence[Instead]]
) -> None:
    """What to offer who looks for a record of this kind that was withdrawn."""
    _instead[declared.soort] = find


def instead_of(stand: Stand, declared: type[Whole], was: Gone) -> Sequence[Instead]:
    """What readers see, and may help them instead; empty when nothing does."""
    find = _instead.get(declared.soort)
    if find is None or was.last is None:
        return []
    text = was.last.document or ""
    return find(stand, stand.reader.read(declared, text, was.last.schema))


def withdrawn(
    request: HttpRequest,
    stand: Stand,
    declared: type[Whole],
    uuid: UUID,
    template: str = "410.html",
) -> HttpResponse:
    """410 with the editors' explanation, and what may help instead.

    Raises Http404 when nothing was withdrawn.
    """
    was = gone(declared, uuid)
    context = {
        "naam": was.naam,
        "reden": was.reden,
        "alternatieven": instead_of(stand, declared, was),
    }
    return render(request, template, context, status=410)
