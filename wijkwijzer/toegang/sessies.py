"""How long somebody is signed in, where, and what they proved.

A session counts as long as its row is there: so it can be ended from another device,
and its age is on the server. Django's own session holds the number of the row.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import Q
from django.db.models.signals import post_save
from django.utils import timezone

from wijkwijzer.core.groepen import MET_TWEEDE_STAP
from wijkwijzer.toegang.apparaat import apparaat_van
from wijkwijzer.toegang.models import Bewijs, Sessie

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import QuerySet
    from django.http import HttpRequest

SLEUTEL = "toegang.sessie"
# Written no more often than this: it is for people to look at, and for SESSIE_STIL.
OPNIEUW_GEZIEN = timedelta(minutes=1)
MAX_OPRUIMEN = 1000
# For so long after signing in somebody may change how they sign in.
VERS = timedelta(minutes=30)


def geldig() -> QuerySet[Sessie]:
    """The sessions that are neither too old nor left alone for too long."""
    nu = timezone.now()
    return Sessie.objects.filter(
        gezien_op__gt=nu - timedelta(seconds=settings.SESSIE_STIL),
        begonnen_op__gt=nu - timedelta(seconds=settings.SESSIE_HOOGSTENS),
    )


def toegelaten(
    request: HttpRequest, user: AbstractBaseUser | AnonymousUser
) -> AbstractBaseUser | AnonymousUser:
    """Who this is: nobody, when the session ended or proves too little."""
    if not user.is_authenticated:
        return user
    sessie = _rij(request, user)
    if sessie is None or (not sessie.bewijs and is_verplicht(cast("User", user))):
        return AnonymousUser()
    request.sessie = sessie  # type: ignore[attr-defined]
    nu = timezone.now()
    if nu - sessie.gezien_op > OPNIEUW_GEZIEN:
        # Who only reads must not fail because nothing can be written.
        with suppress(DatabaseError):
            Sessie.objects.filter(pk=sessie.pk).update(gezien_op=nu)
    return user


def _rij(request: HttpRequest, user: AbstractBaseUser) -> Sessie | None:
    try:
        nummer = UUID(request.session.get(SLEUTEL))
    except (TypeError, ValueError, AttributeError, ValidationError):
        return None
    return geldig().filter(pk=nummer, gebruiker_id=user.pk).first()


def is_verplicht(user: User) -> bool:
    """Whether this user must prove with a second step who they are."""
    if not settings.MFA_VERPLICHT:
        return False
    return user.is_superuser or user.groups.filter(name__in=MET_TWEEDE_STAP).exists()


def deze(request: HttpRequest) -> Sessie | None:
    """The session of this request, when somebody is signed in."""
    if not request.user.is_authenticated:
        return None
    return getattr(request, "sessie", None)


def is_vers(request: HttpRequest) -> bool:
    sessie = deze(request)
    return sessie is not None and timezone.now() - sessie.begonnen_op < VERS


# What Django tells


def begin(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Somebody signed in: with what, is added by who knows."""
    _ruim_op(user)
    sessie = Sessie.objects.create(
        gebruiker=user, apparaat=apparaat_van(request.headers.get("user-agent", ""))
    )
    request.session[SLEUTEL] = str(sessie.pk)
    request.sessie = sessie  # type: ignore[attr-defined]


def bewezen(request: HttpRequest, bewijs: Bewijs) -> None:
    sessie: Sessie = request.sessie  # type: ignore[attr-defined]
    sessie.bewijs = bewijs
    sessie.save(update_fields=["bewijs"])


def einde(request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    if request and user and (nummer := request.session.get(SLEUTEL)):
        Sessie.objects.filter(pk=nummer, gebruiker=user).delete()


def ander_wachtwoord(instance: User, raw: bool = False, **kwargs: Any) -> None:
    """Whoever changed it: who signed in with the old one signs in again."""
    # Django sets it until the validators have heard of it.
    if not raw and getattr(instance, "_password", None) is not None:
        beeindig(user=instance)


def volg() -> None:
    user_logged_in.connect(begin, dispatch_uid="toegang.begin")
    user_logged_out.connect(einde, dispatch_uid="toegang.einde")
    post_save.connect(ander_wachtwoord, sender=User, dispatch_uid="toegang.wachtwoord")


# Ending


def beeindig(
    *, user: User, behalve: Sessie | None = None, nummer: UUID | None = None
) -> int:
    """End the sessions of a user, or the one with ``nummer``; how many there were."""
    weg = Sessie.objects.filter(gebruiker=user)
    if behalve:
        weg = weg.exclude(pk=behalve.pk)
    if nummer:
        weg = weg.filter(pk=nummer)
    return weg.delete()[0]


def blijf(request: HttpRequest, sessie: Sessie | None) -> None:
    """Of who changed the own password this session goes on."""
    if sessie:
        sessie.save(force_insert=True)


def _ruim_op(user: User) -> None:
    """What is over of this user, and of Django's sessions what is over of anybody."""
    nu = timezone.now()
    with transaction.atomic():
        # What another request is deleting is left to it.
        oud = Session.objects.filter(expire_date__lt=nu)
        sleutels = oud.select_for_update(skip_locked=True).values_list("pk", flat=True)
        Session.objects.filter(pk__in=[*sleutels[:MAX_OPRUIMEN]]).delete()
    Sessie.objects.filter(gebruiker=user).filter(
        Q(gezien_op__lte=nu - timedelta(seconds=settings.SESSIE_STIL))
        | Q(begonnen_op__lte=nu - timedelta(seconds=settings.SESSIE_HOOGSTENS))
    ).delete()
