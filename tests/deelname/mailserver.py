"""A mail server on this machine, which can leave who sends waiting for its answer."""

from __future__ import annotations

import email
from collections.abc import Iterator
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
        self._zeg("220 proef")
        while regel := self.rfile.readline():
            opdracht = regel[:4].upper()
            if opdracht == b"DATA":
                self._zeg("354 ga je gang")
                self._ontvang()
            elif opdracht == b"QUIT":
                self._zeg("221 dag")
                return
            else:
                self._zeg("250 goed")

    def _ontvang(self) -> None:
        regels = [*iter(self.rfile.readline, b".\r\n")]
        self.server.ontvangen.append(email.message_from_bytes(b"".join(regels)))
        self.server.gekomen.set()
        self.server.antwoord.wait(60)
        self._zeg("250 goed")

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
