"""Settings from the environment: read strictly, refused with a hint.

A value that is merely odd ("true", "1 ", "ja") is refused too. Guessing what somebody
meant is how a production site ends up with DEBUG on.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.exceptions import ImproperlyConfigured

from wijkwijzer.core.prive import FILE, FOLDER

if TYPE_CHECKING:
    from collections.abc import Sequence

SECRET_KEY_MIN_LENGTH = 50
# Of what is counted in bytes, seconds or records.
MOST = 10**15

# For whatever serves the site. glibc gives the threads up to eight heaps a core, and
# what one of them frees no other can use: at 100 000 entries a worker took at most
# 254 MB with that, 210 with two heaps, at the same speed.
SERVEROMGEVING = {"MALLOC_ARENA_MAX": "2"}
# What slow and many clients need (docs/adr/0012-een-deur-voor-django.md). The time for
# headers is also how long a connection may stay idle: a proxy keeps them less long.
SERVER_ARGUMENTS = [
    *("--interface", "asginl", "--http", "1", "--no-ws"),
    *("--http1-header-read-timeout", "10000"),
    *("--backlog", "2048", "--backpressure", "2048"),
    # Longer than a worker takes to start: else a reload stops all at once.
    *("--respawn-failed-workers", "--respawn-interval", "3.5"),
    *("--workers-kill-timeout", "30"),
]


def env_str(name: str, default: str | None = None) -> str:
    """Return the value, without surrounding space; missing or empty needs a default.

    Quotes around it are an error: a shell and systemd take them off, Docker does not,
    and then one host name, key or password would be two.
    """
    value = os.environ.get(name, "").strip() or default
    if value and value[0] in "\"'" and value[-1] == value[0]:
        raise ImproperlyConfigured(
            f"{name} has quotes around its value: leave them out."
        )
    if value is None:
        raise ImproperlyConfigured(
            f"{name} is missing. Set it in the environment, or use `make start` "
            "for a local site that needs no settings."
        )
    return value


def env_bool(name: str, *, default: bool) -> bool:
    """Return True for "True" and False for "False"; anything else is an error."""
    value = env_str(name, str(default))
    if value not in {"True", "False"}:
        raise ImproperlyConfigured(
            f"{name} is {value!r}. Write exactly True or False, or leave it out "
            f"for {default}."
        )
    return value == "True"


def env_int(name: str, *, default: int, minimum: int = 0, maximum: int = MOST) -> int:
    value = env_str(name, str(default))
    # No longer than the longest: int() refuses thousands of digits in its own words.
    digits = value.isascii() and value.isdigit() and len(value) <= len(str(MOST))
    if not digits or not minimum <= int(value) <= maximum:
        raise ImproperlyConfigured(
            f"{name} is {value[:40]!r}. Write a whole number from {minimum} to "
            f"{maximum}, or leave it out for {default}."
        )
    return int(value)


def env_choice(name: str, options: Sequence[str]) -> str:
    """Return one of ``options``, of which the first is the default."""
    value = env_str(name, options[0])
    if value not in options:
        raise ImproperlyConfigured(
            f"{name} is {value!r}. Write {' or '.join(options)}, or leave it out for "
            f"{options[0]}."
        )
    return value


def env_list(name: str, default: list[str] | None = None) -> list[str]:
    """Return the parts between commas; an empty part is an error, not ignored."""
    value = env_str(name, None if default is None else "")
    if not value:
        return default or []
    parts = [part.strip() for part in value.split(",")]
    if not all(parts):
        raise ImproperlyConfigured(
            f"{name} is {value!r}. Write the values with one comma between them."
        )
    return parts


def env_secret_key(name: str, *, local_file: Path | None) -> str:
    """Return the secret key of the environment.

    Only a local start passes ``local_file``: without a key in the environment, the key
    of that file is used, and made the first time.
    """
    if local_file is not None and not os.environ.get(name, "").strip():
        return _local_secret_key(local_file)
    value = env_str(name)
    if len(value) < SECRET_KEY_MIN_LENGTH:
        raise ImproperlyConfigured(
            f"{name} has {len(value)} characters and needs {SECRET_KEY_MIN_LENGTH}. "
            "Make one with: python3 -c "
            "'import secrets; print(secrets.token_urlsafe(50))'"
        )
    return value


def _local_secret_key(file: Path) -> str:
    try:
        if not file.exists():
            write_private(file, secrets.token_urlsafe(50))
        value = file.read_text(encoding="utf-8").strip()
    except OSError as error:
        # The first thing that anybody writes in VAR_DIR.
        raise ImproperlyConfigured(
            f"{file} cannot be read or made: {error.strerror}. Let VAR_DIR be a folder "
            "in which you may write."
        ) from error
    if len(value) < SECRET_KEY_MIN_LENGTH:
        raise ImproperlyConfigured(
            f"{file} holds no usable key. Remove the file: a new key is then made."
        )
    return value


def write_private(file: Path, text: str) -> None:
    """Write a file that only its owner can read, also if it existed before."""
    write_private_bytes(file, f"{text}\n".encode())


def write_private_bytes(file: Path, content: bytes) -> None:
    file.parent.mkdir(mode=FOLDER, parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    # Made with its mode: a chmod afterwards would leave a moment to read it.
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(content)
