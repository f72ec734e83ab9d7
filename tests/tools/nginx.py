"""nginx from the distribution, with our example of it: other ports and paths only."""

from __future__ import annotations

import os
import re
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from socket import create_connection
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.tools import needs
from tests.tools.site import free_port

ROOT = Path(__file__).resolve().parents[2]
NAME = "wijkwijzer.example"
PATIENCE = 30


def make_certificate(folder: Path) -> tuple[Path, Path]:
    certificate, key = folder / "fullchain.pem", folder / "privkey.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"),
            *("-keyout", key, "-out", certificate),
        ],
        check=True,
        capture_output=True,
    )
    return certificate, key


def configuration(folder: Path, *, site: int, http: int, https: int) -> Path:
    """The example for this machine, within what Debian has around it."""
    certificate, key = make_certificate(folder)
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for before, after in {
        r"127\.0\.0\.1:8000": f"127.0.0.1:{site}",
        r"listen 80;": f"listen {http};",
        r"listen \[::\]:80;": "",
        r"listen 443": f"listen {https}",
        r"listen \[::\]:443 [\w ]*;": "",
        r"/etc/letsencrypt/\S*fullchain\.pem": str(certificate),
        r"/etc/letsencrypt/\S*privkey\.pem": str(key),
    }.items():
        text, number = re.subn(before, after, text)
        assert number, f"{before} is not in deploy/nginx.conf"
    own = "".join(
        f"{kind}_temp_path {folder}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""
    file = folder / "nginx.conf"
    file.write_text(
        f"{user} daemon off; pid {folder}/pid; error_log {folder}/error.log;"
        f"events {{}} http {{ include /etc/nginx/mime.types; {own}\n{text}\n}}",
        encoding="utf-8",
    )
    return file


@dataclass
class Nginx:
    folder: Path
    http: int
    https: int

    def connect(self, source: str = "127.0.0.1") -> HTTPConnection:
        """A connection over TLS, from an address of this machine."""
        context = ssl.create_default_context(cafile=self.folder / "fullchain.pem")
        plain = create_connection(("127.0.0.1", self.https), 60, (source, 0))
        connection = HTTPConnection(NAME)
        connection.sock = context.wrap_socket(plain, server_hostname=NAME)
        return connection

    def ask(
        self, method: str, path: str, *, source: str = "127.0.0.1", **more: Any
    ) -> Answer:
        connection = self.connect(source)
        try:
            connection.request(method, path, **more)
            return Answer.of(connection.getresponse())
        finally:
            connection.close()

    def get(self, path: str, **more: Any) -> Answer:
        return self.ask("GET", path, **more)

    def log(self) -> str:
        return (self.folder / "error.log").read_text(encoding="utf-8")


@dataclass
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    @classmethod
    def of(cls, response: HTTPResponse) -> Answer:
        body = response.read()
        return cls(response.status, response.getheaders(), body)

    def __getitem__(self, name: str) -> str:
        """The header, of which there is one."""
        (value,) = [v for n, v in self.headers if n.lower() == name.lower()]
        return value

    @property
    def text(self) -> str:
        return self.body.decode()


class Browser:
    """Keeps cookies, and sends forms as a page of ours does."""

    def __init__(self, front: Nginx, source: str) -> None:
        self.front, self.source = front, source
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, **more) -> Answer:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookie, "Referer": f"https://{NAME}{path}"}
        more["headers"] = headers | more.get("headers", {})
        answer = self.front.ask(method, path, source=self.source, **more)
        for name, value in answer.headers:
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return answer

    def token(self, path: str) -> str:
        page = self.ask("GET", path).text
        found = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert found, page
        return found[1]

    def send(self, path: str, fields: dict[str, str], **headers: str) -> Answer:
        body = urlencode(fields | {"csrfmiddlewaretoken": self.token(path)})
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, body=body, headers=kind | headers)


@contextmanager
def running(folder: Path, site: int) -> Iterator[Nginx]:
    """nginx before the site on that port; without nginx the test is skipped."""
    if not (program := needs.nginx()):
        pytest.skip("no nginx (apt-get install nginx-light)")
    made = Nginx(folder, free_port(), free_port())
    file = configuration(folder, site=site, http=made.http, https=made.https)
    process = subprocess.Popen([program, "-c", file])
    try:
        end = time.monotonic() + PATIENCE
        while True:
            try:
                create_connection(("127.0.0.1", made.https), 1).close()
                break
            except OSError:
                assert process.poll() is None, "nginx does not start"
                assert time.monotonic() < end, "nginx does not answer"
                time.sleep(0.05)
        yield made
    finally:
        process.terminate()
        process.wait()
