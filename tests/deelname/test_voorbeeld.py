"""A reader shares an example: for the editors, never more by itself."""

from __future__ import annotations

import pytest

from aanpakken.models import Aanpak
from kennisdossier.models import Praktijkvoorbeeld
from tests import factories, html
from tests.deelname.formulieren import (
    DELEN,
    fouten,
    ingevuld,
    is_bedankt,
    make_redacteur,
    sleutel,
    voorbeeld_van,
)
from wijkwijzer.core.models import Status
from wijkwijzer.deelname import forms
from wijkwijzer.deelname.actions import bewaar_concept
from wijkwijzer.deelname.models import Inzending, Inzendingstatus
from wijkwijzer.deelname.spam import Formulier

pytestmark = pytest.mark.usefixtures("inhoud")


def test_an_example_waits_as_it_was_sent_with_who_sent_it(client):
    velden = {
        "aanpak": "abcd",
        "link": "https://soep.example/",
        "naam": "Noor",
        "email": "noor@voorbeeld.example",
    }
    before = Praktijkvoorbeeld.objects.count()
    assert is_bedankt(voorbeeld_van(client, **velden))
    inzending = Inzending.objects.get()
    assert (inzending.naam, inzending.email) == ("Noor", "noor@voorbeeld.example")
    assert inzending.plaats == "Utrecht, Overvecht"
    assert inzending.naam_voorbeeld == "Soep op straat"
    assert inzending.omschrijving == "Buren koken elke maand soep voor elkaar."
    assert inzending.link == "https://soep.example/"
    assert inzending.aanpak.slug == "abcd"
    assert (inzending.status, inzending.voorbeeld) == (Inzendingstatus.WACHT, None)
    assert Praktijkvoorbeeld.objects.count() == before


def test_an_example_is_public_nowhere(client):
    voorbeeld_van(client, naam_voorbeeld="Nergens te vinden", aanpak="abcd")
    assert client.get("/praktijkvoorbeelden/nergens-te-vinden/").status_code == 404
    for pad in ("/praktijkvoorbeelden/", "/aanpakken/abcd/", "/zoeken/?q=nergens"):
        assert "Nergens te vinden" not in client.get(pad).content.decode()


def test_the_same_form_twice_is_one_example(client):
    een = sleutel(Formulier.VOORBEELD)
    for _ in range(3):
        assert is_bedankt(voorbeeld_van(client, sleutel=een))
    assert is_bedankt(voorbeeld_van(client)), "nor does another form with the same"
    assert Inzending.objects.count() == 1


@pytest.mark.parametrize(
    ("naam", "slug"),
    [
        ("Delen", "delen-2"),
        ("In", "in-2"),
        ("!!!", "praktijkvoorbeeld"),
        ("你好", "praktijkvoorbeeld"),
        ("x" * 150, "x" * 90),
        ("Een oude naam", "een-oude-naam-2"),
        ("Al bezet", "al-bezet-3"),
        ("Nog te zien", "nog-te-zien-2"),
    ],
)
def test_every_name_gets_an_address_that_is_free(client, naam, slug):
    oud = factories.make_record(
        Praktijkvoorbeeld, naam="Oud", slug="een-oude-naam", samenvatting="Soep."
    )
    oud.slug = "nog-te-zien"
    oud.save()
    factories.publish(oud)
    # A working copy may already be called otherwise than what readers see.
    oud.slug = "pas-later-te-zien"
    oud.save()
    for bezet in ("al-bezet", "al-bezet-2"):
        Praktijkvoorbeeld.objects.create(naam=bezet, slug=bezet)
    assert is_bedankt(voorbeeld_van(client, naam_voorbeeld=naam))
    inzending, by = Inzending.objects.get(), make_redacteur()
    concept = bewaar_concept(inzending=inzending, waarden={"naam": naam}, by=by)
    assert concept.slug == slug


def test_only_published_aanpakken_can_be_chosen(client):
    factories.make_aanpak(naam="Geheim", slug="geheim", status=Status.CONCEPT)
    keuzes = {
        optie["value"]
        for optie in html.read(client.get(DELEN).content)
        .one("select", name="aanpak")
        .all("option")
    }
    assert keuzes == {"", *Aanpak.objects.gepubliceerd().values_list("slug", flat=True)}
    response = voorbeeld_van(client, aanpak="geheim")
    assert fouten(response) == ["Kies een aanpak uit de lijst."]


def test_with_very_many_aanpakken_there_is_no_endless_list(client, monkeypatch):
    monkeypatch.setattr(forms, "MAX_KEUZELIJST", 3)
    pagina = html.read(client.get(DELEN).content)
    assert not any(pagina.one("main").all("select"))
    assert is_bedankt(voorbeeld_van(client, aanpak="abcd"))


@pytest.mark.parametrize(
    ("veld", "waarde", "zin"),
    [
        ("naam_voorbeeld", "", "Schrijf op hoe jullie voorbeeld heet."),
        ("plaats", "", "Schrijf op in welke gemeente of wijk het is."),
        ("omschrijving", "", "Schrijf op wat er gebeurt."),
        ("link", "geen adres", "Dit is geen webadres."),
        ("link", "javascript:alert(1)", "Dit is geen webadres."),
        ("link", "ftp://a.example/b", "Schrijf een adres dat met https:// begint."),
        ("naam_voorbeeld", "n" * 151, "Dit zijn 151 tekens; er passen er 150 in."),
        ("omschrijving", "a.nl b.nl c.nl", "Er staan 3 webadressen in."),
        ("plaats", "Ede\u202e", "Er stonden tekens in die niemand kan zien"),
    ],
)
def test_what_is_wrong_is_said_and_everything_comes_back(client, veld, waarde, zin):
    response = voorbeeld_van(client, naam="Noor", **{veld: waarde})
    assert response.status_code == 200
    assert [fout for fout in fouten(response) if fout.startswith(zin)], fouten(response)
    assert ingevuld(response, veld) == waarde.replace("\u202e", "")
    assert ingevuld(response, "naam") == "Noor"
    assert not Inzending.objects.exists()
