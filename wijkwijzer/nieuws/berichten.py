"""What happened, as the page tells it: with words, an address, and what differs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Subquery
from django.utils.formats import date_format

from interventies.whole import InterventieDocument
from wijkwijzer.nieuws.gebeurd import Wat, begin_van, hier
from wijkwijzer.nieuws.verschil import verschillen
from wijkwijzer.wholes.actions import document_of
from wijkwijzer.wholes.models import Publicatie, Versie

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from interventies.whole import Geldigheid
    from wijkwijzer.nieuws.gebeurd import Gebeurtenis
    from wijkwijzer.nieuws.verschil import Verschil
    from wijkwijzer.wholes.declaration import Data, Whole
    from wijkwijzer.wholes.stand import Stand
    from wijkwijzer.wholes.withdrawn import Withdrawn

SOORTEN = {
    "aanpak": "Aanpak",
    "interventie": "Register van databanken",
    "dossier": "Dossier",
    "praktijkvoorbeeld": "Praktijkvoorbeeld",
    "begrip": "Begrip",
}
# Of a record that changed much, so many differences are told.
VERSCHILLEN = 6


@dataclass
class Bericht:
    """One thing that happened, in words.

    ``verschillen`` is None of what was not there on the day that is compared with. Then
    a change has a ``tekst``, unless it was there before that and came back.
    """

    wat: Wat
    soort: str
    dag: date
    naam: str
    adres: str = ""
    tekst: str = ""
    reden: str = ""
    verlopen: Sequence[Geldigheid] = ()
    verschillen: list[Verschil] | None = None
    nog_meer: int = 0

    @property
    def stijl(self) -> str:
        """What the stylesheet calls it."""
        return self.wat.name.lower()


def berichten(
    stand: Stand, gebeurd: Sequence[Gebeurtenis], sinds: date
) -> list[Bericht]:
    """What happened, in words; some six queries, whatever happened."""
    er_nog = [g for g in gebeurd if g.weg is None]
    documenten = stand.together([(g.declared, g.positie) for g in er_nog])
    gewijzigd = [g for g in er_nog if g.wat is Wat.GEWIJZIGD and not g.eerst]
    toen_en_nu = _toen_en_nu(stand, gewijzigd, sinds)
    namen = _namen([g.weg for g in gebeurd if g.weg])
    van = dict(zip(er_nog, documenten, strict=True))
    return [
        _van_weg(g, g.weg, namen)
        if g.weg
        else _van_document(stand, g, van[g], toen_en_nu)
        for g in gebeurd
    ]


def _van_weg(g: Gebeurtenis, weg: Withdrawn, namen: dict[Any, str]) -> Bericht:
    naam = namen.get(weg.uuid, weg.slug)
    return Bericht(g.wat, SOORTEN[g.declared.soort], g.dag, naam, reden=weg.reden)


def _van_document(
    stand: Stand,
    g: Gebeurtenis,
    document: Whole,
    toen_en_nu: dict[str, tuple[Data | None, Data]],
) -> Bericht:
    bericht = Bericht(
        g.wat,
        SOORTEN[g.declared.soort],
        g.dag,
        document.naam,
        adres=document.get_absolute_url(),
    )
    if g.wat is Wat.VERLOPEN and isinstance(document, InterventieDocument):
        bericht.verlopen = verlopen_op(document, g.dag, stand.day)
    elif g.wat is Wat.NIEUW:
        bericht.tekst = kort(stand, document)
    elif g.eerst:
        dag = date_format(g.eerst, "j F Y")
        bericht.tekst = f"Nieuw op {dag}. {kort(stand, document)}"
    elif paar := toen_en_nu.get(document.uuid.hex):
        toen, nu = paar
        if toen is not None:
            alle = verschillen(stand, g.declared, toen, nu)
            bericht.verschillen = alle[:VERSCHILLEN]
            bericht.nog_meer = len(alle) - len(bericht.verschillen)
    return bericht


def kort(stand: Stand, document: Whole) -> str:
    """What a record is, in a sentence of its own."""
    if isinstance(document, InterventieDocument):
        return "; ".join(map(_erkend, document.geldigheden(stand.day)))
    tekst = getattr(document, "samenvatting", "") or getattr(document, "definitie", "")
    return str(tekst)


def _erkend(geldigheid: Geldigheid) -> str:
    """A recognition is never told without whether it still holds."""
    niveau = f", {geldigheid.niveau.naam}" if geldigheid.niveau else ""
    databank = geldigheid.erkenning.databank.voluit
    return f"{databank}{niveau}: {geldigheid.in_woorden}"


def verlopen_op(
    document: InterventieDocument, dag: date, vandaag: date
) -> list[Geldigheid]:
    """The recognitions of which ``dag`` was the first day that they had ended."""
    return [g for g in document.geldigheden(vandaag) if g.erkenning.einddag == dag]


def _toen_en_nu(
    stand: Stand, gewijzigd: Sequence[Gebeurtenis], sinds: date
) -> dict[str, tuple[Data | None, Data]]:
    """Per uuid the document before ``sinds`` and the one that readers see now.

    Instead of the first None, when readers did not see it then. Two queries.
    """
    if not gewijzigd:
        return {}
    nu = {
        record.uuid: record.version
        for g in gewijzigd
        if (record := stand.records(g.declared)[g.positie])
    }
    laatste = Versie.objects.filter(
        uuid=OuterRef("uuid"), op__lt=hier(begin_van(sinds))
    ).order_by("-nummer")
    toen = {
        uuid.hex: versie
        for uuid, versie in Publicatie.objects.filter(uuid__in=[*nu])
        .annotate(toen=Subquery(laatste.values("pk")[:1]))
        .values_list("uuid", "toen")
    }
    versies = Versie.objects.in_bulk([*nu.values(), *filter(None, toen.values())])
    found = {}
    for uuid, versie in nu.items():
        document = document_of(versies[versie])
        eerder = versies.get(toen.get(uuid) or 0)
        if document is not None:
            found[uuid] = (document_of(eerder) if eerder else None, document)
    return found


def _namen(weg: Sequence[Withdrawn]) -> dict[Any, str]:
    """How what is gone was called, by uuid. One query, when there is any."""
    if not weg:
        return {}
    laatste = (
        Versie.objects.filter(uuid=OuterRef("uuid"), document__isnull=False)
        .order_by("-nummer")
        .values("pk")[:1]
    )
    rows = Publicatie.objects.filter(uuid__in=[w.uuid for w in weg])
    versies = Versie.objects.filter(
        pk__in=rows.annotate(laatste=Subquery(laatste)).values("laatste")
    )
    documenten = {versie.uuid: document_of(versie) for versie in versies}
    return {uuid: data["naam"] for uuid, data in documenten.items() if data}
