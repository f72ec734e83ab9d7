"""The table of roles, as people read it: who may do what, and who has which role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Group

from wijkwijzer.core.rollen import ONDERDELEN, Onderdeel, Recht, Rol

if TYPE_CHECKING:
    from django.http import HttpRequest

GEEN, ALLEEN, JA = "–", "alleen bekijken", "ja"


@dataclass(frozen=True)
class Rij:
    onderdeel: Onderdeel
    cellen: list[str]


def _cel(onderdeel: Onderdeel, rol: Rol) -> str:
    if onderdeel.recht:
        return JA if rol in onderdeel.wie else GEEN
    rights = onderdeel.mag(rol)
    if not rights or rights == {Recht.BEKIJKEN}:
        return ALLEEN if rights else GEEN
    return ", ".join(recht.in_woorden for recht in Recht if recht in rights)


def pagina(request: HttpRequest) -> dict[str, Any]:
    """What the template needs. Who has a role is told to who may look at people."""
    people: dict[str, list[str]] = {}
    if request.user.has_perm("auth.view_user"):
        groups = Group.objects.filter(name__in=Rol).prefetch_related("user_set")
        people = {
            group.name: [
                user.get_full_name() or user.username
                for user in group.user_set.all()
                if user.is_active
            ]
            for group in groups
        }
    mine = {*request.user.groups.values_list("name", flat=True)}
    return {
        "rollen": [(rol, people.get(rol, []), rol in mine) for rol in Rol],
        "rijen": [Rij(part, [_cel(part, rol) for rol in Rol]) for part in ONDERDELEN],
        "toont_mensen": bool(people),
        "alles": request.user.is_superuser,
    }
