"""Every change of what documents and lists hold is noted, whoever makes it.

What should be noted is read from the declarations here too, but from the tables up: a
column without its trigger is named, and so is one that has a trigger for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.core.checks import run_checks
from django.db import IntegrityError, connection, models, transaction
from taggit.models import Tag

from aanpakken.models import Aanpak, Doelgroep, Reflectiethema, Stap
from kennisdossier.models import Contactpunt, Dossier
from tests import factories
from wijkwijzer.core.datums import DeeldatumField
from wijkwijzer.core.models import Adrescontrole, Bron, DodeLink, Organisatie
from wijkwijzer.delen.models import Insluitdomein
from wijkwijzer.memory import triggers
from wijkwijzer.memory.models import Nummer, Wijziging
from wijkwijzer.memory.number import read, read_changes
from wijkwijzer.publicatie.models import Editiebestand
from wijkwijzer.wholes.declaration import Field, Kind, Spec, spec_of
from wijkwijzer.wholes.models import Publicatie, Versie
from wijkwijzer.wholes.registry import terms, wholes

pytestmark = pytest.mark.usefixtures("inhoud")

Row = dict[str, Any]
Record = tuple[str, int]  # kind and primary key
MANY = {Kind.TERMS, Kind.REFS, Kind.TAGS}


# What should be noted


@dataclass
class Table:
    """Which columns count: those of working copies, and those that readers see."""

    model: type[models.Model]
    working: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    # The records whose working copy a row is part of.
    records: Callable[[Row], set[Record]] = lambda row: set()

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @property
    def key(self) -> str:
        return self.model._meta.pk.column

    @property
    def is_root(self) -> bool:
        return any(declared.model is self.model for declared in wholes().values())


def select(table: str, where: str = "TRUE", *values: Any) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM {table} WHERE {where} ORDER BY 1 LIMIT 60",  # noqa: S608
            values,
        )
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def through_of(spec: Spec, f: Field) -> tuple[type[models.Model], str, str]:
    """The table of a many-to-many field, with our column and the other one."""
    # A field knows it from its relation; the other side, and tags, know it themselves.
    has_it = (
        f.model_field
        if hasattr(f.model_field, "through")
        else f.model_field.remote_field
    )
    through = has_it.through
    relations = [x for x in through._meta.fields if x.is_relation]
    (own,) = (x.column for x in relations if x.related_model is spec.model)
    (other,) = (x.column for x in relations if x.related_model is not spec.model)
    return through, own, other


def columns_of(spec: Spec) -> set[str]:
    held = {
        f.model_field.column for f in spec.fields if f.kind not in MANY | {Kind.PARTS}
    }
    extra = [spec.model._meta.get_field(n) for n in (spec.parent, spec.order) if n]
    return held | {f.column for f in extra}


def held() -> dict[str, Table]:
    """Every table of ours, as the declarations say."""
    found: dict[str, Table] = {}

    def table(model: type[models.Model]) -> Table:
        return found.setdefault(model._meta.db_table, Table(model))

    def working(spec: Spec, root: Callable[[Row], int], soort: str) -> None:
        own = table(spec.model)
        own.working = columns_of(spec)
        own.records = lambda row: {(soort, root(row))}
        for f in spec.fields:
            if f.kind in MANY:
                through, column, other = through_of(spec, f)
                link = table(through)
                link.working = {column, other}

                def linked(row: Row, column: str = column) -> set[Record]:
                    return {
                        (soort, root(ours))
                        for ours in select(own.name, "id = %s", row[column])
                    }

                link.records = linked
            if f.kind is Kind.TAGS:
                tag = table(Tag)
                tag.working = {"name"}
                tag.records = lambda row, link=link: {
                    record
                    for linked in select(link.name, "tag_id = %s", row["id"])
                    for record in link.records(linked)
                }
            if f.kind is Kind.PARTS:
                part = spec_of(f.type)
                parent = part.model._meta.get_field(part.parent).column
                working(part, lambda row, parent=parent: row[parent], soort)

    def seen(spec: Spec) -> None:
        table(spec.model).seen = columns_of(spec)
        for f in spec.fields:
            if f.kind in MANY:
                through, column, other = through_of(spec, f)
                table(through).seen = {column, other}
            elif f.kind is Kind.PARTS:
                seen(spec_of(f.type))

    for declared in wholes().values():
        working(spec_of(declared), lambda row: row["id"], declared.soort)
    for declared in terms().values():
        seen(spec_of(declared))
    table(Publicatie).seen = {"versie_id", "slug"}
    table(DodeLink).seen = {"adres", "gezien_op"}
    table(Insluitdomein).seen = {"domein"}
    table(Editiebestand).seen = {"som"}
    # Whatever else there is counts for nothing.
    for model in (*apps.get_models(include_auto_created=True),):
        app = apps.get_app_config(model._meta.app_label)
        if app.name in {*settings.LOCAL_APPS, "django.contrib.auth", "taggit"}:
            table(model)
    # These are the number itself.
    for model in (Nummer, Wijziging):
        del found[model._meta.db_table]
    return found


TABLES = held()


# What is noted


@dataclass
class Noted:
    """What a change did: how often the number rose, and whose revisie."""

    number: int
    raised: set[Record]


def revisions() -> dict[Record, int]:
    each = [
        f"SELECT '{soort}', id, revisie FROM {declared.model._meta.db_table}"  # noqa: S608
        for soort, declared in wholes().items()
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each))
        return {(soort, pk): revisie for soort, pk, revisie in cursor.fetchall()}


def noted(change: Callable[[], Any]) -> Noted:
    before, number = revisions(), read().inhoud
    change()
    raised = {r for r, n in revisions().items() if n != before.get(r, 0)}
    return Noted(read().inhoud - number, raised)


def execute(sql: str, *values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


def other_values(f: models.Field, now: Any) -> Iterator[Any]:
    """Values that the column can have instead; one of them fits its rules."""
    if f.is_relation:
        others = f.related_model._default_manager.exclude(pk=now).order_by("-pk")
        yield from others.values_list("pk", flat=True)[:40]
        yield make(f.related_model).pk
    elif f.choices:
        yield from (value for value, _ in f.flatchoices)
    elif isinstance(f, models.BooleanField):
        yield from (True, False)
    elif isinstance(f, models.IntegerField):
        yield from (7, 77, 1, 0)
    elif isinstance(f, models.DateTimeField):
        yield datetime(2001, 2, 3, tzinfo=UTC)
    elif isinstance(f, models.DateField):
        yield date(2001, 2, 3)
    elif isinstance(f, DeeldatumField):
        yield from ("2001", "2031")
    elif isinstance(f, models.UUIDField):
        yield UUID(int=7)
    elif isinstance(f, models.BinaryField):
        yield b"anders"
    elif isinstance(f, models.URLField):
        yield "https://anders.example/"
    else:
        yield from ("anders", "1")
    if f.null:
        yield None
    elif f.empty_strings_allowed:
        yield ""


def update(table: Table, row: Row, f: models.Field) -> Noted | None:
    """Change a column to anything else; None when its rules allow nothing else."""
    for value in other_values(f, row[f.column]):
        if value == row[f.column] or str(value) == str(row[f.column]):
            continue
        sql = f"UPDATE {table.name} SET {f.column} = %s WHERE {table.key} = %s"  # noqa: S608
        stored = f.get_db_prep_save(value, connection)
        try:
            with transaction.atomic():
                return noted(lambda: execute(sql, stored, row[table.key]))  # noqa: B023
        except IntegrityError:
            continue
    return None


def make(model: type[models.Model]) -> models.Model:
    uuids = [f for f in model._meta.concrete_fields if isinstance(f, models.UUIDField)]
    values = {f.name: uuid4() for f in uuids if not f.has_default()}
    if model is Versie:
        values |= {"reden": "Zonder document.", "op": datetime(2001, 2, 3, tzinfo=UTC)}
    return factories.make_any(model, **values)


def rows_of(table: Table) -> list[Row]:
    """Rows that belong to something, if rows of the table do; at least one."""

    def found() -> list[Row]:
        rows = select(table.name)
        return [row for row in rows if not table.working or table.records(row)]

    return found() or ([make(table.model)] and found())


tables = pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))


@tables
def test_a_changed_column_raises_what_it_should_and_nothing_else(table):
    expected, found = {}, {}
    rows = rows_of(table)
    for f in table.model._meta.concrete_fields:
        if f.primary_key or f.column == "revisie":
            continue
        counts = f.column in table.working | table.seen
        for row in rows if counts else rows[:1]:
            with transaction.atomic():
                effect = update(table, row, f)
                (after,) = select(table.name, f"{table.key} = %s", row[table.key])
                records = table.records(row) | table.records(after)
                transaction.set_rollback(True)
            if effect:
                found[f.column] = effect
                expected[f.column] = Noted(
                    int(f.column in table.seen),
                    records if f.column in table.working else set(),
                )
                break
        assert not counts or f.column in found, f"nothing else fits in {f.column}"
    assert found == expected


@tables
def test_a_row_that_stays_the_same_raises_nothing(table):
    row = rows_of(table)[0]
    for f in table.model._meta.concrete_fields:
        same = f"{f.column} = {f.column} WHERE {table.key} = %s"
        sql = f"UPDATE {table.name} SET {same}"  # noqa: S608
        assert noted(lambda: execute(sql, row[table.key])) == Noted(0, set())  # noqa: B023


@tables
def test_a_row_that_goes_or_comes_raises_what_it_should_and_nothing_else(table):
    row = rows_of(table)[0]
    records = table.records(row)
    names, places = ", ".join(row), ", ".join(["%s"] * len(row))
    # A row that others name would not pass the check at the end of a test.
    with transaction.atomic():
        delete = f"DELETE FROM {table.name} WHERE {table.key} = %s"  # noqa: S608
        gone = noted(lambda: execute(delete, row[table.key]))
        come = noted(
            lambda: execute(
                f"INSERT INTO {table.name} ({names}) VALUES ({places})",  # noqa: S608
                *row.values(),
            )
        )
        transaction.set_rollback(True)
    number = int(bool(table.seen))
    # A record that goes takes its revisie with it.
    assert gone == Noted(number, set() if table.is_root else records)
    assert come == Noted(number, records)


def test_the_change_says_which_row_it_is_of():
    before = {*read_changes().listed}
    thema = Reflectiethema.objects.get(slug="zeggenschap")
    Reflectiethema.objects.filter(pk=thema.pk).update(kort="x")
    (change,) = {*read_changes().listed} - before
    assert change[1:] == ("aanpakken_reflectiethema", thema.pk)


# Named, so that nobody takes them away with a declaration


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda: Aanpak.objects.update(doel="Anders"), id="working copies"),
        pytest.param(lambda: Aanpak.objects.first().tags.add("nieuw"), id="a tag"),
        pytest.param(lambda: Stap.objects.all().delete(), id="parts"),
        pytest.param(
            lambda: Adrescontrole.objects.update(status="onzeker", mislukt=1),
            id="what a link check found",
        ),
        pytest.param(
            lambda: Contactpunt.objects.update(email="geheim@wijk.example"),
            id="the e-mail address of a contactpunt",
        ),
        pytest.param(lambda: User.objects.create_user("iemand"), id="an account"),
        pytest.param(lambda: list(Aanpak.objects.all()), id="reading"),
    ],
)
def test_what_readers_cannot_see_leaves_the_number(change):
    Adrescontrole.objects.create(adres="https://voorbeeld.example/")
    assert noted(change).number == 0


def add_many() -> None:
    Doelgroep.objects.bulk_create(
        Doelgroep(naam=f"Groep {n}", slug=f"groep-{n}") for n in range(3)
    )


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(add_many, id="bulk create"),
        pytest.param(lambda: Doelgroep.objects.update(toelichting="x"), id="update"),
        pytest.param(
            lambda: Bron.objects.get(slug="wijkwijzer-2024").organisaties.clear(),
            id="clear from the other side",
        ),
        pytest.param(
            lambda: Organisatie.bronnen.through.objects.all().delete(), id="relations"
        ),
        pytest.param(
            lambda: DodeLink.objects.create(
                adres="https://weg.example/", gezien_op=date(2026, 1, 1)
            ),
            id="a link that died",
        ),
        pytest.param(
            lambda: factories.withdraw(Aanpak.objects.get(slug="buurtcirkel")),
            id="a withdrawal",
        ),
    ],
)
def test_what_readers_can_see_raises_the_number(change):
    assert noted(change).number > 0


@pytest.mark.parametrize(
    "change",
    [
        {"status": "ter_beoordeling"},
        {"laatst_gecontroleerd_op": date(2026, 1, 1)},
        {"gewijzigd_op": datetime(2026, 1, 1, tzinfo=UTC)},
    ],
    ids=str,
)
def test_only_what_is_in_the_document_makes_a_working_copy_another_one(change):
    pk = Aanpak.objects.get(slug="buurtcirkel").pk
    effect = noted(lambda: Aanpak.objects.filter(pk=pk).update(**change))
    in_document = "laatst_gecontroleerd_op" in change
    assert effect == Noted(0, {("aanpak", pk)} if in_document else set())


def test_saving_a_record_again_leaves_its_revisie():
    aanpak = Aanpak.objects.get(slug="buurtcirkel")
    assert noted(aanpak.save) == Noted(0, set())


def test_a_part_that_moves_makes_both_records_other_ones():
    stap = Stap.objects.order_by("-nummer").first()
    other = Aanpak.objects.exclude(pk=stap.aanpak_id).first()
    move = Stap.objects.filter(pk=stap.pk)
    effect = noted(lambda: move.update(aanpak=other, nummer=99))
    assert effect == Noted(0, {("aanpak", stap.aanpak_id), ("aanpak", other.pk)})


def test_another_name_for_a_tag_makes_every_record_with_it_another_one():
    tag = Tag.objects.get(slug="sport")
    tagged = {("aanpak", a.pk) for a in Aanpak.objects.filter(tags=tag)}
    assert len(tagged) > 1
    rename = Tag.objects.filter(pk=tag.pk)
    assert noted(lambda: rename.update(name="sporten")) == Noted(0, tagged)


# TRUNCATE, which only PostgreSQL has


@pytest.fixture
def truncate() -> Callable[[str], Noted]:
    """Empty a table at once, and put it back."""

    def empty(table: str) -> Noted:
        with transaction.atomic():
            effect = noted(lambda: execute(f"TRUNCATE {table} CASCADE"))
            transaction.set_rollback(True)
        return effect

    return empty


def test_every_table_that_counts_notices_that_it_is_emptied():
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger "
            "WHERE tgtype & 32 <> 0 AND tgname LIKE 'wijkwijzer%'"
        )
        notice = {table for (table,) in cursor.fetchall()}
    counting = {t.name for t in TABLES.values() if (t.seen or t.working)}
    roots = {t.name for t in TABLES.values() if t.is_root}
    # Without a record, there is no revisie; and tags go with what binds them.
    assert notice == counting - roots - {"taggit_tag"}


@pytest.mark.parametrize(
    "table",
    ["aanpakken_stap", "aanpakken_aanpak_bronnen", "aanpakken_trefwoordkoppeling"],
)
def test_emptied_parts_make_every_record_of_the_kind_another_one(table, truncate):
    if connection.vendor != "postgresql":
        return
    aanpakken = {("aanpak", pk) for pk in Aanpak.objects.values_list("pk", flat=True)}
    assert truncate(table) == Noted(0, aanpakken)


def test_an_emptied_part_of_a_part_does_so_too(truncate):
    if connection.vendor != "postgresql":
        return
    dossiers = {("dossier", pk) for pk in Dossier.objects.values_list("pk", flat=True)}
    assert truncate("kennisdossier_artikel_aanpakken") == Noted(0, dossiers)


@pytest.mark.parametrize(
    "table", ["search_synoniemgroep", "wholes_publicatie", "core_organisatie_bronnen"]
)
def test_an_emptied_table_that_readers_see_raises_the_number_once(table, truncate):
    if connection.vendor != "postgresql":
        return
    assert truncate(table) == Noted(1, set())


def test_an_emptied_table_says_that_it_can_be_any_row():
    if connection.vendor != "postgresql":
        return
    before = {*read_changes().listed}
    execute("TRUNCATE search_synoniemgroep")
    new = [change[1:] for change in {*read_changes().listed} - before]
    assert new == [("search_synoniemgroep", None)]


# The triggers themselves


def make_all() -> None:
    triggers.make_all(app_config=apps.get_app_config("memory"), using="default")


def test_each_trigger_has_a_name_of_its_own():
    names = [
        triggers.full_name(trigger, event)
        for trigger in triggers.all_triggers()
        for event in (*triggers.EVENTS, "TRUNCATE")
    ]
    assert len(names) == len({*names})
    assert max(map(len, names)) <= 63


def test_triggers_made_again_note_a_change_once():
    for _ in range(2):
        make_all()
    ouderen = Doelgroep.objects.filter(slug="ouderen")
    assert noted(lambda: ouderen.update(volgorde=9)).number == 1


@pytest.mark.parametrize("event", [*triggers.EVENTS, "TRUNCATE"])
def test_triggers_that_a_migration_lost_are_reported_and_come_back(event):
    postgres = connection.vendor == "postgresql"
    if event == "TRUNCATE" and not postgres:
        return
    (trigger,) = (
        t for t in triggers.all_triggers() if t.table == "aanpakken_doelgroep"
    )
    name = triggers.full_name(trigger, event)
    assert not run_checks(tags=["database"], databases=["default"])
    execute(f"DROP TRIGGER {name}{f' ON {trigger.table}' if postgres else ''}")
    (warning,) = run_checks(tags=["database"], databases=["default"])
    assert warning.id == "memory.W001"
    assert name in warning.msg
    make_all()
    assert not run_checks(tags=["database"], databases=["default"])


def test_what_has_no_trigger_is_not_noted():
    (trigger,) = (
        t for t in triggers.all_triggers() if t.table == "aanpakken_doelgroep"
    )
    on = f" ON {trigger.table}" if connection.vendor == "postgresql" else ""
    execute(f"DROP TRIGGER {triggers.full_name(trigger, 'INSERT')}{on}")
    assert noted(factories.make_doelgroep).number == 0


def test_a_new_record_begins_with_a_revisie_and_each_change_raises_it():
    dossier = Dossier.objects.create(naam="Nieuw", slug="nieuw")
    seen = []
    for naam in ("Eerste", "Tweede"):
        dossier.refresh_from_db()
        seen.append(dossier.revisie)
        Dossier.objects.filter(pk=dossier.pk).update(naam=naam)
    dossier.refresh_from_db()
    assert seen[0] < seen[1] < dossier.revisie
