"""Of many to publish, what is to be said of each is shown before it goes on."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry

from kennisdossier.models import Begrip
from tests import html
from tests.meta.test_admin import address
from tests.wholes.begrippen import make_begrip, publisher
from tests.wholes.test_admin import told
from wijkwijzer.redactie.actions import HOOGSTENS
from wijkwijzer.wholes.models import Versie

pytestmark = pytest.mark.usefixtures("inhoud")

LIST = address(Begrip, "changelist")
BACKWARDS = "Van 2024–2019."


@pytest.fixture
def client():
    return publisher().client


def act(client, *begrippen: Begrip, **more: str) -> Any:
    data = {"action": "publiceer", "_selected_action": [b.pk for b in begrippen]}
    return client.post(LIST, data | more, follow=True)


def asked(answer):
    """The page between choosing and publishing."""
    return html.read_loosely(answer.content).one("form", class_="samen")


def goes_on(client, form) -> str:
    """Press its button; what is told then."""
    data: dict[str, list[str]] = {}
    for hidden in form.all("input", type="hidden"):
        data.setdefault(hidden["name"], []).append(hidden["value"])
    return told(client.post(LIST, data, follow=True))


def seen(*begrippen: Begrip) -> list[bool]:
    return [Versie.objects.filter(uuid=b.uuid).exists() for b in begrippen]


def test_when_there_is_nothing_to_say_it_is_one_click(client):
    begrippen = make_begrip(), make_begrip()
    assert told(act(client, *begrippen)).startswith("Gepubliceerd: 2.")
    assert seen(*begrippen) == [True, True]


def test_what_readers_see_already_is_not_said_to_be_published(client):
    same, other = make_begrip(), make_begrip()
    act(client, same)
    said = told(act(client, same, other))
    assert said.startswith("Gepubliceerd: 1.")
    assert "Lezers zien dit al precies zo: 1." in said
    assert Versie.objects.filter(uuid=same.uuid).count() == 1
    log = LogEntry.objects.filter(object_id=str(same.pk))
    assert [entry.get_change_message() for entry in log] == ["Gepubliceerd"]


def test_errors_and_warnings_are_shown_by_record_with_a_link_to_the_field(client):
    clean, wrong = make_begrip(), make_begrip(toelichting="Nog invullen.")
    warned = make_begrip(toelichting=BACKWARDS)
    form = asked(act(client, clean, wrong, warned))
    assert seen(clean, wrong, warned) == [False, False, False]
    links = [[a["href"] for a in ul.all("a")] for ul in form.all("ul")]
    assert links == [
        [f"{address(Begrip, 'change', wrong.pk)}#id_toelichting"],
        [f"{address(Begrip, 'change', warned.pk)}#id_toelichting"],
        [address(Begrip, "change", clean.pk)],
    ]
    assert "het eind ligt voor het begin" in form.text
    assert goes_on(client, form).startswith("Gepubliceerd: 2.")
    assert seen(clean, wrong, warned) == [True, False, True]


def test_what_changed_since_it_was_shown_is_not_published(client):
    one, other = make_begrip(toelichting=BACKWARDS), make_begrip()
    form = asked(act(client, one, other))
    other.definitie = "Van een ander."
    other.save()
    said = goes_on(client, form)
    assert said.startswith("Gepubliceerd: 1.")
    assert f"“{other}” is niet gepubliceerd: het is gewijzigd" in said
    assert seen(one, other) == [True, False]


def test_what_was_never_shown_is_not_published_by_a_direct_request(client):
    warned = make_begrip(toelichting=BACKWARDS)
    assert "gewijzigd" in told(act(client, warned, bevestigd="ja"))
    assert seen(warned) == [False]


def test_when_all_are_held_back_there_is_no_button(client, settings):
    settings.VIER_OGEN = True
    person = publisher("ander")
    begrip = make_begrip()
    person.saves(begrip, toelichting="Anders.")
    form = asked(act(person.client, begrip))
    assert "Laat een collega" in form.text
    assert not [*form.all("input", type="submit")]


def test_so_many_that_nobody_reads_it_are_refused(client, monkeypatch):
    monkeypatch.setattr("wijkwijzer.redactie.actions.HOOGSTENS", 1)
    begrippen = make_begrip(), make_begrip()
    assert told(act(client, *begrippen)) == "Kies er hoogstens 1 tegelijk."
    assert seen(*begrippen) == [False, False]
    assert HOOGSTENS > 50
