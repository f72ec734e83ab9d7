"""What our mails say: plain text, and nothing of a reader in a header but the address
to answer to, which Django checks.

Nothing is sent here: a mail is a row in the outbox, written in the same transaction as
what it is about. ``postvak.py`` sends it, in a process of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.conf import settings
from django.dispatch import receiver
from django.template.loader import render_to_string
from django.urls import reverse

from kennisdossier.models import Contactpunt
from wijkwijzer.core.tekens import een_regel
from wijkwijzer.deelname.models import Bericht
from wijkwijzer.deelname.models.abonnement import BEVESTIG_BINNEN
from wijkwijzer.wholes.answers import answered
from wijkwijzer.wholes.models import Uitkomst

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kennisdossier.terms import ContactpuntTerm
    from wijkwijzer.deelname.models import Abonnement, Inzending, Reactie, Ritme
    from wijkwijzer.nieuws.sinds import Nieuws
    from wijkwijzer.wholes.models import Beoordeling

BESLUIT = {
    "goedgekeurd": ("deelname/mail/goedgekeurd.txt", "Je reactie staat op WijkWijzer"),
    "geweigerd": ("deelname/mail/geweigerd.txt", "Je reactie op WijkWijzer"),
}

# Of what a writer submitted: the subject by the answer. What he did himself is no news.
ANTWOORD = {
    Uitkomst.TERUGGESTUURD: "Teruggestuurd",
    Uitkomst.GEPUBLICEERD: "Gepubliceerd",
    Uitkomst.INGEPLAND: "Ingepland",
}
MAX_ONDERWERP = 150
# So that nobody's "not in the office" comes back as an answer.
AUTOMATISCH = {"Auto-Submitted": "auto-generated"}
SLEUTELS = UUID("5b0c2f6e-6f0b-4d0e-9a52-0c6a4a1c1f10")


def kan_mailen() -> bool:
    """Whether mail goes anywhere at all."""
    return not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend")


def ontvanger_van(contactpunt: Contactpunt) -> str:
    """Where a question goes: the contact, or else the editors; empty: nowhere."""
    return (contactpunt.email or settings.REDACTIE_EMAIL) if kan_mailen() else ""


def bereikbaar(contactpunten: Sequence[ContactpuntTerm]) -> set[str]:
    """Of these, the slugs of those that a question can go to; one query at most."""
    slugs = {punt.slug for punt in contactpunten}
    if not slugs or not kan_mailen():
        return set()
    if settings.REDACTIE_EMAIL:
        return slugs
    met_adres = Contactpunt.objects.filter(slug__in=slugs).exclude(email="")
    return set(met_adres.values_list("slug", flat=True))


def leg_vraag_klaar(
    contactpunt: Contactpunt, *, naam: str, email: str, vraag: str, sleutel: UUID
) -> None:
    """A question of a reader, for a contactpunt that can be reached."""
    context = {"contactpunt": contactpunt, "naam": naam, "email": email, "vraag": vraag}
    Bericht.objects.get_or_create(
        sleutel=sleutel,
        defaults={
            "onderwerpregel": "Vraag via WijkWijzer",
            "tekst": render_to_string("deelname/mail/vraag.txt", context),
            "aan": ontvanger_van(contactpunt),
            "antwoord_aan": email,
            "email": email,
        },
    )


def leg_besluit_klaar(reactie: Reactie, site: str) -> None:
    """What was decided, for who wrote it; where no mail goes, nothing is kept for it.

    ``site``: the address of the site.
    """
    if not kan_mailen():
        return
    sjabloon, onderwerpregel = BESLUIT[reactie.status]
    onderwerp = reactie.voor_lezers()
    adres = f"{site.rstrip('/')}{onderwerp.get_absolute_url()}"
    context = {"reactie": reactie, "onderwerp": onderwerp, "adres": adres}
    Bericht.objects.get_or_create(
        # Another decision is another mail.
        sleutel=uuid5(reactie.sleutel, f"{reactie.status} {reactie.beoordeeld_op}"),
        defaults={
            "onderwerpregel": onderwerpregel,
            "tekst": render_to_string(sjabloon, context),
            "aan": reactie.email,
            "antwoord_aan": settings.REDACTIE_EMAIL,
            "koppen": AUTOMATISCH,
            "email": reactie.email,
        },
    )


def antwoord_op_voorbeeld(inzending: Inzending, aangenomen: bool) -> str:
    """What we propose to write to who sent an example; an editor may change it."""
    naam = "aangenomen" if aangenomen else "geweigerd"
    sjabloon = f"deelname/mail/voorbeeld_{naam}.txt"
    return render_to_string(sjabloon, {"inzending": inzending}).strip()


def leg_antwoord_op_voorbeeld_klaar(inzending: Inzending, tekst: str) -> None:
    """What was decided, in the words of an editor: one mail, whatever is pressed."""
    if not (kan_mailen() and inzending.email and tekst.strip()):
        return
    Bericht.objects.get_or_create(
        sleutel=uuid5(inzending.sleutel, "antwoord"),
        defaults={
            "onderwerpregel": "Je praktijkvoorbeeld op WijkWijzer",
            "tekst": f"{tekst.strip()}\n",
            "aan": inzending.email,
            "antwoord_aan": settings.REDACTIE_EMAIL,
            "koppen": AUTOMATISCH,
            "email": inzending.email,
        },
    )


def leg_bevestiging_klaar(rij: Abonnement, *, titel: str, ritme: Ritme) -> None:
    """Whether this address wants to follow a list; ``titel`` is what it would follow.

    ``ritme``: how often, as was asked now.
    """
    adres = rij.site.rstrip("/") + reverse("abonnement", args=[rij.sleutel])
    context = {
        "titel": titel,
        "ritme": ritme.label,
        "adres": f"{adres}?ritme={ritme.value}",
        "dagen": BEVESTIG_BINNEN.days,
        "site": rij.site,
    }
    Bericht.objects.create(
        sleutel=uuid5(rij.sleutel, f"bevestig {rij.gevraagd_op.isoformat()}"),
        onderwerpregel="Bevestig dat je WijkWijzer wilt volgen",
        tekst=render_to_string("deelname/mail/bevestig.txt", context),
        aan=rij.email,
        koppen=AUTOMATISCH,
        email=rij.email,
    )


def leg_overzicht_klaar(rij: Abonnement, nieuws: Nieuws) -> None:
    """What is new for who follows a list: one mail, whoever makes it and how often."""
    site = rij.site.rstrip("/")
    adres = site + reverse("abonnement", args=[rij.sleutel])
    context = {
        "nieuws": nieuws,
        "meer": nieuws.aantal - len(nieuws.regels),
        "site": site,
        "adres": adres,
    }
    stop = site + reverse("abonnement_stop", args=[rij.sleutel])
    Bericht.objects.get_or_create(
        sleutel=uuid5(rij.sleutel, f"overzicht {rij.verteld_tot}"),
        defaults={
            "onderwerpregel": een_regel(f"Nieuw: {nieuws.titel}", MAX_ONDERWERP),
            "tekst": render_to_string("deelname/mail/overzicht.txt", context),
            "aan": rij.email,
            "koppen": {
                **AUTOMATISCH,
                # RFC 8058: the button of a mail program, which asks nothing more.
                "List-Unsubscribe": f"<{stop}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
            "email": rij.email,
        },
    )


@receiver(answered, dispatch_uid="deelname.antwoord")
def leg_antwoord_klaar(*, beoordeling: Beoordeling, **kwargs: object) -> None:
    """What a colleague said of what somebody submitted, for who did."""
    aan = beoordeling.ingediend_door
    kop = ANTWOORD.get(Uitkomst(beoordeling.uitkomst))
    if not (kan_mailen() and kop and aan and aan.email) or aan == beoordeling.door:
        return
    context = {"beoordeling": beoordeling, "naam": aan.first_name}
    Bericht.objects.get_or_create(
        sleutel=uuid5(SLEUTELS, f"{beoordeling.pk} {beoordeling.op}"),
        defaults={
            "onderwerpregel": f"{kop}: wat je indiende op WijkWijzer",
            "tekst": render_to_string("deelname/mail/antwoord.txt", context),
            "aan": aan.email,
            "koppen": AUTOMATISCH,
            "email": aan.email,
        },
    )
