"""A run looks at what is due, keeps what it found, and is alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests import factories
from tests.tools.killed import killed_halfway
from tests.tools.webserver import Webserver, webserver
from wijkwijzer.core.models import Adrescontrole, Adresronde
from wijkwijzer.redactie.links.netwerk import Regels
from wijkwijzer.redactie.links.ronde import (
    GeenInternetError,
    Keuze,
    Verslag,
    aan_de_beurt,
    controleer,
    host_van,
)
from wijkwijzer.redactie.links.slot import BezetError, slot
from wijkwijzer.redactie.links.vindplaatsen import alle_adressen

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def server() -> Iterator[Webserver]:
    with webserver() as draaiend:
        yield draaiend


@pytest.fixture
def leeg(inhoud) -> None:
    """Nothing of the real content is due."""
    nu = timezone.now()
    Adrescontrole.objects.bulk_create(
        Adrescontrole(adres=adres, status="goed", nagekeken_op=nu)
        for adres in alle_adressen()
    )


def maak(server: Webserver, *waar: str) -> list[str]:
    """Links in use: "host/pad"."""
    aanpak = factories.make_aanpak()
    adressen = [server.url(*w.split("/")) for w in waar]
    for adres in adressen:
        factories.make_link(aanpak, url=adres, label=adres)
    return adressen


def loop(server: Webserver, keuze: Keuze | None = None, **anders) -> Verslag:
    regels = Regels(
        verbinden=1, lezen=1, totaal=1, pauze=0, hosts_tegelijk=1, eigen=server.eigen
    )
    anders = {"voortgang": lambda n, van: None} | anders
    return controleer(keuze or Keuze(), regels=regels, zoek=server.zoek, **anders)


def status() -> dict[str, str]:
    rijen = Adrescontrole.objects.exclude(antwoord=None)
    return dict(rijen.values_list("adres", "status"))


def test_a_run_keeps_what_it_finds_of_every_address(leeg, server):
    goed, weg = maak(server, "a.example/200", "b.example/404")
    verslag = loop(server)
    assert (verslag.totaal, verslag.gedaan) == (2, 2)
    assert status() == {goed: "goed", weg: "onzeker"}
    assert Adresronde.objects.get().klaar_op
    # Nothing is due now.
    assert loop(server).totaal == 0


def test_a_run_that_breaks_off_goes_on_where_it_was(leeg, server):
    adressen = maak(server, *(f"stuk-{n}.example/200" for n in range(6)))

    def breek(gedaan: int, totaal: int) -> None:
        if gedaan == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        loop(server, voortgang=breek)
    eerst = status()
    assert len(eerst) == 3
    verslag = loop(server)
    assert verslag.totaal == 3
    assert status().keys() == {*adressen}
    gevraagd = [h for _, h, p in server.gevraagd if p == "/200" and "stuk-" in h]
    # What was under way as it broke off was not kept, so that may be asked again.
    for adres in eerst:
        assert gevraagd.count(host_van(adres)) == 1, "what was kept is not asked twice"


def test_a_run_that_is_killed_goes_on_where_it_was_once_its_lock_is_over(
    own_connections, server, tmp_path
):
    host = "omgelegd.example"
    adressen = maak(server, *(f"{host}/{s}" for s in (200, 403, 404, 410, 503)))
    regels = f"pauze=0, eigen={server.eigen!r}"
    killed_halfway(
        f"""
from wijkwijzer.redactie.links import ronde
async def zoek(host):
    return ["127.0.0.1"]
ronde.SAMEN = 2
ronde.controleer(
    ronde.Keuze(host="{host}"), regels=ronde.Regels({regels}), zoek=zoek,
    voortgang=lambda gedaan, _: halfway() if gedaan == 3 else None)
""",
        tmp_path,
    )
    eerst = status()
    assert len(eerst) == 2, "what it kept together"
    keuze = Keuze(host=host, alleen_nieuwe=True)
    with pytest.raises(BezetError):
        loop(server, keuze)
    Adresronde.objects.update(bezet_tot=timezone.now() - timedelta(seconds=1))
    assert loop(server, keuze).totaal == 3
    assert status().keys() == {*adressen}
    assert eerst.items() <= status().items()


def test_a_run_can_be_asked_to_stop(leeg, server):
    maak(server, *(f"halt-{n}.example/200" for n in range(6)))
    verslag = loop(server, moet_stoppen=lambda: len(server.gevraagd) > 0)
    assert verslag.gestopt
    assert 0 < verslag.gedaan < 6


def test_there_is_one_run_at_a_time_and_a_killed_one_is_waited_for_briefly(
    leeg, server, capsys
):
    with slot() as houd_vast:
        houd_vast()
        with pytest.raises(BezetError):
            loop(server)
        with pytest.raises(CommandError, match="loopt al") as fout:
            call_command("controleer_links")
        assert fout.value.returncode == 3
        # It was killed: nobody says any more that it is there.
        Adresronde.objects.update(bezet_tot=timezone.now() - timedelta(seconds=1))
        assert loop(server).totaal == 0
        with pytest.raises(BezetError):
            houd_vast()


def test_when_no_site_answers_it_is_our_own_connection(leeg, server):
    adressen = maak(server, *(f"bestaat-niet-{n}.example/x" for n in range(3)))
    goed = Adrescontrole.objects.get(adres=min(alle_adressen()))
    assert goed.status == "goed"

    async def niets(host: str) -> list[str]:
        return await server.zoek("bestaat-niet.example")

    regels = Regels(verbinden=1, totaal=1, pauze=0, eigen=server.eigen)
    with pytest.raises(GeenInternetError):
        controleer(Keuze(), voortgang=lambda n, van: None, regels=regels, zoek=niets)
    assert not Adrescontrole.objects.filter(adres__in=adressen).exists()
    # With one that does answer, the others count.
    maak(server, "wel.example/200")
    loop(server)
    rijen = Adrescontrole.objects.filter(adres__in=adressen)
    assert {*rijen.values_list("status", "mislukt")} == {("onzeker", 1)}


@pytest.mark.parametrize(
    ("status", "mislukt", "geleden", "beurt"),
    [
        ("goed", 0, timedelta(days=6), False),
        ("goed", 0, timedelta(days=7), True),
        ("dood", 0, timedelta(days=6), False),
        ("onzeker", 1, timedelta(hours=19), False),
        ("onzeker", 1, timedelta(hours=20), True),
        ("goed", 1, timedelta(hours=20), True),
    ],
)
def test_what_is_known_waits_a_week_and_what_is_in_doubt_a_night(
    status, mislukt, geleden, beurt
):
    nu, adres = timezone.now(), "https://a.example/"
    Adrescontrole.objects.create(
        adres=adres, status=status, mislukt=mislukt, nagekeken_op=nu - geleden
    )
    assert aan_de_beurt([adres], Keuze(), nu) == [adres] * beurt
    assert aan_de_beurt([adres], Keuze(alles=True), nu) == [adres]
    assert aan_de_beurt([adres], Keuze(alleen_nieuwe=True), nu) == []


def test_only_new_ones_or_only_one_host_can_be_asked_for():
    nu = timezone.now()
    oud, nieuw, anders = (
        *("https://www.a.example/oud", "https://a.example/nieuw"),
        "https://b.example/",
    )
    Adrescontrole.objects.create(adres=oud, nagekeken_op=nu - timedelta(days=30))
    alle: Callable[[Keuze], list[str]] = lambda keuze: aan_de_beurt(  # noqa: E731
        [oud, nieuw, anders], keuze, nu
    )
    assert alle(Keuze()) == [nieuw, anders, oud]
    assert alle(Keuze(alleen_nieuwe=True)) == [nieuw, anders]
    assert alle(Keuze(host="A.example")) == [nieuw, oud]


def test_the_command_says_what_it_did(leeg, capsys):
    call_command("controleer_links")
    assert capsys.readouterr().out == "Er is geen adres aan de beurt.\n"
