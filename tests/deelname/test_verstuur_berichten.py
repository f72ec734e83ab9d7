"""The command that sends the mail, in a process of its own, with a real mail server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from tests.deelname.mailserver import Mailserver, mailserver
from tests.deelname.test_postvak import PUNT, make_bericht, nu
from tests.tools import databases
from wijkwijzer.core import ernaast
from wijkwijzer.deelname.management.commands import verstuur_berichten as command
from wijkwijzer.deelname.models import Bericht, Berichtstatus
from wijkwijzer.deelname.postvak import Uitkomst
from wijkwijzer.web.management.commands import start

# A busy machine is no failure.
GEDULD = 60

Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def server(own_connections: None) -> Iterator[Mailserver]:
    with mailserver() as server:
        yield server


@pytest.fixture
def omgeving(server: Mailserver, tmp_path: Path) -> dict[str, str]:
    """Of a process that uses the database of this test."""
    return databases.environment(tmp_path) | server.omgeving


@pytest.fixture
def begin(omgeving: dict[str, str]) -> Iterator[Start]:
    """Start a process; what is left of it goes after the test."""
    gestart: list[subprocess.Popen[str]] = []

    def begin(*opdracht: str) -> subprocess.Popen[str]:
        proces = subprocess.Popen(
            opdracht or (sys.executable, "manage.py", "verstuur_berichten", "--blijf"),
            cwd=settings.BASE_DIR,
            env=omgeving,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        gestart.append(proces)
        return proces

    yield begin
    for proces in gestart:
        proces.kill()
        proces.communicate()


def een_keer(begin: Start) -> str:
    proces = begin(sys.executable, "manage.py", "verstuur_berichten")
    gezegd, _ = proces.communicate(timeout=GEDULD)
    assert proces.returncode == 0, gezegd
    return gezegd


def wacht_op(gebeurd: Callable[[], bool]) -> None:
    tot = time.monotonic() + GEDULD
    while not gebeurd():
        assert time.monotonic() < tot, "it did not happen"
        time.sleep(0.1)


def test_the_command_sends_what_is_due_and_says_so(server, begin):
    bericht = make_bericht()
    make_bericht(volgende_op=timezone.now() + timedelta(hours=1))
    assert een_keer(begin) == "Verstuurd: 1. Later opnieuw: 0. Opgegeven: 0.\n"
    (mail,) = server.ontvangen
    assert (mail["To"], mail["From"]) == (PUNT, "ww@wijkwijzer.example")
    assert mail["Message-ID"] == f"<{bericht.sleutel}@wijkwijzer.example>"
    assert nu(bericht).status == Berichtstatus.VERSTUURD


def test_a_mail_on_which_the_process_was_killed_leaves_later(server, begin):
    bericht = make_bericht()
    server.antwoord.clear()
    proces = begin()
    assert server.gekomen.wait(GEDULD)
    proces.kill()
    proces.wait()
    assert nu(bericht).status == Berichtstatus.WACHT
    server.antwoord.set()
    assert een_keer(begin).startswith("Verstuurd: 0."), "it may still be on its way"
    Bericht.objects.update(volgende_op=timezone.now())
    assert een_keer(begin).startswith("Verstuurd: 1.")
    # The server had it already: this is the one moment in which that can be.
    assert len({mail["Message-ID"] for mail in server.ontvangen}) == 1


@pytest.mark.parametrize("signaal", [signal.SIGTERM, signal.SIGINT])
def test_who_stays_sends_what_comes_and_finishes_before_it_stops(
    server, begin, signaal
):
    proces = begin()
    bericht = make_bericht()
    wacht_op(lambda: nu(bericht).status == Berichtstatus.VERSTUURD)
    laatste, volgende = make_bericht(), make_bericht()
    server.gekomen.clear()
    server.antwoord.clear()
    assert server.gekomen.wait(GEDULD)
    proces.send_signal(signaal)
    time.sleep(0.5)
    server.antwoord.set()
    gezegd, _ = proces.communicate(timeout=GEDULD)
    assert (proces.returncode, gezegd) == (0, "")
    assert nu(laatste).status == Berichtstatus.VERSTUURD
    assert nu(volgende).status == Berichtstatus.WACHT


@pytest.mark.parametrize("signaal", [signal.SIGTERM, signal.SIGKILL])
def test_what_the_local_start_began_ends_with_it(server, begin, signaal):
    """The process that began it becomes another, as the start becomes the server."""
    bericht = make_bericht()
    code = (
        "import os, django; django.setup();"
        "from wijkwijzer.web.management.commands.start import begin_beside;"
        "begin_beside('verstuur_berichten'); os.execvp('sleep', ['sleep', '600'])"
    )
    ouder = begin(sys.executable, "-c", code)
    wacht_op(lambda: nu(bericht).status == Berichtstatus.VERSTUURD)
    ouder.send_signal(signaal)
    # Its output ends when nobody has it open any more.
    gezegd, _ = ouder.communicate(timeout=GEDULD)
    assert gezegd == ""


def test_who_lost_its_parent_before_it_could_look_sends_nothing(server, begin):
    make_bericht()
    niemand = begin(sys.executable, "-c", "pass")
    niemand.wait()
    opdracht = (sys.executable, "manage.py", "verstuur_berichten", "--blijf")
    proces = begin(*opdracht, "--zolang", str(niemand.pid))
    gezegd, _ = proces.communicate(timeout=GEDULD)
    assert (proces.returncode, gezegd) == (0, "")
    assert server.ontvangen == []


def test_without_a_mail_server_the_command_says_so_and_stops(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    gezegd = StringIO()
    call_command("verstuur_berichten", stdout=gezegd)
    assert "geen mailserver ingesteld" in gezegd.getvalue()


def test_without_a_mail_server_who_stays_says_so_and_waits(omgeving, begin):
    """A manager of services would start it again at once, and again."""
    omgeving["EMAIL_HOST"] = ""
    proces = begin()
    assert proces.stdout
    assert "geen mailserver ingesteld" in proces.stdout.readline()
    time.sleep(0.5)
    assert proces.poll() is None
    proces.terminate()
    gezegd, _ = proces.communicate(timeout=GEDULD)
    assert (proces.returncode, gezegd) == (0, "")


def test_the_local_start_begins_what_sends_the_mail(monkeypatch):
    begonnen: list[list[str]] = []
    monkeypatch.setattr(
        start.subprocess, "Popen", lambda opdracht, **_: begonnen.append(opdracht)
    )
    monkeypatch.setattr(start.os, "execve", lambda *_: begonnen.append(["server"]))
    start.serve(8123)
    stays = ["--blijf", "--zolang", str(os.getpid())]
    assert [call[2:] for call in begonnen[:2]] == [
        ["verstuur_berichten", *stays],
        ["publiceer_gepland", *stays],
    ]
    assert begonnen[2:] == [["server"]]


def test_who_stays_waits_for_a_database_that_is_away_and_says_so_once(
    monkeypatch, caplog
):
    weg = OperationalError("host=db.example password=geheim")
    gebeurd = [weg, weg, Uitkomst(verstuurd=1), weg]

    def verstuur(doorgaan: Callable[[], bool]) -> Uitkomst:
        assert doorgaan()
        if isinstance(nu_volgt := gebeurd.pop(0), Exception):
            raise nu_volgt
        return nu_volgt

    monkeypatch.setattr(command, "verstuur", verstuur)
    monkeypatch.setattr(command, "leg_overzichten_klaar", lambda _: 0)
    monkeypatch.setattr(ernaast, "KIJK_ELKE", 0.0)
    monkeypatch.setattr(ernaast.connection, "close", lambda: None)
    monkeypatch.setattr(ernaast, "close_old_connections", lambda: None)
    monkeypatch.setattr(ernaast.signal, "signal", lambda *_: None)
    monkeypatch.setattr(ernaast.os, "nice", lambda _: 0)
    monkeypatch.setattr(ernaast.os, "getppid", lambda: 7 if gebeurd else 1)
    call_command("verstuur_berichten", "--blijf", "--zolang", "7")
    assert gebeurd == []
    regels = [regel.getMessage() for regel in caplog.records]
    assert regels == ["De database antwoordt niet: OperationalError"] * 2
    assert "geheim" not in caplog.text
