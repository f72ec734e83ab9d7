"""Two moderators with the same reactions on their screen: nobody undoes the other."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests import html
from tests.deelname.formulieren import make_reactie
from tests.meta.test_admin import address, errors
from tests.wholes.test_admin import told
from wijkwijzer.deelname.models import Reactie, Reactiestatus

WACHT, GOED = Reactiestatus.WACHT, Reactiestatus.GOEDGEKEURD


@pytest.fixture
def reactie(inhoud) -> Reactie:
    return make_reactie(status=WACHT)


class Moderator:
    """Somebody with a page of the admin open."""

    def __init__(self, name: str) -> None:
        self.user, self.client = User.objects.create_superuser(name), Client()
        self.client.force_login(self.user)
        self.page = None

    def opens(self, *about) -> Moderator:
        self.url = address(Reactie, *about)
        self.page = self.client.get(self.url)
        return self

    def sends(self, **values: object):
        page = html.read_loosely(self.page.content)
        seen = {f.get("value") for f in page.all("input", name="_gezien")}
        sent = {"_gezien": seen} | values
        self.page = self.client.post(self.url, sent, follow=True)
        return self.page


@pytest.fixture
def noor() -> Moderator:
    return Moderator("Noor")


@pytest.fixture
def sami() -> Moderator:
    return Moderator("Sami")


def status(reactie: Reactie) -> str:
    reactie.refresh_from_db()
    return reactie.status


def test_an_old_page_of_a_reaction_does_not_turn_an_approval(reactie, noor, sami):
    noor.opens("change", reactie.pk), sami.opens("change", reactie.pk)
    noor.sends(_goedkeuren="1", reden="")
    answer = sami.sends(_weigeren="1", reden="Past hier niet bij.")
    assert status(reactie) == GOED
    (told_,) = [e for e in errors(answer) if "Noor besloot hier" in e]
    assert "goedgekeurd" in told_
    # Nothing that was typed is gone.
    assert "Past hier niet bij." in answer.content.decode()


def test_who_saw_the_decision_may_still_decide_otherwise(reactie, noor, sami):
    noor.opens("change", reactie.pk), sami.opens("change", reactie.pk)
    noor.sends(_goedkeuren="1", reden="")
    sami.sends(_weigeren="1", reden="Past hier niet bij.")
    sami.sends(_weigeren="1", reden="Past hier niet bij.")
    assert status(reactie) == Reactiestatus.GEWEIGERD


@pytest.mark.parametrize("action", ["weiger", "markeer_spam"])
def test_an_old_list_leaves_alone_what_another_decided(reactie, noor, sami, action):
    other = make_reactie(status=WACHT)
    noor.opens("change", reactie.pk), sami.opens("changelist")
    noor.sends(_goedkeuren="1", reden="")
    chosen = {"action": action, "_selected_action": [reactie.pk, other.pk]}
    answer = sami.sends(**chosen)
    if action == "weiger":
        answer = sami.sends(**chosen, bevestigd="ja", reden="Past hier niet bij.")
    assert status(reactie) == GOED
    assert status(other) not in {WACHT, GOED}
    assert "Over 1 besloot een ander al" in told(answer)


def test_who_is_alone_is_told_of_nobody(reactie, noor):
    noor.opens("changelist")
    chosen = {"action": "keur_goed", "_selected_action": [reactie.pk]}
    assert "besloot" not in told(noor.sends(**chosen))
    assert status(reactie) == GOED
