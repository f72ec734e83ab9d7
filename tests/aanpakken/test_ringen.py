"""The three rings: who is in them, and the diagram of them."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string

from aanpakken.models import Actor, Actorlaag
from aanpakken.ringen import Ring, _twee_regels, ringen, teken_ringen
from tests import factories, html
from wijkwijzer.wholes.current import current_stand

# Made of what is in memory, whatever database that came from.
pytestmark = [pytest.mark.usefixtures("inhoud"), pytest.mark.once]


def diagram(of: list[Ring]) -> html.Element:
    context = {"diagram": teken_ringen(of)}
    return html.read(render_to_string("components/ringdiagram.html", context))


def test_the_rings_come_core_first_with_everyone_in_them():
    found = ringen(current_stand())
    assert [ring.laag.volgorde for ring in found] == [1, 2, 3]
    named = {actor.actor.slug for ring in found for actor in ring.actoren}
    assert named == {*Actor.objects.values_list("slug", flat=True)}


def test_the_diagram_names_every_actor_and_links_who_takes_part():
    found = ringen(current_stand())
    svg = diagram(found)
    everyone = [actor for ring in found for actor in ring.actoren]
    assert {link["href"] for link in svg.all("a")} == {
        *(f"/aanpakken/?laag={ring.laag.slug}" for ring in found),
        *(a.actor.get_absolute_url() for a in everyone if a.doet_mee),
    }
    texts = {"".join(text.text.split()) for text in svg.all("text")}
    for actor in everyone:
        shown = f"{''.join(actor.actor.naam.split())}{actor.aantal or ''}"
        assert shown in texts


def test_a_ring_tells_who_is_in_it_but_named_nowhere():
    for ring in ringen(current_stand()):
        nowhere = Actor.objects.filter(
            laag__slug=ring.laag.slug, uitvoeringen=None, voorbeelden=None
        )
        assert {a.slug for a in ring.afwezig} == {
            *nowhere.values_list("slug", flat=True)
        }


def test_an_actor_counts_the_aanpakken_that_readers_see():
    actor = Actor.objects.first()

    def count() -> int:
        (found,) = (
            ringactor.aantal
            for ring in ringen(current_stand())
            for ringactor in ring.actoren
            if ringactor.actor.slug == actor.slug
        )
        return found

    before = count()
    aanpak = factories.make_aanpak()
    aanpak.uitvoeringen.create(
        naam="x", rol="uitvoerder", actor=actor, laag=actor.laag, laag_basis="lijst"
    )
    assert count() == before
    factories.publish(aanpak)
    assert count() == before + 1


def test_a_ring_without_actors_is_still_a_ring():
    found = [Ring(ring.laag, 0, []) for ring in ringen(current_stand())]
    assert len([*diagram(found).all("a")]) == 3


def test_a_long_name_in_the_diagram_is_broken_at_a_space_only():
    assert _twee_regels("x" * 40) == ["x" * 40]
    assert _twee_regels("kort") == ["kort"]
    assert _twee_regels("kunstenaars en culturele organisaties") == [
        "kunstenaars en",
        "culturele organisaties",
    ]


def test_a_site_with_another_number_of_rings_shows_them_without_the_diagram(client):
    Actorlaag.objects.create(slug="vier", naam="Vierde", kort="Verder weg", volgorde=4)
    response = client.get("/wie/")
    assert response.status_code == 200
    page = html.read(response.content)
    assert "Ring 4: verder weg" in [h2.text for h2 in page.all("h2")]
    assert [*page.all("svg", class_="diagram")] == []
