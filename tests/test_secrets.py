"""No file of ours holds a key, a password or a token that opens anything."""

from __future__ import annotations

import math
import re
import secrets
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.once

# What these look like is fixed: no such thing is there by chance.
KNOWN = {
    "private key": r"-----BEGIN [A-Z ]*PRIVATE KEY",
    "AWS": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "GitHub": r"\bgh[pousr]_[0-9A-Za-z]{36}",
    "GitLab": r"\bglpat-[\w-]{20}",
    "Slack": r"\bxox[abprs]-[\w-]{10,}",
    "Google": r"\bAIza[\w-]{35}",
    "PyPI": r"\bpypi-[\w-]{50,}",
    "npm": r"\bnpm_[0-9A-Za-z]{36}",
    "JSON web token": r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}",
    "Sentry": r"https://[0-9a-f]{32}@[\w.-]+/\d+",
    "address with password": r"\b[a-z][a-z0-9+]*://[^\s/:@'\"{}<>]*:([^\s/@'\"{}<>]+)@",
}
# Passwords in addresses that show how to write one, or that tests make up.
EXAMPLES = {"password", "p%40ss", "hidden", "hid[den", "geheim", "$PGPASSWORD"}
# Words beside what is secret, and a text behind them.
NAMED = re.compile(
    r"(?:secret|token|passw|wachtwoord|api_?key|sleutel)\w*[\"']?[ \t]*[:=][ \t]*"
    r"[\"']?([\w+/=.@#$%^&*!-]{16,})",
    re.IGNORECASE,
)
LOOSE = re.compile(r"[\"']([A-Za-z0-9+/=_-]{32,})[\"']")
# Bits per character: of random letters and digits 4.5 and more, of a name less than 4.
RANDOM = 4.3
# Of what is public: digests of packages, and our own fixed examples.
NO_SECRET = re.compile(
    r"sha(256|384|512)[-:]|^[0-9a-f]+$|^[a-z_.-]+$|^(/api/v1)?[A-Za-z_./-]+$"
)
# Versions and hashes of packages.
LOCKS = {"requirements.lock", "requirements-test.lock", "package-lock.json"}


def bits(text: str) -> float:
    """The information in each character, as the text itself has them."""
    counts = Counter(text).values()
    return -sum(n / len(text) * math.log2(n / len(text)) for n in counts)


def found_in(text: str) -> list[str]:
    found = [
        f"{name}: {match[0][:12]}…"
        for name, pattern in KNOWN.items()
        for match in re.finditer(pattern, text)
        if not EXAMPLES & {*match.groups()}
    ]
    for match in [*NAMED.finditer(text), *LOOSE.finditer(text)]:
        value = match[1]
        if not NO_SECRET.search(value) and bits(value) > RANDOM:
            found.append(f"random: {value[:8]}…")
    return found


def files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    return [settings.BASE_DIR / name for name in listed.stdout.split("\0") if name]


@pytest.mark.long
def test_no_file_in_the_repository_holds_a_secret():
    found = {}
    for file in files():
        if file.name in LOCKS or not file.is_file():
            continue
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if here := found_in(text):
            found[str(file.relative_to(settings.BASE_DIR))] = here
    assert found == {}


def test_no_file_is_one_that_usually_holds_secrets():
    odd = re.compile(
        r"(^|/)(\.env(\..*)?|id_(rsa|ed25519)|.*\.(pem|key|p12|pfx|kdbx))$"
    )
    assert not [str(file) for file in files() if odd.search(str(file))]


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN RSA " + "PRIVATE KEY-----",
        "AKIA" + "IOSFODNN7EXAMPLE",
        "ghp_" + "a1B2" * 9,
        "postgres://ww:" + "Tr0ub4dor@db.example/site",
        "https://" + "0f" * 16 + "@sentry.example/1",
        # Made when it is asked: a test has one name in every process.
        "SECRET_KEY = '{}'",
        "api_key: {}",
        'x = "{}"',
    ],
)
def test_a_secret_would_be_found(text):
    assert found_in(text.format(secrets.token_urlsafe(50)))


@pytest.mark.parametrize(
    "text",
    [
        "postgres://user:password@host:5432/name",
        "--hash=sha256:" + "0f" * 32,
        'token = "csrfmiddlewaretoken"',
        'name = "test_a_secret_would_be_found_in_a_long_name"',
        "SECRET_KEY: ${SECRET_KEY:?}",
    ],
)
def test_what_is_no_secret_is_left_alone(text):
    assert found_in(text) == []
