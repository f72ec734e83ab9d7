"""What is checked of every kind before readers see it, with the lists of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone

from wijkwijzer.core.datums import DeeldatumField
from wijkwijzer.core.models import DodeLink
from wijkwijzer.wholes.declaration import Kind, spec_of
from wijkwijzer.wholes.findings import Told, Weight, check, fields_in
from wijkwijzer.wholes.models import Publicatie
from wijkwijzer.wholes.registry import wholes
from wijkwijzer.wholes.terms import BronTerm

if TYPE_CHECKING:
    from wijkwijzer.wholes.declaration import Data, Whole
    from wijkwijzer.wholes.validation import Place

# What editors write for each other, and what never belongs on a page.
INTERN = re.compile(
    r"\bnog na te kijken\b|\bniet publiceren\b|\binterne? (?:notitie|opmerking)\b"
    r"|\bTODO\b|\bXXX+\b|\bnog (?:invullen|aanvullen|uitzoeken)\b|\blorem ipsum\b",
    re.IGNORECASE,
)
# What says itself that it lies ahead; all other dates have been.
KOMEND = {"geldig_tot", "begin", "eind"}
# "2019-2024", with any of the strokes that people type.
JAREN = re.compile(r"\b((?:19|20)\d{2})\s*[-–—]\s*((?:19|20)\d{2})\b")
BEELD = re.compile(r"<img\b(?![^>]*\balt=\"[^\"]*\S[^\"]*\")[^>]*>")
HREF = re.compile(r'href="(https?://[^"]+)"')
TAG = re.compile(r"<[^>]+>")

# Hard to read: sentences of more words than this on average, or so many long words.
# Plain language (B1) has some twelve words in a sentence, and few of four syllables.
ZIN = re.compile(r"[^.!?\n]+[.!?\n]*")
WOORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
MIN_WOORDEN = 40
MAX_ZINLENGTE = 20
LANG_WOORD = 13
MAX_AANDEEL_LANG = 0.15


def texts(declared: type[Whole], data: Data) -> Iterator[tuple[Place, str]]:
    """Everything that an editor typed, with its place."""
    for place, (f, value) in fields_in(spec_of(declared), data):
        if f.kind is Kind.VALUE and f.type is str and isinstance(value, str) and value:
            if not isinstance(f.model_field, (DeeldatumField, models.URLField)):
                yield place, value
        elif f.kind is Kind.LINES:
            yield from ((place, line) for line in value)


# Errors


@check(Weight.ERROR)
def internal_notes(declared: type[Whole], data: Data) -> Iterator[Told]:
    for place, text in texts(declared, data):
        if found := INTERN.search(text):
            yield (
                place,
                f"Hier staat “{found[0]}”. Dat is een notitie voor de redactie: haal "
                "die weg, lezers zouden hem zien.",
            )


@check(Weight.ERROR)
def days_to_come(declared: type[Whole], data: Data) -> Iterator[Told]:
    """A decision of 2031, or a text that was checked tomorrow."""
    for place, (f, value) in fields_in(spec_of(declared), data):
        is_date = isinstance(f.model_field, (DeeldatumField, models.DateField))
        if not (is_date and value) or f.name in KOMEND:
            continue
        if is_to_come(value):
            yield place, f"Deze datum ({_day(value)}) moet nog komen."


def is_to_come(value: object) -> bool:
    """Of a day, a month or a year, as our dates write them."""
    day = str(value)
    return day > timezone.localdate().isoformat()[: len(day)]


def _day(value: str) -> str:
    return value if len(value) < 10 else f"{date.fromisoformat(value):%d-%m-%Y}"


# Warnings


@check(Weight.WARNING)
def years_in_the_wrong_order(declared: type[Whole], data: Data) -> Iterator[Told]:
    for place, text in texts(declared, data):
        for first, last in JAREN.findall(text):
            if first > last:
                yield place, f"Hier staat {first}–{last}: het eind ligt voor het begin."


@check(Weight.WARNING)
def what_readers_do_not_see(declared: type[Whole], data: Data) -> Iterator[Told]:
    """Other records that it names, and that are not published."""
    for place, name in _unseen(declared, data):
        yield place, f"Lezers zien {name} niet. De pagina laat dat weg."


def _unseen(declared: type[Whole], data: Data) -> Iterator[tuple[Place, str]]:
    named = []
    for place, (f, value) in fields_in(spec_of(declared), data):
        if f.kind in {Kind.REF, Kind.REFS} and value:
            uuids = value if f.kind is Kind.REFS else [value]
            named += [(place, f.type.soort, uuid) for uuid in uuids]
    seen = Publicatie.objects.filter(
        uuid__in={uuid for _, _, uuid in named}, versie__document__isnull=False
    ).values_list("soort", "uuid")
    known = {(soort, str(uuid)) for soort, uuid in seen}
    for place, soort, uuid in named:
        if (soort, uuid) in known:
            continue
        model = wholes()[soort].model
        row = model._default_manager.filter(uuid=uuid).first()
        yield place, f"{model._meta.verbose_name} “{row or uuid}”"


@check(Weight.WARNING)
def missing_source(declared: type[Whole], data: Data) -> Iterator[Told]:
    for f in spec_of(declared).fields:
        if f.type is BronTerm and not data.get(f.name):
            yield (f.name,), "Er staat geen bron bij."


# Who knows which of these addresses do not work.
Knows = Callable[[set[str]], set[str]]


def _link_check(urls: set[str]) -> set[str]:
    return {*DodeLink.objects.van(urls)}


_who_knows: list[Knows] = [_link_check]


def knows_dead_addresses(knows: Knows) -> Knows:
    """Function decorator: ask this too which addresses do not work."""
    _who_knows.append(knows)
    return knows


@check(Weight.WARNING)
def dead_links(declared: type[Whole], data: Data) -> Iterator[Told]:
    urls: list[tuple[Place, str]] = []
    for place, (f, value) in fields_in(spec_of(declared), data):
        if value and isinstance(f.model_field, models.URLField):
            urls.append((place, value))
        elif f.kind is Kind.VALUE and isinstance(value, str):
            urls += ((place, url) for url in HREF.findall(value))
    asked = {url for _, url in urls}
    dead: set[str] = set().union(*(knows(asked) for knows in _who_knows if asked))
    for place, url in urls:
        if url in dead:
            yield place, f"Dit adres werkt niet meer: {url}"


@check(Weight.WARNING)
def pictures_without_words(declared: type[Whole], data: Data) -> Iterator[Told]:
    for place, text in texts(declared, data):
        if number := len(BEELD.findall(text)):
            what = "Een afbeelding heeft" if number == 1 else f"{number} afbeeldingen"
            yield (
                place,
                f"{what} geen beschrijving voor wie het beeld niet kan zien."
                if number == 1
                else f"{what} hebben geen beschrijving voor wie ze niet kan zien.",
            )


# Hints


@check(Weight.HINT)
def hard_sentences(declared: type[Whole], data: Data) -> Iterator[Told]:
    for place, text in texts(declared, data):
        if told := hard(TAG.sub(" ", text)):
            yield place, told


def hard(text: str) -> str:
    """Why a text is hard to read; empty when it is not, or too short to say."""
    sentences = [n for s in ZIN.findall(text) if (n := len(WOORD.findall(s)))]
    words: list[Any] = WOORD.findall(text)
    if len(words) < MIN_WOORDEN:
        return ""
    mean = len(words) / len(sentences)
    long = sum(len(word) >= LANG_WOORD for word in words) / len(words)
    told = []
    if mean > MAX_ZINLENGTE:
        told.append(f"de zinnen zijn gemiddeld {mean:.0f} woorden lang")
    if long > MAX_AANDEEL_LANG:
        told.append(f"{long:.0%} van de woorden heeft {LANG_WOORD} letters of meer")
    return f"Dit leest moeilijk: {' en '.join(told)}." if told else ""
