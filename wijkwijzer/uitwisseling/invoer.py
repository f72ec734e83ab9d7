"""The steps of bringing in a file: look at it, show what it would do, and do that.

A small file is looked at while its sender waits; a larger one in a process beside the
server, of which the page says how far it is.
"""

from __future__ import annotations

import os
import subprocess
import sys
from threading import Thread
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from wijkwijzer.uitwisseling import voortgang
from wijkwijzer.uitwisseling.gelezen import Fout, Kennis
from wijkwijzer.uitwisseling.lezen import lees
from wijkwijzer.uitwisseling.models import BEWAARTIJD, Inhoud, Invoer, Stap
from wijkwijzer.uitwisseling.plan import Plan, maak_plan, stil
from wijkwijzer.uitwisseling.poort import GeweigerdError, soort_van
from wijkwijzer.uitwisseling.rechten import mag_publiceren, mag_wijzigen
from wijkwijzer.uitwisseling.uitvoeren import (
    IntussenError,
    NietUitgevoerdError,
    voer_uit,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from wijkwijzer.uitwisseling.plan import Regel, Voortgang
    from wijkwijzer.wholes.words import Names

# A larger file goes to a process of its own.
KLEIN = 100 * 1024
# More is counted, and not shown.
MAX_REGELS, MAX_FOUTEN, MAX_WIJZIGINGEN, MAX_TEKENS = 100, 200, 40, 400


def ontvang(*, naam: str, inhoud: bytes, by: User, wat: str = Inhoud.ALLES) -> Invoer:
    """Take in a file. Raises GeweigerdError for what is none of ours."""
    ruim_op()
    soort_van(naam, inhoud)
    invoer = Invoer.objects.create(
        naam=naam[-200:], inhoud=wat, bestand=inhoud, door=by
    )
    ga_verder(invoer)
    return invoer


def ruim_op() -> None:
    """Throw away the files that nobody confirmed in time."""
    oud = Invoer.objects.filter(op__lt=timezone.now() - BEWAARTIJD).exclude(bestand=b"")
    oud.filter(stap__in=[Stap.LEZEN, Stap.PROEF]).update(stap=Stap.GESTOPT)
    oud.exclude(stap=Stap.UITVOEREN).update(bestand=b"")


def ga_verder(invoer: Invoer) -> None:
    """Do the step that it is at: here, or in a process beside us."""
    if len(invoer.bestand) <= KLEIN:
        try:
            doe_stap(invoer)
        except BaseException:
            # What was written is rolled back; nobody waits for it any more.
            Invoer.objects.filter(pk=invoer.pk).update(stap=Stap.GESTOPT)
            raise
        return
    proces = begin_apart(invoer)
    # Somebody must hear that it ended, or it stays in the list of processes.
    Thread(target=proces.wait, daemon=True).start()


def begin_apart(invoer: Invoer) -> subprocess.Popen[bytes]:
    """Do its step in a process of its own, which holds a file as long as it lives."""
    token = str(invoer.token)
    nummer = voortgang.begin(token)
    try:
        return subprocess.Popen(
            [
                *(sys.executable, str(settings.BASE_DIR / "manage.py")),
                *("importeer", "--verder", token),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            # It goes on when the server is restarted, and holds our file.
            start_new_session=True,
            pass_fds=(nummer,),
        )
    finally:
        os.close(nummer)


def doe_stap(invoer: Invoer, melden: Voortgang = stil) -> None:
    if invoer.stap == Stap.LEZEN:
        kijk_na(invoer, melden)
    elif invoer.stap == Stap.UITVOEREN:
        lees_in(invoer, melden)


def kijk_na(invoer: Invoer, melden: Voortgang = stil) -> None:
    """Find out what it would do, and keep that for the page."""
    try:
        plan = _plan(invoer, melden)
    except GeweigerdError as fout:
        invoer.stap, invoer.bestand = Stap.GESTOPT, b""
        invoer.uitkomst = _met_fouten([Fout("", str(fout))])
    else:
        invoer.stap, invoer.vingerafdruk = Stap.PROEF, plan.vingerafdruk
        invoer.uitkomst = uitkomst(plan)
    invoer.save(update_fields=["stap", "bestand", "uitkomst", "vingerafdruk"])


def bevestig(invoer: Invoer, *, vingerafdruk: str, publiceren: bool) -> bool:
    """Do it, says who saw what it would do; False when they saw something else."""
    rows = Invoer.objects.filter(pk=invoer.pk, stap=Stap.PROEF)
    keuzes = invoer.keuzes | {"publiceren": publiceren}
    # Pressed twice, or in two tabs: only once.
    if not rows.filter(vingerafdruk=vingerafdruk).update(
        stap=Stap.UITVOEREN, keuzes=keuzes
    ):
        return False
    invoer.refresh_from_db()
    ga_verder(invoer)
    return True


def lees_in(invoer: Invoer, melden: Voortgang = stil) -> None:
    """Do what was shown, or show again what changed meanwhile."""
    getoond = invoer.vingerafdruk
    publiceren = bool(invoer.keuzes.get("publiceren"))
    try:
        plan = _plan(invoer, melden)
        if plan.vingerafdruk != getoond and not plan.fouten:
            melding = "Intussen is er iets gewijzigd. Kijk het verschil opnieuw na."
            raise IntussenError([Fout("", melding)])
        if publiceren:
            _keur_publiceren(plan, invoer.door)
        with transaction.atomic():
            voer_uit(
                plan,
                by=invoer.door,
                bestand=invoer.naam,
                publiceren=publiceren,
                voortgang=melden,
            )
            invoer.stap, invoer.bestand = Stap.GELUKT, b""
            invoer.uitkomst = uitkomst(plan)
            invoer.save(update_fields=["stap", "bestand", "uitkomst"])
            schrijf_op(invoer, by=invoer.door, wat=_gedaan(plan, publiceren=publiceren))
    except (NietUitgevoerdError, GeweigerdError) as fout:
        fouten = getattr(fout, "fouten", None) or [Fout("", str(fout))]
        invoer.refresh_from_db(fields=["bestand"])
        invoer.stap = Stap.LEZEN
        kijk_na(invoer, melden)
        al = {(plek, melding) for plek, melding in invoer.uitkomst["fouten"]}
        invoer.uitkomst["meldingen"] = [
            str(f) for f in fouten[:MAX_FOUTEN] if (f.plek, f.melding) not in al
        ]
        invoer.save(update_fields=["uitkomst"])


def _keur_publiceren(plan: Plan, by: User) -> None:
    modellen = {r.declared.model for r in [*plan.regels, *plan.gelijk]}
    for model in modellen:
        if not mag_publiceren(by, model):
            naam = model._meta.verbose_name_plural
            raise NietUitgevoerdError([Fout("", f"Je mag geen {naam} publiceren.")])


def _plan(invoer: Invoer, melden: Voortgang) -> Plan:
    kennis = Kennis()
    melden("Lezen", 0, 0)
    lezing = lees(
        invoer.naam,
        bytes(invoer.bestand),
        kennis,
        zaad=invoer.token,
        wat=invoer.inhoud,
        keuzes=invoer.keuzes.get("kolommen", {}),
    )
    return maak_plan(
        lezing,
        kennis,
        mag=lambda model, nieuw: mag_wijzigen(invoer.door, model, nieuw=nieuw),
        voortgang=melden,
    )


def _gedaan(plan: Plan, *, publiceren: bool) -> str:
    nieuw = sum(r.bestaand is None for r in plan.regels)
    gedaan = f"Ingelezen: {nieuw} nieuw, {len(plan.regels) - nieuw} gewijzigd"
    return f"{gedaan}, en gepubliceerd" if publiceren else gedaan


def schrijf_op(invoer: Invoer, *, by: User, wat: str) -> None:
    LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(Invoer),
        object_id=str(invoer.pk or ""),
        object_repr=str(invoer)[:200],
        action_flag=CHANGE,
        change_message=wat,
    )


# What the page shows


def uitkomst(plan: Plan) -> dict[str, Any]:
    """Of a plan all numbers, and as much as a person reads."""
    namen = plan.namen()
    nieuw = sum(r.bestaand is None for r in plan.regels)
    return _met_fouten(plan.fouten) | {
        "nieuw": nieuw,
        "gewijzigd": len(plan.regels) - nieuw,
        "gelijk": len(plan.gelijk),
        "regels": [_regel(regel, namen) for regel in plan.regels[:MAX_REGELS]],
        "opmerkingen": plan.lezing.opmerkingen[:MAX_FOUTEN],
        "meer_opmerkingen": max(len(plan.lezing.opmerkingen) - MAX_FOUTEN, 0),
        "kolommen": plan.lezing.kolommen,
        "modellen": sorted(
            {r.declared.model._meta.label for r in [*plan.regels, *plan.gelijk]}
        ),
    }


def _met_fouten(fouten: list[Fout]) -> dict[str, Any]:
    return {
        "fouten": [[f.plek, f.melding] for f in fouten[:MAX_FOUTEN]],
        "meer_fouten": max(len(fouten) - MAX_FOUTEN, 0),
    }


def _regel(regel: Regel, namen: Names) -> dict[str, Any]:
    wijzigingen = regel.verschil(namen) if regel.bestaand else []
    return {
        "soort": str(regel.declared.model._meta.verbose_name),
        "naam": regel.naam,
        "nieuw": regel.bestaand is None,
        "wijzigingen": [
            {
                "wat": str(wijziging),
                "was": _kort(wijziging.was),
                "now": _kort(wijziging.now),
            }
            for wijziging in wijzigingen[:MAX_WIJZIGINGEN]
        ],
        "meer": max(len(wijzigingen) - MAX_WIJZIGINGEN, 0),
    }


def _kort(tekst: str) -> str:
    return tekst if len(tekst) <= MAX_TEKENS else f"{tekst[:MAX_TEKENS]}…"
