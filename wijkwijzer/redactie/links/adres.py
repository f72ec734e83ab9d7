"""Which addresses may be visited: only what anybody on the internet can reach."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import quote, urldefrag, urljoin, urlsplit

import idna

# What a resolver makes of an IPv4 address, where a network has no others.
NAT64 = ip_network("64:ff9b::/96")
# What an address may hold as it is; all else is written as browsers send it.
PAD_TEKENS = "/%:@!$&'()*+,;=-._~[]|"
POORTEN = {"http": 80, "https": 443}


class GeenAdresError(ValueError):
    """It cannot be visited; says why, for the editor."""


@dataclass(frozen=True)
class Doel:
    """What a request needs of an address: all ASCII, and without its fragment."""

    schema: str
    host: str
    poort: int
    pad: str

    @property
    def url(self) -> str:
        standaard = POORTEN[self.schema] == self.poort
        return f"{self.schema}://{self.gastheer}{self.pad}" if standaard else self._lang

    @property
    def _lang(self) -> str:
        return f"{self.schema}://{self.gastheer}:{self.poort}{self.pad}"

    @property
    def gastheer(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host

    @property
    def oorsprong(self) -> tuple[str, str, int]:
        return self.schema, self.host, self.poort

    def met_pad(self, pad: str) -> Doel:
        return Doel(self.schema, self.host, self.poort, pad)


def lees(adres: str) -> Doel:
    """Read an address as a browser would. Raises GeenAdresError."""
    try:
        deel = urlsplit(urldefrag(adres.strip())[0])
        schema, host, poort = deel.scheme.lower(), deel.hostname or "", deel.port
    except ValueError:
        raise GeenAdresError("Dit is geen geldig adres.") from None
    if schema not in POORTEN:
        raise GeenAdresError("Alleen adressen met http of https worden nagekeken.")
    pad = quote(deel.path or "/", safe=PAD_TEKENS)
    if deel.query:
        pad += f"?{quote(deel.query, safe=f'{PAD_TEKENS}?')}"
    return Doel(schema, _host(host), poort or POORTEN[schema], pad)


def _host(host: str) -> str:
    """The name as DNS knows it: "café.example" is "xn--caf-dma.example"."""
    if ":" in host:
        return host.partition("%")[0]
    try:
        naam = idna.encode(host, uts46=True).decode() if not host.isascii() else host
    except idna.IDNAError:
        naam = ""
    naam = naam.rstrip(".").lower()
    if not naam or len(naam) > 253 or not all(0 < len(s) < 64 for s in naam.split(".")):
        raise GeenAdresError("De naam van de site is niet geldig.")
    return naam


def volgende(adres: str, location: str) -> str:
    """Where a redirect leads. Raises GeenAdresError."""
    try:
        return urljoin(adres, location.strip())
    except ValueError:
        raise GeenAdresError("De site stuurt door naar een ongeldig adres.") from None


def met_fragment(nieuw: str, adres: str) -> str:
    """A new address with the fragment of the old, as a browser takes it along."""
    fragment = urldefrag(adres)[1]
    return nieuw if "#" in nieuw or not fragment else f"{nieuw}#{fragment}"


def is_openbaar(ip: str) -> bool:
    """Whether an IP address is one of the internet, and not of any network of ours.

    An address within another one counts as well.
    """
    adres = ip_address(ip.partition("%")[0])
    if isinstance(adres, IPv6Address):
        if adres in NAT64:
            return is_openbaar(str(IPv4Address(adres.packed[-4:])))
        binnenin = (adres.ipv4_mapped, adres.sixtofour, *(adres.teredo or ()))
        if not all(is_openbaar(str(binnen)) for binnen in binnenin if binnen):
            return False
    return adres.is_global and not (adres.is_multicast or adres.is_reserved)
