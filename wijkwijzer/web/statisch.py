"""Static files as readers get them: hashed names, and stylesheets without their air.

WhiteNoise finds and serves them. Of four headers of a request it reads less than there
can be in it; those are read here.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import Response, SlicedFile, StaticFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

from wijkwijzer.web.kopregels import kies_codering, komt_overeen, lees_bereik

if TYPE_CHECKING:
    from collections.abc import Iterator

# Our own; those of packages stay as their makers tested them.
OWN_STYLESHEETS = "css/"

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
LINE_END = re.compile(r"\s*\n\s*")


def zonder_lucht(css: bytes) -> bytes:
    """Return the stylesheet without comments, indents and empty lines.

    Minifiers make it a few percent smaller still, and rewrite selectors and values for
    that, not always right; what is left out here never means anything.
    """
    return LINE_END.sub("\n", COMMENT.sub("", css.decode())).strip().encode()


class StatischeBestanden(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, that first takes the air out of our stylesheets.

    ``static/`` itself stays readable: only what `collectstatic` copied becomes smaller,
    a tenth once compressed. Every first view waits for those bytes.
    """

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        if not dry_run:
            for name in paths:
                if name.startswith(OWN_STYLESHEETS) and name.endswith(".css"):
                    self._verklein(name)
                    # From here on the copy is the source.
                    paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)

    def _verklein(self, name: str) -> None:
        with self.open(name) as file:
            css = file.read()
        self.delete(name)
        self.save(name, ContentFile(zonder_lucht(css)))


class StatischBestand(StaticFile):
    """A file that WhiteNoise found, with its compressed forms."""

    def __init__(self, gevonden: StaticFile) -> None:
        self.etag = gevonden.etag
        self.last_modified = gevonden.last_modified
        self.not_modified_response = gevonden.not_modified_response
        # The smallest one first.
        self.vormen = {
            dict(headers).get("Content-Encoding", "identity"): (path, headers)
            for _, path, headers in gevonden.alternatives
        }
        self.coderingen = tuple(c for c in self.vormen if c != "identity")

    def is_not_modified(self, request_headers: dict[str, str]) -> bool:
        if (gevraagd := request_headers.get("HTTP_IF_NONE_MATCH")) is not None:
            return komt_overeen(gevraagd, self.etag)
        return bool(super().is_not_modified(request_headers))

    def get_response(self, method: str, request_headers: dict[str, str]) -> Response:
        """Part of a file only to who has the rest of this one (``If-Range``).

        A day never says so for sure: two forms of a file can be of one second.
        """
        van = request_headers.get("HTTP_IF_RANGE")
        if van is not None and van.strip() != self.etag:
            request_headers = {**request_headers, "HTTP_RANGE": ""}
        return super().get_response(method, request_headers)

    def get_path_and_headers(self, request_headers: dict[str, str]) -> tuple[str, Any]:
        accept = request_headers.get("HTTP_ACCEPT_ENCODING", "")
        return self.vormen[kies_codering(accept, self.coderingen)]

    def get_range_response(
        self, range_header: str, base_headers: Any, file_handle: Any
    ) -> Response:
        headers = dict(base_headers)
        grootte = int(headers.pop("Content-Length"))
        bereik = lees_bereik(range_header, grootte)
        if bereik is None:
            return Response(HTTPStatus.OK, base_headers, file_handle)
        if not bereik:
            return self.get_range_not_satisfiable_response(file_handle, grootte)
        begin, eind = bereik[0], bereik[-1]
        headers["Content-Range"] = f"bytes {begin}-{eind}/{grootte}"
        headers["Content-Length"] = str(len(bereik))
        deel = file_handle and SlicedFile(file_handle, begin, eind)
        return Response(HTTPStatus.PARTIAL_CONTENT, [*headers.items()], deel)


class StatischeBestandenMiddleware(WhiteNoiseMiddleware):
    """WhiteNoise's middleware, that serves files of ours."""

    def get_static_file(self, *args: Any, **kwargs: Any) -> StatischBestand:
        return StatischBestand(super().get_static_file(*args, **kwargs))
