"""What of the kennisdossier can be found from every page."""

from __future__ import annotations

from kennisdossier.models import Begrip, Dossier, Gemeente, Praktijkvoorbeeld
from kennisdossier.opmaak import platte_tekst
from wijkwijzer.search.index import Zoekdocument
from wijkwijzer.search.registry import Documentbron, registreer


def _dossiers() -> list[Zoekdocument]:
    return [
        Zoekdocument(
            titel=dossier.naam,
            samenvatting=dossier.samenvatting,
            trefwoorden="\n".join(artikel.naam for artikel in dossier.artikelen.all()),
            tekst="\n".join(
                [
                    *(platte_tekst(deel.tekst) for deel in dossier.artikelen.all()),
                    *(f"{v.vraag}\n{v.antwoord}" for v in dossier.vragen.all()),
                    *(tip.tekst for tip in dossier.tips.all()),
                ]
            ),
            url=dossier.get_absolute_url(),
        )
        for dossier in Dossier.objects.gepubliceerd().prefetch_related(
            "artikelen", "vragen", "tips"
        )
    ]


def _voorbeelden() -> list[Zoekdocument]:
    return [
        Zoekdocument(
            titel=voorbeeld.naam,
            samenvatting=voorbeeld.samenvatting,
            trefwoorden="\n".join(
                [
                    str(voorbeeld.gemeente or ""),
                    voorbeeld.wijk.naam if voorbeeld.wijk else "",
                    *(groep.naam for groep in voorbeeld.doelgroepen.all()),
                ]
            ),
            tekst=f"{voorbeeld.omschrijving}\n{voorbeeld.kernfeiten}",
            url=voorbeeld.get_absolute_url(),
        )
        for voorbeeld in Praktijkvoorbeeld.objects.gepubliceerd()
        .select_related("gemeente", "wijk")
        .prefetch_related("doelgroepen")
    ]


def _begrippen() -> list[Zoekdocument]:
    return [
        Zoekdocument(
            titel=begrip.naam,
            samenvatting=begrip.definitie,
            trefwoorden=begrip.varianten,
            tekst=begrip.toelichting,
            url=begrip.get_absolute_url(),
        )
        for begrip in Begrip.objects.gepubliceerd()
    ]


def _gemeenten() -> list[Zoekdocument]:
    return [
        Zoekdocument(
            titel=gemeente.naam,
            samenvatting=f"Wat gebeurt er in {gemeente.naam}?",
            trefwoorden="\n".join(wijk.naam for wijk in gemeente.wijken.all()),
            url=gemeente.get_absolute_url(),
        )
        for gemeente in Gemeente.objects.prefetch_related("wijken")
    ]


registreer(Documentbron("praktijkvoorbeelden", "Praktijkvoorbeelden", _voorbeelden))
registreer(Documentbron("dossiers", "Kennisdossier", _dossiers))
registreer(Documentbron("begrippen", "Begrippen", _begrippen))
registreer(Documentbron("gemeenten", "Gemeenten", _gemeenten))
