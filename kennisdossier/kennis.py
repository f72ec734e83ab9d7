"""What the knowledge has to say about each record: read from the other side.

A dossier names aanpakken and examples, an example names aanpakken. Their pages say by
whom they are named. It all follows from versions that readers see, so what a concept
names appears nowhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from aanpakken.models import Basis
from aanpakken.whole import AanpakDocument
from kennisdossier.markering import Begrippenlijst
from kennisdossier.whole import (
    AandachtspuntPart,
    ArtikelPart,
    BegripDocument,
    DossierDocument,
    EffectPart,
    FinancieringPart,
    PraktijkvoorbeeldDocument,
    TipPart,
)
from wijkwijzer.wholes.collection import name_key

if TYPE_CHECKING:
    from wijkwijzer.wholes.declaration import Ref, Whole
    from wijkwijzer.wholes.stand import Stand


class Verwijzing(NamedTuple):
    """A record elsewhere on the site, and why it is named here."""

    titel: str
    url: str
    toelichting: str = ""
    # Whether an editor sees the relation, and no source.
    redactioneel: bool = False


@dataclass
class Erbij:
    """What is said elsewhere about one record, in the order of the pages."""

    aanpakken: list[Verwijzing] = field(default_factory=list)
    voorbeelden: list[Verwijzing] = field(default_factory=list)
    dossiers: list[Verwijzing] = field(default_factory=list)
    onderdelen: list[PraktijkvoorbeeldDocument] = field(default_factory=list)
    effecten: list[EffectPart] = field(default_factory=list)
    tips: list[TipPart] = field(default_factory=list)
    financieringen: list[FinancieringPart] = field(default_factory=list)

    def noem(self, soort: str, verwijzing: Verwijzing) -> None:
        """Add a reference; the first reason to name a record is the one shown."""
        lijst: list[Verwijzing] = getattr(self, soort)
        if verwijzing.url not in {bekend.url for bekend in lijst}:
            lijst.append(verwijzing)


class Kennis:
    """Everything at once, so that all pages of one stand agree."""

    def __init__(self, stand: Stand) -> None:
        self.begrippen = Begrippenlijst(stand.all(BegripDocument))
        self.dossiers = stand.all(DossierDocument)
        self._erbij: dict[UUID, Erbij] = defaultdict(Erbij)
        for voorbeeld in stand.all(PraktijkvoorbeeldDocument):
            self._lees_voorbeeld(voorbeeld)
        for dossier in self.dossiers:
            for artikel in dossier.artikelen:
                self._lees_artikel(dossier, artikel)
            self._lees_lessen(dossier)

    def erbij(self, document: Whole) -> Erbij:
        """What is said about a record."""
        return self._erbij.get(document.uuid) or Erbij()

    def aandachtspunten(self) -> list[tuple[DossierDocument, AandachtspuntPart]]:
        """What a gemeente should pay attention to, with the dossier that says so."""
        return [(d, punt) for d in self.dossiers for punt in d.aandachtspunten]

    def _lees_voorbeeld(self, voorbeeld: PraktijkvoorbeeldDocument) -> None:
        if geheel := voorbeeld.onderdeel_van:
            self._erbij[geheel.uuid].onderdelen.append(voorbeeld)
        for koppeling in voorbeeld.koppelingen:
            self._erbij[koppeling.aanpak.uuid].noem(
                "voorbeelden",
                Verwijzing(
                    voorbeeld.naam,
                    voorbeeld.get_absolute_url(),
                    koppeling.reden,
                    koppeling.basis == Basis.REDACTIONEEL,
                ),
            )

    def _lees_artikel(self, dossier: DossierDocument, artikel: ArtikelPart) -> None:
        hierheen = Verwijzing(
            dossier.naam,
            f"{dossier.get_absolute_url()}#{artikel.slug}",
            f"bij “{artikel.naam}”",
        )
        erbij = self._erbij[dossier.uuid]
        for soort, refs in (
            ("aanpakken", artikel.aanpakken),
            ("voorbeelden", artikel.voorbeelden),
        ):
            for record in zichtbaar(refs):
                erbij.noem(
                    soort,
                    Verwijzing(
                        record.naam, record.get_absolute_url(), record.samenvatting
                    ),
                )
                andersom = self._erbij[record.uuid]
                # One line per dossier: its first article that names the record.
                if not any(v.titel == dossier.naam for v in andersom.dossiers):
                    andersom.noem("dossiers", hierheen)

    def _lees_lessen(self, dossier: DossierDocument) -> None:
        for effect in dossier.effecten:
            for ref in (*effect.aanpakken, *effect.voorbeelden):
                self._erbij[ref.uuid].effecten.append(effect)
        for tip in dossier.tips:
            if tip.voorbeeld:
                self._erbij[tip.voorbeeld.uuid].tips.append(tip)
        for geld in dossier.financieringen:
            for doel in (geld.aanpak, geld.voorbeeld):
                if doel:
                    self._erbij[doel.uuid].financieringen.append(geld)


def zichtbaar(
    refs: Iterable[Ref[AanpakDocument | PraktijkvoorbeeldDocument]],
) -> list[Any]:
    """What readers see of the records that a document names, by name."""
    records = [record for ref in refs if (record := ref.get())]
    return sorted(records, key=name_key)


def kennis(stand: Stand) -> Kennis:
    return stand.derived(Kennis)
