"""Praktijkvoorbeelden that readers share, and what editors make of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from django.contrib.admin.models import ADDITION, CHANGE
from django.db import IntegrityError, transaction
from django.utils import timezone

from aanpakken.models import Basis
from kennisdossier.models import Praktijkvoorbeeld
from wijkwijzer.core.models import Status, VorigeSlug
from wijkwijzer.core.slugs import maak_slug
from wijkwijzer.deelname import spam
from wijkwijzer.deelname.geschiedenis import schrijf_op
from wijkwijzer.deelname.mail import leg_antwoord_op_voorbeeld_klaar
from wijkwijzer.deelname.models import Inzending, Inzendingstatus
from wijkwijzer.deelname.spam import Formulier
from wijkwijzer.wholes import work
from wijkwijzer.wholes.models import Publicatie

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.contrib.auth.models import User

    from aanpakken.models import Aanpak
    from wijkwijzer.deelname.spam import Afzender

# So often in a row somebody else may take an address just before us.
KANSEN = 10


@transaction.atomic()
def deel_voorbeeld(
    *,
    naam_voorbeeld: str,
    plaats: str,
    omschrijving: str,
    link: str,
    aanpak: Aanpak | None,
    naam: str,
    email: str,
    sleutel: UUID,
    afzender: Afzender,
) -> None:
    """Keep it for the editors, who make a concept of it. Raises TeVaakError."""
    eigen = uuid5(sleutel, "\0".join([naam_voorbeeld, plaats, omschrijving, link]))
    if Inzending.objects.filter(sleutel=eigen).exists():
        return
    inhoud = (naam_voorbeeld, plaats, omschrijving)
    if not spam.noteer(afzender=afzender, soort=Formulier.VOORBEELD, inhoud=inhoud):
        return
    Inzending.objects.create(
        sleutel=eigen,
        naam_voorbeeld=naam_voorbeeld,
        plaats=plaats,
        omschrijving=omschrijving,
        link=link,
        aanpak=aanpak,
        naam=naam,
        email=email,
    )


class AlBeslotenError(Exception):
    """A colleague decided about it meanwhile."""


class AndersError(Exception):
    """A colleague changed the concept meanwhile."""


@transaction.atomic()
def bewaar_concept(
    *,
    inzending: Inzending,
    waarden: Mapping[str, Any],
    by: User,
    revisie: int | None = None,
) -> Praktijkvoorbeeld:
    """Make a concept of what somebody wrote beside an example, or change that concept.

    ``waarden``: its fields, and ``aanpak``. ``revisie``: what the concept was when he
    began. Raises AlBeslotenError and AndersError. Nothing of the sender goes along.
    """
    rij = _wacht(inzending)
    velden = {naam: waarde for naam, waarde in waarden.items() if naam != "aanpak"}
    if rij.voorbeeld_id is None:
        voorbeeld, gedaan = _maak_concept(velden), ADDITION
        rij.voorbeeld = voorbeeld
        rij.save(update_fields=["voorbeeld"])
    else:
        voorbeeld = Praktijkvoorbeeld.objects.select_for_update().get(
            pk=rij.voorbeeld_id
        )
        if revisie != voorbeeld.revisie:
            raise AndersError
        for naam, waarde in velden.items():
            setattr(voorbeeld, naam, waarde)
        voorbeeld.save()
        gedaan = CHANGE
    if aanpak := waarden.get("aanpak"):
        # No reason: readers would see what we say to each other there.
        voorbeeld.koppelingen.get_or_create(
            aanpak=aanpak, defaults={"basis": Basis.REDACTIONEEL}
        )
    work.remember(voorbeeld, by=by)
    schrijf_op([voorbeeld], by, gedaan, "Overgenomen van wat een lezer stuurde")
    schrijf_op([rij], by, CHANGE, "Bewaard als concept")
    return voorbeeld


@transaction.atomic()
def neem_aan(*, inzending: Inzending, by: User, mail: str = "") -> None:
    """Say that it is used; who sent it gets ``mail``. Raises AlBeslotenError."""
    rij = _wacht(inzending)
    _besluit(rij, Inzendingstatus.AANGENOMEN, by)
    leg_antwoord_op_voorbeeld_klaar(rij, mail)
    schrijf_op([rij], by, CHANGE, "Aangenomen")


@transaction.atomic()
def weiger_voorbeeld(
    *, inzending: Inzending, reden: str, by: User, mail: str = ""
) -> None:
    """Say why it is not used; who sent it gets ``mail``. Raises AlBeslotenError."""
    rij = _wacht(inzending)
    rij.reden = reden
    _besluit(rij, Inzendingstatus.GEWEIGERD, by)
    leg_antwoord_op_voorbeeld_klaar(rij, mail)
    schrijf_op([rij], by, CHANGE, f"Geweigerd: {reden}")


def _wacht(inzending: Inzending) -> Inzending:
    """The row as it is now; two who decide do so one after the other."""
    rij = Inzending.objects.select_for_update(of=("self",)).get(pk=inzending.pk)
    if rij.status != Inzendingstatus.WACHT:
        raise AlBeslotenError
    return rij


def _besluit(rij: Inzending, status: Inzendingstatus, by: User) -> None:
    rij.status, rij.beoordeeld_op, rij.beoordeeld_door = status, timezone.now(), by
    rij.save(update_fields=["status", "reden", "beoordeeld_op", "beoordeeld_door"])


def _maak_concept(velden: dict[str, Any]) -> Praktijkvoorbeeld:
    for kans in range(KANSEN, 0, -1):
        try:
            with transaction.atomic():
                return Praktijkvoorbeeld.objects.create(
                    slug=_vrije_slug(velden["naam"]), status=Status.CONCEPT, **velden
                )
        except IntegrityError:
            # Somebody else took the slug in this very moment: the next one, then.
            if kans == 1:
                raise
    raise AssertionError


def _vrije_slug(naam: str) -> str:
    basis = maak_slug(naam, 90) or "praktijkvoorbeeld"
    # Of a working copy with another name, readers know the address of before.
    gezien = Publicatie.objects.filter(soort=Praktijkvoorbeeld.soort)
    oud = VorigeSlug.objects.filter(soort=Praktijkvoorbeeld.soort)
    bezet = Praktijkvoorbeeld.bezette_slugs.union(
        *(
            slugs.filter(slug__startswith=basis).values_list("slug", flat=True)
            for slugs in (Praktijkvoorbeeld.objects.all(), gezien, oud)
        )
    )
    slug, nummer = basis, 1
    while slug in bezet:
        nummer += 1
        slug = f"{basis}-{nummer}"
    return slug
