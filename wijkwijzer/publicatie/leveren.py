"""What was set as an answer: itself, or that it is being made."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_vary_headers

from wijkwijzer.publicatie.bewaard import BezigError, DrukError
from wijkwijzer.publicatie.zetten import OnzetbaarError

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

SOORTEN = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
# Of what is one picture too.
PLATEN = {"pdf": SOORTEN["pdf"], "svg": "image/svg+xml", "png": "image/png"}
# In seconds, after which a page that waits asks again, and a program may.
STRAKS, LATER = 2, 30


def lever(
    request: HttpRequest, maak: Callable[[], bytes], naam: str, vorm: str = "pdf"
) -> HttpResponse:
    """The file that ``maak`` gives, named ``naam`` when somebody keeps it."""
    try:
        pdf = maak()
    except (BezigError, DrukError):
        return _wacht(request, 202, STRAKS)
    except OnzetbaarError:
        return _wacht(request, 503, LATER)
    etag = f'"{sha256(pdf).hexdigest()[:32]}"'
    # A PDF is looked at; a document of Word is for a program.
    plaats = "inline" if vorm == "pdf" else "attachment"
    response = HttpResponse(
        pdf,
        content_type=(SOORTEN | PLATEN)[vorm],
        headers={
            "Content-Disposition": f'{plaats}; filename="{naam}.{vorm}"',
            "ETag": etag,
            # Search engines show the page, not the file.
            "X-Robots-Tag": "noindex",
        },
    )
    unchanged = get_conditional_response(request, etag=etag)
    return unchanged if isinstance(unchanged, HttpResponse) else response


def _wacht(request: HttpRequest, status: int, straks: int) -> HttpResponse:
    """For who reads: a page that asks again by itself. For a program: 503."""
    if "text/html" in request.headers.get("Accept", ""):
        response = render(
            request,
            "publicatie/wacht.html",
            {"lukt_niet": status == 503, "straks": straks},
            status=status,
        )
        if status == 202:
            response.headers["Refresh"] = str(straks)
    else:
        stand = "kan nu niet worden" if status == 503 else "wordt"
        response = HttpResponse(
            f"Het document {stand} gemaakt. Vraag het straks opnieuw.\n",
            status=503,
            content_type="text/plain; charset=utf-8",
        )
    response.headers["Retry-After"] = str(straks)
    response.headers["Cache-Control"] = "no-store"
    patch_vary_headers(response, ["Accept"])
    return response
