"""Praktijkvoorbeelden that readers share: a concept for the editors."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from aanpakken.models import Basis
from kennisdossier.models import Praktijkvoorbeeld
from wijkwijzer.core.models import Status, VorigeSlug
from wijkwijzer.core.slugs import maak_slug
from wijkwijzer.deelname import spam
from wijkwijzer.deelname.models import Inzending
from wijkwijzer.deelname.spam import Formulier
from wijkwijzer.wholes.models import Publicatie

if TYPE_CHECKING:
    from aanpakken.models import Aanpak
    from wijkwijzer.deelname.spam import Afzender


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
    """Make a concept of it for the editors. Raises TeVaakError."""
    eigen = uuid5(sleutel, "\0".join([naam_voorbeeld, plaats, omschrijving, link]))
    if Inzending.objects.filter(sleutel=eigen).exists():
        return
    inhoud = (naam_voorbeeld, plaats, omschrijving)
    if not spam.noteer(afzender=afzender, soort=Formulier.VOORBEELD, inhoud=inhoud):
        return
    voorbeeld = _maak_concept(naam_voorbeeld, omschrijving=omschrijving, link=link)
    if aanpak:
        voorbeeld.koppelingen.create(
            aanpak=aanpak,
            basis=Basis.REDACTIONEEL,
            reden="Gekozen door wie dit instuurde; nog na te kijken.",
        )
    Inzending.objects.create(
        sleutel=eigen, voorbeeld=voorbeeld, plaats=plaats, naam=naam, email=email
    )


def _maak_concept(naam: str, *, omschrijving: str, link: str) -> Praktijkvoorbeeld:
    while True:
        try:
            with transaction.atomic():
                return Praktijkvoorbeeld.objects.create(
                    naam=naam,
                    slug=_vrije_slug(naam),
                    omschrijving=omschrijving,
                    extern_url=link,
                    status=Status.CONCEPT,
                )
        except IntegrityError:
            # Somebody else took the slug in this very moment: the next one, then.
            continue


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
