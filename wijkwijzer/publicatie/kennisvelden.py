"""Every field of a praktijkvoorbeeld, a dossier and a begrip as it is printed.

In the order of their declarations, like :mod:`velden`; a field that stands in none of
these lists fails a test.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from wijkwijzer.core.teksten import beginkapitaal, opgesomd
from wijkwijzer.publicatie.boom import (
    Blok,
    Kop,
    Stuk,
    Tabel,
    Veld,
    alinea,
    alineas,
    anker,
    lijst,
    stuk,
    zin,
)
from wijkwijzer.publicatie.bronnen import adresnoot, bronnoot, leesbaar
from wijkwijzer.publicatie.opgemaakt import opgemaakt
from wijkwijzer.publicatie.regels import (
    Regel,
    achter,
    gevuld,
    nog_niet_bekend,
    op_dag,
    punten,
    redactie,
)
from wijkwijzer.publicatie.tekens import zetbaar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aanpakken.terms import ElementTerm
    from kennisdossier.whole import (
        BegripDocument,
        CijferPart,
        DossierDocument,
        PraktijkvoorbeeldDocument,
    )
    from wijkwijzer.wholes.declaration import Ref
    from wijkwijzer.wholes.terms import BronTerm


def _naar(refs: Iterable[Ref[Any]]) -> list[Stuk]:
    """The records named, as far as readers see them: a comma between them."""
    records = [record for ref in refs if (record := ref.get())]
    return [
        stuk(
            f"{r.naam}{',' if r is not records[-1] else ''}",
            anker=anker(r.soort, r.slug),
        )
        for r in records
    ]


def _opsomming(woorden: Iterable[str]) -> str:
    return "".join(f"{voor}{woord}" for voor, woord in opgesomd([*woorden]))


def _bron(bron: BronTerm | None) -> list[Blok]:
    return [alinea(*bronnoot(bron))] if bron else []


def _regel(*stukken: Stuk) -> list[Blok]:
    """A paragraph, unless nothing is in it."""
    return [alinea(*stukken)] if any(deel.tekst for deel in stukken) else []


def _namen(woorden: Iterable[str]) -> list[Blok]:
    return _regel(stuk(beginkapitaal(", ".join(woorden))))


def _let_op(record: BegripDocument | PraktijkvoorbeeldDocument) -> list[Blok]:
    return alineas(record.let_op)


# Begrippen


def begripvelden(begrip: BegripDocument) -> list[Veld]:
    return gevuld(BEGRIP, begrip)


def _verwijzingen(begrip: BegripDocument) -> list[Blok]:
    return lijst(
        [stuk(v.label, url=v.url, noot=adresnoot(v.url)), *achter(v.opmerking)]
        for v in begrip.verwijzingen
    )


BEGRIP = [
    Regel(("toelichting",), "Uitleg", lambda b: alineas(b.toelichting)),
    Regel(("let_op",), "Let op", _let_op),
    Regel(("varianten",), "Ook geschreven als", lambda b: _namen(b.varianten)),
    Regel(("bron",), "Bron", lambda b: _bron(b.bron)),
    Regel(("verwijzingen",), "Lees meer", _verwijzingen),
    Regel(
        ("laatst_gecontroleerd_op",),
        "Gecontroleerd op",
        lambda b: op_dag(b.laatst_gecontroleerd_op),
    ),
]


# Praktijkvoorbeelden


def voorbeeldvelden(voorbeeld: PraktijkvoorbeeldDocument) -> list[Veld]:
    onbekend = voorbeeld.nog_niet_bekend()
    return [*gevuld(VOORBEELD, voorbeeld), *nog_niet_bekend(onbekend)]


def _waar(voorbeeld: PraktijkvoorbeeldDocument) -> list[Blok]:
    gemeente, wijk = voorbeeld.gemeente, voorbeeld.wijk
    plaats = [
        wijk.naam if wijk else "",
        gemeente.naam if gemeente else "",
        str(gemeente.provincie.label) if gemeente else "",
    ]
    uitgebreid = _opsomming(
        f"{elders.naam} ({elders.gemeente.naam})"
        for elders in voorbeeld.uitgebreid_naar
    )
    return _zin(
        ", ".join(filter(None, plaats)),
        achter(
            voorbeeld.plaats_toelichting,
            f"uitgebreid naar {uitgebreid}" if uitgebreid else "",
        ),
    )


def _zin(woorden: str, rest: list[Stuk]) -> list[Blok]:
    """What is known, and what is remarked of it: a point between them."""
    return _regel(stuk(f"{woorden}." if woorden and rest else woorden), *rest)


def _wanneer(voorbeeld: PraktijkvoorbeeldDocument) -> list[Blok]:
    begin, eind = voorbeeld.begin, voorbeeld.eind
    vanaf = f"vanaf {begin.in_woorden}" if begin else ""
    tot = f"tot en met {eind.in_woorden}" if eind else ""
    wanneer = beginkapitaal(f"{vanaf} {tot}".strip())
    return _zin(wanneer, achter(voorbeeld.periode_toelichting))


def _onderdeel_van(voorbeeld: PraktijkvoorbeeldDocument) -> list[Blok]:
    geheel = voorbeeld.onderdeel_van
    return _regel(*_naar([geheel] if geheel else []))


def _doelgroepen(voorbeeld: PraktijkvoorbeeldDocument) -> list[Blok]:
    namen = ", ".join(groep.naam for groep in voorbeeld.doelgroepen_op_volgorde())
    return _regel(stuk(beginkapitaal(namen), redactie=True))


def _themas(voorbeeld: PraktijkvoorbeeldDocument) -> list[Blok]:
    return lijst(
        [stuk(thema.kort, redactie=True, merk=thema.slug)]
        for thema in voorbeeld.themas_op_volgorde()
    )


def _cijfers(voorbeeld: PraktijkvoorbeeldDocument) -> list[Blok]:
    if not voorbeeld.cijfers:
        return []
    met_peildatum = voorbeeld.cijfers_met_peildatum()
    kop = ["Wat", "Cijfer", *(["Peildatum"] if met_peildatum else [])]
    return [
        Tabel(
            "",
            [[alinea(stuk(woord))] for woord in kop],
            [
                [[alinea(cel)] for cel in _cijfer(cijfer)[: len(kop)]]
                for cijfer in voorbeeld.cijfers
            ],
            rijkoppen=True,
        )
    ]


def _cijfer(cijfer: CijferPart) -> list[Stuk]:
    peildatum = cijfer.peildatum.in_woorden if cijfer.peildatum else "–"
    waarde = f"{cijfer.waarde} {cijfer.eenheid}"
    return [zin(cijfer.kenmerk), stuk(waarde), stuk(peildatum)]


def _element(element: ElementTerm, *, zelf: bool = False) -> list[Stuk]:
    naam = beginkapitaal(element.naam)
    eerste = stuk(naam, vet=True, redactie=zelf, noot=bronnoot(element.bron))
    return [eerste, *achter(element.toelichting)]


def _elementen(voorbeeld: PraktijkvoorbeeldDocument) -> list[Blok]:
    zelf = redactie(voorbeeld.elementen_basis)
    return lijst(
        _element(element, zelf=zelf) for element in voorbeeld.elementen_op_volgorde()
    )


def _koppelingen(voorbeeld: PraktijkvoorbeeldDocument) -> list[Blok]:
    return lijst(
        [
            stuk(
                aanpak.naam,
                vet=True,
                redactie=redactie(koppeling.basis),
                anker=anker(aanpak.soort, aanpak.slug),
            ),
            *achter(koppeling.reden),
        ]
        for aanpak, koppeling in voorbeeld.aanpakken()
    )


def _meer_op(voorbeeld: PraktijkvoorbeeldDocument) -> list[Blok]:
    url = voorbeeld.extern_url
    feit = achter(voorbeeld.extern_feit)
    return _regel(
        stuk(leesbaar(url), url=url), stuk(":" if url and feit else ""), *feit
    )


VOORBEELD = [
    Regel(("gemeente", "wijk", "plaats_toelichting", "uitgebreid_naar"), "Waar", _waar),
    Regel(("begin", "eind", "periode_toelichting"), "Wanneer", _wanneer),
    Regel(("onderdeel_van",), "Onderdeel van", _onderdeel_van),
    Regel(("doelgroepen",), "Voor wie", _doelgroepen),
    Regel(("themas",), "Thema’s", _themas),
    Regel(
        ("actoren",),
        "Wie doet mee",
        lambda v: _namen(actor.naam for actor in v.actoren_op_volgorde()),
    ),
    Regel(("omschrijving",), "Wat er gebeurt", lambda v: alineas(v.omschrijving)),
    Regel(("kernfeiten",), "Kernfeiten", lambda v: punten(v.kernfeiten)),
    Regel(("cijfers",), "Cijfers", _cijfers),
    Regel(("let_op",), "Let op", _let_op),
    Regel(("elementen", "elementen_basis"), "Wat werkt", _elementen),
    Regel(("begrippen",), "Begrippen", lambda v: _regel(*_naar(v.begrippen))),
    Regel(("koppelingen",), "Lijkt op", _koppelingen),
    Regel(("bron",), "Bron", lambda v: _bron(v.bron)),
    Regel(("extern_url", "extern_feit"), "Meer op", _meer_op),
    Regel(
        ("laatst_gecontroleerd_op",),
        "Gecontroleerd op",
        lambda v: op_dag(v.laatst_gecontroleerd_op),
    ),
]


# Dossiers


def dossiervelden(dossier: DossierDocument, pagina: str) -> list[Veld]:
    """``pagina`` is the address of its page, for the links in its text."""
    return [
        *gevuld(DOSSIER_VOORAF, dossier),
        *_artikelen(dossier, pagina),
        *gevuld(DOSSIER, dossier),
        *nog_niet_bekend(dossier.nog_niet_bekend()),
    ]


def _artikelen(dossier: DossierDocument, pagina: str) -> Iterator[Veld]:
    for artikel in dossier.artikelen:
        genoemd = _naar([*artikel.aanpakken, *artikel.voorbeelden])
        in_bron = _opsomming(f"“{sectie}”" for sectie in artikel.bronsecties)
        onder = [
            *_regel(*([stuk("Zie ook:", zacht=True), *genoemd] if genoemd else [])),
            *_regel(*achter(f"in de bron bij {in_bron}" if in_bron else "")),
        ]
        tekst = opgemaakt(artikel.tekst, pagina)
        yield Veld(zetbaar(artikel.naam), [*tekst, *onder], breed=True)


def _contactpunten(dossier: DossierDocument) -> list[Blok]:
    return lijst(
        [
            stuk(punt.functie or "Contactpunt", vet=True),
            stuk(f", {punt.organisatie.naam}."),
            *achter(
                f"weet veel van {_opsomming(punt.expertise)}" if punt.expertise else ""
            ),
        ]
        for punt in dossier.contactpunten_op_volgorde()
    )


def _effecten(dossier: DossierDocument) -> list[Blok]:
    return lijst(
        [
            stuk(effect.tekst, noot=bronnoot(effect.bron)),
            *achter(", ".join(filter(None, [f"bij {effect.op}", effect.zekerheid]))),
            *_naar([*effect.aanpakken, *effect.voorbeelden]),
        ]
        for effect in dossier.effecten
    )


def _elementen_van_dossier(dossier: DossierDocument) -> list[Blok]:
    def groep(element: ElementTerm) -> str:
        return str(element.groep)

    blokken: list[Blok] = []
    op_groep = sorted(dossier.elementen_op_volgorde(), key=groep)
    for naam, elementen in groupby(op_groep, groep):
        if naam:
            blokken.append(Kop(zetbaar(beginkapitaal(naam))))
        blokken += lijst(_element(element) for element in elementen)
    return blokken


def _tips(dossier: DossierDocument) -> list[Blok]:
    blokken: list[Blok] = []
    op_groep = sorted(dossier.tips, key=lambda tip: tip.groep)
    for naam, tips in groupby(op_groep, lambda tip: tip.groep):
        blokken.append(Kop(zetbaar(beginkapitaal(naam))))
        blokken += lijst(
            [
                stuk(tip.tekst, noot=bronnoot(tip.bron)),
                *_naar([tip.voorbeeld] if tip.voorbeeld else []),
            ]
            for tip in tips
        )
    return blokken


def _aandachtspunten(dossier: DossierDocument) -> list[Blok]:
    return lijst(
        [stuk(f"{p.kop}.", vet=True), stuk(p.tekst, noot=bronnoot(p.bron))]
        for p in dossier.aandachtspunten
    )


def _financieringen(dossier: DossierDocument) -> list[Blok]:
    return lijst(
        [
            stuk(geld.tekst, noot=bronnoot(geld.bron)),
            *achter(
                f"geld van {_opsomming(geld.financiers)}" if geld.financiers else "",
                f"in natura: {_opsomming(geld.in_natura)}" if geld.in_natura else "",
                f"hoe lang: {geld.duur}" if geld.duur else "",
                f"afgewezen: {geld.afgewezen}" if geld.afgewezen else "",
            ),
            *_naar(ref for ref in (geld.aanpak, geld.voorbeeld) if ref),
            stuk(leesbaar(geld.url) if geld.url else "", url=geld.url),
        ]
        for geld in dossier.financieringen
    )


def _links(dossier: DossierDocument) -> list[Blok]:
    return lijst(
        [
            stuk(link.label, url=link.url, noot=adresnoot(link.url)),
            stuk(f"({link.toelichting})" if link.toelichting else ""),
            *achter(link.opmerking),
        ]
        for link in dossier.links
    )


def _vragen(dossier: DossierDocument) -> list[Blok]:
    blokken: list[Blok] = []
    for vraag in dossier.vragen:
        over = _naar([vraag.voorbeeld] if vraag.voorbeeld else [])
        blokken += [
            Kop(zetbaar(vraag.vraag)),
            *alineas(vraag.antwoord),
            alinea(
                stuk(
                    f"Antwoord van {vraag.aan}{', over' if over else '.'}", zacht=True
                ),
                *over,
                stuk("." if over else "", zacht=True),
                *achter(f"let op: {vraag.let_op}" if vraag.let_op else ""),
            ),
        ]
    return blokken


DOSSIER_VOORAF = [
    Regel(
        ("organisaties",),
        "Kennis van",
        lambda d: _regel(stuk(_opsomming(o.naam for o in d.organisaties_op_naam()))),
    ),
]
DOSSIER = [
    Regel(("bron",), "Bron", lambda d: _bron(d.bron)),
    Regel(("contactpunten",), "Contactpunten", _contactpunten),
    Regel(("effecten",), "Wat het oplevert", _effecten),
    Regel(("elementen",), "Wat werkt", _elementen_van_dossier),
    Regel(("tips",), "Tips", _tips),
    Regel(("aandachtspunten",), "Voor gemeenten", _aandachtspunten),
    Regel(("financieringen",), "Wie het betaalt", _financieringen),
    Regel(("links",), "Verder lezen", _links),
    Regel(("vragen",), "Vragen", _vragen),
    Regel(
        ("laatst_gecontroleerd_op",),
        "Gecontroleerd op",
        lambda d: op_dag(d.laatst_gecontroleerd_op),
    ),
]

# What stands above the fields of each.
BOVENAAN = {
    "begrip": ("naam", "definitie"),
    "praktijkvoorbeeld": ("naam", "samenvatting"),
    "dossier": ("naam", "samenvatting"),
}
# What only says where something stands, and is never shown.
ONGEZIEN = {
    "uuid": "it is in the address of the page for ever",
    "slug": "it is in the address of the page",
    "markeren": "it says whether other pages point at the term",
    "volgorde": "it only sorts",
}
