"""oEmbed 1.0 (oembed.com): who pastes our address gets the embed of that page."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING
from xml.sax.xmlreader import AttributesImpl  # nosec B406  # writes, reads nothing

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.xmlutils import SimplerXMLGenerator

from wijkwijzer.core.adresvraag import lees_getal, lees_waarde
from wijkwijzer.core.tekens import een_regel
from wijkwijzer.delen.insluiting import BREEDTE, code, lees

if TYPE_CHECKING:
    from django.http import HttpRequest

TEXT = "text/plain; charset=utf-8"
# How long who asked may keep the answer, in seconds. The embed itself follows at once.
DAG = 86_400
MAX_TITEL = 500


def oembed(request: HttpRequest) -> HttpResponse:
    """The answer about ``url``, at most as large as ``maxwidth`` and ``maxheight``.

    404 for what cannot be embedded, is not ours, or asks what does not exist; 501 for a
    format that we do not know, as oEmbed has it; 400 for a size that is none.
    """
    vorm = lees_waarde(request.GET, "format", "json")
    if vorm not in {"json", "xml"}:
        return HttpResponse("Alleen json en xml.\n", status=501, content_type=TEXT)
    van = lees(request, lees_waarde(request.GET, "url"))
    if van is None:
        return HttpResponse(
            "Dit is geen pagina die je kunt insluiten.\n", status=404, content_type=TEXT
        )
    if van.meldingen:
        # Who gets the embed could not be told that it shows more than was asked.
        uitleg = "\n".join(van.meldingen)
        return HttpResponse(f"{uitleg}\n", status=404, content_type=TEXT)
    breedte = _hoogstens(request, "maxwidth", BREEDTE)
    hoogte = _hoogstens(request, "maxheight", van.hoogte)
    if not breedte or not hoogte:
        return HttpResponse(
            "maxwidth en maxheight zijn getallen van pixels.\n",
            status=400,
            content_type=TEXT,
        )
    html = code(request, van, breedte=breedte, hoogte=hoogte, vult=False)
    velden: dict[str, str | int] = {
        "version": "1.0",
        "type": "rich",
        "title": een_regel(van.titel, MAX_TITEL),
        "provider_name": "WijkWijzer",
        "provider_url": request.build_absolute_uri(reverse("home")),
        "cache_age": DAG,
        "html": str(html),
        "width": breedte,
        "height": hoogte,
    }
    if vorm == "json":
        return JsonResponse(velden)
    return HttpResponse(_xml(velden), content_type="text/xml; charset=utf-8")


def _hoogstens(request: HttpRequest, sleutel: str, eigen: int) -> int | None:
    gevraagd = lees_waarde(request.GET, sleutel)
    if not gevraagd:
        return eigen
    getal = lees_getal(gevraagd)
    return min(eigen, getal) if getal else None


def _xml(velden: dict[str, str | int]) -> str:
    tekst = StringIO()
    xml = SimplerXMLGenerator(tekst, "utf-8")
    xml.startDocument()
    xml.startElement("oembed", AttributesImpl({}))
    for naam, waarde in velden.items():
        xml.addQuickElement(naam, str(waarde))
    xml.endElement("oembed")
    xml.endDocument()
    return tekst.getvalue()
