"""The history says who changed what, with old and new values; one page has it all."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, User
from django.urls import reverse

from aanpakken.models import Aanpak, Doelgroep, Stap
from kennisdossier.models import Contactpunt
from tests import factories, html
from tests.meta.test_admin import address, editor, errors, form_data
from tests.wholes.test_admin import told
from wijkwijzer.core.groepen import REDACTIE, grant_editors
from wijkwijzer.core.models import Bron, Status
from wijkwijzer.deelname.geschiedenis import schrijf_op

__all__ = ["editor"]

LIST = reverse("admin:admin_logentry_changelist")


@pytest.fixture
def aanpak(inhoud) -> Aanpak:
    return Aanpak.objects.get(slug="abcd")


def save(client, record, **values: object):
    url = address(type(record), "change", record.pk)
    data = form_data(client.get(url)) | values
    return client.post(url, data | {"_save": "1"}, follow=True)


def last() -> str:
    return LogEntry.objects.first().get_change_message()


def test_of_a_field_the_old_and_the_new_value_are_told(editor, aanpak):
    save(editor, aanpak, naam="Nieuwe naam")
    assert last() == "Naam gewijzigd: “ABCD-methode” → “Nieuwe naam”"
    assert LogEntry.objects.first().user.username == "redacteur"


def test_of_a_part_it_is_told_which_and_what(editor, aanpak):
    aanpak.stappen.all().delete()
    Stap.objects.create(aanpak=aanpak, nummer=1, naam="Eerst", toelichting="Zo.")
    save(editor, aanpak, **{"stappen-0-naam": "Dan"})
    assert last() == "Stappen, Dan: naam gewijzigd: “Eerst” → “Dan”"
    save(editor, aanpak, **{"stappen-0-DELETE": "on"})
    assert last() == "Stappen weg: “Dan, toelichting: Zo.” → (leeg)"


@pytest.mark.parametrize("model", [Doelgroep, Bron])
def test_a_word_of_a_list_has_a_history_too(editor, inhoud, model):
    word = model.objects.first()
    field = "titel" if model is Bron else "naam"
    before = getattr(word, field)
    save(editor, word, **{field: "Ander woord"})
    assert f"“{before}” → “Ander woord”" in last()


def test_so_has_what_no_document_is_made_of(editor, inhoud):
    contact = Contactpunt.objects.first()
    save(editor, contact, functie="Wijkregisseur")
    assert "→ “Wijkregisseur”" in last()


def test_a_save_that_changes_nothing_is_not_written_down(editor, aanpak):
    before = LogEntry.objects.count()
    for record in (aanpak, Doelgroep.objects.first()):
        assert not errors(save(editor, record))
    assert LogEntry.objects.count() == before


def test_publishing_and_withdrawing_stand_between_the_changes(editor, aanpak):
    url = address(Aanpak, "change", aanpak.pk)
    data = form_data(editor.get(url)) | {"naam": "Nieuw", "_publiceren": "1"}
    editor.post(url, data)
    found = [entry.get_change_message() for entry in LogEntry.objects.all()[:2]]
    assert found == [
        "Gepubliceerd: versie 2",
        "Naam gewijzigd: “ABCD-methode” → “Nieuw”",
    ]


# One page for all


def rows(response) -> list[str]:
    page = html.read_loosely(response.content)
    return [row.text for row in page.one("table", id="result_list").all("tr")][1:]


def test_one_page_tells_what_changed_in_everything_the_newest_first(editor, aanpak):
    save(editor, aanpak, naam="Nieuwe naam")
    save(editor, Doelgroep.objects.first(), naam="Ander woord")
    first, second = rows(editor.get(LIST))[:2]
    assert "Ander woord" in first
    assert "doelgroep" in first
    assert "Nieuwe naam" in second
    assert "redacteur" in second


def test_it_is_filtered_by_person_kind_and_period(editor, client, aanpak):
    save(editor, aanpak, naam="Nieuwe naam")
    entry = LogEntry.objects.first()
    for query, number in [
        (f"user__id__exact={entry.user_id}", 1),
        (f"content_type__id__exact={entry.content_type_id}", 1),
        ("action_flag__exact=3", 0),
        ("action_time__year=2019", 0),
        (f"action_time__year={entry.action_time.year}", 1),
        ("q=Nieuwe", 1),
    ]:
        answer = editor.get(f"{LIST}?{query}")
        assert len(answer.context["cl"].result_list) == number, query


def test_what_somebody_may_not_see_is_not_told(editor, client, aanpak):
    about = User.objects.get(username="redacteur")
    schrijf_op([about], about, CHANGE, "Geheim")
    assert "Geheim" in LogEntry.objects.first().change_message
    grant_editors()
    user = User.objects.create_user("nieuw", is_staff=True)
    user.groups.add(Group.objects.get(name=REDACTIE))
    client.force_login(user)
    assert "Geheim" not in client.get(LIST).content.decode()


def test_nobody_changes_what_happened(editor, aanpak):
    save(editor, aanpak, naam="Nieuwe naam")
    entry = LogEntry.objects.first()
    url = reverse("admin:admin_logentry_change", args=[entry.pk])
    assert "Nieuwe naam" in editor.get(url).content.decode()
    assert editor.post(url, {"change_message": "x"}).status_code == 403
    gone = reverse("admin:admin_logentry_delete", args=[entry.pk])
    assert editor.post(gone, {"post": "yes"}).status_code == 403


# An old form of what has no versions


def test_an_old_form_of_a_word_is_not_saved_and_keeps_what_was_typed(editor, inhoud):
    word = Doelgroep.objects.first()
    url = address(Doelgroep, "change", word.pk)
    old = form_data(editor.get(url)) | {"naam": "Mijn woord", "_save": "1"}
    save(editor, word, naam="Haar woord")
    answer = editor.post(url, old)
    assert Doelgroep.objects.get(pk=word.pk).naam == "Haar woord"
    assert "Redacteur (om" in told(answer)
    assert "→ “Haar woord”" in told(answer)
    assert form_data(answer)["naam"] == ["Mijn woord"]
    # Who saves it again knows what he does.
    editor.post(url, form_data(answer) | {"_save": "1"})
    assert Doelgroep.objects.get(pk=word.pk).naam == "Mijn woord"


@pytest.mark.parametrize("toen", ["", "geen json", "[]", "null"])
def test_a_form_that_carries_nonsense_is_saved_as_any_other(editor, inhoud, toen):
    word = Doelgroep.objects.first()
    save(editor, word, naam="Nieuw", _toen=toen)
    assert Doelgroep.objects.get(pk=word.pk).naam == "Nieuw"


def test_the_history_of_what_is_erased_tells_no_values_any_more(editor, inhoud):
    concept = factories.make_aanpak(status=Status.CONCEPT)
    save(editor, concept, naam="Geheim plan")
    editor.post(address(Aanpak, "delete", concept.pk), {"post": "yes"})
    told_ = [e.change_message for e in LogEntry.objects.filter(object_id=concept.pk)]
    assert told_
    assert not any("Geheim" in message for message in told_)


def test_who_may_not_change_a_word_hears_nothing_of_it(inhoud, client):
    user = User.objects.create_user("niemand", is_staff=True)
    client.force_login(user)
    word = Doelgroep.objects.first()
    client.post(address(Doelgroep, "change", word.pk), {"_toen": "{}"})
    assert word.naam not in client.get("/admin/").content.decode()
