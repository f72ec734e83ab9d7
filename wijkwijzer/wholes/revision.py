"""Triggers on everything that documents hold: what is changed, and what readers see.

Each working copy has a ``revisie``. It rises with every change of what its document
holds, in whatever table and by whatever hand: it says whether the working copy differs
from what readers see, and whether somebody else changed what an editor has open. Other
triggers note what readers see changing (``memory.triggers``): another version of a
record, or another word in a controlled list.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from taggit.models import Tag

from wijkwijzer.core.models import DodeLink
from wijkwijzer.memory import triggers
from wijkwijzer.memory.triggers import PREFIX, Trigger, follow
from wijkwijzer.wholes.declaration import Field, Kind, Spec, spec_of
from wijkwijzer.wholes.models import Publicatie
from wijkwijzer.wholes.registry import terms, wholes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SIMPLE = (Kind.VALUE, Kind.CHOICE, Kind.LINES, Kind.TERM, Kind.REF)
MANY = (Kind.TERMS, Kind.REFS)
NAME = f"{PREFIX}revisie"


def columns(spec: Spec) -> tuple[str, ...]:
    """The columns of a table that documents hold, with the place and the parent."""
    names = [f.model_field.column for f in spec.of(*SIMPLE)]
    extra = [name for name in (spec.parent, spec.order) if name]
    return (*names, *(_column(spec, name) for name in extra))


def _column(spec: Spec, name: str) -> str:
    return str(spec.model._meta.get_field(name).column)  # type: ignore[union-attr]


def revisions() -> Iterator[Trigger]:
    for declared in wholes().values():
        root = declared.model._meta.db_table

        def touch(sql: str, root: str = root) -> str:
            # Names of our own tables and columns, here and below.
            return f"UPDATE {root} SET revisie = revisie + 1 WHERE id IN ({sql})"  # nosec B608

        yield from _of(spec_of(declared), "{}.id".format, touch)


def _of(
    spec: Spec,
    root: Callable[[str], str],
    touch: Callable[[str], str],
) -> Iterator[Trigger]:
    """The triggers of a table, of its links to others, and of its parts.

    ``root`` gives SQL for the key of the record that a row belongs to.
    """
    yield Trigger(
        NAME,
        spec.model._meta.db_table,
        columns(spec),
        lambda row: touch(root(row)),
        # All of a kind had some: every record lost them.
        emptied=touch("id") if spec.parent else "",
        moves=bool(spec.parent),
    )

    def records(rows: str) -> str:
        """SQL for the keys of the records that these rows belong to."""
        if not spec.parent:
            return rows
        parent, part = _column(spec, spec.parent), spec.model._meta.db_table
        return f"SELECT {parent} FROM {part} WHERE id IN ({rows})"  # nosec B608

    for f in spec.of(*MANY, Kind.TAGS):
        table, own, other = _link(spec, f)

        def of_link(row: str, own: str = own) -> str:
            return touch(records(f"{row}.{own}"))

        yield Trigger(NAME, table, (own, other), of_link, touch("id"), moves=True)
    for f in spec.of(Kind.TAGS):
        table, own, other = _link(spec, f)
        tagged = f"SELECT {own} FROM {table} WHERE {other} = "  # nosec B608

        def of_tag(row: str, tagged: str = tagged) -> str:
            return touch(records(f"{tagged}{row}.id"))

        # A document has the name of a tag, which can be given another one.
        yield Trigger(f"{NAME}_{table}", Tag._meta.db_table, ("name",), of_tag)
    for f in spec.of(Kind.PARTS):
        part = spec_of(f.type)
        of_part = partial("{1}.{0}".format, _column(part, part.parent))
        yield from _of(part, of_part, touch)


def _link(spec: Spec, f: Field) -> tuple[str, str, str]:
    """The table of a many-to-many field, and its columns: ours, and the other one."""
    if f.kind is Kind.TAGS:
        through = f.model_field.through._meta
        return through.db_table, through.get_field("content_object").column, "tag_id"
    if f.model_field.auto_created:
        # Declared from the other side, as the contactpunten of a dossier are.
        field = f.model_field.field
        return field.m2m_db_table(), field.m2m_reverse_name(), field.m2m_column_name()
    field = f.model_field
    return field.m2m_db_table(), field.m2m_column_name(), field.m2m_reverse_name()


def what_readers_see() -> Iterator[Trigger]:
    yield follow(Publicatie._meta.db_table, ("versie_id", "slug"))
    yield follow(DodeLink._meta.db_table, ("adres", "gezien_op"))
    for declared in terms().values():
        yield from _words(spec_of(declared))


def _words(spec: Spec) -> Iterator[Trigger]:
    yield follow(spec.model._meta.db_table, columns(spec))
    for f in spec.of(*MANY):
        table, own, other = _link(spec, f)
        yield follow(table, (own, other))
    for f in spec.of(Kind.PARTS):
        yield from _words(spec_of(f.type))


def register() -> None:
    triggers.register(revisions)
    triggers.register(what_readers_see)
