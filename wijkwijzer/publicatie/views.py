"""What can be printed: the overview, a record as a sheet, a selection as a brochure."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from aanpakken.facets import AanpakFilter
from aanpakken.keuze import MAX_SELECTIE, adres, lees_keuze
from aanpakken.matrix import maak_matrix
from aanpakken.models import Rubriek
from aanpakken.vergelijken import MAXIMUM
from aanpakken.whole import AanpakDocument
from interventies.whole import InterventieDocument
from kennisdossier.whole import (
    BegripDocument,
    DossierDocument,
    PraktijkvoorbeeldDocument,
)
from wijkwijzer.core.adresvraag import lees_waarde
from wijkwijzer.facets.declaration import FACETTEN
from wijkwijzer.publicatie import blad, brochure, inleiding, plaat
from wijkwijzer.publicatie.bewaard import geef
from wijkwijzer.publicatie.blad import blad_van_aanpak, blad_van_interventie
from wijkwijzer.publicatie.brochure import Eigen, maak_brochure
from wijkwijzer.publicatie.edities import veranderd, vorige
from wijkwijzer.publicatie.inhoud import delen, laatste_moment, zonder_aanpak
from wijkwijzer.publicatie.leveren import lever
from wijkwijzer.publicatie.models import Editie, Editiebestand
from wijkwijzer.publicatie.overzicht import begin_overzicht, geef_overzicht
from wijkwijzer.publicatie.zetten import opdracht
from wijkwijzer.wholes.current import current_stand
from wijkwijzer.wholes.permalinks import show_or_refer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

    from wijkwijzer.facets.index import FacetIndex
    from wijkwijzer.publicatie.blad import Bladdocument
    from wijkwijzer.wholes.declaration import Whole
    from wijkwijzer.wholes.stand import Stand

# More names than this are no contents any more: then the catalogue is the way.
MEESTE_NAMEN = 150


def publicatie(request: HttpRequest) -> HttpResponse:
    """The overview on the site: what is in it, and in which forms it can be had."""
    stand = current_stand()
    alle_delen = [*_delen(stand)]
    if not alle_delen:
        begin_overzicht(stand, _basis(request), _pagina(request))
    context = {
        "titel": inleiding.TITEL,
        "ondertitel": inleiding.ONDERTITEL,
        "inleiding": inleiding.INLEIDING,
        "moment": laatste_moment(stand),
        "rubrieken": [*_rubrieken(stand)],
        "verder": [*_verder(stand)],
        "aantal": len(stand.records(AanpakDocument)),
        "delen": alle_delen,
        "edities": Editie.objects.bevroren(),
    }
    return render(request, "publicatie/publicatie.html", context)


def editie(request: HttpRequest, nummer: int) -> HttpResponse:
    """A frozen edition, with what became different since the one before."""
    gevonden = get_object_or_404(Editie.objects.bevroren(), nummer=nummer)
    eerder = vorige(gevonden)
    stand = current_stand()
    context = {
        "editie": gevonden,
        "bestanden": gevonden.bestanden.values_list("deel", "som"),
        "vorige": eerder,
        "veranderingen": veranderd(stand, gevonden, eerder) if eerder else [],
    }
    return render(request, "publicatie/editie.html", context)


def editie_pdf(request: HttpRequest, nummer: int, deel: int) -> HttpResponse:
    """A volume as it was frozen."""
    bestand = get_object_or_404(
        Editiebestand.objects.filter(editie__bevroren_op__isnull=False),
        editie__nummer=nummer,
        deel=deel,
    )
    # The page is kept by the number of what readers see.
    current_stand()
    pdf = bytes(bestand.inhoud)
    return lever(request, lambda: pdf, f"wijkwijzer-editie-{nummer}-{deel}")


def _delen(stand: Stand) -> Iterator[tuple[str, str, str, str]]:
    """Of each volume its addresses, and the names of its first and last entry."""
    alle = delen(stand)
    if len(alle) > 1:
        for nummer, plaatsen in enumerate(alle, start=1):
            adressen = (
                reverse(f"overzichtdeel_{vorm}", kwargs={"deel": nummer})
                for vorm in ("pdf", "docx")
            )
            pdf, docx = adressen
            eerste, laatste = (
                stand.records(soort)[plaats].name
                for soort, plaats in (plaatsen[0], plaatsen[-1])
            )
            yield pdf, docx, eerste, laatste


def _rubrieken(stand: Stand) -> Iterator[dict[str, object]]:
    """The rubrics with the entries in them, as far as these can be listed."""
    records = stand.records(AanpakDocument)
    index: FacetIndex = stand.index(AanpakDocument, FACETTEN)
    for rubriek in Rubriek.values:
        titel, uitleg = inleiding.RUBRIEKEN[rubriek]
        bits = index.bits("soort", rubriek)
        namen = [
            (records[p].slug, records[p].name)
            for p in (records.in_order(bits) if len(records) <= MEESTE_NAMEN else ())
        ]
        yield {
            "soort": rubriek,
            "titel": titel,
            "uitleg": uitleg,
            "aantal": bits.bit_count(),
            "namen": namen,
        }


# Where each of them is on the site.
_LIJSTEN: dict[type[Whole], str] = {
    InterventieDocument: "interventies:list",
    PraktijkvoorbeeldDocument: "praktijkvoorbeelden:list",
    DossierDocument: "kennisdossier:list",
    BegripDocument: "begrippen:list",
}


def _verder(stand: Stand) -> Iterator[dict[str, object]]:
    """The chapters after the aanpakken, as far as they can be listed."""
    for soort, lijst in _LIJSTEN.items():
        records = stand.records(soort)
        plaatsen = (
            zonder_aanpak(stand)
            if soort is InterventieDocument
            else [*records.in_order(records.all)]
        )
        if plaatsen:
            titel, uitleg = inleiding.VERDER[soort.soort]
            detail = lijst.replace(":list", ":detail")
            gevonden = plaatsen if len(plaatsen) <= MEESTE_NAMEN else []
            yield {
                "titel": titel,
                "uitleg": uitleg,
                "aantal": len(plaatsen),
                "lijst": lijst,
                "detail": detail,
                "namen": [(records[p].slug, records[p].name) for p in gevonden],
            }


def _basis(request: HttpRequest) -> str:
    """The address of the site, without a slash at the end."""
    return request.build_absolute_uri("/").rstrip("/")


def _pagina(request: HttpRequest) -> str:
    """Where the newest overview is."""
    return request.build_absolute_uri(reverse("publicatie"))


def aanpak_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    def toon(stand: Stand, aanpak: AanpakDocument) -> HttpResponse:
        document = blad_van_aanpak(stand, aanpak, _basis(request))
        return _lever_blad(request, document)

    return show_or_refer(
        request,
        AanpakDocument,
        slug,
        toon,
        address=lambda aanpak: reverse("aanpak_pdf", args=[aanpak.slug]),
    )


def interventie_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    def toon(stand: Stand, interventie: InterventieDocument) -> HttpResponse:
        document = blad_van_interventie(stand, interventie, _basis(request))
        return _lever_blad(request, document)

    return show_or_refer(
        request,
        InterventieDocument,
        slug,
        toon,
        address=lambda interventie: reverse("interventie_pdf", args=[interventie.slug]),
    )


def _lever_blad(request: HttpRequest, document: Bladdocument) -> HttpResponse:
    wat = opdracht(blad.SJABLOON, document)
    return lever(request, partial(geef, wat), f"wijkwijzer-{document.blad.slug}")


def selectie(request: HttpRequest, vorm: str) -> HttpResponse:
    """The selection in the address, with the words of who made it."""
    stand = current_stand()
    keuze = lees_keuze(request.GET, MAX_SELECTIE, stand)
    if not keuze.aanpakken:
        return redirect("selectie")
    eigen = Eigen.lees(
        *(lees_waarde(request.GET, veld) for veld in ("titel", "organisatie", "tekst"))
    )
    vraag = adres(keuze.slugs, keuze.redenen, titel=eigen.titel)
    pagina = request.build_absolute_uri(reverse("selectie") + vraag)
    document = maak_brochure(stand, keuze, eigen, _basis(request), pagina)
    wat = opdracht(brochure.SJABLOON, document, vorm)
    return lever(request, partial(geef, wat), "wijkwijzer-selectie", vorm)


def matrix(request: HttpRequest, vorm: str) -> HttpResponse:
    """The evidence map of the address; its drawing is beside it: ``aanpakken``."""
    stand = current_stand()
    filterset = AanpakFilter(request.GET, stand)
    gevraagd = maak_matrix(filterset, request.GET)
    query = filterset.query()
    query["rij"], query["kolom"] = gevraagd.rij, gevraagd.kolom
    pagina = reverse("aanpakken:matrix")
    adres = request.build_absolute_uri(f"{pagina}?{query.urlencode()}")
    document = plaat.matrixplaat(stand, filterset, gevraagd, adres)
    wat = opdracht(plaat.MATRIX, document, vorm)
    return lever(request, partial(geef, wat), "wijkwijzer-matrix", vorm)


def vergelijking(request: HttpRequest, vorm: str) -> HttpResponse:
    """The comparison of the address. One aanpak, or none, is none: then its page."""
    stand = current_stand()
    keuze = lees_keuze(request.GET, MAXIMUM, stand)
    pagina = reverse("aanpakken:vergelijken") + adres(keuze.slugs, keuze.redenen)
    if len(keuze.aanpakken) < 2:
        return redirect(pagina)
    volledig = request.build_absolute_uri(pagina)
    document = plaat.vergelijkplaat(stand, keuze, volledig)
    wat = opdracht(plaat.VERGELIJKING, document, vorm)
    return lever(request, partial(geef, wat), "wijkwijzer-vergelijking", vorm)


def overzicht(request: HttpRequest, vorm: str, deel: int = 0) -> HttpResponse:
    """The book, or a volume of it; without a number only of a book that is one."""
    stand = current_stand()
    aantal = len(delen(stand))
    if not deel and aantal > 1:
        return redirect("publicatie")
    if deel > aantal:
        raise Http404(f"no volume {deel}")
    nummer = f"-{deel}" if aantal > 1 else ""
    maak = partial(
        geef_overzicht,
        stand,
        _basis(request),
        _pagina(request),
        deel or 1,
        vorm,
    )
    naam = f"wijkwijzer-{laatste_moment(stand):%Y-%m-%d}{nummer}"
    return lever(request, maak, naam, vorm)
