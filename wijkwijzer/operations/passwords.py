"""Which passwords editors may not have: those that are guessed first.

No rules on capitals, digits or signs: those give `Welkom2026!`. What counts is what is
left of a password without the pieces that everybody uses: common words, also written
with digits for letters, years, keys beside each other, repeats, and the own name.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.contrib.auth import password_validation as django_rules
from django.core.exceptions import ValidationError

if TYPE_CHECKING:
    from collections.abc import Iterable

# So many characters must be its own, and so many different ones must be in it.
MIN_OWN = 6
MIN_DISTINCT = 5
# Of a row of keys: shorter ones are in ordinary words ("rest", "poi").
MIN_RUN = 4

# Those of this country come first in lists of passwords that leaked here.
WORDS = {*(Path(__file__).parent / "bekende_woorden.txt").read_text("utf-8").split()}

ROWS = [
    *("qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn"),
    *("1234567890", "abcdefghijklmnopqrstuvwxyz", "1qaz2wsx3edc4rfv", "qazwsxedcrfv"),
]
ALL_ROWS = [*ROWS, *(row[::-1] for row in ROWS)]

# Digits and signs as people write them for letters; 1 stands for two of them.
LEET = [str.maketrans("10345789@$!|+€", way + "oeastbgasilte") for way in "il"]
AROUND = re.compile(r"^[\W_]*\d{0,4}[\W_]*|[\W_]*\d{0,4}[\W_]*$")
YEAR = re.compile(r"(19|20)\d\d")
REPEAT = re.compile(r"(.{1,8}?)\1+")

TE_RADEN = (
    "Dit wachtwoord is makkelijk te raden: het bestaat vooral uit een bekend woord, "
    "een jaartal, toetsen naast elkaar of herhalingen. Neem vier woorden die niets met "
    "elkaar te maken hebben."
)


class GuessableValidator:
    """Refuses what is little more than a pattern that attackers try first."""

    def validate(self, password: str, user: Any = None) -> None:
        if len({*password}) < MIN_DISTINCT or own_part(password, user) < MIN_OWN:
            raise ValidationError(TE_RADEN, code="password_guessable")

    def get_help_text(self) -> str:
        return (
            "Neem geen bekend woord met een jaartal of een uitroepteken erachter. Vier "
            "woorden die niets met elkaar te maken hebben, zijn sterk en te onthouden."
        )


def own_part(password: str, user: Any = None) -> int:
    """How many characters are left without what everybody uses."""
    decomposed = unicodedata.normalize("NFKD", password.casefold())
    text = "".join(c for c in decomposed if not unicodedata.combining(c))
    core = AROUND.sub("", text)
    words = sorted(WORDS | _names_of(user), key=len, reverse=True)
    ways = [core, *(core.translate(table) for table in LEET)]
    return min(_left_of(way, words) for way in ways)


def _left_of(text: str, words: Iterable[str]) -> int:
    text = YEAR.sub(" ", text)
    for word in words:
        text = text.replace(word, " ")
    text = REPEAT.sub(r"\1", _without_runs(text))
    return sum(not c.isspace() for c in text)


def _without_runs(text: str) -> str:
    """The text without keys that lie beside each other, forwards or backwards."""
    kept, place = "", 0
    while place < len(text):
        end = place + MIN_RUN
        if not any(text[place:end] in row for row in ALL_ROWS) or end > len(text):
            kept += text[place]
            place += 1
            continue
        while end < len(text) and any(text[place : end + 1] in r for r in ALL_ROWS):
            end += 1
        place = end
    return kept


def _names_of(user: Any) -> set[str]:
    """The words of a user's own names; short ones are in ordinary words."""
    fields = ("username", "first_name", "last_name", "email")
    text = " ".join(str(getattr(user, field, "") or "") for field in fields)
    return {word for word in re.split(r"[\W\d_]+", text.casefold()) if len(word) > 2}


# Django's own rules, in our words.


class LengthValidator(django_rules.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return f"Dit wachtwoord is te kort. Neem minstens {self.min_length} tekens."

    def get_help_text(self) -> str:
        return (
            f"Je wachtwoord heeft minstens {self.min_length} tekens. Langer is beter."
        )


class CommonValidator(django_rules.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return "Dit wachtwoord staat in lijsten met veelgebruikte wachtwoorden."

    def get_help_text(self) -> str:
        return "Je wachtwoord staat niet in lijsten met veelgebruikte wachtwoorden."


class NumericValidator(django_rules.NumericPasswordValidator):
    def get_error_message(self) -> str:
        return "Dit wachtwoord bestaat alleen uit cijfers."

    def get_help_text(self) -> str:
        return "Je wachtwoord bestaat niet alleen uit cijfers."


class SimilarityValidator(django_rules.UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return "Dit wachtwoord lijkt te veel op: %(verbose_name)s."

    def get_help_text(self) -> str:
        return "Je wachtwoord lijkt niet op je naam of je e-mailadres."
