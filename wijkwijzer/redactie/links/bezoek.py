"""Visiting addresses: HEAD, then GET, redirect by redirect, as each site allows."""

from __future__ import annotations

import asyncio
import socket
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import httpcore

from wijkwijzer.redactie.links import adres as adressen
from wijkwijzer.redactie.links import robots
from wijkwijzer.redactie.links.adres import Doel, GeenAdresError
from wijkwijzer.redactie.links.netwerk import (
    EigenNetwerkError,
    Regels,
    VeiligNetwerk,
    ZoekOp,
    zoek_op,
)
from wijkwijzer.redactie.links.uitkomst import Soort, Uitkomst, van_antwoord, van_fout

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from types import TracebackType
    from typing import Self

    from wijkwijzer.redactie.links.robots import Robots

DOORSTUREN = {301, 302, 303, 307, 308}
VOORGOED = {301, 308}
# Of a page no more than this is read: that it begins is enough.
HAPJE = 1024
# What can be wrong with an address or with what answers there.
FOUTEN = (
    *(GeenAdresError, EigenNetwerkError, socket.gaierror, TimeoutError),
    *(httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException),
)
# With these, a site may have no answer to HEAD only.
BIJ_HEAD = (
    *(TimeoutError, httpcore.ReadTimeout),
    *(httpcore.ReadError, httpcore.RemoteProtocolError),
)


@dataclass(frozen=True)
class Antwoord:
    status: int
    location: str
    tekst: bytes
    wacht: bool


@dataclass
class Host:
    """One name: who visits it takes turns, and leaves it alone when it asks so."""

    pauze: float
    beurt: asyncio.Lock = field(default_factory=asyncio.Lock)
    vrij_op: float = 0
    moe: bool = False
    robots_beurt: asyncio.Lock = field(default_factory=asyncio.Lock)
    robots: dict[tuple[str, str, int], Robots | Exception] = field(default_factory=dict)


class Bezoeker:
    """Visits addresses for as long as it is open."""

    def __init__(self, regels: Regels, contact: str = "", zoek: ZoekOp = zoek_op):
        self._regels, self._zoek = regels, zoek
        self._hosts: dict[str, Host] = {}
        naam = f"{robots.NAAM}/1.0 ({contact})" if contact else f"{robots.NAAM}/1.0"
        self._kop: dict[bytes | str, bytes | str] = {
            "User-Agent": naam.encode("ascii", "ignore").decode(),
            "Accept": "*/*",
            "Accept-Language": "nl, en;q=0.5",
            # Nothing is ever unpacked: a bomb stays what it is.
            "Accept-Encoding": "identity",
        }
        self._open = AsyncExitStack()

    async def __aenter__(self) -> Self:
        pool = httpcore.AsyncConnectionPool(
            # One for all: it is read from a file.
            ssl_context=httpcore.default_ssl_context(),
            max_connections=2 * self._regels.hosts_tegelijk,
            keepalive_expiry=2 * self._regels.pauze,
            network_backend=VeiligNetwerk(self._regels, self._zoek),
        )
        self._pool = await self._open.enter_async_context(pool)
        return self

    async def __aexit__(
        self,
        soort: type[BaseException] | None,
        fout: BaseException | None,
        spoor: TracebackType | None,
    ) -> None:
        await self._open.aclose()

    def is_moe(self, host: str) -> bool:
        """Whether a host asked to be left alone for now."""
        return host in self._hosts and self._hosts[host].moe

    async def bezoek(self, adres: str) -> Uitkomst:
        """What there is at an address, wherever it leads. Raises nothing."""
        hier = nieuw = adres
        voorgoed = True
        for stap in range(self._regels.keer_doorsturen + 1):
            try:
                antwoord = await self._antwoord(hier)
            except FOUTEN as fout:
                return self._onderweg(van_fout(fout), stap)
            if isinstance(antwoord, Uitkomst):
                return antwoord
            if antwoord.status not in DOORSTUREN:
                uitkomst = van_antwoord(antwoord.status)
                verhuisd = uitkomst.soort is Soort.GOED and nieuw != adres
                return _verhuisd(uitkomst, nieuw) if verhuisd else uitkomst
            if not antwoord.location:
                return _onzeker("De site stuurt door, maar zegt niet waarheen.")
            try:
                hier = adressen.volgende(hier, antwoord.location)
            except GeenAdresError as fout:
                return _onzeker(str(fout))
            voorgoed = voorgoed and antwoord.status in VOORGOED
            nieuw = hier if voorgoed else nieuw
        return _onzeker("De site blijft doorsturen.")

    def _onderweg(self, uitkomst: Uitkomst, stap: int) -> Uitkomst:
        """The same for a redirect: there was an address to visit, and it led here."""
        if stap and uitkomst.soort is Soort.NIET_BEZOCHT:
            return _onzeker("De site stuurt door naar iets wat we niet bezoeken.")
        return uitkomst

    async def _antwoord(self, adres: str) -> Antwoord | Uitkomst:
        doel = adressen.lees(adres)
        regels = await self._robots(doel)
        if regels.dicht:
            return _onzeker("De site zegt nu niet wat robots mogen bezoeken.")
        if not regels.mag(doel.url):
            tekst = "De site vraagt robots om deze pagina niet te bezoeken."
            return Uitkomst(Soort.NIET_BEZOCHT, tekst, bereikt=True)
        try:
            antwoord = await self._vraag("HEAD", doel)
        except BIJ_HEAD:
            return await self._vraag("GET", doel, HAPJE)
        if antwoord.status >= 400 and not antwoord.wacht:
            return await self._vraag("GET", doel, HAPJE)
        return antwoord

    async def _robots(self, doel: Doel) -> Robots:
        """The rules of a site, asked once. Raises what kept us from asking."""
        host = self._host(doel)
        async with host.robots_beurt:
            if doel.oorsprong not in host.robots:
                try:
                    host.robots[doel.oorsprong] = gelezen = await self._lees(doel)
                except FOUTEN as fout:
                    host.robots[doel.oorsprong] = fout
                else:
                    langste = self._regels.langste_pauze
                    host.pauze = max(host.pauze, min(gelezen.pauze, langste))
        gevonden = host.robots[doel.oorsprong]
        if isinstance(gevonden, Exception):
            raise gevonden
        return gevonden

    async def _lees(self, doel: Doel) -> Robots:
        hier = doel.met_pad("/robots.txt")
        for _ in range(self._regels.keer_doorsturen + 1):
            antwoord = await self._vraag("GET", hier, self._regels.robots_bytes)
            if antwoord.status not in DOORSTUREN or not antwoord.location:
                return robots.van_antwoord(antwoord.status, antwoord.tekst)
            hier = adressen.lees(adressen.volgende(hier.url, antwoord.location))
        return robots.Robots()

    async def _vraag(self, methode: str, doel: Doel, hoogstens: int = 0) -> Antwoord:
        """One request, of which no more than so many bytes are read."""
        tijden = {"connect": self._regels.verbinden, "read": self._regels.lezen}
        tijden |= {"write": self._regels.lezen}
        url = httpcore.URL(
            scheme=doel.schema, host=doel.host, port=doel.poort, target=doel.pad
        )
        async with self._beurt(doel) as host:
            async with (
                asyncio.timeout(self._regels.totaal),
                self._pool.stream(
                    methode, url, headers=self._kop, extensions={"timeout": tijden}
                ) as response,
            ):
                tekst = bytearray()
                if hoogstens:
                    async for stuk in response.aiter_stream():
                        tekst += stuk[: hoogstens - len(tekst)]
                        if len(tekst) >= hoogstens:
                            break
            kop = {naam.lower(): waarde for naam, waarde in response.headers}
            wacht = response.status == 429 or (
                response.status == 503 and b"retry-after" in kop
            )
            host.moe = host.moe or wacht
            location = kop.get(b"location", b"").decode("utf-8", "replace")
            return Antwoord(response.status, location, bytes(tekst), wacht)

    def _host(self, doel: Doel) -> Host:
        return self._hosts.setdefault(doel.host, Host(self._regels.pauze))

    @asynccontextmanager
    async def _beurt(self, doel: Doel) -> AsyncIterator[Host]:
        """One request at a time to a host, with a pause in between."""
        host, klok = self._host(doel), asyncio.get_running_loop().time
        async with host.beurt:
            await asyncio.sleep(host.vrij_op - klok())
            try:
                yield host
            finally:
                host.vrij_op = klok() + host.pauze


def _verhuisd(uitkomst: Uitkomst, nieuw: str) -> Uitkomst:
    tekst = "De site stuurt voorgoed door naar een ander adres."
    return Uitkomst(Soort.VERHUISD, tekst, uitkomst.antwoord, nieuw, bereikt=True)


def _onzeker(bevinding: str) -> Uitkomst:
    return Uitkomst(Soort.ONZEKER, bevinding, bereikt=True)
