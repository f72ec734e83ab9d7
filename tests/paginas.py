"""Every type of page that a reader can meet, declared once.

A type is what has a template of its own. Its first address stands for it: Firefox and
Lighthouse look at that one. ``toestanden`` are the states that show other elements (an
empty list, a notice, a typing error): Chromium looks at those as well. ``ook`` has the
same elements with other content: only tests that read the HTML look at it. That
nothing is missed this way is tested in tests/meta/test_paginas.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING
from uuid import UUID

from django.test import Client, override_settings
from django.utils import timezone

from aanpakken.models import Aanpak
from kennisdossier.models import Dossier
from tests import factories
from wijkwijzer.deelname.models import Abonnement, Reactie, Reactiestatus

if TYPE_CHECKING:
    from django.http import HttpResponse

INGETROKKEN = "ingetrokken-aanpak"
REACTIE = 900_001
EERSTE_EDITIE = "/publicatie/edities/1/"
ABONNEMENT = UUID("5f0c2a34-9b1e-4c69-8a54-0d7c3f6b2e11")


@dataclass(frozen=True)
class Pagina:
    naam: str
    pad: str
    status: int = 200
    # Has a form that posts: a cookie against forgery, and nothing to be indexed.
    formulier: bool = False

    def __str__(self) -> str:
        return self.naam


@dataclass(frozen=True)
class Paginatype:
    naam: str
    pad: str
    toestanden: dict[str, str] = field(default_factory=dict)
    ook: dict[str, str] = field(default_factory=dict)
    status: int = 200
    formulier: bool = False
    # Whether Lighthouse looks: not at errors, nor at what is for paper.
    gemeten: bool = True

    def pagina(self, deel: str, pad: str) -> Pagina:
        naam = f"{self.naam}, {deel}" if deel else self.naam
        return Pagina(naam, pad, self.status, self.formulier)

    @property
    def voorbeeld(self) -> Pagina:
        return self.pagina("", self.pad)

    @property
    def in_browser(self) -> list[Pagina]:
        return [
            self.voorbeeld,
            *(self.pagina(*toestand) for toestand in self.toestanden.items()),
        ]

    @property
    def paginas(self) -> list[Pagina]:
        return [*self.in_browser, *(self.pagina(*meer) for meer in self.ook.items())]


TYPES = [
    Paginatype("home", "/"),
    Paginatype(
        "aanpakken",
        "/aanpakken/",
        toestanden={
            "gefilterd": "/aanpakken/?thema=zeggenschap&laag=gemeente&leeftijd=14"
            "&sorteer=recent",
            "zonder resultaat": "/aanpakken/?doelgroep=ouderen&leeftijd=3",
            "met melding": "/aanpakken/?thema=bestaatniet&leeftijd=abc",
            "met typefout": "/aanpakken/?q=buurtbemideling",
            "voor een deel gevonden": "/aanpakken/?q=voetbal+eenzaam+schuld",
            "niets gevonden": "/aanpakken/?q=qqqqzz&thema=problemen",
        },
        ook={"gezocht": "/aanpakken/?q=eenzaam"},
    ),
    Paginatype(
        "aanpak",
        "/aanpakken/futsal-chabbab/",
        toestanden={"zonder erkenning": "/aanpakken/abcd/"},
        ook={
            "Citytrainers": "/aanpakken/citytrainers/",
        },
    ),
    Paginatype(
        "matrix",
        "/aanpakken/matrix/",
        toestanden={
            "gefilterd": "/aanpakken/matrix/?rij=vorm&kolom=doelgroep&leeftijd=14"
        },
        ook={"met melding": "/aanpakken/matrix/?rij=x&thema=bestaatniet"},
    ),
    Paginatype(
        "vergelijken",
        "/aanpakken/vergelijken/?aanpak=futsal-chabbab&aanpak=citytrainers"
        "&aanpak=thuis-op-straat&aanpak=abcd&aanpak=bestaatniet",
        toestanden={
            "leeg": "/aanpakken/vergelijken/",
            "met een": "/aanpakken/vergelijken/?aanpak=abcd",
        },
    ),
    Paginatype(
        "selectie",
        "/selectie/?aanpak=futsal-chabbab&aanpak=abcd&titel=Mijn+wijk",
        toestanden={"leeg": "/selectie/"},
    ),
    Paginatype(
        "brochure",
        "/selectie/?aanpak=citytrainers&titel=Zuid&als=brochure",
        gemeten=False,
    ),
    Paginatype(
        "wijkplan",
        "/wijkplan/?aanpak=futsal-chabbab&aanpak=abcd&waarom-abcd=Iedereen+doet+mee.",
        toestanden={"leeg": "/wijkplan/"},
    ),
    Paginatype(
        "keuzehulp",
        "/keuzehulp/",
        toestanden={
            "wie": "/keuzehulp/?wens=eenzaam&stap=3",
            "zekerheid": "/keuzehulp/?wens=eenzaam&ik=professional&stap=4",
        },
    ),
    Paginatype(
        "advies",
        "/keuzehulp/?wens=overlast&voor=jongeren&ik=professional"
        "&zekerheid=onderbouwd&stap=5",
        toestanden={"zonder antwoord": "/keuzehulp/?stap=5"},
    ),
    Paginatype(
        "interventies",
        "/interventies/",
        ook={"gefilterd": "/interventies/?niveau=goed-onderbouwd"},
    ),
    Paginatype(
        "interventie",
        "/interventies/thuis-op-straat/",
        toestanden={"zonder erkenning": "/interventies/wijktheater/"},
    ),
    Paginatype(
        "nieuw",
        "/nieuw/?sinds=2000-01-01",
        toestanden={"met melding": "/nieuw/?sinds=31+juni+2022"},
        ook={"zonder dag": "/nieuw/"},
    ),
    Paginatype("themas", "/themas/"),
    Paginatype("thema", "/themas/zeggenschap/"),
    Paginatype("wie", "/wie/"),
    Paginatype("actor", "/wie/jongerenwerkers-jongerencoaches/"),
    Paginatype("kennisdossier", "/kennisdossier/"),
    Paginatype(
        "dossier",
        "/kennisdossier/samenlevingsopbouw/",
        ook={"met vragen": "/kennisdossier/gezonde-en-leefbare-wijken-met-cultuur/"},
    ),
    Paginatype("lessen", "/kennisdossier/kunst-en-leefbaarheid/lessen/"),
    Paginatype(
        "vragen", "/kennisdossier/gezonde-en-leefbare-wijken-met-cultuur/vragen/"
    ),
    Paginatype("begrippen", "/begrippen/"),
    Paginatype("begrip", "/begrippen/leefbaarheid/"),
    Paginatype(
        "praktijkvoorbeelden",
        "/praktijkvoorbeelden/",
        toestanden={"gefilterd": "/praktijkvoorbeelden/?provincie=pv26&thema=x"},
        ook={
            "zonder resultaat": "/praktijkvoorbeelden/?gemeente=groningen"
            "&provincie=pv26"
        },
    ),
    Paginatype(
        "praktijkvoorbeeld",
        "/praktijkvoorbeelden/in-beeld-overvecht/",
        ook={"met weinig feiten": "/praktijkvoorbeelden/culturele-zondagen/"},
    ),
    Paginatype("gemeenten", "/gemeenten/"),
    Paginatype(
        "plaats",
        "/gemeenten/utrecht/",
        toestanden={"wijk zonder voorbeeld": "/praktijkvoorbeelden/in/leiden/mors/"},
        ook={"wijk": "/praktijkvoorbeelden/in/utrecht/kanaleneiland/"},
    ),
    Paginatype(
        "formulier",
        "/praktijkvoorbeelden/delen/",
        toestanden={
            "reageren": "/reageren/dossier/samenlevingsopbouw/",
            "waarderen": "/waarderen/praktijkvoorbeeld/in-beeld-overvecht/",
            "melden": f"/reacties/{REACTIE}/melden/",
            "contact": "/contact/lkca-cultuurparticipatie/",
            "volgen": "/volgen/",
            "wat iemand volgt": f"/volgen/{ABONNEMENT}/",
        },
        ook={"reageren op een aanpak": "/reageren/aanpak/abcd/"},
        formulier=True,
    ),
    Paginatype(
        "zoeken",
        "/zoeken/?q=bewoners",
        toestanden={
            "zonder vraag": "/zoeken/",
            "voor een deel gevonden": "/zoeken/?q=theter+eenzaam",
            "niets gevonden": "/zoeken/?q=qqqqzz",
        },
        ook={
            "in een soort": "/zoeken/?q=bewoners&soort=begrippen",
            "met typefout": "/zoeken/?q=buurtbemideling",
        },
    ),
    Paginatype("publicatie", "/publicatie/"),
    Paginatype(
        "editie",
        "/publicatie/edities/2/",
        ook={"eerste": EERSTE_EDITIE},
        # Only tests make one: on the site that Lighthouse sees there is none.
        gemeten=False,
    ),
    Paginatype("api", "/api/"),
    Paginatype(
        "insluiten",
        "/embed/?adres=/aanpakken/futsal-chabbab/",
        toestanden={"zonder adres": "/embed/?adres=/over/"},
        gemeten=False,
    ),
    Paginatype(
        "tekst",
        "/verantwoording/",
        toestanden={
            "over": "/over/",
            "verbeteringen": "/verantwoording/correcties/",
            "toegankelijkheid": "/toegankelijkheid/",
            "privacy": "/privacy/",
        },
    ),
    Paginatype("niet gevonden", "/bestaat-niet/", status=404, gemeten=False),
    Paginatype("ingetrokken", f"/aanpakken/{INGETROKKEN}/", status=410, gemeten=False),
]

# What stands in a frame of another site: no pages by themselves (tests/delen).
INGESLOTEN = [
    Pagina("aanpak, ingesloten", "/embed/aanpakken/futsal-chabbab/"),
    Pagina(
        "aanpakken, ingesloten",
        "/embed/aanpakken/?thema=zeggenschap&laag=x&kleur=licht",
    ),
    Pagina("matrix, ingesloten", "/embed/matrix/?kleur=donker"),
    Pagina("ringen, ingesloten", "/embed/wie/"),
    Pagina("begrip, ingesloten", "/embed/begrippen/leefbaarheid/"),
    Pagina("gemeente, ingesloten", "/embed/gemeenten/utrecht/"),
    Pagina("ingetrokken, ingesloten", f"/embed/aanpakken/{INGETROKKEN}/", 410),
    Pagina("niet gevonden, ingesloten", "/embed/aanpakken/bestaat-niet/", 404),
]

# Every component; only developers meet it, with DEBUG.
GALERIJ = Pagina("stijl", "/stijl/")

PAGINAS = [pagina for soort in TYPES for pagina in soort.paginas]
VOORBEELDEN = [soort.voorbeeld for soort in TYPES]
TOESTANDEN = [toestand for soort in TYPES for toestand in soort.in_browser[1:]]
FORMULIEREN = [pagina for pagina in PAGINAS if pagina.formulier]
LIGHTHOUSE = [soort.voorbeeld for soort in TYPES if soort.gemeten]


@cache
def _antwoorden() -> dict[Pagina, HttpResponse]:
    bereid_voor()
    client = Client(raise_request_exception=False)
    with override_settings(DEBUG=False):
        found = {p: client.get(p.pad) for p in [*PAGINAS, *INGESLOTEN]}
    with override_settings(DEBUG=True):
        return found | {GALERIJ: client.get(GALERIJ.pad)}


def antwoord(pagina: Pagina) -> HttpResponse:
    """What a reader gets: asked once for all tests of a process, which only look."""
    response = _antwoorden()[pagina]
    if response.exc_info:
        raise response.exc_info[1]
    return response


def bereid_voor() -> None:
    """Make the records that the real content has no example of."""
    if not Aanpak.objects.filter(slug=INGETROKKEN).exists():
        # The same moment in each test: pages that say what changed last are compared.
        vandaag = timezone.localtime().replace(
            hour=0, minute=0, second=0, microsecond=0
        )
        factories.make_archived_aanpak(
            slug=INGETROKKEN, naam="Ingetrokken aanpak", at=vandaag
        )
    factories.make_edities()
    # Shown on a dossier and below an aanpak's form, with a long word and a line break.
    dossier = Dossier.objects.get(slug="samenlevingsopbouw")
    Reactie.objects.get_or_create(
        pk=REACTIE,
        defaults={
            "dossier": dossier,
            "naam": "Buurtbewoner",
            "tekst": "Dit werkte goed.\n\nLees https://voorbeeld.example/ eens.",
            "status": Reactiestatus.GOEDGEKEURD,
            "beoordeeld_op": timezone.now(),
        },
    )
    Abonnement.objects.get_or_create(
        sleutel=ABONNEMENT,
        defaults={
            "email": "buurtbewoner@voorbeeld.example",
            "lijst": "praktijkvoorbeelden",
            "vraag": "gemeente=utrecht",
            "ritme": "week",
            "site": "http://testserver/",
            "gevraagd_op": timezone.now(),
        },
    )
