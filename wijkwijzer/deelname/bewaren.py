"""How long what readers sent is kept, and what is kept of one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.utils import timezone

from wijkwijzer.deelname import zichtbaar
from wijkwijzer.deelname.geschiedenis import vergeet
from wijkwijzer.deelname.invoer import adres_in, vergelijkbaar
from wijkwijzer.deelname.models import (
    ONDERWERPEN,
    Abonnement,
    Bericht,
    Inzending,
    Inzendingstatus,
    Reactie,
    Reactiemelding,
    Reactiestatus,
)
from wijkwijzer.deelname.spam import ruim_pogingen_op

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet

# The privacy page promises these four, the hour of spam.UUR, and the week of
# models.abonnement.
GEWEIGERD_WEG_NA = timedelta(days=30)
EMAIL_WEG_NA = timedelta(days=365)
MELDING_WEG_NA = timedelta(days=30)
# Sent or not. What was sent holds nothing of anybody since it left.
BERICHT_WEG_NA = timedelta(days=30)


@dataclass(frozen=True)
class Opgeruimd:
    """How many of each the purge changed."""

    reacties: int
    meldingen: int
    berichten: int
    emails: int
    pogingen: int
    inzendingen: int
    abonnementen: int


@transaction.atomic()
def ruim_op() -> Opgeruimd:
    """Remove what was kept long enough. A second time, nothing is left to do."""
    nu = timezone.now()
    geweigerd = Reactie.objects.filter(
        status__in=[Reactiestatus.GEWEIGERD, Reactiestatus.SPAM],
        beoordeeld_op__lte=nu - GEWEIGERD_WEG_NA,
    )
    afgehandeld = Reactiemelding.objects.filter(
        afgehandeld=True, gemeld_op__lte=nu - MELDING_WEG_NA
    )
    oud = Bericht.objects.filter(gemaakt_op__lte=nu - BERICHT_WEG_NA)
    niet_gebruikt = Inzending.objects.filter(
        status=Inzendingstatus.GEWEIGERD, beoordeeld_op__lte=nu - GEWEIGERD_WEG_NA
    )
    reacties, meldingen = _verwijder(geweigerd), _verwijder(afgehandeld)
    inzendingen = _verwijder(niet_gebruikt)
    berichten = _verwijder(oud)
    abonnementen = _verwijder(Abonnement.objects.nooit_bevestigd())
    emails = (
        Reactie.objects.filter(ingestuurd_op__lte=nu - EMAIL_WEG_NA)
        .exclude(email="")
        .update(email="")
    ) + (
        Inzending.objects.filter(ingestuurd_op__lte=nu - EMAIL_WEG_NA)
        .exclude(naam="", email="")
        .update(naam="", email="")
    )
    pogingen = 0
    while aantal := ruim_pogingen_op():
        pogingen += aantal
    return Opgeruimd(
        reacties, meldingen, berichten, emails, pogingen, inzendingen, abonnementen
    )


@dataclass(frozen=True)
class Persoonsgegevens:
    """All that is kept of who uses an e-mail address.

    What somebody sent without an address, or a vote, leads to nobody.
    """

    email: str
    reacties: list[Reactie]
    inzendingen: list[Inzending]
    # What was not sent yet: of the rest we no longer know whose it was.
    berichten: list[Bericht]
    abonnementen: list[Abonnement]

    def __bool__(self) -> bool:
        return bool(
            self.reacties or self.inzendingen or self.berichten or self.abonnementen
        )

    def export(self) -> dict[str, Any]:
        """Everything, for the person to read or take along."""
        return {
            "email": self.email,
            "reacties": [
                {
                    "over": over.naam,
                    "adres": over.get_absolute_url(),
                    "naam": reactie.naam,
                    "email": reactie.email,
                    "tekst": reactie.tekst,
                    "status": reactie.get_status_display(),
                    "reden": reactie.reden,
                    "ingestuurd_op": _moment(reactie.ingestuurd_op),
                    "beoordeeld_op": _moment(reactie.beoordeeld_op),
                }
                for reactie in self.reacties
                for over in [reactie.voor_lezers()]
            ],
            "praktijkvoorbeelden": [
                {
                    "voorbeeld": inzending.naam_voorbeeld,
                    "omschrijving": inzending.omschrijving,
                    "link": inzending.link,
                    "plaats": inzending.plaats,
                    "naam": inzending.naam,
                    "email": inzending.email,
                    "status": inzending.get_status_display(),
                    "reden": inzending.reden,
                    "ingestuurd_op": _moment(inzending.ingestuurd_op),
                    "beoordeeld_op": _moment(inzending.beoordeeld_op),
                }
                for inzending in self.inzendingen
            ],
            # Not where they go: the address of a contactpunt is shown to nobody.
            "mails": [
                {
                    "onderwerp": bericht.onderwerpregel,
                    "tekst": bericht.tekst,
                    "status": bericht.get_status_display(),
                    "gemaakt_op": _moment(bericht.gemaakt_op),
                }
                for bericht in self.berichten
            ],
            "volgt": [
                {
                    "lijst": abonnement.lijst,
                    "filters": abonnement.vraag,
                    "email": abonnement.email,
                    "hoe_vaak": abonnement.get_ritme_display(),
                    "bevestigd": abonnement.is_bevestigd,
                    "gevraagd_op": _moment(abonnement.gevraagd_op),
                }
                for abonnement in self.abonnementen
            ],
        }


def _moment(moment: datetime | None) -> str | None:
    """A moment by our clocks."""
    return timezone.localtime(moment).isoformat() if moment else None


def persoonsgegevens(email: str) -> Persoonsgegevens:
    """What is kept of a person, in whatever way the address was written."""
    email = adres_in(email)
    if not email:
        return Persoonsgegevens("", [], [], [], [])
    reacties = _van(email, Reactie.objects.select_related(*ONDERWERPEN))
    inzendingen = _van(email, Inzending.objects.select_related("voorbeeld"))
    berichten = _van(email, Bericht.objects.all())
    abonnementen = _van(email, Abonnement.objects.all())
    return Persoonsgegevens(email, reacties, inzendingen, berichten, abonnementen)


def _van(email: str, rijen: QuerySet[Any]) -> list[Any]:
    """The rows with this address. Compared here: SQLite knows no capital Ü."""
    gezocht = vergelijkbaar(email)
    bewaard = rijen.exclude(email="").values_list("pk", "email").iterator()
    pks = [pk for pk, adres in bewaard if vergelijkbaar(adres) == gezocht]
    return [*rijen.filter(pk__in=pks)]


@dataclass(frozen=True)
class Verwijderd:
    """How much of a person was removed, and the examples that somebody must read."""

    reacties: int
    inzendingen: int
    berichten: int
    abonnementen: int
    na_te_kijken: list[str]


@transaction.atomic()
def verwijder_persoon(*, email: str, by: User | None) -> Verwijderd:
    """Remove all that is kept of a person: reactions, reports of these, contact data,
    what is followed, and mail that was not sent yet.

    What somebody sent in goes too. The concept or the page that editors made of it
    stays: it is about a place. Its text may name people, so an editor must read it.
    ``by`` is None for the command line.
    """
    gegevens = persoonsgegevens(email)
    gezien = any(r.status == Reactiestatus.GOEDGEKEURD for r in gegevens.reacties)
    voorbeelden = [str(i.voorbeeld) for i in gegevens.inzendingen if i.voorbeeld]
    reacties = _verwijder(Reactie.objects.filter(pk__in=_pks(gegevens.reacties)))
    inzendingen = _verwijder(
        Inzending.objects.filter(pk__in=_pks(gegevens.inzendingen))
    )
    berichten = _verwijder(Bericht.objects.filter(pk__in=_pks(gegevens.berichten)))
    abonnementen = _verwijder(
        Abonnement.objects.filter(pk__in=_pks(gegevens.abonnementen))
    )
    if gezien:
        zichtbaar.besloten()
    if by and gegevens:
        LogEntry.objects.create(
            user_id=by.pk,
            object_repr="Gegevens van een persoon",
            action_flag=CHANGE,
            change_message=(
                f"Verwijderd: {reacties} reacties, {inzendingen} inzendingen, "
                f"{berichten} mails en {abonnementen} abonnementen"
            ),
        )
    return Verwijderd(reacties, inzendingen, berichten, abonnementen, voorbeelden)


def _verwijder(rijen: QuerySet[Any]) -> int:
    """Delete rows, what hangs on them, and what the log of the admin says of both."""
    pks = _pks(rijen)
    if rijen.model is Reactie:
        _verwijder(Reactiemelding.objects.filter(reactie__in=pks))
    vergeet(rijen.model, pks)
    rijen.model._default_manager.filter(pk__in=pks).delete()
    return len(pks)


def _pks(rijen: Any) -> list[int]:
    return [rij.pk for rij in rijen]
