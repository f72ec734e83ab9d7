"""What is wrong is told before readers see it, with a link to the field."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from aanpakken.models import Aanpak
from interventies.models import Databank
from interventies.whole import InterventieDocument
from kennisdossier.models import Begrip, Praktijkvoorbeeld
from kennisdossier.whole import BegripDocument, PraktijkvoorbeeldDocument
from tests import factories, html
from tests.meta.test_admin import address
from tests.wholes.begrippen import make_begrip, publisher
from wijkwijzer.core.models import DodeLink, Status
from wijkwijzer.wholes import actions
from wijkwijzer.wholes.actions import CannotPublishError
from wijkwijzer.wholes.controles import hard
from wijkwijzer.wholes.findings import Weight, findings
from wijkwijzer.wholes.models import Versie
from wijkwijzer.wholes.registry import whole_of, wholes

pytestmark = pytest.mark.usefixtures("inhoud")


def told(declared, **values: object) -> dict[str, tuple[Weight, str]]:
    """By anchor what is said of a document that says this."""
    data = {"uuid": "1c7a1b0e-0000-4000-8000-000000000001", "slug": "x", "naam": "X"}
    found = findings(declared, data | values)
    return {f.anchor: (f.weight, str(f)) for f in found}


def test_a_text_of_which_nothing_is_to_be_said_is_published_with_one_click():
    begrip, person = make_begrip(), publisher()
    person.saves(begrip, "_publiceren", naam="In één keer")
    assert Versie.objects.filter(uuid=begrip.uuid).count() == 1


def test_what_is_wrong_stops_it_and_leads_to_the_field():
    begrip, person = make_begrip(), publisher()
    answer = person.saves(begrip, "_publiceren", toelichting="Dit: nog na te kijken.")
    assert answer["Location"] == person.url(begrip, "publiceren")
    page = html.read_loosely(person.client.get(answer["Location"]).content)
    links = [a["href"] for a in page.one(class_="bevindingen").all("a")]
    assert links == [f"{person.url(begrip)}#id_toelichting"]
    form = html.read_loosely(person.client.get(person.url(begrip)).content)
    assert form.one(id="id_toelichting").name == "textarea"
    assert not [*page.one(id="content").all("input", value="Publiceer")]
    # Not by a direct post either.
    person.posts(begrip, "publiceren")
    assert not Versie.objects.filter(uuid=begrip.uuid).exists()


def test_a_warning_is_shown_first_and_may_be_passed():
    begrip, person = make_begrip(), publisher()
    answer = person.saves(begrip, "_publiceren", bron="")
    assert "Er staat geen bron bij." in person.client.get(answer["Location"]).text
    assert not Versie.objects.filter(uuid=begrip.uuid).exists()
    person.posts(begrip, "publiceren")
    assert Versie.objects.filter(uuid=begrip.uuid).count() == 1


def test_what_changed_since_the_page_was_opened_is_not_published_unseen():
    begrip, person = make_begrip(), publisher()
    page = html.read_loosely(
        person.client.get(person.url(begrip, "publiceren")).content
    )
    revisie = page.one("input", name="revisie")["value"]
    publisher("ander").saves(begrip, naam="Van een ander")
    answer = person.posts(begrip, "publiceren", revisie=revisie)
    assert "gewijzigd terwijl je keek" in person.client.get(answer["Location"]).text
    assert not Versie.objects.filter(uuid=begrip.uuid).exists()


def test_dates_that_cannot_be_are_errors():
    found = told(PraktijkvoorbeeldDocument, begin="2024", eind="2019-06")
    assert found["id_eind"][0] is Weight.ERROR
    assert "2019-06" in found["id_eind"][1]
    part = {"kenmerk": "bezoekers", "waarde": "3", "peildatum": "2091"}
    found = told(PraktijkvoorbeeldDocument, cijfers=[part])
    assert found["id_cijfers-0-peildatum"] == (
        Weight.ERROR,
        "cijfers 1: peildatum: Deze datum (2091) moet nog komen.",
    )
    # Within one year, nobody knows which came first.
    assert "id_eind" not in told(
        PraktijkvoorbeeldDocument, begin="2024-05", eind="2024"
    )


def test_a_decision_that_is_still_to_come_keeps_an_entry_from_readers():
    interventie = factories.make_interventie(status=Status.CONCEPT)
    interventie.erkenningen.create(
        databank=Databank.objects.first(), bron_url="https://a.example/", datum="2031"
    )
    with pytest.raises(CannotPublishError, match="2031"):
        actions.publish(record=interventie, by=None)
    assert InterventieDocument.soort == interventie.soort


def test_years_in_the_wrong_order_in_a_text_are_told():
    found = told(BegripDocument, toelichting="Van 2024–2019 was dit zo.")
    assert found["id_toelichting"][0] is Weight.WARNING


def test_a_dead_address_and_a_picture_without_words_are_told():
    dead = "https://voorbeeld.example/weg"
    DodeLink.objects.create(adres=dead, gezien_op="2026-11-29")
    found = told(BegripDocument, verwijzingen=[{"label": "Weg", "url": dead}])
    assert found["id_verwijzingen-0-url"] == (
        Weight.WARNING,
        f"verwijzingen 1: adres: Dit adres werkt niet meer: {dead}",
    )
    text = f'<p><a href="{dead}">Weg</a> <img src="/a.png" alt="" /></p>'
    dossier = wholes()["dossier"]
    artikel = {"naam": "A", "slug": "a", "tekst": text}
    found = findings(
        dossier, {"uuid": "", "slug": "x", "naam": "X"} | {"artikelen": [artikel]}
    )
    words = " ".join(f.message for f in found if f.anchor == "id_artikelen-0-tekst")
    assert "werkt niet meer" in words
    assert "geen beschrijving" in words


def test_hard_sentences_are_a_hint_and_no_more():
    long = " ".join(["woord"] * 45) + "."
    assert "gemiddeld 45 woorden" in hard(long)
    assert "letters of meer" in hard("Buurtontwikkeling is leuk. " * 20)
    assert hard("De buurt eet samen. Iedereen mag mee. " * 10) == ""
    begrip, person = make_begrip(), publisher()
    person.saves(begrip, "_publiceren", toelichting=long)
    assert Versie.objects.filter(uuid=begrip.uuid).count() == 1
    assert "gemiddeld 45 woorden" in person.sees(begrip, "publiceren")


def test_a_note_for_the_editors_with_an_aanpak_never_reaches_the_page():
    voorbeeld = factories.make_record(
        Praktijkvoorbeeld, naam="Soep", slug="soep-op-zondag", samenvatting="Soep."
    )
    voorbeeld.koppelingen.create(
        aanpak=Aanpak.objects.first(),
        basis="redactioneel",
        reden="Gekozen door wie dit instuurde; nog na te kijken.",
    )
    with pytest.raises(CannotPublishError, match="nog na te kijken"):
        actions.publish(record=voorbeeld, by=None)
    voorbeeld.koppelingen.update(reden="")
    actions.publish(record=voorbeeld, by=None)


def test_every_place_that_is_told_is_in_the_form(client):
    """Of what every kind has: the id that is linked to exists."""
    client.force_login(User.objects.create_superuser("alles"))
    for model in (Aanpak, Begrip, Praktijkvoorbeeld):
        record = model.objects.first()
        text = client.get(address(model, "change", record.pk)).text
        data = actions.working_document(record) | {"naam": "TODO", "slug": ""}
        for finding in findings(whole_of(model), data):
            if finding.anchor:
                assert f'id="{finding.anchor}"' in text, finding
