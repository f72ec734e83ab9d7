"""Every way in which an address can fail, at real servers on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from time import monotonic

import pytest

from tests.tools.webserver import Webserver, webserver
from wijkwijzer.redactie.links.adres import GeenAdresError, is_openbaar, lees
from wijkwijzer.redactie.links.bezoeken import Bezoeken
from wijkwijzer.redactie.links.netwerk import Regels
from wijkwijzer.redactie.links.uitkomst import Soort, Uitkomst

GOED, VERHUISD, MISLUKT = Soort.GOED, Soort.VERHUISD, Soort.MISLUKT
ONZEKER, NIET = Soort.ONZEKER, Soort.NIET_BEZOCHT
EIGEN = "niet van het openbare internet"

# What is asked of a host of its own: what comes of it, and what the editor reads.
PADEN = {
    "200": (GOED, ""),
    "404": (MISLUKT, "De pagina is er niet."),
    "410": (MISLUKT, "weggehaald"),
    "500": (MISLUKT, "foutmelding"),
    "503": (ONZEKER, "even niet"),
    "401": (ONZEKER, "in te loggen"),
    "403": (ONZEKER, "laat onze controle niet toe"),
    "429": (ONZEKER, "te vaak"),
    "na-head-200": (GOED, ""),
    "na-head-404": (MISLUKT, "De pagina is er niet."),
    "na-head-eindeloos": (GOED, ""),
    "na-head-bom": (GOED, ""),
    "na-head-hangt-in-de-tekst": (MISLUKT, "te langzaam"),
    "head-hangt": (GOED, ""),
    "hangt": (MISLUKT, "te langzaam"),
    "drup": (MISLUKT, "te langzaam"),
    "eindeloos-onderweg": (MISLUKT, "te langzaam"),
    "rommel": (MISLUKT, "geen geldig antwoord"),
    "veel-koppen": (MISLUKT, "geen geldig antwoord"),
    "sluit": (MISLUKT, "geen geldig antwoord"),
    "tijdelijk": (GOED, ""),
    "naar-404": (MISLUKT, "De pagina is er niet."),
    "lus": (ONZEKER, "blijft doorsturen"),
    "leeg": (ONZEKER, "zegt niet waarheen"),
    "naar-prive": (ONZEKER, "iets wat we niet bezoeken"),
    "naar-metadata": (ONZEKER, "iets wat we niet bezoeken"),
    "naar-zichzelf-thuis": (ONZEKER, "iets wat we niet bezoeken"),
    "naar-mail": (ONZEKER, "iets wat we niet bezoeken"),
    "naar-onzin": (ONZEKER, "ongeldig"),
    "verhuisd": (VERHUISD, "voorgoed"),
    "tweemaal": (VERHUISD, "voorgoed"),
    "eerst-voorgoed": (VERHUISD, "voorgoed"),
    "relatief": (VERHUISD, "voorgoed"),
    "fragment": (VERHUISD, "voorgoed"),
}
# Where the permanent redirects lead; the last two have a fragment of their own.
NIEUW = {
    "verhuisd": "200#hier",
    "tweemaal": "200#hier",
    "eerst-voorgoed": "tijdelijk#hier",
    "relatief": "200?a=b#hier",
    "fragment": "200#elders",
}
# The same page, at hosts that differ.
HOSTS = {
    "bestaat-niet.example": (MISLUKT, "bestaat niet meer"),
    "nu-even-niet.example": (ONZEKER, "opgezocht"),
    "half-thuis.example": (NIET, EIGEN),
    "mapped.example": (NIET, EIGEN),
    "café.example": (GOED, ""),
    "dicht.example": (NIET, "vraagt robots"),
    "voor-ons.example": (NIET, "vraagt robots"),
    "voor-anderen.example": (GOED, ""),
    "stuk.example": (ONZEKER, "wat robots mogen"),
    "sterren.example": (GOED, ""),
    "rommel.example": (GOED, ""),
    "robots-eindeloos.example": (GOED, ""),
    "robots-hangt.example": (MISLUKT, "te langzaam"),
}
# Whole addresses.
ADRESSEN = {
    "http://127.0.0.1/": (NIET, EIGEN),
    "http://0x7f.1/": (NIET, EIGEN),
    "http://2130706433/": (NIET, EIGEN),
    "http://[::1]/": (NIET, EIGEN),
    "http://[::ffff:127.0.0.1]/": (NIET, EIGEN),
    "http://169.254.169.254/": (NIET, EIGEN),
    "http://93.184.216.34:22/": (NIET, EIGEN),
    "ftp://voorbeeld.example/": (NIET, "http of https"),
    "http://voorbeeld.example:99999/": (NIET, "geen geldig adres"),
    "https:///pad": (NIET, "naam van de site"),
}


@pytest.fixture(scope="module")
def server() -> Iterator[Webserver]:
    with webserver() as draaiend:
        yield draaiend


def regels(server: Webserver, **anders: float) -> Regels:
    kort = {"verbinden": 1.0, "lezen": 1.2, "totaal": 1.5, "pauze": 0.0}
    return Regels(**kort | {"langste_pauze": 0.1} | anders, eigen=server.eigen)


def bezoek(server: Webserver, *adressen: str, **anders: float) -> dict[str, Uitkomst]:
    bezoeken = Bezoeken(
        adressen, regels(server, **anders), "post@wijk.example", server.zoek
    )
    return dict(gevonden for gevonden in bezoeken if gevonden)


@pytest.fixture(scope="module")
def alles(server: Webserver) -> dict[str, Uitkomst]:
    """All of them at once, each at a host of its own."""
    return bezoek(
        server,
        *(f"{server.url(f'{pad}.example', pad)}#hier" for pad in PADEN),
        *(server.url(host, "200") for host in HOSTS),
        *ADRESSEN,
        f"http://geweigerd.example:{server.weg}/",
        f"http://vol.example:{server.vol}/",
        f"https://tls.example:{server.tls}/200",
        f"https://geen-tls.example:{server.poort}/200",
        hosts_tegelijk=100,
    )


@pytest.mark.parametrize("pad", PADEN)
def test_what_a_page_answers_says_whether_it_is_there(server, alles, pad):
    soort, tekst = PADEN[pad]
    gevonden = alles[f"{server.url(f'{pad}.example', pad)}#hier"]
    assert gevonden.soort is soort
    assert tekst in gevonden.bevinding
    nieuw = server.url(f"{pad}.example", NIEUW[pad]) if pad in NIEUW else ""
    assert gevonden.nieuw_adres == nieuw


@pytest.mark.parametrize("host", HOSTS)
def test_what_a_host_is_and_allows_counts(server, alles, host):
    soort, tekst = HOSTS[host]
    gevonden = alles[server.url(host, "200")]
    assert gevonden.soort is soort
    assert tekst in gevonden.bevinding


@pytest.mark.parametrize("adres", ADRESSEN)
def test_what_is_not_of_the_internet_is_not_visited(alles, adres):
    soort, tekst = ADRESSEN[adres]
    assert alles[adres].soort is soort
    assert tekst in alles[adres].bevinding


def test_ways_in_which_no_connection_comes_about_are_told_apart(server, alles):
    def bevinding(begin: str) -> tuple[Soort, str]:
        (gevonden,) = (u for a, u in alles.items() if a.startswith(begin))
        return gevonden.soort, gevonden.bevinding

    weigert = "De site weigert de verbinding."
    assert bevinding("http://geweigerd") == (MISLUKT, weigert)
    assert bevinding("http://vol") == (MISLUKT, "De site antwoordt niet.")
    vertrouwd = "De site heeft een certificaat dat browsers niet vertrouwen."
    assert bevinding("https://tls") == (MISLUKT, vertrouwd)
    beveiligd = "Een beveiligde verbinding lukte niet."
    assert bevinding("https://geen-tls") == (ONZEKER, beveiligd)


def test_what_robots_may_not_see_is_not_asked(server, alles):
    paden = {(host, pad) for _, host, pad in server.gevraagd}
    assert ("dicht.example", "/robots.txt") in paden
    assert ("dicht.example", "/200") not in paden
    assert ("stuk.example", "/200") not in paden


def test_a_site_can_see_who_we_are_and_whom_to_write_to(server):
    bezoek(server, server.url("wie.example", "200"))
    assert server.naam == "WijkWijzer-linkcontrole/1.0 (post@wijk.example)"


def test_one_host_is_asked_one_thing_at_a_time_with_a_pause(server):
    adressen = [server.url("rustig.example", f"200?{n}") for n in range(4)]
    assert len(bezoek(server, *adressen, pauze=0.05)) == 4
    momenten = [m for host, m in server.momenten if host == "rustig.example"]
    # robots.txt is asked once.
    assert len(momenten) == 5
    assert all(later - eerder >= 0.045 for eerder, later in pairwise(momenten))


def test_a_longer_pause_is_kept_up_to_a_bound(server):
    adressen = [server.url("lang-wachten.example", f"200?{n}") for n in range(2)]
    begin = monotonic()
    assert len(bezoek(server, *adressen)) == 2
    assert 0.1 <= monotonic() - begin < 2


def test_a_host_that_wants_to_be_left_alone_is_left_alone(server):
    adressen = [server.url("moe.example", pad) for pad in ("429", "200", "404")]
    assert list(bezoek(server, *adressen)) == adressen[:1]


def test_addresses_that_differ_in_fragment_are_asked_once(server):
    adres = server.url("eenmaal.example", "verhuisd")
    gevonden = bezoek(server, adres, f"{adres}#a", f"{adres}#b")
    nieuw = server.url("eenmaal.example", "200")
    assert [u.nieuw_adres for u in gevonden.values()] == [
        nieuw,
        f"{nieuw}#a",
        f"{nieuw}#b",
    ]
    gevraagd = [pad for _, host, pad in server.gevraagd if host == "eenmaal.example"]
    assert gevraagd == ["/robots.txt", "/verhuisd", "/200"]


def test_who_stops_listening_stops_the_visits(server):
    adressen = [server.url(f"stop-{n}.example", "hangt") for n in range(20)]
    adressen.insert(0, server.url("stop.example", "200"))
    lang = Regels(eigen=server.eigen)
    bezoeken = iter(Bezoeken(adressen, lang, zoek=server.zoek))
    while not next(bezoeken):
        pass
    begin = monotonic()
    bezoeken.close()
    assert monotonic() - begin < 1


def test_a_name_that_leads_elsewhere_later_leads_nowhere(server):
    antwoorden = iter([["127.0.0.1"], ["127.0.0.1"], ["10.0.0.1"]])

    async def zoek(host: str) -> list[str]:
        return next(antwoorden)

    adres = server.url("wisselt.example", "sluit")
    bezoeken = Bezoeken([adres], regels(server), zoek=zoek)
    ((_, gevonden),) = (g for g in bezoeken if g)
    # The first for robots.txt, then HEAD; the one that leads home is refused.
    assert EIGEN in gevonden.bevinding


@pytest.mark.parametrize(
    "ip",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254"),
        *("100.64.0.1", "0.0.0.1", "224.0.0.1", "255.255.255.255", "198.18.0.1"),
        *("::", "::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1"),
        *("64:ff9b::a00:1", "2002:0a00:0001::1", "fd00:ec2::254", "::127.0.0.1"),
    ],
)
def test_no_address_of_another_network_is_public(ip):
    assert not is_openbaar(ip)


@pytest.mark.parametrize(
    "ip", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"]
)
def test_an_address_of_the_internet_is_public(ip):
    assert is_openbaar(ip)


def test_an_address_is_read_as_a_browser_does():
    doel = lees(" HTTPS://Wie:geheim@CAFÉ.example./pad é?q=ü#deel ")
    assert doel.url == "https://xn--caf-dma.example/pad%20%C3%A9?q=%C3%BC"
    with pytest.raises(GeenAdresError):
        lees("javascript:alert(1)")
