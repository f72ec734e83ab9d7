"""The mails that this app sends: plain text, and nothing of a reader in a header but
the address to answer to, which Django checks.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

if TYPE_CHECKING:
    from kennisdossier.models import Contactpunt, Reactie

logger = logging.getLogger(__name__)

BESLUIT = {
    "goedgekeurd": ("reacties/mail/goedgekeurd.txt", "Je reactie staat op WijkWijzer"),
    "geweigerd": ("reacties/mail/geweigerd.txt", "Je reactie op WijkWijzer"),
}


class MailMisluktError(Exception):
    """The mail server did not take the mail, or there is none."""


def kan_mailen() -> bool:
    """Whether mail goes anywhere at all."""
    return not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend")


def adres_van(contactpunt: Contactpunt) -> str:
    """Where a question goes: the contact, or else the editors; empty: nowhere."""
    return (contactpunt.email or settings.REDACTIE_EMAIL) if kan_mailen() else ""


def mail_besluit(reactie: Reactie, adres: str) -> None:
    """Tell the writer what was decided. A mail that fails is logged, nothing more."""
    sjabloon, onderwerp = BESLUIT[reactie.status]
    context = {"reactie": reactie, "adres": adres}
    try:
        _stuur(
            sjabloon,
            onderwerp,
            context,
            aan=reactie.email,
            antwoord_aan=settings.REDACTIE_EMAIL,
            # So that nobody's "not in the office" comes back as an answer.
            koppen={"Auto-Submitted": "auto-generated"},
        )
    except MailMisluktError as fout:
        logger.error("De mail over reactie %s is niet verstuurd: %s", reactie.pk, fout)


def mail_vraag(contactpunt: Contactpunt, *, naam: str, email: str, vraag: str) -> None:
    """Raises MailMisluktError: then the question must go back to who asked it."""
    context = {"contactpunt": contactpunt, "naam": naam, "email": email, "vraag": vraag}
    try:
        _stuur(
            "reacties/mail/vraag.txt",
            "Vraag via WijkWijzer",
            context,
            aan=adres_van(contactpunt),
            antwoord_aan=email,
        )
    except MailMisluktError as fout:
        logger.error("Een vraag van een lezer is niet verstuurd: %s", fout)
        raise


def _stuur(
    sjabloon: str,
    onderwerp: str,
    context: dict[str, Any],
    *,
    aan: str,
    antwoord_aan: str,
    koppen: dict[str, str] | None = None,
) -> None:
    bericht = EmailMessage(
        subject=onderwerp,
        body=render_to_string(sjabloon, context),
        to=[aan],
        reply_to=[antwoord_aan] if antwoord_aan else None,
        headers=koppen,
    )
    try:
        verstuurd = bericht.send()
    # Of the network or the mail server; or of an address that fits in no header.
    except (OSError, ValueError) as fout:
        # Only the kind: the words of a mail server often name the address.
        raise MailMisluktError(type(fout).__name__) from None
    if not verstuurd:
        raise MailMisluktError("geen ontvanger")
