"""Pictures that editors add: checked and made anew at upload, served for ever."""

from __future__ import annotations

import logging
import re
from io import BytesIO
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.utils.html import escape
from django.views.decorators.http import require_safe
from PIL import Image, ImageMath, ImageOps

from kennisdossier.models import Artikel

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

    from kennisdossier.models import Afbeelding

logger = logging.getLogger(__name__)

MAX_BYTES = 5 * 1024**2
MAX_PIXELS = 6000
# Wider than any column of text on a screen with double pixels.
BEWAARD = 1600
SOORTEN = {
    "JPEG": ("jpg", "image/jpeg"),
    "PNG": ("png", "image/png"),
    "WEBP": ("webp", "image/webp"),
}
TYPEN = dict(SOORTEN.values())
# No longer than ours, because a file system refuses a name of 256 bytes.
NAAM = re.compile(rf"[\w-]{{1,100}}\.({'|'.join(TYPEN)})", re.ASCII)

GEEN_AFBEELDING = (
    "Dit bestand is geen afbeelding die we kunnen lezen. Kies een jpg, png of webp."
)
NIET_BEWAARD = (
    "We kunnen nu geen afbeeldingen bewaren. Wat je typte, staat er nog. Kies de "
    "afbeelding over een paar minuten opnieuw en sla dan op."
)
NIET_BEREIKBAAR = (
    "We kunnen nu niet bij onze afbeeldingen. Probeer het over een minuut opnieuw.\n"
)


class AfbeeldingFormField(forms.ImageField):
    """Accepts a picture of any name, and returns a fresh one without its history.

    The name says nothing, and what a camera wrote in the file (place, time, owner) is
    gone, with anything else that is no picture: only pixels are copied.
    """

    widget = forms.ClearableFileInput(attrs={"accept": ",".join(TYPEN.values())})

    def to_python(self, data: Any) -> Any:
        # Not ImageField's own, which reads the whole picture before any check of ours.
        bestand = super(forms.ImageField, self).to_python(data)
        if bestand is None:
            return None
        if bestand.size > MAX_BYTES:
            raise ValidationError(
                f"Dit bestand is {filesizeformat(bestand.size)}. "
                f"Kies er een van hoogstens {filesizeformat(MAX_BYTES)}."
            )
        try:
            return _opnieuw(bestand)
        except ValidationError:
            raise
        except Exception as fout:  # a broken file can raise anything in Pillow
            raise ValidationError(GEEN_AFBEELDING) from fout


def _opnieuw(bestand: Any) -> ContentFile[bytes]:
    with Image.open(bestand, formats=[*SOORTEN]) as bron:
        breedte, hoogte = bron.size
        if max(breedte, hoogte) > MAX_PIXELS:
            raise ValidationError(
                f"Deze afbeelding is {breedte} bij {hoogte} pixels. "
                f"Kies er een van hoogstens {MAX_PIXELS} pixels breed en hoog."
            )
        # A phone may put two pictures in one JPEG: the first is the one it shows.
        soort = "JPEG" if bron.format == "MPO" else str(bron.format)
        if getattr(bron, "is_animated", False) and bron.format != "MPO":
            raise ValidationError("Deze afbeelding beweegt. Kies er een die stilstaat.")
        bron.load()
        beeld = ImageOps.exif_transpose(bron)
    if beeld.mode == "I;16":
        beeld = _acht_bits(beeld)
    kleur = "RGBA" if beeld.has_transparency_data and soort != "JPEG" else "RGB"
    profiel = beeld.info.get("icc_profile") if beeld.mode == kleur else None
    # Grey stays grey, unless one shade of it is transparent.
    if beeld.mode != "L" or kleur == "RGBA":
        beeld = beeld.convert(kleur)
    beeld.thumbnail((BEWAARD, BEWAARD), Image.Resampling.LANCZOS)
    beeld.info.clear()
    uit = BytesIO()
    beeld.save(uit, soort, quality=85, optimize=True, icc_profile=profiel)
    return ContentFile(uit.getvalue(), f"{uuid4().hex}.{SOORTEN[soort][0]}")


def _acht_bits(beeld: Image.Image) -> Image.Image:
    """Grey of 16 bits with its shades, which Pillow itself cuts off at the 256th."""
    grijs = beeld.point(lambda tint: tint / 256).convert("L")
    if (weg := grijs.info.pop("transparency", None)) is None:
        return grijs
    dekkend = ImageMath.lambda_eval(
        lambda beelden: (beelden["beeld"] != weg) * 255, beeld=beeld.convert("I")
    )
    return Image.merge("LA", (grijs, dekkend.convert("L")))


class AfbeeldingForm(forms.ModelForm["Afbeelding"]):
    """Puts the picture in the store while the form can still say that this failed."""

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's own forms do the same
        if self.errors or "bestand" not in self.changed_data:
            return
        nieuw = self.cleaned_data["bestand"]
        try:
            self.instance.bestand.save(nieuw.name, nieuw, save=False)
        except OSError:
            logger.exception("Een afbeelding kon niet worden bewaard.")
            self.add_error("bestand", NIET_BEWAARD)


@require_safe
def bestand(request: HttpRequest, naam: str) -> HttpResponseBase:
    """Serve a picture. A proxy that serves MEDIA_ROOT itself must send nosniff too."""
    gevonden = NAAM.fullmatch(naam)
    if not gevonden:
        raise Http404
    try:
        inhoud = default_storage.open(f"afbeeldingen/{naam}")
    except FileNotFoundError as fout:
        raise Http404 from fout
    except OSError:
        logger.exception("Een afbeelding kon niet worden gelezen.")
        return _niet_bereikbaar()
    antwoord = FileResponse(inhoud, content_type=TYPEN[gevonden[1]])
    # Another picture has another name.
    antwoord["Cache-Control"] = "public, max-age=31536000, immutable"
    return antwoord


def _niet_bereikbaar() -> HttpResponse:
    antwoord = HttpResponse(
        NIET_BEREIKBAAR, status=503, content_type="text/plain; charset=utf-8"
    )
    antwoord["Cache-Control"] = "no-store"
    antwoord["Retry-After"] = "60"
    return antwoord


def gebruikt_in(afbeelding: Afbeelding) -> list[Artikel]:
    """The articles that show a picture. One query, through all texts."""
    return [
        *Artikel.objects.select_related("dossier").filter(
            tekst__contains=f'src="{escape(afbeelding.bestand.url)}"'
        )
    ]


def werk_beschrijving_bij(afbeelding: Afbeelding) -> None:
    """Put a changed description in the texts that show the picture."""
    src, alt = (escape(waarde) for waarde in (afbeelding.bestand.url, afbeelding.alt))
    beeld = re.compile(rf'<img [^>]*src="{re.escape(src)}"[^>]*>')

    def met_alt(gevonden: re.Match[str]) -> str:
        return re.sub('alt="[^"]*"', lambda _: f'alt="{alt}"', gevonden[0])

    for artikel in gebruikt_in(afbeelding):
        artikel.tekst = beeld.sub(met_alt, artikel.tekst)
        artikel.save(update_fields=["tekst"])
