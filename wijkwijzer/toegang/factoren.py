"""The second step: an app with codes, and the codes for who lost it."""

from __future__ import annotations

import re
from hmac import compare_digest
from typing import TYPE_CHECKING

import pyotp
import segno
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.safestring import mark_safe

from wijkwijzer.toegang import sessies
from wijkwijzer.toegang.geheim import (
    OnleesbaarError,
    hash_van_code,
    nieuwe_code,
    ontsleutel,
    versleutel,
)
from wijkwijzer.toegang.models import Bewijs, Factor, Factorsoort, Herstelcode
from wijkwijzer.toegang.signalen import stap_veranderd

if TYPE_CHECKING:
    from datetime import datetime

    from django.utils.safestring import SafeString

    from wijkwijzer.toegang.models import Sessie

UITGEVER = "WijkWijzer"
PERIODE = 30
# A clock may be one code off, either way.
SPELING = (-1, 0, 1)
HERSTELCODES = 10


def heeft_factor(user: User) -> bool:
    return Factor.objects.filter(gebruiker=user).exists()


# An app


def nieuw_geheim() -> str:
    return pyotp.random_base32()


def adres_voor_app(user: User, geheim: str) -> str:
    """What an app reads from the QR code."""
    return pyotp.TOTP(geheim).provisioning_uri(
        name=user.get_username(), issuer_name=UITGEVER
    )


def qr_van(adres: str) -> SafeString:
    """As SVG in the page: the CSP allows no data: URL, and a link would leak it.

    Dark on white in any theme: cameras want that.
    """
    svg = segno.make(adres, error="m").svg_inline(
        scale=4, border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr"
    )
    return mark_safe(svg)  # noqa: S308  # nosec B308 B703  # of segno, without text


def teller_van_code(geheim: str, code: str, nu: datetime) -> int | None:
    """The period that a code is of; None when it is of none."""
    if not code.isascii():
        # Comparing these in constant time is an error; none of our codes has them.
        return None
    totp = pyotp.TOTP(geheim)
    nummer = int(nu.timestamp()) // PERIODE
    for verschuiving in SPELING:
        if compare_digest(totp.generate_otp(nummer + verschuiving), code):
            return nummer + verschuiving
    return None


def controleer(user: User, tekst: str) -> Bewijs | None:
    """What a code proves: one of the app, or one to recover with. Each works once."""
    code = re.sub(r"[\s-]", "", tekst).lower()
    if re.fullmatch(r"[0-9]{6}", code):
        return Bewijs.APP if _is_van_app(user, code) else None
    hash_ = hash_van_code(code)
    weg, _ = Herstelcode.objects.filter(gebruiker=user, hash=hash_).delete()
    return Bewijs.HERSTELCODE if weg else None


def _is_van_app(user: User, code: str) -> bool:
    factor = Factor.objects.filter(gebruiker=user, soort=Factorsoort.APP).first()
    if factor is None:
        return False
    nu = timezone.now()
    try:
        teller = teller_van_code(ontsleutel(factor.geheim), code, nu)
    except OnleesbaarError:
        return False
    # Of two who send the same code at once, one is the first.
    return teller is not None and bool(
        Factor.objects.filter(pk=factor.pk, teller__lt=teller).update(
            teller=teller, gebruikt_op=nu
        )
    )


# What changes, and who did it


@transaction.atomic
def bewaar_app(*, user: User, geheim: str, code: str, by: User) -> list[str] | None:
    """Keep an app whose code is right; the codes to recover with, when they are new.

    None when the code is wrong.
    """
    code = re.sub(r"[\s-]", "", code)
    teller = teller_van_code(geheim, code, timezone.now())
    if teller is None:
        return None
    Factor.objects.filter(gebruiker=user, soort=Factorsoort.APP).delete()
    factor = Factor(
        gebruiker=user,
        soort=Factorsoort.APP,
        naam="App met codes",
        geheim=versleutel(geheim),
        teller=teller,
    )
    return bewaar(factor=factor, by=by)


@transaction.atomic
def bewaar(*, factor: Factor, by: User) -> list[str]:
    """Keep a second step; codes to recover with, when there were none."""
    factor.save(force_insert=True)
    user = factor.gebruiker
    schrijf_op(user=user, wat=f"{factor.get_soort_display()} toegevoegd", by=by)
    if Herstelcode.objects.filter(gebruiker=user).exists():
        return []
    return _maak_codes(user)


@transaction.atomic
def vernieuw_herstelcodes(*, user: User, by: User) -> list[str]:
    """New codes; those of before work no more. They can be read this once."""
    codes = _maak_codes(user)
    schrijf_op(user=user, wat="herstelcodes vernieuwd", by=by)
    return codes


def _maak_codes(user: User) -> list[str]:
    Herstelcode.objects.filter(gebruiker=user).delete()
    codes = [nieuwe_code() for _ in range(HERSTELCODES)]
    Herstelcode.objects.bulk_create(
        Herstelcode(gebruiker=user, hash=hash_van_code(code.replace("-", "")))
        for code in codes
    )
    return codes


class LaatsteStapError(Exception):
    """Who must have a second step keeps the last one."""


@transaction.atomic
def verwijder(*, factor: Factor, by: User) -> None:
    """Take one away; with the last one the codes to recover with go too.

    Raises LaatsteStapError. In two tabs at once, one waits for the other: neither takes
    the other's for the one that stays.
    """
    user = User.objects.select_for_update().get(pk=factor.gebruiker_id)
    if sessies.is_verplicht(user) and not user.factoren.exclude(pk=factor.pk).exists():
        raise LaatsteStapError
    factor.delete()
    if not heeft_factor(user):
        Herstelcode.objects.filter(gebruiker=user).delete()
    schrijf_op(user=user, wat=f"{factor.get_soort_display()} verwijderd", by=by)


@transaction.atomic
def neem_alles_weg(*, user: User, by: User | None) -> int:
    """For who lost all of it: signing in asks for a new second step. ``by``: None is
    who has the server. Ends all sessions; how many steps there were."""
    aantal, _ = Factor.objects.filter(gebruiker=user).delete()
    Herstelcode.objects.filter(gebruiker=user).delete()
    sessies.beeindig(user=user)
    schrijf_op(user=user, wat="tweede stap weggenomen door de beheerder", by=by)
    return aantal


def schrijf_op(*, user: User, wat: str, by: User | None) -> None:
    """In the history of the account, and for the log. Never which code or key."""
    LogEntry.objects.log_actions(
        (by or user).pk, [user], CHANGE, change_message=wat, single_object=True
    )
    stap_veranderd.send(Factor, gebruiker=user, wat=wat, by=by)


def alleen_nog(user: User, sessie: Sessie | None) -> None:
    """With a new second step, sessions that proved none end."""
    zonder = user.sessies.filter(bewijs=Bewijs.GEEN)
    (zonder.exclude(pk=sessie.pk) if sessie else zonder).delete()
