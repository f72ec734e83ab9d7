"""A request, as the door looks at it and as WSGI passes it on."""

from __future__ import annotations

import re
import sys
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    Scope = MutableMapping[str, Any]

READING = {"GET", "HEAD"}
# What a server and a proxy could each read in their own way.
ONCE = {b"host", b"content-length", b"transfer-encoding"}
# Those that WSGI gives no prefix.
BARE = {"CONTENT_TYPE", "CONTENT_LENGTH"}
# The one in which our pages and forms are; Django would take any that Python knows.
CHARSET = re.compile(rb"charset(?! *= *\"?utf-?8\"? *(;|$))")


class RefusedError(Exception):
    """The door does not let this in; ``status`` says why."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Asked:
    """One request: its method, path (decoded), query and headers.

    Raises RefusedError of what servers disagree about: RFC 9112 §3.1, §3.2 and §6.1.
    """

    __slots__ = ("headers", "method", "path", "query", "scope")

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.query: bytes = scope["query_string"]
        self.headers: dict[bytes, bytes] = {}
        for name, value in scope["headers"]:
            if name not in self.headers:
                self.headers[name] = value
            elif name in ONCE:
                raise RefusedError(400)
            else:
                between = b"; " if name == b"cookie" else b", "
                self.headers[name] += between + value
        if not self.headers.get(b"host"):
            raise RefusedError(400)
        if self.method != self.method.upper():
            # Another method than the one in capitals, for which Django would take it.
            raise RefusedError(400)
        coding = self.headers.get(b"transfer-encoding", b"chunked")
        if coding.lower() != b"chunked":
            # The server took the chunks apart, and nothing else.
            raise RefusedError(400)
        if self.reads:
            # There is no body. Django would read the query in the charset of that, and
            # everybody who asks the same would get the page of what it took it for.
            self.headers.pop(b"content-type", None)
        elif CHARSET.search(self.headers.get(b"content-type", b"").lower()):
            raise RefusedError(400)
        if b"transfer-encoding" in self.headers and b"content-length" in self.headers:
            raise RefusedError(400)

    @property
    def reads(self) -> bool:
        return self.method in READING

    def get(self, name: bytes) -> str:
        return self.headers.get(name, b"").decode("latin-1")

    def environ(self, body: IO[bytes], length: int) -> dict[str, Any]:
        """What PEP 3333 passes on; names with a _ are left out, as proxies do."""
        scope = self.scope
        raw = scope.get("raw_path") or self.path.encode()
        server = scope.get("server") or ("", 0)
        client = scope.get("client") or ("", 0)
        environ = {
            "REQUEST_METHOD": self.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(raw).decode("latin-1"),
            "QUERY_STRING": self.query.decode("latin-1"),
            "SERVER_NAME": str(server[0]),
            "SERVER_PORT": str(server[1]),
            "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
            "REMOTE_ADDR": str(client[0]),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": scope.get("scheme", "http"),
            "wsgi.input": body,
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
        for name, value in self.headers.items():
            if b"_" not in name:
                key = name.decode("latin-1").upper().replace("-", "_")
                key = key if key in BARE else f"HTTP_{key}"
                environ[key] = value.decode("latin-1")
        # The body has been read: this is what it is, however it came.
        environ.pop("HTTP_TRANSFER_ENCODING", None)
        environ["CONTENT_LENGTH"] = str(length)
        return environ
