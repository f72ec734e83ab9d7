"""Every migration leaves the version before at work, or says why it cannot."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import models
from django.db.migrations.operations import (
    AddConstraint,
    AddField,
    AlterField,
    CreateModel,
    DeleteModel,
    RemoveConstraint,
    RemoveField,
    RenameField,
    RenameModel,
)
from django.db.migrations.state import ProjectState

from tests.tools.migrations import breaking, broken, tables_of
from tests.wholes.test_migration import VERSION_0_1_0

pytestmark = pytest.mark.once


def test_a_migration_that_breaks_the_version_before_says_why():
    found = breaking(VERSION_0_1_0)
    assert found
    assert {name: what for name, (what, why) in found.items() if what and not why} == {}


def test_a_migration_that_breaks_nothing_says_no_such_thing():
    found = breaking(VERSION_0_1_0)
    assert [name for name, (what, why) in found.items() if why and not what] == []


FILLED = models.Q(naam__gt="")
WIJK = CreateModel(
    "wijk",
    [
        ("id", models.BigAutoField(primary_key=True)),
        ("naam", models.CharField(max_length=50)),
        ("plaats", models.CharField(max_length=50, null=True)),
        ("buren", models.ManyToManyField("self")),
    ],
    options={"constraints": [models.CheckConstraint(condition=FILLED, name="gevuld")]},
)


def what_breaks(*operations: Any) -> list[str]:
    """With a table of the version before: what it can no longer do after these."""
    before = ProjectState()
    WIJK.state_forwards("x", before)
    after = before.clone()
    for operation in operations:
        operation.state_forwards("x", after)
    was = tables_of(before)
    return sorted(broken(was, was, tables_of(after)))


def char(**kwargs: Any) -> models.CharField:
    return models.CharField(**{"max_length": 50} | kwargs)


@pytest.mark.parametrize(
    ("operation", "says"),
    [
        (RemoveField("wijk", "naam"), "x_wijk.naam: gone"),
        (RenameField("wijk", "naam", "titel"), "x_wijk.naam: gone"),
        (RemoveField("wijk", "buren"), "x_wijk_buren: the table is gone"),
        (DeleteModel("wijk"), "x_wijk: the table is gone"),
        (RenameModel("wijk", "buurt"), "x_wijk: the table is gone"),
        (AddField("wijk", "pad", char(default="")), "x_wijk.pad: new, asked"),
        (AlterField("wijk", "plaats", char()), "x_wijk.plaats: asked from now on"),
        (AlterField("wijk", "naam", char(max_length=9)), "x_wijk.naam: shorter"),
        (AlterField("wijk", "naam", char(unique=True)), "x_wijk.naam: to be unique"),
        (AlterField("wijk", "naam", models.IntegerField()), "x_wijk.naam: of another"),
        (
            AddConstraint("wijk", models.UniqueConstraint("naam", name="uniek")),
            "x_wijk: a new rule, uniek",
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_the_version_before_needs_and_loses_is_seen(operation, says):
    assert any(found.startswith(says) for found in what_breaks(operation))


@pytest.mark.parametrize(
    "operations",
    [
        [AddField("wijk", "pad", char(null=True))],
        [AddField("wijk", "pad", char(db_default=""))],
        [AddField("wijk", "leden", models.ManyToManyField("wijk"))],
        [AlterField("wijk", "naam", char(max_length=90))],
        [AlterField("wijk", "naam", char(null=True))],
        [RemoveConstraint("wijk", "gevuld")],
        # What it says when the rule is broken is of the code.
        [
            RemoveConstraint("wijk", "gevuld"),
            AddConstraint(
                "wijk",
                models.CheckConstraint(
                    condition=FILLED, name="gevuld", violation_error_message="Vul in."
                ),
            ),
        ],
        [CreateModel("buurt", [("id", models.BigAutoField(primary_key=True))])],
        # Of a table that the version before does not know.
        [
            CreateModel("buurt", [("id", models.BigAutoField(primary_key=True))]),
            AddField("buurt", "naam", char()),
        ],
    ],
    ids=lambda operations: operations[-1].describe(),
)
def test_what_the_version_before_does_not_notice_is_free(operations):
    assert what_breaks(*operations) == []
