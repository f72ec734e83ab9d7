"""The order of parts: put in place by hand, numbered here.

Editors move a part up or down (static/js/admin-volgorde.js), or type a number where
there is no script. Two parts may have the same number, or none: the one that stood
first goes first, and what has none comes last. All get their number from one upward
when the record is saved, in one transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F, UniqueConstraint
from django.forms import BaseInlineFormSet, ModelForm, NumberInput
from django.utils.functional import cached_property

from wijkwijzer.wholes.apply import unique_columns
from wijkwijzer.wholes.declaration import Kind, Spec, spec_of

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

# What has no number comes after everything that has.
LAST = float("inf")
# Beyond any place that a part really has.
FAR = 10_000


def order_columns(spec: Spec) -> dict[type[Model], str]:
    """By the model of a part, the column with its place; of those that have one."""
    found: dict[type[Model], str] = {}
    for f in spec.of(Kind.PARTS):
        part = spec_of(f.type)
        if part.order:
            found[part.model] = part.order
        found |= order_columns(part)
    return found


class OrderedForm(ModelForm):
    order_column: str

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get(self.order_column):
            field.required = False
            field.widget = NumberInput({"class": "plaats", "min": 1})

    @cached_property
    def changed_data(self) -> list[str]:
        """Of a new row: not its place, which the script gives to all of them."""
        changed = super().changed_data
        return (
            [] if not self.instance.pk and changed == [self.order_column] else changed
        )

    def _get_validation_exclusions(self) -> set[str]:
        # Any number will do: it is only where a part stands among the others.
        return {*super()._get_validation_exclusions(), self.order_column}  # type: ignore[misc]

    @property
    def place(self) -> float:
        given = self.cleaned_data.get(self.order_column)
        return LAST if given is None else float(given)


class OrderedFormSet(BaseInlineFormSet):
    order_column: str
    # Kept, as Django does: forms find their rows in it by place.
    _queryset: QuerySet[Any] | None = None

    def get_queryset(self) -> QuerySet[Any]:
        if self._queryset is None:
            rows: QuerySet[Any] = self.queryset  # type: ignore[assignment]
            self._queryset = rows.order_by(self.order_column, "pk")
        return self._queryset


def in_order(formset: type[Any], column: str) -> type[Any]:
    """The same formset, for parts that stand in an order."""
    own = {"order_column": column}
    form = type("OrderedForm", (OrderedForm, formset.form), own)
    return type("OrderedFormSet", (OrderedFormSet, formset), {**own, "form": form})


def save_parts(formset: Any) -> None:
    """Save what was typed in a formset, with every part in its place.

    Parts may swap what only one can have. Who changes such a value is removed and made
    again with the same key, as ``wholes.apply`` does; who only moves, first makes way.
    """
    changed = formset.save(commit=False)
    for part in formset.deleted_objects:
        part.delete()
    manager = formset.model._default_manager
    column = getattr(formset, "order_column", "")
    _adopt(formset, column)
    moved = _number(formset, column) if column else []
    away = [part.pk for part in moved if part.pk]
    if away:
        manager.filter(pk__in=away).update(**{column: F(column) + FAR})
    unique = {name.removesuffix("_id") for name in unique_columns(formset.model)}
    again = {
        part.pk: part
        for part, names in formset.changed_objects
        if not (unique - {column}).isdisjoint(names)
    }
    manager.filter(pk__in=again).delete()
    manager.bulk_create(again.values())
    for part in changed:
        if part.pk not in again:
            part.save()
    done = {part.pk for part in changed} | again.keys()
    if left := [part for part in moved if part.pk not in done]:
        manager.bulk_update(left, [column])
    formset.save_m2m()


def _adopt(formset: Any, column: str) -> None:
    """A new part that a colleague added too takes over his row.

    Known by what only one can have: the same doelgroep, the same theme.
    """
    manager, parent = formset.model._default_manager, formset.fk.name
    ours = {form.instance.pk for form in formset.forms}
    rules = [
        rule.fields
        for rule in formset.model._meta.constraints
        if isinstance(rule, UniqueConstraint)
        and rule.condition is None
        and parent in rule.fields
        and column not in rule.fields
    ]
    for part in formset.new_objects:
        for fields in rules:
            same = manager.filter(**{name: getattr(part, name) for name in fields})
            if found := same.exclude(pk__in=ours - {None}).first():
                part.pk, part._state.adding = found.pk, False


def _number(formset: Any, column: str) -> list[Any]:
    """Give every part its number; returns those that got another one."""
    gone = {part.pk for part in formset.deleted_objects}
    typed = [
        (form.place, i, form.instance)
        for i, form in enumerate(formset.forms)
        if (form.instance.pk or form.has_changed())
        and form not in formset.deleted_forms
        and form.instance.pk not in gone
    ]
    # A colleague may have added one meanwhile.
    known = {part.pk for _, _, part in typed if part.pk}
    others = formset.model._default_manager.filter(
        **{formset.fk.name: formset.instance}
    ).exclude(pk__in=known | gone)
    for part in others:
        typed.append((float(getattr(part, column)), len(typed), part))
    rows = formset.model._default_manager.filter(pk__in=known)
    stored = dict(rows.values_list("pk", column))
    typed.sort(key=lambda t: t[:2])
    places = [place for place, _, _ in typed]
    # What stands in order already keeps its numbers: such a save changes nothing.
    stays = not gone and sorted({*places}) == places and places[-1:] < [FAR]
    moved = []
    for number, (place, _, part) in enumerate(typed, start=1):
        before = stored.get(part.pk, getattr(part, column))
        setattr(part, column, int(place) if stays else number)
        if before != getattr(part, column) or part.pk is None:
            moved.append(part)
    return moved
