"""Dates as editors write them: "3 juni 2022", "juni 2022" or "2022".

What is written comes back as it was: every ``Deeldatum`` reads from its own words.
"""

from __future__ import annotations

import re
from calendar import monthrange
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.translation import override

from wijkwijzer.core.datums import Deeldatum

VOORBEELD = "Schrijf bijvoorbeeld “3 juni 2022”, “juni 2022” of “2022”."
with override("nl"):
    MAANDEN = {str(name).lower(): number for number, name in MONTHS.items()}
KORT = {
    **{name[:3]: number for name, number in MAANDEN.items()},
    "mrt": 3,
    "sept": 9,
    "febr": 2,
}
# From the day to the year: 3 juni 2022, 3-6-2022, juni 2022, 6-2022, 2022; and ISO.
WOORDEN = re.compile(r"(?:(\d{1,2}) )?([a-z]+)\.? (\d{4})", re.ASCII)
CIJFERS = re.compile(r"(?:(?:(\d{1,2})[-/. ])?(\d{1,2})[-/. ])?(\d{4})", re.ASCII)
ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?", re.ASCII)


def lees_datum(tekst: str) -> Deeldatum:
    """Read what somebody wrote; raises ValueError with what is wrong, in Dutch."""
    netjes = " ".join(tekst.lower().split())
    if gevonden := ISO.fullmatch(netjes):
        jaar, maand, dag = gevonden.groups()
    elif gevonden := CIJFERS.fullmatch(netjes):
        dag, maand, jaar = gevonden.groups()
    elif gevonden := WOORDEN.fullmatch(netjes):
        dag, woord, jaar = gevonden.groups()
        nummer = MAANDEN.get(woord) or KORT.get(woord)
        if nummer is None:
            raise ValueError(f"“{woord}” is geen maand. {VOORBEELD}")
        maand = str(nummer)
    else:
        raise ValueError(f"Dit is geen datum. {VOORBEELD}")
    return _bestaande(
        int(jaar), int(maand) if maand else None, int(dag) if dag else None
    )


def _bestaande(jaar: int, maand: int | None, dag: int | None) -> Deeldatum:
    if jaar < 1:
        raise ValueError(f"Het jaar {jaar:04} bestaat niet.")
    if maand is None:
        return Deeldatum(jaar)
    if not 1 <= maand <= 12:
        raise ValueError(f"Een maand {maand} bestaat niet: kies 1 tot en met 12.")
    if dag is not None and not 1 <= dag <= monthrange(jaar, maand)[1]:
        naam = next(name for name, number in MAANDEN.items() if number == maand)
        gewoon = dag == 29 and maand == 2
        raise ValueError(f"{dag} {naam}{f' {jaar:04}' if gewoon else ''} bestaat niet.")
    return Deeldatum(jaar, maand, dag)


class DatumVeld(forms.CharField):
    """One box for a date of which the day or the month may be unknown."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("empty_value", None)
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("autocomplete", "off")

    def prepare_value(self, value: Any) -> Any:
        return value.in_woorden if isinstance(value, Deeldatum) else value

    def to_python(self, value: Any) -> Any:
        tekst = super().to_python(value)
        if not tekst:
            return None
        try:
            return lees_datum(tekst)
        except ValueError as fout:
            raise ValidationError(str(fout), code="ongeldige_datum") from fout

    def run_validators(self, value: Any) -> None:
        super().run_validators(str(value) if value else value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != (initial or None))
        except ValidationError:
            return True
