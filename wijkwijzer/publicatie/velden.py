"""Every field of an aanpak as it is printed, in the order of its declaration.

A field of the declaration that stands in none of these lists fails a test: nothing of a
record is forgotten.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from aanpakken.detail import GEVRAAGD
from aanpakken.models import Laagbasis, Linksoort, Sterkte
from wijkwijzer.publicatie.boom import (
    Blok,
    Kop,
    Stuk,
    Veld,
    alinea,
    alineas,
    lijst,
    stuk,
    zin,
)
from wijkwijzer.publicatie.bronnen import (
    adresnoot,
    bronnoot,
    leesbaar,
    noot,
)
from wijkwijzer.publicatie.oordeel import oordeel
from wijkwijzer.publicatie.regels import (
    Regel,
    achter,
    gevuld,
    nog_niet_bekend,
    op_dag,
    punten,
    redactie,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aanpakken.whole import AanpakDocument, Deelname, FeitPart, LinkPart


def velden(aanpak: AanpakDocument) -> list[Veld]:
    """What is known; what is not, on one line at the end."""
    onbekend = [
        *(naam for naam, lees in GEVRAAGD if not lees(aanpak)),
        *aanpak.onbekend_van_databanken(),
    ]
    return [*gevuld(REGELS, aanpak), *nog_niet_bekend(onbekend)]


def _naamvarianten(aanpak: AanpakDocument) -> list[Blok]:
    return [alinea(stuk(", ".join(aanpak.naamvarianten)))] * bool(aanpak.naamvarianten)


def _interventie(aanpak: AanpakDocument) -> list[Blok]:
    interventie = aanpak.zichtbare_interventie
    if aanpak.interventie and not interventie:
        return [alinea(stuk("De redactie kijkt na wat databanken hierover zeggen."))]
    if not aanpak.interventie or not interventie:
        zoek = "We vonden deze aanpak niet in een databank die interventies erkent."
        return [alinea(stuk(zoek))]
    return oordeel(interventie, aanpak.interventie.day)


def _doelgroepen(aanpak: AanpakDocument) -> list[Blok]:
    return lijst(
        [
            stuk(", ".join(filter(None, [d.doelgroep.naam, d.leeftijd])), vet=True),
            *achter(str(d.rol.label), d.omschrijving),
        ]
        for d in aanpak.doelgroepen
    )


def _vraagstukken(aanpak: AanpakDocument) -> list[Blok]:
    return lijst(
        [
            stuk(v.vraagstuk.naam, vet=True, redactie=redactie(v.basis)),
            *achter(v.reden),
        ]
        for v in aanpak.vraagstukken_op_volgorde()
    )


def _themas(aanpak: AanpakDocument) -> list[Blok]:
    return lijst(
        [
            stuk(
                t.thema.kort,
                vet=t.sterkte == Sterkte.STERK,
                redactie=redactie(t.basis),
                merk=t.thema.slug,
            ),
            *achter(
                "zijdelings" if t.sterkte == Sterkte.ZWAK else "",
                str(t.functie.label) if t.functie else "",
                t.reden,
            ),
        ]
        for t in aanpak.themas_op_sterkte()
    )


def _vorm(aanpak: AanpakDocument) -> list[Blok]:
    if not aanpak.vorm:
        return alineas(aanpak.vorm_toelichting)
    return [alinea(stuk(aanpak.vorm.naam), *achter(aanpak.vorm_toelichting))]


def _aspecten(aanpak: AanpakDocument) -> list[Blok]:
    return lijst(
        [
            stuk(a.aspect.naam, vet=True, redactie=redactie(a.basis)),
            *achter(a.reden),
        ]
        for a in aanpak.aspecten_op_volgorde()
    )


def _stappen(aanpak: AanpakDocument) -> list[Blok]:
    stappen = [
        [stuk(stap.naam, vet=True), *achter(stap.toelichting)]
        for stap in aanpak.stappen
    ]
    return [
        *alineas(aanpak.stappen_toelichting, zacht=True),
        *lijst(stappen, genummerd=True),
    ]


def _begin(aanpak: AanpakDocument) -> list[Blok]:
    blokken: list[Blok] = []
    for soort, delen in aanpak.begin_per_soort():
        blokken.append(Kop(str(soort.label)))
        blokken += lijst([stuk(d.tekst, noot=noot(d.bron, d.bron_url))] for d in delen)
    return blokken


def _feiten(aanpak: AanpakDocument) -> list[Blok]:
    def soort(feit: FeitPart) -> str:
        return str(feit.soort.label)

    return lijst(
        [
            zin(f"{naam}:", vet=True),
            *(
                stuk(
                    f"{feit.tekst}",
                    noot=noot(feit.bron, feit.bron_url, feit.bron_datum),
                )
                for feit in feiten
            ),
        ]
        for naam, feiten in groupby(aanpak.feiten, soort)
    )


def _uitvoeringen(aanpak: AanpakDocument) -> list[Blok]:
    blokken: list[Blok] = []
    for laag, deelnames in aanpak.deelnames_per_laag():
        ring = f"Ring {laag.volgorde}: {laag.kort.lower()}" if laag else "Zonder ring"
        blokken.append(Kop(ring))
        blokken += lijst(_deelname(d) for d in deelnames)
    return blokken


def _deelname(deelname: Deelname) -> Iterator[Stuk]:
    uitvoering = deelname.uitvoering
    namen = "".join(f"{d.voor}{d.naam}" for d in deelname.deelnemers)
    yield stuk(namen, redactie=redactie(uitvoering.basis))
    in_bron = uitvoering.rol_in_bron
    rol = f"{uitvoering.rol.label}{f', in de bron: {in_bron}' if in_bron else ''}"
    groepen = dict.fromkeys(
        d.actor.naam
        for d in deelname.deelnemers
        if d.actor and d.actor.naam.casefold() != d.naam.casefold()
    )
    bij = f"hoort bij {', '.join(groepen)}" if groepen else ""
    zelf = uitvoering.laag and uitvoering.laag_basis == Laagbasis.REDACTIONEEL
    ring = "ring gekozen door de redactie" if zelf else ""
    yield from achter(rol, uitvoering.opmerking, bij, ring)


def _elementen(aanpak: AanpakDocument) -> list[Blok]:
    return lijst(
        [
            stuk(
                k.element.naam,
                vet=True,
                redactie=redactie(k.basis),
                noot=noot(k.element.bron),
            ),
            *achter(k.element.toelichting, k.reden),
        ]
        for k in aanpak.elementen_op_volgorde()
    )


def _links(aanpak: AanpakDocument) -> list[Blok]:
    return lijst(_link(link) for link in aanpak.links)


def _link(link: LinkPart) -> Iterator[Stuk]:
    yield stuk(
        link.label,
        url=link.url,
        redactie=link.soort == Linksoort.EXTERN,
        noot=adresnoot(link.url),
    )
    van = link.gecorrigeerd_van
    was = f"in de bron staat {leesbaar(van)}" if van else ""
    soort = "document" if link.soort == Linksoort.DOCUMENT else ""
    yield from achter(soort, link.opmerking, link.correctie_reden, was)


def _eigenaar(aanpak: AanpakDocument) -> list[Blok]:
    if not aanpak.eigenaar:
        return []
    return [alinea(stuk(aanpak.eigenaar, noot=adresnoot(aanpak.eigenaar_bron_url)))]


def _bronnen(aanpak: AanpakDocument) -> list[Blok]:
    return lijst(bronnoot(bron) for bron in aanpak.bronnen_op_volgorde())


REGELS = [
    Regel(("naamvarianten",), "Ook bekend als", _naamvarianten),
    Regel(("rubriek",), "Rubriek", lambda a: [alinea(stuk(a.rubriek.label))]),
    Regel(("eenvoudig",), "In eenvoudige taal", lambda a: alineas(a.eenvoudig)),
    Regel(("interventie",), "Erkenning", _interventie),
    Regel(("doel",), "Doel", lambda a: punten(a.doel)),
    Regel(("doelgroepen",), "Doelgroep", _doelgroepen),
    Regel(("vraagstukken",), "Wat speelt er?", _vraagstukken),
    Regel(("themas",), "Thema’s", _themas),
    Regel(("vorm", "vorm_toelichting"), "Vorm", _vorm),
    Regel(("aspecten",), "Leefbaarheid", _aspecten),
    Regel(("omschrijving",), "Omschrijving", lambda a: alineas(a.omschrijving)),
    Regel(("stappen_toelichting", "stappen"), "Stap voor stap", _stappen),
    Regel(("begin",), "Zo begin je", _begin),
    Regel(("feiten",), "Feiten", _feiten),
    Regel(("uitvoeringen",), "Uitvoerders", _uitvoeringen),
    Regel(("elementen",), "Werkzame elementen", _elementen),
    Regel(("links",), "Lees meer", _links),
    Regel(
        ("tags",),
        "Trefwoorden",
        lambda a: [alinea(stuk(", ".join(a.tags)))] * bool(a.tags),
    ),
    Regel(("eigenaar", "eigenaar_bron_url"), "Eigenaar", _eigenaar),
    Regel(("bronnen",), "Bronnen", _bronnen),
    Regel(("correcties",), "Verbeterd", lambda a: punten(a.correcties)),
    Regel(
        ("laatst_gecontroleerd_op",),
        "Gecontroleerd op",
        lambda a: op_dag(a.laatst_gecontroleerd_op),
    ),
]
# What stands above the fields, with the rings and the mark of the recognition.
BOVENAAN = ("naam", "samenvatting")
# What only says where something stands, and is never shown.
ONGEZIEN = {
    "uuid": "it is in the address under the QR code",
    "slug": "it is in the address of the page",
    "sorteernaam": "it only sorts",
    "volgorde_in_bron": "it only sorts",
}
