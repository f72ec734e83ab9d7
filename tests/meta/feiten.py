"""Facts, and whether our content tells them.

``feiten.json`` holds what the sources say as short facts. :func:`facts` walks it and
says of each fact where it belongs; :class:`Home` is the content of that place. A fact
is there when nearly all of its words stand together in one passage, in any form, as a
part of a compound or as a synonym of ours. Names and numbers all have to be there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from wijkwijzer.search.analyse import Analyse
from wijkwijzer.search.taal import STOPWOORDEN

CONTENT = settings.BASE_DIR / "fixtures"
FACTS = settings.BASE_DIR.parent / "shared" / "feiten.json"

# So much of a fact has to stand in one passage: "samen activiteiten ondernemen" may
# be "ze doen samen activiteiten".
ENOUGH = 2 / 3
# Half of a long fact stands nowhere by accident: with facts of other pages 2 in 114 do.
LONG = 6
LONG_ENOUGH = 1 / 2
PARAGRAPH = re.compile(r"\n\n+|</(?:p|li|h3)>")
TAG = re.compile(r"<[^>]*>")
# "30.000" is one number.
THOUSANDS = re.compile(r"(?<=\d)\.(?=\d{3})")
WORD = re.compile(r"[^\W_]+(?:['’]s\b)?")
ISO_DATE = re.compile(r"\b(\d{4})-(\d\d)(?:-(\d\d))?\b")
DUTCH_DATE = re.compile(r"\b(\d\d)-(\d\d)-(\d{4})\b")
# "effect 2: …", "rol: …": what the list of facts calls it.
LABEL = re.compile(r"^(?:[a-zé-]+ ){0,3}[a-zé-]+(?: \d)?: ")
# "ondersteunings- en hulpnetwerk"
HALF = re.compile(r"s-(?=[ /])")
# A fact says which source it is from; our content says so in fields of its own.
SOURCE = re.compile(
    r"\b(?:lkca-kennisdossier|lkca-videosessie|movisie-kunst|wijkwijzer-2024"
    r"|platform31-samenlevingsopbouw)\b"
)
ADDRESS = {"slug", "uuid"}
# Words of the notes, not of the facts.
TELEGRAM = frozenset(["a", "o", "w", "v", "t", "plus", "dec", "reflectie"])
MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
# "Een" is a number with its accents only.
FIRST_NUMBERS = """
    nul één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien
    vijftien zestien zeventien achttien negentien twintig
"""
NUMBERS = {word: str(number) for number, word in enumerate(FIRST_NUMBERS.split())} | {
    "dertig": "30",
    "vijftig": "50",
    "zestig": "60",
    "duizend": "1000",
}


def read(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), yaml.CBaseLoader)  # noqa: S506


# Words


@cache
def analyse() -> Analyse:
    """The project's own reading of Dutch, with its lists as they are in the files."""
    lists = CONTENT / "woordenlijsten"
    return Analyse(
        [part["woord"] for part in read(lists / "woorddeel.yaml")],
        [group["termen"] for group in read(lists / "synoniemgroep.yaml")],
    )


@cache
def synonyms() -> dict[str, set[str]]:
    found = defaultdict(set)
    for words, others in analyse().synoniemen.items():
        if len(words) == 1:
            found[words[0]] |= {other[0] for other in others if len(other) == 1}
    return found


def plain(text: str) -> str:
    def date(found: re.Match[str]) -> str:
        year, month, day = found.groups()
        return f"{day.lstrip('0') if day else ''} {MONTHS[int(month) - 1]} {year}"

    bare = THOUSANDS.sub("", TAG.sub(" ", text))
    return ISO_DATE.sub(date, DUTCH_DATE.sub(r"\3-\2-\1", bare))


def words_of(text: str) -> set[str]:
    """Every word of a text in each form in which a fact may name it."""
    found = set()
    for word in analyse().woorden(plain(text)):
        found |= {word.exact, word.lemma, *word.delen}
        if word.vorm in NUMBERS:
            found.add(NUMBERS[word.vorm])
    return found


@dataclass(frozen=True)
class Needed:
    """A word of a fact, and the forms that say it; each is one or more words."""

    word: str
    forms: tuple[frozenset[str], ...]

    @property
    def is_exact(self) -> bool:
        """A number or a name: about the same is not enough."""
        return self.word.isdigit() or self.word[0].isupper()

    def is_in(self, words: set[str]) -> bool:
        return any(form <= words for form in self.forms)


@cache
def needed(fact: str) -> tuple[Needed, ...]:
    found = []
    bare = LABEL.sub("", SOURCE.sub(" ", fact).strip(" :"))
    for written in WORD.findall(HALF.sub(" ", plain(bare))):
        for word in analyse().woorden(written):
            if word.exact in STOPWOORDEN | TELEGRAM:
                continue
            if number := NUMBERS.get(word.vorm):
                found.append(Needed(number, (frozenset({number}),)))
            else:
                forms = [{word.exact}, {word.lemma}]
                forms += [{*word.delen}] if word.delen else []
                forms += [{other} for other in synonyms().get(word.lemma, ())]
                found.append(Needed(written, tuple(map(frozenset, forms))))
    return tuple(found)


# Content


def texts(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for value in data.values():
            yield from texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from texts(value)
    else:
        yield data


class Record:
    """One item of our content: a file, an article of a dossier, a word of a list."""

    def __init__(self, key: str, data: dict[str, Any]) -> None:
        self.key = key
        self.data = data

    def __repr__(self) -> str:
        return self.key

    @property
    def names(self) -> list[str]:
        variants = [
            *self.data.get("naamvarianten", ()),
            *self.data.get("varianten", ()),
            self.data.get("afkorting", ""),
        ]
        name = self.data.get("naam") or self.data.get("titel", "")
        return [name, self.data.get("slug", ""), *variants]

    @cached_property
    def scalars(self) -> list[str]:
        return [*texts(self.data)]

    @cached_property
    def text(self) -> str:
        return " \n".join(read_as(scalar) for scalar in self.scalars)

    @cached_property
    def words(self) -> set[str]:
        return words_of(self.text)

    @cached_property
    def passages(self) -> list[set[str]]:
        return [words_of(passage) for passage in passages(self.data)]

    def items(self, field: str) -> list[dict[str, str]]:
        return [item for item in self.data.get(field, ()) if isinstance(item, dict)]


def read_as(scalar: str) -> str:
    """What readers see: the name of another item for its uuid."""
    return content().names.get(scalar, scalar)


def passages(data: Any) -> Iterator[str]:
    """What is read in one go: a paragraph, a list, an item with all its fields."""
    for name, value in data.items():
        if name in ADDRESS:
            continue
        if isinstance(value, list):
            yield " \n".join(map(read_as, texts(value)))
            for item in value:
                yield " \n".join(map(read_as, texts(item)))
        elif isinstance(value, dict):
            yield from passages(value)
        else:
            yield from PARAGRAPH.split(read_as(value))


class Content:
    """All items, by key: "aanpak/buurtcirkel", "databank/nji", "dossier/x/lessen"."""

    def __init__(self) -> None:
        self.records: dict[str, Record] = {}
        self.names: dict[str, str] = {}
        for file in sorted(CONTENT.glob("*/*.yaml")):
            folder, data = file.parent.name, read(file)
            if folder == "woordenlijsten":
                for item in data:
                    parts = (file.stem, item.get("gemeente"), item.get("slug"))
                    self._add("/".join(filter(None, parts)), item)
            else:
                articles = data.pop("artikelen", [])
                self._add(f"{folder}/{file.stem}", data)
                for article in articles:
                    self._add(f"{folder}/{file.stem}/{article['slug']}", article)

    def _add(self, key: str, data: dict[str, Any]) -> None:
        self.records[key] = Record(key, data)
        if "uuid" in data:
            self.names[data["uuid"]] = data["naam"]

    def under(self, *starts: str) -> list[Record]:
        return [
            record
            for key, record in self.records.items()
            if any(key == start or key.startswith(f"{start}/") for start in starts)
        ]

    def named(self, kind: str, name: str) -> list[Record]:
        wanted = name.casefold()
        return [
            record
            for record in self.under(kind)
            if wanted in (own.casefold() for own in record.names)
        ]

    @cached_property
    def links(self) -> dict[str, set[str]]:
        """Which items name each other, in both directions, and the words they use."""
        terms = defaultdict(set)
        for key in self.records:
            terms[key.split("/", 1)[-1]].add(key)
        for record in self.records.values():
            if "uuid" in record.data:
                terms[record.data["uuid"]] = {record.key}
        found: dict[str, set[str]] = defaultdict(set)
        for record in self.records.values():
            for scalar in record.scalars:
                for other in terms.get(scalar, ()):
                    found[record.key].add(other)
                    if "uuid" in self.records[other].data:
                        found[other].add(record.key)
        return found

    def linked(self, records: list[Record]) -> list[Record]:
        keys = {key for record in records for key in self.links[record.key]}
        return [
            self.records[key]
            for key in sorted(keys)
            if self.records[key] not in records
        ]


@cache
def content() -> Content:
    return Content()


# Whether a fact is there


@dataclass(frozen=True)
class Fact:
    """Where it stands in ``feiten.json``, what it says, and where we may say it."""

    record: str
    field: str
    text: str
    home: tuple[Record, ...]
    # Of a row: the items of ours, one of which has to have these values and words.
    rows: tuple[dict[str, str], ...] | None = None
    values: tuple[tuple[str, str], ...] = ()
    words: str = ""

    def __str__(self) -> str:
        return f"{self.record} {self.field}: {self.text}"

    @cached_property
    def missing(self) -> list[str]:
        """The words that our content lacks; none when the fact is told."""
        if self.rows is not None:
            return self._missing_row(self.rows)
        if self.text.startswith("http"):
            address, _, rest = self.text.partition(" ")
            said = self.is_said(address) and not missing(rest, self.home)
            return [] if said else [self.text]
        return missing(self.text, self.home)

    def _missing_row(self, rows: tuple[dict[str, str], ...]) -> list[str]:
        for row in rows:
            same = all(row.get(name) == value for name, value in self.values)
            if same and told(needed(self.words), words_of(" \n".join(texts(row)))):
                return []
        return [f"{name}: {value}" for name, value in self.values] or [self.text]

    def is_said(self, words: str) -> bool:
        """Whether these very words stand on one of the places."""
        return any(squeezed(words) in squeezed(record.text) for record in self.home)


def squeezed(text: str) -> str:
    return " ".join(TAG.sub(" ", text).casefold().split())


def told(words: tuple[Needed, ...], passage: set[str]) -> bool:
    lacking = [word for word in words if not word.is_in(passage)]
    if any(word.word.isdigit() for word in lacking):
        return False
    enough = LONG_ENOUGH if len(words) >= LONG else ENOUGH
    return len(words) - len(lacking) >= enough * len(words)


def missing(fact: str, home: tuple[Record, ...]) -> list[str]:
    words = needed(fact)
    lacking = [word.word for word in words]
    for record in home:
        names = [word for word in words if word.is_exact]
        if not all(word.is_in(record.words) for word in names):
            continue
        for passage in record.passages:
            if told(words, passage):
                return []
            here = [word.word for word in words if not word.is_in(passage)]
            lacking = min(lacking, here, key=len)
    return lacking
