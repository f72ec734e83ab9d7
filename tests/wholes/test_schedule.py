"""What is planned is done at its time, once, as it was planned; or it says why not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from time import monotonic, sleep

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.utils import timezone

from tests import factories
from tests.deelname.tegelijk import tegelijk
from tests.tools.killed import killed_halfway
from tests.wholes.begrippen import make_begrip, publisher, writer
from wijkwijzer.core.models import Status
from wijkwijzer.wholes import review, schedule
from wijkwijzer.wholes.actions import CannotPublishError
from wijkwijzer.wholes.models import (
    Beoordeling,
    Gepland,
    Planstand,
    Uitkomst,
    Versie,
    Watgepland,
)

pytestmark = pytest.mark.usefixtures("inhoud")

SOON = timedelta(hours=1)


@pytest.fixture
def sami():
    return publisher("sami")


def plan(record, by, what=Watgepland.PUBLICEREN, **kwargs) -> Gepland:
    at = timezone.now() + SOON
    return schedule.plan(record=record, what=what, at=at, by=by.user, **kwargs)


def comes(planned: Gepland) -> Gepland:
    """Its moment comes, and what is due is done."""
    Gepland.objects.filter(pk=planned.pk).update(
        op=timezone.now() - timedelta(seconds=1)
    )
    schedule.carry_out()
    planned.refresh_from_db()
    return planned


def test_before_its_moment_nothing_happens(client, sami):
    begrip = make_begrip()
    planned = plan(begrip, sami)
    assert not schedule.carry_out()
    assert client.get(begrip.get_absolute_url()).status_code == 404
    assert comes(planned).stand == Planstand.GEDAAN
    assert client.get(begrip.get_absolute_url()).status_code == 200
    assert LogEntry.objects.first().get_change_message() == (
        "Gepubliceerd, zoals gepland: versie 1"
    )


def test_what_was_planned_is_published_and_later_changes_wait(client, sami):
    begrip = make_begrip(naam="Zoals gepland")
    planned = plan(begrip, sami)
    sami.saves(begrip, naam="Nog niet af")
    assert "Wat daarna gewijzigd is, gaat niet mee." in sami.sees(begrip)
    comes(planned)
    page = client.get(begrip.get_absolute_url()).text
    assert "Zoals gepland" in page
    assert "Nog niet af" not in page
    begrip.refresh_from_db()
    assert begrip.naam == "Nog niet af"
    assert "Je werkversie is anders dan wat lezers zien." in sami.sees(begrip)


def test_it_is_withdrawn_at_its_moment_with_the_reason(client, sami):
    begrip = make_begrip(Status.GEPUBLICEERD)
    planned = plan(begrip, sami, Watgepland.INTREKKEN, reason="De regeling stopt.")
    comes(planned)
    gone = client.get(begrip.get_absolute_url())
    assert gone.status_code == 410
    assert "De regeling stopt." in gone.text


def test_what_cannot_be_done_is_told_and_not_tried_again(sami):
    begrip = make_begrip()
    planned = plan(begrip, sami)
    sami.user.user_permissions.clear()
    assert comes(planned).stand == Planstand.MISLUKT
    assert planned.waarom == "sami mag niet (meer) publiceren."
    assert not schedule.carry_out()
    assert not Versie.objects.filter(uuid=begrip.uuid).exists()
    other = publisher("ander")
    assert "is niet gelukt: sami mag niet" in other.sees(begrip)


def test_a_copy_that_lost_what_it_must_have_is_a_failure_with_a_reason(sami):
    begrip = make_begrip()
    planned = plan(begrip, sami)
    begrip.definitie = ""
    begrip.save()
    assert comes(planned).stand == Planstand.MISLUKT
    assert "Vul aan wat er ontbreekt" in planned.waarom


@pytest.mark.parametrize("by_hand", ["publish", "withdraw"])
def test_what_was_done_by_hand_since_is_not_undone(sami, by_hand):
    begrip = make_begrip(Status.GEPUBLICEERD, naam="Eerst")
    begrip.naam = "Gepland"
    begrip.save()
    planned = plan(begrip, sami)
    if by_hand == "publish":
        begrip.naam = "Met de hand"
        begrip.save()
        factories.publish(begrip)
    else:
        factories.withdraw(begrip)
    number = Versie.objects.filter(uuid=begrip.uuid).count()
    assert comes(planned).stand == Planstand.VERVALLEN
    assert planned.waarom
    assert Versie.objects.filter(uuid=begrip.uuid).count() == number


def test_an_error_is_told_when_it_is_planned(sami):
    begrip = make_begrip(toelichting="TODO")
    with pytest.raises(CannotPublishError):
        plan(begrip, sami)
    with pytest.raises(CannotPublishError, match="al geweest"):
        schedule.plan(
            record=make_begrip(),
            what=Watgepland.PUBLICEREN,
            at=timezone.now() - SOON,
            by=sami.user,
        )


def test_planning_answers_who_submitted_it(sami):
    begrip, noor = make_begrip(), writer("noor")
    review.submit(record=begrip, by=noor.user)
    plan(begrip, sami)
    assert Beoordeling.objects.get(uuid=begrip.uuid).uitkomst == Uitkomst.INGEPLAND


def test_an_editor_plans_and_cancels_in_our_time(sami):
    begrip, year = make_begrip(), timezone.now().year + 1
    sami.posts(begrip, "plannen", wat="publiceren", op=f"{year}-07-01T09:00")
    planned = Gepland.objects.get(uuid=begrip.uuid)
    # Nine o'clock in the summer here.
    assert planned.op.isoformat() == f"{year}-07-01T07:00:00+00:00"
    assert f"1 juli {year} om 09.00" in sami.sees(begrip)
    sami.posts(begrip, "plannen", wat="publiceren", op=f"{year}-08-01T09:00")
    assert f"in plaats van 1 juli {year} om 09.00" in sami.sees(begrip)
    planned = Gepland.objects.get(uuid=begrip.uuid, stand=Planstand.WACHT)
    assert planned.stand == Planstand.WACHT
    sami.posts(begrip, "plannen", annuleer="publiceren")
    planned.refresh_from_db()
    assert planned.stand == Planstand.VERVALLEN
    assert planned.waarom == "Geannuleerd door sami."
    answer = sami.posts(begrip, "plannen", wat="intrekken", op="morgen")
    assert "Schrijf een dag en een tijd" in answer.text
    answer = sami.posts(begrip, "plannen", wat="publiceren", op="9999-01-01T09:00")
    assert "meer dan twee jaar" in answer.text


def test_planning_anew_takes_the_place_of_the_plan_before(sami):
    begrip = make_begrip()
    plan(begrip, sami), plan(begrip, sami)
    assert len(schedule.waiting_for(begrip.uuid)) == 1


def test_the_command_says_what_it_did(sami):
    planned = plan(make_begrip(), sami)
    Gepland.objects.filter(pk=planned.pk).update(op=timezone.now())
    said = StringIO()
    call_command("publiceer_gepland", stdout=said)
    assert said.getvalue() == "Gedaan: 1. Mislukt: 0. Vervallen: 0.\n"


def test_many_at_once_do_each_plan_once(own_connections, sami):
    begrippen = [make_begrip() for _ in range(6)]
    for begrip in begrippen:
        plan(begrip, sami)
    Gepland.objects.update(op=timezone.now() - SOON)
    done = tegelijk(4, lambda *_: schedule.carry_out())
    assert sum(counted[Planstand.GEDAAN] for counted in done) == len(begrippen)
    for begrip in begrippen:
        assert Versie.objects.filter(uuid=begrip.uuid).count() == 1


def test_killed_halfway_it_published_nothing_and_the_next_publishes_once(
    own_connections, tmp_path
):
    person, begrip = publisher("kees"), make_begrip()
    planned = plan(begrip, person)
    due = Gepland.objects.filter(pk=planned.pk)
    due.update(op=timezone.now() - timedelta(seconds=1))
    # What it publishes is written then, and not yet committed.
    killed_halfway(
        "from wijkwijzer.wholes import schedule\n"
        "publish = schedule._publish\n"
        "schedule._publish = lambda *it: halfway(publish(*it))\n"
        "from django.core.management import call_command\n"
        "call_command('publiceer_gepland')",
        tmp_path,
    )
    assert due.get().stand == Planstand.WACHT
    assert not Versie.objects.filter(uuid=begrip.uuid).exists()
    wait_until(schedule.carry_out)
    assert due.get().stand == Planstand.GEDAAN
    assert Versie.objects.filter(uuid=begrip.uuid).count() == 1
    assert not schedule.carry_out()


def wait_until(done: Callable[[], object]) -> None:
    """PostgreSQL lets go of a row when it sees that who held it is gone."""
    end = monotonic() + 30
    while not done():
        assert monotonic() < end
        sleep(0.05)
