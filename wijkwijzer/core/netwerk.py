"""Where a request comes from: to tell people apart, never to know who they are."""

from __future__ import annotations

import re
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings

# How much of an IPv6 address is the same for all of one house, and of one holder.
HUIS, HOUDER = 64, 48
# Some proxies tell the port as well, which is another one for every connection.
MET_POORT = re.compile(r"\[([^\]]*)\](?::\d*)?|([^:]*):\d*")


def netwerkadres(gezien: str, keten: str | None) -> str:
    """What the server saw, or its proxy: the last address, all others can lie."""
    if settings.TRUST_PROXY and keten:
        laatste = keten.rpartition(",")[2].strip()
        if met_poort := MET_POORT.fullmatch(laatste):
            return met_poort[1] or met_poort[2] or ""
        return laatste
    return gezien


def netwerk(adres: str, bits: int) -> str:
    """Of IPv4 the address, of IPv6 so many bits: a house has a /64, a holder a /48."""
    try:
        ip = ip_address(adres)
    except ValueError:
        return adres
    if not isinstance(ip, IPv6Address):
        return str(ip)
    return str(ip.ipv4_mapped or ip_network((int(ip), bits), strict=False))
