"""The overview as PDF: made once for what readers see, whoever asks for it."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from wijkwijzer.publicatie.bewaard import begin, geef, is_er, vind
from wijkwijzer.publicatie.boek import maak_boek
from wijkwijzer.publicatie.uitval import onthoud_uitval
from wijkwijzer.publicatie.zetten import OnzetbaarError, opdracht, zet

if TYPE_CHECKING:
    from collections.abc import Callable

    from wijkwijzer.publicatie.boek import Boek
    from wijkwijzer.publicatie.zetten import Opdracht
    from wijkwijzer.wholes.stand import Stand

    Zet = Callable[[Opdracht], bytes]

logger = logging.getLogger(__name__)

SJABLOON = "overzicht"


def geef_overzicht(stand: Stand, basis: str, adres: str, deel: int, vorm: str) -> bytes:
    """A volume of this stand. ``basis`` is the address of the site, ``adres`` its page.

    Raises what ``bewaard.geef`` raises.
    """
    bekend = stand.derived(_sleutels).get((basis, deel, vorm))
    if bekend and (pdf := vind(bekend)) is not None:
        return pdf
    return geef(*_maken(stand, basis, adres, deel, vorm))


def begin_overzicht(stand: Stand, basis: str, adres: str) -> None:
    """Have the PDF made for who reads about it: that is what they open next."""
    bekend = stand.derived(_sleutels).get((basis, 1, "pdf"))
    if not (bekend and is_er(bekend)):
        begin(*_maken(stand, basis, adres, 1, "pdf"))


def _maken(
    stand: Stand, basis: str, adres: str, deel: int, vorm: str
) -> tuple[Opdracht, Zet]:
    """What is to be set, and how."""
    boek = maak_boek(stand, basis, adres, deel)
    wat = opdracht(SJABLOON, boek, vorm)
    stand.derived(_sleutels)[basis, deel, vorm] = wat.sleutel
    return wat, partial(zet_boek, boek)


def _sleutels(stand: Stand) -> dict[tuple[str, int, str], str]:
    """Under which key a volume is kept, by address, number and kind of file."""
    return {}


def zet_boek(boek: Boek, wat: Opdracht, zet: Zet = zet) -> bytes:
    """The file; without the records that cannot be set, which it then names."""
    try:
        pdf = zet(wat)
    except OnzetbaarError:
        logger.exception("Het overzicht kan niet worden gezet zoals het is.")
        boek = boek.zonder(_onzetbaar(boek, {b.id for b in boek.bladen}, zet))
        pdf = zet(opdracht(SJABLOON, boek, wat.vorm))
    uitval = [(uitval.soort, uitval.slug) for uitval in boek.ontbreekt]
    onthoud_uitval(uitval, boek.deel, boek.delen)
    return pdf


def _onzetbaar(boek: Boek, bladen: set[str], zet: Zet) -> set[str]:
    """Which of these cannot be set: halves are tried until what fails is one."""
    andere = {blad.id for blad in boek.bladen} - bladen
    try:
        zet(opdracht(SJABLOON, boek.zonder(andere)))
    except OnzetbaarError:
        if len(bladen) <= 1:
            return bladen
        alle = sorted(bladen)
        half = len(alle) // 2
        eerste, tweede = {*alle[:half]}, {*alle[half:]}
        return _onzetbaar(boek, eerste, zet) | _onzetbaar(boek, tweede, zet)
    return set()
