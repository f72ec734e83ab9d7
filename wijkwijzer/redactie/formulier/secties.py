"""The sections of a form, in the order of the page, and what must be mended in each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib.admin.helpers import AdminReadonlyField
from django.contrib.admin.utils import flatten
from django.utils.text import capfirst, slugify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# With more kinds of parts than this a form would be long: they begin closed.
OPEN_DELEN = 3


@dataclass
class Fout:
    """One thing to mend: what, and where."""

    tekst: str
    veld: str
    naar: str = ""


@dataclass
class Sectie:
    id: str
    naam: str
    open: bool
    fieldset: Any = None
    delen: Any = None
    aantal: int = 0
    foutlijst: list[Fout] = field(default_factory=list)

    @property
    def fouten(self) -> int:
        return len(self.foutlijst)


def secties_van(
    adminform: Any,
    inlines: Sequence[Any],
    volgorde: Sequence[str] = (),
    nieuwe_rij: str = "",
) -> list[Sectie]:
    """Fieldsets and parts, as the page has them; what ``volgorde`` does not name, last.

    ``nieuwe_rij`` is the prefix of the parts to which one was just added.
    """
    dicht = len(inlines) > OPEN_DELEN
    gevonden = [_fieldset(fieldset) for fieldset in adminform]
    gevonden += [_delen(delen, dicht=dicht) for delen in inlines]
    for sectie in gevonden:
        prefix = sectie.delen and sectie.delen.formset.prefix
        sectie.open |= bool(sectie.fouten) or (prefix == nieuwe_rij != "")
    plaats = {sleutel: i for i, sleutel in enumerate(volgorde)}
    if not plaats:
        return gevonden
    begin, *rest = gevonden
    slot = [s for s in rest if s.fieldset and s.naam == "Publicatie"]
    midden = [s for s in rest if s not in slot]
    midden.sort(key=lambda s: plaats.get(_sleutel(s), len(plaats)))
    return [begin, *midden, *slot]


def _sleutel(sectie: Sectie) -> str:
    return sectie.delen.formset.prefix if sectie.delen else sectie.naam


def _naam_van_het_begin(fieldset: Any) -> str:
    """What has an address begins with its name and that; else by what it is."""
    heeft_adres = "slug" in flatten(fieldset.fields)
    wat = fieldset.model_admin.opts.verbose_name
    return "Naam en adres" if heeft_adres else str(capfirst(wat))


def _fieldset(fieldset: Any) -> Sectie:
    naam = str(fieldset.name or _naam_van_het_begin(fieldset))
    fouten = [
        Fout(str(fout), _label(bound), bound.id_for_label)
        for line in fieldset
        for v in line
        if not isinstance(v, AdminReadonlyField)
        for bound in [v.field]
        for fout in bound.errors
    ]
    return Sectie(f"sectie-{slugify(naam)}", naam, True, fieldset, foutlijst=fouten)


def _delen(delen: Any, *, dicht: bool) -> Sectie:
    formset = delen.formset
    naam = str(capfirst(delen.opts.verbose_name_plural))
    groep = f"{formset.prefix}-group"
    fouten = [Fout(str(f), naam, groep) for f in formset.non_form_errors()]
    for i, form in enumerate(formset.forms, start=1):
        fouten += [*_van_rij(form, f"{naam} {i}", groep)]
    getypt = formset.is_bound and any(form.has_changed() for form in formset.forms)
    return Sectie(
        f"sectie-{formset.prefix}",
        naam,
        getypt or not dicht,
        delen=delen,
        aantal=len(formset.forms),
        foutlijst=fouten,
    )


def _van_rij(form: Any, waar: str, groep: str) -> Iterator[Fout]:
    eerste = next((b for b in form if not b.is_hidden), None)
    naar = eerste.id_for_label if eerste else groep
    for fout in form.non_field_errors():
        yield Fout(str(fout), waar, naar)
    for naam, fouten in form.errors.items():
        if naam in form.fields:
            bound = form[naam]
            for fout in fouten:
                yield Fout(str(fout), f"{waar}, {_label(bound)}", bound.id_for_label)


def _label(bound: Any) -> str:
    return str(bound.label).lower() if bound.name != "slug" else "slug"


def alle_fouten(form: Any, secties: Iterable[Sectie]) -> list[Fout]:
    """For the summary above the form; with links to what is to be mended."""
    overig = [Fout(str(fout), "", "") for fout in form.non_field_errors()]
    return [*overig, *(fout for sectie in secties for fout in sectie.foutlijst)]
