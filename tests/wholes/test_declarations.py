"""Everything that belongs to a record is declared, once, as its model has it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from types import UnionType
from typing import Annotated, Union, get_args, get_origin, get_type_hints

import pytest
from django.db import models
from taggit.managers import TaggableManager

from aanpakken.whole import AanpakDocument, DoelgroepPart
from wijkwijzer.core.datums import Deeldatum, DeeldatumField
from wijkwijzer.core.models import Publiceerbaar
from wijkwijzer.wholes.current import current_stand
from wijkwijzer.wholes.declaration import Kind, Part, Spec, spec_of
from wijkwijzer.wholes.registry import terms, wholes

# What every record with versions has beside its content: it says what became of it.
OF_THE_RECORD = {field.name for field in Publiceerbaar._meta.get_fields()} - {
    "uuid",
    "slug",
    "laatst_gecontroleerd_op",
}


def with_parts(spec: Spec) -> Iterator[Spec]:
    yield spec
    for f in spec.of(Kind.PARTS):
        yield from with_parts(spec_of(f.type))


SPECS = [
    spec
    for declared in (*wholes().values(), *terms().values())
    for spec in with_parts(spec_of(declared))
]
every_declaration = pytest.mark.parametrize(
    "spec", SPECS, ids=lambda spec: spec.declared.__name__
)


def undeclared(spec: Spec) -> list[str]:
    """The fields of a model that its declaration forgets."""
    known = {f.source for f in spec.fields} | {spec.parent, spec.order}
    known |= {*spec.declared.left_out}
    if issubclass(spec.model, Publiceerbaar):
        known |= OF_THE_RECORD
    fields = [
        *(f for f in spec.model._meta.concrete_fields if not f.primary_key),
        *spec.model._meta.many_to_many,
    ]
    return [field.name for field in fields if field.name not in known]


@every_declaration
def test_every_field_of_a_model_is_declared_or_left_out_on_purpose(spec):
    names = ", ".join(undeclared(spec))
    assert not names, (
        f"declare {names} in {spec.declared.__module__}.{spec.declared.__name__}, "
        "or name it in its left_out, with the reason"
    )


def test_a_field_that_only_a_migration_knows_is_named_with_its_place():
    """As when somebody adds a field to Doelgroepkoppeling, and that is all they do."""
    field = models.CharField(max_length=10)
    model = DoelgroepPart.model
    field.contribute_to_class(model, "nieuw_veld")
    try:
        with pytest.raises(
            AssertionError, match=r"declare nieuw_veld in aanpakken\.whole\.Doelgroep"
        ):
            test_every_field_of_a_model_is_declared_or_left_out_on_purpose(
                spec_of(DoelgroepPart)
            )
    finally:
        model._meta.local_fields.remove(field)
        model._meta._expire_cache()
        del model.nieuw_veld


@every_declaration
def test_every_relation_to_a_part_is_declared(spec):
    """Rows that go when the record goes are part of it, and so must be declared."""
    declared = {other.model for other in SPECS if other.parent}
    links = {getattr(f.model_field, "through", None) for f in spec.fields}
    owned = {
        relation.related_model
        for relation in spec.model._meta.related_objects
        if relation.one_to_many
        and relation.on_delete is models.CASCADE
        and relation.related_model._meta.app_label == spec.model._meta.app_label
        and not relation.related_model._meta.auto_created
    }
    # A wijk has a page of its own, and is named by its gemeente.
    named = {term.model for term in terms().values()}
    assert owned - named <= declared | links


@every_declaration
def test_what_is_left_out_exists_and_has_a_reason(spec):
    for name, reason in spec.declared.left_out.items():
        assert spec.model._meta.get_field(name)
        assert len(reason.split()) > 2


TYPES: list[tuple[type[models.Field], type]] = [
    (DeeldatumField, Deeldatum),
    (models.BooleanField, bool),
    (models.IntegerField, int),
    (models.DateField, date),
    (models.UUIDField, object),
    (models.CharField, str),
    (models.TextField, str),
]


def python_type(field: models.Field) -> type:
    return next(type_ for kind, type_ in TYPES if isinstance(field, kind))


@every_declaration
def test_the_type_of_a_field_is_that_of_the_model(spec):
    for f in spec.of(Kind.VALUE):
        assert issubclass(f.type, python_type(f.model_field)), f.name
    for f in spec.of(Kind.CHOICE):
        assert [*f.model_field.choices] == [*f.type.choices], f.name
    for f in spec.of(Kind.TERM, Kind.TERMS, Kind.REF, Kind.REFS):
        assert f.model_field.related_model is f.type.model, f.name
    for f in spec.of(Kind.PARTS):
        assert f.model_field.related_model is f.type.model, f.name
    for f in spec.of(Kind.TAGS):
        assert isinstance(f.model_field, TaggableManager), f.name


@every_declaration
def test_what_the_model_lets_empty_may_be_left_out_of_a_document(spec):
    for f in spec.of(Kind.VALUE, Kind.CHOICE, Kind.TERM, Kind.REF):
        field = f.model_field
        may_be_empty = field.null or field.blank or field.has_default()
        if f.name == "uuid":
            # The model makes one; a document says which it is.
            may_be_empty = False
        assert f.required is not may_be_empty, f"{f.name}: required={f.required}"


@every_declaration
def test_what_may_be_none_says_so_in_its_type(spec):
    hints = get_type_hints(spec.declared, include_extras=True)
    for f in spec.fields:
        hint = hints[f.name]
        if get_origin(hint) is Annotated:
            hint = get_args(hint)[0]
        is_union = get_origin(hint) in {Union, UnionType}
        may_be_none = is_union and type(None) in get_args(hint)
        empty = f.default is None and not f.required
        assert may_be_none is empty, f.name


@every_declaration
def test_parts_have_a_place_or_a_key_that_gives_one(spec):
    if spec.parent:
        assert spec.order or spec.key
        names = {f.name for f in spec.fields}
        assert {*spec.key} <= names


def test_a_declaration_that_fits_no_model_says_what_is_wrong():
    class Wrong(DoelgroepPart):
        bestaat_niet: str = ""

    with pytest.raises(TypeError, match=r"Wrong\.bestaat_niet"):
        spec_of(Wrong)


def test_a_part_belongs_to_exactly_one_record():
    class Loose(Part):
        model = models.Model

    Loose.model = AanpakDocument.model
    Loose.left_out = {f.name: "not now" for f in Loose.model._meta.concrete_fields}
    with pytest.raises(TypeError, match="Loose belongs to nothing"):
        spec_of(Loose)


def test_documents_never_change(inhoud):
    aanpak = current_stand().get(AanpakDocument, "abcd")
    for thing in (aanpak, aanpak.themas[0]):
        with pytest.raises(AttributeError):
            thing.basis = "expliciet"
