"""What a visit to an address says of it."""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass
from enum import Enum

import httpcore

from wijkwijzer.redactie.links.adres import GeenAdresError
from wijkwijzer.redactie.links.netwerk import EigenNetwerkError

# As OpenSSL numbers what is wrong with a certificate.
CERTIFICAAT = {
    10: "Het certificaat van de site is verlopen.",
    18: "De site heeft een certificaat dat browsers niet vertrouwen.",
    19: "De site heeft een certificaat dat browsers niet vertrouwen.",
    62: "Het certificaat is van een andere site.",
    64: "Het certificaat is van een andere site.",
}


class Soort(Enum):
    GOED = "goed"
    VERHUISD = "verhuisd"
    # What a reader would not get either. Only this can make a link a dead one.
    MISLUKT = "mislukt"
    # Something that a reader may not have: a wall, a limit, a robot refused.
    ONZEKER = "onzeker"
    NIET_BEZOCHT = "niet bezocht"


@dataclass(frozen=True)
class Uitkomst:
    """``bereikt``: a server answered, so the internet is there."""

    soort: Soort
    bevinding: str = ""
    antwoord: int | None = None
    nieuw_adres: str = ""
    bereikt: bool = False


MISLUKT = {
    404: "De pagina is er niet.",
    410: "De pagina is weggehaald.",
}
ONZEKER = {
    401: "De pagina vraagt om in te loggen.",
    403: "De site laat onze controle niet toe.",
    429: "De site vindt dat we te vaak komen.",
    503: "De site is even niet bereikbaar.",
}


def van_antwoord(status: int) -> Uitkomst:
    """What a status says, when it is not one that leads elsewhere."""
    if 200 <= status < 300:
        return Uitkomst(Soort.GOED, "", status, bereikt=True)
    if status in MISLUKT:
        return Uitkomst(Soort.MISLUKT, MISLUKT[status], status, bereikt=True)
    if 500 <= status < 600 and status != 503:
        fout = "De site geeft een foutmelding."
        return Uitkomst(Soort.MISLUKT, fout, status, bereikt=True)
    anders = "De site gaf een antwoord dat we niet begrijpen."
    return Uitkomst(Soort.ONZEKER, ONZEKER.get(status, anders), status, bereikt=True)


def van_fout(fout: BaseException) -> Uitkomst:
    """What it says that a request failed."""
    if isinstance(fout, GeenAdresError):
        return Uitkomst(Soort.NIET_BEZOCHT, str(fout))
    if isinstance(fout, EigenNetwerkError):
        tekst = "Dit adres is niet van het openbare internet. Het is niet bezocht."
        return Uitkomst(Soort.NIET_BEZOCHT, tekst)
    if isinstance(fout, socket.gaierror):
        return _zonder_naam(fout)
    if isinstance(fout, httpcore.ConnectTimeout):
        return Uitkomst(Soort.MISLUKT, "De site antwoordt niet.")
    if isinstance(fout, httpcore.ConnectError):
        return _zonder_verbinding(_oorzaak(fout))
    if isinstance(fout, TimeoutError | httpcore.TimeoutException):
        return Uitkomst(Soort.MISLUKT, "De site antwoordt te langzaam.")
    if isinstance(fout, httpcore.LocalProtocolError):
        return Uitkomst(Soort.NIET_BEZOCHT, "Dit adres kunnen we niet opvragen.")
    tekst = "De site gaf geen geldig antwoord."
    return Uitkomst(Soort.MISLUKT, tekst, bereikt=True)


def _zonder_naam(fout: socket.gaierror) -> Uitkomst:
    if fout.errno == socket.EAI_AGAIN:
        tekst = "De naam van de site kon niet worden opgezocht."
        return Uitkomst(Soort.ONZEKER, tekst)
    return Uitkomst(Soort.MISLUKT, "De site bestaat niet meer.")


def _oorzaak(fout: BaseException) -> BaseException | None:
    """What httpcore and anyio tell of with an error of their own."""
    binnen: BaseException | None = fout
    while binnen and not isinstance(binnen, OSError):
        binnen = binnen.__cause__ or binnen.__context__
    return binnen


def _zonder_verbinding(oorzaak: BaseException | None) -> Uitkomst:
    if isinstance(oorzaak, ssl.SSLCertVerificationError):
        if tekst := CERTIFICAAT.get(oorzaak.verify_code):
            return Uitkomst(Soort.MISLUKT, tekst, bereikt=True)
        # Browsers find a certificate in between themselves; we do not.
        tekst = "Het certificaat van de site konden we niet nagaan."
        return Uitkomst(Soort.ONZEKER, tekst, bereikt=True)
    if isinstance(oorzaak, ssl.SSLError):
        tekst = "Een beveiligde verbinding lukte niet."
        return Uitkomst(Soort.ONZEKER, tekst, bereikt=True)
    return Uitkomst(Soort.MISLUKT, "De site weigert de verbinding.")
