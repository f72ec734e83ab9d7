"""Brings in a file, or goes on with one that was uploaded."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from wijkwijzer.core.schrijven import reden
from wijkwijzer.uitwisseling import voortgang
from wijkwijzer.uitwisseling.gelezen import Fout, Kennis
from wijkwijzer.uitwisseling.invoer import MAX_FOUTEN, doe_stap, schrijf_op
from wijkwijzer.uitwisseling.lezen import lees
from wijkwijzer.uitwisseling.models import Inhoud, Invoer, Stap
from wijkwijzer.uitwisseling.plan import maak_plan
from wijkwijzer.uitwisseling.poort import GeweigerdError
from wijkwijzer.uitwisseling.uitvoeren import NietUitgevoerdError, voer_uit

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from django.core.management.base import OutputWrapper

BREED = 30


class Command(BaseCommand):
    help = (
        "Leest een bestand in (.zip, .json, .xlsx, .ods of .csv): alles of niets. Het "
        "verandert de werkversies; lezers zien dat pas na publiceren."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bestand", nargs="?", type=Path)
        parser.add_argument("--door", help="Gebruikersnaam, voor de geschiedenis.")
        parser.add_argument(
            "--erkenningen", action="store_true", help="Besluiten van een databank."
        )
        parser.add_argument(
            "--proef", action="store_true", help="Zeg alleen wat er zou gebeuren."
        )
        parser.add_argument(
            "--publiceer", action="store_true", help="Laat het lezers meteen zien."
        )
        parser.add_argument("--verder", metavar="TOKEN", help="Voor de server zelf.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verder"]:
            self._ga_verder(options["verder"])
            return
        if not options["bestand"] or not options["door"]:
            raise CommandError("Noem het bestand, en wie het inleest (--door naam).")
        self._lees_in(**options)

    def _ga_verder(self, token: str) -> None:
        try:
            invoer = Invoer.objects.select_related("door").get(token=token)
        except (Invoer.DoesNotExist, ValidationError) as fout:
            raise CommandError("Dat bestand is er niet meer.") from fout
        try:
            doe_stap(invoer, voortgang.Schrijver(token))
        except BaseException:
            # Nothing was written; the page says so, and asks to begin again.
            with suppress(Exception):
                Invoer.objects.filter(pk=invoer.pk).update(stap=Stap.GESTOPT)
            raise
        finally:
            voortgang.eindig(token)

    def _lees_in(self, *, bestand: Path, door: str, **options: Any) -> None:
        by = User.objects.filter(username=door, is_active=True).first()
        if by is None:
            raise CommandError(f"Er is geen account “{door}”.")
        balk, kennis = Balk(self.stdout), Kennis()
        wat = Inhoud.ERKENNINGEN if options["erkenningen"] else Inhoud.ALLES
        zaad: UUID = uuid4()
        try:
            inhoud = bestand.read_bytes()
            balk("Lezen", 0, 0)
            lezing = lees(bestand.name, inhoud, kennis, zaad=zaad, wat=wat)
            plan = maak_plan(lezing, kennis, voortgang=balk)
            if plan.fouten:
                raise NietUitgevoerdError(plan.fouten)
            if not options["proef"]:
                voer_uit(
                    plan,
                    by=by,
                    bestand=bestand.name,
                    publiceren=options["publiceer"],
                    voortgang=balk,
                )
        except OSError as fout:
            raise CommandError(f"{bestand} is niet te lezen: {reden(fout)}") from fout
        except (GeweigerdError, NietUitgevoerdError) as fout:
            balk.klaar()
            raise CommandError(f"Er is niets ingelezen.\n{_kort(fout)}") from fout
        balk.klaar()
        for opmerking in plan.lezing.opmerkingen:
            self.stdout.write(opmerking)
        nieuw = sum(r.bestaand is None for r in plan.regels)
        tijd = "Zou worden: " if options["proef"] else ""
        gedaan = f"{tijd}{nieuw} nieuw, {len(plan.regels) - nieuw} gewijzigd, "
        gedaan += f"{len(plan.gelijk)} gelijk gebleven."
        if not options["proef"]:
            schrijf_op(Invoer(naam=bestand.name), by=by, wat=f"Ingelezen: {gedaan}")
        self.stdout.write(gedaan)


def _kort(fout: Exception) -> str:
    fouten: list[Fout] = getattr(fout, "fouten", None) or [Fout("", str(fout))]
    regels = [str(f) for f in fouten[:MAX_FOUTEN]]
    if meer := len(fouten) - len(regels):
        regels.append(f"… en nog {meer}.")
    return "\n".join(regels)


class Balk:
    """A bar on one line of a terminal; nothing where nobody watches."""

    def __init__(self, uit: OutputWrapper) -> None:
        self._uit, self._getoond, self._laatste = uit, uit.isatty(), ""

    def __call__(self, wat: str, gedaan: int, totaal: int) -> None:
        vol = gedaan * BREED // totaal if totaal else 0
        regel = f"{wat:12}{'█' * vol}{'░' * (BREED - vol)} {gedaan}/{totaal}"
        if self._getoond and regel != self._laatste:
            self._laatste = regel
            self._uit.write(f"\r{regel:70}", ending="")
            self._uit.flush()

    def klaar(self) -> None:
        if self._laatste:
            self._uit.write(f"\r{'':70}\r", ending="")
