"""A PDF as tests read it: its words, and whether everybody can read it."""

from __future__ import annotations

import re
from io import BytesIO

import page
from pypdf import PdfReader

# Where a line was broken, and what stands above a word for its note.
ELDERS = re.compile(r"[\s\u00ad\u2010-]+")


def lees(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def woorden(pdf: bytes) -> str:
    """All its words, without what a line break can change."""
    return kaal("".join(blad.extract_text() for blad in lees(pdf).pages))


def kaal(tekst: str) -> str:
    return ELDERS.sub("", tekst)


def fouten(pdf: bytes) -> list[str]:
    """What PDF/UA-1 has against it."""
    ua = page.ValidationProfile.PDF_UA_1
    return [str(fout) for fout in page.validate_pdf_bytes(pdf, profile=ua).failures]
