"""Visiting many addresses at once, while who asked writes down what comes of it.

The visits have a thread of their own: what is found is handed over one by one, so the
database is used by one thread only, and a run that is stopped has kept what it found.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

from wijkwijzer.redactie.links.adres import GeenAdresError, lees, met_fragment
from wijkwijzer.redactie.links.bezoek import Bezoeker
from wijkwijzer.redactie.links.netwerk import Regels, ZoekOp, zoek_op
from wijkwijzer.redactie.links.uitkomst import Uitkomst, van_fout

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

# In seconds: how often who waits for an answer can do something else.
KIJK_ELKE = 1.0

Gevonden = tuple[str, Uitkomst]


class Bezoeken:
    """Runs the visits; iterate over it to get what they find. None: nothing new yet."""

    def __init__(
        self,
        adressen: Iterable[str],
        regels: Regels,
        contact: str = "",
        zoek: ZoekOp = zoek_op,
    ) -> None:
        self._regels, self._contact, self._zoek = regels, contact, zoek
        self._uit: SimpleQueue[Gevonden | BaseException | None] = SimpleQueue()
        self._hosts, self._meteen = _per_host(adressen)
        self._taak: asyncio.Task[None] | None = None
        self._gestopt = False

    def __iter__(self) -> Generator[Gevonden | None, None, None]:
        yield from self._meteen
        self._loop = asyncio.new_event_loop()
        thread = Thread(target=self._draai, daemon=True)
        thread.start()
        try:
            while True:
                try:
                    gevonden = self._uit.get(timeout=KIJK_ELKE)
                except Empty:
                    yield None
                    continue
                if gevonden is None:
                    return
                if isinstance(gevonden, BaseException):
                    raise gevonden
                yield gevonden
        finally:
            self._stop()
            thread.join()

    def _stop(self) -> None:
        def annuleer() -> None:
            if self._taak:
                self._taak.cancel()

        # Seen by who did not begin yet.
        self._gestopt = True
        # Closed: it was done already.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(annuleer)

    def _draai(self) -> None:
        einde: BaseException | None = None
        try:
            with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
                runner.run(self._alles())
        except asyncio.CancelledError:
            pass
        except Exception as fout:  # noqa: BLE001  # raised where it is waited for
            einde = fout
        self._uit.put(einde)

    async def _alles(self) -> None:
        self._taak = asyncio.current_task()
        if self._gestopt:
            return
        plaatsen = asyncio.Semaphore(self._regels.hosts_tegelijk)
        async with (
            Bezoeker(self._regels, self._contact, self._zoek) as bezoeker,
            asyncio.TaskGroup() as groep,
        ):
            for host, doelen in self._hosts.items():
                groep.create_task(self._host(bezoeker, plaatsen, host, doelen))

    async def _host(
        self,
        bezoeker: Bezoeker,
        plaatsen: asyncio.Semaphore,
        host: str,
        doelen: dict[str, list[str]],
    ) -> None:
        async with plaatsen:
            for doel, adressen in doelen.items():
                # What is left is for another day.
                if bezoeker.is_moe(host):
                    return
                uitkomst = await bezoeker.bezoek(doel)
                for adres in adressen:
                    nieuw = uitkomst.nieuw_adres
                    eigen = met_fragment(nieuw, adres) if nieuw else ""
                    self._uit.put((adres, replace(uitkomst, nieuw_adres=eigen)))


def _per_host(
    adressen: Iterable[str],
) -> tuple[dict[str, dict[str, list[str]]], list[Gevonden]]:
    """Per host what to ask, and for which addresses: those that differ in fragment.

    And what can be said without asking.
    """
    hosts: dict[str, dict[str, list[str]]] = {}
    meteen: list[Gevonden] = []
    for adres in adressen:
        try:
            doel = lees(adres)
        except GeenAdresError as fout:
            meteen.append((adres, van_fout(fout)))
            continue
        doelen = hosts.setdefault(doel.host, {})
        doelen.setdefault(urldefrag(adres)[0], []).append(adres)
    return hosts, meteen
