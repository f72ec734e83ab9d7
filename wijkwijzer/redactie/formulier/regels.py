"""A form says what its whole row must not be, also by what the form does not show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint

if TYPE_CHECKING:
    from collections.abc import Iterator


class HeleRij(forms.ModelForm[Any]):
    """Mixed into the form of the admin.

    Django asks a check only when the form has all columns that it is about. Of a record
    that readers see the status is none of them: then the database would refuse what an
    editor cleared, and what was typed would be gone.
    """

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        for regel, velden in self._half_getoond():
            try:
                regel.validate(self._meta.model, self.instance, exclude={*self.errors})
            except ValidationError as fout:
                self.add_error(velden[0] if len(velden) == 1 else None, fout.messages)

    def _half_getoond(self) -> Iterator[tuple[CheckConstraint, list[str]]]:
        """The checks that are about what the form shows and what it does not."""
        for regel in self._meta.model._meta.constraints:
            if isinstance(regel, CheckConstraint):
                over: set[str] = regel.condition.referenced_base_fields  # type: ignore[union-attr]
                getoond = sorted(over & self.fields.keys())
                if getoond and len(getoond) < len(over):
                    yield regel, getoond
