"""A database of version 0.1.0 migrates without losing a row, and goes back.

``database_0_1_0.json.gz`` holds every table of a real one, with the whole content and
what editors and readers had done: a renamed and an archived aanpak, a concept, an
interventie that waits for review, checked links, an effect of three dossiers, money of
none, a reaction with a report, and a rating.
"""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from django.utils.html import escape
from django.utils.timezone import localdate

from aanpakken.models import Aanpak
from interventies.models import Databankvermelding, Erkenning
from kennisdossier.models import Begrip, Dossier, Effect, Financiering
from wijkwijzer.core.models import Adrescontrole, DodeLink, Status, VorigeSlug
from wijkwijzer.deelname.models import Reactie, Reactiemelding, Stem
from wijkwijzer.memory import number, triggers
from wijkwijzer.web.management import inrichting
from wijkwijzer.wholes import actions
from wijkwijzer.wholes.current import current_stand
from wijkwijzer.wholes.models import Inlading, Publicatie, Versie
from wijkwijzer.wholes.registry import wholes

FILE = Path(__file__).with_name("database_0_1_0.json.gz")
# From the top down, because the lower layers do not know who stands on them.
DOWN = (
    *("deelname", "wholes", "kennisdossier", "aanpakken", "interventies", "search"),
    *("core", "memory"),
)
VERSION_0_1_0 = {
    "core": "0001_initial",
    "search": "0001_initial",
    "interventies": "0002_regels_aangescherpt",
    "aanpakken": "0003_regels_aangescherpt",
    "kennisdossier": "0001_initial",
}
# Of Django itself: the kinds have other numbers in every database.
TYPES = "django_content_type"
# What went elsewhere, or got another number.
MOVED = {
    *("core_vorigeslug", "kennisdossier_effect", "kennisdossier_effect_dossiers"),
    *("kennisdossier_effect_aanpakken", "kennisdossier_effect_voorbeelden"),
    "kennisdossier_financiering",
}

# How PostgreSQL numbers its type for true and false.
BOOLEAN = 16

Tables = dict[str, dict[str, list[Any]]]


def read_file() -> Tables:
    tables: Tables = json.loads(gzip.decompress(FILE.read_bytes()))
    return tables


def booleans(table: str) -> set[str]:
    """SQLite gave numbers for what PostgreSQL takes as true and false only."""
    if connection.vendor != "postgresql":
        return set()
    with connection.cursor() as cursor:
        description = connection.introspection.get_table_description(cursor, table)
    return {column.name for column in description if column.type_code == BOOLEAN}


def fill(tables: Tables) -> None:
    """Put every row where it was, as a restored copy would."""
    types = {
        number: type_of(app, model) for number, app, model in tables.pop(TYPES)["rows"]
    }
    quote = connection.ops.quote_name
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        for table, found in tables.items():
            columns, yes_no = found["columns"], booleans(table)
            cursor.executemany(
                f"INSERT INTO {quote(table)} ({', '.join(map(quote, columns))}) "  # noqa: S608
                f"VALUES ({', '.join(['%s'] * len(columns))})",
                [
                    [
                        types[value]
                        if (table, column) == ("core_vorigeslug", "soort_id")
                        else bool(value)
                        if column in yes_no
                        else value
                        for column, value in zip(columns, row, strict=True)
                    ]
                    for row in found["rows"]
                ],
            )
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = DEFAULT")
            for table, found in tables.items():
                if "id" in found["columns"]:
                    sequence = f"pg_get_serial_sequence('{table}', 'id')"
                    cursor.execute(
                        f"SELECT setval({sequence}, max(id)) FROM {quote(table)}"  # noqa: S608
                    )


def type_of(app: str, model: str) -> int:
    return ContentType.objects.get_or_create(app_label=app, model=model)[0].pk


def rows_of(table: str, columns: list[str]) -> list[tuple[Any, ...]]:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(map(quote, columns))} FROM {quote(table)}"  # noqa: S608
        )
        return sorted(cursor.fetchall(), key=repr)


def content_of(tables: Tables) -> dict[str, list[tuple[Any, ...]]]:
    """What the tables of 0.1.0 hold now, as this database gives it."""
    return {
        table: rows_of(table, found["columns"])
        for table, found in tables.items()
        if table != TYPES
    }


@pytest.fixture
def old(empty_database: None) -> Tables:
    """The tables as they were in 0.1.0, filled; in a database of their own."""
    tables = read_file()
    go_to({label: VERSION_0_1_0.get(label) for label in DOWN}, others=True)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM taggit_tag")
    fill(tables)
    return tables


def go_to(targets: dict[str, str | None], *, others: bool = False) -> None:
    """Migrate these apps at once: for each by itself Django makes all models anew."""
    executor = MigrationExecutor(connection)
    leaves = executor.loader.graph.leaf_nodes() if others else []
    executor.migrate(
        [(app, name) for app, name in leaves if app not in targets]
        + [(app, name) for app, name in targets.items() if name or not others]
    )


@pytest.mark.long
def test_a_database_of_0_1_0_migrates_with_every_row_and_goes_back(
    old, settings, tmp_path, monkeypatch
):
    before = content_of(old)
    assert_a_start_migrates_and_loads_nothing(settings, tmp_path, monkeypatch)
    assert_every_row_is_there(before)
    assert_readers_see_what_they_saw()
    assert_what_was_elsewhere_came_along()
    assert triggers.missing(connection) == set()
    assert_changes_are_noticed()
    memory = apps.get_app_config("memory")
    triggers.drop_all(app_config=memory, using="default", plan=[...])
    go_to({label: VERSION_0_1_0.get(label) for label in DOWN})
    assert_old_code_can_go_on(before, content_of(old))


def assert_a_start_migrates_and_loads_nothing(
    settings: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What editors made in 0.1.0 is left alone, also by every start that follows."""
    settings.VAR_DIR = folder / "var"
    monkeypatch.setattr(inrichting.Inrichting, "collect_static", lambda self: None)
    said: list[str] = []
    for _ in range(2):
        inrichting.Inrichting(said.append).run()
    assert said == ["De database wordt klaargezet …"]
    assert not Inlading.objects.exists()


def assert_every_row_is_there(before: dict[str, list[tuple[Any, ...]]]) -> None:
    for table, rows in before.items():
        if table in MOVED or table not in connection.introspection.table_names():
            continue
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
            assert cursor.fetchone() == (len(rows),), table


def assert_readers_see_what_they_saw() -> None:
    seen = {
        soort: Publicatie.objects.filter(soort=soort, versie__document__isnull=False)
        for soort in wholes()
    }
    assert {soort: found.count() for soort, found in seen.items()} == {
        "interventie": 16,
        "aanpak": 19,
        "begrip": 41,
        "praktijkvoorbeeld": 15,
        "dossier": 5,
    }
    # Each version says what its rows say, and none counts as changed.
    for soort, declared in wholes().items():
        for record in declared.model._default_manager.filter(
            status=Status.GEPUBLICEERD
        ):
            publicatie = seen[soort].get(uuid=record.uuid)
            assert actions.published_document(record) == actions.working_document(
                record
            )
            assert publicatie.revisie == record.revisie
            assert publicatie.versie.op == record.gewijzigd_op
            assert publicatie.eerste_op == record.gepubliceerd_op
    gone = Publicatie.objects.get(versie__document__isnull=True)
    assert (gone.soort, gone.slug) == ("aanpak", "vouchersysteem")
    assert gone.versie.reden == "Deze aanpak wordt niet meer gebruikt."
    current_stand.reset()
    for begrip in Begrip.objects.filter(status=Status.GEPUBLICEERD)[:2]:
        page = Client().get(f"/begrippen/{begrip.slug}/").content.decode()
        assert escape(begrip.naam) in page
    assert not Versie.objects.filter(
        uuid=Aanpak.objects.get(slug="slagkracht-in-de-wijk").uuid
    ).exists()


def assert_what_was_elsewhere_came_along() -> None:
    renamed = Aanpak.objects.get(slug="theater-in-de-wijk")
    assert [*VorigeSlug.objects.values_list("soort", "slug", "uuid")] == [
        ("aanpak", "wijktheater", renamed.uuid)
    ]
    assert {
        (c.status, localdate(c.nagekeken_op)) for c in Adrescontrole.objects.all()
    } == {
        ("goed", date(2026, 11, 20)),
        ("dood", date(2026, 11, 21)),
        ("goed", date(2026, 11, 22)),
    }
    (dood,) = DodeLink.objects.all()
    assert dood.gezien_op == date(2026, 11, 21)
    # Seven effects, of which one stood with three dossiers.
    assert Effect.objects.count() == 9
    assert Financiering.objects.count() == 11
    for model in (Erkenning, Databankvermelding):
        for interventie in {row.interventie_id for row in model.objects.all()}:
            places = model.objects.filter(interventie=interventie)
            numbers = sorted(places.values_list("volgorde", flat=True))
            assert numbers == [*range(1, len(numbers) + 1)]
    assert Reactie.objects.get().dossier == Dossier.objects.order_by("pk").first()
    assert Reactiemelding.objects.get().reactie == Reactie.objects.get()
    assert Stem.objects.get().waarde == 4


def assert_changes_are_noticed() -> None:
    aanpak = Aanpak.objects.get(slug="abcd")
    before = number.read().inhoud
    current_stand.reset()
    current_stand()
    aanpak.naam = "ABCD en meer"
    aanpak.save()
    assert number.read().inhoud == before
    actions.publish(record=aanpak, by=None)
    assert number.read().inhoud == before + 1


def assert_old_code_can_go_on(
    before: dict[str, list[tuple[Any, ...]]], after: dict[str, list[tuple[Any, ...]]]
) -> None:
    """What 0.1.0 knew is there again, but for the one change made above."""
    for table, rows in before.items():
        if table in MOVED or table == "aanpakken_aanpak":
            assert len(after[table]) >= len(rows), table
        else:
            assert after[table] == rows, table
    with connection.cursor() as cursor:
        # No trigger is left that writes to what is not there any more.
        cursor.execute(
            "UPDATE aanpakken_aanpak SET naam = 'Anders' WHERE slug = 'abcd'"
        )
        assert cursor.rowcount == 1
