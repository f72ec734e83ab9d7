"""How long what readers sent is kept, and what is kept of one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from kennisdossier.models import Inzending, Reactie, Reactiemelding, Reactiestatus
from kennisdossier.spam import ruim_pogingen_op
from wijkwijzer.core.catalogusversie import verhoog

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet

# The privacy page promises these three, and the hour of spam.UUR.
GEWEIGERD_WEG_NA = timedelta(days=30)
EMAIL_WEG_NA = timedelta(days=365)
MELDING_WEG_NA = timedelta(days=30)


@dataclass(frozen=True)
class Opgeruimd:
    """How many of each the purge changed."""

    reacties: int
    meldingen: int
    adressen: int
    pogingen: int


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
    reacties, meldingen = _verwijder(geweigerd), _verwijder(afgehandeld)
    adressen = (
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
    return Opgeruimd(reacties, meldingen, adressen, pogingen)


@dataclass(frozen=True)
class Persoonsgegevens:
    """All that is kept of who uses an e-mail address.

    What somebody sent without an address, or a vote, leads to nobody.
    """

    email: str
    reacties: list[Reactie]
    inzendingen: list[Inzending]

    def __bool__(self) -> bool:
        return bool(self.reacties or self.inzendingen)

    def export(self) -> dict[str, Any]:
        """Everything, for the person to read or take along."""
        return {
            "email": self.email,
            "reacties": [
                {
                    "over": str(reactie.onderwerp),
                    "adres": reactie.onderwerp.get_absolute_url(),
                    "naam": reactie.naam,
                    "email": reactie.email,
                    "tekst": reactie.tekst,
                    "status": reactie.get_status_display(),
                    "reden": reactie.reden,
                    "ingestuurd_op": reactie.ingestuurd_op.isoformat(),
                    "beoordeeld_op": reactie.beoordeeld_op
                    and reactie.beoordeeld_op.isoformat(),
                }
                for reactie in self.reacties
            ],
            "praktijkvoorbeelden": [
                {
                    "voorbeeld": inzending.voorbeeld.naam,
                    "omschrijving": inzending.voorbeeld.omschrijving,
                    "link": inzending.voorbeeld.extern_url,
                    "plaats": inzending.plaats,
                    "naam": inzending.naam,
                    "email": inzending.email,
                    "ingestuurd_op": inzending.ingestuurd_op.isoformat(),
                }
                for inzending in self.inzendingen
            ],
        }


def persoonsgegevens(email: str) -> Persoonsgegevens:
    """What is kept of a person: capitals in the address make no difference."""
    adres = email.strip()
    if not adres:
        return Persoonsgegevens("", [], [])
    reacties = Reactie.objects.filter(email__iexact=adres)
    inzendingen = Inzending.objects.filter(email__iexact=adres)
    return Persoonsgegevens(
        adres,
        [*reacties.select_related("aanpak", "dossier", "praktijkvoorbeeld")],
        [*inzendingen.select_related("voorbeeld")],
    )


@dataclass(frozen=True)
class Verwijderd:
    """How much of a person was removed, and the examples that somebody must read."""

    reacties: int
    inzendingen: int
    na_te_kijken: list[str]


@transaction.atomic()
def verwijder_persoon(*, email: str, by: User | None) -> Verwijderd:
    """Remove all that is kept of a person: reactions, reports of these, contact data.

    An example that somebody sent in stays: it is about a place. Its text may name
    people, so an editor must read it. ``by`` is None for the command line.
    """
    gegevens = persoonsgegevens(email)
    zichtbaar = any(r.status == Reactiestatus.GOEDGEKEURD for r in gegevens.reacties)
    voorbeelden = [str(inzending.voorbeeld) for inzending in gegevens.inzendingen]
    reacties = _verwijder(Reactie.objects.filter(pk__in=_pks(gegevens.reacties)))
    inzendingen = _verwijder(
        Inzending.objects.filter(pk__in=_pks(gegevens.inzendingen))
    )
    if zichtbaar:
        verhoog()
    if by and gegevens:
        LogEntry.objects.create(
            user_id=by.pk,
            object_repr="Gegevens van een persoon",
            action_flag=CHANGE,
            change_message=(
                f"Verwijderd: {reacties} reacties en {inzendingen} inzendingen"
            ),
        )
    return Verwijderd(reacties, inzendingen, voorbeelden)


def _verwijder(rijen: QuerySet[Any]) -> int:
    """Delete rows, what hangs on them, and what the log of the admin says of both."""
    pks = _pks(rijen)
    if rijen.model is Reactie:
        _verwijder(Reactiemelding.objects.filter(reactie__in=pks))
    LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(rijen.model),
        object_id__in=[str(pk) for pk in pks],
    ).delete()
    rijen.model._default_manager.filter(pk__in=pks).delete()
    return len(pks)


def _pks(rijen: Any) -> list[int]:
    return [rij.pk for rij in rijen]
