"""What readers say, on the page of what it is about."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wijkwijzer.deelname.models import Reactie, Stem

if TYPE_CHECKING:
    from wijkwijzer.deelname.models.stem import Waardering
    from wijkwijzer.wholes.declaration import Whole

# Whether the answer that is being made shows what readers say: then it follows that.
toont_lezers: ContextVar[bool] = ContextVar("toont_lezers", default=False)
# The newest; the page with the form has them all.
OP_DE_PAGINA = 10


@dataclass(frozen=True)
class Weergave:
    """The newest reactions, whether there are more, and the average of the ratings."""

    reacties: list[Reactie]
    meer: bool
    waardering: Waardering | None


def reacties_op(onderwerp: Whole) -> Weergave:
    """What readers say of a record that they see: two queries."""
    toont_lezers.set(True)
    zichtbaar = Reactie.objects.over(onderwerp).zichtbaar()
    nieuwste = list(zichtbaar.reverse()[: OP_DE_PAGINA + 1])
    return Weergave(
        reacties=nieuwste[:OP_DE_PAGINA][::-1],
        meer=len(nieuwste) > OP_DE_PAGINA,
        waardering=Stem.objects.over(onderwerp).waardering(),
    )
