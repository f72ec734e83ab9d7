"""One check at a time, on however many machines; a killed one holds up nobody long."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from wijkwijzer.core.models import Adresronde

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Longer than anything that keeps a check from saying that it is there.
GELDT = timedelta(minutes=2)


class BezetError(Exception):
    """Another check is going on."""


@contextmanager
def slot() -> Iterator[Callable[[], None]]:
    """Hold the lock; call what it gives now and then. Both can raise BezetError."""
    houder, nu = uuid4(), timezone.now()
    Adresronde.objects.get_or_create(pk=1, defaults={"bezet_tot": nu})
    vrij = Adresronde.objects.filter(pk=1, bezet_tot__lte=nu)
    if not vrij.update(houder=houder, bezet_tot=nu + GELDT):
        raise BezetError
    van_ons = Adresronde.objects.filter(pk=1, houder=houder)

    def houd_vast() -> None:
        # In a transaction of its own: others look at it.
        with transaction.atomic():
            if not van_ons.update(bezet_tot=timezone.now() + GELDT):
                raise BezetError

    try:
        yield houd_vast
    finally:
        van_ons.update(houder=None, bezet_tot=timezone.now())
