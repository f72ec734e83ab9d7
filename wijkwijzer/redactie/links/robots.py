"""What a site asks of robots, read as RFC 9309 says."""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

# The name that a robots.txt can call us by; the whole User-Agent begins with it.
NAAM = "WijkWijzer-linkcontrole"

# Longer rules, and with more stars, are made to keep a reader of them busy.
LANGSTE_REGEL, MEESTE_STERREN = 1000, 10


@dataclass(frozen=True)
class Robots:
    """The rules of a site; ``dicht``: its rules could not be asked, so nothing may."""

    regels: Protego | None = None
    dicht: bool = False

    def mag(self, url: str) -> bool:
        if self.dicht:
            return False
        return self.regels is None or bool(self.regels.can_fetch(url, NAAM))

    @property
    def pauze(self) -> float:
        return float(self.regels.crawl_delay(NAAM) or 0) if self.regels else 0.0


def van_antwoord(status: int, tekst: bytes) -> Robots:
    """No such file is no rules; a server in trouble is "not now"."""
    if 200 <= status < 300:
        regels = tekst.decode("utf-8", "replace").splitlines()
        net = [r for r in regels if _is_net(r)]
        return Robots(Protego.parse("\n".join(net)))
    return Robots(dicht=status >= 500 or status == 429)


def _is_net(regel: str) -> bool:
    return len(regel) <= LANGSTE_REGEL and regel.count("*") <= MEESTE_STERREN
