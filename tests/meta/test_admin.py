"""Editors can find, open, add and change every kind of record."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from taggit.models import Tag

from aanpakken.models import Aanpak
from aanpakken.whole import AanpakDocument
from interventies.models import Erkenningsstatus, Interventie
from tests import factories, html
from wijkwijzer.core.groepen import REDACTIE, grant_editors
from wijkwijzer.core.models import (
    Adrescontrole,
    Adresronde,
    DodeLink,
    VorigeSlug,
)
from wijkwijzer.deelname.models import (
    Abonnement,
    Bericht,
    Inzending,
    Poging,
    Reactie,
    Reactiemelding,
    Stem,
)
from wijkwijzer.memory.models import Nummer, Wijziging
from wijkwijzer.publicatie.models import Editiebestand
from wijkwijzer.search.models import Zoekdag, Zoekvrager, Zoekwoord
from wijkwijzer.toegang.models import Factor, Herstelcode, Misgok, Sessie
from wijkwijzer.uitwisseling.models import Invoer
from wijkwijzer.wholes.admin.filters import missing_of
from wijkwijzer.wholes.models import (
    Beoordeling,
    Beoordelingsopmerking,
    Geopend,
    Gepland,
    Inlading,
    Publicatie,
    Versie,
    Werkstand,
)

# The numbers that triggers raise, which version is seen of what, what was loaded from
# files, how often somebody sent a form, how somebody signs in, and what stands on the
# page of a submission: machinery.
NOT_FOR_EDITORS = {
    *(Nummer, Wijziging, Publicatie, Inlading, Poging, Werkstand, Geopend),
    *(Zoekdag, Zoekvrager, Beoordelingsopmerking),
    *(Factor, Herstelcode, Misgok, Sessie),
    # Who follows what is for nobody to look through.
    Abonnement,
    # Who checks links now, and what readers see of it.
    *(Adresronde, DodeLink),
    # Files that wait for a decision.
    Invoer,
    # What is frozen of an edition, byte for byte.
    Editiebestand,
}
READ_ONLY = {VorigeSlug, Stem, Versie, Beoordeling, Gepland, Adrescontrole}
# Only readers make these.
FROM_READERS = {Bericht, Reactie, Reactiemelding, Stem, Inzending, Zoekwoord}

MODELS = [
    model
    for model in apps.get_models()
    if apps.get_app_config(model._meta.app_label).name in settings.LOCAL_APPS
    and model not in NOT_FOR_EDITORS
]
every_model = pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
editable = pytest.mark.parametrize(
    "model",
    [model for model in MODELS if model not in READ_ONLY],
    ids=lambda m: m._meta.label,
)

# On the page of what a reader sent stands a new concept, not that itself.
saved_as_it_is = pytest.mark.parametrize(
    "model",
    [model for model in MODELS if model not in READ_ONLY | {Inzending}],
    ids=lambda m: m._meta.label,
)


@pytest.fixture
def editor(inhoud, client):
    """A client that is logged in as an editor, without any other right."""
    grant_editors()
    user = User.objects.create_user("redacteur", is_staff=True)
    user.groups.add(Group.objects.get(name=REDACTIE))
    client.force_login(user)
    return client


def address(model, page: str, *args) -> str:
    options = model._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_{page}", args=args)


def example(model):
    return model._default_manager.first() or factories.make_any(model)


def form_data(response) -> dict[str, str]:
    """The values of an admin form as a browser would send them."""
    form = next(
        form
        for form in html.read_loosely(response.content).all("form", method="post")
        if form.get("id").endswith("_form")
    )
    data: dict[str, list[str]] = {}
    for control in form.all("input", "textarea", "select"):
        name, kind = control.get("name"), control.get("type")
        if not name or "__prefix__" in name or kind in {"submit", "file"}:
            continue
        if control.name == "select":
            values = [o["value"] for o in control.all("option") if "selected" in o]
        elif kind in {"checkbox", "radio"}:
            values = [control.get("value", "on")] if "checked" in control else []
        elif control.name == "textarea":
            values = [control.raw_text.removeprefix("\n")]
        else:
            values = [control.get("value")]
        data.setdefault(name, []).extend(values)
    return data


@every_model
def test_every_model_is_in_the_admin_and_can_be_searched(model, rf):
    assert model in admin.site._registry
    request = rf.get("/")
    assert admin.site._registry[model].get_search_fields(request)


def test_one_page_shows_every_kind_of_record(editor):
    response = editor.get(reverse("admin:onderdelen"))
    assert response.status_code == 200
    links = {a.get("href") for a in html.read_loosely(response.content).all("a")}
    assert {address(model, "changelist") for model in MODELS} <= links


@every_model
def test_the_list_of_every_model_opens_and_searches(editor, model):
    example(model)
    for query in ("", "?q=buurt&o=1", "?q=%00"):
        response = editor.get(address(model, "changelist") + query)
        assert response.status_code == 200, query


@editable
def test_the_empty_form_of_every_model_opens(editor, model):
    expected = 403 if model in FROM_READERS else 200
    assert editor.get(address(model, "add")).status_code == expected


@editable
def test_what_an_address_fills_in_and_does_not_exist_is_left_out(editor, model):
    if model in FROM_READERS:
        return
    related = [f.name for f in model._meta.get_fields() if f.is_relation]
    for value in ("abc", "9" * 30, "\x00"):
        query = urlencode(dict.fromkeys(related, value))
        answer = editor.get(f"{address(model, 'add')}?{query}")
        assert answer.status_code == 200, value


@every_model
def test_the_form_of_an_existing_record_opens(editor, model):
    record = example(model)
    assert editor.get(address(model, "change", record.pk)).status_code == 200


@pytest.mark.parametrize("page", ["changelist", "add", "change", "delete", "history"])
def test_breadcrumbs_begin_at_the_page_by_the_name_that_it_has(admin_client, page):
    tag = Tag.objects.first()
    args = [tag.pk] if page in {"change", "delete", "history"} else []
    shown = admin_client.get(address(Tag, page, *args), follow=True)
    crumbs = html.read_loosely(shown.content).one(class_="breadcrumbs")
    first = next(crumbs.all("a"))
    start = html.read_loosely(admin_client.get(reverse("admin:index")).content)
    assert start.one("h1").text.startswith(first.text)


@saved_as_it_is
def test_saving_a_record_without_a_change_changes_nothing(editor, model):
    record = example(model)
    url = address(model, "change", record.pk)
    before = model._default_manager.filter(pk=record.pk).values().get()
    response = editor.post(url, form_data(editor.get(url)))
    assert response.status_code == 302, errors(response)
    after = model._default_manager.filter(pk=record.pk).values().get()
    before.pop("gewijzigd_op", None), after.pop("gewijzigd_op", None)
    assert after == before


def errors(response) -> list[str]:
    page = html.read_loosely(response.content)
    beside = [e.text for e in page.all(class_="errorlist")]
    above = [e.text for found in page.all(class_="fouten") for e in found.all("li")]
    return beside or above


@pytest.mark.parametrize(
    "make",
    [factories.make_aanpak, factories.make_erkenning, factories.make_doelgroep],
)
def test_a_list_needs_no_more_queries_for_more_rows(editor, make):
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert editor.get(url).status_code == 200
        return len(captured)

    url = address(type(make()), "changelist")
    cost()
    before = cost()
    for _ in range(10):
        make()
    cost()  # what readers see is in memory again
    assert cost() == before


@pytest.mark.parametrize("action", ["add", "delete"])
def test_nobody_changes_what_keeps_old_addresses_alive(editor, action):
    aanpak = factories.make_aanpak(slug="eerste")
    aanpak.slug = "tweede"
    aanpak.save()
    factories.publish(aanpak)
    args = [] if action == "add" else [VorigeSlug.objects.get().pk]
    assert editor.get(address(VorigeSlug, action, *args)).status_code == 403
    change = address(VorigeSlug, "change", VorigeSlug.objects.get().pk)
    assert editor.post(change, {"slug": "weg"}).status_code == 403


# Entries


def test_a_new_entry_gets_its_slug_from_the_name(editor):
    page = html.read_loosely(editor.get(address(Aanpak, "add")).content)
    prefill = page.one(id="django-admin-prepopulated-fields-constants")
    assert "#id_slug" in prefill["data-prepopulated-fields"]


def test_the_name_of_an_existing_entry_does_not_change_its_address(editor):
    url = address(Aanpak, "change", Aanpak.objects.first().pk)
    page = html.read_loosely(editor.get(url).content)
    prefill = page.one(id="django-admin-prepopulated-fields-constants")
    assert "#id_slug" not in prefill["data-prepopulated-fields"]


# Work queues


@pytest.mark.parametrize("missing", [*missing_of(AanpakDocument), "onzin"])
def test_the_work_queue_shows_what_misses_something(editor, missing):
    incomplete = factories.make_aanpak(
        naam="Mist van alles", samenvatting="", status="concept"
    )
    url = f"{address(Aanpak, 'changelist')}?mist={missing}"
    response = editor.get(url)
    assert response.status_code == 200
    shown = set(response.context["cl"].queryset)
    assert incomplete in shown
    if missing == "interventie":
        assert shown == {*Aanpak.objects.filter(interventie=None)}
    if missing == "onzin":
        assert shown == {*Aanpak.objects.all()}


@pytest.mark.parametrize("status", Erkenningsstatus.values)
def test_the_register_can_be_filtered_by_recognition(editor, status):
    expired = factories.make_interventie()
    factories.make_erkenning(expired, geldig_tot="2001")
    factories.make_erkenning(factories.make_interventie(), geldig_tot="9000")
    url = f"{address(Interventie, 'changelist')}?erkenning={status}"
    shown = set(editor.get(url).context["cl"].queryset)
    assert shown
    assert (expired in shown) is (status == Erkenningsstatus.VERLOPEN)


def test_a_term_shows_how_often_it_is_used(editor):
    doelgroep = factories.make_doelgroep(naam="Aaa nieuw", volgorde=0)
    for _ in range(3):
        aanpak = factories.make_aanpak()
        aanpak.doelgroepkoppelingen.create(
            doelgroep=doelgroep, rol="primair", omschrijving="x"
        )
        factories.publish(aanpak)
    url = address(type(doelgroep), "changelist") + "?q=Aaa+nieuw"
    page = html.read_loosely(editor.get(url).content)
    assert page.one("td", class_="field-gebruikt").text == "3"


# More than a column can hold, and than Python reads.
DIGITS = ["9" * 19, "9" * 5000]


@every_model
def test_a_record_with_a_number_of_any_length_is_not_found(editor, model):
    for digits in DIGITS:
        assert editor.get(address(model, "change", digits)).status_code in {302, 404}


# Those that look for something in a way of their own; the others do it as the first.
@pytest.mark.parametrize(
    "model",
    [
        MODELS[0],
        *(m for m in MODELS if admin.site._registry[m].list_filter),
    ],
    ids=lambda m: m._meta.label,
)
def test_a_number_of_any_length_in_a_question_to_a_list_is_no_error(editor, model):
    for digits in DIGITS:
        for query in ({"p": digits}, {"id__exact": digits}, {"q": digits}):
            status = editor.get(address(model, "changelist"), query).status_code
            assert status in {200, 302}, query
