"""What a file would change: per record the difference, and all that is wrong with it.

Nothing is written to find that out. What a file brings itself counts as there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from wijkwijzer.uitwisseling.gelezen import (
    Bestaand,
    Fout,
    Gelezen,
    Kennis,
    Lezing,
    normaal,
)
from wijkwijzer.wholes.declaration import Data, Whole, spec_of
from wijkwijzer.wholes.documents import canonical
from wijkwijzer.wholes.validation import Validator
from wijkwijzer.wholes.words import Names, RowNames, Told, told

if TYPE_CHECKING:
    from collections.abc import Callable

    Voortgang = Callable[[str, int, int], None]
    # Whether somebody may change, or add, records of a kind.
    Mag = Callable[[type[Any], bool], bool]


def stil(wat: str, gedaan: int, totaal: int) -> None:
    """Nobody watches."""


def mag_alles(model: type[Any], nieuw: bool) -> bool:
    return True


@dataclass
class Regel:
    """What happens to one record."""

    gelezen: Gelezen
    nieuw: Data
    bestaand: Bestaand | None

    @property
    def declared(self) -> type[Any]:
        return self.gelezen.declared

    @property
    def naam(self) -> str:
        return str(
            self.nieuw.get("naam") or self.nieuw.get("titel") or self.gelezen.key
        )

    @property
    def oud(self) -> Data:
        return self.bestaand.data if self.bestaand else {}

    def verschil(self, namen: Names) -> list[Told]:
        return told(self.declared, self.oud, self.nieuw, namen)


@dataclass
class Plan:
    regels: list[Regel] = field(default_factory=list)
    # Records that are as the file says.
    gelijk: list[Regel] = field(default_factory=list)
    fouten: list[Fout] = field(default_factory=list)
    lezing: Lezing = field(default_factory=Lezing)

    def namen(self) -> Names:
        """What things are called, also what the file brings."""
        nieuw = [r for r in self.regels if r.bestaand is None]
        return RowNames({(r.declared, r.gelezen.key): r.naam for r in nieuw})

    @property
    def vingerafdruk(self) -> str:
        """Another one as soon as anything would happen that was not shown."""
        som = blake2b(digest_size=16)
        for regel in self.regels:
            revisie = regel.bestaand.revisie if regel.bestaand else -1
            deel = [regel.gelezen.key, revisie, regel.oud, regel.nieuw]
            som.update(canonical(deel).encode())  # type: ignore[arg-type]
        return som.hexdigest()


class Vooruit(Validator):
    """Takes what the file brings for what is there."""

    def __init__(self, nieuw: dict[type[Any], dict[str, Data]]) -> None:
        super().__init__()
        self._nieuw = nieuw
        self._gemaakt: dict[tuple[type[Any], str], Any] = {}

    def _row(self, kind: type[Any], key: str) -> Any:
        return super()._row(kind, key) or self._nieuwe(kind, key)

    def _nieuwe(self, kind: type[Any], key: str) -> Any:
        """The row that will be there, with a key that no row has."""
        data = self._nieuw.get(kind, {}).get(key)
        if data is None:
            return None
        if (kind, key) not in self._gemaakt:
            row = kind.model(pk=-len(self._gemaakt) - 1)
            # Known before it is filled: records name each other.
            self._gemaakt[kind, key] = row
            self._instance(spec_of(kind), data, row)
        return self._gemaakt[kind, key]


def maak_plan(
    lezing: Lezing,
    kennis: Kennis,
    *,
    mag: Mag = mag_alles,
    voortgang: Voortgang = stil,
) -> Plan:
    plan = Plan(fouten=[*lezing.fouten], lezing=lezing)
    kan = [g for g in lezing.gelezen if _kan(g, plan.fouten)]
    nieuw: dict[type[Any], dict[str, Data]] = {}
    for gelezen in kan:
        bestaand = kennis.van(gelezen.declared).get(gelezen.key)
        data = normaal(spec_of(gelezen.declared), gelezen.data)
        regel = Regel(gelezen, data, bestaand)
        if bestaand is None:
            nieuw.setdefault(gelezen.declared, {})[gelezen.key] = data
        gelijk = bestaand is not None and bestaand.data == data
        (plan.gelijk if gelijk else plan.regels).append(regel)
    _keur_rechten(plan, mag)
    _keur_slugs(plan, kennis)
    keurt = Vooruit(nieuw)
    for nummer, regel in enumerate(plan.regels):
        voortgang("Nakijken", nummer, len(plan.regels))
        for probleem in keurt.problems(regel.declared, regel.nieuw):
            plan.fouten.append(regel.gelezen.fout(probleem))
        _merk_ouder(plan, regel)
    return plan


def _kan(gelezen: Gelezen, fouten: list[Fout]) -> bool:
    """Whether it is a document at all, whatever it says."""
    problemen = Validator().of_shape(gelezen.declared, gelezen.data)
    fouten += map(gelezen.fout, problemen)
    return not problemen


def _keur_rechten(plan: Plan, mag: Mag) -> None:
    gevraagd = {(r.declared.model, r.bestaand is None) for r in plan.regels}
    for model, nieuw in sorted(gevraagd, key=lambda g: (g[0].__name__, g[1])):
        if not mag(model, nieuw):
            wat = "toevoegen aan" if nieuw else "wijzigen in"
            naam = model._meta.verbose_name_plural
            plan.fouten.append(Fout("", f"Je mag niets {wat} {naam}."))


def _keur_slugs(plan: Plan, kennis: Kennis) -> None:
    """No two records of a file get one address."""
    gezien: dict[tuple[type[Any], str], str] = {}
    for regel in plan.regels:
        if issubclass(regel.declared, Whole):
            sleutel = (regel.declared, regel.nieuw["slug"])
            if sleutel in gezien:
                plan.fouten.append(
                    Fout(
                        regel.gelezen.waar(("slug",)),
                        f"De slug “{sleutel[1]}” staat er twee keer.",
                    )
                )
            gezien[sleutel] = regel.gelezen.key


def _merk_ouder(plan: Plan, regel: Regel) -> None:
    """Somebody changed it after the file was made: then the file undoes that."""
    toen, bestaand = regel.gelezen.revisie, regel.bestaand
    if toen is not None and bestaand and toen != bestaand.revisie:
        plan.lezing.opmerkingen.append(
            f"“{regel.naam}” is gewijzigd nadat dit bestand gemaakt is. Kijk of je "
            "niets van een ander ongedaan maakt."
        )
