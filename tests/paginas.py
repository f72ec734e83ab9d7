"""One example of every page type that a reader can meet."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from aanpakken.models import Aanpak
from kennisdossier.models import Dossier, Reactie, Reactiestatus
from tests import factories

INGETROKKEN = "ingetrokken-aanpak"
REACTIE = 900_001


@dataclass(frozen=True)
class Pagina:
    naam: str
    pad: str
    status: int = 200

    def __str__(self) -> str:
        return self.naam


PAGINAS = [
    Pagina("home", "/"),
    Pagina("aanpakken", "/aanpakken/"),
    Pagina(
        "aanpakken gefilterd",
        "/aanpakken/?thema=zeggenschap&laag=gemeente&leeftijd=14&sorteer=recent",
    ),
    Pagina("aanpakken zonder resultaat", "/aanpakken/?doelgroep=ouderen&leeftijd=3"),
    Pagina("aanpakken met melding", "/aanpakken/?thema=bestaatniet&leeftijd=abc"),
    Pagina("aanpakken gezocht", "/aanpakken/?q=eenzaam"),
    Pagina("aanpakken gezocht met typefout", "/aanpakken/?q=buurtbemideling"),
    Pagina("aanpakken gezocht met een deel", "/aanpakken/?q=voetbal+eenzaam+schuld"),
    Pagina(
        "aanpakken gezocht zonder resultaat", "/aanpakken/?q=qqqqzz&thema=problemen"
    ),
    Pagina("aanpak Futsal Chabbab", "/aanpakken/futsal-chabbab/"),
    Pagina("aanpak Citytrainers", "/aanpakken/citytrainers/"),
    Pagina("aanpak ABCD", "/aanpakken/abcd/"),
    Pagina("matrix", "/aanpakken/matrix/"),
    Pagina(
        "matrix gefilterd", "/aanpakken/matrix/?rij=vorm&kolom=doelgroep&leeftijd=14"
    ),
    Pagina("matrix met melding", "/aanpakken/matrix/?rij=x&thema=bestaatniet"),
    Pagina("vergelijken leeg", "/aanpakken/vergelijken/"),
    Pagina("vergelijken met een", "/aanpakken/vergelijken/?aanpak=abcd"),
    Pagina(
        "vergelijken",
        "/aanpakken/vergelijken/?aanpak=futsal-chabbab&aanpak=citytrainers"
        "&aanpak=thuis-op-straat&aanpak=abcd&aanpak=bestaatniet",
    ),
    Pagina("selectie leeg", "/selectie/"),
    Pagina("selectie", "/selectie/?aanpak=futsal-chabbab&aanpak=abcd&titel=Mijn+wijk"),
    Pagina(
        "brochure", "/selectie/?aanpak=citytrainers&aanpak=abcd&titel=Zuid&als=brochure"
    ),
    Pagina("keuzehulp", "/keuzehulp/"),
    Pagina("keuzehulp wie", "/keuzehulp/?wens=eenzaam&stap=3"),
    Pagina("keuzehulp zekerheid", "/keuzehulp/?wens=eenzaam&ik=professional&stap=4"),
    Pagina(
        "advies",
        "/keuzehulp/?wens=overlast&voor=jongeren&ik=professional"
        "&zekerheid=onderbouwd&stap=5",
    ),
    Pagina("advies zonder antwoord", "/keuzehulp/?stap=5"),
    Pagina("interventies", "/interventies/"),
    Pagina("interventies gefilterd", "/interventies/?niveau=goed-onderbouwd"),
    Pagina("interventie", "/interventies/thuis-op-straat/"),
    Pagina("interventie zonder erkenning", "/interventies/wijktheater/"),
    Pagina("themas", "/themas/"),
    Pagina("thema", "/themas/zeggenschap/"),
    Pagina("wie", "/wie/"),
    Pagina("actor", "/wie/jongerenwerkers-jongerencoaches/"),
    Pagina("kennisdossier", "/kennisdossier/"),
    Pagina("dossier", "/kennisdossier/samenlevingsopbouw/"),
    Pagina(
        "dossier met vragen", "/kennisdossier/gezonde-en-leefbare-wijken-met-cultuur/"
    ),
    Pagina("lessen", "/kennisdossier/kunst-en-leefbaarheid/lessen/"),
    Pagina("vragen", "/kennisdossier/gezonde-en-leefbare-wijken-met-cultuur/vragen/"),
    Pagina("begrippen", "/begrippen/"),
    Pagina("begrip", "/begrippen/leefbaarheid/"),
    Pagina("praktijkvoorbeelden", "/praktijkvoorbeelden/"),
    Pagina(
        "praktijkvoorbeelden gefilterd", "/praktijkvoorbeelden/?provincie=pv26&thema=x"
    ),
    Pagina(
        "praktijkvoorbeelden zonder resultaat",
        "/praktijkvoorbeelden/?gemeente=groningen&provincie=pv26",
    ),
    Pagina("praktijkvoorbeeld", "/praktijkvoorbeelden/in-beeld-overvecht/"),
    Pagina(
        "praktijkvoorbeeld met weinig feiten",
        "/praktijkvoorbeelden/culturele-zondagen/",
    ),
    Pagina("gemeente", "/praktijkvoorbeelden/in/utrecht/"),
    Pagina("wijk", "/praktijkvoorbeelden/in/utrecht/kanaleneiland/"),
    Pagina("wijk zonder voorbeeld", "/praktijkvoorbeelden/in/leiden/mors/"),
    Pagina("reageren", "/reageren/dossier/samenlevingsopbouw/"),
    Pagina("reageren op een aanpak", "/reageren/aanpak/abcd/"),
    Pagina("waarderen", "/waarderen/praktijkvoorbeeld/in-beeld-overvecht/"),
    Pagina("reactie melden", f"/reacties/{REACTIE}/melden/"),
    Pagina("contact", "/contact/lkca-cultuurparticipatie/"),
    Pagina("voorbeeld delen", "/praktijkvoorbeelden/delen/"),
    Pagina("zoeken", "/zoeken/"),
    Pagina("zoeken met resultaat", "/zoeken/?q=bewoners"),
    Pagina("zoeken in een soort", "/zoeken/?q=bewoners&soort=begrippen"),
    Pagina("zoeken met typefout", "/zoeken/?q=buurtbemideling"),
    Pagina("zoeken met een deel", "/zoeken/?q=theter+eenzaam"),
    Pagina("zoeken zonder resultaat", "/zoeken/?q=qqqqzz"),
    Pagina("over", "/over/"),
    Pagina("verantwoording", "/verantwoording/"),
    Pagina("verbeteringen", "/verantwoording/correcties/"),
    Pagina("toegankelijkheid", "/toegankelijkheid/"),
    Pagina("privacy", "/privacy/"),
    Pagina("niet gevonden", "/bestaat-niet/", 404),
    Pagina("ingetrokken", f"/aanpakken/{INGETROKKEN}/", 410),
]

# Every component; only developers meet it, with DEBUG.
GALERIJ = Pagina("stijl", "/stijl/")

# Pages with a form that posts: a cookie against forgery, and nothing to be indexed.
FORMULIEREN = [
    pagina
    for pagina in PAGINAS
    if pagina.pad.startswith(("/reageren/", "/waarderen/", "/reacties/"))
    or pagina.pad
    in {"/contact/lkca-cultuurparticipatie/", "/praktijkvoorbeelden/delen/"}
]

# One of each, as readers get them most.
LIGHTHOUSE = [
    "/",
    "/aanpakken/",
    "/aanpakken/?q=eenzaam&laag=bewoner",
    "/aanpakken/futsal-chabbab/",
    "/aanpakken/matrix/",
    "/aanpakken/vergelijken/?aanpak=abcd&aanpak=wijktheater&aanpak=citytrainers",
    "/selectie/?aanpak=abcd&aanpak=wijktheater",
    "/keuzehulp/",
    "/keuzehulp/?stap=5&wens=eenzaam&voor=ouderen",
    "/interventies/",
    "/interventies/thuis-op-straat/",
    "/themas/",
    "/themas/zeggenschap/",
    "/wie/",
    "/wie/gemeente/",
    "/kennisdossier/",
    "/kennisdossier/samenlevingsopbouw/",
    "/kennisdossier/gezonde-en-leefbare-wijken-met-cultuur/",
    "/kennisdossier/gezonde-en-leefbare-wijken-met-cultuur/vragen/",
    "/kennisdossier/kunst-en-leefbaarheid/lessen/",
    "/begrippen/",
    "/begrippen/leefbaarheid/",
    "/praktijkvoorbeelden/",
    "/praktijkvoorbeelden/in-beeld-overvecht/",
    "/praktijkvoorbeelden/in/utrecht/",
    "/reageren/dossier/samenlevingsopbouw/",
    "/waarderen/dossier/samenlevingsopbouw/",
    "/contact/lkca-cultuurparticipatie/",
    "/praktijkvoorbeelden/delen/",
    "/zoeken/?q=bewoners",
    "/over/",
    "/verantwoording/",
    "/verantwoording/correcties/",
    "/toegankelijkheid/",
    "/privacy/",
]


def bereid_voor() -> None:
    """Make the records that the real content has no example of."""
    if not Aanpak.objects.filter(slug=INGETROKKEN).exists():
        factories.make_archived_aanpak(slug=INGETROKKEN, naam="Ingetrokken aanpak")
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
