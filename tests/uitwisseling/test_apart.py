"""A large file is brought in by a process of its own; killed, it did nothing at all."""

from __future__ import annotations

import os
import signal
import time

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from kennisdossier.models import Begrip
from tests.tools import databases
from tests.tools.often import often
from tests.uitwisseling.conftest import BEGIN, csv_van, gezegd
from wijkwijzer.uitwisseling import voortgang
from wijkwijzer.uitwisseling.invoer import KLEIN, begin_apart, kijk_na
from wijkwijzer.uitwisseling.models import Invoer, Stap
from wijkwijzer.wholes.models import Werkstand

RIJEN = [
    {"slug": f"nieuw-{n}", "naam": f"Nieuw {n}", "definitie": "Wat het is. " * 22}
    for n in range(often("IMPORT_ROWS", 500))
]

HELFT = len(RIJEN) // 2


@pytest.fixture
def apart(own_connections, settings, monkeypatch, tmp_path):
    """Another process has the database of this test."""
    settings.VAR_DIR = tmp_path
    for naam, waarde in databases.environment(tmp_path).items():
        monkeypatch.setenv(naam, waarde)
    user = User.objects.create_superuser("apart", password=None)
    yield user
    Invoer.objects.all().delete()
    LogEntry.objects.filter(user=user).delete()
    Werkstand.objects.filter(door=user).delete()
    Begrip.objects.filter(slug__startswith="nieuw-").delete()
    user.delete()


def ingestuurd(user: User) -> Invoer:
    invoer = Invoer.objects.create(
        naam="begrip.csv", bestand=csv_van("begrip", *RIJEN), door=user
    )
    assert len(invoer.bestand) > KLEIN
    return invoer


def wacht_tot(vraag) -> None:
    einde = time.monotonic() + 60 + len(RIJEN) / 25
    while not vraag():
        assert time.monotonic() < einde
        time.sleep(0.001)


@pytest.mark.long
def test_killed_in_the_middle_nothing_is_half_done_and_the_page_says_so(apart, client):
    invoer = ingestuurd(apart)
    kijk_na(invoer)
    Invoer.objects.update(stap=Stap.UITVOEREN)
    voor = Begrip.objects.count(), Werkstand.objects.count()
    proces = begin_apart(invoer)
    # It waits for us: on a busy machine it could be done before we look.
    os.kill(proces.pid, signal.SIGSTOP)
    token = str(invoer.token)
    client.force_login(apart)
    url = f"{BEGIN}{token}/"
    response = client.get(url)
    assert "Deze pagina kijkt elke 2 seconden" in gezegd(response)
    assert response.headers["Refresh"] == "2"
    os.kill(proces.pid, signal.SIGCONT)

    def midden_in() -> bool:
        assert proces.poll() is None, Invoer.objects.get().uitkomst
        stand = voortgang.lees(token)
        return stand is not None and stand.wat == "Inlezen" and stand.gedaan > HELFT

    wacht_tot(midden_in)
    os.kill(proces.pid, signal.SIGKILL)
    proces.wait()
    assert (Begrip.objects.count(), Werkstand.objects.count()) == voor
    assert voortgang.leeft(token) is False
    assert "Er is niets ingelezen." in gezegd(client.get(url, follow=True))


def test_the_command_says_what_it_did(inhoud, tmp_path, capsys):
    User.objects.create_user("wie")
    bestand = tmp_path / "begrip.csv"
    bestand.write_bytes(csv_van("begrip", {"slug": "bonding", "naam": "Hecht"}))
    call_command("importeer", bestand, door="wie", proef=True)
    assert "Zou worden: 0 nieuw, 1 gewijzigd, 0 gelijk" in capsys.readouterr().out
    assert Begrip.objects.get(slug="bonding").naam == "bonding"
    call_command("importeer", bestand, door="wie")
    assert "0 nieuw, 1 gewijzigd, 0 gelijk" in capsys.readouterr().out
    assert Begrip.objects.get(slug="bonding").naam == "Hecht"
    assert LogEntry.objects.first().user.username == "wie"


@pytest.mark.parametrize(
    ("rij", "door", "gezegd"),
    [
        ({"slug": "bonding", "bron": "niets"}, "wie", "B2 .bron.: “niets”"),
        ({"slug": "bonding", "naam": "x"}, "niemand", "geen account “niemand”"),
    ],
)
def test_the_command_says_what_is_wrong(inhoud, tmp_path, rij, door, gezegd):
    User.objects.create_user("wie")
    bestand = tmp_path / "begrip.csv"
    bestand.write_bytes(csv_van("begrip", rij))
    with pytest.raises(CommandError, match=gezegd):
        call_command("importeer", bestand, door=door)


def test_the_command_that_exports_writes_one_private_file(inhoud, tmp_path):
    bestand = tmp_path / "alles.zip"
    call_command("exporteer", bestand, soort=["begrip"])
    assert bestand.stat().st_mode & 0o777 == 0o600
    with pytest.raises(CommandError, match="bestaat al"):
        call_command("exporteer", bestand)
