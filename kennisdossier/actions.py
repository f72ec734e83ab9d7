"""What readers send in, and what editors decide about it.

These tables raise no catalogue version by themselves (see apps.py): an action that
changes what a page shows does it.
"""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID, uuid4, uuid5

from django.contrib.admin.models import CHANGE, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from aanpakken.models import Basis
from kennisdossier import spam
from kennisdossier.mail import MailMisluktError, mail_besluit, mail_vraag
from kennisdossier.models import (
    Inzending,
    Poging,
    Praktijkvoorbeeld,
    Reactie,
    Reactiemelding,
    Reactiestatus,
    Stem,
)
from kennisdossier.models.reacties import soort_van
from kennisdossier.spam import Soort
from wijkwijzer.core.catalogusversie import verhoog
from wijkwijzer.core.models import Status, VorigeSlug

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.models import User
    from django.db.models import Model

    from aanpakken.models import Aanpak
    from kennisdossier.models import Contactpunt
    from kennisdossier.spam import Afzender
    from wijkwijzer.core.models import Publiceerbaar

# Votes must not empty the caches of all pages: they show up this often at most.
STEMMEN_TONEN = 600
# How long a second click waits for the mail of the first.
WACHTTIJD = 15.0
WACHTSTAP = 0.25


# Readers


def plaats_reactie(
    *,
    onderwerp: Publiceerbaar,
    tekst: str,
    naam: str,
    email: str,
    sleutel: UUID,
    afzender: Afzender,
) -> None:
    """Keep a reaction for the editors. The same again changes nothing.

    Raises TeVaakError.
    """
    # The key of the form and what was in it: who goes back and changes the text
    # sends another reaction, and nothing is lost.
    eigen = uuid5(sleutel, "\0".join([tekst, naam, email]))
    soort = soort_van(onderwerp)
    inhoud = (soort, onderwerp.pk, tekst)
    # Looked at before the transaction too: who clicks twice holds up nobody.
    if Reactie.objects.filter(sleutel=eigen).exists() or spam.is_herhaling(
        afzender=afzender, soort=Soort.REACTIE, inhoud=inhoud
    ):
        return
    with transaction.atomic():
        if spam.noteer(afzender=afzender, soort=Soort.REACTIE, inhoud=inhoud):
            velden = {"tekst": tekst, "naam": naam, "email": email}
            Reactie.objects.get_or_create(
                sleutel=eigen, defaults={soort: onderwerp, **velden}
            )


@transaction.atomic()
def meld_reactie(
    *, reactie: Reactie, reden: str, sleutel: UUID, afzender: Afzender
) -> None:
    """Tell the editors that a reaction should not be there. Raises TeVaakError."""
    eigen = uuid5(sleutel, reden)
    if Reactiemelding.objects.filter(sleutel=eigen).exists():
        return
    inhoud = (reactie.pk, reden)
    if spam.noteer(afzender=afzender, soort=Soort.MELDING, inhoud=inhoud):
        Reactiemelding.objects.get_or_create(
            sleutel=eigen, defaults={"reactie": reactie, "reden": reden}
        )


def kiezer_van(onderwerp: Publiceerbaar, geheim: str) -> str:
    """Who votes on this: another hash for each subject, and no way back."""
    return spam.hash_van("kiezer", soort_van(onderwerp), onderwerp.pk, geheim)


@transaction.atomic()
def geef_stem(
    *,
    onderwerp: Publiceerbaar,
    waarde: int,
    kiezer: str,
    sleutel: UUID,
    afzender: Afzender,
) -> None:
    """Keep a vote, or replace the one this voter gave before. Raises TeVaakError."""
    inhoud = (kiezer, waarde, sleutel)
    if not spam.noteer(afzender=afzender, soort=Soort.STEM, inhoud=inhoud):
        return
    Stem.objects.update_or_create(
        kiezer=kiezer,
        defaults={"waarde": waarde},
        create_defaults={"waarde": waarde, soort_van(onderwerp): onderwerp},
    )
    transaction.on_commit(_toon_stemmen)


def _toon_stemmen() -> None:
    if cache.add("reacties.stemmen_getoond", True, STEMMEN_TONEN):
        verhoog()


def stel_vraag(
    *, contactpunt: Contactpunt, vraag: str, naam: str, email: str, afzender: Afzender
) -> None:
    """Mail a question. The same again is not mailed twice.

    Raises TeVaakError; and MailMisluktError, also when a first click is still mailing
    it and does not succeed.
    """
    inhoud = (contactpunt.pk, email, naam, vraag)
    with transaction.atomic():
        poging = spam.noteer(
            afzender=afzender, soort=Soort.CONTACT, inhoud=inhoud, afgerond=False
        )
    if poging is None:
        _wacht_op_mail(afzender.kenmerken(Soort.CONTACT, *inhoud))
        return
    # Outside the transaction: a slow mail server must not hold up who writes.
    try:
        mail_vraag(contactpunt, naam=naam, email=email, vraag=vraag)
    except MailMisluktError:
        # It may be sent again, and counts for the limit.
        poging.kenmerk, poging.afgerond = uuid4().hex, True
        poging.save(update_fields=["kenmerk", "afgerond"])
        raise
    poging.afgerond = True
    poging.save(update_fields=["afgerond"])


def _wacht_op_mail(kenmerken: tuple[str, str]) -> None:
    tot = time.monotonic() + WACHTTIJD
    while poging := Poging.objects.filter(kenmerk__in=kenmerken).first():
        if poging.afgerond:
            return
        if time.monotonic() > tot:
            break
        time.sleep(WACHTSTAP)
    raise MailMisluktError


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
    if not spam.noteer(afzender=afzender, soort=Soort.VOORBEELD, inhoud=inhoud):
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
    basis = slugify(naam)[:90].strip("-_") or "praktijkvoorbeeld"
    oud = VorigeSlug.objects.filter(
        soort=ContentType.objects.get_for_model(Praktijkvoorbeeld)
    )
    bezet = Praktijkvoorbeeld.bezette_slugs.union(
        Praktijkvoorbeeld.objects.filter(slug__startswith=basis).values_list(
            "slug", flat=True
        ),
        oud.filter(slug__startswith=basis).values_list("slug", flat=True),
    )
    slug, nummer = basis, 1
    while slug in bezet:
        nummer += 1
        slug = f"{basis}-{nummer}"
    return slug


# Editors


def keur_goed(*, reacties: Iterable[Reactie], by: User, site: str) -> int:
    """Show reactions to everybody; the number that this changed.

    ``site``: the address of the site, for the mail to who wrote it.
    """
    return _beoordeel(reacties, Reactiestatus.GOEDGEKEURD, "", by, site)


def weiger(*, reacties: Iterable[Reactie], reden: str, by: User, site: str) -> int:
    """Refuse reactions; who left an address gets the reason by mail."""
    return _beoordeel(reacties, Reactiestatus.GEWEIGERD, reden, by, site)


def markeer_spam(*, reacties: Iterable[Reactie], by: User) -> int:
    """Put reactions away as spam; nobody gets mail."""
    return _beoordeel(reacties, Reactiestatus.SPAM, "", by, "")


@transaction.atomic()
def _beoordeel(
    reacties: Iterable[Reactie], status: Reactiestatus, reden: str, by: User, site: str
) -> int:
    te_doen = (
        Reactie.objects.filter(pk__in=[reactie.pk for reactie in reacties])
        .exclude(status=status)
        .select_related("aanpak", "dossier", "praktijkvoorbeeld")
        .select_for_update(of=("self",))
    )
    gedaan = list(te_doen)
    was_zichtbaar = any(r.status == Reactiestatus.GOEDGEKEURD for r in gedaan)
    for reactie in gedaan:
        reactie.status, reactie.reden = status, reden
        reactie.beoordeeld_op, reactie.beoordeeld_door = timezone.now(), by
        reactie.save(
            update_fields=["status", "reden", "beoordeeld_op", "beoordeeld_door"]
        )
        if reactie.email and status != Reactiestatus.SPAM:
            adres = f"{site.rstrip('/')}{reactie.onderwerp.get_absolute_url()}"
            transaction.on_commit(partial(mail_besluit, reactie, adres))
    besluit = status.label.capitalize()
    _schrijf_op(gedaan, by, CHANGE, f"{besluit}: {reden}" if reden else besluit)
    if gedaan and (was_zichtbaar or status == Reactiestatus.GOEDGEKEURD):
        verhoog()
    return len(gedaan)


@transaction.atomic()
def handel_meldingen_af(*, meldingen: Iterable[Reactiemelding], by: User) -> int:
    """Take reports from the list of what is open."""
    te_doen = Reactiemelding.objects.filter(
        pk__in=[melding.pk for melding in meldingen], afgehandeld=False
    )
    gedaan = list(te_doen.select_for_update())
    te_doen.update(afgehandeld=True)
    _schrijf_op(gedaan, by, CHANGE, "Afgehandeld")
    return len(gedaan)


@transaction.atomic()
def wis_stemmen(*, stemmen: Iterable[Stem], by: User) -> int:
    """Erase votes; the averages follow at once."""
    te_doen = list(Stem.objects.filter(pk__in=[stem.pk for stem in stemmen]))
    _schrijf_op(te_doen, by, DELETION, "Gewist")
    Stem.objects.filter(pk__in=[stem.pk for stem in te_doen]).delete()
    if te_doen:
        verhoog()
    return len(te_doen)


def _schrijf_op(objecten: Iterable[Model], by: User, vlag: int, tekst: str) -> None:
    """In the history of each: who did what. Holds nothing that a reader wrote."""
    LogEntry.objects.bulk_create(
        LogEntry(
            user_id=by.pk,
            content_type=ContentType.objects.get_for_model(instance),
            object_id=str(instance.pk),
            object_repr=str(instance)[:200],
            action_flag=vlag,
            change_message=tekst,
        )
        for instance in objecten
    )
