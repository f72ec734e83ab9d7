"""System checks for settings that are unsafe, or contradict each other.

`manage.py check --deploy` asks them all; some of ``RULES`` are asked at every
start. A local start needs none of them: it answers on this machine alone.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Callable
from email.utils import parseaddr
from importlib.util import find_spec
from ipaddress import ip_address
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from wijkwijzer.core.omgeving import SECRET_KEY_MIN_LENGTH
from wijkwijzer.operations import sentry

A_DAY, A_YEAR = 86_400, 31_536_000
# A key of hexadecimal digits has 16 different ones, and nearly always all of them.
KEY_MIN_DISTINCT = 12
TOKEN_MIN_LENGTH = 32
# A name, an address, or all below a name; E003 is about *. Without scheme, port, path.
HOST = re.compile(r"\*|\.?[\w-]+(\.[\w-]+)*|\[[0-9A-Fa-f:.]+\]")


class Rule(NamedTuple):
    """What is wrong when ``wrong()`` says so; the letter of the id is how bad."""

    id: str
    wrong: Callable[[], bool]
    message: str
    hint: str
    always: bool = False

    def __call__(self) -> list[CheckMessage]:
        if not self.wrong():
            return []
        kind = Error if self.id.startswith("E") else Warning
        return [kind(self.message, hint=self.hint, id=f"wijkwijzer.{self.id}")]


def debug_on_the_internet() -> bool:
    return settings.DEBUG and not all(map(_is_local, settings.ALLOWED_HOSTS))


def proxy_on_a_local_start() -> bool:
    return settings.LOCAL_START and settings.TRUST_PROXY


def any_host() -> bool:
    return any(
        host == "*" or (host.startswith(".") and host.count(".") < 2)
        for host in settings.ALLOWED_HOSTS
    )


def no_host() -> bool:
    """Django would refuse everybody: it compares the host alone."""
    return not all(map(HOST.fullmatch, settings.ALLOWED_HOSTS))


def guessable_key() -> bool:
    key = settings.SECRET_KEY
    return (
        len(key) < SECRET_KEY_MIN_LENGTH
        or key.startswith("django-insecure-")
        or _is_monotonous(key)
    )


def no_https() -> bool:
    return not settings.HTTPS


def short_hsts() -> bool:
    return settings.HTTPS and settings.SECURE_HSTS_SECONDS < A_YEAR


def odd_sender() -> bool:
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return bool(settings.EMAIL_HOST) and not _is_email(sender)


def mail_password_in_the_open() -> bool:
    asked = settings.EMAIL_HOST and settings.EMAIL_HOST_PASSWORD
    return bool(asked) and not settings.EMAIL_USE_TLS


def half_a_mail_login() -> bool:
    return bool(settings.EMAIL_HOST_USER) is not bool(settings.EMAIL_HOST_PASSWORD)


def var_open_to_all() -> bool:
    folder = settings.VAR_DIR
    return folder.is_dir() and bool(folder.stat().st_mode & stat.S_IRWXO)


def var_is_no_folder() -> bool:
    """Or from where it is looked for differs from command to command."""
    folder = settings.VAR_DIR
    return not folder.is_absolute() or (folder.exists() and not folder.is_dir())


def guessable_token() -> bool:
    token = settings.METRICS_TOKEN
    return bool(token) and (len(token) < TOKEN_MIN_LENGTH or _is_monotonous(token))


def no_sentry() -> bool:
    return bool(settings.SENTRY_DSN) and not sentry.is_installed()


def no_package_for_a_bucket() -> bool:
    # Where the package is missing, asking for a part of it is an error.
    there = find_spec("storages") and find_spec("boto3")
    return bool(settings.MEDIA_S3_BUCKET) and not there


def bucket_without_a_name() -> bool:
    return not settings.MEDIA_S3_BUCKET and bool(
        settings.MEDIA_S3_ENDPOINT or settings.MEDIA_S3_REGION
    )


def odd_bucket_address() -> bool:
    address = urlsplit(settings.MEDIA_S3_ENDPOINT or "https://amazon")
    return address.scheme not in {"http", "https"} or not address.hostname


def bucket_in_the_open() -> bool:
    address = urlsplit(settings.MEDIA_S3_ENDPOINT)
    return address.scheme == "http" and not _is_local(address.hostname or "")


def database_in_the_open() -> bool:
    return any(
        "sslmode" not in database.get("OPTIONS", {})
        and any(map(_is_elsewhere, str(database.get("HOST") or "").split(",")))
        for database in settings.DATABASES.values()
    )


def _is_elsewhere(host: str) -> bool:
    # Empty or a path: a socket on this machine.
    return not (host.startswith("/") or _is_local(host or "localhost"))


def nobody_responsible() -> bool:
    return not (settings.BEHEERDER_NAAM and settings.BEHEERDER_EMAIL)


def odd_addresses() -> bool:
    given = filter(None, [settings.BEHEERDER_EMAIL, settings.REDACTIE_EMAIL])
    return not all(map(_is_email, given))


def odd_site_of_who_is_responsible() -> bool:
    address = settings.BEHEERDER_URL
    return bool(address) and not address.startswith(("https://", "http://"))


def odd_mail_server() -> bool:
    host = settings.EMAIL_HOST
    # An IPv6 address has more than one colon.
    return "/" in host or " " in host or host.count(":") == 1


def local_start_on_the_internet() -> bool:
    hosts = settings.ALLOWED_HOSTS
    return settings.LOCAL_START and not all(map(_is_local, hosts))


def no_second_step() -> bool:
    return not settings.MFA_VERPLICHT


def sessions_for_days() -> bool:
    return not settings.SESSIE_STIL <= settings.SESSIE_HOOGSTENS <= A_DAY


def _is_monotonous(secret: str) -> bool:
    # The same piece over and over is found within itself.
    return len({*secret}) < KEY_MIN_DISTINCT or secret in (secret + secret)[1:-1]


def _is_local(host: str) -> bool:
    if host in {"localhost", "testserver"} or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return not text.endswith("@localhost")


RULES = [
    Rule(
        "E001",
        debug_on_the_internet,
        "DEBUG is on, and ALLOWED_HOSTS names hosts that others can reach.",
        "Leave DEBUG out: its pages show settings and code to everybody.",
        always=True,
    ),
    Rule(
        "W002",
        proxy_on_a_local_start,
        "TRUST_PROXY is on for a local start, where there is no proxy.",
        "Leave TRUST_PROXY out: now everybody can say from where he comes.",
        always=True,
    ),
    Rule(
        "E003",
        any_host,
        "ALLOWED_HOSTS accepts any host, or all of a top-level domain.",
        "Name the hosts of this site: others could end up in our links and mails.",
    ),
    Rule(
        "E004",
        guessable_key,
        "SECRET_KEY can be guessed.",
        "Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'",
    ),
    Rule(
        "E005",
        no_https,
        "HTTPS is off: cookies and passwords travel in the open.",
        "Leave HTTPS out, and let a proxy or the server speak TLS.",
    ),
    Rule(
        "W006",
        short_hsts,
        "HSTS_SECONDS is less than a year.",
        "Leave HSTS_SECONDS out once https works; internet.nl asks for a year.",
    ),
    Rule(
        "E007",
        odd_sender,
        "There is a mail server, but EMAIL_VAN is no address that mail can come from.",
        "Set EMAIL_VAN to an address of your own domain.",
    ),
    Rule(
        "W008",
        mail_password_in_the_open,
        "EMAIL_HOST_PASSWORD goes to the mail server in the open.",
        "Leave EMAIL_USE_TLS out.",
    ),
    Rule(
        "W009",
        half_a_mail_login,
        "EMAIL_HOST_USER and EMAIL_HOST_PASSWORD: one of them is missing.",
        "Set both, or neither: Django logs in only when it has both.",
    ),
    Rule(
        "E010",
        var_open_to_all,
        "Everybody on this machine can look into VAR_DIR: keys and personal data.",
        "Run: chmod o= on that folder.",
    ),
    Rule(
        "W011",
        guessable_token,
        f"METRICS_TOKEN has less than {TOKEN_MIN_LENGTH} characters, or few others.",
        "Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(32))'",
    ),
    Rule(
        "W012",
        no_sentry,
        "SENTRY_DSN is set, but sentry-sdk is not installed: no error is sent.",
        "Install the package sentry-sdk, or leave SENTRY_DSN out.",
    ),
    Rule(
        "W013",
        database_in_the_open,
        "The database is on another machine, and its address asks for no encryption.",
        "Add ?sslmode=verify-full, or say ?sslmode=disable for a network of your own.",
    ),
    Rule(
        "W014",
        nobody_responsible,
        "BEHEERDER_NAAM or BEHEERDER_EMAIL is missing: the pages say so to readers.",
        "Set both: the law asks who is responsible, and security.txt whom to tell.",
    ),
    Rule(
        "E015",
        odd_addresses,
        "BEHEERDER_EMAIL or REDACTIE_EMAIL is no e-mail address.",
        "Write one address, without a name.",
    ),
    Rule(
        "E016",
        no_package_for_a_bucket,
        "MEDIA_S3_BUCKET is set, but django-storages or boto3 is not installed.",
        "Install wijkwijzer[s3], or leave MEDIA_S3_BUCKET out.",
    ),
    Rule(
        "E017",
        odd_bucket_address,
        "MEDIA_S3_ENDPOINT is no address.",
        "Write https:// and the name of the server, without the name of the bucket.",
    ),
    Rule(
        "W018",
        bucket_without_a_name,
        "MEDIA_S3_ENDPOINT or MEDIA_S3_REGION is set, but MEDIA_S3_BUCKET is not: "
        "pictures stay on this machine.",
        "Set MEDIA_S3_BUCKET, or none of them.",
    ),
    Rule(
        "W019",
        bucket_in_the_open,
        "Pictures go to MEDIA_S3_ENDPOINT in the open.",
        "Write https://, or see to it that nobody else is on that network.",
    ),
    Rule(
        "W020",
        no_second_step,
        "MFA_VERPLICHT is off: a password that leaked is enough to edit the site.",
        "Leave MFA_VERPLICHT out.",
    ),
    Rule(
        "W021",
        sessions_for_days,
        "SESSIE_HOOGSTENS is more than a day, or less than SESSIE_STIL.",
        "Leave both out, or keep SESSIE_STIL below SESSIE_HOOGSTENS.",
    ),
    Rule(
        "E022",
        local_start_on_the_internet,
        "LOCAL_START is on, and ALLOWED_HOSTS names hosts that others can reach.",
        "Leave LOCAL_START out: `manage.py start` sets it, for one machine alone.",
        always=True,
    ),
    Rule(
        "E023",
        no_host,
        "ALLOWED_HOSTS names something that is no host: nobody gets a page there.",
        "Write names alone, without https://, port, path or space, with commas between "
        "them.",
    ),
    Rule(
        "E024",
        var_is_no_folder,
        "VAR_DIR is no folder, or where it is depends on where a command is given.",
        "Write the whole path of a folder, from / on.",
    ),
    Rule(
        "E025",
        odd_site_of_who_is_responsible,
        "BEHEERDER_URL is no address of a site.",
        "Write https:// and the rest, or leave it out.",
    ),
    Rule(
        "E026",
        odd_mail_server,
        "EMAIL_HOST is no host.",
        "Write its name alone; its port is EMAIL_PORT.",
    ),
]


@register(Tags.security)
def check_always(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """wijkwijzer.E001, W002 and E022: wrong wherever the site runs."""
    return [found for rule in RULES if rule.always for found in rule()]


@register(Tags.security, deploy=True)
def check_server(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """wijkwijzer.E003 and on: wrong on a server."""
    if settings.LOCAL_START:
        return []
    return [found for rule in RULES if not rule.always for found in rule()]
