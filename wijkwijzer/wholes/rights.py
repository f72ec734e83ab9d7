"""Who may show readers something: one right, and when that is set, two people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from wijkwijzer.core.rollen import PUBLICEREN
from wijkwijzer.wholes.models import Publicatie, Werkstand

if TYPE_CHECKING:
    from uuid import UUID

    from django.contrib.auth.models import AnonymousUser


def may_publish(user: User | AnonymousUser | None) -> bool:
    """Whether somebody may publish and withdraw at all. Our own commands may."""
    return user is None or user.has_perm(PUBLICEREN)


def must_be_allowed(user: User | None) -> None:
    """Raises PermissionDenied."""
    if not may_publish(user):
        raise PermissionDenied


def authors(uuid: UUID, until: int | None = None) -> list[User]:
    """Who changed a working copy since what readers see, or up to a revision."""
    seen = Publicatie.objects.filter(uuid=uuid).values_list("revisie", flat=True)
    changes = Werkstand.objects.filter(uuid=uuid, door__isnull=False)
    if (revisie := seen.first()) is not None:
        changes = changes.filter(revisie__gt=revisie)
    if until is not None:
        changes = changes.filter(revisie__lte=until)
    return [*User.objects.filter(pk__in=changes.values("door")).order_by("pk")]


def may_erase(user: User | AnonymousUser, uuid: UUID) -> bool:
    """Whether somebody may erase this concept, beside the right to erase any.

    Who writes, erases only what nobody else worked on. What came from files, and what
    a reader sent, nobody wrote here.
    """
    return may_publish(user) or [a.pk for a in authors(uuid)] == [user.pk]


def needs_another(
    uuid: UUID, by: User | AnonymousUser | None, until: int | None = None
) -> str:
    """Why this person may not publish this working copy; empty when he may."""
    if not settings.VIER_OGEN or by is None or by not in authors(uuid, until):
        return ""
    return (
        "Jij hebt dit zelf gewijzigd sinds de laatste publicatie. Laat een collega "
        "ernaar kijken: die kan het publiceren."
    )
