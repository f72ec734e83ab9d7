"""Changing rows in a migration that changes their table as well."""

from django.db import migrations


def change_rows(forward, backward=migrations.RunPython.noop):
    """RunPython, after which a table may be altered in the same transaction.

    PostgreSQL checks what refers to what at the end, and alters no table while it still
    has to.
    """
    return migrations.RunPython(_checked(forward), _checked(backward))


def _checked(change):
    def change_and_check(apps, schema_editor):
        change(apps, schema_editor)
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")

    return change_and_check
