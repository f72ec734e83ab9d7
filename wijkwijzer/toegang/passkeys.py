"""Passkeys: WebAuthn of the library fido2, with a key in our own table.

A device checks a finger, face or PIN itself (user verification), so a passkey is two
steps in one: who has one may sign in with that alone.
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.crypto import salted_hmac
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from wijkwijzer.toegang.models import Factor, Factorsoort

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.http import HttpRequest

STAND = "toegang.passkey"
# What fido2 raises about an answer that is not right, or that is none at all.
FOUT = (
    *(ValueError, TypeError, KeyError, AttributeError, IndexError),
    RecursionError,
)
MAX_TEKST = 20_000


class GeenPasskeyError(Exception):
    """What a browser sent proves nothing."""


def _server(request: HttpRequest) -> Fido2Server:
    """For the host that was asked: a passkey works there alone."""
    host = request.get_host().rpartition(":")[0] or request.get_host()
    return Fido2Server(PublicKeyCredentialRpEntity(name="WijkWijzer", id=host))


def opties_nieuw(request: HttpRequest, user: User) -> dict[str, Any]:
    """What a browser needs to make a passkey; the question stays in the session."""
    opties, stand = _server(request).register_begin(
        PublicKeyCredentialUserEntity(
            id=_wie(user), name=user.get_username(), display_name=user.get_username()
        ),
        credentials=_van(user),
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    request.session[STAND] = stand
    return dict(opties)


def nieuw(request: HttpRequest, user: User, antwoord: str, naam: str) -> Factor:
    """The passkey that a browser made, not kept yet. Raises GeenPasskeyError."""
    stand = request.session.pop(STAND, None)
    try:
        gemaakt = _server(request).register_complete(stand, _lees(antwoord))
    except FOUT as fout:
        raise GeenPasskeyError from fout
    sleutel = gemaakt.credential_data
    if sleutel is None:
        raise GeenPasskeyError
    kenmerk = _tekst(sleutel.credential_id)
    if Factor.objects.filter(kenmerk=kenmerk).exists():
        raise GeenPasskeyError
    return Factor(
        gebruiker=user,
        soort=Factorsoort.PASSKEY,
        naam=naam.strip()[:60] or "Passkey",
        kenmerk=kenmerk,
        publiek=_tekst(bytes(sleutel)),
        teller=gemaakt.counter,
    )


def opties_inloggen(request: HttpRequest, user: User | None) -> dict[str, Any]:
    """What a browser needs to show a passkey of ``user``, or of whoever has one."""
    opties, stand = _server(request).authenticate_begin(
        credentials=_van(user) if user else None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    request.session[STAND] = stand
    return dict(opties)


def controleer(request: HttpRequest, antwoord: str, user: User | None) -> Factor:
    """The passkey that was shown, of ``user`` or of anybody. Raises GeenPasskeyError.

    Each question is asked once, and what it was answered with counts once.
    """
    stand = request.session.pop(STAND, None)
    try:
        getoond = AuthenticationResponse.from_dict(_lees(antwoord))
        factor = Factor.objects.select_related("gebruiker").get(
            soort=Factorsoort.PASSKEY,
            kenmerk=_tekst(getoond.raw_id),
            **({"gebruiker": user} if user else {}),
        )
        _server(request).authenticate_complete(stand, [_sleutel(factor)], getoond)
        teller = getoond.response.authenticator_data.counter
    except (*FOUT, Factor.DoesNotExist) as fout:
        raise GeenPasskeyError from fout
    # One that does not count says 0; of one that does, a copy is behind.
    if (teller or factor.teller) and teller <= factor.teller:
        raise GeenPasskeyError
    Factor.objects.filter(pk=factor.pk).update(
        teller=teller, gebruikt_op=timezone.now()
    )
    return factor


def _van(user: User) -> list[AttestedCredentialData]:
    passkeys = Factor.objects.filter(gebruiker=user, soort=Factorsoort.PASSKEY)
    return [_sleutel(factor) for factor in passkeys]


def _sleutel(factor: Factor) -> AttestedCredentialData:
    return AttestedCredentialData(base64.b64decode(factor.publiek))


def _wie(user: User) -> bytes:
    """How a device knows a user: the same each time, and it says nothing."""
    return salted_hmac("toegang.passkey", str(user.pk), algorithm="sha256").digest()


def _tekst(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _lees(antwoord: str) -> Any:
    if len(antwoord) > MAX_TEKST:
        raise ValueError
    return json.loads(antwoord)
