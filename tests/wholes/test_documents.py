"""A document says everything of a record, and the rows can be made of it again."""

from __future__ import annotations

import random
from copy import deepcopy
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from aanpakken.models import Aanpak, Stap
from aanpakken.whole import AanpakDocument
from kennisdossier.models import Dossier
from tests import factories
from tests.tools import databases
from wijkwijzer.wholes import actions
from wijkwijzer.wholes.apply import MissingError, apply
from wijkwijzer.wholes.declaration import Data, Field, Kind, Spec, spec_of
from wijkwijzer.wholes.difference import How, difference
from wijkwijzer.wholes.documents import canonical, parse
from wijkwijzer.wholes.registry import terms, wholes
from wijkwijzer.wholes.rows import build, load
from wijkwijzer.wholes.validation import problems

pytestmark = pytest.mark.usefixtures("inhoud")

every_kind = pytest.mark.parametrize("soort", [*wholes()])


def documents(declared: type[Any]) -> dict[str, Data]:
    rows = load(declared, declared.model._default_manager.order_by("uuid"))
    return {str(row.uuid): build(declared, row) for row in rows}


# There and back


@pytest.mark.long
def test_every_record_made_of_its_document_has_that_document_again():
    """All rows are gone, and nothing but the documents is left."""
    before = {declared: documents(declared) for declared in wholes().values()}
    for declared in reversed([*wholes().values()]):
        declared.model._default_manager.all().delete()
        assert documents(declared) == {}
    for round_ in (1, 2):
        # Records name each other, also of their own kind: first all are there.
        for declared, found in before.items():
            for data in found.values():
                apply(declared, data if round_ == 2 else bare(declared, data))
    assert {declared: documents(declared) for declared in before} == before
    assert sum(map(len, before.values())) == 99


def bare(declared: type[Any], data: Data) -> Data:
    others = {Kind.REF, Kind.REFS, Kind.PARTS}
    gone = {f.name for f in spec_of(declared).fields if f.kind in others}
    return {name: value for name, value in data.items() if name not in gone}


@every_kind
def test_a_document_is_the_same_text_each_time(soort):
    declared = wholes()[soort]
    for data in documents(declared).values():
        assert canonical(parse(canonical(data))) == canonical(data)


@every_kind
def test_all_documents_of_a_kind_cost_one_query_for_each_table(soort, met_queries):
    declared = wholes()[soort]
    with met_queries(tables(spec_of(declared))):
        for row in load(declared, declared.model._default_manager.all()):
            build(declared, row)


def tables(spec: Spec) -> int:
    """The table of a record, those of its parts, and those of what it names."""
    parts = sum(tables(spec_of(f.type)) for f in spec.of(Kind.PARTS))
    return 1 + parts + len(spec.of(Kind.TERMS, Kind.REFS, Kind.TAGS))


def test_the_documents_of_all_aanpakken_cost_13_queries(met_queries):
    with met_queries(13):
        for row in load(AanpakDocument, Aanpak.objects.all()):
            build(AanpakDocument, row)


@every_kind
def test_applying_what_is_already_so_writes_nothing(soort, met_queries):
    declared = wholes()[soort]
    for data in [*documents(declared).values()][:5]:
        with met_queries(60) as queries:
            apply(declared, data)
        assert {query.split()[0] for query in queries} <= {
            *("SELECT", "SAVEPOINT", "RELEASE"),
        }


# Random edits


class Editor:
    """Changes a document as an editor could: fields, parts, order, links, tags."""

    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed)
        self.keys: dict[type[Any], list[str]] = {}

    def edit(self, declared: type[Any], data: Data) -> Data:
        """A document that differs in some places and can be applied."""
        for _ in range(40):
            edited = deepcopy(data)
            for _ in range(self.random.randint(1, 4)):
                self._change(spec_of(declared), edited)
            edited = in_normal_form(spec_of(declared), edited)
            if edited != data and not problems(declared, edited):
                return edited
        raise AssertionError("no edit fits")

    def _change(self, spec: Spec, data: Data) -> None:
        f = self.random.choice([f for f in spec.fields if f.name != "uuid"])
        change = {
            Kind.PARTS: self._parts,
            Kind.TERMS: self._several,
            Kind.REFS: self._several,
            Kind.TAGS: self._words,
            Kind.LINES: self._words,
        }.get(f.kind, self._one)
        change(f, data)

    def _one(self, f: Field, data: Data) -> None:
        if not f.required and self.random.random() < 0.3:
            data.pop(f.name, None)
            return
        if f.kind in {Kind.TERM, Kind.REF}:
            data[f.name] = self.random.choice(self._keys(f.type))
        elif f.kind is Kind.CHOICE:
            data[f.name] = self.random.choice(f.type.values)
        elif f.type is bool:
            data[f.name] = self.random.random() < 0.5
        elif f.type is int:
            data[f.name] = self.random.randint(1, 99)
        elif f.type is str and "url" not in f.name and f.name != "slug":
            data[f.name] = f"{data.get(f.name, '')}{self._word()}"[:90]
        elif f.name == "slug":
            data[f.name] = f"nieuw-{self.random.randint(1, 10**9)}"

    def _several(self, f: Field, data: Data) -> None:
        keys = self._keys(f.type)
        number = self.random.randint(0, min(3, len(keys)))
        data[f.name] = self.random.sample(keys, number)

    def _words(self, f: Field, data: Data) -> None:
        words = [*data.get(f.name, [])]
        if words and self.random.random() < 0.5:
            words.pop(self.random.randrange(len(words)))
        words.insert(self.random.randint(0, len(words)), self._word().strip())
        data[f.name] = words

    def _parts(self, f: Field, data: Data) -> None:
        """Add, remove, move or change one."""
        parts = data.setdefault(f.name, [])
        what = self.random.choice(["add", "remove", "move", "swap", "change"])
        if what == "add" and parts:
            again = deepcopy(self.random.choice(parts))
            for _ in range(3):
                self._change(spec_of(f.type), again)
            parts.insert(self.random.randint(0, len(parts)), again)
        elif what == "remove" and parts:
            parts.pop(self.random.randrange(len(parts)))
        elif what == "move" and parts:
            part = parts.pop(self.random.randrange(len(parts)))
            parts.insert(self.random.randint(0, len(parts)), part)
        elif what == "swap" and len(parts) > 1:
            self._swap(spec_of(f.type), *self.random.sample(parts, 2))
        elif parts:
            self._change(spec_of(f.type), self.random.choice(parts))

    def _swap(self, spec: Spec, one: Data, other: Data) -> None:
        """What must be unique goes from one row to another, and back."""
        name = self.random.choice(spec.key or [f.name for f in spec.fields])
        one[name], other[name] = other.get(name), one.get(name)

    def _keys(self, declared: type[Any]) -> list[str]:
        if declared not in self.keys:
            rows = declared.model._default_manager.all()
            whole = declared in wholes().values()
            self.keys[declared] = sorted(
                str(row.uuid) if whole else declared.key_of(row) for row in rows
            )
        return self.keys[declared]

    def _word(self) -> str:
        return f" {self.random.choice(['wijk', 'é', 'Straat', 'zórg', '“x”', 'ij'])}"


def in_normal_form(spec: Spec, data: Data) -> Data:
    """As the rows would say it: in one order, and without what says nothing."""
    normal: Data = {}
    for f in spec.fields:
        value = data.get(f.name, f.default)
        if f.kind is Kind.TAGS:
            # A tag is shared, whatever its capitals.
            value = sorted({word.lower() for word in value})
        elif f.kind in {Kind.TERMS, Kind.REFS}:
            value = sorted({*value})
        elif f.kind is Kind.PARTS:
            value = [in_normal_form(spec_of(f.type), part) for part in value]
        if f.required or value != f.default:
            normal[f.name] = value
    return normal


@pytest.mark.long
@pytest.mark.parametrize("soort", [*wholes()])
def test_random_edits_are_applied_and_restored_exactly(soort):
    declared = wholes()[soort]
    editor = Editor(soort)
    before_each = [*documents(declared).values()] * 2
    for before in before_each[: databases.rounds(12)]:
        record = declared.model._default_manager.get(uuid=before["uuid"])
        key = record.pk
        version = actions.publish(record=record, by=None)
        edited = editor.edit(declared, before)
        after = actions.working_document(apply(declared, edited))
        assert spread(declared, after) == spread(declared, edited)
        # What changed is told, and nothing else.
        told = {change.place[0] for change in difference(declared, before, after)}
        assert told == {
            f.name
            for f in spec_of(declared).fields
            if before.get(f.name) != after.get(f.name)
        }
        restored = actions.restore(versie=version)
        assert actions.working_document(restored) == before
        assert restored.pk == key


def spread(declared: type[Any], data: Data) -> Data:
    """The document with parts that have no order of their own in any order."""
    found = dict(data)
    for f in spec_of(declared).of(Kind.PARTS):
        if not spec_of(f.type).order:
            found[f.name] = sorted(map(repr, data.get(f.name, [])))
    return found


# Rows that stay keep their key


def test_a_part_that_stays_keeps_its_row():
    aanpak = Aanpak.objects.filter(stappen__nummer=4).first()
    rows = {stap.naam: stap.pk for stap in aanpak.stappen.all()}
    data = actions.working_document(aanpak)
    data["stappen"] = data["stappen"][::-1]
    data["stappen"][0] |= {"toelichting": "Anders verteld."}
    apply(AanpakDocument, data)
    assert {stap.naam: stap.pk for stap in aanpak.stappen.all()} == rows
    assert actions.working_document(aanpak) == data


def test_two_parts_can_swap_what_only_one_can_have():
    aanpak = Aanpak.objects.filter(themakoppelingen__isnull=False).first()
    data = actions.working_document(aanpak)
    one, other = data["themas"][:2]
    one["reden"], other["reden"] = other.get("reden", ""), one.get("reden", "")
    one["thema"], other["thema"] = other["thema"], one["thema"]
    apply(AanpakDocument, data)
    after = actions.working_document(aanpak)
    assert spread(AanpakDocument, after) == spread(AanpakDocument, data)


def test_what_others_say_of_a_record_stays_when_it_is_restored():
    dossier = Dossier.objects.get(slug="samenlevingsopbouw")
    version = actions.publish(record=dossier, by=None)
    contacts = [*dossier.contactpunten.all()]
    assert contacts
    dossier.naam = "Anders"
    dossier.save()
    actions.restore(versie=version)
    assert [*dossier.contactpunten.all()] == contacts


def test_all_or_nothing_is_written():
    aanpak = Aanpak.objects.filter(stappen__nummer=2).first()
    before = actions.working_document(aanpak)
    data = deepcopy(before)
    data["naam"] = "Half"
    data["stappen"].append({"naam": "x" * 5000, "toelichting": "", "onzin": 1})
    data["themas"].append(deepcopy(data["themas"][0]))
    with pytest.raises(Exception, match=r".*"), transaction.atomic():
        apply(AanpakDocument, data)
    assert actions.working_document(aanpak) == before


def test_a_document_that_names_what_is_not_there_says_what_is_missing():
    data = actions.working_document(Aanpak.objects.first())
    data["vorm"] = "bestaat-niet"
    data["interventie"] = str(uuid4())
    with pytest.raises(MissingError) as error:
        apply(AanpakDocument, data)
    assert any("bestaat-niet" in missing for missing in error.value.missing)
    assert any(data["interventie"] in missing for missing in error.value.missing)


def test_a_record_that_is_not_there_yet_is_made():
    data = actions.working_document(Aanpak.objects.get(slug="abcd"))
    data |= {"uuid": str(uuid4()), "slug": "nieuw"}
    data.pop("interventie")
    made = apply(AanpakDocument, data)
    assert made.uuid == UUID(data["uuid"])
    assert actions.working_document(made) == data
    assert made.status == "concept"


# Differences


def change_of(name: str, **parts: Any):
    aanpak = factories.make_aanpak()
    for number, naam in enumerate(["Een", "Twee", "Drie"], start=1):
        Stap.objects.create(aanpak=aanpak, nummer=number, naam=naam)
    before = actions.working_document(aanpak)
    return before, deepcopy(before)


def told(before: Data, after: Data) -> list[tuple[Any, ...]]:
    return [
        (change.place, change.how)
        for change in difference(AanpakDocument, before, after)
    ]


def test_a_part_that_was_added_removed_moved_or_changed_is_told_as_such():
    before, after = change_of("stappen")
    after["stappen"].insert(0, {"naam": "Nul"})
    assert told(before, after) == [(("stappen", 0), How.ADDED)]
    before, after = change_of("stappen")
    after["stappen"].pop(1)
    assert told(before, after) == [(("stappen", 1), How.REMOVED)]
    before, after = change_of("stappen")
    after["stappen"] = [*after["stappen"][1:], after["stappen"][0]]
    assert told(before, after) == [(("stappen", 2), How.MOVED)]
    before, after = change_of("stappen")
    after["stappen"][1]["toelichting"] = "Zo."
    assert told(before, after) == [(("stappen", 1, "toelichting"), How.CHANGED)]


def test_equal_documents_do_not_differ():
    before, after = change_of("stappen")
    assert told(before, after) == []


def test_every_term_made_of_its_document_has_that_document_again():
    for declared in terms().values():
        for row in load(declared, declared.model._default_manager.all()):
            data = build(declared, row)
            assert build(declared, apply(declared, data)) == data
