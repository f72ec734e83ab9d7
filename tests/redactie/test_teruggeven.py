"""What is typed in the admin comes back, whatever happens on the way; nothing is saved.

In a browser: test_klad.py.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, contextmanager

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aanpakken.models import Aanpak, Doelgroep
from kennisdossier.models import Afbeelding, Dossier
from tests import factories, html
from tests.meta.test_admin import (
    FROM_READERS,
    MODELS,
    READ_ONLY,
    address,
    editor,
    errors,
    example,
    form_data,
)
from tests.meta.test_failed_posts import READS
from tests.meta.test_untrusted_posts import geschreven
from tests.redactie.versturen import (
    NOTHING_YET,
    ORIGIN,
    PASSWORD,
    fields_of,
    go_on,
    send,
    sign_in_on,
    sign_out_behind_their_back,
    told,
    words,
)
from wijkwijzer.core.models import Status
from wijkwijzer.deelname.models import Bericht
from wijkwijzer.redactie.getypt import NAAM
from wijkwijzer.redactie.labels import leesbaar
from wijkwijzer.wholes.admin import GeheelAdmin

# Imported, because pytest finds fixtures by name.
__all__ = ["editor"]

EDITABLE = [model for model in MODELS if model not in READ_ONLY]
every_form = pytest.mark.parametrize(
    "model", [*EDITABLE, User], ids=lambda m: m._meta.label
)
# Line ends as browsers send them, and all that HTML and JSON could change.
ODD = '  <p>"Ü & \'x\'\\</p>\r\n\r\n\t𐐷 &amp;#13; </textarea>{"a":[1]}  '


@pytest.fixture
def beheerder(inhoud, client):
    user = User.objects.create_superuser("beheerder", password=PASSWORD)
    client.force_login(user)
    return client


@pytest.fixture
def aanpak(inhoud) -> Aanpak:
    return Aanpak.objects.get(slug="abcd")


def typed(client, record) -> tuple[str, dict]:
    url = address(type(record), "change", record.pk)
    return url, form_data(client.get(url))


def carried(data: dict) -> str:
    velden = [
        (naam, str(waarde))
        for naam, waarden in data.items()
        for waarde in (waarden if isinstance(waarden, list) else [waarden])
    ]
    return json.dumps({"velden": velden})


@contextmanager
def failing(error: Exception, *, reads: bool = False):
    """As with a lock or a full disk; or, with ``reads``, a database that is gone."""

    def refuse(execute, sql, *rest):
        if reads or not str(sql).startswith(READS):
            raise error
        return execute(sql, *rest)

    with connection.execute_wrapper(refuse):
        yield


# What it is called


def shown(page) -> dict[str, str]:
    found = html.read_loosely(page.content).one("dl")
    names = [dt.text for dt in found.all("dt")]
    return dict(zip(names, [dd.text for dd in found.all("dd")], strict=True))


def test_what_was_typed_is_given_back_by_the_names_on_the_form(editor, aanpak):
    url, data = typed(editor, aanpak)
    data |= {
        "samenvatting": ["Kort."],
        "stappen-0-tekst": ["Bel aan."],
        "los_veld": "x",
    }
    editor.raise_request_exception = False
    with failing(OperationalError("locked")):
        page = send(editor, url, data)
    assert page.status_code == 503
    given = shown(page)
    assert given["Samenvatting"] == "Kort."
    assert given["Stap 1: Tekst"] == "Bel aan."
    assert given["Rubriek"] == aanpak.get_rubriek_display()
    assert given["Los veld"] == "x"
    assert [name for name in given if "_" in name or "-0-" in name] == []


@pytest.mark.parametrize(
    ("naar", "sent", "given"),
    [
        ("1/beoordelen/", {"reden": "Te kort."}, ("Wat moet er anders?", "Te kort.")),
        ("1/plannen/", {"wat": "intrekken"}, ("Wat moet er gebeuren?", "Intrekken")),
        ("", {"action": "archiveer", "reden": "Oud."}, ("Waarom archiveer je", "Oud.")),
        ("", {"form-1-rubriek": "interventie"}, ("Rij 2: Rubriek", "Interventie")),
    ],
)
@pytest.mark.once
def test_of_a_page_without_a_record_it_is_called_as_on_that_page(naar, sent, given):
    url = f"{address(Aanpak, 'changelist')}{naar}"
    called, value = [*leesbaar(url, sent.items())][-1]
    assert called.startswith(given[0])
    assert value.startswith(given[1])


@pytest.mark.parametrize(
    "naar", ["/admin/rollen/", "/admin/x/y/z/", "/nergens/", "//[", "", "/admin/%00"]
)
@pytest.mark.once
def test_of_any_page_it_gives_back_something(naar):
    assert [*leesbaar(naar, [("een_reden", "Zo.")])] == [("Een reden", "Zo.")]


# Signed out


def test_who_was_signed_out_signs_in_and_finds_a_form_with_all_its_parts(editor):
    dossier = Dossier.objects.filter(artikelen__isnull=False).first()
    url, data = typed(editor, dossier)
    data |= {"samenvatting": [ODD], "artikelen-0-tekst": [ODD], "_publiceren": ["1"]}
    sign_out_behind_their_back()
    page = send(editor, url, data)
    assert page.status_code == 403
    assert "Wat je typte, is er nog" in words(page)
    page = sign_in_on(editor, page)
    assert page.status_code == 200
    page = go_on(editor, page)
    assert page.status_code == 200
    assert NOTHING_YET in told(page)
    again = form_data(page)
    token = {"csrfmiddlewaretoken"}
    assert again.keys() == data.keys() - {"_publiceren"}
    assert {n: again[n] for n in again.keys() - token} == {
        n: data[n] for n in again.keys() - token
    }
    before = dossier.samenvatting
    dossier.refresh_from_db()
    assert dossier.samenvatting == before
    goed = again | {"samenvatting": "Goed.", "artikelen-0-tekst": "<p>Goed.</p>"}
    assert send(editor, url, goed).status_code == 302
    dossier.refresh_from_db()
    assert dossier.samenvatting == "Goed."


def test_who_signs_in_where_another_was_reads_that_it_is_not_his(editor, aanpak):
    url, data = typed(editor, aanpak)
    User.objects.create_superuser("collega")
    sign_out_behind_their_back()
    page = send(editor, url, data | {"naam": "Van een ander"})
    page = sign_in_on(editor, page, "collega")
    assert "iemand anders, voordat je inlogde" in told(go_on(editor, page))


def test_what_is_carried_is_the_same_byte_for_byte(editor, aanpak):
    url, data = typed(editor, aanpak)
    sign_out_behind_their_back()
    page = send(editor, url, data | {"omschrijving": ODD})
    field = html.read_loosely(page.content).one("input", name=NAAM)["value"]
    velden = json.loads(field)["velden"]
    assert ["omschrijving", ODD] in velden
    assert sorted(naam for naam, _ in velden) == sorted(
        naam
        for naam, waarden in data.items()
        for _ in waarden
        if naam != "csrfmiddlewaretoken"
    )


def test_a_wrong_password_loses_nothing_and_the_right_one_goes_on(editor, aanpak):
    url, data = typed(editor, aanpak)
    sign_out_behind_their_back()
    page = send(editor, url, data | {"naam": "Getypt"})
    page = sign_in_on(editor, page, "niemand")
    assert errors(page) or "errornote" in page.text
    page = go_on(editor, sign_in_on(editor, page))
    assert form_data(page)["naam"] == ["Getypt"]


def test_files_and_passwords_are_not_kept_but_named(beheerder):
    url = address(Afbeelding, "add")
    data = form_data(beheerder.get(url)) | {"alt": "Een brug", "maker": "Noor"}
    data["bestand"] = SimpleUploadedFile("brug.png", b"\x89PNG", "image/png")
    user, sent = address(User, "add"), {"username": "x", "password1": "geheim-woord"}
    sign_out_behind_their_back()
    page = send(beheerder, user, sent)
    assert "geheim-woord" not in page.text
    page = send(beheerder, url, data)
    page = sign_in_on(beheerder, page, "beheerder")
    assert "brug.png" in words(page)
    page = go_on(beheerder, page)
    assert "Dit moet je opnieuw kiezen of typen: brug.png." in told(page)
    assert form_data(page)["alt"] == ["Een brug"]


def test_another_site_cannot_put_its_words_in_a_form_of_an_editor(editor, aanpak):
    url, data = typed(editor, aanpak)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = editor.cookies
    for origin in ("https://kwaad.example", "null"):
        page = strict.post(url, data, headers={"origin": origin})
        assert page.status_code == 403
        assert NAAM not in page.text
    sign_out_behind_their_back()
    page = editor.post(url, data, headers={"origin": "https://kwaad.example"})
    assert page.status_code == 302


# A token that is not valid any more


def test_a_form_with_an_old_token_comes_back_with_a_new_one(aanpak):
    User.objects.create_superuser("beheerder", password=PASSWORD)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(username="beheerder"))
    url, data = typed(strict, aanpak)
    # In another tab.
    root = html.read_loosely(Client().get("/admin/login/").content)
    other = fields_of(root.one("form", id="login-form"))
    strict.cookies["csrftoken"] = "x" * 32
    assert other["csrfmiddlewaretoken"]
    page = send(strict, url, data | {"naam": "Getypt"})
    assert page.status_code == 403
    page = go_on(strict, page)
    assert form_data(page)["naam"] == ["Getypt"]
    assert NOTHING_YET in told(page)
    token = page.context["csrf_token"]
    saved = send(strict, url, form_data(page) | {"csrfmiddlewaretoken": str(token)})
    assert saved.status_code == 302
    aanpak.refresh_from_db()
    assert aanpak.naam == "Getypt"


def test_a_page_to_sign_in_that_was_open_twice_leads_on(inhoud):
    User.objects.create_superuser("beheerder", password=PASSWORD)
    strict = Client(enforce_csrf_checks=True)
    naar = address(Aanpak, "changelist")
    own = {"username": "beheerder", "password": PASSWORD, "next": naar}
    page = send(strict, "/admin/login/", own)
    assert page.status_code == 403
    fields = fields_of(html.read_loosely(page.content).one("form", id="login-form"))
    answer = send(strict, "/admin/login/", fields | own)
    assert (answer.status_code, answer["Location"]) == (302, naar)
    strict.cookies["csrftoken"] = "x" * 32
    answer = send(strict, "/admin/login/", own)
    assert (answer.status_code, answer["Location"]) == (302, naar)


# Failures


@pytest.mark.parametrize("reads", [False, True], ids=["locked", "away"])
def test_without_the_database_all_comes_back_and_is_saved_later(editor, aanpak, reads):
    url, data = typed(editor, aanpak)
    editor.raise_request_exception = False
    with failing(OperationalError("database is locked"), reads=reads):
        page = send(editor, url, data | {"naam": "Getypt"})
        assert page.status_code == 503
        assert page["Retry-After"]
        assert "We kunnen nu niet opslaan" in words(page)
        again = go_on(editor, page)
        # It can be shown as soon as it can be read.
        assert again.status_code == (503 if reads else 200)
    if reads:
        again = go_on(editor, again)
    assert form_data(again)["naam"] == ["Getypt"]
    assert send(editor, url, form_data(again)).status_code == 302
    aanpak.refresh_from_db()
    assert aanpak.naam == "Getypt"


@pytest.mark.once
def test_while_somebody_else_keeps_the_file_locked_all_comes_back(
    own_connections, client
):
    own = connection.settings_dict
    own["OPTIONS"] = {**own["OPTIONS"], "timeout": 0.1}
    connection.close()
    client.force_login(User.objects.create_superuser("beheerder"))
    client.raise_request_exception = False
    aanpak = Aanpak.objects.get(slug="abcd")
    url, data = typed(client, aanpak)
    with closing(sqlite3.connect(own["NAME"], isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        page = send(client, url, data | {"naam": "Getypt"})
    assert page.status_code == 503
    page = go_on(client, page)
    assert send(client, url, form_data(page)).status_code == 302
    aanpak.refresh_from_db()
    assert aanpak.naam == "Getypt"


def test_who_signs_in_on_a_full_disk_hears_when_to_try_again(client, inhoud):
    client.raise_request_exception = False
    with failing(OperationalError("database or disk is full")):
        page = client.post("/admin/login/", {"username": "a", "password": "b"})
    assert page.status_code == 503
    assert page["Retry-After"]


def test_who_signs_in_while_the_database_is_away_carries_it_on(editor, aanpak):
    url, data = typed(editor, aanpak)
    sign_out_behind_their_back()
    editor.raise_request_exception = False
    page = send(editor, url, data | {"naam": "Getypt"})
    with failing(OperationalError("gone"), reads=True):
        page = sign_in_on(editor, page)
        assert page.status_code == 503
    page = go_on(editor, sign_in_on(editor, page))
    assert form_data(page)["naam"] == ["Getypt"]


def test_after_an_error_of_ours_all_comes_back_and_nothing_says_it_was_saved(
    editor, aanpak, monkeypatch
):
    def fail(*args):
        raise RuntimeError("ours")

    # When all is written, and the message that it was saved is there.
    monkeypatch.setattr(GeheelAdmin, "_heal", fail)
    url, data = typed(editor, aanpak)
    editor.raise_request_exception = False
    page = send(editor, url, data | {"naam": "Getypt"})
    assert page.status_code == 500
    assert not page.cookies.get("messages")
    page = go_on(editor, page)
    assert form_data(page)["naam"] == ["Getypt"]
    assert "is gewijzigd" not in told(page)
    aanpak.refresh_from_db()
    assert aanpak.naam != "Getypt"


def test_what_nobody_typed_stays_the_error_that_it_was(editor, aanpak):
    url, data = typed(editor, aanpak)
    editor.raise_request_exception = False
    with failing(RuntimeError("ours"), reads=True):
        assert NAAM not in send(editor, "/admin/login/", {"username": "x"}).text
        assert NAAM not in editor.post(url, data).text
        assert NAAM not in editor.get(url, headers=ORIGIN).text


# What is shown again is never saved


@pytest.mark.once
@every_form
def test_a_form_that_is_shown_again_is_not_saved(beheerder, model):
    record = example(model)
    url = address(model, "change", record.pk)
    again = {NAAM: carried(form_data(beheerder.get(url)) | {"_save": "1"})}
    pages = [url] if model in FROM_READERS else [url, address(model, "add")]
    for page in pages:
        with CaptureQueriesContext(connection) as queries:
            answer = send(beheerder, page, again)
        assert answer.status_code == 200
        assert NOTHING_YET in told(answer)
        assert geschreven(queries) == []


def test_rows_of_a_list_are_shown_again_and_saved_with_the_next_click(editor):
    url = address(Doelgroep, "changelist")
    form = html.read_loosely(editor.get(url).content).one("form", id="changelist-form")
    data = fields_of(form) | {"form-0-volgorde": "77", "_save": "Opslaan"}
    sign_out_behind_their_back()
    page = go_on(editor, sign_in_on(editor, send(editor, url, data)))
    form = html.read_loosely(page.content).one("form", id="changelist-form")
    assert fields_of(form)["form-0-volgorde"] == "77"
    assert not Doelgroep.objects.filter(volgorde=77).exists()
    assert send(editor, url, fields_of(form) | {"_save": "x"}).status_code == 302
    assert Doelgroep.objects.filter(volgorde=77).exists()


def test_what_has_no_form_to_show_again_is_shown_once_before_it_is_done(editor, aanpak):
    url = address(Aanpak, "intrekken", aanpak.pk)
    sign_out_behind_their_back()
    page = send(editor, url, {"reden": "Een lange uitleg."})
    page = sign_in_on(editor, page)
    assert shown(page) == {"Waarom trek je dit in?": "Een lange uitleg."}
    assert NAAM not in page.text
    aanpak.refresh_from_db()
    assert aanpak.status == "gepubliceerd"
    root = html.read_loosely(page.content)
    form = next(f for f in root.all("form") if "reden" in fields_of(f))
    send(editor, form["action"], fields_of(form))
    aanpak.refresh_from_db()
    assert aanpak.status == "gearchiveerd"


def test_who_may_not_change_it_any_more_can_copy_what_they_typed(editor, aanpak):
    url, data = typed(editor, aanpak)
    Group.objects.get(name="Redactie").permissions.clear()
    page = send(editor, url, data | {"naam": "Getypt"})
    assert page.status_code == 403
    assert "Getypt" in words(page)
    assert NAAM not in page.text


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"velden":[["a"]]}', "[" * 9999])
def test_what_no_page_of_ours_carried_is_refused(editor, aanpak, text):
    url = address(Aanpak, "change", aanpak.pk)
    with CaptureQueriesContext(connection) as queries:
        assert send(editor, url, {NAAM: text}).status_code == 400
    assert geschreven(queries) == []


def test_more_than_a_post_can_hold_is_there_to_copy(editor, aanpak, settings):
    url, data = typed(editor, aanpak)
    editor.raise_request_exception = False
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 20_000
    with failing(OperationalError("full")):
        page = send(editor, url, data | {"omschrijving": "é" * 3_000})
    assert page.status_code == 503
    assert NAAM not in page.text
    assert "é" * 3_000 in words(page)


# Enter


@pytest.mark.once
@every_form
def test_enter_in_a_field_saves_or_does_nothing(beheerder, model):
    """A browser presses the first button of the form, unless it is disabled."""
    record = example(model)
    pages = [address(model, "change", record.pk)]
    if model not in FROM_READERS:
        pages.append(address(model, "add"))
    for page in pages:
        root = html.read_loosely(beheerder.get(page).content)
        form = root.one("form", id=f"{model._meta.model_name}_form")
        first, *_ = [
            b
            for b in form.all("input", "button")
            if b.get("type", "submit") == "submit"
        ] or [{"name": "_save"}]
        assert first.get("name") == "_save" or "disabled" in first.attributes


@pytest.mark.once
@pytest.mark.parametrize(
    "model",
    [m for m in MODELS if admin.site._registry[m].list_editable],
    ids=lambda m: m._meta.label,
)
def test_enter_in_a_row_of_a_list_saves_the_rows(beheerder, model):
    example(model)
    root = html.read_loosely(beheerder.get(address(model, "changelist")).content)
    form = root.one("form", id="changelist-form")
    first, *_ = [
        b for b in form.all("input", "button") if b.get("type", "submit") == "submit"
    ]
    assert first["name"] == "_save"
    assert "disabled" not in first


def test_enter_in_the_address_of_a_failed_mail_sends_nothing(beheerder):
    bericht = factories.make_any(Bericht)
    Bericht.objects.filter(pk=bericht.pk).update(status="mislukt")
    page = beheerder.get(address(Bericht, "change", bericht.pk))
    form = html.read_loosely(page.content).one("form", id="bericht_form")
    first, *_ = form.all("input", "button", type="submit")
    assert "disabled" in first.attributes


def test_what_was_typed_for_a_record_that_a_colleague_erased_can_become_a_new_one(
    beheerder,
):
    concept = factories.make_aanpak(status=Status.CONCEPT, slug="klad")
    concept.stappen.create(nummer=1, naam="Eerst")
    url, data = typed(beheerder, concept)
    concept.delete()
    sent = data | {"samenvatting": "Lang over nagedacht.", "_save": "1"}
    gone = beheerder.post(url, sent, headers=ORIGIN)
    assert gone.status_code == 410
    assert "Een collega verwijderde dit" in words(gone)
    form = go_on(beheerder, gone)
    assert NOTHING_YET in told(form)
    beheerder.post(address(Aanpak, "add"), form_data(form) | {"_save": "1"})
    made = Aanpak.objects.get(slug="klad")
    assert made.samenvatting == "Lang over nagedacht."
    assert [*made.stappen.values_list("naam", flat=True)] == ["Eerst"]
