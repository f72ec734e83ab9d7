"""The admin of the kennisdossier: work queues, what waits, and a form of many rows."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kennisdossier.admin.dossier import DossierOnvolledigFilter
from kennisdossier.models import (
    Artikel,
    Begrip,
    Dossier,
    Gemeente,
    Praktijkvoorbeeld,
    Wijk,
)
from tests import factories, html
from tests.meta.test_admin import address, errors, form_data
from wijkwijzer.core.models import Status
from wijkwijzer.wholes.admin.filters import missing_of
from wijkwijzer.wholes.models import Versie
from wijkwijzer.wholes.registry import whole_of

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
    (model, key)
    for model in (Dossier, Begrip, Praktijkvoorbeeld)
    for key in missing_of(whole_of(model))
]


def misses(record, name: str) -> bool:
    value = getattr(record, name)
    return not (value.exists() if hasattr(value, "exists") else value)


@pytest.mark.parametrize(("model", "missing"), QUEUES)
def test_the_work_queue_shows_what_misses_something_and_nothing_else(
    editor, model, missing
):
    incomplete = factories.make_any(model)
    if isinstance(getattr(incomplete, missing), str):
        setattr(incomplete, missing, "")
        incomplete.save()
    found = shown(editor, model, f"mist={missing}")
    assert incomplete in found
    source = missing_of(whole_of(model))[missing][1].keys()
    assert [*source] == [missing]
    assert found == {
        record for record in model.objects.all() if misses(record, missing)
    }


def test_the_work_queue_shows_a_dossier_that_misses_an_address(editor):
    assert [*DossierOnvolledigFilter.also] == ["adressen"]
    dossier = factories.make_dossier()
    dossier.links.create(label="Gids")
    dossier.links.create(label="Nog een gids")
    assert dossier in shown(editor, Dossier, "mist=adressen")


def test_a_dossier_with_every_address_does_not_miss_one(editor):
    dossier = factories.make_dossier()
    dossier.links.create(label="Gids", url="https://voorbeeld.example/")
    assert dossier not in shown(editor, Dossier, "mist=adressen")


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


@pytest.mark.long
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
    cost()  # what readers see changed too: read once, and no cost of the form
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
    factories.publish(full_dossier)
    url = address(Dossier, "change", full_dossier.pk)
    before = Artikel.objects.filter(dossier=full_dossier).values().get()
    response = editor.post(url, form_data(editor.get(url)))
    assert response.status_code == 302, errors(response)
    assert Artikel.objects.filter(dossier=full_dossier).values().get() == before
    assert not editor.get(reverse("admin:index")).context["log_entries"]
    assert full_dossier not in shown(editor, Dossier, "werkversie=gewijzigd")


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


@pytest.mark.parametrize("status", [Status.GEPUBLICEERD, Status.CONCEPT])
def test_only_an_article_of_a_dossier_that_readers_see_links_to_its_page(
    editor, status
):
    artikel = factories.make_artikel(factories.make_dossier(status=status))
    page = editor.get(address(Artikel, "change", artikel.pk)).content
    links = [*html.read_loosely(page).all("a", class_="viewsitelink")]
    if status == Status.CONCEPT:
        assert links == []
    else:
        response = editor.get(links[0]["href"], follow=True)
        assert html.read(response.content).one(id=artikel.slug)


# What readers see


def notices(response) -> list[str]:
    """What the admin says above a page, after an action."""
    (found,) = html.read_loosely(response.content).all(class_="messagelist")
    return [item.text for item in found.all("li") if item.text]
    return [item.text for item in found.all("li") if item.text]


def page_of(client, dossier: Dossier, part: str = "") -> str:
    response = client.get(f"/kennisdossier/{dossier.slug}/{part}")
    return response.content.decode() if response.status_code == 200 else ""


def send(client, record, button: str, **changes):
    url = address(type(record), "change", record.pk)
    data = form_data(client.get(url)) | changes | {button: "1"}
    response = client.post(url, data, follow=True)
    assert errors(response) == []
    return response


@pytest.mark.parametrize("button", ["_save", "_continue"])
def test_what_is_saved_is_not_seen_by_readers(editor, full_dossier, button):
    factories.publish(full_dossier)
    before = [
        page_of(editor, full_dossier, part) for part in ("", "lessen/", "vragen/")
    ]
    response = send(
        editor,
        full_dossier,
        button,
        **{
            "naam": "Nieuw",
            "artikelen-0-tekst": "<p>Nieuw</p>",
            "tips-0-tekst": "Nieuw",
            "vragen-0-vraag": "Nieuw?",
        },
    )
    assert "gepubliceerd" not in " ".join(notices(response)).lower()
    after = [page_of(editor, full_dossier, part) for part in ("", "lessen/", "vragen/")]
    assert after == before
    assert full_dossier in shown(editor, Dossier, "werkversie=gewijzigd")


def test_one_click_saves_and_publishes_the_dossier_with_all_its_parts(
    editor, full_dossier
):
    voorbeeld = factories.make_record(
        Praktijkvoorbeeld, naam="Tuin", slug="tuin", samenvatting="Er gebeurt iets."
    )
    full_dossier.tips.update(voorbeeld=voorbeeld)
    full_dossier.vragen.update(voorbeeld=None)
    full_dossier.artikelen.get().voorbeelden.clear()
    full_dossier.bron = factories.make_bron()
    full_dossier.save()
    factories.publish(full_dossier)
    response = send(
        editor,
        full_dossier,
        "_publiceren",
        **{
            "naam": "Nieuwe naam",
            "artikelen-0-tekst": "<p>Nieuwe tekst</p>",
            "tips-0-tekst": "Nieuwe tip",
            "vragen-0-vraag": "Nieuwe vraag?",
        },
    )
    version = Versie.objects.filter(uuid=full_dossier.uuid).latest("nummer")
    assert notices(response) == [
        f"Gepubliceerd: lezers zien nu versie {version.nummer} van “Nieuwe naam”."
    ]
    assert str(version.door) == "admin"
    content = page_of(editor, full_dossier)
    assert "Nieuwe naam" in content
    assert "<p>Nieuwe tekst</p>" in content
    assert "Nieuwe tip" in page_of(editor, full_dossier, "lessen/")
    assert "Nieuwe vraag?" in page_of(editor, full_dossier, "vragen/")
    assert "Nieuwe tip" in editor.get("/praktijkvoorbeelden/tuin/").content.decode()
    assert full_dossier not in shown(editor, Dossier, "werkversie=gewijzigd")


def test_a_part_that_is_changed_on_its_own_page_waits_for_its_dossier(
    editor, full_dossier
):
    factories.publish(full_dossier)
    tip = full_dossier.tips.get()
    url = address(type(tip), "change", tip.pk)
    page = editor.get(url)
    assert "_publiceren" not in page.content.decode()
    response = editor.post(url, form_data(page) | {"tekst": "Andere tip"})
    assert response.status_code == 302
    assert "Andere tip" not in page_of(editor, full_dossier, "lessen/")
    assert full_dossier in shown(editor, Dossier, "werkversie=gewijzigd")
    editor.post(address(Dossier, "publiceren", full_dossier.pk))
    assert "Andere tip" in page_of(editor, full_dossier, "lessen/")


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
