"""Connections to the internet and to nothing else.

A name is looked up once, every address that it has is checked, and the connection is
made to an address that was checked: a name that says something else a moment later
leads nowhere. This holds for each connection, so for each redirect and robots.txt too.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field

import httpcore

from wijkwijzer.redactie.links.adres import POORTEN, is_openbaar

# Finds the IP addresses of a name; raises socket.gaierror.
ZoekOp = Callable[[str], Awaitable[list[str]]]

# Of a name with many addresses, so many are tried.
HOOGSTENS = 3


class EigenNetwerkError(Exception):
    """The address is of a network of somebody, or no address of a web server."""


@dataclass(frozen=True)
class Regels:
    """How long, how much and how often; times in seconds."""

    verbinden: float = 10
    lezen: float = 15
    # Of one request with all that comes of it, however slowly it drips.
    totaal: float = 30
    # Between two requests to one host; a longer wish of the site counts up to a bound.
    pauze: float = 1
    langste_pauze: float = 10
    hosts_tegelijk: int = 20
    keer_doorsturen: int = 5
    robots_bytes: int = 500 * 1024
    # For tests, whose servers are on this machine: (address, port).
    eigen: frozenset[tuple[str, int]] = field(default_factory=frozenset)


async def zoek_op(host: str) -> list[str]:
    """Ask the resolver of this machine, which also reads "0x7f.1" as it likes."""
    loop = asyncio.get_running_loop()
    gevonden = await loop.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in gevonden))


class VeiligNetwerk(httpcore.AsyncNetworkBackend):
    """Makes the connections of httpcore."""

    def __init__(self, regels: Regels, zoek: ZoekOp = zoek_op) -> None:
        self._regels, self._zoek = regels, zoek
        self._netwerk = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # as httpcore calls it
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        ips = await self._zoek(host)
        if not ips or not all(self._mag(ip, port) for ip in ips):
            raise EigenNetwerkError
        fout: Exception | None = None
        for ip in ips[:HOOGSTENS]:
            try:
                return await self._netwerk.connect_tcp(
                    ip, port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as deze:
                fout = deze
        assert fout is not None, "there was an address"  # noqa: S101
        raise fout

    def _mag(self, ip: str, port: int) -> bool:
        if (ip, port) in self._regels.eigen:
            return True
        return port in POORTEN.values() and is_openbaar(ip)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
