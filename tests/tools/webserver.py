"""Web servers on this machine with everything that can be wrong with a site.

What is asked decides what goes wrong: the first part of the path, or for robots.txt the
name of the host. Every name leads here, by :meth:`Webserver.zoek`.
"""

from __future__ import annotations

import asyncio
import gzip
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

HIER = "127.0.0.1"
STATUSSEN = (200, 401, 403, 404, 410, 429, 500, 503)
# In seconds: what never ends leaves time for the others.
ADEM = 0.02
BOM = gzip.compress(b"\0" * 10_000_000)
DOORSTUREN = {
    "verhuisd": (301, "/200"),
    "tweemaal": (308, "/verhuisd"),
    "eerst-voorgoed": (301, "/tijdelijk"),
    "tijdelijk": (302, "/200"),
    "relatief": (301, "200?a=b"),
    "lus": (301, "/lus"),
    "naar-404": (301, "/404"),
    "naar-prive": (302, "http://10.0.0.1/"),
    "naar-metadata": (302, "http://169.254.169.254/latest/meta-data/"),
    "naar-zichzelf-thuis": (302, "http://0x7f.1/"),
    "naar-mail": (302, "mailto:iemand@voorbeeld.example"),
    "naar-onzin": (302, "http://[::1"),
    "leeg": (302, ""),
    "fragment": (301, "/200#elders"),
}
ROBOTS = {
    "dicht": (200, b"User-agent: *\nDisallow: /\n"),
    "voor-ons": (200, b"User-agent: wijkwijzer-linkcontrole\nDisallow: /200\n"),
    "voor-anderen": (200, b"User-agent: googlebot\nDisallow: /\n"),
    "stuk": (500, b""),
    "sterren": (200, b"User-agent: *\nDisallow: /" + b"*a" * 400 + b"\nDisallow: /x\n"),
    "lang-wachten": (200, b"User-agent: *\nCrawl-delay: 86400\n"),
    "rommel": (200, b"\xff\xfe\0User-agent\n:::\n"),
}

Schrijf = Callable[[bytes], Awaitable[None]]


class Webserver:
    """``gevraagd`` is every request: its method, host and path."""

    def __init__(self) -> None:
        self.gevraagd: list[tuple[str, str, str]] = []
        self.momenten: list[tuple[str, float]] = []
        self.poort = self.tls = self.vol = self.weg = 0
        self.naam: str | None = None

    async def zoek(self, host: str) -> list[str]:
        """What a resolver would say."""
        if host.startswith("bestaat-niet"):
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        if host.startswith("nu-even-niet"):
            raise socket.gaierror(socket.EAI_AGAIN, "try again")
        if host.startswith("half-thuis"):
            return [HIER, "192.168.1.1"]
        if host.startswith("mapped"):
            return ["::ffff:10.0.0.1"]
        with suppress(OSError):
            # As the resolver of a machine reads numbers, in whatever notation.
            return [socket.inet_ntoa(socket.inet_aton(host))]
        return [host] if ":" in host else [HIER]

    @property
    def eigen(self) -> frozenset[tuple[str, int]]:
        return frozenset((HIER, p) for p in (self.poort, self.tls, self.vol, self.weg))

    def url(self, host: str, pad: str) -> str:
        return f"http://{host}:{self.poort}/{pad}"

    async def antwoord(
        self, lees: asyncio.StreamReader, uit: asyncio.StreamWriter
    ) -> None:
        async def schrijf(tekst: bytes) -> None:
            uit.write(tekst)
            await uit.drain()

        with closing(uit), suppress(OSError, asyncio.IncompleteReadError):
            while True:
                begin = await lees.readexactly(1)
                if begin == b"\x16":
                    # The hello of TLS, at a server that does not know that.
                    await schrijf(_antwoord(400, b""))
                    break
                kop = (begin + await lees.readuntil(b"\r\n\r\n")).decode("latin-1")
                methode, pad, _ = kop.split(" ", 2)
                host = kop.lower().partition("\r\nhost: ")[2].partition("\r\n")[0]
                host = host.partition(":")[0]
                self.gevraagd.append((methode, host, pad))
                self.momenten.append((host, asyncio.get_running_loop().time()))
                self.naam = kop.partition("User-Agent: ")[2].partition("\r\n")[0]
                if pad == "/robots.txt":
                    await _robots(host, schrijf)
                elif not await _pagina(methode, pad[1:].partition("?")[0], schrijf):
                    break


async def _robots(host: str, schrijf: Schrijf) -> None:
    naam = host.partition(".")[0]
    if naam == "robots-hangt":
        await asyncio.sleep(5)
    if naam == "robots-eindeloos":
        await schrijf(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            await schrijf(b"# nog meer\n" * 10_000)
            await asyncio.sleep(ADEM)
    status, tekst = ROBOTS.get(naam, (404, b""))
    await schrijf(_antwoord(status, tekst))


async def _pagina(methode: str, pad: str, schrijf: Schrijf) -> bool:
    """Answer; whether the connection is still of use."""
    if pad in map(str, STATUSSEN):
        extra = "Retry-After: 3600\r\n" if pad == "429" else ""
        await schrijf(_antwoord(int(pad), b"", extra))
    elif pad in DOORSTUREN:
        status, naar = DOORSTUREN[pad]
        await schrijf(_antwoord(status, b"", f"Location: {naar}\r\n"))
    elif pad.startswith("na-head-"):
        soort = pad.removeprefix("na-head-")
        if methode != "HEAD":
            return await _pagina(methode, soort, schrijf)
        await schrijf(_antwoord(405, b""))
    elif pad == "head-hangt" and methode == "GET":
        await schrijf(_antwoord(200, b"daar is hij"))
    elif pad in {"hangt", "head-hangt"}:
        await asyncio.sleep(5)
    elif pad == "hangt-in-de-tekst":
        await schrijf(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")
        await asyncio.sleep(5)
    elif pad == "drup":
        await schrijf(b"HTTP/1.1 200 OK\r\nX: ")
        while True:
            await schrijf(b"x")
            await asyncio.sleep(0.05)
    elif pad == "eindeloos":
        await schrijf(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            await schrijf(b"x" * 100_000)
            await asyncio.sleep(ADEM)
    elif pad == "bom":
        await schrijf(_antwoord(200, BOM, "Content-Encoding: gzip\r\n"))
    elif pad == "rommel":
        await schrijf(b"SMTP hallo\r\n\r\n")
        return False
    elif pad == "veel-koppen":
        await schrijf(b"HTTP/1.1 200 OK\r\n" + b"X: yyyyyyyyy\r\n" * 15_000)
    elif pad == "eindeloos-onderweg":
        while True:
            await schrijf(b"HTTP/1.1 102 Processing\r\n\r\n")
            await asyncio.sleep(ADEM)
    elif pad == "sluit":
        return False
    else:
        await schrijf(_antwoord(404, b""))
    return pad not in {"eindeloos", "veel-koppen"}


def _antwoord(status: int, tekst: bytes, extra: str = "") -> bytes:
    kop = f"HTTP/1.1 {status} X\r\n{extra}Content-Length: {len(tekst)}\r\n\r\n"
    return kop.encode() + tekst


@contextmanager
def webserver() -> Iterator[Webserver]:
    """The servers, in a thread, until the end of the block."""
    server, klaar, loop = Webserver(), Event(), asyncio.new_event_loop()
    thread = Thread(target=_draai, args=(server, loop, klaar))
    thread.start()
    vol = socket.create_server((HIER, 0), backlog=0)
    server.vol = vol.getsockname()[1]
    with socket.create_server((HIER, 0)) as weg:
        server.weg = weg.getsockname()[1]
    # Of a server with no room, the next who comes hears nothing.
    binnen = [socket.socket() for _ in range(3)]
    for s in binnen:
        s.setblocking(False)
        with suppress(BlockingIOError):
            s.connect((HIER, server.vol))
    try:
        assert klaar.wait(5)
        yield server
    finally:
        for s in (*binnen, vol):
            s.close()
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)


def _draai(server: Webserver, loop: asyncio.AbstractEventLoop, klaar: Event) -> None:
    async def begin() -> list[asyncio.Server]:
        plat = await asyncio.start_server(server.antwoord, HIER, 0)
        tls = await asyncio.start_server(server.antwoord, HIER, 0, ssl=_certificaat())
        server.poort = plat.sockets[0].getsockname()[1]
        server.tls = tls.sockets[0].getsockname()[1]
        klaar.set()
        return [plat, tls]

    async def einde(servers: list[asyncio.Server]) -> None:
        for s in servers:
            s.close()
        zelf = asyncio.current_task()
        bezig = [taak for taak in asyncio.all_tasks() if taak is not zelf]
        for taak in bezig:
            taak.cancel()
        await asyncio.gather(*bezig, return_exceptions=True)
        # What was closed gets to close.
        await asyncio.sleep(0.05)

    loop.set_exception_handler(lambda *_: None)
    servers = loop.run_until_complete(begin())
    loop.run_forever()
    loop.run_until_complete(einde(servers))
    loop.close()


def _certificaat() -> ssl.SSLContext:
    """One that nobody vouches for."""
    sleutel = ec.generate_private_key(ec.SECP256R1())
    naam = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    nu = datetime.now(UTC)
    bewijs = (
        x509.CertificateBuilder()
        .subject_name(naam)
        .issuer_name(naam)
        .public_key(sleutel.public_key())
        .serial_number(1)
        .not_valid_before(nu - timedelta(days=1))
        .not_valid_after(nu + timedelta(days=1))
        .sign(sleutel, hashes.SHA256())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with TemporaryDirectory() as map_:
        bestand = Path(map_) / "bewijs.pem"
        bestand.write_bytes(
            bewijs.public_bytes(serialization.Encoding.PEM)
            + sleutel.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        context.load_cert_chain(bestand)
    return context
