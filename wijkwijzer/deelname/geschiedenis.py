"""The history in the admin: who did what to what readers sent in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.models import User
    from django.db.models import Model


def schrijf_op(objecten: Iterable[Model], by: User, vlag: int, tekst: str) -> None:
    """In the history of each: who did what. Holds nothing that a reader wrote."""
    LogEntry.objects.bulk_create(
        LogEntry(
            user_id=by.pk,
            content_type=ContentType.objects.get_for_model(instance),
            object_id=str(instance.pk),
            object_repr=str(instance)[:200],
            action_flag=vlag,
            change_message=tekst,
        )
        for instance in objecten
    )


def vergeet(model: type[Model], pks: Iterable[int]) -> None:
    """Delete what the history says of these records."""
    LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(model),
        object_id__in=[str(pk) for pk in pks],
    ).delete()
