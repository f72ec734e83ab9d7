"""Defence against spam that asks nothing of people: no puzzles, no third party.

A form carries a signed key with its time. A sender may send so many forms an hour; of
the sender only a keyed hash is kept, with a key that is another one tomorrow.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from wijkwijzer.core.netwerk import HOUDER, HUIS, netwerk, netwerkadres
from wijkwijzer.deelname.models import Poging

if TYPE_CHECKING:
    from django.http import HttpRequest

UUR = timedelta(hours=1)
MAX_OPRUIMEN = 1000

HOUDBAAR = timedelta(hours=24)
# Nobody writes something in less; choosing one of five takes little time.
TE_SNEL = timedelta(seconds=3)
TE_SNEL_GEKOZEN = timedelta(seconds=1)


class Formulier(StrEnum):
    """The forms, as the limits and the keys name them."""

    REACTIE = "reactie"
    MELDING = "melding"
    STEM = "stem"
    CONTACT = "contact"
    VOORBEELD = "voorbeeld"
    VOLGEN = "volgen"
    ABONNEMENT = "abonnement"


# Who has the link of a mail may send its form as often as he likes.
PER_UUR = {
    Formulier.REACTIE: 5,
    Formulier.MELDING: 10,
    Formulier.STEM: 20,
    Formulier.CONTACT: 5,
    Formulier.VOORBEELD: 5,
    Formulier.VOLGEN: 5,
}
# Who holds a /48 has 65 536 networks to send from; others have one address.
PER_UUR_HOUDER = {soort: 4 * aantal for soort, aantal in PER_UUR.items()}
# A concept is work for an editor, whoever sends it. From so many in all on, everybody
# may send one: who sends for the first time is never refused because of others.
DRUK_VANAF = {Formulier.VOORBEELD: 60}


# The key of a form


class TeSnelError(Exception):
    """The form was sent sooner than a person could."""


class OngeldigeSleutelError(Exception):
    """The form is too old, or its key is not ours."""


def nieuwe_sleutel(soort: Formulier) -> str:
    """A key for one form, with the time and our signature."""
    return signer(soort).sign(str(uuid4()))


def lees_sleutel(soort: Formulier, waarde: str, te_snel: timedelta) -> UUID:
    """The key that we gave; raises when it is not ours, too old or too young."""
    ondertekenaar = signer(soort)
    try:
        sleutel = UUID(ondertekenaar.unsign(waarde, max_age=HOUDBAAR))
    except (BadSignature, ValueError):
        raise OngeldigeSleutelError from None
    try:
        ondertekenaar.unsign(waarde, max_age=te_snel)
    except SignatureExpired:
        return sleutel
    raise TeSnelError


def signer(soort: Formulier) -> TimestampSigner:
    """Signs the keys of one kind of form: no key fits another."""
    return TimestampSigner(salt=f"reacties.{soort}")


# Who sends


@dataclass(frozen=True)
class Afzender:
    """A sender, by the hash of today and of yesterday: an hour may span midnight.

    ``houders``: the same of who holds the network, for IPv6 of all networks beside it.
    """

    vandaag: str
    gisteren: str
    houders: tuple[str, str]

    @property
    def hashes(self) -> tuple[str, str]:
        return (self.vandaag, self.gisteren)

    def kenmerken(self, soort: Formulier, *inhoud: object) -> tuple[str, str]:
        """What the same content from the same sender always gives, within the day."""
        vandaag, gisteren = (
            hash_van("kenmerk", afzender, soort, *inhoud) for afzender in self.hashes
        )
        return vandaag, gisteren


def afzender_van(request: HttpRequest) -> Afzender:
    """The sender of a request; its network address itself is kept nowhere."""
    gezien = str(request.META.get("REMOTE_ADDR", ""))
    adres = netwerkadres(gezien, request.headers.get("x-forwarded-for"))
    vandaag = timezone.localdate()
    huis, houder = netwerk(adres, HUIS), netwerk(adres, HOUDER)
    gisteren = vandaag - timedelta(days=1)
    return Afzender(
        hash_van("afzender", vandaag, huis),
        hash_van("afzender", gisteren, huis),
        (hash_van("houder", vandaag, houder), hash_van("houder", gisteren, houder)),
    )


def hash_van(waarvoor: str, *delen: object) -> str:
    """A hash that nobody can make without SECRET_KEY."""
    # With another salt, every voter of before would be somebody else.
    tekst = "\0".join(map(str, delen))
    return salted_hmac(f"reacties.{waarvoor}", tekst, algorithm="sha256").hexdigest()


# How often


class TeVaakError(Exception):
    """Too many forms in an hour from one sender or holder.

    ``samen``: from all together so many that one is what everybody may send.
    """

    def __init__(self, *, aantal: int, samen: bool = False) -> None:
        super().__init__(aantal)
        self.aantal = aantal
        self.samen = samen


def is_herhaling(
    *, afzender: Afzender, soort: Formulier, inhoud: tuple[object, ...]
) -> bool:
    """Whether the sender sent the same within the hour. Reading holds up nobody."""
    return Poging.objects.filter(
        op__gt=timezone.now() - UUR,
        kenmerk__in=afzender.kenmerken(soort, *inhoud),
    ).exists()


def noteer(*, afzender: Afzender, soort: Formulier, inhoud: tuple[object, ...]) -> bool:
    """Count this form; False when the sender sent the same within the hour.

    Call it inside the transaction that keeps the content. Raises TeVaakError at the
    limit. Also removes what is older than an hour, of everybody.
    """
    kenmerken = afzender.kenmerken(soort, *inhoud)
    _een_tegelijk(afzender)
    ruim_pogingen_op(kenmerken)
    if is_herhaling(afzender=afzender, soort=soort, inhoud=inhoud):
        return False
    recent = Poging.objects.filter(op__gt=timezone.now() - UUR)
    aantal = recent.filter(soort=soort, afzender__in=afzender.hashes).count()
    if aantal >= PER_UUR[soort]:
        raise TeVaakError(aantal=PER_UUR[soort])
    van_houder = recent.filter(soort=soort, houder__in=afzender.houders).count()
    if van_houder >= PER_UUR_HOUDER[soort]:
        raise TeVaakError(aantal=PER_UUR_HOUDER[soort])
    druk = DRUK_VANAF.get(soort)
    if druk and van_houder and recent.filter(soort=soort).count() >= druk:
        raise TeVaakError(aantal=druk, samen=True)
    Poging.objects.create(
        afzender=afzender.vandaag,
        houder=afzender.houders[0],
        soort=soort,
        kenmerk=kenmerken[0],
    )
    return True


def ruim_pogingen_op(kenmerken: tuple[str, ...] = ()) -> int:
    """Delete attempts older than an hour; the number of them.

    Rows that another request is deleting are left to it: waiting for each other, two
    requests could wait for ever. The attempts with ``kenmerken`` are only ours.
    """
    oud = Q(op__lte=timezone.now() - UUR)
    pks = Poging.objects.filter(oud).select_for_update(skip_locked=True)
    weg = Q(pk__in=[*pks.values_list("pk", flat=True)[:MAX_OPRUIMEN]])
    return Poging.objects.filter(weg | Q(oud, kenmerk__in=kenmerken)).delete()[0]


def _een_tegelijk(afzender: Afzender) -> None:
    """Let the forms of one holder wait for each other until the transaction ends.

    On SQLite every transaction that writes waits for the one before.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
                [afzender.houders[0]],
            )
