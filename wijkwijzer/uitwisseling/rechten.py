"""Who may bring in what, and who may let readers see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_permission_codename

from wijkwijzer.wholes.rights import may_publish

if TYPE_CHECKING:
    from django.contrib.auth.models import User

IMPORTEREN = "uitwisseling.importeren"


def _mag(user: User, wat: str, model: type[Any]) -> bool:
    codename = get_permission_codename(wat, model._meta)
    return user.has_perm(f"{model._meta.app_label}.{codename}")


def mag_zien(user: User, model: type[Any]) -> bool:
    return _mag(user, "view", model) or _mag(user, "change", model)


def mag_wijzigen(user: User, model: type[Any], *, nieuw: bool = False) -> bool:
    return _mag(user, "add" if nieuw else "change", model)


def mag_publiceren(user: User, model: type[Any]) -> bool:
    """A right of its own, beside that to change records of a kind."""
    return mag_wijzigen(user, model) and may_publish(user)
