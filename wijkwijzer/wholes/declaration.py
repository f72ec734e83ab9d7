"""What one record consists of: declared once, in the order of its page.

A *whole* is a record with all its parts; a *term* is a word of a controlled list. Their
classes name every field that belongs to them, with its type. From these classes follow
the document, its validation, what differs between two of them, and how a document is
written to the rows (see the other modules here, and docs/adr/0009).

A whole and its parts are read into instances of these classes. They are not Django
models, so that nothing that readers see can reach a row of the working copy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from types import UnionType
from typing import (
    Annotated,
    Any,
    ClassVar,
    Generic,
    Protocol,
    TypeVar,
    Union,
    dataclass_transform,
    get_args,
    get_origin,
    get_type_hints,
)
from uuid import UUID

import msgspec
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from taggit.managers import TaggableManager

from wijkwijzer.core.models import Publiceerbaar
from wijkwijzer.core.paden import pad

W = TypeVar("W", bound="Whole", covariant=True)
W_ = TypeVar("W_", bound="Whole")
T = TypeVar("T", bound="Term")

# JSON as Python has it: what a document is before and after it is text.
Data = dict[str, Any]


@dataclass(frozen=True)
class Info:
    """What there is to say of a field beside its name and type.

    ``source``: its name in the model, where that is another one. ``search``: how much
    its words weigh (a field of ``search.index``), and ``words`` how a value is read as
    words. ``missing``: how the editors' queue calls it while it is empty. ``links``:
    plain text of which pages make the addresses links.
    """

    source: str = ""
    search: str = ""
    words: Callable[[Any], str] = str
    missing: str = ""
    links: bool = False


class DocumentMeta(msgspec.StructMeta):
    """A declaration is in the order of the page, whatever may be left out."""

    def __new__(
        cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **kw: Any
    ) -> Any:
        return super().__new__(
            cls, name, bases, namespace, kw_only=True, frozen=True, **kw
        )


@dataclass_transform(kw_only_default=True, field_specifiers=(msgspec.field,))
class Document(msgspec.Struct, metaclass=DocumentMeta):
    """Anything that is read from a document."""

    model: ClassVar[type[models.Model]]
    # Fields of the model that are no part of it, each with the reason.
    left_out: ClassVar[Mapping[str, str]] = {}


class Part(Document):
    """A row that belongs to one whole and has no meaning without it.

    ``order`` is the column with its place; without one, ``key`` gives the order.
    ``key`` names the fields by which two versions of the part are known to be the same.
    """

    order: ClassVar[str] = ""
    key: ClassVar[tuple[str, ...]] = ()


class Whole(Document, dict=True):
    """A record with an address, published as one."""

    model: ClassVar[type[Publiceerbaar]]
    soort: ClassVar[str]

    uuid: UUID
    slug: str
    # As most records are called; one that is not says what it is.
    naam: str

    def get_absolute_url(self) -> str:
        raise NotImplementedError

    @property
    def permalink(self) -> str:
        """The address that never changes; it leads to the page of today."""
        return pad("permalink", self.soort, self.uuid)


class Term:
    """A word of a controlled list, or something else that documents name by its slug.

    Not versioned: a document holds the slug, and a page looks up the words of now.
    """

    model: ClassVar[type[models.Model]]
    left_out: ClassVar[Mapping[str, str]] = {}
    # The fields that make its key; ``gemeente__slug`` is the key of a term it names.
    key_fields: ClassVar[tuple[str, ...]] = ("slug",)

    # What documents call it.
    key: str
    slug: str

    @classmethod
    def key_of(cls, row: Any) -> str:
        """What a document calls a row."""
        return "/".join(str(_follow(row, path)) for path in cls.key_fields)

    @classmethod
    def key_in(cls, data: Data) -> str:
        """What other documents call the term of which this is the document."""
        return "/".join(data[path.partition("__")[0]] for path in cls.key_fields)

    @classmethod
    def lookup(cls, data: Data) -> dict[str, Any]:
        """How to find the row of the term of which this is the document."""
        return {path: data[path.partition("__")[0]] for path in cls.key_fields}

    @classmethod
    def key_needs(cls) -> list[str]:
        """What :meth:`key_of` reads beyond the row itself."""
        paths = (path.rpartition("__")[0] for path in cls.key_fields)
        return [path for path in paths if path]

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.key}>"

    def __str__(self) -> str:
        return str(getattr(self, "naam", self.key))


def _follow(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name)
    return row


class TermPart:
    """A row that belongs to a term, such as a rule of a databank."""

    model: ClassVar[type[models.Model]]
    left_out: ClassVar[Mapping[str, str]] = {}
    order: ClassVar[str] = ""
    key: ClassVar[tuple[str, ...]] = ()


class Reader(Protocol):
    """Knows the words of now, what readers see, and on which day."""

    @property
    def day(self) -> date: ...

    def term(self, declared: type[T], key: str) -> T:
        """The term; one that says only its key when there is none any more."""
        ...

    def published(self, declared: type[W_], uuid: UUID) -> W_ | None: ...

    def kept(self, declared: type[Whole], uuid: UUID, index: str) -> Any: ...


class Ref(Generic[W]):
    """A whole that a document names by its uuid, and what readers see of it."""

    __slots__ = ("_reader", "uuid", "whole")

    def __init__(self, whole: type[W], uuid: UUID, reader: Reader) -> None:
        self.whole, self.uuid, self._reader = whole, uuid, reader

    def get(self) -> W | None:
        """The published whole; None when readers do not see it."""
        return self._reader.published(self.whole, self.uuid)

    def kept(self, index: str) -> Any:
        """What an index of its kind keeps of it, without reading its document.

        None when readers do not see it.
        """
        return self._reader.kept(self.whole, self.uuid, index)

    @property
    def day(self) -> date:
        """The day on which readers see it: what holds, can end with a day."""
        return self._reader.day

    def __repr__(self) -> str:
        return f"<Ref {self.whole.soort} {self.uuid}>"


class Kind(Enum):
    """How a field is kept in the rows, and so how it is read and written."""

    VALUE = "value"
    CHOICE = "choice"
    LINES = "lines"
    TAGS = "tags"
    TERM = "term"
    TERMS = "terms"
    REF = "ref"
    REFS = "refs"
    PARTS = "parts"


@dataclass(frozen=True, eq=False)
class Field:
    """One field of a declaration, tied to the model."""

    name: str
    kind: Kind
    source: str
    model_field: Any
    # The class of a choice, term, whole or part; the Python type of a value.
    type: Any
    required: bool
    default: Any
    info: Info

    @property
    def many(self) -> bool:
        return self.kind in {Kind.TERMS, Kind.REFS, Kind.PARTS, Kind.LINES, Kind.TAGS}

    @property
    def label(self) -> str:
        """What people call it."""
        if self.kind is Kind.PARTS:
            return str(self.type.model._meta.verbose_name_plural)
        return str(getattr(self.model_field, "verbose_name", self.name))


@dataclass(frozen=True, eq=False)
class Spec:
    """A declaration, read once."""

    declared: type[Any]
    fields: tuple[Field, ...]
    # Of a part: the field of the model that names what it belongs to.
    parent: str = ""

    @property
    def model(self) -> type[models.Model]:
        model: type[models.Model] = self.declared.model
        return model

    @property
    def order(self) -> str:
        return getattr(self.declared, "order", "")

    @property
    def key(self) -> tuple[str, ...]:
        return getattr(self.declared, "key", ())

    def of(self, *kinds: Kind) -> list[Field]:
        return [f for f in self.fields if f.kind in kinds]

    def __getitem__(self, name: str) -> Field:
        return next(f for f in self.fields if f.name == name)


_specs: dict[type[Any], Spec] = {}


def spec_of(declared: type[Any]) -> Spec:
    """What a declaration says, read once. Raises TypeError when it fits no model."""
    if declared not in _specs:
        _specs[declared] = _read(declared)
    return _specs[declared]


def _read(declared: type[Any]) -> Spec:
    hints = get_type_hints(declared, include_extras=True)
    if issubclass(declared, Term):
        # The key follows from the row, and is its slug when the model has one.
        del hints["key"]
        names = {f.name for f in declared.model._meta.fields}
        slug = {"slug": hints.pop("slug")}
        hints = slug | hints if "slug" in names else hints
    fields = [
        _field(declared, name, hint)
        for name, hint in hints.items()
        if get_origin(hint) is not ClassVar
    ]
    parent = ""
    if issubclass(declared, Part | TermPart):
        names = {f.source for f in fields} | {declared.order, *declared.left_out}
        parents = [
            f.name
            for f in declared.model._meta.fields
            if isinstance(f, models.ForeignKey) and f.name not in names
        ]
        if len(parents) != 1:
            raise TypeError(f"{declared.__name__} belongs to {parents or 'nothing'}")
        (parent,) = parents
    return Spec(declared, tuple(fields), parent)


def _field(declared: type[Any], name: str, hint: Any) -> Field:
    info = Info()
    if get_origin(hint) is Annotated:
        hint, *extra = get_args(hint)
        info = next((e for e in extra if isinstance(e, Info)), info)
    source = info.source or name
    try:
        model_field = declared.model._meta.get_field(source)
    except FieldDoesNotExist as error:
        raise TypeError(f"{declared.__name__}.{name}: {error}") from None
    inner, many = _unwrap(hint)
    kind = _kind(inner, model_field, many=many)
    if kind is Kind.REF or kind is Kind.REFS:
        (inner,) = get_args(inner)
    has_default, default = _default(declared, name)
    required = not (many or has_default)
    if many:
        default = []
    return Field(name, kind, source, model_field, inner, required, default, info)


def _unwrap(hint: Any) -> tuple[Any, bool]:
    """The type inside ``| None`` or a list, and whether it is a list."""
    if get_origin(hint) in {Union, UnionType}:
        (hint,) = (a for a in get_args(hint) if a is not type(None))
    if get_origin(hint) is list:
        return get_args(hint)[0], True
    return hint, False


def _kind(inner: Any, model_field: Any, *, many: bool) -> Kind:
    if get_origin(inner) is Ref:
        return Kind.REFS if many else Kind.REF
    if isinstance(model_field, TaggableManager):
        return Kind.TAGS
    if issubclass(inner, Term):
        return Kind.TERMS if many else Kind.TERM
    if issubclass(inner, Part | TermPart):
        return Kind.PARTS
    if many:
        return Kind.LINES
    return Kind.CHOICE if issubclass(inner, models.Choices) else Kind.VALUE


def _default(declared: type[Any], name: str) -> tuple[bool, Any]:
    """Whether a field may be left out, and what it then is."""
    if not issubclass(declared, msgspec.Struct):
        return hasattr(declared, name), getattr(declared, name, None)
    found = next(f for f in msgspec.structs.fields(declared) if f.name == name)
    has = found.default is not msgspec.NODEFAULT
    return has, found.default if has else None
