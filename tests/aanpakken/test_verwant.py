"""Related aanpakken: what they share weighs, and is told."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone
from taggit.models import Tag

from aanpakken.models import (
    Aanpak,
    Doelgroep,
    Reflectiethema,
    Trefwoordkoppeling,
    Vorm,
    WerkzaamElement,
)
from aanpakken.verwant import Verwant, verwante_aanpakken
from aanpakken.whole import AanpakDocument
from tests import factories
from tests.facets import oracle
from wijkwijzer.core.teksten import sorteersleutel
from wijkwijzer.wholes.current import current_stand

pytestmark = pytest.mark.django_db

WEIGHTS = {"element": 5, "tag": 4, "doelgroep": 4, "thema": 2, "vorm": 1}


def related(slug: str) -> list[Verwant]:
    stand = current_stand()
    document = stand.get(AanpakDocument, slug)
    assert document
    return verwante_aanpakken(stand, document)


# The weights


def test_the_three_that_share_most_come_first():
    records = oracle.aanpakken(timezone.localdate())
    names = {
        aanpak.slug: sorteersleutel(aanpak.sorteernaam or aanpak.naam)
        for aanpak in Aanpak.objects.all()
    }

    def weight(one: str, other: str) -> int:
        return sum(
            weight * len({*records[one][facet]} & {*records[other][facet]})
            for facet, weight in WEIGHTS.items()
        )

    for slug in records:
        others = sorted(
            (-weight(slug, other), names[other], other)
            for other in records
            if other != slug and weight(slug, other)
        )
        assert [v.slug for v in related(slug)] == [o for *_, o in others[:3]], slug


class Sharing:
    """Aanpakken that share these terms, and nothing with any other."""

    def __init__(self) -> None:
        self.terms = {
            "element": [factories.make_any(WerkzaamElement)],
            "doelgroep": [factories.make_any(Doelgroep)],
            "thema": [factories.make_any(Reflectiethema) for _ in range(3)],
        }
        self.vorm = factories.make_any(Vorm)
        self.tag = Tag.objects.create(name="knikkeren", slug="knikkeren")
        self.whole = self.make("Het geheel", element=1, tag=1, doelgroep=1, vorm=1)

    def make(self, naam: str, *, thema: int = 3, **shares: int) -> Aanpak:
        aanpak = factories.make_aanpak(
            status="concept", naam=naam, vorm=self.vorm if "vorm" in shares else None
        )
        link = {"basis": "expliciet"}
        for term in self.terms["thema"][:thema]:
            aanpak.themakoppelingen.create(thema=term, sterkte="sterk", **link)
        if "element" in shares:
            aanpak.elementkoppelingen.create(element=self.terms["element"][0], **link)
        if "doelgroep" in shares:
            aanpak.doelgroepkoppelingen.create(
                doelgroep=self.terms["doelgroep"][0], rol="primair", omschrijving="x"
            )
        if "tag" in shares:
            Trefwoordkoppeling.objects.create(content_object=aanpak, tag=self.tag)
        return factories.publish(aanpak)

    def order(self, **sharing: dict[str, int]) -> list[str]:
        """The names of those that share this, in the order of a page."""
        for naam, shares in sharing.items():
            self.make(naam, **{"thema": 0, **shares})
        return [verwant.naam for verwant in related(self.whole.slug)]


# Together these say how all weights relate to each other.
AS_MUCH = [
    ({"tag": 1}, {"doelgroep": 1}),
    ({"doelgroep": 1}, {"thema": 2}),
    ({"element": 1}, {"doelgroep": 1, "vorm": 1}),
    ({"element": 1, "vorm": 1}, {"thema": 3}),
]


@pytest.mark.parametrize(("one", "other"), AS_MUCH)
def test_what_weighs_as_much_stands_in_the_order_of_the_names(one, other):
    sharing = Sharing()
    assert sharing.order(b=one, a=other) == ["a", "b"]
    Aanpak.objects.filter(naam="b").update(naam="0")
    factories.publish(Aanpak.objects.get(naam="0"))
    assert [verwant.naam for verwant in related(sharing.whole.slug)] == ["0", "a"]


@pytest.mark.parametrize(
    ("more", "less"),
    [
        ({"element": 1}, {"tag": 1}),
        ({"doelgroep": 1}, {"thema": 1}),
        ({"thema": 1}, {"vorm": 1}),
        ({"thema": 3}, {"element": 1}),
        ({"tag": 1, "vorm": 1}, {"tag": 1}),
    ],
)
def test_what_weighs_more_comes_first_whatever_its_name(more, less):
    assert Sharing().order(z=more, a=less) == ["z", "a"]


def test_no_more_than_three_are_named_and_none_that_shares_nothing():
    names = Sharing().order(
        d={"vorm": 1}, c={"vorm": 1}, b={"tag": 1}, a={"vorm": 1}, e={}
    )
    assert names == ["b", "a", "c"]


# What a reader is told


def test_the_reasons_say_everything_that_is_shared_the_heaviest_first():
    sharing = Sharing()
    sharing.make("Alles", element=1, tag=1, doelgroep=1, vorm=1, thema=2)
    (other,) = related(sharing.whole.slug)
    themes = [str(term) for term in sharing.terms["thema"][:2]]
    assert other.redenen == [
        f"werkzaam element: {sharing.terms['element'][0].naam}",
        "trefwoord: knikkeren",
        f"doelgroep: {sharing.terms['doelgroep'][0].naam}",
        f"thema: {', '.join(themes)}",
        f"vorm: {sharing.vorm.naam}",
    ]


def test_related_aanpakken_share_what_the_reasons_say():
    first, *_ = related("futsal-chabbab")
    assert first.slug == "thuis-op-straat"
    assert "doelgroep: Kinderen, Jongeren" in first.redenen


@pytest.mark.parametrize("slug", ["abcd", "goldensports", "slagkracht-in-de-wijk"])
def test_an_aanpak_is_not_related_to_itself_and_each_other_has_a_reason(slug):
    others = related(slug)
    assert others
    assert slug not in {other.slug for other in others}
    assert all(other.redenen for other in others)


def test_what_readers_do_not_see_is_related_to_nothing_and_nothing_to_it():
    stand = current_stand()
    document = stand.get(AanpakDocument, "thuis-op-straat")
    factories.withdraw(Aanpak.objects.get(slug="thuis-op-straat"))
    assert document
    assert verwante_aanpakken(current_stand(), document) == []
    assert "thuis-op-straat" not in {o.slug for o in related("futsal-chabbab")}


def test_a_change_that_is_not_published_relates_nothing():
    sharing = Sharing()
    assert sharing.order(a={"tag": 1}, b={}) == ["a"]
    other = Aanpak.objects.get(naam="b")
    Trefwoordkoppeling.objects.create(content_object=other, tag=sharing.tag)
    Trefwoordkoppeling.objects.filter(content_object=sharing.whole).delete()
    assert [verwant.naam for verwant in related(sharing.whole.slug)] == ["a"]
    factories.publish(other)
    assert [verwant.naam for verwant in related(sharing.whole.slug)] == ["a", "b"]


def test_the_detail_page_names_them_with_their_reasons(client):
    html = client.get(reverse("aanpakken:detail", args=["futsal-chabbab"])).content
    assert "Thuis op Straat" in html.decode()
