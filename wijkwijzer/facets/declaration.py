"""A facet, declared once: what it is called, its values, and which records have which.

From one :class:`Facet` follow the index, the form, the chips, the counts and an axis of
the evidence map. Most need no more than where the value stands in the document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db.models import Choices

from wijkwijzer.wholes.declaration import Ref, Term, Whole

if TYPE_CHECKING:
    from django import forms

    from wijkwijzer.wholes.stand import Stand


class Waarde(NamedTuple):
    """One value of a facet: the slug in the address and the words on the screen."""

    slug: str
    label: str


# The values of a facet: a controlled list, choices of a model, or what follows from the
# stand.
Values = type[Term] | type[Choices] | Callable[["Stand"], Iterable[Waarde]]


@dataclass(frozen=True)
class Facet:
    """One facet of a kind of record.

    ``path`` leads through the document to what the values are, with a dot for each
    step into a part: ``uitvoeringen.laag``. ``read`` is for what no path can say; it
    gets the stand too, because validity follows from the day. ``via`` takes the values
    of the same facet of a record that this one refers to. ``named`` is for values that
    no list holds: documents say what they are and how they are called. ``empty`` is the
    value of records without any.
    """

    key: str
    title: str
    values: Values | None = None
    path: str = ""
    read: Callable[[Any, Stand], Iterable[str]] | None = None
    via: tuple[str, type[Whole]] | None = None
    named: Callable[[Any, Stand], Iterable[Waarde]] | None = None
    empty: Waarde | None = None
    # The attribute of a term that is its name on the screen.
    label: str = "naam"
    explanation: str = ""
    # In the form: shown at once, shown folded, or not shown.
    open: bool = True
    visible: bool = True
    # Whether readers see counts beside its values.
    counts: bool = True
    # Its place among the axes of the evidence map; 0 when it is none.
    axis: int = 0
    # For a facet of which one value is typed: the field of the form.
    field: Callable[[], forms.Field] | None = None
    # Its value for records that leave it open: they fit whatever is typed, and come
    # after those that name it.
    left_open: str = ""

    @property
    def in_documents(self) -> bool:
        """Whether documents say which values there are."""
        return self.named is not None

    def found(self, document: Any, stand: Stand) -> Iterable[Waarde]:
        """The values of one record, of a facet whose values stand in documents."""
        return self.named(document, stand) if self.named else ()

    def values_of(self, document: Any, stand: Stand) -> list[str]:
        """The slugs of one record, wherever they stand."""
        if self.in_documents:
            return [waarde.slug for waarde in self.found(document, stand)]
        return self.slugs(document, stand)

    def slugs(self, document: Any, stand: Stand) -> list[str]:
        """The values of one record."""
        if self.via:
            found = self._of_other(document, stand)
        elif self.read:
            found = list(self.read(document, stand))
        else:
            found = [slug for slug in _walk(document, self.path.split(".")) if slug]
        return found or ([self.empty.slug] if self.empty else [])

    def _of_other(self, document: Any, stand: Stand) -> list[str]:
        name, declared = self.via or ("", Whole)
        ref: Ref[Any] | None = getattr(document, name)
        position = ref and stand.records(declared).of_uuid(ref.uuid)
        if position is None:
            return []
        return list(stand.index(declared, FACETTEN).values_at(self.key, position))

    def waarden(self, stand: Stand) -> list[Waarde]:
        """Every value that can be chosen, in the order of the form."""
        found: list[Waarde] = []
        values = self.values
        if values is None:
            return found
        if not isinstance(values, type):
            found = list(values(stand))
        elif issubclass(values, Term):
            terms = stand.terms(values)
            found = [Waarde(t.key, str(getattr(t, self.label))) for t in terms]
        elif issubclass(values, Choices):
            found = [Waarde(str(c.value), str(c.label)) for c in values]
        return [*found, self.empty] if self.empty else found


# What the index of the facets is called among those of a kind.
FACETTEN = "facetten"


def _walk(thing: Any, steps: list[str]) -> Iterator[str]:
    """The values at the end of a path, through lists and over what is empty."""
    if isinstance(thing, list):
        for item in thing:
            yield from _walk(item, steps)
    elif thing is None:
        return
    elif steps:
        yield from _walk(getattr(thing, steps[0]), steps[1:])
    elif isinstance(thing, Term):
        yield thing.key
    elif isinstance(thing, Enum):
        yield str(thing.value)
    elif isinstance(thing, Ref):
        yield UUID(int=thing.uuid.int).hex
    else:
        yield str(thing)
