"""What a migration takes from the version before, which still runs while it is applied.

Of several machines one is brought up to date after the other, and going back is taking
the code of before on the tables of now. So what that code reads must be there, and what
it writes must be accepted. A migration that cannot do so says why in ``breaks``. What
SQL or Python in a migration changes is not seen here.

django-migration-linter reads the SQL that each migration makes: half a minute, with a
database, and on SQLite it sees a new table in every change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import NOT_PROVIDED, Field

Targets = dict[str, str]


@dataclass
class Table:
    columns: dict[str, Field[Any, Any]] = field(default_factory=dict)
    rules: dict[str, str] = field(default_factory=dict)


Tables = dict[str, Table]


def breaking(since: Targets) -> dict[str, tuple[list[str], str]]:
    """Per migration of ours since then: what it breaks, and why it may."""
    loader = MigrationLoader(None)
    old = tables_of(_state(loader, since))
    found = {}
    ours = {c.label for c in apps.get_app_configs() if c.name in settings.LOCAL_APPS}
    for key in _newer(loader, since):
        if key[0] not in ours:
            continue
        before = tables_of(loader.project_state(key, at_end=False))
        after = tables_of(loader.project_state(key))
        why = getattr(loader.graph.nodes[key], "breaks", "")
        found[".".join(key)] = (sorted(broken(old, before, after)), why)
    return found


def broken(old: Tables, before: Tables, after: Tables) -> Iterator[str]:
    """What the code that knows the tables ``old`` can no longer do ``after``."""
    for name in old.keys() & before.keys():
        if name not in after:
            yield f"{name}: the table is gone"
            continue
        was, now = before[name], after[name]
        for column in was.columns.keys() & old[name].columns.keys():
            if column not in now.columns:
                yield f"{name}.{column}: gone"
            elif why := _narrowed(was.columns[column], now.columns[column]):
                yield f"{name}.{column}: {why}"
        for column in now.columns.keys() - was.columns.keys():
            if _is_asked(now.columns[column]):
                yield f"{name}.{column}: new, asked and without db_default"
        for rule in now.rules.keys() - was.rules.keys():
            yield f"{name}: a new rule, {now.rules[rule]}"


def _narrowed(was: Field[Any, Any], now: Field[Any, Any]) -> str:
    if was.null and _is_asked(now):
        return "asked from now on"
    if was.get_internal_type() != now.get_internal_type():
        return "of another kind"
    if (now.max_length or 0) < (was.max_length or 0):
        return "shorter"
    return "to be unique" if now.unique and not was.unique else ""


def _is_asked(column: Field[Any, Any]) -> bool:
    return not column.null and column.db_default is NOT_PROVIDED


def _newer(loader: MigrationLoader, since: Targets) -> list[tuple[str, str]]:
    known = {
        key for target in since.items() for key in loader.graph.forwards_plan(target)
    }
    plan = loader.graph._generate_plan(loader.graph.leaf_nodes(), at_end=True)
    return [key for key in plan if key not in known]


def _state(loader: MigrationLoader, targets: Targets) -> ProjectState:
    return loader.graph.make_state(
        nodes=[*targets.items()], real_apps=loader.unmigrated_apps
    )


def tables_of(state: ProjectState) -> Tables:
    tables: Tables = {}
    for (app, model), made in state.models.items():
        if made.options.get("proxy") or made.options.get("abstract"):
            continue
        name = made.options.get("db_table") or f"{app}_{model}"
        tables[name] = Table(rules=_rules(made))
        for attribute, column in made.fields.items():
            if column.many_to_many:
                joined = getattr(column, "db_table", "") or f"{name}_{attribute}"
                tables.setdefault(joined, Table())
            else:
                suffix = "_id" if column.remote_field else ""
                tables[name].columns[column.db_column or attribute + suffix] = column
    return tables


def _rules(made: ModelState) -> dict[str, str]:
    """Constraints by what they ask, whatever they say when it is not so."""
    found = {}
    for rule in made.options.get("constraints", ()):
        _, _, said = rule.deconstruct()
        asked = {k: v for k, v in said.items() if not k.startswith("violation_")}
        found[repr(sorted(asked.items(), key=str))] = rule.name
    for together in made.options.get("unique_together", ()):
        found[repr(together)] = f"unique: {together}"
    return found
