"""When a link is dead, moved or in doubt, and what an editor has to say in it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from wijkwijzer.core.models import Adrescontrole, DodeLink
from wijkwijzer.memory.number import read
from wijkwijzer.redactie.links.actions import keur_goed, noteer, ruim_op
from wijkwijzer.redactie.links.uitkomst import Soort, Uitkomst

pytestmark = pytest.mark.django_db

ADRES = "https://weg.example/"
GOED = Uitkomst(Soort.GOED, "", 200)
WEG = Uitkomst(Soort.MISLUKT, "De pagina is er niet.", 404)
MUUR = Uitkomst(Soort.ONZEKER, "De pagina vraagt om in te loggen.", 401)
NIET = Uitkomst(Soort.NIET_BEZOCHT, "Robots mogen hier niet komen.")
NIEUW = Uitkomst(Soort.VERHUISD, "Verhuisd.", 200, "https://nieuw.example/")
NU = timezone.now()


def na(dagen: float, uitkomst: Uitkomst) -> str:
    """What the address is once this is found, so many days from now."""
    noteer(gevonden={ADRES: uitkomst}, op=NU + timedelta(days=dagen))
    return Adrescontrole.objects.get(adres=ADRES).status


def is_dood() -> bool:
    return ADRES in DodeLink.objects.van([ADRES])


def test_a_link_is_dead_after_two_failures_at_least_a_day_apart():
    assert na(0, WEG) == "onzeker"
    assert na(0.9, WEG) == "onzeker"
    assert not is_dood()
    assert na(1, WEG) == "dood"
    assert is_dood()


def test_what_works_in_between_starts_anew():
    assert [na(0, WEG), na(1, GOED), na(2, WEG)] == ["onzeker", "goed", "onzeker"]
    assert na(3, WEG) == "dood"


@pytest.mark.parametrize("uitkomst", [MUUR, NIET])
def test_what_says_nothing_of_the_page_leaves_a_dead_link_dead(uitkomst):
    assert [na(0, WEG), na(0.5, uitkomst), na(1, WEG)][-1] == "dood"
    assert na(2, uitkomst) == "dood"
    assert na(3, NIEUW) == "verhuisd"
    assert not is_dood()


def test_a_wall_or_a_robot_that_is_refused_kills_nothing():
    assert {na(dag, MUUR) for dag in range(4)} == {"onzeker"}
    assert {na(dag, NIET) for dag in range(4, 8)} == {"niet_nagekeken"}


def test_since_is_when_it_became_so():
    na(0, GOED)
    na(5, GOED)
    rij = Adrescontrole.objects.get(adres=ADRES)
    assert (rij.sinds, rij.nagekeken_op) == (NU, NU + timedelta(days=5))


def test_only_what_readers_see_raises_the_number():
    begin = read().inhoud
    for dag, uitkomst in enumerate([GOED, NIEUW, MUUR, WEG]):
        na(dag, uitkomst)
    assert read().inhoud == begin
    na(4, WEG)
    dood = read().inhoud
    assert dood > begin
    na(5, WEG)
    assert read().inhoud == dood
    na(6, GOED)
    assert read().inhoud > dood


def test_the_word_of_an_editor_counts_for_half_a_year_and_is_dated():
    na(0, WEG)
    na(1, WEG)
    redacteur = User.objects.create_user("redacteur")
    keur_goed(controles=[Adrescontrole.objects.get()], by=redacteur)
    rij = Adrescontrole.objects.get()
    assert (rij.status, rij.goed_volgens, is_dood()) == ("goed", redacteur, False)
    assert rij.goed_op == timezone.localdate()
    assert [na(dag, WEG) for dag in (2, 90, 179)] == ["goed"] * 3
    assert na(182, WEG) == "dood"


def test_what_stands_nowhere_any_more_is_forgotten_unless_it_is_dead():
    na(0, WEG)
    na(1, WEG)
    anders = ["https://a.example/", "https://b.example/"]
    noteer(gevonden=dict.fromkeys(anders, GOED), op=NU)
    begin = read().inhoud
    assert ruim_op(in_gebruik={anders[0]}) == 1
    assert {*Adrescontrole.objects.values_list("adres", flat=True)} == {
        ADRES,
        anders[0],
    }
    assert read().inhoud == begin
