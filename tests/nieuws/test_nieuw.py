"""Who comes back sees what happened since: of each record the difference, once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from aanpakken.models import Aanpak
from interventies.models import Databank, Interventie, Niveau
from kennisdossier.models import Begrip, Dossier, Praktijkvoorbeeld
from tests import factories, html
from wijkwijzer.core.models import Status
from wijkwijzer.nieuws.berichten import Bericht, berichten
from wijkwijzer.nieuws.gebeurd import Gebeurd, Wat
from wijkwijzer.nieuws.pagina import DAGEN, PER_PAGINA, TOEKOMST, lees_sinds
from wijkwijzer.wholes.current import current_stand

pytestmark = pytest.mark.usefixtures("inhoud")

TODAY = date(2026, 3, 4)
AGO = timedelta(days=30)


@pytest.fixture
def before() -> date:
    """A day before which the records of a test were there, and after which not."""
    return timezone.localdate() - timedelta(days=10)


def made_before(make, **kwargs):
    record = make(status=Status.CONCEPT, **kwargs)
    return factories.publish(record, at=timezone.now() - AGO)


def page(client, sinds: date | str) -> html.Element:
    return html.read(client.get("/nieuw/", {"sinds": str(sinds)}).content)


def told(client, sinds: date | str, name: str) -> list[str]:
    """What the page says of one record, once per thing that happened."""
    items = page(client, sinds).all("li")
    return [i.text for i in items if any(h.text == name for h in i.all("h3"))]


def ended(since: date, name: str) -> list[Bericht]:
    """What is told of recognitions that ended, on whatever page it stands."""
    stand = current_stand()
    found = [g for g in Gebeurd(stand, since) if g.wat is Wat.VERLOPEN]
    return [b for b in berichten(stand, found, since) if b.naam == name]


# Which day


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-02-03", date(2026, 2, 3)),
        ("3 februari 2026", date(2026, 2, 3)),
        ("februari 2026", date(2026, 2, 1)),
        ("2025", date(2025, 1, 1)),
        ("0001-01-01", date(1, 1, 1)),
        ("2026-03-04", TODAY),
    ],
)
def test_a_day_is_read_as_people_write_it(typed, day):
    assert lees_sinds(typed, TODAY) == (day, day.isoformat(), "")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("gisteren", "Dit is geen datum. Schrijf bijvoorbeeld"),
        ("31 juni 2022", "31 juni bestaat niet."),
        ("2022-13-01", "Een maand 13 bestaat niet"),
        ("2026-03-05", TOEKOMST),
        ("9" * 5000, "Dit is geen datum"),
    ],
)
def test_what_is_no_day_is_told_and_comes_back(typed, said):
    sinds = lees_sinds(typed, TODAY)
    assert sinds.fout.startswith(said)
    assert sinds.getypt == typed[:40]
    assert sinds.dag == TODAY - timedelta(days=DAGEN)


def test_a_wrong_day_stands_in_the_form_beside_what_is_wrong(client):
    document = page(client, "31 juni 2022")
    field = document.one(id="sinds")
    assert field["value"] == "31 juni 2022"
    assert document.one(id=field["aria-describedby"]).text == "31 juni bestaat niet."


# What happened


def test_each_kind_of_record_is_told_when_it_is_new(client, before):
    records = [
        factories.make_aanpak(naam="Aanpak die nieuw is"),
        factories.make_interventie(naam="Interventie die nieuw is"),
        factories.make_dossier(naam="Dossier dat nieuw is"),
        factories.make_record(
            Praktijkvoorbeeld, naam="Voorbeeld dat nieuw is", slug="v", samenvatting="x"
        ),
        factories.make_record(
            Begrip, naam="Begrip dat nieuw is", slug="b", definitie="x"
        ),
    ]
    for record in records:
        (text,) = told(client, before, record.naam)
        assert text.startswith("Nieuw")


def test_a_level_is_told_with_whether_it_still_holds(client, inhoud):
    page = html.read(client.get("/nieuw/?sinds=2000").content).text
    told = page.partition("Thuis op Straat (TOS)")[2][:120]
    assert "Effectief" in told
    assert "verlopen sinds" in told or "geldigheid niet bekend" in told


def test_a_change_is_told_with_what_it_became(client, before):
    record = made_before(factories.make_aanpak, samenvatting="Buren drinken koffie.")
    assert told(client, before, record.naam) == []
    record.samenvatting = "Buren drinken thee."
    record.save()
    factories.publish(record)
    (text,) = told(client, before, record.naam)
    assert "Samenvatting Nu: Buren drinken thee." in text
    # What editors took out is not shown again.
    assert "koffie" not in text


def test_what_came_and_changed_on_a_later_day_is_not_new_on_that_day(client, before):
    record = factories.make_aanpak(status=Status.CONCEPT, samenvatting="Koffie.")
    day = before + timedelta(days=5)
    factories.publish(record, at=timezone.now() - timedelta(days=5))
    record.samenvatting = "Thee."
    record.save()
    factories.publish(record)
    (text,) = told(client, before, record.naam)
    assert text.startswith("Gewijzigd")
    assert f"Nieuw op {date_format(day, 'j F Y')}. Thee." in text
    assert "een tijd weg" not in text


def test_of_many_changes_the_difference_with_that_day_is_told(client, before):
    record = made_before(factories.make_aanpak, naam="Koffieuur")
    for name in ("Theeuur", "Sapuur"):
        record.naam = name
        record.save()
        factories.publish(record)
    (text,) = told(client, before, "Sapuur")
    assert "Was: Koffieuur Nu: Sapuur" in text
    assert "Theeuur" not in text


def test_what_was_put_back_is_told_as_the_same(client, before):
    record = made_before(factories.make_aanpak, naam="Koffieuur")
    for name in ("Theeuur", "Koffieuur"):
        record.naam = name
        record.save()
        factories.publish(record)
    (text,) = told(client, before, "Koffieuur")
    assert "weer zoals het was" in text


def test_what_was_withdrawn_is_told_with_its_reason_and_last_name(client, before):
    record = made_before(factories.make_aanpak, naam="Koffieuur")
    factories.withdraw(record, "De stichting bestaat niet meer.")
    (text,) = told(client, before, "Koffieuur")
    assert text.startswith("Weggehaald")
    assert "De stichting bestaat niet meer." in text


def test_what_was_withdrawn_before_that_day_is_not_told(before):
    record = made_before(factories.make_aanpak)
    ago = timezone.now() - timedelta(days=20)
    factories.actions.withdraw(record=record, reason="Weg.", by=None, at=ago)
    assert record.uuid in {w.uuid for w in current_stand().withdrawn}
    gone = [g.weg.uuid for g in Gebeurd(current_stand(), before) if g.weg]
    assert record.uuid not in gone


def test_what_came_back_is_told_as_back(client, before):
    record = made_before(factories.make_aanpak, naam="Koffieuur")
    factories.actions.withdraw(
        record=record, reason="Even weg.", by=None, at=timezone.now() - AGO / 2
    )
    factories.publish(record)
    (text,) = told(client, before, "Koffieuur")
    assert "een tijd weg" in text
    assert "Even weg." not in text


@pytest.mark.parametrize("days", [0, 1, 9])
def test_a_recognition_that_ended_is_told_on_that_day_and_not_before_it(before, days):
    day = before + timedelta(days=days)
    record = factories.make_interventie(naam="Koffieuur", status=Status.CONCEPT)
    record.erkenningen.create(
        databank=Databank.objects.first(),
        niveau=Niveau.objects.get(slug="effectief"),
        geldig_tot=str(day - timedelta(days=1)),
        bron_url=factories.BRON_URL,
    )
    factories.publish(record, at=timezone.now() - AGO)
    (one,) = ended(before, "Koffieuur")
    assert one.dag == day
    assert [g.in_woorden.split(" sinds ")[0] for g in one.verlopen] == ["verlopen"]
    assert ended(day + timedelta(days=1), "Koffieuur") == []


def test_a_recognition_that_holds_is_not_told(client, before):
    record = factories.make_interventie(naam="Koffieuur", status=Status.CONCEPT)
    record.erkenningen.create(
        databank=Databank.objects.first(),
        geldig_tot=str(timezone.localdate()),
        bron_url=factories.BRON_URL,
    )
    factories.publish(record, at=timezone.now() - AGO)
    assert told(client, before, "Koffieuur") == []


def test_a_concept_and_an_unpublished_change_are_not_told(client, before):
    record = made_before(factories.make_aanpak, naam="Koffieuur")
    record.naam = "Nog geheim"
    record.save()
    factories.make_aanpak(naam="Ook geheim", status=Status.CONCEPT)
    text = page(client, before).text
    assert "geheim" not in text
    assert "Koffieuur" not in text


# Order and pages


def test_what_happened_last_stands_first_whatever_it_is(before):
    for ago in (3, 1, 2):
        record = factories.make_aanpak(status=Status.CONCEPT)
        factories.publish(record, at=timezone.now() - timedelta(days=ago))
    factories.withdraw(factories.make_dossier())
    found = [*Gebeurd(current_stand(), before)]
    assert [g.at for g in found] == sorted((g.at for g in found), reverse=True)
    assert found[0].wat is Wat.WEG


@pytest.mark.parametrize("since", [date(1, 1, 1), date(2020, 6, 1), date(2022, 7, 1)])
def test_a_page_has_no_more_than_its_share_and_all_pages_have_all(since):
    found = Gebeurd(current_stand(), since)
    pages = [found[at : at + PER_PAGINA] for at in range(0, len(found), PER_PAGINA)]
    assert {len(page) for page in pages[:-1]} <= {PER_PAGINA}
    together = [one for page in pages for one in page]
    assert len({*together}) == len(together) == len(found)


def test_the_page_costs_eight_queries_at_most_whatever_happened(
    client, before, met_queries
):
    for make in (factories.make_aanpak, factories.make_interventie):
        record = made_before(make)
        record.naam = f"{record.naam} anders"
        record.save()
        factories.publish(record)
    factories.make_dossier()
    factories.make_record(Begrip, naam="B", slug="b", definitie="x")
    factories.withdraw(factories.make_aanpak())
    current_stand()
    current_stand.in_use._documents = {}
    with met_queries(8) as queries:
        assert client.get("/nieuw/", {"sinds": str(before)}).status_code == 200
    assert queries.count("SELECT wholes_publicatie") == 2


def test_every_published_record_is_in_the_sitemap_with_its_day(client):
    index = client.get("/sitemap.xml").content.decode()
    parts = (
        "aanpakken",
        "interventies",
        "dossiers",
        "praktijkvoorbeelden",
        "begrippen",
    )
    models = (Aanpak, Interventie, Dossier, Praktijkvoorbeeld, Begrip)
    for part, model in zip(parts, models, strict=True):
        assert f"<loc>http://testserver/sitemap-{part}.xml</loc>" in index
        text = client.get(f"/sitemap-{part}.xml").content.decode()
        records = model.objects.gepubliceerd()
        assert text.count("<loc>") == text.count("<lastmod>") == records.count()
        for record in records:
            assert f"<loc>http://testserver{record.get_absolute_url()}</loc>" in text


def test_every_page_in_the_sitemap_answers(client):
    parts = ("paginas", "dossierdelen")
    text = "".join(client.get(f"/sitemap-{p}.xml").content.decode() for p in parts)
    addresses = [part.partition("<")[0] for part in text.split("<loc>")[1:]]
    dossier = "http://testserver/kennisdossier/gezonde-en-leefbare-wijken-met-cultuur/"
    expected = {"http://testserver/nieuw/", f"{dossier}lessen/", f"{dossier}vragen/"}
    assert expected <= {*addresses}
    for address in addresses:
        path = address.removeprefix("http://testserver")
        assert client.get(path).status_code == 200, path


def test_a_part_of_the_sitemap_that_is_not_there_is_not_found(client):
    assert client.get("/sitemap-niets.xml").status_code == 404
    assert client.get("/sitemap-aanpakken.xml?p=2").status_code == 404
