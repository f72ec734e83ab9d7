"""A stand made in layers says what one that is built anew says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from taggit.models import Tag

from aanpakken.models import (
    Aanpak,
    Actor,
    Actorlaag,
    Basis,
    Doelgroep,
    Doelgroepkoppeling,
    Reflectiethema,
    Stap,
    Sterkte,
    Themakoppeling,
    Trefwoordkoppeling,
)
from aanpakken.ringen import ringen
from aanpakken.verwant import verwante_aanpakken
from aanpakken.whole import AanpakDocument
from interventies.models import Databank, Erkenning, Interventie, Niveau
from interventies.whole import InterventieDocument
from kennisdossier.models import Gemeente, Praktijkvoorbeeld, Voorbeeldkoppeling
from kennisdossier.whole import BegripDocument
from tests import factories
from tests.tools import databases
from wijkwijzer.core.models import Publiceerbaar
from wijkwijzer.facets.declaration import FACETTEN
from wijkwijzer.memory import number
from wijkwijzer.memory.bitmaps import positions
from wijkwijzer.memory.number import read_changes
from wijkwijzer.search.models import Synoniemgroep, Woorddeel
from wijkwijzer.search.registry import ZOEKEN
from wijkwijzer.search.vraag import lees_vraag
from wijkwijzer.wholes import layers
from wijkwijzer.wholes import stand as module
from wijkwijzer.wholes.base import Base, build_base
from wijkwijzer.wholes.collection import collection_of
from wijkwijzer.wholes.current import current_stand
from wijkwijzer.wholes.layers import lay_over
from wijkwijzer.wholes.models import Publicatie, Versie
from wijkwijzer.wholes.records import Hits, Record, Records, Table, along
from wijkwijzer.wholes.registry import terms, wholes
from wijkwijzer.wholes.stand import Stand
from wijkwijzer.wholes.vocabulary import _said, term_mark

WORDS = ("buren koffie", "sporten", "kind", "eenzaam*", '"in de wijk"', "koffie -buren")


def fresh() -> Stand:
    """What readers see, built anew from the versions that there are."""
    base = build_base(timezone.localdate())
    stand = lay_over(base, base.changes, None)
    assert stand
    return stand


def says(stand: Stand) -> dict[str, Any]:
    """All that a stand says, without the positions that it has for it."""
    said: dict[str, Any] = {
        f"words of {declared.__name__}": [
            (term.key, _said(term)) for term in stand.terms(declared)
        ]
        for declared in terms().values()
    }
    for soort, declared in wholes().items():
        records = stand.records(declared)

        def slugs(found, records=records) -> list[str]:
            return [records[position].slug for position in found]

        def of(bits: int, records=records) -> list[str]:
            return [records[position].slug for position in records.in_order(bits)]

        by_name = records.in_order(records.all)
        said[f"{soort}: records"] = [records[position] for position in by_name]
        said[f"{soort}: by time"] = slugs(
            along(records.by_time, records.all, records.length)
        )
        documents = stand.all(declared)
        said[f"{soort}: documents"] = [repr(document) for document in documents]
        for document, record in zip(documents, said[f"{soort}: records"], strict=True):
            assert stand.get(declared, record.slug) is document
            assert stand.published(declared, document.uuid) is document
            assert stand.record(document) == record
        said[f"{soort}: named by"] = {
            term_mark(term): of(stand.mentioning(declared, [term_mark(term)]))
            for each in terms().values()
            for term in stand.terms(each)
        }
        indexes = collection_of(declared).indexers
        if FACETTEN in indexes:
            index = stand.index(declared, FACETTEN)
            assert index.all == records.all
            said[f"{soort}: values"] = {key: index.waarden(key) for key in index.facets}
            said[f"{soort}: counts"] = index.counts({}, index.all)
            said[f"{soort}: chosen"] = {
                (key, slug): (
                    of(index.bits(key, slug)),
                    index.counts({key: [slug]}, index.all),
                )
                for key in index.facets
                for slug in index.waarden(key)
                if index.facets[key].counts
            }
            said[f"{soort}: values of each"] = {
                (key, records[position].slug): sorted(index.values_at(key, position))
                for key in index.facets
                for position in positions(index.all)
            }
        if ZOEKEN in indexes:
            index = stand.index(declared, ZOEKEN)
            for words in (*WORDS, "Naamm"):
                found = index.zoek(lees_vraag(words, index.analyse))
                said[f"{soort}: {words}"] = found.gedeeltelijk, slugs(found.volgorde())
    said["related"] = {
        aanpak.slug: verwante_aanpakken(stand, aanpak)
        for aanpak in stand.all(AanpakDocument)
    }
    said["rings"] = [
        (ring.laag.key, ring.aantal, [(a.actor.key, a.aantal) for a in ring.actoren])
        for ring in ringen(stand)
    ]
    return said


# What editors do


class Editor:
    """Does whatever editors do, at random."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.now = datetime(2026, 11, 28, 12, tzinfo=UTC)

    def one(self, rows: Any) -> Any:
        found = list(rows.order_by("pk"))
        return self.random.choice(found) if found else None

    def words(self) -> str:
        some = (
            "buren",
            "koffie",
            "sport",
            "kinderen",
            "Ouderen",
            "in de wijk",
            "Éénzaam",
        )
        return " ".join(self.random.choices(some, k=3))

    def name(self) -> str:
        return f"{self.random.choice(['Zon', 'Alles', 'é', 'Buurt'])} {self.words()}"

    def publish(self, record: Publiceerbaar) -> None:
        # Now and then two in the same moment.
        self.now += timedelta(seconds=self.random.randint(0, 1))
        factories.publish(record, at=self.now)

    def change_an_aanpak(self) -> None:
        aanpak = self.one(Aanpak.objects.all())
        aanpak.naam, aanpak.samenvatting = self.name(), self.words()
        taken = Aanpak.objects.exclude(interventie=None).values("interventie")
        free = self.one(Interventie.objects.exclude(pk__in=taken))
        aanpak.interventie = self.random.choice([aanpak.interventie, free, None])
        aanpak.save()
        aanpak.themakoppelingen.all().delete()
        thema = self.one(Reflectiethema.objects.all())
        koppeling = {"basis": Basis.EXPLICIET, "sterkte": Sterkte.STERK}
        Themakoppeling.objects.create(aanpak=aanpak, thema=thema, **koppeling)
        Trefwoordkoppeling.objects.filter(content_object=aanpak).delete()
        new, _ = Tag.objects.get_or_create(slug="x", defaults={"name": "nieuw"})
        for tag in {new, self.one(Tag.objects.all())}:
            Trefwoordkoppeling.objects.create(content_object=aanpak, tag=tag)
        Doelgroepkoppeling.objects.filter(aanpak=aanpak).delete()
        Doelgroepkoppeling.objects.create(
            aanpak=aanpak,
            doelgroep=self.one(Doelgroep.objects.all()),
            rol="primair",
            omschrijving=self.words(),
            volgorde=1,
            leeftijd_tot=self.random.randint(1, 90),
        )
        self.publish(aanpak)

    def change_the_register(self) -> None:
        interventie = self.one(Interventie.objects.all())
        interventie.naam = self.name()
        interventie.save()
        Erkenning.objects.filter(interventie=interventie).delete()
        Erkenning.objects.create(
            interventie=interventie,
            databank=self.one(Databank.objects.all()),
            niveau=self.one(Niveau.objects.all()),
            bron_url="https://voorbeeld.example/",
            geldig_tot=self.random.choice(["2020", "2090", None]),
            volgorde=1,
        )
        self.publish(interventie)

    def change_an_example(self) -> None:
        voorbeeld = self.one(Praktijkvoorbeeld.objects.all())
        voorbeeld.naam, voorbeeld.omschrijving = self.name(), self.words()
        voorbeeld.save()
        voorbeeld.themas.set([self.one(Reflectiethema.objects.all())])
        voorbeeld.koppelingen.all().delete()
        Voorbeeldkoppeling.objects.create(
            voorbeeld=voorbeeld,
            aanpak=self.one(Aanpak.objects.all()),
            basis=Basis.EXPLICIET,
            volgorde=1,
        )
        self.publish(voorbeeld)

    def add_a_record(self) -> None:
        make = self.random.choice(
            [factories.make_aanpak, factories.make_interventie, factories.make_dossier]
        )
        self.publish(make(naam=self.name(), status="concept"))

    def change_a_slug(self) -> None:
        record = self.one(self.random.choice([Aanpak, Interventie]).objects.all())
        record.slug = f"slug-{self.random.randrange(10**9)}"
        record.save()
        self.publish(record)

    def withdraw(self) -> None:
        models = [d.model for d in wholes().values()]
        rows = self.random.choice(models)._default_manager.gepubliceerd()
        if record := self.one(rows):
            factories.withdraw(record, "Voorbij.")

    def show_again(self) -> None:
        for model in (d.model for d in wholes().values()):
            if record := self.one(model._default_manager.gearchiveerd()):
                self.publish(record)

    def erase(self) -> None:
        publicatie = self.one(Publicatie.objects.all())
        uuid = publicatie.uuid
        publicatie.delete()
        Versie.objects.filter(uuid=uuid).delete()
        if self.random.random() < 0.5:
            # And it comes back as a record that readers never saw.
            model = wholes()[publicatie.soort].model
            self.publish(model._default_manager.get(uuid=uuid))

    def rename_a_term(self) -> None:
        model = self.random.choice(
            [Reflectiethema, Doelgroep, Actor, Gemeente, Databank]
        )
        term = self.one(model.objects.all())
        term.naam = f"Term {self.random.randrange(10**9)}"
        term.save()

    def change_an_order(self) -> None:
        model = self.random.choice([Niveau, Doelgroep, Actorlaag])
        first, *_, last = model.objects.order_by("volgorde")
        first.volgorde, last.volgorde = last.volgorde, first.volgorde
        first.save()
        last.save()

    def change_the_list_of_terms(self) -> None:
        factories.make_doelgroep()
        gone = self.one(Doelgroep.objects.all())
        # Documents go on naming it.
        Doelgroepkoppeling.objects.filter(doelgroep=gone).delete()
        Praktijkvoorbeeld.doelgroepen.through.objects.filter(doelgroep=gone).delete()
        gone.delete()

    def change_a_synonym(self) -> None:
        groep = self.one(Synoniemgroep.objects.all())
        groep.termen = f"{self.words()}\nsporten"
        groep.save()

    def change_how_words_are_read(self) -> None:
        Woorddeel.objects.create(
            woord=f"woord{'abcdefgh'[self.random.randrange(8)] * 3}"
        )

    def save_a_concept(self) -> None:
        aanpak = self.one(Aanpak.objects.all())
        aanpak.naam = self.name()
        aanpak.save()
        nummer = 90 + aanpak.stappen.count()
        Stap.objects.create(aanpak=aanpak, nummer=nummer, naam=self.words())

    def fold(self) -> None:
        number.fold()


DOES: list[Callable[[Editor], None]] = [
    Editor.change_an_aanpak,
    Editor.change_the_register,
    Editor.change_an_example,
    Editor.add_a_record,
    Editor.change_a_slug,
    Editor.withdraw,
    Editor.show_again,
    Editor.erase,
    Editor.rename_a_term,
    Editor.change_an_order,
    Editor.change_a_synonym,
    Editor.change_the_list_of_terms,
    Editor.save_a_concept,
    Editor.fold,
]


@pytest.fixture
def folds(monkeypatch) -> None:
    """Every fold folds."""
    monkeypatch.setattr(number, "VOUW_VANAF", 1)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(databases.rounds(2)))
def test_whatever_happened_layers_say_what_a_new_stand_says(inhoud, folds, seed):
    base = current_stand._base
    editor = Editor(seed)
    for _ in range(2):
        done = editor.random.choices(DOES, k=8)
        for do in done:
            do(editor)
        expected = says(fresh())
        assert says(current_stand()) == expected, [do.__name__ for do in done]
        layers = lay_over(base, read_changes(), None)
        assert layers
        assert says(layers) == expected, [do.__name__ for do in done]


# What follows from something else than the record itself


def slugs_with(stand: Stand, key: str, slug: str) -> set[str]:
    records = stand.records(AanpakDocument)
    bits = stand.index(AanpakDocument, FACETTEN).bits(key, slug)
    return {records[position].slug for position in positions(bits)}


def found(stand: Stand, words: str) -> list[str]:
    index = stand.index(AanpakDocument, ZOEKEN)
    hits = index.zoek(lees_vraag(words, index.analyse)).volgorde()
    return [stand.records(AanpakDocument)[position].slug for position in hits]


def test_a_record_that_becomes_visible_counts_for_what_named_it_already(inhoud):
    interventie = factories.make_interventie(status="concept")
    level = Niveau.objects.get(slug="goed-onderbouwd")
    factories.make_erkenning(interventie, niveau=level)
    slug = factories.make_aanpak(interventie=interventie).slug
    base = build_base(timezone.localdate())
    for change, counts in (
        (factories.publish, True),
        (factories.withdraw, False),
        (factories.publish, True),
    ):
        change(interventie)
        stand = lay_over(base, read_changes(), None)
        assert (slug in slugs_with(stand, "niveau", level.slug)) is counts


def test_a_word_that_was_removed_or_renamed_finds_no_record_any_more(inhoud):
    doelgroep = factories.make_doelgroep(naam="Vuurtorenwachters", slug="wachters")
    aanpak = factories.make_aanpak()
    aanpak.doelgroepkoppelingen.create(
        doelgroep=doelgroep, rol="primair", omschrijving="x"
    )
    factories.publish(aanpak)
    base = build_base(timezone.localdate())

    def now() -> Stand:
        return lay_over(base, read_changes(), None)

    assert found(now(), "vuurtorenwachters") == [aanpak.slug]
    doelgroep.naam = "Sluiswachters"
    doelgroep.save()
    assert found(now(), "vuurtorenwachters") == []
    assert found(now(), "sluiswachters") == [aanpak.slug]
    aanpak.doelgroepkoppelingen.all().delete()
    doelgroep.delete()
    assert found(now(), "vuurtorenwachters") == found(now(), "sluiswachters") == []
    assert (
        now().get(AanpakDocument, aanpak.slug).doelgroepen[0].doelgroep.naam
        == "wachters"
    )


def test_a_record_is_read_again_when_a_word_changed_that_its_words_name(inhoud):
    step = Niveau.objects.exclude(hoofdniveau=None).first()
    interventie = factories.make_interventie()
    factories.make_erkenning(interventie, niveau=step)
    base = build_base(timezone.localdate())
    Niveau.objects.filter(pk=step.hoofdniveau_id).update(toelichting="Anders.")
    stand = lay_over(base, read_changes(), None)
    read_again = {r.slug for r in stand.top_of(InterventieDocument).values() if r}
    assert interventie.slug in read_again


# When layers are not enough


@pytest.fixture
def base(inhoud) -> Base:
    return build_base(timezone.localdate())


@pytest.mark.long
def test_what_changes_how_words_are_read_needs_another_base(base):
    Woorddeel.objects.create(woord="nieuwdeel")
    assert lay_over(base, read_changes(), None) is None
    assert says(current_stand()) == says(fresh())


def test_more_changes_than_layers_hold_need_another_base(base, monkeypatch):
    aanpakken = [factories.make_aanpak() for _ in range(3)]
    monkeypatch.setattr(layers, "TOP_MAX", 3)
    stand = lay_over(base, read_changes(), None)
    assert all(stand.get(AanpakDocument, aanpak.slug) for aanpak in aanpakken)
    factories.make_aanpak()
    assert lay_over(base, read_changes(), None) is None


def test_a_changed_record_is_read_alone(base, monkeypatch):
    factories.publish(factories.make_aanpak(), note="Nog eens.")
    changes = read_changes()
    asked: list[set[int] | None] = []
    reads = layers.read_rows
    monkeypatch.setattr(
        layers, "read_rows", lambda d, rows=None: asked.append(rows) or reads(d, rows)
    )
    assert lay_over(base, changes, None)
    assert [len(rows) for rows in asked] == [1]


# Documents


def test_what_is_wanted_comes_in_that_order_with_what_it_names_for_two_queries(
    inhoud, django_assert_num_queries
):
    stand = fresh()
    records = stand.records(AanpakDocument)
    wanted = [5, 0, 7, 5]
    with django_assert_num_queries(2):
        found = stand.documents(AanpakDocument, wanted)
    assert [d.slug for d in found] == [records[position].slug for position in wanted]
    with django_assert_num_queries(0):
        assert stand.documents(AanpakDocument, reversed(wanted)) == found[::-1]
        assert stand.get(AanpakDocument, found[0].slug) is found[0]
        # What the register says of each was read along.
        assert [aanpak for aanpak in found if aanpak.zichtbare_interventie]


@pytest.mark.parametrize("at_once", [1, 3])
def test_a_bound_number_of_documents_stays_in_memory(inhoud, monkeypatch, at_once):
    monkeypatch.setattr(module, "KEEP", 4)
    stand, expected = (
        fresh(),
        [d.naam for d in fresh().documents(AanpakDocument, range(21))],
    )
    for start in range(0, 21, at_once):
        wanted = range(start, start + at_once)
        found = stand.documents(AanpakDocument, wanted)
        assert [d.naam for d in found] == expected[start : start + at_once]
        # These, and what they name; or as many as may stay.
        assert len(stand._documents) <= max(4, 2 * at_once)


def test_what_is_asked_together_is_there_however_much_it_is(inhoud, monkeypatch):
    monkeypatch.setattr(module, "KEEP", 4)
    stand = fresh()
    assert len(stand.documents(AanpakDocument, range(21))) == 21
    stand.documents(BegripDocument, [0])
    assert len(stand._documents) == 1, "and goes when something else is read"


def test_at_an_unknown_address_is_nothing(inhoud, django_assert_num_queries):
    stand = current_stand()
    with django_assert_num_queries(0):
        assert stand.get(AanpakDocument, "bestaat-niet") is None
        assert stand.published(AanpakDocument, uuid4()) is None
        # The address of another kind.
        assert stand.get(AanpakDocument, "best-persons") is None


def test_a_stand_knows_when_readers_could_see_what(inhoud):
    first = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    later = first + timedelta(days=9)
    aanpak = factories.make_aanpak(status="concept", slug="nieuw")
    factories.publish(aanpak, at=first)
    aanpak.naam = "Anders"
    aanpak.save()
    factories.publish(aanpak, at=later)
    factories.publish(aanpak)
    stand = current_stand()
    document = stand.get(AanpakDocument, "nieuw")
    assert stand.first_at(document) == first
    assert stand.changed_at(document) == later, "publishing the same is no change"


def test_what_follows_from_a_stand_is_made_once(inhoud):
    made: list[Stand] = []

    def make(stand: Stand) -> str:
        made.append(stand)
        return "made"

    stand = current_stand()
    assert [stand.derived(make), stand.derived(make)] == ["made", "made"]
    assert made == [stand]


def test_a_stand_stays_what_it_was(inhoud):
    stand = current_stand()
    before = says(stand)
    factories.withdraw(Aanpak.objects.get(slug="abcd"))
    Reflectiethema.objects.update(toelichting="Anders.")
    assert says(current_stand()) != before
    assert says(stand) == before


# The records of a kind


@st.composite
def some_records(draw, rows: st.SearchStrategy[int]) -> dict[int, Record]:
    """Records by their row, of which many have the same name and time."""
    return {
        row: Record(
            row,
            draw(st.integers(1, 10**6)),
            UUID(int=row).hex,
            f"slug-{row}",
            f"Naam {row}",
            draw(st.sampled_from(["a", "b", "c"])),
            draw(st.sampled_from([1.0, 2.0, 3.0])),
            1.0,
        )
        for row in draw(st.sets(rows, max_size=12))
    }


rows = st.integers(1, 20)


@given(
    some_records(rows),
    some_records(rows),
    st.sets(rows),
    some_records(st.integers(21, 30)),
)
def test_records_in_layers_are_those_of_a_table_of_now(before, changed, gone, new):
    table = Table(list(before.values()))
    top: dict[int, Record | None] = {}
    for row, position in table.by_row.items():
        if row in gone:
            top[position] = None
        elif row in changed:
            top[position] = changed[row]
    top |= dict(enumerate(new.values(), len(table)))
    now = {
        **{
            row: changed.get(row, record)
            for row, record in before.items()
            if row not in gone
        },
        **new,
    }
    layers, whole = Records(table, top), Records(Table(list(now.values())), {})
    for records in (layers, whole):
        assert len(records) == len(now) == records.all.bit_count()
        for row in range(1, 31):
            record = now.get(row)
            for position in (
                records.at_slug(f"slug-{row}"),
                records.of_uuid(UUID(int=row)),
                records.of_uuid(str(UUID(int=row))),
            ):
                assert (position is None) == (record is None)
                assert position is None or records[position] == record
    for order in ("by_name", "by_time"):
        assert [layers[p] for p in getattr(layers, order)] == [
            whole[p] for p in getattr(whole, order)
        ]
    in_order = [layers[p] for p in layers.in_order(layers.all)]
    assert in_order == sorted(now.values(), key=lambda r: (r.sort, r.uuid))


def test_many_records_come_in_the_same_order_as_few(monkeypatch):
    table = Table(
        [
            Record(
                n, n, UUID(int=n).hex, f"s{n}", f"N{n}", f"{n * 7919 % 101:03}", n, n
            )
            for n in range(100)
        ]
    )
    some = sum(1 << n for n in range(0, 100, 3))
    few = list(Records(table, {}).in_order(some))
    monkeypatch.setattr("wijkwijzer.wholes.records.FEW", 0)
    assert list(Records(table, {}).in_order(some)) == few


# Hits, of which a page is read


@given(
    st.lists(st.booleans(), max_size=70),
    st.slices(80),
    st.randoms(use_true_random=False),
)
def test_hits_read_like_a_list(members, part, random):
    order = list(range(len(members)))
    random.shuffle(order)
    bits = sum(1 << i for i, member in enumerate(members) if member)
    hits = Hits(bits, lambda bits: along(order, bits, len(members)))
    expected = [position for position in order if members[position]]
    assert list(hits) == expected
    assert len(hits) == len(expected)
    assert hits[part] == expected[part]
    for place in range(-len(expected), len(expected)):
        assert hits[place] == expected[place]


@pytest.mark.parametrize("place", [2, -3, 100])
def test_a_hit_beyond_the_last_does_not_exist(place):
    hits = Hits(0b101, positions)
    with pytest.raises(IndexError):
        hits[place]
