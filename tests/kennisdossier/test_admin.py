"""The admin of the kennisdossier: work queues, what waits, and a form of many rows."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kennisdossier.admin import BegripOnvolledigFilter, DossierOnvolledigFilter
from kennisdossier.admin_voorbeelden import VoorbeeldOnvolledigFilter
from kennisdossier.models import (
    Artikel,
    Begrip,
    Dossier,
    Gemeente,
    Inzending,
    Praktijkvoorbeeld,
    Wijk,
)
from tests import factories, html
from tests.meta.test_admin import address, errors, form_data
from wijkwijzer.core.models import Status

pytestmark = pytest.mark.usefixtures("inhoud")


@pytest.fixture
def editor(admin_client):
    return admin_client


def shown(client, model, query: str) -> set:
    response = client.get(f"{address(model, 'changelist')}?{query}")
    assert response.status_code == 200
    return {*response.context["cl"].queryset}


# Work queues

QUEUES = [
    (Dossier, DossierOnvolledigFilter),
    (Begrip, BegripOnvolledigFilter),
    (Praktijkvoorbeeld, VoorbeeldOnvolledigFilter),
]


@pytest.mark.parametrize(
    ("model", "missing"),
    [(model, key) for model, queue in QUEUES for key in queue.ONTBREEKT],
)
def test_the_work_queue_shows_what_misses_something(editor, model, missing):
    incomplete = factories.make_any(model)
    if missing in {"samenvatting", "definitie", "toelichting", "omschrijving"}:
        setattr(incomplete, missing, "")
        incomplete.save()
    if missing == "adressen":
        incomplete.links.create(label="Gids")
        incomplete.links.create(label="Nog een gids")
    assert incomplete in shown(editor, model, f"mist={missing}")


def test_a_dossier_with_every_address_does_not_miss_one(editor):
    dossier = factories.make_dossier()
    dossier.links.create(label="Gids", url="https://voorbeeld.example/")
    assert dossier not in shown(editor, Dossier, "mist=adressen")


def test_what_readers_sent_in_waits_until_it_is_published(editor):
    sent, published, own = (factories.make_any(Praktijkvoorbeeld) for _ in range(3))
    for voorbeeld in (sent, published):
        Inzending.objects.create(voorbeeld=voorbeeld)
    Praktijkvoorbeeld.objects.filter(pk=published.pk).update(
        status=Status.GEPUBLICEERD,
        gepubliceerd_op="2026-01-01T00:00Z",
        samenvatting="x",
    )
    assert shown(editor, Praktijkvoorbeeld, "ingestuurd=wacht") == {sent}
    assert shown(editor, Praktijkvoorbeeld, "ingestuurd=ja") == {sent, published}
    assert own in shown(editor, Praktijkvoorbeeld, "ingestuurd=onzin")


# A form of many rows


@pytest.fixture
def full_dossier() -> Dossier:
    dossier = factories.make_dossier()
    extend(dossier)
    return dossier


def extend(dossier: Dossier) -> None:
    """One more of every part, each with everything it can refer to."""
    voorbeeld = factories.make_any(Praktijkvoorbeeld)
    artikel = factories.make_artikel(dossier)
    artikel.aanpakken.add(factories.make_aanpak())
    artikel.voorbeelden.add(voorbeeld)
    bron = factories.make_bron()
    les = {"tekst": "Begin klein.", "bron": bron}
    dossier.tips.create(groep="bewoners", voorbeeld=voorbeeld, **les)
    dossier.aandachtspunten.create(kop="Geld", **les)
    dossier.financieringen.create(**les)
    dossier.links.create(label="Gids")
    dossier.vragen.create(
        nummer=dossier.vragen.count() + 1,
        vraag="Hoe?",
        antwoord="Zo.",
        aan="een wijkteam",
        voorbeeld=voorbeeld,
    )


def test_the_form_of_a_dossier_costs_the_same_for_many_rows(editor, full_dossier):
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            response = editor.get(address(Dossier, "change", full_dossier.pk))
        assert response.status_code == 200
        return len(captured)

    cost()
    before = cost()
    for _ in range(5):
        extend(full_dossier)
    assert cost() == before


def test_every_row_shows_what_it_refers_to(editor, full_dossier):
    page = html.read_loosely(
        editor.get(address(Dossier, "change", full_dossier.pk)).content
    )
    tip = full_dossier.tips.get()
    for name, value in {
        "tips-0-bron": str(tip.bron),
        "tips-0-voorbeeld": str(tip.voorbeeld),
        "artikelen-0-aanpakken": str(full_dossier.artikelen.get().aanpakken.get()),
    }.items():
        (option,) = (
            o for o in page.one("select", name=name).all("option") if "selected" in o
        )
        assert option.text == value
    optional = page.one("select", name="tips-0-voorbeeld")
    assert next(optional.all("option"))["value"] == ""


def test_a_row_with_an_error_keeps_what_was_chosen(editor, full_dossier):
    url = address(Dossier, "change", full_dossier.pk)
    other = factories.make_bron()
    data = form_data(editor.get(url)) | {"tips-0-bron": other.pk, "tips-0-tekst": ""}
    response = editor.post(url, data)
    assert errors(response) == ["Dit veld is verplicht."]
    page = html.read_loosely(response.content)
    (chosen,) = (
        o
        for o in page.one("select", name="tips-0-bron").all("option")
        if "selected" in o
    )
    assert chosen.text == str(other)


def test_saving_a_whole_dossier_without_a_change_changes_nothing(editor, full_dossier):
    url = address(Dossier, "change", full_dossier.pk)
    before = Artikel.objects.filter(dossier=full_dossier).values().get()
    response = editor.post(url, form_data(editor.get(url)))
    assert response.status_code == 302, errors(response)
    assert Artikel.objects.filter(dossier=full_dossier).values().get() == before
    log = editor.get(reverse("admin:index")).context["log_entries"]
    assert "Geen velden gewijzigd" in log.first().get_change_message()


def test_a_text_with_a_picture_from_elsewhere_is_refused_and_nothing_is_lost(
    editor, full_dossier
):
    url = address(Dossier, "change", full_dossier.pk)
    text = '<p>Nieuw</p><img src="https://elders.example/x.png" alt="x">'
    data = form_data(editor.get(url)) | {"artikelen-0-tekst": text}
    response = editor.post(url, data)
    assert "van een andere site" in " ".join(errors(response))
    page = html.read_loosely(response.content)
    assert text in page.one("textarea", name="artikelen-0-tekst").raw_text


def test_only_an_article_of_a_published_dossier_links_to_its_page(editor):
    def links(status: str) -> bool:
        artikel = factories.make_artikel(factories.make_dossier(status=status))
        url = address(Artikel, "change", artikel.pk)
        page = html.read_loosely(editor.get(url).content)
        return bool([*page.all("a", class_="viewsitelink")])

    assert links(Status.GEPUBLICEERD)
    assert not links(Status.CONCEPT)


# Lists


def test_lists_count_what_belongs_to_a_row(editor):
    dossier = factories.make_dossier(volgorde=0, naam="Aaa")
    for _ in range(3):
        factories.make_artikel(dossier)
    page = html.read_loosely(editor.get(address(Dossier, "changelist")).content)
    cells = [cell.text for cell in page.all(class_="field-aantal_artikelen")]
    assert "3" in cells
    gemeente = Gemeente.objects.create(
        code="gm9999", naam="Aaadorp", slug="aaadorp", provincie="pv20"
    )
    factories.make_any(Praktijkvoorbeeld, gemeente=gemeente)
    page = html.read_loosely(editor.get(address(Gemeente, "changelist")).content)
    assert next(page.all(class_="field-voorbeelden")).text == "1"


@pytest.mark.parametrize("model", [Dossier, Artikel, Praktijkvoorbeeld, Wijk, Gemeente])
def test_a_list_needs_no_more_queries_for_more_rows(editor, model):
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert editor.get(url).status_code == 200
        return len(captured)

    url = address(model, "changelist")
    cost()
    before = cost()
    for number in range(5):
        if model is Gemeente:
            name = f"dorp-{number}"
            Gemeente.objects.create(
                code=f"gm990{number}", naam=name, slug=name, provincie="pv20"
            )
        else:
            factories.make_any(model)
    assert cost() == before


# Choosing


def test_wijken_with_one_name_can_be_told_apart_when_one_is_chosen(editor):
    plaatsen = Gemeente.objects.order_by("naam")[:2]
    for gemeente in plaatsen:
        Wijk.objects.create(gemeente=gemeente, naam="Noorderkwartier", slug="noorder")
    query = {
        "app_label": "kennisdossier",
        "model_name": "praktijkvoorbeeld",
        "field_name": "wijk",
        "term": "noorderkwart",
    }
    with CaptureQueriesContext(connection) as queries:
        found = editor.get(reverse("admin:autocomplete"), query).json()["results"]
    names = {f"Noorderkwartier ({gemeente})" for gemeente in plaatsen}
    assert {choice["text"] for choice in found} == names
    # Read with the wijken, and not one by one.
    assert not any('FROM "kennisdossier_gemeente"' in q["sql"] for q in queries)
