"""Migrations: triggers stand in no column's way, and nothing goes unnoticed after."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.sql import (
    emit_post_migrate_signal,
    emit_pre_migrate_signal,
)
from django.db import connection
from django.db.migrations import Migration

from aanpakken.terms import DoelgroepTerm
from aanpakken.whole import AanpakDocument
from tests import factories
from wijkwijzer.memory.models import Nummer
from wijkwijzer.memory.number import Nummers, go_on, read
from wijkwijzer.memory.triggers import (
    all_triggers,
    drop_all,
    events,
    full_name,
    make_all,
    missing,
)
from wijkwijzer.wholes.current import current_stand
from wijkwijzer.wholes.models import Publicatie


@pytest.fixture
def all_names(inhoud: None) -> set[str]:
    """Of every trigger that this database has."""
    return {
        full_name(trigger, event)
        for trigger in all_triggers()
        for event in events(connection, trigger)
    }


def told(app: str = "memory", plan: Any = (("a", "migration"),)) -> dict[str, Any]:
    """What Django says before and after it migrates."""
    return {"app_config": apps.get_app_config(app), "using": "default", "plan": plan}


def test_before_a_migration_the_triggers_go_and_after_it_they_are_back(all_names):
    plan = [(Migration("0001_proef", "memory"), False)]
    assert missing(connection) == set()
    emit_pre_migrate_signal(0, False, "default", plan=plan)
    assert missing(connection) == all_names
    emit_post_migrate_signal(0, False, "default", plan=plan)
    assert missing(connection) == set()


def test_what_a_migration_itself_changed_is_seen_after_it(inhoud):
    before = read()
    drop_all(**told())
    doelgroep = factories.make_doelgroep()
    Publicatie.objects.filter(slug="buurtcirkel").update(slug="buurtcirkels")
    assert read() == before
    make_all(**told())
    go_on(**told())
    assert read().inhoud > before.inhoud
    assert read().reacties == before.reacties
    assert current_stand().vocabulary.get(DoelgroepTerm, doelgroep.slug)
    assert current_stand().get(AanpakDocument, "buurtcirkels")


@pytest.mark.parametrize("plan", [None, []])
def test_when_there_is_nothing_to_migrate_all_stays_as_it_was(inhoud, plan):
    before = read()
    drop_all(**told(plan=plan))
    assert missing(connection) == set()
    make_all(**told(plan=plan))
    go_on(**told(plan=plan))
    assert read() == before


def test_other_apps_that_are_migrated_leave_the_triggers_alone(all_names):
    drop_all(**told("aanpakken"))
    assert missing(connection) == set()
    drop_all(**told())
    make_all(**told("aanpakken"))
    assert missing(connection) == all_names


def test_a_database_that_knows_a_part_only_gets_no_triggers(empty_database):
    call_command("migrate", "core", "0001", verbosity=0)
    assert "core_bron" in connection.introspection.table_names()
    assert missing(connection) >= {"wijkwijzer_inhoud_core_bron_update"}


def test_once_all_tables_were_emptied_changes_count_again(inhoud):
    known = read()
    Nummer.objects.all().delete()
    go_on(**told(plan=None))
    before = read()
    assert before.inhoud > known.inhoud, "nobody takes it for something older"
    factories.make_doelgroep()
    assert read() == Nummers(before.inhoud + 1, before.reacties)
    # And a second time there is nothing to make.
    go_on(**told(plan=None))
    assert read() == Nummers(before.inhoud + 1, before.reacties)
