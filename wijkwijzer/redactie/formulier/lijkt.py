"""Is it there already? A new record whose name is much like one that is, asks once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from rapidfuzz import fuzz, process, utils

if TYPE_CHECKING:
    from django.contrib import admin

# The box with which somebody saves all the same.
TOCH = "_toch_opslaan"
# Of a hundred: "Buurtbemiddeling" and "Buurt bemiddeling" are 97, "Samen eten" and
# "Samen leren" are 76.
GELIJK = 86
HOOGSTENS = 5
MELDING = (
    "Dit lijkt op wat er al is. Kijk eerst, en sla het daarna toch op als het moet."
)


class LijktOp(forms.ModelForm[Any]):
    """A form of a new record; mixed into that of the admin."""

    vergelijk_naam: str
    toch: bool

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        self.lijkt_op: list[Any] = []
        naam = self.cleaned_data.get(self.vergelijk_naam)
        # Once all else is well: so it is asked once, and nothing hides behind it.
        if naam and not self.errors:
            self.lijkt_op = lijkend(self._meta.model, self.vergelijk_naam, str(naam))
            if self.lijkt_op and not self.toch:
                self.add_error(
                    self.vergelijk_naam, ValidationError(MELDING, code="lijkt")
                )


def lijkend(model: Any, veld: str, naam: str) -> list[Any]:
    """Keys of the records with a name much like this one, the likest first."""
    namen = dict(model._default_manager.order_by().values_list("pk", veld))
    gevonden = process.extract(
        naam,
        namen,
        scorer=fuzz.WRatio if len(naam) > 40 else fuzz.ratio,
        processor=utils.default_process,
        score_cutoff=GELIJK,
        limit=HOOGSTENS,
    )
    return [(sleutel, gelijk) for gelijk, _, sleutel in gevonden]


def gelijkenden(form: Any, beheer: admin.ModelAdmin[Any]) -> list[tuple[str, str]]:
    """Names and addresses of what the record of this form may be."""
    meta = beheer.opts
    return [
        (
            naam,
            reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[sleutel]),
        )
        for sleutel, naam in getattr(form, "lijkt_op", [])
    ]
