"""Four questions and advice: what fits comes first, and the reader is told why."""

from __future__ import annotations

from itertools import product

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from aanpakken.keuzehulp import WENSEN, ZEKERHEDEN, Keuzehulp, Wens
from aanpakken.models import Aanpak, Themakoppeling
from aanpakken.whole import AanpakDocument
from tests import html
from tests.facets import oracle
from wijkwijzer.core.teksten import sorteersleutel
from wijkwijzer.search.registry import ZOEKEN
from wijkwijzer.search.vraag import lees_vraag
from wijkwijzer.wholes.current import current_stand

# Made of what is in memory, whatever database that came from.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

# What a page tells its readers, and what the order must follow from.
POINTS = {"wens": 16, "wens-breed": 3, "voor": 6, "zekerheid": 5, "ik": 4}


def advise(query):
    advices = Keuzehulp(QueryDict(query), current_stand()).adviezen()
    return [(advice.aanpak.slug, advice) for advice in advices]


def test_there_are_at_most_four_questions():
    assert len(Keuzehulp(QueryDict(""), current_stand()).vragen) == 4


# The order


def hits_of(wish: Wens) -> dict[str, int]:
    """By slug, how much of what answers a wish speaks of it."""
    stand = current_stand()
    index = stand.index(AanpakDocument, ZOEKEN)
    result = index.zoek(lees_vraag(wish.zoekterm, index.analyse, af=True))
    if not wish.zoekterm or result.gedeeltelijk:
        return {}
    records = stand.records(AanpakDocument)
    return {
        records[place].slug: sum(
            (bits >> place & 1) << power for power, bits in enumerate(result.slices)
        )
        for place in result.volgorde()
    }


class Plain:
    """The advice, computed record by record."""

    def __init__(self) -> None:
        self.records = oracle.aanpakken(timezone.localdate())
        self.hits = {wish.sleutel: hits_of(wish) for wish in WENSEN}
        self.weak = {
            *Themakoppeling.objects.filter(
                basis="redactioneel", sterkte="zwak"
            ).values_list("aanpak__slug", "thema__slug")
        }
        self.names = {
            aanpak.slug: sorteersleutel(aanpak.sorteernaam or aanpak.naam)
            for aanpak in Aanpak.objects.all()
        }

    def advise(self, answers: dict[str, str]) -> list[str]:
        wish = next((w for w in WENSEN if w.sleutel == answers.get("wens")), None)
        found = []
        for slug, values in self.records.items():
            fits = self._fits(answers, wish, slug, values)
            points = sum(POINTS[key] for key, fit in fits.items() if fit)
            if not points or (wish and not (fits["wens"] or fits["wens-breed"])):
                continue
            spoken = self.hits[wish.sleutel].get(slug, 0) if wish else 0
            told = [fit for key, fit in fits.items() if key != "wens-breed"]
            found.append((-points, -spoken, self.names[slug], slug, told))
        return [
            slug
            for place, (*_, slug, told) in enumerate(sorted(found)[:8])
            # Three always; the others only when most of the answers fit.
            if place < 3 or told.count(True) >= told.count(False)
        ]

    def _fits(self, answers, wish, slug, values) -> dict[str, bool]:
        fits = {}
        if wish:
            fits["wens-breed"] = wish.waarde in values[wish.facet]
            if wish.zoekterm:
                fits["wens"] = slug in self.hits[wish.sleutel]
            else:
                weak = wish.facet == "thema" and (slug, wish.waarde) in self.weak
                fits["wens"] = fits["wens-breed"] and not weak
        if "voor" in answers:
            fits["voor"] = answers["voor"] in values["doelgroep"]
        if "ik" in answers:
            fits["ik"] = answers["ik"] in values["laag"]
        if levels := ZEKERHEDEN[answers.get("zekerheid", "maakt-niet-uit")][1]:
            lapsed = oracle.LAPSED.intersection(values["erkenning"])
            known = any(level in values["niveau"] for level in levels)
            fits["zekerheid"] = known and not lapsed
        return fits


def test_what_only_touches_on_a_theme_is_no_answer_like_what_is_about_it():
    stand = current_stand()
    for wish in (wish for wish in WENSEN if wish.facet == "thema"):
        helper = Keuzehulp(QueryDict(f"wens={wish.sleutel}&voor=kinderen"), stand)
        fits = helper._past()
        weak = strong = 0
        for aanpak in stand.all(AanpakDocument):
            place = stand.records(AanpakDocument).of_uuid(aanpak.uuid)
            links = [k for k in aanpak.themas if k.thema.slug == wish.waarde]
            told = [oordeel.tekst for oordeel in helper._oordelen(fits, place)]
            touches = f"Raakt alleen zijdelings aan “{wish.zin.lower()}”" in told
            if links:
                assert touches is links[0].zijdelings, aanpak.slug
            weak += touches
            strong += bool(links) and not touches
        assert weak and strong
        shown = [advice.aanpak for advice in helper.adviezen()]
        assert not any(
            k.zijdelings for a in shown for k in a.themas if k.thema.slug == wish.waarde
        )


@pytest.mark.long
def test_every_advice_has_the_order_that_its_points_give():
    plain = Plain()
    questions = Keuzehulp(QueryDict(""), current_stand()).vragen
    options = [["", *dict(question.opties)] for question in questions]
    for chosen in product(*options):
        answers = {
            question.sleutel: answer
            for question, answer in zip(questions, chosen, strict=True)
            if answer
        }
        query = QueryDict(mutable=True)
        query.update(answers)
        advices = Keuzehulp(query, current_stand()).adviezen()
        slugs = [advice.aanpak.slug for advice in advices]
        assert slugs == plain.advise(answers), answers


def test_the_page_tells_each_point_that_counts(client):
    response = client.get(reverse("keuzehulp") + "?wens=ruzie&stap=5")
    (explained,) = html.read(response.content).one("main").all("details")
    told = [item.text for item in explained.all("li")]
    assert told == [
        f"Past bij wat je wilt veranderen: {POINTS['wens']} punten.",
        f"Gaat over hetzelfde onderwerp: {POINTS['wens-breed']} punten.",
        f"Is voor de groep die je koos: {POINTS['voor']} punten.",
        "Heeft het niveau dat je zoekt, en dat staat nog voor zover we weten: "
        f"{POINTS['zekerheid']} punten.",
        f"Mensen zoals jij voeren het uit: {POINTS['ik']} punten.",
    ]


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


def test_a_level_that_probably_lapsed_is_no_evidence_but_an_objection_in_words():
    advice = dict(advise("wens=overlast&zekerheid=onderbouwd"))["futsal-chabbab"]
    assert "Niveau: Goed Onderbouwd, waarschijnlijk verlopen" in advice.bezwaren


def test_every_level_that_counts_as_evidence_still_stands_as_far_as_known():
    for certainty in ("beschreven", "onderbouwd", "effectief"):
        for wish in WENSEN:
            query = f"wens={wish.sleutel}&zekerheid={certainty}"
            for slug, advice in advise(query):
                found = current_stand().get(AanpakDocument, slug).geldigheid
                stands = bool(found and found.niveau and not found.vervallen)
                told = any(reason.startswith("Niveau:") for reason in advice.redenen)
                assert stands or not told, slug


@pytest.mark.parametrize("certainty", ["beschreven", "onderbouwd", "effectief"])
def test_the_list_of_an_advice_keeps_to_levels_that_still_stand(client, certainty):
    url = f"{reverse('keuzehulp')}?stap=5&zekerheid={certainty}"
    response = client.get(url)
    listed = client.get(response.context["lijst_url"])
    for aanpak in listed.context["page_obj"]:
        assert not aanpak.geldigheid.vervallen


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


@pytest.mark.parametrize("step", ["0", "-1", "6", "abc", "²", "9" * 50])
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
