"""What readers type: what counts as a web address, and which addresses are one."""

from __future__ import annotations

import pytest

from wijkwijzer.deelname.invoer import aantal_links, adres_in, vergelijkbaar


@pytest.mark.parametrize(
    "text",
    [
        "We doen het samen.De buren helpen.",
        "We eten samen.de buren koken.",
        "Het is klaar.Net op tijd.",
        "Het is klaar.net op tijd",
        "Dat is fijn.Info volgt.",
        "Goed idee.Top gedaan!",
        "We deden het.Be",
        "Mail jan.de@voorbeeld.nl of piet@buurt.de",
        "meneer P.de Vries en J.Top",
        "enz.",
        "3.5 keer, 12.30 uur, v.l.n.r.",
        "buurt.nlx en buurt.nl-x",
    ],
)
def test_a_sentence_without_a_space_is_no_address(text):
    assert aantal_links(text) == 0


@pytest.mark.parametrize(
    "text",
    [
        "kijk op buurt.nl",
        "kijk op BUURT.NL",
        "kijk op Buurt.nl en doe mee",
        "kijk op www.buurt.example en doe mee",
        "HTTPS://buurt.example",
        "casino.de",
        "casino.de, nu",
        "casino.de/gratis nu",
        "casino.de\nNu",
        "goedkoop.shop!",
        "een.twee.drie.com",
    ],
)
def test_an_address_counts_also_without_http(text):
    assert aantal_links(text) == 1


@pytest.mark.parametrize(
    "address",
    [
        "jan@müller.nl",
        "JAN@MÜLLER.NL",
        "Jan@Mu\u0308ller.nl",
        "jan@xn--mller-kva.nl",
        "JAN@XN--MLLER-KVA.NL",
        "jan@müller。nl",
        "jan@müller.nl.",
        "jan@müller.nl。",
        "jan@xn--mller-kva.nl.",
        "jan@müller.nl . ",
        "jan@mül\u00adler.nl\u200b",
    ],
)
def test_an_address_is_the_same_however_it_is_written(address):
    assert vergelijkbaar(address) == "jan@müller.nl"


@pytest.mark.parametrize(
    "address",
    [
        *("jan@muller.nl", "jan@mueller.nl", "jan@xn--mllr-kva.nl", "jan@müller.nl.be"),
        *("xn--jan@müller.nl", "jan@xn--é.nl", "jan@xn--.nl", "jan@xn--99999999.nl"),
        *("müller.nl", "", "@", "jan", "jan.@müller.nl", "jan@.müller.nl"),
    ],
)
def test_another_address_is_another_one(address):
    assert vergelijkbaar(address) != "jan@müller.nl"


def test_a_sharp_s_is_the_same_in_both_ways_that_machines_write_it():
    ways = ("jan@straße.de", "jan@xn--strae-oqa.de", "jan@strasse.de")
    assert {vergelijkbaar(way) for way in ways} == {"jan@strasse.de"}


@pytest.mark.parametrize(
    "pasted",
    [
        *("jan@x.nl", "jan@x.nl.", "jan@x.nl,", "jan@x.nl;", "jan@x.nl)", "jan@x.nl!"),
        *(
            "<jan@x.nl>",
            "(jan@x.nl)",
            "jan@x.nl?",
            "jan@x.nl…",
            "jan@x.nl.)",
            "[jan@x.nl",
        ),
        *('"jan@x.nl"', "“jan@x.nl”", "„jan@x.nl”.", "'jan@x.nl'", "‘jan@x.nl’,"),
        *("Jan de Vries <jan@x.nl>;", '"Vries, J. de" <jan@x.nl>', " jan@x.nl\n"),
        *("mailto:jan@x.nl", "MAILTO:jan@x.nl?subject=Hoi", "<mailto:jan@x.nl>."),
    ],
)
def test_the_address_is_found_in_what_stands_around_it_in_a_mail(pasted):
    assert adres_in(pasted) == "jan@x.nl"


@pytest.mark.parametrize(
    "address",
    ["o'brien@x.nl", "'t-hoekje@x.nl", '"jan jansen"@x.nl', "jan?@x.nl", "jan+a@x.nl"],
)
def test_what_belongs_to_an_address_stays(address):
    assert adres_in(address) == address


@pytest.mark.parametrize("text", ["", " ", ".", "<>", '"', "mailto:", "\0"])
def test_what_is_no_address_ends_nothing(text):
    assert adres_in(text) == "" or "@" not in adres_in(text)
