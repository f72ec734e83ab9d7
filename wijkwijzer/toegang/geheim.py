"""Secrets that must be read again are encrypted with a key of SECRET_KEY.

Who has the database, or a backup of it, has not that key: so it makes no codes.
"""

from __future__ import annotations

import base64
import hashlib
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

# Without 0 o, 1 l i: they are copied by hand. Sixteen of them are 79 bits.
TEKENS = "abcdefghjkmnpqrstuvwxyz23456789"
GROEPEN, PER_GROEP = 4, 4


class OnleesbaarError(Exception):
    """It was written with another SECRET_KEY."""


def versleutel(tekst: str) -> str:
    return _kluis().encrypt(tekst.encode()).decode()


def ontsleutel(tekst: str) -> str:
    try:
        return _kluis().decrypt(tekst.encode()).decode()
    except InvalidToken:
        raise OnleesbaarError from None


def _kluis() -> MultiFernet:
    """The first key writes; what the keys of before wrote can still be read."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_sleutel(key)) for key in keys])


def _sleutel(key: str | bytes) -> bytes:
    digest = salted_hmac("toegang.geheim", "", secret=key, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest)


def nieuwe_code() -> str:
    def groep() -> str:
        return "".join(secrets.choice(TEKENS) for _ in range(PER_GROEP))

    return "-".join(groep() for _ in range(GROEPEN))


def hash_van_code(code: str) -> str:
    """Without a key: they must work after restoring with another SECRET_KEY.

    Nobody finds one by trying: there are 10^23 of them.
    """
    return hashlib.sha256(b"toegang.herstelcode\0" + code.encode()).hexdigest()
