"""Dates as sources give them: a day, only a month, or only a year.

A source that says "juli 2020" must not become 1 July 2020. :class:`Deeldatum` keeps
exactly the precision that was stated; the database holds it as ISO 8601 text
(``2020-07-18``, ``2020-07`` or ``2020``), so it sorts and can be read by anyone.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import total_ordering
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.dates import MONTHS

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.expressions import Expression

PATROON = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
UITLEG = "Schrijf een datum als 2020, 2020-07 of 2020-07-18: zo precies als de bron."


@total_ordering
class Deeldatum:
    """A date with the precision day, month or year; ``maand`` and ``dag`` may be open.

    Raises ValueError when the day does not exist, or a day comes without a month.
    """

    # No dataclass: a document keeps it as text, not as three numbers.
    __slots__ = ("dag", "jaar", "maand")

    def __init__(
        self, jaar: int, maand: int | None = None, dag: int | None = None
    ) -> None:
        if dag is not None and maand is None:
            raise ValueError("a day needs a month")
        # Not `or 1`: month 0 and day 0 do not exist.
        date(jaar, 1 if maand is None else maand, 1 if dag is None else dag)
        self.jaar, self.maand, self.dag = jaar, maand, dag

    @classmethod
    def lees(cls, tekst: str) -> Deeldatum:
        """Read ISO 8601 text; raises ValueError when it is none of the three forms."""
        if not (gevonden := PATROON.fullmatch(tekst.strip())):
            raise ValueError(UITLEG)
        jaar, maand, dag = gevonden.groups()
        return cls(int(jaar), int(maand) if maand else None, int(dag) if dag else None)

    @property
    def precisie(self) -> str:
        """``dag``, ``maand`` or ``jaar``."""
        if self.dag is not None:
            return "dag"
        return "jaar" if self.maand is None else "maand"

    @property
    def laatste_dag(self) -> date:
        """The last day this date can mean."""
        maand = self.maand or 12
        return date(self.jaar, maand, self.dag or monthrange(self.jaar, maand)[1])

    @property
    def in_woorden(self) -> str:
        """As people say it: "18 juni 2020", "juli 2020" or "2020"."""
        delen = [str(self.dag or ""), MONTHS[self.maand] if self.maand else ""]
        return " ".join([*filter(None, map(str, delen)), f"{self.jaar:04}"])

    def plus_jaren(self, jaren: int) -> Deeldatum:
        """The same date ``jaren`` later; 29 February becomes the 28th."""
        dag = self.dag
        if dag and self.maand:
            dag = min(dag, monthrange(self.jaar + jaren, self.maand)[1])
        return Deeldatum(self.jaar + jaren, self.maand, dag)

    def __str__(self) -> str:
        delen = [f"{self.jaar:04}"]
        delen += [f"{deel:02}" for deel in (self.maand, self.dag) if deel is not None]
        return "-".join(delen)

    def __repr__(self) -> str:
        return f"Deeldatum({self})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Deeldatum) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))

    def __lt__(self, other: Deeldatum) -> bool:
        return str(self) < str(other)


class DeeldatumField(models.CharField):  # type: ignore[type-arg]
    """Stores a :class:`Deeldatum` as ISO text; an unknown date is NULL."""

    description = "Datum met de precisie dag, maand of jaar"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("help_text", UITLEG)
        super().__init__(*args, **kwargs)

    def from_db_value(
        self, value: str | None, expression: Expression, connection: BaseDatabaseWrapper
    ) -> Deeldatum | None:
        return Deeldatum.lees(value) if value else None

    def to_python(self, value: Any) -> Deeldatum | None:
        if value is None or value == "" or isinstance(value, Deeldatum):
            return value or None
        try:
            return Deeldatum.lees(str(value))
        except ValueError as fout:
            raise ValidationError(UITLEG, code="ongeldige_datum") from fout

    def run_validators(self, value: Any) -> None:
        # The length validator of CharField measures text.
        super().run_validators(str(value) if value else value)

    def formfield(self, **kwargs: Any) -> Any:
        # Here, as the form reads what this module makes.
        from wijkwijzer.core.datumtaal import VOORBEELD, DatumVeld

        # Longer text gets the explanation of the field, not a number of characters.
        if kwargs.get("help_text", self.help_text) == UITLEG:
            kwargs["help_text"] = VOORBEELD
        return super().formfield(
            **{"max_length": None, "form_class": DatumVeld, **kwargs}
        )

    def get_prep_value(self, value: Any) -> str | None:
        datum = self.to_python(value)
        return str(datum) if datum else None

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj)) or ""
