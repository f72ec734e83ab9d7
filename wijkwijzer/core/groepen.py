"""The groups of the roles, kept as the table of ``core.rollen`` says.

Before there were roles, there was one group: Redactie. Where it is, it keeps every
right on the content, so that nobody loses any; who was in it is Redacteur and Moderator
too (migration ``core.0004_rollen``). A new site does not have it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import DEFAULT_DB_ALIAS, connections, transaction

from wijkwijzer.core.rollen import Recht, Rol, rechten_van

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.apps import AppConfig

REDACTIE = "Redactie"
# Who is in one of these, and every superuser, proves with a second step who they are.
MET_TWEEDE_STAP = (REDACTIE, Rol.REDACTEUR.value, Rol.BEHEERDER.value)


def grant_editors(using: str = DEFAULT_DB_ALIAS) -> None:
    """Make the group of before if there is none, and give it the rights it lacks."""
    labels = [name.rpartition(".")[2] for name in settings.LOCAL_APPS]
    with transaction.atomic(using=using):
        group, _ = Group.objects.using(using).get_or_create(name=REDACTIE)
        group.permissions.add(
            *Permission.objects.using(using).filter(
                content_type__app_label__in=[*labels, "taggit"]
            )
        )


def keep_roles(using: str = DEFAULT_DB_ALIAS) -> None:
    """Make the group of each role, with exactly the rights of the table."""
    with transaction.atomic(using=using):
        known = {
            f"{app}.{name}": pk
            for pk, app, name in Permission.objects.using(using).values_list(
                "pk", "content_type__app_label", "codename"
            )
        }
        for rol in Rol:
            group, _ = Group.objects.using(using).get_or_create(name=rol.value)
            wanted = rechten_van(rol) & known.keys()
            group.permissions.set(known[name] for name in wanted)


def has_roles(using: str = DEFAULT_DB_ALIAS) -> bool:
    return Group.objects.using(using).filter(name__in=Rol).count() == len(Rol)


def name_rights(using: str = DEFAULT_DB_ALIAS) -> None:
    """Call Django's rights what they are in Dutch, instead of “Can change …”."""
    rights = Permission.objects.using(using).select_related("content_type")
    changed = []
    for right in rights:
        name = _in_words(right)
        if name and name != right.name:
            right.name = name[:255]
            changed.append(right)
    Permission.objects.using(using).bulk_update(changed, ["name"])


def _in_words(right: Permission) -> str:
    action, _, name = right.codename.partition("_")
    model = right.content_type.model_class()
    if model is None or action not in {*Recht} or name != model._meta.model_name:
        return ""
    return f"Mag {model._meta.verbose_name_plural} {Recht(action).in_woorden}"


def keep_editors(*, app_config: AppConfig, using: str, **kwargs: Any) -> None:
    """After a migration, so that a new kind of content gets its rights."""
    last = [app for app in apps.get_app_configs() if app.models_module][-1]
    tables = (Group._meta.db_table, Permission._meta.db_table)
    if app_config is not last:
        # Other apps make their rights after this one.
        return
    if not {*tables} <= {*connections[using].introspection.table_names()}:
        return
    migrated = bool(kwargs.get("plan"))
    if migrated or not has_roles(using):
        keep_roles(using)
        name_rights(using)
    if migrated and Group.objects.using(using).filter(name=REDACTIE).exists():
        grant_editors(using)


def groups_of(roles: Iterable[Rol]) -> list[Group]:
    """Their groups, which migrating or inrichten made."""
    return [*Group.objects.filter(name__in=[*roles])]
