"""All that the page, the brochure and the comparison tell of one aanpak."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aanpakken.models import Doelgroeprol, Feitsoort
from aanpakken.whole import AanpakDocument
from wijkwijzer.core.models import Adrescontrole, Adresstatus
from wijkwijzer.wholes.vocabulary import mark

if TYPE_CHECKING:
    from interventies.whole import InterventieDocument
    from wijkwijzer.wholes.stand import Stand


def aanpakdetails(stand: Stand, aanpak: AanpakDocument) -> dict[str, Any]:
    """The parts of an aanpak in the order of its page."""
    interventie = aanpak.zichtbare_interventie
    adressen = stand.derived(_gecontroleerde_adressen)
    return {
        "aanpak": aanpak,
        "interventie": interventie,
        # It has one, but readers cannot see it: then nothing is said of databanks.
        "register_in_bewerking": aanpak.interventie is not None and not interventie,
        "primair": [d for d in aanpak.doelgroepen if d.rol == Doelgroeprol.PRIMAIR],
        "andere_doelgroepen": [
            d for d in aanpak.doelgroepen if d.rol != Doelgroeprol.PRIMAIR
        ],
        "links": [
            (link, adressen.get(link.url, Adresstatus.ONBEKEND))
            for link in aanpak.links
        ],
        "duur": aanpak.feiten_van(Feitsoort.DUUR),
        "groepsgrootte": aanpak.feiten_van(Feitsoort.GROEPSGROOTTE),
        "kosten": aanpak.feiten_van(Feitsoort.KOSTEN),
        "frequentie": aanpak.feiten_van(Feitsoort.FREQUENTIE),
        "erkenningsfeiten": aanpak.feiten_van(Feitsoort.ERKENNING),
        "overige_feiten": aanpak.feiten_van(Feitsoort.OVERIG),
    }


def _gecontroleerde_adressen(stand: Stand) -> dict[str, str]:
    """Whether addresses still work, as far as anybody looked."""
    bekend = Adrescontrole.objects.exclude(status=Adresstatus.ONBEKEND)
    return dict(bekend.values_list("adres", "status"))


def aanpak_van(stand: Stand, interventie: InterventieDocument) -> AanpakDocument | None:
    """The aanpak that readers see which a register entry is about."""
    bits = stand.mentioning(AanpakDocument, [mark(interventie.uuid.hex)])
    posities = stand.records(AanpakDocument).in_order(bits)
    for aanpak in stand.documents(AanpakDocument, posities):
        if aanpak.interventie and aanpak.interventie.uuid == interventie.uuid:
            return aanpak
    return None
