"""Reactions: written, looked at, placed; whatever is wrong, no text is lost."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from kennisdossier.models import Praktijkvoorbeeld
from tests import factories, html
from tests.deelname.formulieren import (
    TEKST,
    adres,
    fouten,
    ingevuld,
    is_bedankt,
    make_contactpunt,
    make_dossier,
    make_reactie,
    melding_van,
    reactie_van,
    sleutel,
    stem_van,
)
from wijkwijzer.core.models import Status
from wijkwijzer.core.tekens import maak_schoon
from wijkwijzer.deelname.models import Poging, Reactie, Reactiestatus
from wijkwijzer.deelname.spam import Formulier

pytestmark = pytest.mark.usefixtures("inhoud")

MEGABYTE = 1024 * 1024
RECHTS_NAAR_LINKS = "\N{RIGHT-TO-LEFT OVERRIDE}"
ONZICHTBAAR = {
    "NUL": "\0",
    "bel": "\a",
    "delete": "\x7f",
    "C1": "\x9b",
    **{f"U+{code:04X}": chr(code) for code in range(0x202A, 0x202F)},
    **{f"U+{code:04X}": chr(code) for code in range(0x2066, 0x206A)},
    **{f"U+{code:04X}": chr(code) for code in (0x200B, 0x200C, 0x200E, 0x200F)},
    "woordverbinder": "\u2060",
    "byte order mark": "\ufeff",
    "tag": "\U000e0041",
}


@pytest.fixture
def dossier():
    return make_dossier(naam="Samen eten")


# From the first word to the page


def test_the_form_leads_past_a_preview_to_a_reaction_that_waits(client, dossier):
    voorbeeld = reactie_van(client, dossier, stap="voorbeeld", naam="Noor")
    assert voorbeeld.status_code == 200
    pagina = html.read(voorbeeld.content)
    assert "Vooral met koffie erbij." in pagina.one(class_="preview").text
    assert not Reactie.objects.exists(), "a preview keeps nothing"

    formulier = pagina.one("main").one("form")
    data = {veld["name"]: veld.get("value") for veld in formulier.all("input")}
    knoppen = {k.text: k["value"] for k in formulier.all("button")}
    assert [*knoppen] == ["Plaatsen", "Aanpassen"]
    geplaatst = client.post(
        adres("reageren", dossier), data | {"stap": knoppen["Plaatsen"]}
    )
    assert is_bedankt(geplaatst)
    reactie = Reactie.objects.get()
    assert (reactie.tekst, reactie.naam, reactie.email) == (TEKST, "Noor", "")
    assert (reactie.status, reactie.onderwerp) == (Reactiestatus.WACHT, dossier)
    assert "Bedankt" in html.read(client.get(geplaatst["Location"]).content).text


def test_who_wants_to_change_the_preview_gets_the_form_back_filled(client, dossier):
    terug = reactie_van(client, dossier, stap="aanpassen", naam="Noor", email="nee")
    assert ingevuld(terug, "tekst") == TEKST
    assert ingevuld(terug, "naam") == "Noor"
    assert ingevuld(terug, "email") == "nee"
    assert fouten(terug) == []
    assert not Reactie.objects.exists()


@pytest.mark.parametrize("soort", ["aanpak", "dossier", "praktijkvoorbeeld"])
def test_readers_can_react_to_every_kind_of_subject(client, soort):
    onderwerp = {
        "aanpak": factories.make_aanpak,
        "dossier": make_dossier,
        "praktijkvoorbeeld": lambda: factories.make_record(
            Praktijkvoorbeeld, naam="X", slug="proef-x", samenvatting="Y."
        ),
    }[soort]()
    assert is_bedankt(reactie_van(client, onderwerp))
    assert Reactie.objects.get().onderwerp == onderwerp


def test_nothing_of_a_reaction_is_on_any_page_before_an_editor_approved_it(
    client, dossier
):
    reactie = make_reactie(dossier, tekst="Nergens te vinden", naam="Geheimzinnig")
    paginas = [dossier.get_absolute_url(), adres("reageren", dossier)]
    for status in (
        Reactiestatus.WACHT,
        Reactiestatus.GEWEIGERD,
        Reactiestatus.SPAM,
        Reactiestatus.GOEDGEKEURD,
    ):
        Reactie.objects.filter(pk=reactie.pk).update(status=status, reden="Daarom")
        for pad in paginas:
            tekst = html.read(client.get(pad).content).text
            assert ("Nergens te vinden" in tekst) is (status == "goedgekeurd"), pad
            assert ("Geheimzinnig" in tekst) is (status == "goedgekeurd"), pad


def test_an_address_of_a_writer_is_on_no_page(client, dossier):
    reactie = make_reactie(dossier, email="noor@voorbeeld.example", naam="Noor")
    for pad in (
        dossier.get_absolute_url(),
        adres("reageren", dossier),
        f"/reacties/{reactie.pk}/melden/",
    ):
        assert b"voorbeeld.example" not in client.get(pad).content


def test_a_reaction_without_a_name_is_by_anoniem(client, dossier):
    make_reactie(dossier)
    reacties = html.read(client.get(dossier.get_absolute_url()).content).one(
        id="reacties"
    )
    assert reacties.one("strong").text == "Anoniem"


def test_a_page_shows_the_newest_ten_with_the_newest_last(client, dossier):
    for nummer in range(12):
        make_reactie(dossier, tekst=f"reactie nummer {nummer:02}")

    def getoond(pad):
        return re.findall(r"reactie nummer (\d\d)", client.get(pad).content.decode())

    assert getoond(dossier.get_absolute_url()) == [f"{n:02}" for n in range(2, 12)]
    assert b"oudere reacties" in client.get(dossier.get_absolute_url()).content
    assert getoond(adres("reageren", dossier)) == [f"{n:02}" for n in range(12)]


def test_every_link_to_report_a_reaction_has_its_own_name(client, dossier):
    for naam in ("", "", "Noor"):
        make_reactie(dossier, naam=naam)
    reacties = html.read(client.get(dossier.get_absolute_url()).content).one(
        id="reacties"
    )
    namen = [a.text for a in reacties.all("a") if a.text.startswith("Meld")]
    assert len(namen) == len({*namen}) == 3


def test_a_reaction_of_half_past_midnight_is_of_that_day(client, dossier):
    make_reactie(dossier)
    Reactie.objects.update(ingestuurd_op=datetime(2026, 7, 3, 22, 30, tzinfo=UTC))
    for pad in (dossier.get_absolute_url(), adres("reageren", dossier)):
        reacties = html.read(client.get(pad).content).one(id="reacties")
        assert reacties.one("time")["datetime"] == "2026-07-04"


def test_reactions_of_another_subject_are_not_shown(client, dossier):
    make_reactie(make_dossier(), tekst="Over iets anders")
    assert "Over iets anders" not in client.get(dossier.get_absolute_url()).text


def test_reactions_cost_a_page_two_queries_and_an_aanpak_none(
    client, dossier, met_queries
):
    for _ in range(3):
        make_reactie(dossier)
    for pad in (dossier.get_absolute_url(), "/aanpakken/abcd/"):
        client.get(pad)
    with met_queries(30) as queries:
        client.get(dossier.get_absolute_url())
    eigen = [q for q in queries if "reactie" in q or "stem" in q]
    assert eigen == ["SELECT deelname_reactie", "SELECT deelname_stem"]
    with met_queries(30) as queries:
        client.get("/aanpakken/abcd/")
    assert [q for q in queries if "reactie" in q or "stem" in q] == []


# Only what is published


@pytest.mark.parametrize("naam", ["reageren", "waarderen"])
@pytest.mark.parametrize("status", [Status.CONCEPT, Status.TER_BEOORDELING])
def test_nobody_can_react_to_what_is_not_published(client, naam, status):
    onderwerp = make_dossier(status=status)
    pad = adres(naam, onderwerp)
    assert client.get(pad).status_code == 404
    assert client.post(pad, {"stap": "plaatsen"}).status_code == 404


@pytest.mark.parametrize("naam", ["reageren", "waarderen"])
def test_what_was_withdrawn_answers_410(client, naam):
    onderwerp = make_dossier(status=Status.GEARCHIVEERD, reden="Voorbij.")
    assert client.get(adres(naam, onderwerp)).status_code == 410


@pytest.mark.parametrize("zend", [reactie_van, stem_van])
def test_to_what_was_erased_meanwhile_nobody_can_react(client, dossier, zend):
    dossier.delete()
    assert zend(client, dossier).status_code == 404


@pytest.mark.parametrize("naam", ["reageren", "waarderen"])
def test_a_former_slug_leads_to_the_form_of_the_new_one(client, dossier, naam):
    oud = adres(naam, dossier)
    dossier.slug = "een-nieuwe-naam"
    dossier.save()
    assert client.get(oud).status_code == 200, "readers see the name of before"
    factories.publish(dossier)
    response = client.get(f"{oud}?pagina=2")
    assert response.status_code == 301
    assert response["Location"] == f"{adres(naam, dossier)}?pagina=2"


def test_a_slug_that_changes_while_somebody_writes_loses_nothing(client, dossier):
    oud = adres("reageren", dossier)
    dossier.slug = "intussen-hernoemd"
    dossier.save()
    factories.publish(dossier)
    data = {
        "tekst": TEKST,
        "stap": "plaatsen",
        "sleutel": sleutel(Formulier.REACTIE),
    }
    # 308 tells the browser to send the same form again.
    assert client.post(oud, data).status_code == 308
    assert client.post(oud, data, follow=True).status_code == 200
    assert Reactie.objects.get().tekst == TEKST


@pytest.mark.parametrize(
    "pad",
    [
        "/reageren/interventie/abcd/",
        "/waarderen/begrip/cultuur/",
        "/reageren/dossier/bestaat-niet/",
        "/reacties/0/melden/",
        f"/reacties/{'9' * 40}/melden/",
        "/contact/bestaat-niet/",
    ],
)
def test_what_does_not_exist_answers_404(client, pad):
    assert client.get(pad).status_code == 404
    assert client.post(pad, {"x": "y"}).status_code == 404


# Correction without loss


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"tekst": ""}, "Schrijf je reactie op."),
        ({"tekst": " \n\t "}, "Schrijf je reactie op."),
        ({"naam": "n" * 81}, "Dit zijn 81 tekens; er passen er 80 in."),
        ({"email": "noor"}, "Dit is geen e-mailadres."),
        ({"tekst": "x" * 4001}, "Dit zijn 4001 tekens; er passen er 4000 in."),
        ({"tekst": "http://a.example " * 50}, "Er staan 50 webadressen in."),
        ({"tekst": "kijk op a.nl, b.com en www.c.org"}, "Er staan 3 webadressen in."),
        ({"naam": "goedkoop.shop", "tekst": "a.nl b.nl"}, "Er staan 3 webadressen in."),
        ({"website": "https://robot.example"}, "Er was een veld ingevuld"),
    ],
)
@pytest.mark.parametrize("stap", ["voorbeeld", "plaatsen"])
def test_what_is_wrong_is_said_in_dutch_and_the_text_comes_back(
    client, dossier, stap, velden, zin
):
    response = reactie_van(client, dossier, stap=stap, **velden)
    assert response.status_code == 200
    assert [fout for fout in fouten(response) if fout.startswith(zin)], fouten(response)
    assert ingevuld(response, "tekst") == velden.get("tekst", TEKST).strip()
    assert not Reactie.objects.exists()


def test_each_error_links_to_its_field_and_the_field_tells_it_too(client, dossier):
    pagina = html.read(
        reactie_van(client, dossier, stap="voorbeeld", tekst="", email="x").content
    )
    samenvatting = pagina.one(class_="error-summary")
    assert samenvatting["role"] == "alert"
    assert samenvatting["tabindex"] == "-1"
    formulier = next(f for f in pagina.all("form") if f.get("method") == "post")
    # The browser moves to the summary, also without a script.
    assert formulier["action"].endswith(f"#{samenvatting['id']}")
    links = [a["href"] for a in samenvatting.all("a")]
    assert links == ["#id_tekst", "#id_email"]
    for link in links:
        veld = pagina.one(id=link[1:])
        assert veld["aria-invalid"] == "true"
        beschrijving = veld["aria-describedby"].split()
        assert [pagina.one(id=naam).text for naam in beschrijving]
        assert f"{link[1:]}_error" in beschrijving
    assert pagina.one("title").text.startswith("Fout: ")


def test_two_links_are_welcome_and_stay_plain_text(client, dossier):
    tekst = "Kijk op https://a.example en www.b.example"
    assert is_bedankt(reactie_van(client, dossier, tekst=tekst))
    Reactie.objects.update(status=Reactiestatus.GOEDGEKEURD)
    reacties = html.read(client.get(dossier.get_absolute_url()).content).one(
        id="reacties"
    )
    assert tekst in reacties.text
    assert not [a for a in reacties.all("a") if "example" in a["href"]]


def test_the_address_in_an_email_address_is_not_a_link(client, dossier):
    tekst = "Mail a@b.nl, c@d.nl of e@f.nl"
    assert is_bedankt(reactie_van(client, dossier, tekst=tekst))


def test_a_megabyte_of_text_comes_back_whole_with_a_clear_message(client, dossier):
    tekst = ("woord " * (MEGABYTE // 6)).strip()
    response = reactie_van(client, dossier, stap="voorbeeld", tekst=tekst)
    assert response.status_code == 200
    assert ingevuld(response, "tekst") == tekst
    assert fouten(response) == [
        f"Dit zijn {len(tekst)} tekens; er passen er 4000 in. Maak het korter."
    ]


@pytest.mark.parametrize("teken", [" ", "\u0301", "\n", "a.", "\u202e", "http://"])
def test_a_megabyte_of_anything_is_answered_soon(client, dossier, teken):
    """What takes the square of the length would run for hours."""
    tekst = teken * (MEGABYTE // len(teken.encode()))
    velden = {"tekst": tekst, "naam": tekst[:100_000], "email": tekst[:100_000]}
    response = reactie_van(client, dossier, stap="plaatsen", **velden)
    assert response.status_code == 200
    assert fouten(response)


def test_more_than_the_server_reads_is_refused_in_dutch(client, dossier):
    response = reactie_van(client, dossier, tekst="x" * (3 * MEGABYTE))
    assert response.status_code == 413
    assert "Je tekst is veel te lang" in html.read(response.content).one("h1").text


@pytest.mark.parametrize(
    ("body", "soort"),
    [
        (b"tekst=a", "multipart/form-data"),
        (b"tekst=a", "application/x-www-form-urlencoded; charset=utf-16"),
        (
            b"&".join(b"a%d=1" % n for n in range(20_000)),
            "application/x-www-form-urlencoded",
        ),
    ],
)
def test_a_form_that_cannot_be_read_is_refused_in_dutch(client, dossier, body, soort):
    response = client.post(adres("reageren", dossier), body, content_type=soort)
    assert response.status_code == 400
    assert "niet lezen" in html.read(response.content).one("h1").text


# Unsafe input


def test_markup_is_shown_as_it_was_typed(client, dossier):
    kwaad = "<script>alert(1)</script> <img src=x onerror=alert(2)> &amp; \"'"
    voorbeeld = reactie_van(
        client, dossier, stap="voorbeeld", tekst=kwaad, naam="<b>Noor</b>"
    )
    assert is_bedankt(reactie_van(client, dossier, tekst=kwaad, naam="<b>Noor</b>"))
    reactie = Reactie.objects.get()
    assert reactie.tekst == kwaad, "kept as it was written"
    Reactie.objects.update(status=Reactiestatus.GOEDGEKEURD)
    for antwoord in (
        voorbeeld,
        client.get(dossier.get_absolute_url()),
        client.get(adres("reageren", dossier)),
        client.get(f"/reacties/{reactie.pk}/melden/"),
        reactie_van(client, dossier, stap="aanpassen", tekst=kwaad, naam="<b>N"),
    ):
        pagina = html.read(antwoord.content).one("main")
        # Those of the page itself come from our own site.
        eigen = ("/static/", "/id/")
        vreemd = [
            element
            for element in pagina.all("script", "img", "b")
            if not (element.get("src") or "").startswith(eigen)
        ]
        assert vreemd == []
        assert b"<script>alert" not in antwoord.content
    assert kwaad in pagina.text or kwaad in ingevuld(antwoord, "tekst")


@pytest.mark.once
@pytest.mark.parametrize("teken", ONZICHTBAAR.values(), ids=ONZICHTBAAR)
@pytest.mark.parametrize("veld", ["tekst", "naam"])
def test_characters_that_nobody_sees_are_taken_out_and_mentioned(
    client, dossier, veld, teken
):
    response = reactie_van(client, dossier, **{veld: f"Een{teken}twee"})
    assert response.status_code == 200
    assert any("niemand kan zien" in fout for fout in fouten(response))
    assert ingevuld(response, veld) == "Eentwee"
    assert teken not in response.content.decode()
    assert not Reactie.objects.exists()
    schoon = {veld: ingevuld(response, veld)}
    assert is_bedankt(reactie_van(client, dossier, **schoon)), "and then it passes"


def test_a_text_of_only_characters_that_nobody_sees_is_no_text(client, dossier):
    response = reactie_van(client, dossier, tekst=RECHTS_NAAR_LINKS * 9)
    assert len(fouten(response)) == 2


def test_bytes_that_are_no_text_come_back_to_be_corrected(client, dossier):
    stempel = sleutel(Formulier.REACTIE).replace(":", "%3A")
    body = f"stap=plaatsen&sleutel={stempel}&tekst=caf%E9+en+caf%C3%A9"
    response = client.post(
        adres("reageren", dossier),
        body,
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code == 200
    assert any("konden we een teken niet lezen" in fout for fout in fouten(response))
    assert ingevuld(response, "tekst") == "caf\ufffd en café"
    assert not Reactie.objects.exists()


def test_words_of_all_languages_and_pictures_stay_as_they_are(client, dossier):
    tekst = "Één café, مرحبا بالجيران, 你好 👩‍👩‍👧 ❤️ 🇳🇱 – “fijn”"
    assert is_bedankt(reactie_van(client, dossier, tekst=tekst, naam="Şükran"))
    assert Reactie.objects.get().tekst == tekst


def test_text_copied_from_our_own_pages_passes_without_a_word(client, dossier):
    tekst = "buurt\u00adbemiddeling"
    assert is_bedankt(reactie_van(client, dossier, tekst=tekst))
    assert Reactie.objects.get().tekst == "buurtbemiddeling"


def test_lines_are_kept_and_empty_ones_are_not_piled_up(client, dossier):
    tekst = "een  \r\ntwee\r\n\r\n\r\n\r\n\r\ndrie\rvier"
    assert is_bedankt(reactie_van(client, dossier, tekst=tekst))
    assert Reactie.objects.get().tekst == "een\ntwee\n\ndrie\nvier"


@given(st.text(max_size=60))
def test_a_text_that_came_back_clean_is_clean(tekst):
    schoon, _ = maak_schoon(tekst, regels=True)
    assert maak_schoon(schoon, regels=True) == (schoon, False)


@pytest.mark.long
@hypothesis_settings(
    max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    body=st.binary(max_size=200),
    veld=st.sampled_from(["tekst", "naam", "email", "sleutel", "stap", "waarde"]),
    soort=st.sampled_from(
        ["application/x-www-form-urlencoded", "multipart/form-data; boundary=a", "x/y"]
    ),
    begin=st.sampled_from(["reageren", "waarderen"]),
)
def test_no_bytes_at_all_end_in_an_error_of_ours(
    client, dossier, body, veld, soort, begin
):
    data = veld.encode() + b"=" + body
    response = client.post(adres(begin, dossier), data, content_type=soort)
    assert response.status_code in {200, 303, 400}
    html.read(response.content or b"<p></p>")


# Twice is once


def test_the_same_form_twice_gives_one_reaction_and_twice_the_same_answer(
    client, dossier
):
    een = sleutel(Formulier.REACTIE)
    antwoorden = [reactie_van(client, dossier, sleutel=een) for _ in range(3)]
    assert all(is_bedankt(antwoord) for antwoord in antwoorden)
    assert Reactie.objects.count() == 1
    assert Poging.objects.count() == 1


def test_the_same_form_from_another_network_is_still_the_same_form(client, dossier):
    een = sleutel(Formulier.REACTIE)
    for ip in ("192.0.2.1", "198.51.100.7"):
        assert is_bedankt(reactie_van(client, dossier, sleutel=een, ip=ip))
    assert Reactie.objects.count() == 1


def test_the_same_text_in_another_form_of_the_same_sender_is_one_reaction(
    client, dossier
):
    for _ in range(8):
        assert is_bedankt(reactie_van(client, dossier))
    assert Reactie.objects.count() == 1
    assert is_bedankt(reactie_van(client, dossier, ip="198.51.100.7"))
    assert is_bedankt(reactie_van(client, make_dossier()))
    assert Reactie.objects.count() == 3, "another sender; another subject"


def test_who_goes_back_and_changes_the_text_sends_another_reaction(client, dossier):
    een = sleutel(Formulier.REACTIE)
    assert is_bedankt(reactie_van(client, dossier, sleutel=een))
    assert is_bedankt(reactie_van(client, dossier, sleutel=een, tekst="Toch anders."))
    assert {r.tekst for r in Reactie.objects.all()} == {TEKST, "Toch anders."}


# Cookies, caches and who sent it

FORMULIEREN = [
    lambda: adres("reageren", make_dossier()),
    lambda: adres("waarderen", make_dossier()),
    lambda: f"/reacties/{make_reactie().pk}/melden/",
    lambda: f"/contact/{make_contactpunt(email='a@b.example').slug}/",
    lambda: "/praktijkvoorbeelden/delen/",
]


@pytest.mark.parametrize("pad", FORMULIEREN)
def test_a_page_with_a_form_is_kept_by_no_cache_and_read_by_no_search_engine(
    client, pad
):
    response = client.get(pad())
    assert "no-store" in response["Cache-Control"]
    assert {*response.cookies} == {"csrftoken"}
    assert response.cookies["csrftoken"]["max-age"] == "", "until the browser closes"
    pagina = html.read(response.content)
    assert pagina.one("meta", name="robots")["content"] == "noindex"


@pytest.mark.parametrize("pad", FORMULIEREN)
def test_what_a_form_answers_is_kept_by_the_browser_that_sent_it_alone(client, pad):
    """So that it can be gone back to: a browser cannot ask for it again."""
    response = client.post(pad())
    assert response.status_code == 200
    assert {*response["Cache-Control"].split(", ")} == {"private", "no-cache"}


@pytest.mark.parametrize("pad", FORMULIEREN)
def test_the_thanks_set_no_cookie(client, pad):
    response = client.get(f"{pad()}?verstuurd=ja")
    assert response.status_code == 200
    assert not response.cookies
    assert not any(html.read(response.content).one("main").all("form"))


def test_the_pages_for_reading_set_no_cookie(client, dossier):
    reactie_van(client, dossier)
    make_reactie(dossier)
    client.get(adres("reageren", dossier))
    for pad in (dossier.get_absolute_url(), "/aanpakken/abcd/", "/kennisdossier/"):
        response = client.get(pad)
        assert not response.cookies
        assert "cookie" not in response.get("Vary", "").lower()


@pytest.mark.parametrize("pad", FORMULIEREN)
def test_the_field_for_robots_is_hidden_from_everybody(client, pad):
    pagina = html.read(client.get(pad()).content)
    veld = pagina.one("input", name="website")
    assert "hidden" in veld.above().__next__()
    assert (veld["tabindex"], veld["autocomplete"]) == ("-1", "off")


def test_without_the_cookie_of_the_form_nothing_is_kept_and_nothing_lost(dossier):
    streng = Client(enforce_csrf_checks=True)
    response = reactie_van(streng, dossier)
    assert response.status_code == 200
    assert any("cookies" in fout for fout in fouten(response))
    assert ingevuld(response, "tekst") == TEKST
    assert not Reactie.objects.exists()
    # The page that came back has what was missing.
    token = ingevuld(response, "csrfmiddlewaretoken")
    assert is_bedankt(reactie_van(streng, dossier, csrfmiddlewaretoken=token))


@pytest.mark.parametrize("methode", ["put", "delete", "patch"])
def test_other_methods_are_refused(client, dossier, methode):
    assert getattr(client, methode)(adres("reageren", dossier)).status_code == 405


# Reports


def test_a_report_reaches_the_editors_and_changes_nothing_on_the_page(client, dossier):
    reactie = make_reactie(dossier)
    assert is_bedankt(melding_van(client, reactie, reden="Er staat een naam in."))
    assert is_bedankt(melding_van(client, reactie, reden="Er staat een naam in."))
    melding = reactie.meldingen.get()
    assert (melding.reden, melding.afgehandeld) == ("Er staat een naam in.", False)
    assert TEKST.split("\n")[0] in client.get(dossier.get_absolute_url()).text


def test_a_report_without_a_reason_comes_back(client):
    reactie = make_reactie()
    assert fouten(melding_van(client, reactie, reden="")) == [
        "Schrijf op wat er mis is."
    ]
    lang = "x" * 501
    response = melding_van(client, reactie, reden=lang)
    assert ingevuld(response, "reden") == lang


def test_only_what_readers_see_can_be_reported(client, dossier):
    verborgen = make_reactie(dossier, status=Reactiestatus.WACHT)
    weg = make_reactie(make_dossier(status=Status.CONCEPT))
    for reactie in (verborgen, weg):
        assert client.get(f"/reacties/{reactie.pk}/melden/").status_code == 404
        assert melding_van(client, reactie).status_code == 404


def test_an_aanpak_that_was_made_for_tests_has_the_links(client):
    aanpak = factories.make_aanpak()
    links = {
        a["href"]
        for a in html.read(client.get(aanpak.get_absolute_url()).content)
        .one(id="reacties")
        .all("a")
    }
    assert links == {adres("reageren", aanpak), adres("waarderen", aanpak)}
