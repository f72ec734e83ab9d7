"""The number that rises with every change to public content, whoever makes it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone as django_timezone
from taggit.models import Tag

from aanpakken.models import Aanpak, Doelgroep, Reflectiethema, Stap
from kennisdossier.apps import KennisdossierConfig
from tests import factories
from wijkwijzer.core.catalogusversie import (
    PerVersie,
    gevolgde_tabellen,
    huidige_versie,
    maak_triggers,
)
from wijkwijzer.core.models import Bron, Catalogusversie, Organisatie, VorigeSlug

pytestmark = pytest.mark.usefixtures("inhoud")

FOLLOWED = sorted(gevolgde_tabellen())


def fill(table: str) -> None:
    """Make a row if the content has none."""
    for model in apps.get_models():
        if model._meta.db_table == table and not model._default_manager.exists():
            factories.make_any(model)


def rise(change) -> int:
    before = huidige_versie()
    change()
    return huidige_versie() - before


def test_every_table_of_the_catalogue_is_followed():
    tables = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if apps.get_app_config(model._meta.app_label).name in settings.LOCAL_APPS
        and model is not Catalogusversie
        # What readers send in is not public: tests/kennisdossier/test_catalogus.py.
        and model._meta.object_name not in KennisdossierConfig.niet_gevolgd
    }
    assert {*FOLLOWED} == tables | {"taggit_tag"}


@pytest.mark.parametrize("table", FOLLOWED)
def test_plain_sql_on_a_followed_table_raises_the_number(table):
    fill(table)
    quoted = connection.ops.quote_name(table)
    # A deleted row that others name would not pass the check at the end of a test.
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {quoted} LIMIT 1")  # noqa: S608
        columns = [column[0] for column in cursor.description]
        row = cursor.fetchone()
        assert row, f"the test needs a row in {table}"
        key = row[columns.index("id")]
        names = ", ".join(connection.ops.quote_name(column) for column in columns)
        places = ", ".join(["%s"] * len(columns))

        def update():
            cursor.execute(
                f"UPDATE {quoted} SET id = id WHERE id = %s",  # noqa: S608
                [key],
            )

        def delete():
            cursor.execute(f"DELETE FROM {quoted} WHERE id = %s", [key])  # noqa: S608

        def insert():
            cursor.execute(
                f"INSERT INTO {quoted} ({names}) VALUES ({places})",  # noqa: S608
                row,
            )

        assert [rise(change) for change in (update, delete, insert)] == [1, 1, 1]
        transaction.set_rollback(True)


def add_many() -> None:
    aanpak = Aanpak.objects.get(slug="buurtcirkel")
    Stap.objects.bulk_create(
        Stap(aanpak=aanpak, nummer=number, naam="Stap") for number in range(90, 93)
    )


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda: factories.make_doelgroep(), id="insert"),
        pytest.param(lambda: Doelgroep.objects.first().save(), id="save"),
        pytest.param(lambda: factories.make_doelgroep().delete(), id="delete"),
        pytest.param(lambda: Aanpak.objects.update(doel="Anders"), id="bulk update"),
        pytest.param(lambda: Stap.objects.all().delete(), id="bulk delete"),
        pytest.param(add_many, id="bulk create"),
        pytest.param(
            lambda: Aanpak.objects.first().bronnen.add(factories.make_bron()), id="add"
        ),
        pytest.param(
            lambda: Aanpak.objects.get(slug="buurtcirkel").bronnen.clear(), id="clear"
        ),
        pytest.param(
            lambda: Bron.objects.get(slug="wijkwijzer-2024").organisaties.clear(),
            id="clear from the other side",
        ),
        pytest.param(lambda: Aanpak.objects.first().tags.add("nieuw"), id="tag"),
        pytest.param(
            lambda: Tag.objects.filter(slug="sport").update(name="sporten"),
            id="rename a tag",
        ),
        pytest.param(
            lambda: Reflectiethema.objects.filter(slug="zeggenschap").update(kort="x"),
            id="rename a term",
        ),
    ],
)
def test_a_change_through_the_orm_raises_the_number(change):
    assert rise(change) > 0


def test_clearing_relations_raises_the_number():
    assert Organisatie.bronnen.through.objects.exists()
    assert rise(lambda: Organisatie.bronnen.through.objects.all().delete()) > 0


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda: User.objects.create_user("iemand"), id="account"),
        pytest.param(lambda: list(Aanpak.objects.all()), id="reading"),
        pytest.param(
            lambda: (
                Aanpak.objects.filter(slug="bestaat-niet").update(doel="x")
                if connection.vendor == "sqlite"
                else None
            ),
            id="no row (SQLite)",
        ),
    ],
)
def test_what_readers_cannot_see_leaves_the_number(change):
    assert rise(change) == 0


def test_a_rolled_back_change_does_not_count():
    def change_and_think_better():
        with transaction.atomic():
            assert rise(lambda: Aanpak.objects.update(doel="Anders")) > 0
            transaction.set_rollback(True)

    assert rise(change_and_think_better) == 0


def test_triggers_made_again_count_a_change_once():
    for _ in range(2):
        maak_triggers(app_config=apps.get_app_config("core"), using="default")
    assert (
        rise(lambda: Doelgroep.objects.filter(slug="ouderen").update(volgorde=9)) == 1
    )


def test_triggers_come_back_when_a_migration_lost_them():
    table = "aanpakken_doelgroep"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP TRIGGER catalogusversie ON {table}")
        else:
            for event in ("insert", "update", "delete"):
                cursor.execute(f"DROP TRIGGER catalogusversie_{table}_{event}")
    assert rise(factories.make_doelgroep) == 0
    maak_triggers(app_config=apps.get_app_config("core"), using="default")
    assert rise(factories.make_doelgroep) == 1


def test_without_its_row_the_number_is_0_and_the_next_change_starts_it():
    Catalogusversie.objects.all().delete()
    assert huidige_versie() == 0
    factories.make_doelgroep()
    assert huidige_versie() == 1


def test_a_number_reads_as_itself():
    assert str(Catalogusversie(versie=7)) == "7"


# What is built per version


@pytest.fixture
def built():
    """Something built per version, and the days for which it was built."""
    days: list = []

    def build(day):
        days.append(day)
        return Doelgroep.objects.count()

    per_version = PerVersie(build)
    yield per_version, days
    PerVersie._alle.remove(per_version)


def test_it_is_built_once_as_long_as_nothing_changes(built, django_assert_num_queries):
    per_version, days = built
    first = per_version()
    with django_assert_num_queries(1):  # the number
        assert per_version() == first
    assert len(days) == 1


def test_it_is_built_anew_after_a_change(built):
    per_version, days = built
    first = per_version()
    factories.make_doelgroep()
    assert per_version() == first + 1
    assert len(days) == 2


def test_it_is_built_anew_on_another_day(built):
    per_version, days = built
    # It is never the same day in both.
    for hours in (14, -12):
        with django_timezone.override(timezone(timedelta(hours=hours))):
            per_version()
            per_version()
    assert len(days) == 2
    assert days[0] > days[1]
    assert abs(days[0] - datetime.now(tz=UTC).date()) <= timedelta(days=1)


def test_what_is_forgotten_is_built_anew(built):
    per_version, days = built
    per_version()
    PerVersie.vergeet_alles()
    per_version()
    assert len(days) == 2


def test_an_old_slug_is_public_content_too():
    aanpak = factories.make_aanpak(slug="eerste")
    aanpak.slug = "tweede"
    aanpak.save()
    assert rise(lambda: VorigeSlug.objects.all().delete()) > 0
