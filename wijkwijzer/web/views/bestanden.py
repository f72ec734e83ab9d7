"""Files that machines look for at an address of their own."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone

if TYPE_CHECKING:
    from django.http import HttpRequest

TEXT = "text/plain; charset=utf-8"
# RFC 9116 wants less than a year. Every day it is anew so far ahead.
GELDIG = timedelta(days=180)

ROBOTS = """\
User-agent: *
Disallow: /admin/
Disallow: /voorbeeld/
"""


def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a hole in the site (RFC 9116); nobody without BEHEERDER_EMAIL."""
    if not settings.BEHEERDER_EMAIL:
        raise Http404("nobody can be told: BEHEERDER_EMAIL is not set")
    tot = datetime.combine(timezone.localdate() + GELDIG, time(), UTC)
    here = request.build_absolute_uri
    lines = [
        f"Contact: mailto:{settings.BEHEERDER_EMAIL}",
        f"Expires: {tot:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
        f"Canonical: {here(request.path)}",
        f"Policy: {here(reverse('privacy'))}#kwetsbaarheid",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type=TEXT)


def robots_txt(request: HttpRequest) -> HttpResponse:
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    return HttpResponse(f"{ROBOTS}\nSitemap: {sitemap}\n", content_type=TEXT)


def favicon(request: HttpRequest) -> HttpResponse:
    """For who looks here without reading the page, which names it."""
    # Not for ever: the name of the file changes with what is in it.
    return HttpResponseRedirect(static("img/favicon.svg"))
