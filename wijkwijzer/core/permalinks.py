"""An address works for ever: 200, 301 to its new slug, or 410 with an explanation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render

from wijkwijzer.core.models import Publiceerbaar, VorigeSlug

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from wijkwijzer.core.models import PubliceerbaarQuerySet

M = TypeVar("M", bound=Publiceerbaar)


def toon_of_verwijs(
    request: HttpRequest,
    objecten: PubliceerbaarQuerySet[M],
    slug: str,
    toon: Callable[[M], HttpResponse],
    adres: Callable[[M], str] | None = None,
) -> HttpResponse:
    """Answer for the record at ``slug``.

    ``toon`` renders a published record. A withdrawn one answers 410, a former slug 301
    to its own page or to another ``adres``. A form on its way is sent on to it whole.
    Raises Http404 for anything else, so a concept looks like it does not exist.
    """
    if instance := objecten.gepubliceerd().filter(slug=slug).first():
        return toon(instance)
    model: Any = objecten.model
    if ingetrokken := model._default_manager.gearchiveerd().filter(slug=slug).first():
        return verdwenen(request, ingetrokken)
    vorige = VorigeSlug.objects.filter(
        soort=ContentType.objects.get_for_model(model), slug=slug
    ).first()
    if vorige:
        huidige = model._default_manager.filter(pk=vorige.object_id).first()
        if huidige and huidige.is_gepubliceerd:
            url = adres(huidige) if adres else huidige.get_absolute_url()
            return HttpResponsePermanentRedirect(
                _met_query(request, url), preserve_request=request.method == "POST"
            )
        if huidige and huidige.is_gearchiveerd:
            return verdwenen(request, huidige)
    raise Http404(f"no {model._meta.model_name} at {slug!r}")


def verdwenen(request: HttpRequest, instance: Publiceerbaar) -> HttpResponse:
    """410 with the editors' explanation."""
    context: dict[str, Any] = {"object": instance, "reden": instance.reden_archivering}
    return render(request, "410.html", context, status=410)


def _met_query(request: HttpRequest, url: str) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"{url}?{query}" if query else url
