"""The bucket that many machines have their pictures in (MEDIA_S3_BUCKET).

It needs ``wijkwijzer[s3]``. Without a bucket Django keeps pictures in VAR_DIR/media.
Either store raises FileNotFoundError of what is not there, and another OSError when it
does not answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from threading import Lock
from time import monotonic
from typing import Any
from urllib.parse import urljoin

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.base import File
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

# A store that hangs costs two times as much: the second try is for a connection that
# the other side had just closed. botocore's own are 60 seconds, five times.
CONNECT_SECONDS, ANSWER_SECONDS, TRIES = 2, 2.5, 2
# Files up to this size are kept in memory while they are sent.
SPOOLED = 8 * 1024**2
# After no answer, so many seconds nobody asks.
PAUSE = 5.0
AWAY = "De opslag van afbeeldingen antwoordt niet"
MISSING = {"NoSuchKey", "404"}


class StoreAwayError(OSError):
    """The bucket cannot be reached, or refuses; in Dutch, for the operator."""


class S3Media(S3Storage):
    """Private: nobody but this site reads it, and readers get pictures from our view.

    Names are never used twice.
    """

    _making = Lock()
    # Seconds of `monotonic`.
    _away_until = 0.0

    def get_default_settings(self) -> dict[str, Any]:
        endpoint = settings.MEDIA_S3_ENDPOINT
        own = {
            "bucket_name": settings.MEDIA_S3_BUCKET,
            "endpoint_url": endpoint or None,
            "region_name": settings.MEDIA_S3_REGION or None,
            "file_overwrite": False,
            "client_config": Config(
                connect_timeout=CONNECT_SECONDS,
                read_timeout=ANSWER_SECONDS,
                retries={"mode": "standard", "total_max_attempts": TRIES},
                signature_version="s3v4",
                # Others than Amazon seldom have a name for each bucket, and many do not
                # know its newest checksums.
                s3={"addressing_style": "path" if endpoint else "virtual"},
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        }
        return {**super().get_default_settings(), **own}

    @cached_property
    def _resource(self) -> Any:
        return S3Storage.connection.fget(self)

    @property
    def connection(self) -> Any:
        """One for all threads, of which we use the client alone, which allows that.

        The package has one for each thread, of 15 MB.
        """
        with self._making:
            return self._resource

    @contextmanager
    def _answering(self, name: str) -> Iterator[None]:
        """Say it as every store does when ``name`` cannot be had.

        After a store that did not answer, nobody waits for it for a while.
        """
        if monotonic() < self._away_until:
            raise StoreAwayError(f"{AWAY}, zoals net ook niet.")
        try:
            yield
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") in MISSING:
                raise FileNotFoundError(name) from error
            raise StoreAwayError(f"De opslag weigert: {error}") from error
        except BotoCoreError as error:
            self._away_until = monotonic() + PAUSE
            raise StoreAwayError(f"{AWAY}: {error}") from error

    def _place(self, name: str) -> dict[str, str]:
        return {"Bucket": self.bucket_name, "Key": self._normalize_name(name)}

    @property
    def _client(self) -> Any:
        return self.connection.meta.client

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        """The whole file: whoever reads it waits for the store no more."""
        name = clean_name(name)
        with self._answering(name):
            answer = self._client.get_object(**self._place(name))
            content = SpooledTemporaryFile(SPOOLED)  # noqa: SIM115 (the File closes it)
            copyfileobj(answer["Body"], content)
        file = File(content, name)
        file.size = content.tell()
        content.seek(0)
        return file

    def _save(self, name: str, content: Any) -> str:
        name = clean_name(name)
        about = self._get_write_parameters(name, content)
        content.seek(0)
        with self._answering(name):
            self._client.put_object(**self._place(name), Body=content, **about)
        return name

    def delete(self, name: str) -> None:
        name = clean_name(name)
        with self._answering(name):
            self._client.delete_object(**self._place(name))

    def exists(self, name: str) -> bool:
        with self._answering(name):
            return bool(super().exists(name))

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        with self._answering(path):
            folders, files = super().listdir(path)
        return folders, files

    def size(self, name: str) -> int:
        name = clean_name(name)
        with self._answering(name):
            answer = self._client.head_object(**self._place(name))
        return int(answer["ContentLength"])

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        """Of our own view: it stands in texts, and is the same for any store."""
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name))

    def ask(self) -> None:
        """Whether the bucket answers; raises OSError."""
        with self._answering(self.bucket_name):
            self._client.head_bucket(Bucket=self.bucket_name)
