"""One run over all addresses that are due.

What is due follows from when each was looked at last: so a run that is killed goes on
where it was, and a run for nothing does nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from wijkwijzer.core.models import MAX_ADRES, Adrescontrole, Adresronde, Adresstatus
from wijkwijzer.redactie.links.actions import noteer, ruim_op
from wijkwijzer.redactie.links.bezoeken import Bezoeken
from wijkwijzer.redactie.links.netwerk import Regels, ZoekOp, zoek_op
from wijkwijzer.redactie.links.slot import slot
from wijkwijzer.redactie.links.uitkomst import Soort, Uitkomst
from wijkwijzer.redactie.links.vindplaatsen import alle_adressen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# How often what is known is looked at again, and what is in doubt.
BEKEND, TWIJFEL = timedelta(days=7), timedelta(hours=20)
# So many are kept together, or all of so many seconds.
SAMEN, BEWAAR_ELKE = 50, timedelta(seconds=5)
# From so many sites on that all say nothing, it is not them.
VERDACHT = 3


class GeenInternetError(Exception):
    """No site answered at all."""


@dataclass
class Keuze:
    """What to look at: what is due, or all of something."""

    alleen_nieuwe: bool = False
    alles: bool = False
    host: str = ""


@dataclass
class Verslag:
    totaal: int = 0
    gedaan: int = 0
    vergeten: int = 0
    gestopt: bool = False
    per_soort: Counter[Soort] = field(default_factory=Counter)


def contact() -> str:
    """Where a site that does not want us can say so."""
    return settings.BEHEERDER_EMAIL or settings.BEHEERDER_URL


def host_van(adres: str) -> str:
    try:
        return (urlsplit(adres).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def aan_de_beurt(adressen: Iterable[str], keuze: Keuze, nu: datetime) -> list[str]:
    """Which of these to look at now: first what never was, then the longest ago."""
    twijfel = Q(status=Adresstatus.ONZEKER) | Q(mislukt__gt=0)
    oud = (twijfel & Q(nagekeken_op__gt=nu - TWIJFEL)) | (
        ~twijfel & Q(nagekeken_op__gt=nu - BEKEND)
    )
    bekend = dict(Adrescontrole.objects.values_list("adres", "nagekeken_op"))
    if keuze.alleen_nieuwe:
        niet = {adres for adres, op in bekend.items() if op}
    elif keuze.alles or keuze.host:
        niet = set()
    else:
        niet = {*Adrescontrole.objects.filter(oud).values_list("adres", flat=True)}
    host = keuze.host.lower().removeprefix("www.")
    gekozen = (
        adres
        for adres in adressen
        if adres not in niet
        and len(adres.encode()) <= MAX_ADRES
        and (not host or host_van(adres) == host)
    )
    nooit = datetime.min.replace(tzinfo=UTC)
    return sorted(gekozen, key=lambda adres: (bekend.get(adres) or nooit, adres))


def controleer(
    keuze: Keuze,
    *,
    voortgang: Callable[[int, int], None],
    moet_stoppen: Callable[[], bool] = lambda: False,
    regels: Regels | None = None,
    zoek: ZoekOp = zoek_op,
) -> Verslag:
    """Look at all that is due. Raises BezetError and GeenInternetError."""
    regels = regels or Regels()
    with slot() as houd_vast:
        adressen = alle_adressen()
        te_doen = aan_de_beurt(adressen, keuze, timezone.now())
        verslag = Verslag(len(te_doen), vergeten=ruim_op(in_gebruik=adressen))
        bewaard = Bewaard(verslag, houd_vast)
        voortgang(0, verslag.totaal)
        bezoeken = Bezoeken(te_doen, regels, contact(), zoek).__iter__()
        try:
            for gevonden in bezoeken:
                bewaard.neem(gevonden)
                voortgang(verslag.gedaan, verslag.totaal)
                if moet_stoppen():
                    verslag.gestopt = True
                    break
        finally:
            bezoeken.close()
            bewaard.bewaar()
        bewaard.sluit(lambda goede: _antwoordt(goede, regels, zoek))
        Adresronde.objects.update(klaar_op=timezone.now())
        return verslag


class Bewaard:
    """Keeps what is found, some at a time.

    That a site cannot be reached counts once any site could: else it is our own
    connection that is broken, and every link would die with it.
    """

    def __init__(self, verslag: Verslag, houd_vast: Callable[[], None]) -> None:
        self._verslag, self._houd_vast = verslag, houd_vast
        self._klaar: dict[str, Uitkomst] = {}
        self._wacht: dict[str, Uitkomst] = {}
        self._er_is_internet = False
        self._bewaard_op = timezone.now()

    def neem(self, gevonden: tuple[str, Uitkomst] | None) -> None:
        if gevonden:
            adres, uitkomst = gevonden
            self._verslag.gedaan += 1
            self._verslag.per_soort[uitkomst.soort] += 1
            self._er_is_internet |= uitkomst.bereikt
            telt = uitkomst.bereikt or uitkomst.soort is Soort.NIET_BEZOCHT
            (self._klaar if telt else self._wacht)[adres] = uitkomst
        oud = timezone.now() - self._bewaard_op >= BEWAAR_ELKE
        if oud or len(self._klaar) >= SAMEN:
            self.bewaar()

    def bewaar(self) -> None:
        if self._er_is_internet:
            self._klaar |= self._wacht
            self._wacht = {}
        if self._klaar:
            noteer(gevonden=self._klaar, op=timezone.now())
            self._klaar = {}
        self._houd_vast()
        self._bewaard_op = timezone.now()

    def sluit(self, antwoordt: Callable[[list[str]], bool]) -> None:
        """Decide on what waits: a site that worked the last time is asked."""
        if not self._wacht or self._verslag.gestopt:
            return
        hosts = {host_van(adres) for adres in self._wacht}
        goed = Adrescontrole.objects.filter(status=Adresstatus.GOED)
        elders = [
            adres
            for adres in goed.order_by("-nagekeken_op").values_list("adres", flat=True)
            if host_van(adres) not in hosts
        ][:VERDACHT]
        if antwoordt(elders) if elders else len(hosts) < VERDACHT:
            self._er_is_internet = True
            self.bewaar()
            return
        raise GeenInternetError


def _antwoordt(adressen: list[str], regels: Regels, zoek: ZoekOp) -> bool:
    bezoeken = Bezoeken(adressen, regels, contact(), zoek)
    return any(gevonden[1].bereikt for gevonden in bezoeken if gevonden)
