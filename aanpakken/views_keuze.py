"""Pages that help to choose: evidence map, compare, keuzehulp, selection."""

from __future__ import annotations

import csv
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from aanpakken.catalogus import catalogus
from aanpakken.filters import AanpakFilter
from aanpakken.keuze import Keuze, adres, lees_keuze
from aanpakken.keuzehulp import PUNTEN, WENSEN, Keuzehulp
from aanpakken.matrix import ASSEN, Matrix, maak_matrix
from aanpakken.matrixbeeld import VEEL_KOLOMMEN, beeldrijen, rangen, teken
from aanpakken.models import Aanpak
from aanpakken.vergelijken import MAXIMUM as MAX_VERGELIJKEN
from aanpakken.vergelijken import vergelijk
from aanpakken.views import aanpakdetails
from interventies.catalogus import NIVEAU_ONBEKEND, niveauwaarden
from interventies.models import Niveau
from wijkwijzer.core.exports import veilige_cel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest

    from aanpakken.keuzehulp import Vraag

MAX_SELECTIE = 21
MAX_TITEL = 80
MAX_KEUZELIJST = 300
BROCHURE = "brochure"
TOP = 3


def matrix(request: HttpRequest) -> HttpResponse:
    filterset = AanpakFilter(request.GET, catalogus())
    matrix = maak_matrix(filterset, request.GET)
    query = _matrixquery(filterset, matrix)
    niveaus = list(Niveau.objects.filter(hoofdniveau=None).order_by("-volgorde"))
    rang_van = rangen(niveau.naam for niveau in niveaus)
    aantal_van = dict(matrix.totaal.niveaus)
    context = {
        "matrix": matrix,
        "rijen": beeldrijen(matrix, rang_van),
        "kolomtotalen": list(zip(matrix.kolommen, matrix.kolomtotalen, strict=True)),
        "niveaus": [(n, rang_van[n.naam], aantal_van.get(n.naam, 0)) for n in niveaus],
        "niveau_onbekend": aantal_van.get(NIVEAU_ONBEKEND.label, 0),
        "veel_kolommen": len(matrix.kolommen) > VEEL_KOLOMMEN,
        "assen": list(ASSEN.items()),
        "filterset": filterset,
        "chips": [
            replace(chip, url=f"{chip.url}&rij={matrix.rij}&kolom={matrix.kolom}")
            for chip in filterset.chips()
        ],
        "verborgen": list(_waarden(filterset.query())),
        "meldingen": [*filterset.meldingen(), *matrix.meldingen],
        "csv_url": f"{reverse('aanpakken:matrix_csv')}?{query}",
        "svg_url": f"{reverse('aanpakken:matrix_svg')}?{query}",
        "deel_url": request.build_absolute_uri(f"{request.path}?{query}"),
        "gedraaid_url": f"?{_matrixquery(filterset, matrix, gedraaid=True)}",
        "wis_url": f"?rij={matrix.rij}&kolom={matrix.kolom}",
    }
    return render(request, "aanpakken/matrix.html", context)


def matrix_csv(request: HttpRequest) -> HttpResponse:
    """The counts as a spreadsheet: semicolons and a BOM, as Dutch Excel reads it."""
    matrix = maak_matrix(AanpakFilter(request.GET, catalogus()), request.GET)
    response = HttpResponse(
        "\ufeff",
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="wijkwijzer-matrix.csv"'},
    )
    schrijver = csv.writer(response, delimiter=";")
    kop = [f"{matrix.rijtitel} / {matrix.kolomtitel}"]
    kop += [waarde.label for waarde in matrix.kolommen]
    schrijver.writerow(map(veilige_cel, [*kop, "Totaal"]))
    for rij in matrix.rijen:
        aantallen = [cel.aantal for cel in rij.cellen]
        schrijver.writerow(
            [veilige_cel(rij.waarde.label), *aantallen, rij.totaal.aantal]
        )
    totalen = [cel.aantal for cel in matrix.kolomtotalen]
    schrijver.writerow(["Totaal", *totalen, matrix.totaal.aantal])
    return response


def matrix_svg(request: HttpRequest) -> HttpResponse:
    filterset = AanpakFilter(request.GET, catalogus())
    matrix = maak_matrix(filterset, request.GET)
    bekend = [w.label for w in niveauwaarden() if w != NIVEAU_ONBEKEND]
    context = {
        "matrix": matrix,
        "tekening": teken(matrix, rangen(bekend)),
        "filters": [f"{chip.groep}: {chip.label}" for chip in filterset.chips()],
        "adres": request.build_absolute_uri(
            f"{reverse('aanpakken:matrix')}?{_matrixquery(filterset, matrix)}"
        ),
    }
    response = render(
        request, "aanpakken/matrix.svg", context, content_type="image/svg+xml"
    )
    response["Content-Disposition"] = 'attachment; filename="wijkwijzer-matrix.svg"'
    return response


def vergelijken(request: HttpRequest) -> HttpResponse:
    keuze = lees_keuze(request.GET, MAX_VERGELIJKEN, _met_details)
    rijen = vergelijk(keuze.aanpakken) if len(keuze.aanpakken) > 1 else []
    namen = [aanpak.naam for aanpak in keuze.aanpakken]
    context = {
        "aanpakken": _met_adressen(keuze),
        "rijen": [(r, list(zip(namen, r.cellen, strict=True))) for r in rijen],
        "aantal_verschillen": sum(rij.oordeel == "verschilt" for rij in rijen),
        "meldingen": keuze.meldingen,
        "kan_erbij": len(keuze.aanpakken) < MAX_VERGELIJKEN,
        "anderen": _anderen(keuze.slugs),
        "selectie_url": reverse("selectie") + adres(keuze.slugs),
        "deel_url": request.build_absolute_uri(request.path + adres(keuze.slugs)),
    }
    return render(request, "aanpakken/vergelijken.html", context)


def selectie(request: HttpRequest) -> HttpResponse:
    keuze = lees_keuze(request.GET, MAX_SELECTIE, _met_details)
    titel = " ".join(request.GET.get("titel", "").split())
    titel = "".join(teken for teken in titel if teken.isprintable())[:MAX_TITEL]
    selectie_url = adres(keuze.slugs, titel=titel)
    if request.GET.get("als") == BROCHURE and keuze.aanpakken:
        context = {
            "titel": titel,
            "bladen": [aanpakdetails(aanpak) for aanpak in keuze.aanpakken],
            "datum": timezone.localdate(),
            "selectie_url": request.path + selectie_url,
            "deel_url": request.build_absolute_uri(request.path + selectie_url),
        }
        return render(request, "aanpakken/brochure.html", context)
    context = {
        "aanpakken": _met_adressen(keuze, titel=titel),
        "titel": titel,
        "meldingen": keuze.meldingen,
        "anderen": _anderen(keuze.slugs),
        "kan_erbij": len(keuze.aanpakken) < MAX_SELECTIE,
        "vergelijk_url": reverse("aanpakken:vergelijken")
        + adres(keuze.slugs[:MAX_VERGELIJKEN]),
        "max_vergelijken": MAX_VERGELIJKEN,
        "brochure_url": adres(keuze.slugs, titel=titel, als=BROCHURE),
        "max_titel": MAX_TITEL,
        "deel_url": request.build_absolute_uri(request.path + selectie_url),
    }
    return render(request, "aanpakken/selectie.html", context)


def keuzehulp(request: HttpRequest) -> HttpResponse:
    """One question per page; after the last one the advice."""
    hulp = Keuzehulp(request.GET, catalogus())
    gevraagd = request.GET.get("stap", "1")
    aantal = len(hulp.vragen)
    stap = int(gevraagd) if gevraagd.isascii() and gevraagd.isdigit() else 0
    if not 1 <= stap <= aantal + 1:
        hulp.meldingen.append("Die stap bestaat niet. Je begint bij de eerste vraag.")
        stap = 1
    context: dict[str, Any] = {
        "stap": stap,
        "aantal": aantal,
        "antwoorden": hulp.antwoorden,
        # Every question with the answer in words, empty when there is none.
        "stand": [
            (
                vraag,
                dict(vraag.opties).get(hulp.antwoorden.get(vraag.sleutel, ""), ""),
                _stap(hulp, nummer),
            )
            for nummer, vraag in enumerate(hulp.vragen, 1)
        ],
        "terug_url": _stap(hulp, stap - 1),
        "opnieuw_url": request.path,
        "meldingen": hulp.meldingen,
    }
    if stap <= aantal:
        vraag = hulp.vragen[stap - 1]
        context |= {
            "vraag": vraag,
            "opties": [
                (sleutel, zin, _merk(vraag, sleutel, nummer))
                for nummer, (sleutel, zin) in enumerate(vraag.opties, 1)
            ],
            "gekozen": hulp.antwoorden.get(vraag.sleutel, ""),
            "overslaan_url": _stap(hulp, stap + 1, zonder=vraag.sleutel),
            # The other answers travel along in the form.
            "verborgen": [
                (sleutel, antwoord)
                for sleutel, antwoord in hulp.antwoorden.items()
                if sleutel != vraag.sleutel
            ],
        }
        return render(request, "aanpakken/keuzehulp_vraag.html", context)
    adviezen = hulp.adviezen() if hulp.antwoorden else []
    objecten = (
        Aanpak.objects.gepubliceerd().with_kaart().in_bulk([a.pk for a in adviezen])
    )
    lijst = QueryDict(mutable=True)
    for sleutel, waarden in hulp.lijstkeuze().items():
        lijst.setlist(sleutel, waarden)
    slugs = [objecten[a.pk].slug for a in adviezen if a.pk in objecten]
    context |= {
        "adviezen": [(objecten[a.pk], a) for a in adviezen if a.pk in objecten],
        "punten": {s.replace("-", "_"): p for s, p in PUNTEN.items()},
        "lijst_url": f"{reverse('aanpakken:list')}?{lijst.urlencode()}",
        "lijst_aantal": AanpakFilter(lijst, catalogus()).bits.bit_count(),
        "vergelijk_url": reverse("aanpakken:vergelijken") + adres(slugs[:TOP]),
        "selectie_url": reverse("selectie") + adres(slugs[:TOP]),
        "top": min(TOP, len(slugs)),
        "deel_url": request.build_absolute_uri(),
    }
    return render(request, "aanpakken/keuzehulp_advies.html", context)


def _merk(vraag: Vraag, sleutel: str, nummer: int) -> dict[str, Any]:
    """What is drawn beside an answer: a theme, a ring or the dots of a level."""
    if vraag.sleutel == "wens":
        return {"thema": next(w.thema for w in WENSEN if w.sleutel == sleutel)}
    if vraag.sleutel == "ik":
        return {"ringen": {nummer}}
    return {"stippen": nummer - 1} if vraag.sleutel == "zekerheid" else {}


def _stap(hulp: Keuzehulp, stap: int, zonder: str = "") -> str:
    query = QueryDict(mutable=True)
    query.update({s: a for s, a in hulp.antwoorden.items() if s != zonder})
    query["stap"] = str(stap)
    return f"?{query.urlencode()}"


def _met_details(slugs: Iterable[str]) -> Iterable[Aanpak]:
    return Aanpak.objects.gepubliceerd().with_details().filter(slug__in=slugs)


def _anderen(slugs: Iterable[str]) -> list[tuple[str, str]]:
    """(slug, name) of every aanpak that can still be added.

    None when there are too many to choose from a list: then the catalogue is the way.
    """
    index = catalogus()
    if len(index.slugs) > MAX_KEUZELIJST:
        return []
    gekozen = set(slugs)
    paren = zip(index.slugs, index.namen, strict=True)
    return [(slug, naam) for slug, naam in paren if slug not in gekozen]


def _met_adressen(keuze: Keuze, titel: str = "") -> list[dict[str, Any]]:
    """Each picked aanpak with the addresses that take it out or move it."""
    slugs = keuze.slugs
    regels = []
    for plek, aanpak in enumerate(keuze.aanpakken):
        zonder = slugs[:plek] + slugs[plek + 1 :]
        hoger = [*zonder[: plek - 1], aanpak.slug, *zonder[plek - 1 :]]
        lager = [*zonder[: plek + 1], aanpak.slug, *zonder[plek + 1 :]]
        regels.append(
            {
                "aanpak": aanpak,
                "zonder_url": adres(zonder, titel=titel),
                "hoger_url": adres(hoger, titel=titel) if plek else "",
                "lager_url": adres(lager, titel=titel) if plek < len(slugs) - 1 else "",
            }
        )
    return regels


def _matrixquery(
    filterset: AanpakFilter, matrix: Matrix, *, gedraaid: bool = False
) -> str:
    query = filterset.query()
    rij, kolom = matrix.rij, matrix.kolom
    query["rij"], query["kolom"] = (kolom, rij) if gedraaid else (rij, kolom)
    return query.urlencode()


def _waarden(query: QueryDict) -> Iterable[tuple[str, str]]:
    for sleutel, waarden in query.lists():
        for waarde in waarden:
            yield sleutel, waarde
