"""The wijkplan as a form: it keeps nothing, and gives back all that was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from aanpakken.keuze import WAAROM
from wijkwijzer.core.tekens import maak_schoon
from wijkwijzer.publicatie.werkblad import (
    BOUWSTENEN,
    MAX_REDEN,
    MAX_REGEL,
    MAX_TAAK,
    MAX_TEKST,
    TAAKVELDEN,
    TAKEN,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aanpakken.keuze import Keuze
    from aanpakken.whole import AanpakDocument
    from wijkwijzer.publicatie.werkblad import Bouwsteen, Vak

TE_LANG = (
    "Dit zijn %(show_value)s tekens; er passen er %(limit_value)s in. Maak het korter."
)


class Planformulier(forms.Form):
    """The questions of the worksheet, and one for each aanpak that was picked."""

    titel = forms.CharField(
        label="Naam van de wijk of het plan", max_length=MAX_REGEL, required=False
    )
    makers = forms.CharField(
        label="Wie maken dit plan?",
        max_length=MAX_REGEL,
        required=False,
        help_text="Noem liever organisaties en functies dan namen van mensen.",
    )
    # Of the answer that shows this form.
    status = 200

    def __init__(
        self,
        keuze: Keuze,
        data: Mapping[str, str] | None = None,
        initial: Mapping[str, str] | None = None,
    ) -> None:
        self.aanpakken = keuze.aanpakken
        redenen = {f"{WAAROM}{slug}": reden for slug, reden in keuze.redenen.items()}
        super().__init__(data, initial={**redenen, **(initial or {})})
        for bouwsteen in BOUWSTENEN:
            for vak in bouwsteen.vakken:
                self.fields[vak.naam] = _tekst(vak.kop, MAX_TEKST, vak.hulp)
        for aanpak in self.aanpakken:
            self.fields[f"{WAAROM}{aanpak.slug}"] = _tekst(
                f"Waarom past {aanpak.naam} hier?", MAX_REDEN, rijen=2
            )
        for rij in range(1, TAKEN + 1):
            for naam, kop in TAAKVELDEN.items():
                self.fields[f"{naam}-{rij}"] = forms.CharField(
                    label=kop, max_length=MAX_TAAK, required=False
                )
        for veld in self.fields.values():
            veld.error_messages["max_length"] = TE_LANG
            veld.widget.attrs |= {"autocomplete": "off"}
        if data is not None:
            self.data = {naam: self._schoon(naam, data) for naam in self.fields}

    def _schoon(self, naam: str, data: Mapping[str, str]) -> str:
        regels = isinstance(self.fields[naam].widget, forms.Textarea)
        return maak_schoon(data.get(naam, ""), regels=regels)[0]

    def kan_nu_niet(self, reden: str, *, status: int) -> None:
        """Nothing is wrong with what was written, but it cannot be taken now."""
        self.add_error(None, reden)
        self.status = status

    @property
    def fouten(self) -> list[tuple[str, str]]:
        """What is wrong, each with the id of its field; empty when it is of none."""
        algemeen = [("", str(fout)) for fout in self.non_field_errors()]
        return algemeen + [
            (veld.id_for_label, f"{veld.label}: {fout}")
            for veld in self
            for fout in veld.errors
        ]

    # For the page

    def bouwstenen(
        self,
    ) -> Iterator[tuple[Bouwsteen, list[tuple[Vak, forms.BoundField]]]]:
        for bouwsteen in BOUWSTENEN:
            yield bouwsteen, [(vak, self[vak.naam]) for vak in bouwsteen.vakken]

    def redenen(self) -> Iterator[tuple[AanpakDocument, forms.BoundField]]:
        for aanpak in self.aanpakken:
            yield aanpak, self[f"{WAAROM}{aanpak.slug}"]

    def taken(self) -> Iterator[list[forms.BoundField]]:
        for rij in range(1, TAKEN + 1):
            yield [self[f"{naam}-{rij}"] for naam in TAAKVELDEN]


def _tekst(kop: str, hoogstens: int, hulp: str = "", rijen: int = 4) -> forms.CharField:
    return forms.CharField(
        label=kop,
        max_length=hoogstens,
        required=False,
        help_text=hulp,
        widget=forms.Textarea({"rows": rijen, "cols": False}),
    )
