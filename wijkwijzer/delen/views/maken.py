"""The code to embed a page: also without a script, and the script for the height."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.shortcuts import render

from wijkwijzer.core.adresvraag import lees_waarde
from wijkwijzer.delen.insluiting import code, lees
from wijkwijzer.delen.kleuren import KLEUREN, MEE

if TYPE_CHECKING:
    from django.http import HttpRequest


def maken(request: HttpRequest) -> HttpResponse:
    """A form with the choices, a preview and the code; a dialog on other pages."""
    adres = lees_waarde(request.GET, "adres")
    kleur = lees_waarde(request.GET, "kleur", MEE)
    kleur = kleur if kleur in KLEUREN else MEE
    script = lees_waarde(request.GET, "hoogte") == "script"
    van = lees(request, adres) if adres else None
    context = {
        "adres": adres,
        "kleuren": [(k, woorden, k == kleur) for k, woorden in KLEUREN.items()],
        "script": script,
        "insluiting": van,
        "voorbeeld": van.adres(kleur) if van else "",
        "code": code(request, van, kleur=kleur, script=script) if van else "",
    }
    return render(request, "delen/maken.html", context)


@cache
def _script() -> bytes:
    pad = finders.find("js/embed-hoogte.js")
    return Path(pad).read_bytes() if pad else b""


def hoogte(request: HttpRequest) -> HttpResponse:
    """The script for who embeds. Its address stays: it stands in their pages.

    Other sites load it, which no other file of ours allows.
    """
    return HttpResponse(
        _script(),
        content_type="text/javascript; charset=utf-8",
        headers={"Cross-Origin-Resource-Policy": "cross-origin"},
    )
