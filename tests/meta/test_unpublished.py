"""What an editor saved and did not publish is seen by nobody, whatever it is.

Every field and every part of every whole is changed in the rows of the real content.
That changes the working copy, and no page, no number and nothing that is kept.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

import pytest
from django.db import DataError, IntegrityError, models, transaction
from django.test import Client
from django.utils.functional import cached_property

from tests import factories
from tests.paginas import INGESLOTEN, PAGINAS, bereid_voor
from tests.web import wsgi
from wijkwijzer.core.datums import Deeldatum
from wijkwijzer.core.models import Status
from wijkwijzer.memory.number import read
from wijkwijzer.web.door.door import Door
from wijkwijzer.wholes.actions import CannotPublishError, working_document
from wijkwijzer.wholes.current import current_stand
from wijkwijzer.wholes.declaration import Field, Kind, Spec, spec_of
from wijkwijzer.wholes.registry import wholes
from wijkwijzer.wholes.stand import Stand

SECRET = "Nergens te vinden"
# Fields that no editor can change.
FIXED = {"uuid": "another one is another record"}
# What a form has anew each time.
TOKEN = re.compile(r'<input type="hidden"[^>]*>')
BESIDES = [
    "/aanpakken/matrix.csv",
    "/aanpakken/matrix.svg",
    "/aanpakken/export.csv",
    "/api/v1/alles.json",
    "/aanpakken/?sorteer=recent",
    f"/zoeken/?q={SECRET.replace(' ', '+')}",
    "/zoeken/suggesties/?q=nerg",
    "/zoeken/suggesties/?q=buurt",
    "/oembed?url=/aanpakken/abcd/",
    *(pagina.pad for pagina in INGESLOTEN),
]

every_kind = pytest.mark.parametrize("soort", wholes())


# What can be changed


@dataclass(frozen=True, eq=False)
class Place:
    """A field of a whole, or of one of its parts; ``path`` leads to the root."""

    spec: Spec
    field: Field
    parents: tuple[Spec, ...] = ()

    def __str__(self) -> str:
        specs = [*self.parents, self.spec]
        return ".".join([*(s.declared.__name__ for s in specs), self.field.name])

    def root_of(self, row: Any) -> Any:
        for spec in [*self.parents, self.spec][:0:-1]:
            row = getattr(row, spec.parent)
        return row


def places(spec: Spec, parents: tuple[Spec, ...] = ()) -> Iterator[Place]:
    for field in spec.fields:
        yield Place(spec, field, parents)
        if field.kind is Kind.PARTS:
            yield from places(spec_of(field.type), (*parents, spec))


def other_values(field: Field, row: Any) -> Iterator[Any]:
    """Values that a column may have instead, the best ones first."""
    value, column = getattr(row, field.source), field.model_field
    if field.kind is Kind.CHOICE:
        yield from (choice for choice in field.type if choice != value)
    elif field.kind in {Kind.TERM, Kind.REF}:
        rows = column.related_model._default_manager
        yield from rows.exclude(pk=value.pk if value else None)[:5]
        yield None
    elif field.kind is Kind.LINES:
        yield f"{value}\n{SECRET}".strip()
    elif field.type is bool:
        yield not value
    elif field.type is int:
        yield from (number for number in (3, 4, 90) if number != value)
    elif field.type is date:
        yield date(2001, 2, 3)
    elif field.type is Deeldatum:
        yield from map(Deeldatum.lees, ("1999", "2001-02-03"))
    elif isinstance(column, models.URLField):
        yield f"https://voorbeeld.example/{SECRET.replace(' ', '-')}"
    elif isinstance(column, models.SlugField):
        yield SECRET.lower().replace(" ", "-")
    else:
        yield f"<p>{SECRET}</p>" if "<p>" in value else SECRET
        yield ""


def changes_of(place: Place, row: Any) -> Iterator[Callable[[], Any]]:
    """Functions of which each tries one other way in which a row can be changed."""
    field = place.field
    if field.kind is Kind.PARTS:
        yield from part_changes(field, row)
    elif field.kind is Kind.TAGS:
        yield lambda: getattr(row, field.source).add(SECRET)
    elif field.kind in {Kind.TERMS, Kind.REFS}:
        related = getattr(row, field.source)
        for other in related.model._default_manager.exclude(
            pk__in=related.values("pk")
        )[:3]:
            yield lambda other=other: related.add(other)
    else:
        for value in other_values(field, row):

            def save(value: Any = value) -> None:
                setattr(row, field.source, value)
                row.save()

            yield save


def part_changes(field: Field, row: Any) -> Iterator[Callable[[], Any]]:
    """Add a part like one that is there, with another value in some field."""
    spec = spec_of(field.type)
    parts = list(getattr(row, field.source).all())
    for part in parts[:2]:
        for own in spec.of(Kind.VALUE, Kind.CHOICE, Kind.TERM, Kind.REF):
            for value in other_values(own, part):

                def add(part: Any = part, own: Field = own, value: Any = value) -> None:
                    new = copy.copy(part)
                    new.pk, new._state = None, models.base.ModelState()
                    setattr(new, own.source, value)
                    if spec.order:
                        setattr(new, spec.order, 900)
                    new.save()

                yield add


def move_and_remove(field: Field, row: Any) -> Iterator[Callable[[], Any]]:
    spec = spec_of(field.type)
    parts = list(getattr(row, field.source).all())
    if spec.order and len(parts) > 1:
        yield (
            lambda: (
                type(parts[0])
                .objects.filter(pk=parts[0].pk)
                .update(**{spec.order: 901})
            )
        )
    if parts:
        yield lambda: parts[-1].delete()


class Editor:
    """Changes the working copies of one kind, in every way, and publishes nothing."""

    def __init__(self, soort: str) -> None:
        self.declared = wholes()[soort]
        self.changed: dict[UUID, Any] = {}
        # Where nothing could be changed.
        self.untouched: list[str] = []
        self._documents: dict[UUID, Any] = {}

    def change_everything(self) -> None:
        for place in places(spec_of(self.declared)):
            if place.field.name not in FIXED and not self._change(place):
                self.untouched.append(str(place))

    def _change(self, place: Place) -> bool:
        """Change the first row in which that can be done."""
        for row in place.spec.model._default_manager.order_by("pk"):
            root = place.root_of(row)
            if root.status != Status.GEPUBLICEERD:
                continue
            if any(self._attempt(change, root) for change in changes_of(place, row)):
                if place.field.kind is Kind.PARTS:
                    for change in move_and_remove(place.field, row):
                        assert self._attempt(change, root), place
                return True
        return False

    def _attempt(self, change: Callable[[], Any], root: Any) -> bool:
        """Whether it can be saved, and the document is another one by it."""
        before = self._documents.get(root.uuid) or working_document(root)
        try:
            with transaction.atomic():
                change()
                after = working_document(root)
                if after == before:
                    raise IntegrityError("nothing changed")
        except (IntegrityError, DataError):
            return False
        self._documents[root.uuid] = after
        self.changed[root.uuid] = root
        return True


# What readers get


class Pages:
    """Every page of the site as readers get it before anything was changed."""

    @cached_property
    def kept(self) -> Door:
        return wsgi.site(numbers=wsgi.Now())

    @cached_property
    def before(self) -> dict[str, str]:
        """The text by address. The same in each test: they all begin alike."""
        addresses = [pagina.pad for pagina in PAGINAS] + BESIDES
        for declared in wholes().values():
            for document in current_stand().all(declared):
                addresses += [document.get_absolute_url(), document.permalink]
        return {address: self.ask(address) for address in dict.fromkeys(addresses)}

    def ask(self, address: str) -> str:
        answer = wsgi.ask(self.kept, address)
        return f"{answer.status} {TOKEN.sub('', answer.text)}"


@cache
def pages() -> Pages:
    return Pages()


def now(address: str) -> str:
    """What Django makes of it, without anything that was kept."""
    response = Client().get(address)
    return f"{response.status_code} {TOKEN.sub('', response.content.decode())}"


@pytest.fixture(autouse=True)
def before(inhoud: None, one_connection: None) -> dict[str, str]:
    bereid_voor()
    return pages().before


@every_kind
@pytest.mark.long
def test_a_change_shows_nowhere_and_leaves_all_that_is_kept_until_it_is_published(
    soort, before
):
    number, stand = read(), current_stand()
    kept = in_memory(before)
    assert len(kept) > 140

    editor = Editor(soort)
    editor.change_everything()
    assert editor.untouched == [], "tell other_values() what these may become"

    assert read() == number
    assert current_stand() is stand
    assert in_memory(before) == kept
    addresses = {pagina.pad for pagina in PAGINAS} | {*BESIDES}
    for document in stand.all(wholes()[soort]):
        if document.uuid in editor.changed:
            addresses |= {document.get_absolute_url(), document.permalink}
    assert [a for a in addresses if now(a) != before[a]] == []

    # So that would have been noticed.
    seen = publish_and_see(editor, stand, before)
    assert seen
    assert read().inhoud >= number.inhoud + seen


def publish_and_see(editor: Editor, stand: Stand, before: dict[str, str]) -> int:
    """How many records that were changed readers see changed, once published."""
    seen = 0
    for uuid, root in editor.changed.items():
        address = stand.published(editor.declared, uuid).get_absolute_url()
        root.refresh_from_db()
        try:
            factories.publish(root)
        except CannotPublishError:
            # What it became is nothing that an editor would make of it.
            continue
        seen += 1
        assert now(address) != before[address], root
    return seen


def in_memory(addresses: Iterable[str]) -> set[str]:
    """Those that are answered without asking Django."""
    cache = pages().kept
    found = set()
    for address in addresses:
        asked = wsgi.asked(cache)
        wsgi.ask(cache, address)
        if wsgi.asked(cache) == asked:
            found.add(address)
    return found
