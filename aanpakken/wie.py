"""What an actor can do: in which aanpakken they take part, and in which role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from aanpakken.models import Basis, Uitvoeringsrol
from aanpakken.whole import AanpakDocument, UitvoeringPart
from wijkwijzer.wholes.vocabulary import term_mark

if TYPE_CHECKING:
    from aanpakken.terms import ActorTerm
    from wijkwijzer.wholes.stand import Stand


class Bijdrage(NamedTuple):
    """An aanpak with all that one actor does there."""

    aanpak: AanpakDocument
    uitvoeringen: list[UitvoeringPart]


@dataclass(frozen=True)
class Rolgroep:
    """The aanpakken where an actor has the same kind of role."""

    sleutel: str
    kop: str
    bijdragen: list[Bijdrage]


# In the order of the page. Who does more than one of these stands at the first.
ROLGROEPEN = (
    ("voert-uit", "Uitvoering", {rol for rol in Uitvoeringsrol if rol.voert_uit}),
    ("werkt-mee", "Meewerken", {Uitvoeringsrol.PARTNER}),
    ("verwijst", "Mensen doorverwijzen", {Uitvoeringsrol.VERWIJZER}),
)


@dataclass(frozen=True)
class Rollen:
    """What an actor does, and on whose word. No aanpak stands there twice."""

    volgens_bron: list[Rolgroep]
    volgens_redactie: list[Bijdrage]

    @property
    def aantal(self) -> int:
        """In how many aanpakken they take part according to a source."""
        return sum(len(groep.bijdragen) for groep in self.volgens_bron)


def rollen_van(stand: Stand, actor: ActorTerm) -> Rollen:
    bits = stand.mentioning(AanpakDocument, [term_mark(actor)])
    posities = stand.records(AanpakDocument).in_order(bits)
    volgens_bron: dict[str, list[Bijdrage]] = {}
    volgens_redactie = []
    for aanpak in stand.documents(AanpakDocument, posities):
        eigen = [u for u in aanpak.uitvoeringen if u.actor is actor]
        genoemd = [u for u in eigen if u.basis == Basis.EXPLICIET]
        if genoemd:
            groep = _eerste_groep(genoemd)
            volgens_bron.setdefault(groep, []).append(Bijdrage(aanpak, genoemd))
        else:
            volgens_redactie.append(Bijdrage(aanpak, eigen))
    return Rollen(
        [
            Rolgroep(sleutel, kop, volgens_bron[sleutel])
            for sleutel, kop, _ in ROLGROEPEN
            if sleutel in volgens_bron
        ],
        volgens_redactie,
    )


def _eerste_groep(uitvoeringen: list[UitvoeringPart]) -> str:
    """The group of an aanpak, by the role that does most."""
    rollen = {u.rol for u in uitvoeringen}
    return next(sleutel for sleutel, _, van_groep in ROLGROEPEN if rollen & van_groep)
