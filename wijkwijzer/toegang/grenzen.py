"""How often somebody may try: the wait grows with every try that was wrong.

Three things are counted, of the last hour:

- the *pair* of an account and a place: five, and then half a minute, a minute, two ...
  up to a quarter of an hour;
- the *account*, wherever from: twenty, and then at most two minutes. A stranger can so
  slow an owner down but never lock them out, and on a device that was let in before (it
  has a signed cookie) only the pair counts;
- the *address*, whatever the account: thirty.

Who guesses the old password, to set another, holds a session: there the pair is of that
session alone, wherever from. Another session of the owner does not wait for it.

A try that is too early is refused before the password is looked at, and does not count:
else who goes on would keep the owner out. It is all in the database, so that it holds
for all processes and machines. A try is written down before it is looked at and taken
back when it was right: a hundred at once are no hundred guesses.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from django.core.signing import BadSignature
from django.db import connection, transaction
from django.db.models import Count, Max
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format

from wijkwijzer.core.netwerk import HOUDER, HUIS, netwerk, netwerkadres
from wijkwijzer.toegang.models import Misgok
from wijkwijzer.toegang.signalen import geremd

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

VENSTER = timedelta(hours=1)
MAX_OPRUIMEN = 1000

COOKIE = "bekend"
COOKIE_ZOUT = "toegang.bekend"
COOKIE_AGE = timedelta(days=90)


class Soort(StrEnum):
    WACHTWOORD = "wachtwoord"
    STAP = "stap"
    HERSTEL = "herstel"
    OUD = "oud"


class Grens(NamedTuple):
    """From so many tries on there is a wait, twice as long after each."""

    vanaf: int
    eerst: timedelta
    hoogstens: timedelta

    def wacht(self, keren: int) -> timedelta:
        if keren < self.vanaf:
            return timedelta()
        # No further than can be reckoned with.
        keer: int = 2 ** min(keren - self.vanaf, 20)
        return min(self.eerst * keer, self.hoogstens)


HALVE_MINUUT, KWARTIER = timedelta(seconds=30), timedelta(minutes=15)
PAAR = Grens(5, HALVE_MINUUT, KWARTIER)
ADRES = Grens(30, HALVE_MINUUT, KWARTIER)
ACCOUNT = Grens(20, timedelta(seconds=15), timedelta(minutes=2))
# Who guesses codes knows the password: there is no owner to spare.
ACCOUNT_STAP = Grens(10, HALVE_MINUUT, KWARTIER)


class TeVaakError(Exception):
    """Not before ``tot``."""

    def __init__(self, tot: datetime) -> None:
        super().__init__(tot)
        self.tot = tot

    @property
    def seconden(self) -> int:
        return max(1, int((self.tot - timezone.now()).total_seconds()) + 1)

    def __str__(self) -> str:
        minuten = -(-self.seconden // 60)
        lang = "een minuut" if minuten == 1 else f"{minuten} minuten"
        dan = timezone.localtime(self.tot + timedelta(seconds=59))
        tijd = date_format(dan, "TIME_FORMAT")
        return (
            "Er is te vaak een verkeerd wachtwoord of een verkeerde code ingevuld. "
            f"Probeer het over {lang} opnieuw, om {tijd} uur."
        )


@dataclass(frozen=True)
class Poging:
    """One try, by the hashes of who and from where."""

    soort: Soort
    account: str
    paar: str
    adres: str
    bekend: bool

    def goed(self) -> None:
        """It was right: take it back, with those before it from the same place."""
        Misgok.objects.filter(soort=self.soort, paar=self.paar).delete()


def poging_van(
    request: HttpRequest, naam: str, soort: Soort, sessie: str = ""
) -> Poging:
    """Without a name, as with a passkey alone, only the address counts."""
    gezien = str(request.META.get("REMOTE_ADDR", ""))
    adres = netwerkadres(gezien, request.headers.get("x-forwarded-for"))
    account = _hash("account", _zelfde_naam(naam)) if naam else ""
    bekend = _is_bekend(request, account)
    plaats = request.COOKIES[COOKIE] if bekend else netwerk(adres, HUIS)
    plaats = sessie or plaats
    return Poging(
        soort,
        account,
        _hash("paar", account, plaats),
        _hash("adres", netwerk(adres, HOUDER)),
        bekend,
    )


def begin(request: HttpRequest, naam: str, soort: Soort, *, sessie: str = "") -> Poging:
    """Count a try before it is looked at; raises TeVaakError when it is too early.

    ``sessie``: of ``OUD``, in which one it is tried.
    """
    poging = poging_van(request, naam, soort, sessie)
    with transaction.atomic():
        _een_tegelijk(poging)
        _ruim_op()
        tot = _niet_voor(poging)
        if tot is None:
            Misgok.objects.create(
                soort=soort,
                account=poging.account,
                paar=poging.paar,
                adres=poging.adres,
            )
    if tot is not None:
        geremd.send(Misgok, naam=naam)
        raise TeVaakError(tot)
    return poging


def _niet_voor(poging: Poging) -> datetime | None:
    """Until when this try is too early; None when it is not."""
    code = poging.soort is Soort.STAP
    grenzen = {"adres": ADRES}
    if poging.account:
        grenzen |= {"paar": PAAR, "account": ACCOUNT_STAP if code else ACCOUNT}
        if poging.soort is Soort.OUD or (poging.bekend and not code):
            grenzen = {"paar": PAAR}
    nu = timezone.now()
    momenten = []
    for veld, grens in grenzen.items():
        eerder = Misgok.objects.filter(
            op__gt=nu - VENSTER, soort=poging.soort, **{veld: getattr(poging, veld)}
        ).aggregate(keren=Count("pk"), laatst=Max("op"))
        if wacht := grens.wacht(eerder["keren"]):
            momenten.append(eerder["laatst"] + wacht)
    tot = max(momenten, default=nu)
    return tot if tot > nu else None


def _ruim_op() -> None:
    """Rows that another request is deleting are left to it, as in deelname/spam.py."""
    oud = Misgok.objects.filter(op__lte=timezone.now() - VENSTER)
    pks = oud.select_for_update(skip_locked=True).values_list("pk", flat=True)
    Misgok.objects.filter(pk__in=[*pks[:MAX_OPRUIMEN]]).delete()


def _een_tegelijk(poging: Poging) -> None:
    """Let tries for one account or from one address wait for each other.

    On SQLite every transaction that writes waits for the one before.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # In one order, or two could wait for each other for ever.
            for hash_ in sorted({poging.account, poging.adres} - {""}):
                cursor.execute(
                    "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [hash_]
                )


def onthoud_apparaat(request: HttpRequest, response: HttpResponse, naam: str) -> None:
    """Let the browser show that this account was let in here before."""
    response.set_signed_cookie(
        COOKIE,
        _hash("account", _zelfde_naam(naam)),
        salt=COOKIE_ZOUT,
        max_age=COOKIE_AGE,
        path="/admin/",
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def _is_bekend(request: HttpRequest, account: str) -> bool:
    try:
        return bool(account) and account == request.get_signed_cookie(
            COOKIE, salt=COOKIE_ZOUT, max_age=COOKIE_AGE
        )
    except (KeyError, BadSignature):
        return False


def _zelfde_naam(naam: str) -> str:
    return unicodedata.normalize("NFKC", naam).casefold().strip()[:254]


def _hash(waarvoor: str, *delen: str) -> str:
    tekst = "\0".join(delen)
    return salted_hmac(f"toegang.{waarvoor}", tekst, algorithm="sha256").hexdigest()
