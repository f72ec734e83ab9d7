"""The group of editors, with every right on the content and none on accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import DEFAULT_DB_ALIAS, connections, transaction

if TYPE_CHECKING:
    from django.apps import AppConfig

REDACTIE = "Redactie"
# Who is in one of these, and every superuser, proves with a second step who they are.
MET_TWEEDE_STAP = (REDACTIE, "Redacteur", "Beheerder")


def grant_editors(using: str = DEFAULT_DB_ALIAS) -> None:
    """Make the group if there is none, and give it the rights that it lacks."""
    labels = [name.rpartition(".")[2] for name in settings.LOCAL_APPS]
    with transaction.atomic(using=using):
        group, _ = Group.objects.using(using).get_or_create(name=REDACTIE)
        group.permissions.add(
            *Permission.objects.using(using).filter(
                content_type__app_label__in=[*labels, "taggit"]
            )
        )


def keep_editors(*, app_config: AppConfig, using: str, **kwargs: Any) -> None:
    """After a migration, so that a new kind of content gets its rights.

    A right that somebody took away stays away as long as nothing is migrated.
    """
    last = [app for app in apps.get_app_configs() if app.models_module][-1]
    tables = (Group._meta.db_table, Permission._meta.db_table)
    if app_config is not last:
        # Other apps make their rights after this one.
        return
    if not {*tables} <= {*connections[using].introspection.table_names()}:
        return
    groups = Group.objects.using(using).filter(name=REDACTIE)
    if kwargs.get("plan") or not groups.exists():
        grant_editors(using)
