"""Everybody who follows gets one mail, whatever happens to who sends and who takes."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from tests import factories
from tests.deelname.mailserver import Mailserver, mailserver
from tests.tools import databases
from tests.tools.often import often
from wijkwijzer.core.models import Status
from wijkwijzer.deelname.models import Abonnement, Bericht, Berichtstatus

# ALERT_SUBSCRIBERS=1000 for as many as the house promises.
VOLGERS = often("ALERT_SUBSCRIBERS", 12)
GEDULD = 60 + VOLGERS / 2
DAG = timedelta(days=1)
# At any hour, and without waiting minutes for what failed or was left behind.
PROGRAMMA = """
import django; django.setup()
from datetime import timedelta
from django.core.management import call_command
from wijkwijzer.core import ernaast
from wijkwijzer.deelname import overzicht, postvak
overzicht.VANAF_UUR = 0
ernaast.KIJK_ELKE = 0.1
postvak.WACHT_EERST = timedelta(milliseconds=50)
postvak.GENOMEN = timedelta(seconds=2)
call_command("verstuur_berichten", "--blijf")
"""

pytestmark = pytest.mark.long


def adres(nummer: int) -> str:
    return f"volger-{nummer}@voorbeeld.example"


def grillig(aan: str, keer: int) -> str:
    """Refuses, breaks off, or lets wait; a second or third time it takes the mail."""
    nummer = int(aan.partition("-")[2].partition("@")[0])
    eerst = ("weiger", "verbreek", "wacht", "neem aan")[nummer % 4]
    daarna = "weiger" if nummer % 8 == 1 else "neem aan"
    return {1: eerst, 2: daarna}.get(keer, "neem aan")


@pytest.fixture
def server(own_connections: None) -> Iterator[Mailserver]:
    with mailserver() as server:
        yield server


@pytest.fixture
def begin(
    server: Mailserver, tmp_path: Path
) -> Iterator[Callable[[], subprocess.Popen]]:
    gestart: list[subprocess.Popen] = []
    omgeving = databases.environment(tmp_path) | server.omgeving

    def begin() -> subprocess.Popen:
        opdracht = (sys.executable, "-c", PROGRAMMA)
        gestart.append(
            subprocess.Popen(
                opdracht, cwd=settings.BASE_DIR, env=omgeving, stderr=subprocess.DEVNULL
            )
        )
        return gestart[-1]

    yield begin
    for proces in gestart:
        proces.kill()
        proces.wait()


def wacht_op(gebeurd: Callable[[], bool]) -> None:
    tot = time.monotonic() + GEDULD
    while not gebeurd():
        assert time.monotonic() < tot, "it did not happen"
        time.sleep(0.02)


def test_who_sends_is_killed_twice_and_each_follower_has_one_mail(server, begin):
    factories.publish(
        factories.make_aanpak(naam="Nieuwe aanpak", status=Status.CONCEPT),
        at=timezone.now() - DAG,
    )
    vandaag = timezone.localdate()
    Abonnement.objects.bulk_create(
        Abonnement(
            email=adres(nummer),
            lijst="aanpakken",
            vraag="sorteer=recent" if nummer % 2 else "",
            ritme="dag",
            site="http://testserver/",
            gevraagd_op=timezone.now(),
            verteld_tot=vandaag - DAG,
            volgende=vandaag,
        )
        for nummer in range(VOLGERS)
    )
    server.gedrag = grillig

    # While the mails are made.
    proces = begin()
    wacht_op(lambda: Bericht.objects.count() >= VOLGERS // 3)
    proces.kill()
    proces.wait()
    gemaakt = Bericht.objects.count()
    assert Abonnement.objects.aan_de_beurt(vandaag).count() == VOLGERS - gemaakt

    # While a mail is on its way: it came in, and nobody said that it was taken.
    helft = VOLGERS // 2
    server.gedrag = lambda aan, keer: (
        grillig(aan, keer) if len(server.ontvangen) < helft else "houd op"
    )
    proces = begin()
    wacht_op(lambda: len(server.ontvangen) >= helft)
    server.gekomen.clear()
    server.antwoord.clear()
    assert server.gekomen.wait(GEDULD)
    proces.kill()
    proces.wait()
    server.gedrag = grillig
    server.antwoord.set()

    begin()
    verstuurd = Bericht.objects.filter(status=Berichtstatus.VERSTUURD)
    wacht_op(lambda: verstuurd.count() == VOLGERS)
    assert Counter(mail["To"] for mail in server.ontvangen) == Counter(
        map(adres, range(VOLGERS))
    )
    assert not Abonnement.objects.aan_de_beurt(vandaag).exists()
    assert server.keren.total() > VOLGERS
