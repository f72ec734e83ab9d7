"""The one way in which pages hear that what they show of readers has changed.

Whatever makes, changes or removes something that readers can see calls one of these two
inside its transaction; pages are made anew once that is committed. Only pages: what
readers send in is in no index, so nobody can cause one to be built.
"""

from __future__ import annotations

from django.core.cache import cache
from django.db import transaction

from wijkwijzer.memory.models import Nummersoort
from wijkwijzer.memory.number import fold, fold_later, raise_number

# Votes must not empty the caches of all pages: they show up this often at most.
STEMMEN_TONEN = 600


def besloten() -> None:
    """Editors showed or removed something: pages follow at once."""
    raise_number(Nummersoort.REACTIES, "besluit")
    fold_later()


def gestemd() -> None:
    """A reader voted: pages follow once in a while."""
    transaction.on_commit(_toon_stemmen)


def _toon_stemmen() -> None:
    if cache.add("reacties.stemmen_getoond", True, STEMMEN_TONEN):
        raise_number(Nummersoort.REACTIES, "stem")
        fold()
