"""The start page is the work: what it counts, the lists show; to begin is one click."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from aanpakken.models import Aanpak
from interventies.models import Interventie
from kennisdossier.models import Begrip
from tests import factories, html
from tests.meta.test_admin import address, editor
from tests.wholes.test_admin import told
from wijkwijzer.core.models import Adrescontrole, Adresstatus, Bron, Status
from wijkwijzer.deelname.models import (
    Bericht,
    Berichtstatus,
    Inzending,
    Reactie,
    Reactiemelding,
)
from wijkwijzer.memory.models import Wijziging
from wijkwijzer.redactie.wachtrijen import wachtrijen
from wijkwijzer.search.models import Zoekwoord
from wijkwijzer.wholes import actions, review, work
from wijkwijzer.wholes.models import Gepland, Planstand, Watgepland
from wijkwijzer.wholes.registry import wholes

# Imported, because pytest finds fixtures by name.
__all__ = ["editor"]

START = reverse("admin:index")
SEARCH = reverse("admin:zoeken")


def colleague(name: str = "collega") -> User:
    found = User.objects.create_user(name, is_staff=True)
    found.user_permissions.add(Permission.objects.get(codename="publiceren"))
    return found


def me() -> User:
    return User.objects.get(username="redacteur")


def page(client):
    response = client.get(START)
    assert response.status_code == 200
    return html.read_loosely(response.content)


def shown(client) -> dict[str, int]:
    """What the start page counts, by the address that it leads to."""
    lists = page(client).all("ul", class_="rijen")
    return {a["href"]: int(a.one("b").text) for found in lists for a in found.all("a")}


def of(key: str) -> str:
    return next(w.adres for w in wachtrijen() if w.sleutel == key)


def rows(client, key: str) -> list:
    response = client.get(of(key))
    assert response.status_code == 200
    return [*response.context["cl"].queryset]


def concept(**values) -> Begrip:
    number = next(factories.numbers)
    values = {"naam": f"Begrip {number}", "slug": f"begrip-{number}"} | values
    return factories.make_record(Begrip, "concept", **values)


def begrip(**values) -> Begrip:
    number = next(factories.numbers)
    values = {"naam": f"Begrip {number}", "slug": f"begrip-{number}"} | values
    return factories.make_record(Begrip, definitie="Zo.", **values)


def something_of_everything() -> None:
    """At least one row for every queue there is."""
    aanpak = Aanpak.objects.get(slug="abcd")
    reactie = Reactie.objects.create(aanpak=aanpak, tekst="Mooi!")
    Reactiemelding.objects.create(reactie=reactie, reden="Niet aardig")
    Inzending.objects.create(naam_voorbeeld="Van een lezer")
    Bericht.objects.create(onderwerpregel="Vraag", status=Berichtstatus.MISLUKT)
    for values in ({"geldig_tot": "2001"}, {"geldig_tot": None}):
        factories.make_erkenning(**values)
    bron = Bron.objects.exclude(url="").first()
    Adrescontrole.objects.update_or_create(
        adres=bron.url, defaults={"status": Adresstatus.DOOD, "sinds": timezone.now()}
    )
    Zoekwoord.objects.create(dag=timezone.localdate(), woord="zwembad", vragers=3)
    for declared in wholes().values():
        record = declared.model.objects.filter(status=Status.GEPUBLICEERD).first()
        record.naam, record.laatst_gecontroleerd_op = "Nu anders", None
        record.save()
        work.remember(record, by=me())
        # The same once more, as a concept.
        if isinstance(record, Aanpak):
            record.interventie = None
        record.pk, record.uuid, record.slug = None, uuid4(), "van-mij"
        record.naam = "Van mij"
        record.status, record._state.adding = Status.CONCEPT, True
        record.save()
        work.remember(record, by=me())
    other = colleague()
    actions.publish(record=concept(definitie="Zo."), by=other)
    review.submit(record=concept(), by=other, note="Klaar.")
    Gepland.objects.create(
        soort="begrip",
        uuid=uuid4(),
        wat=Watgepland.PUBLICEREN,
        document="{}",
        op=timezone.now(),
        revisie=1,
        stand=Planstand.MISLUKT,
    )


def test_what_it_counts_is_what_each_list_shows(editor):
    something_of_everything()
    counted = shown(editor)
    for queue in wachtrijen():
        there = rows(editor, queue.sleutel)
        assert counted.get(queue.adres, 0) == len(there), queue.sleutel
        # The index is in step, the overview was not made (tests/publicatie), and each
        # of the others holds something.
        empty = ("index-", "erkenning-", "druk")
        assert there or queue.sleutel.startswith(empty), queue
    assert sum(counted[of(f"erkenning-{s}")] for s in ("verlopen", "onbekend")) > 1


def test_zero_is_one_quiet_line(editor):
    found = page(editor)
    assert "Van lezers" not in [h.text for h in found.all("h3")]
    assert "wat lezers sturen" in found.one("p", class_="rust").text
    Reactie.objects.create(aanpak=Aanpak.objects.first(), tekst="Mooi!")
    assert "wat lezers sturen" not in page(editor).one("p", class_="rust").text
    assert shown(editor)[of("reacties")] == 1


def test_what_is_missing_is_named(editor):
    lacks = concept(naam="Zonder alles", slug="zonder-alles")
    answer = editor.get(of("onvolledig-begrip") + "&q=zonder-alles")
    cell = html.read_loosely(answer.content).one("td", class_="field-wachtrij_kolom")
    assert cell.text == "definitie, toelichting, bron, verwijzing"
    assert lacks in rows(editor, "onvolledig-begrip")


def test_mine_are_mine_and_not_of_a_colleague(editor):
    mine, theirs, changed = concept(), concept(), begrip()
    work.remember(mine, by=me())
    work.remember(theirs, by=colleague())
    assert rows(editor, "concepten-begrip") == [mine]
    assert rows(editor, "wijzigingen-begrip") == []
    changed.definitie = "Anders."
    changed.save()
    work.remember(changed, by=User.objects.get(username="collega"))
    assert rows(editor, "wijzigingen-begrip") == []
    changed.definitie = "Nog anders."
    changed.save()
    work.remember(changed, by=me())
    assert rows(editor, "wijzigingen-begrip") == [changed]
    factories.publish(changed)
    assert rows(editor, "wijzigingen-begrip") == []


def test_what_i_submitted_waits_for_a_colleague(editor):
    mine, theirs = concept(), concept()
    review.submit(record=mine, by=me())
    review.submit(record=theirs, by=colleague())
    assert [row.uuid for row in rows(editor, "beoordelen")] == [theirs.uuid]


def test_what_was_checked_within_a_year_waits_not(editor):
    today = timezone.localdate()
    old = begrip(laatst_gecontroleerd_op=today - timedelta(days=366))
    fresh = begrip(laatst_gecontroleerd_op=today - timedelta(days=300))
    waiting = rows(editor, "controle-begrip")
    assert old in waiting
    assert fresh not in waiting


def test_a_record_that_readers_do_not_find_waits_until_the_index_follows(editor):
    rows(editor, "index-begrip")
    lost = begrip()
    # As if the number never told of it.
    Wijziging.objects.all().delete()
    assert rows(editor, "index-begrip") == [lost]
    assert shown(editor)[of("index-begrip")] == 1
    data = {"action": "bouw_opnieuw", "_selected_action": lost.pk}
    answer = editor.post(of("index-begrip"), data, follow=True)
    assert "opnieuw gebouwd" in told(answer)


# Many at once


def act(client, action: str, *records):
    data = {"action": action, "_selected_action": [r.pk for r in records]}
    return client.post(address(type(records[0]), "changelist"), data, follow=True)


def test_checked_today_is_published_unless_something_else_would_go_along(editor):
    clean, changed = begrip(), begrip()
    changed.definitie = "Nog niet voor lezers."
    changed.save()
    answer = act(editor, "vandaag_gecontroleerd", clean, changed)
    assert told(answer).startswith("Gecontroleerd en gepubliceerd: 1.")
    assert f"“{changed}”" in told(answer)
    today = str(timezone.localdate())
    seen = [actions.published_document(record) for record in (clean, changed)]
    assert [s.get("laatst_gecontroleerd_op") for s in seen] == [today, None]
    assert seen[1]["definitie"] == "Zo."
    changed.refresh_from_db()
    assert str(changed.laatst_gecontroleerd_op) == today


# Rights


def limited(client, *rights: str) -> None:
    user = colleague("beperkt")
    user.user_permissions.add(*Permission.objects.filter(codename__in=rights))
    client.force_login(user)


def test_who_may_do_nothing_is_shown_nothing(client, inhoud):
    something = Reactie.objects.create(aanpak=Aanpak.objects.first(), tekst="Mooi!")
    limited(client)
    assert shown(client) == {}
    found = page(client)
    assert [a.text for a in found.one("ul", class_="taken").all("a")] == [
        "Lees hoe het werkt",
        "Bekijk wie wat mag",
        "Bekijk wat er veranderde",
    ]
    assert names(client, something.tekst) == []


def test_a_moderator_sees_what_readers_sent_and_no_aanpakken(client, inhoud):
    Reactie.objects.create(aanpak=Aanpak.objects.first(), tekst="Mooi!")
    limited(client, "view_reactie", "change_reactie", "view_aanpak")
    assert [*shown(client)] == [of("reacties")]
    # Who may only look is not given the work of others, by its address either.
    answer = client.get(of("controle-aanpak"))
    assert "wat wacht" not in str(answer.content)


# The search


def names(client, asked: str) -> list[str]:
    response = client.get(SEARCH, {"q": asked})
    assert response.status_code == 200
    found = html.read_loosely(response.content).all("section", class_="gevonden")
    return [a.text for section in found for a in section.one("ul").all("a")]


def test_one_search_finds_what_has_a_name_whatever_it_is(editor):
    Reactie.objects.create(
        aanpak=Aanpak.objects.first(), naam="Zwaluwstaart", tekst="Ik doe mee."
    )
    concept(naam="Zwaluwnest")
    factories.make_doelgroep(naam="Zwaluwen")
    assert {*names(editor, "zwaluw")} == {"Zwaluwnest", "Zwaluwen", "Ik doe mee."}
    assert names(editor, "zwaluwen nest") == []


def test_what_begins_with_it_comes_first_and_all_are_one_click_away(editor):
    for number in range(7):
        concept(naam=f"Een xyzzy {number}")
    concept(naam="Xyzzy zelf")
    assert names(editor, "xyzzy")[0] == "Xyzzy zelf"
    link = html.read_loosely(editor.get(f"{SEARCH}?q=xyzzy").content).one(
        "section", class_="gevonden"
    )
    url = [*link.all("a")][-1]["href"]
    assert editor.get(url).context["cl"].result_count == 8


@pytest.mark.parametrize(
    "asked", ["", "%00", "%", "'\"<b>", "_", "a " * 5000, "9" * 999]
)
def test_an_odd_question_is_no_error_and_costs_no_more(editor, asked):
    with CaptureQueriesContext(connection) as captured:
        response = editor.get(SEARCH, {"q": asked.replace("%00", "\0")})
    assert response.status_code == 200
    assert len(captured) <= 40


# What it costs


def test_the_start_page_needs_few_queries_and_no_more_for_more_work(editor):
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            size = len(editor.get(START).content)
        assert size < 150_000
        return len(captured)

    something_of_everything()
    cost()
    before = cost()
    # Who asks, the queues, what begins with, and where dead links stand.
    assert before <= 20
    for _ in range(5):
        factories.make_erkenning(geldig_tot="2001")
        concept()
    cost()  # what readers see is in memory again
    assert cost() <= before


def test_what_people_come_to_do_leads_somewhere(editor):
    for link in page(editor).one("ul", class_="taken").all("a"):
        assert editor.get(link["href"]).status_code == 200, link.text


def test_the_start_page_begins_with_a_recognition_that_lapsed(editor):
    lapsed = factories.make_erkenning(geldig_tot="2001").interventie
    Interventie.objects.filter(pk=lapsed.pk)
    links = {
        a.text: a["href"] for a in page(editor).one("ul", class_="eerste").all("a")
    }
    assert links[lapsed.naam] == reverse(
        "admin:interventies_interventie_nakijken", args=[lapsed.pk]
    )


@pytest.mark.once
def test_of_one_it_is_told_what_one_is_called():
    same = {queue.titel for queue in wachtrijen() if queue.bij(1) == queue.titel}
    assert same == {"verlopen", "waarschijnlijk verlopen", "geldigheid niet bekend"}
    assert {queue.bij(2) for queue in wachtrijen()} >= {"aanpakken", "begrippen"}
