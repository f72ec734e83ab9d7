import pytest
from django.http import QueryDict
from django.urls import reverse

from aanpakken.catalogus import catalogus
from aanpakken.keuzehulp import WENSEN, Keuzehulp

pytestmark = pytest.mark.django_db


def advise(query):
    helper = Keuzehulp(QueryDict(query), catalogus())
    index = helper.catalogus
    return [(index.slugs[index.positie[a.pk]], a) for a in helper.adviezen()]


def test_there_are_at_most_four_questions():
    assert len(Keuzehulp(QueryDict(""), catalogus()).vragen) == 4


@pytest.mark.parametrize("wish", WENSEN, ids=lambda wish: wish.sleutel)
def test_every_wish_leads_to_an_aanpak_that_fits_it(wish):
    slug, advice = advise(f"wens={wish.sleutel}")[0]
    assert advice.oordelen[0].past, slug


@pytest.mark.parametrize(
    ("wish", "slug"),
    [
        ("ruzie", "buurtbemiddeling"),
        ("schooluitval", "futsal-chabbab"),
        ("opvoeden", "wijkacademie-opvoeden"),
        ("bewegen", "goldensports"),
        ("taak-overnemen", "right-to-challenge"),
    ],
)
def test_a_wish_gives_the_aanpak_that_a_professional_expects(wish, slug):
    assert slug in [found for found, _ in advise(f"wens={wish}")[:3]]


def test_the_wish_weighs_more_than_all_other_answers_together():
    query = "wens=ruzie&voor=jongeren&ik=professional&zekerheid=onderbouwd"
    slug, _ = advise(query)[0]
    assert slug == "buurtbemiddeling"


def test_every_answer_is_told_as_a_reason_or_an_objection():
    query = "wens=overlast&voor=jongeren&ik=professional&zekerheid=effectief"
    for _, advice in advise(query):
        assert len(advice.redenen) + len(advice.bezwaren) == 4


def test_an_unknown_level_is_an_objection_in_words():
    advice = dict(advise("wens=ruzie&zekerheid=beschreven"))["buurtbemiddeling"]
    assert "Niveau: niet bekend" in advice.bezwaren


def test_the_link_to_the_list_has_the_number_it_says(client):
    url = reverse("keuzehulp") + "?stap=5&wens=eenzaam&ik=professional"
    response = client.get(url)
    listed = client.get(response.context["lijst_url"])
    assert listed.context["aantal"] == response.context["lijst_aantal"]


def test_the_pages_ask_in_turn_and_keep_the_answers(client):
    url = reverse("keuzehulp")
    second = client.get(f"{url}?stap=2&wens=ruzie")
    assert second.context["vraag"].sleutel == "voor"
    assert ("wens", "ruzie") in second.context["verborgen"]
    assert second.context["terug_url"] == "?wens=ruzie&stap=1"


def test_going_back_shows_the_answer_that_was_given(client):
    response = client.get(reverse("keuzehulp") + "?stap=1&wens=ruzie")
    assert response.context["gekozen"] == "ruzie"


@pytest.mark.parametrize("step", ["0", "-1", "6", "abc", "²", "9" * 50, ""])
def test_a_step_that_does_not_exist_starts_at_the_first_question(client, step):
    response = client.get(reverse("keuzehulp"), {"stap": step})
    assert response.context["stap"] == 1
    assert response.context["meldingen"]


def test_an_answer_that_does_not_exist_is_left_out_and_named(client):
    response = client.get(reverse("keuzehulp"), {"stap": "2", "wens": "bestaatniet"})
    assert response.context["antwoorden"] == {}
    assert response.context["meldingen"]


def test_no_answers_give_no_advice_but_a_way_on(client):
    response = client.get(reverse("keuzehulp"), {"stap": "5"})
    assert response.status_code == 200
    assert response.context["adviezen"] == []
