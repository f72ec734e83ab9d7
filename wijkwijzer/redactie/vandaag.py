"""The start page of the admin: what waits, and what people come to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.urls import reverse

from wijkwijzer.redactie.wachtrijen import tel, wachtrijen

if TYPE_CHECKING:
    from django.http import HttpRequest

    from wijkwijzer.redactie.wachtrijen import Groep, Item, Wachtrij


@dataclass
class Werk:
    """A group with the queues of it that hold something."""

    groep: Groep
    rijen: list[tuple[Wachtrij, int, str]] = field(default_factory=list)
    # To begin with at once: of the first queue that has some.
    eerste: list[Item] = field(default_factory=list)

    @property
    def aantal(self) -> int:
        return sum(number for _, number, _ in self.rijen)


def werk(request: HttpRequest) -> tuple[list[Werk], list[str]]:
    """What waits for whoever asks, and in what there is nothing to do for him."""
    queues = [queue for queue in wachtrijen() if queue.mag(request)]
    counts = tel(queues, request)
    groups: dict[Groep, Werk] = {}
    for queue in queues:
        group = groups.setdefault(queue.groep, Werk(queue.groep))
        if not (number := counts.get(queue.sleutel, 0)):
            continue
        group.rijen.append((queue, number, queue.bij(number)))
        if queue.eerste and not group.eerste:
            group.eerste = queue.eerste()
    waits = [group for group in groups.values() if group.rijen]
    return waits, [g.groep.kort for g in groups.values() if not g.rijen]


@dataclass(frozen=True)
class Taak:
    """Something that people come to do, in their words, and the right it takes."""

    titel: str
    adres: str
    recht: str

    @property
    def url(self) -> str:
        return reverse(f"admin:{self.adres}")


TAKEN = (
    Taak("Schrijf een nieuwe aanpak", "aanpakken_aanpak_add", "aanpakken.add_aanpak"),
    Taak(
        "Zet een interventie in het register",
        "interventies_interventie_add",
        "interventies.add_interventie",
    ),
    Taak(
        "Voeg een erkenning toe",
        "interventies_erkenning_add",
        "interventies.add_erkenning",
    ),
    Taak(
        "Schrijf een praktijkvoorbeeld",
        "kennisdossier_praktijkvoorbeeld_add",
        "kennisdossier.add_praktijkvoorbeeld",
    ),
    Taak(
        "Werk aan een dossier",
        "kennisdossier_dossier_changelist",
        "kennisdossier.change_dossier",
    ),
    Taak(
        "Leg een begrip uit",
        "kennisdossier_begrip_add",
        "kennisdossier.add_begrip",
    ),
    Taak("Voeg een bron toe", "core_bron_add", "core.add_bron"),
    Taak(
        "Voeg een afbeelding toe",
        "kennisdossier_afbeelding_add",
        "kennisdossier.add_afbeelding",
    ),
    Taak(
        "Leer de zoeker een woord",
        "search_synoniemgroep_add",
        "search.add_synoniemgroep",
    ),
    Taak(
        "Kies wie vragen van lezers krijgt",
        "kennisdossier_contactpunt_changelist",
        "kennisdossier.change_contactpunt",
    ),
    Taak(
        "Lees in of exporteer",
        "uitwisseling_invoer_changelist",
        "uitwisseling.importeren",
    ),
    Taak("Beheer wie er mag inloggen", "auth_user_changelist", "auth.change_user"),
    # Whoever may sign in may look at these; they show him only what he may see.
    Taak("Lees hoe het werkt", "handleiding", ""),
    Taak("Bekijk wie wat mag", "rollen", ""),
    Taak("Bekijk wat er veranderde", "admin_logentry_changelist", ""),
)


def taken(request: HttpRequest) -> list[Taak]:
    user = request.user
    return [taak for taak in TAKEN if not taak.recht or user.has_perm(taak.recht)]


def pagina(request: HttpRequest) -> dict[str, Any]:
    """What the template needs."""
    wacht, rust = werk(request)
    return {
        "wacht": wacht,
        "rust": rust,
        "taken": taken(request),
        "aantal_onderdelen": sum(
            own.has_view_permission(request) for own in admin.site._registry.values()
        ),
    }
