"""A form of the admin is light, explains itself, and works without JavaScript."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import RequestFactory

from aanpakken.models import Aanpak, Actor, Uitvoering
from kennisdossier.models import Begrip, Dossier
from tests import factories, html
from tests.meta.test_admin import MODELS, READ_ONLY, address, editor, form_data
from wijkwijzer.core.uitleg import heeft_voorbeeld
from wijkwijzer.wholes.registry import wholes

__all__ = ["editor"]

MOST = 150_000
# Read only: nothing is filled in there.
NO_HELP_NEEDED = READ_ONLY
FORMS = [m for m in MODELS if m not in NO_HELP_NEEDED]
# What is chosen shows its examples itself.
CHOSEN = (forms.ChoiceField, forms.BooleanField, forms.FileField)
# Paragraphs: an example would say less than the question.
WHOLE_TEXTS = {"omschrijving", "toelichting", "tekst", "antwoord"}
# A place among others, which buttons and dragging give.
NEVER_TYPED = {"volgorde", "nummer"}


def heaviest(model):
    """The record of the site with the most parts."""
    records = model._default_manager.all()
    return max(records, key=lambda r: sum(s.count() for s in parts(r)), default=None)


def parts(record):
    related = [f for f in record._meta.related_objects if f.one_to_many]
    return [getattr(record, f.get_accessor_name()) for f in related]


@pytest.mark.once
@pytest.mark.parametrize("model", FORMS, ids=lambda m: m._meta.label)
def test_the_heaviest_form_of_every_kind_weighs_at_most_150_kb(editor, model):
    record = heaviest(model) or factories.make_any(model)
    page = editor.get(address(model, "change", record.pk))
    assert len(page.content) <= MOST


@pytest.mark.parametrize("declared", wholes().values(), ids=lambda d: d.soort)
def test_an_empty_form_reads_no_other_records_however_many_there_are(
    editor, met_queries, declared
):
    editor.get(address(declared.model, "add"))
    with met_queries(20) as queries:
        assert editor.get(address(declared.model, "add")).status_code == 200
    records = {f"SELECT {other.model._meta.db_table}" for other in wholes().values()}
    assert not records & {*queries}


def fields_of(model):
    """Every field that an editor can fill in on the form of a model."""
    request = RequestFactory().get("/")
    request.user = User(is_staff=True, is_superuser=True, is_active=True)
    own = admin.site._registry[model]
    for obj in (None, model()):
        yield from own.get_form(request, obj).base_fields.items()
    for inline in own.get_inline_instances(request):
        for name, field in inline.get_formset(request).form.base_fields.items():
            yield f"{inline.model.__name__}.{name}", field


@pytest.mark.once
@pytest.mark.parametrize("model", FORMS, ids=lambda m: m._meta.label)
def test_every_field_says_what_goes_in(inhoud, model):
    assert apps_of_ours(model)
    silent = {
        name
        for name, field in fields_of(model)
        if not field.help_text and not field.widget.is_hidden
    }
    assert silent == set()


@pytest.mark.once
@pytest.mark.parametrize("declared", wholes().values(), ids=lambda d: d.soort)
def test_every_field_to_type_in_shows_what_could_be_typed(inhoud, declared):
    bare = {
        name.rpartition(".")[2]
        for name, field in fields_of(declared.model)
        if not isinstance(field, CHOSEN)
        and not field.widget.is_hidden
        and not heeft_voorbeeld(field.help_text)
    }
    assert bare - WHOLE_TEXTS - NEVER_TYPED == set()


def apps_of_ours(model) -> bool:
    return model._meta.app_config.name in settings.LOCAL_APPS


# Sections


def sections(response) -> list[str]:
    menu = html.read_loosely(response.content).one("nav", class_="secties")
    return [re.sub(r"\s*\d+$", "", a.text) for a in menu.all("a")]


def test_the_menu_has_the_sections_in_the_order_of_the_page(editor):
    page = editor.get(address(Aanpak, "add"))
    found = sections(page)
    assert found[:3] == ["Naam en adres", "In het kort", "Doelgroepen"]
    assert found[-2:] == ["Links", "Publicatie"]
    root = html.read_loosely(page.content)
    for link in root.one("nav", class_="secties").all("a"):
        assert root.one(id=link["href"].removeprefix("#"))


def test_only_what_has_an_address_begins_with_name_and_address(editor):
    assert sections(editor.get(address(Begrip, "add")))[0] == "Naam en adres"
    page = html.read_loosely(editor.get(address(Uitvoering, "add")).content)
    heads = [head.text for head in page.one(id="content-main").all("h2")]
    assert heads == ["Uitvoering"]


def test_what_must_be_mended_is_told_on_top_with_a_link_and_its_section_is_open(editor):
    aanpak = Aanpak.objects.filter(feiten__isnull=False).first()
    url = address(Aanpak, "change", aanpak.pk)
    data = form_data(editor.get(url)) | {"naam": "", "feiten-0-bron_datum": "31-6-2022"}
    root = html.read_loosely(editor.post(url, data).content)
    summary = root.one(class_="fouten")
    assert "Er zijn 2 dingen om te verbeteren" in summary.text
    assert {a["href"] for a in summary.all("a")} == {
        "#id_naam",
        "#id_feiten-0-bron_datum",
    }
    assert "31 juni bestaat niet" in summary.text
    assert "open" in root.one("details", id="feiten-group")
    assert "open" not in root.one("details", id="stappen-group")


# One more, without a script


def test_a_part_is_added_without_saving_and_nothing_typed_is_judged(editor):
    begrip = Begrip.objects.first()
    url = address(Begrip, "change", begrip.pk)
    data = form_data(editor.get(url))
    rows = int(data["verwijzingen-TOTAL_FORMS"][0])
    page = editor.post(url, data | {"naam": "", "_erbij": "verwijzingen"})
    assert page.status_code == 200
    root = html.read_loosely(page.content)
    assert not [*root.all(class_="errorlist")]
    assert root.one(id=f"id_verwijzingen-{rows}-label")
    assert root.one(id="id_naam").get("value", "") == ""
    begrip.refresh_from_db()
    assert begrip.naam
    filled = form_data(page) | {
        "naam": "Nieuw",
        f"verwijzingen-{rows}-label": "Lees meer",
        f"verwijzingen-{rows}-url": "https://www.movisie.nl/",
        "_save": "1",
    }
    assert editor.post(url, filled).status_code == 302
    assert begrip.verwijzingen.filter(label="Lees meer").exists()


# Is it there already?


def test_a_slug_is_made_of_the_name_where_no_script_made_it(editor):
    url = address(Begrip, "add")
    data = form_data(editor.get(url)) | {"naam": "Thuis in één wijk!", "slug": ""}
    assert editor.post(url, data | {"_save": "1"}).status_code == 302
    assert Begrip.objects.filter(slug="thuis-in-een-wijk").exists()
    # One that was typed stays, and without a name there is none to make.
    wrong = form_data(editor.get(url)) | {"naam": "Iets heel anders", "slug": "Zo Niet"}
    assert "Schrijf een slug" in editor.post(url, wrong | {"_save": "1"}).text
    empty = form_data(editor.get(url)) | {"naam": "", "slug": "", "_save": "1"}
    assert html.read_loosely(editor.post(url, empty).content).one(class_="fouten")


def test_an_article_gets_its_slug_in_the_same_way(editor):
    dossier = Dossier.objects.first()
    url = address(Dossier, "change", dossier.pk)
    data = form_data(editor.get(url))
    page = editor.post(url, data | {"_erbij": "artikelen"})
    filled = form_data(page)
    last = int(filled["artikelen-TOTAL_FORMS"][0]) - 1
    filled |= {f"artikelen-{last}-naam": "Wat nog meer?", "_save": "1"}
    filled |= {f"artikelen-{last}-tekst": "<p>Dit.</p>"}
    assert editor.post(url, filled).status_code == 302
    assert dossier.artikelen.filter(slug="wat-nog-meer").exists()


def untouched_row(group, number: int = 0) -> dict[str, list[str]]:
    """What a browser sends of a new row in which nobody did anything."""
    sent: dict[str, list[str]] = {}
    row = group.one("div", class_="empty-form")
    for field in row.all("input", "textarea", "select"):
        name = field.get("name").replace("__prefix__", str(number))
        if not name or field.get("type") in {"checkbox", "file"}:
            continue
        if field.name == "select":
            options = [*field.all("option")]
            chosen = [o for o in options if "selected" in o] or options[:1]
            sent[name] = [o["value"] for o in chosen if "multiple" not in field]
        elif "plaats" in field.get("class").split():
            # The script numbers every row.
            sent[name] = [str(number + 1)]
        else:
            sent[name] = [field.get("value")]
    return sent


@pytest.mark.parametrize("declared", wholes().values(), ids=lambda d: d.soort)
def test_a_new_row_in_which_nobody_typed_is_no_mistake(editor, declared):
    record = factories.make_any(declared.model)
    url = address(declared.model, "change", record.pk)
    page = editor.get(url)
    data = form_data(page)
    groups = [*html.read_loosely(page.content).all("details", class_="inline-group")]
    for group in groups:
        total = f"{group['id'].removesuffix('-group')}-TOTAL_FORMS"
        number = int(data[total][0])
        data |= untouched_row(group, number) | {total: [str(number + 1)]}
    answer = editor.post(url, data | {"_save": "1"})
    wrong = html.read_loosely(answer.content).all(class_="errorlist")
    assert answer.status_code == 302, [error.text for error in wrong]


@pytest.mark.parametrize("typed", ["Leefbaarheid", "leef baarheid", "Leefbaarheit"])
def test_a_new_record_with_a_name_that_is_there_asks_once(editor, typed):
    there = Begrip.objects.get(naam__iexact="leefbaarheid")
    url = address(Begrip, "add")
    data = form_data(editor.get(url)) | {
        "naam": typed,
        "slug": "iets-nieuws",
        "definitie": "Iets anders.",
        "_save": "1",
    }
    page = editor.post(url, data)
    assert page.status_code == 200
    root = html.read_loosely(page.content)
    links = {a["href"] for a in root.one(class_="fouten").all("a")}
    assert address(Begrip, "change", there.pk) in links
    assert not Begrip.objects.filter(slug="iets-nieuws").exists()
    again = form_data(page) | {"_toch_opslaan": "on", "_save": "1"}
    assert editor.post(url, again).status_code == 302
    assert Begrip.objects.filter(slug="iets-nieuws").exists()


def test_a_name_that_is_like_nothing_is_saved_at_once(editor):
    url = address(Begrip, "add")
    data = form_data(editor.get(url)) | {
        "naam": "Iets volstrekt nieuws",
        "slug": "nieuws",
        "definitie": "x",
    }
    assert editor.post(url, data).status_code == 302


def test_who_is_in_the_list_of_a_ring_stands_in_that_ring(editor):
    aanpak = factories.make_aanpak()
    actor = Actor.objects.first()
    url = address(Aanpak, "change", aanpak.pk)
    data = form_data(editor.get(url)) | {
        "uitvoeringen-TOTAL_FORMS": "1",
        "uitvoeringen-0-naam": "Jongerenwerkers",
        "uitvoeringen-0-rol": "uitvoerder",
        "uitvoeringen-0-basis": "expliciet",
        "uitvoeringen-0-laag_basis": "redactioneel",
        "uitvoeringen-0-actor": str(actor.pk),
    }
    assert editor.post(url, data).status_code == 302
    made = Uitvoering.objects.get(aanpak=aanpak)
    assert (made.laag, made.laag_basis) == (actor.laag, "lijst")


def test_a_form_of_many_parts_asks_the_database_no_more_than_one_of_few(
    editor, django_assert_max_num_queries
):
    url = address(Dossier, "change", heaviest(Dossier).pk)
    editor.get(url)
    with django_assert_max_num_queries(45):
        editor.get(url)


@pytest.mark.parametrize("declared", wholes().values(), ids=lambda d: d.soort)
def test_what_readers_see_cannot_lose_what_it_must_have(editor, declared):
    for rule in declared.model._meta.constraints:
        if "_gepubliceerd_heeft_" not in rule.name or "tijdstip" in rule.name:
            continue
        name = rule.name.rpartition("_gepubliceerd_heeft_")[2]
        record = declared.model._default_manager.filter(status="gepubliceerd").first()
        url = address(declared.model, "change", record.pk)
        typed = {"slug": "wat-ik-typte", name: "", "_save": "1"}
        answer = editor.post(url, form_data(editor.get(url)) | typed)
        assert answer.status_code == 200
        form = answer.context["adminform"].form
        assert form.errors == {name: [f"Publiceren kan pas met een {name}."]}
        assert form["slug"].value() == "wat-ik-typte"


def test_what_readers_do_not_see_can_be_saved_without_it(editor):
    begrip = factories.make_record(Begrip, "concept", naam="Nog niets", slug="niets")
    url = address(Begrip, "change", begrip.pk)
    data = form_data(editor.get(url)) | {"definitie": "", "_save": "1"}
    assert editor.post(url, data).status_code == 302


@pytest.mark.parametrize("value", ["x", "1e5", "\u202e", "[]", "9" * 30])
def test_a_choice_that_is_no_key_at_all_comes_back_as_a_mistake(editor, value):
    url = address(Uitvoering, "add")
    posted = {"aanpak": value, "naam": "Wat ik typte", "_save": "1"}
    answer = editor.post(url, form_data(editor.get(url)) | posted)
    assert answer.status_code == 200
    form = answer.context["adminform"].form
    assert "aanpak" in form.errors
    assert form["naam"].value() == "Wat ik typte"
    many = address(Dossier, "change", heaviest(Dossier).pk)
    again = form_data(editor.get(many)) | {"artikelen-0-voorbeelden": value}
    assert editor.post(many, again | {"_save": "1"}).status_code == 200
