"""The evidence map: as a page, as a spreadsheet and as a picture."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format

from aanpakken.facets import AanpakFilter
from aanpakken.matrix import ASSEN, Matrix, maak_matrix
from aanpakken.matrixbeeld import Band, rangen, tabel, teken
from interventies.facets import NIVEAU_ONBEKEND, hoofdniveaus
from wijkwijzer.rekenblad.veilig import veilig
from wijkwijzer.wholes.current import current_stand

if TYPE_CHECKING:
    from django.http import HttpRequest


def matrix(request: HttpRequest) -> HttpResponse:
    stand = current_stand()
    filterset = AanpakFilter(request.GET, stand)
    matrix = maak_matrix(filterset, request.GET)
    query = _query(filterset, matrix)
    niveaus = hoofdniveaus(stand)
    rang_van = rangen(niveau.naam for niveau in niveaus)
    aantal_van: Counter[str] = Counter()
    vervallen_van: Counter[str] = Counter()
    for deel in matrix.totaal.niveaus:
        aantal_van[deel.niveau] += deel.aantal
        vervallen_van[deel.niveau] += deel.aantal if deel.vervallen else 0
    context = tabel(matrix, rang_van) | {
        "niveaus": [
            (n, rang_van[n.naam], aantal_van[n.naam], vervallen_van[n.naam])
            for n in niveaus
        ],
        "niveau_onbekend": aantal_van[NIVEAU_ONBEKEND.label],
        "streep": Band(2, 1, 0, vervallen=True),
        "assen": list(ASSEN.items()),
        "filterset": filterset,
        "chips": [
            replace(chip, url=f"{chip.url}&rij={matrix.rij}&kolom={matrix.kolom}")
            for chip in filterset.chips()
        ],
        "verborgen": list(_waarden(filterset.query())),
        "meldingen": [*filterset.meldingen(), *matrix.meldingen],
        "csv_url": f"{reverse('aanpakken:matrix_csv')}?{query}",
        # Beside the page, with the same question: wijkwijzer.levering.
        "meeneem_vraag": query,
        "svg_url": f"{reverse('aanpakken:matrix_svg')}?{query}",
        "deel_url": request.build_absolute_uri(f"{request.path}?{query}"),
        "gedraaid_url": f"?{_query(filterset, matrix, gedraaid=True)}",
        "wis_url": f"?rij={matrix.rij}&kolom={matrix.kolom}",
    }
    return render(request, "aanpakken/matrix.html", context)


def matrix_csv(request: HttpRequest) -> HttpResponse:
    """The counts as a spreadsheet: semicolons and a BOM, as Dutch Excel reads it."""
    matrix = maak_matrix(AanpakFilter(request.GET, current_stand()), request.GET)
    response = HttpResponse(
        "\ufeff",
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="wijkwijzer-matrix.csv"'},
    )
    schrijver = csv.writer(response, delimiter=";")
    kop = [f"{matrix.rijtitel} / {matrix.kolomtitel}"]
    kop += [waarde.label for waarde in matrix.kolommen]
    schrijver.writerow(map(veilig, [*kop, "Totaal"]))
    for rij in matrix.rijen:
        aantallen = [cel.aantal for cel in rij.cellen]
        schrijver.writerow([veilig(rij.waarde.label), *aantallen, rij.totaal.aantal])
    totalen = [cel.aantal for cel in matrix.kolomtotalen]
    schrijver.writerow(["Totaal", *totalen, matrix.totaal.aantal])
    return response


def matrix_svg(request: HttpRequest) -> HttpResponse:
    stand = current_stand()
    filterset = AanpakFilter(request.GET, stand)
    matrix = maak_matrix(filterset, request.GET)
    bekend = rangen(niveau.naam for niveau in hoofdniveaus(stand))
    filters = [f"{chip.groep}: {chip.label}" for chip in filterset.chips()]
    adres = request.build_absolute_uri(
        f"{reverse('aanpakken:matrix')}?{_query(filterset, matrix)}"
    )
    vandaag = date_format(stand.day, "j F Y")
    bron = [f"Bron: WijkWijzer, {vandaag} (CC BY 4.0).", adres]
    context = {
        "matrix": matrix,
        "tekening": teken(matrix, bekend, filters, bron),
        "filters": filters,
        "adres": adres,
    }
    response = render(
        request, "aanpakken/matrix.svg", context, content_type="image/svg+xml"
    )
    response["Content-Disposition"] = 'attachment; filename="wijkwijzer-matrix.svg"'
    return response


def _query(filterset: AanpakFilter, matrix: Matrix, *, gedraaid: bool = False) -> str:
    query = filterset.query()
    rij, kolom = matrix.rij, matrix.kolom
    query["rij"], query["kolom"] = (kolom, rij) if gedraaid else (rij, kolom)
    return query.urlencode()


def _waarden(query: QueryDict) -> Iterable[tuple[str, str]]:
    for sleutel, waarden in query.lists():
        for waarde in waarden:
            yield sleutel, waarde
