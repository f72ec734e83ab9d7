"""A mail server on this machine, which can leave who sends waiting for its answer."""

from __future__ import annotations

import email
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import Message
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Event, Thread


class Mailserver(ThreadingTCPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Gesprek)
        self.ontvangen: list[Message] = []
        # Of each mail: it came in whole, and it may be answered.
        self.gekomen, self.antwoord = Event(), Event()
        self.antwoord.set()
        # How it treats a mail to an address, the first time, the second …
        self.gedrag: Callable[[str, int], str] = lambda adres, keer: "neem aan"
        self.keren: Counter[str] = Counter()

    @property
    def omgeving(self) -> dict[str, str]:
        return {
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(self.server_address[1]),
            "EMAIL_USE_TLS": "False",
            "EMAIL_VAN": "ww@wijkwijzer.example",
        }


class Gesprek(StreamRequestHandler):
    server: Mailserver

    def handle(self) -> None:
        gedrag = ""
        self._zeg("220 proef")
        while regel := self.rfile.readline():
            opdracht = regel[:4].upper()
            if opdracht == b"RCPT":
                adres = regel.decode().partition("<")[2].partition(">")[0]
                self.server.keren[adres] += 1
                gedrag = self.server.gedrag(adres, self.server.keren[adres])
                self._zeg("450 nu niet" if gedrag == "weiger" else "250 goed")
            elif opdracht == b"DATA":
                self._zeg("354 ga je gang")
                if not self._ontvang(gedrag):
                    return
            elif opdracht == b"QUIT":
                self._zeg("221 dag")
                return
            else:
                self._zeg("250 goed")

    def _ontvang(self, gedrag: str) -> bool:
        """Take a mail in; False when the line was broken off before it was answered."""
        regels = [*iter(self.rfile.readline, b".\r\n")]
        bericht = email.message_from_bytes(b"".join(regels))
        if gedrag == "verbreek":
            return False
        if gedrag == "houd op":
            # Who sends it is killed meanwhile: it was never taken in.
            self.server.gekomen.set()
            self.server.antwoord.wait(60)
            return False
        if gedrag == "wacht":
            time.sleep(0.2)
        self.server.ontvangen.append(bericht)
        self.server.gekomen.set()
        self.server.antwoord.wait(60)
        self._zeg("250 goed")
        return True

    def _zeg(self, regel: str) -> None:
        self.wfile.write(f"{regel}\r\n".encode())


@contextmanager
def mailserver() -> Iterator[Mailserver]:
    with Mailserver() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            server.antwoord.set()
            server.shutdown()
