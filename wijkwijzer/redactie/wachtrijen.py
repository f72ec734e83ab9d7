"""The queues of the start page: each is a list of the admin, with a true count.

A queue is registered once, with the rows that it holds. The list of its model then has
it as a filter (``redactie.lijst``), and the start page counts the same rows: what it
says and what the list shows cannot differ. ``redactie.werk`` registers those of all
apps; a new one is one entry there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.auth import get_permission_codename
from django.db.models import Count, Model, QuerySet, Value
from django.http import HttpRequest
from django.urls import reverse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from django.utils.safestring import SafeString

    Rijen = Callable[[QuerySet[Any], HttpRequest], QuerySet[Any]]

# In the address of a list.
WACHTRIJ = "wachtrij"


# What one is called of what a queue has several of, where that is another word.
ENKELVOUD = {
    "aanpakken": "aanpak",
    "begrippen": "begrip",
    "dossiers": "dossier",
    "interventies": "interventie",
    "inzendingen van collega’s": "inzending van een collega",
    "links": "link",
    "meldingen": "melding",
    "plannen": "plan",
    "praktijkvoorbeelden": "praktijkvoorbeeld",
    "reacties": "reactie",
    "versies": "versie",
    "vragen en antwoorden die niet verstuurd zijn": "vraag of antwoord die niet "
    "verstuurd is",
    "woorden": "woord",
}


@dataclass(frozen=True)
class Groep:
    """What the start page calls one kind of work, whatever it is about."""

    titel: str
    uitleg: str
    # In the line of what there is nothing to do in.
    kort: str


@dataclass(frozen=True)
class Item:
    """One row that the start page shows itself, to begin with at once."""

    url: str
    naam: str
    toelichting: str = ""


@dataclass(frozen=True)
class Kolom:
    """What the list of a queue says of each row; asked once for all that it shows."""

    titel: str
    lees: Callable[[Sequence[Any]], dict[Any, str | SafeString]]


@dataclass(frozen=True)
class Wachtrij:
    """Rows of one model that wait for somebody.

    ``titel`` says what they are: "aanpakken", or "verlopen". ``rijen`` takes what
    somebody may see of the model and gives what waits for him. ``recht`` is what he
    must be allowed to do with it ("change"), or a right by its whole name
    ("wholes.publiceren"), else there is no such queue. ``eerste`` gives some that the
    start page shows itself.
    """

    sleutel: str
    groep: Groep
    titel: str
    model: type[Model]
    rijen: Rijen
    recht: str = "change"
    kolom: Kolom | None = None
    eerste: Callable[[], list[Item]] | None = None

    def bij(self, aantal: int) -> str:
        """What they are, for behind their number: "aanpak" of one."""
        return ENKELVOUD.get(self.titel, self.titel) if aantal == 1 else self.titel

    @property
    def naam(self) -> str:
        """How a list calls it, that may have several."""
        several = any(self._is_beside(queue) for queue in wachtrijen())
        return f"{self.groep.titel}: {self.titel}" if several else self.groep.titel

    def _is_beside(self, other: Wachtrij) -> bool:
        same = (other.model, other.groep) == (self.model, self.groep)
        return same and other != self

    @property
    def adres(self) -> str:
        options = self.model._meta
        name = f"admin:{options.app_label}_{options.model_name}_changelist"
        return f"{reverse(name)}?{urlencode({WACHTRIJ: self.sleutel})}"

    def mag(self, request: HttpRequest) -> bool:
        """Whether somebody may do what waits here."""
        own = admin.site._registry.get(self.model)
        options, right = self.model._meta, self.recht
        if "." not in right:
            right = f"{options.app_label}.{get_permission_codename(right, options)}"
        return (
            own is not None
            and own.has_view_permission(request)
            and request.user.has_perm(right)
        )

    def gevonden(self, request: HttpRequest) -> QuerySet[Any]:
        """The rows, as the list of the model has them before anybody filters it."""
        own = admin.site._registry[self.model].get_queryset(request)
        return self.rijen(own, request).order_by()


_wachtrijen: dict[str, Wachtrij] = {}


def registreer(*new: Wachtrij) -> None:
    """Add queues; the start page has their groups in the order of registration."""
    for queue in new:
        _wachtrijen[queue.sleutel] = queue


def wachtrijen() -> list[Wachtrij]:
    return [*_wachtrijen.values()]


def van(model: type[Model], request: HttpRequest) -> list[Wachtrij]:
    """The queues of a model that somebody may work on."""
    return [w for w in wachtrijen() if w.model is model and w.mag(request)]


def tel(queues: Iterable[Wachtrij], request: HttpRequest) -> dict[str, int]:
    """How many rows each has, by its key: one query for all of them."""
    counts = [
        queue.model._default_manager.order_by()
        .filter(pk__in=rows.values("pk"))
        .values(_sleutel=Value(queue.sleutel))
        .annotate(_aantal=Count("pk"))
        .values_list("_sleutel", "_aantal")
        for queue in queues
        if not (rows := queue.gevonden(request)).query.is_empty()
    ]
    if not counts:
        return {}
    first, *others = counts
    found: dict[str, int] = dict(first.union(*others, all=True) if others else first)
    return found
