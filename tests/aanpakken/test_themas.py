"""A theme shows the strength of each link before anything else."""

from __future__ import annotations

import pytest

from aanpakken.models import Basis, Sterkte
from aanpakken.terms import ThemaTerm
from aanpakken.themas import aanpakken_van_thema, termen_met_aantal
from aanpakken.whole import AanpakDocument
from tests import html
from wijkwijzer.wholes.current import current_stand

# Made of what is in memory, whatever database that came from.
pytestmark = [pytest.mark.usefixtures("inhoud"), pytest.mark.once]

THEMAS = ["verbinding", "krachten-en-talenten", "problemen", "zeggenschap"]


@pytest.mark.parametrize("slug", THEMAS)
def test_every_aanpak_of_a_theme_stands_in_one_group(slug):
    stand = current_stand()
    thema = stand.vocabulary.get(ThemaTerm, slug)
    groepen = aanpakken_van_thema(stand, thema)
    slugs = [aanpak.slug for groep in groepen for aanpak, _ in groep]
    assert sorted(slugs) == sorted(
        aanpak.slug
        for aanpak in stand.all(AanpakDocument)
        if thema in [koppeling.thema for koppeling in aanpak.themas]
    )
    assert dict(termen_met_aantal(stand, "thema", ThemaTerm))[thema] == len(slugs)


@pytest.mark.parametrize("slug", THEMAS)
def test_what_an_editor_saw_is_apart_and_a_weak_link_comes_last(client, slug):
    stand = current_stand()
    groepen = aanpakken_van_thema(stand, stand.vocabulary.get(ThemaTerm, slug))
    for groep, basis, sterkten in [
        (groepen.genoemd, Basis.EXPLICIET, {*Sterkte}),
        (groepen.sterk, Basis.REDACTIONEEL, {Sterkte.STERK}),
        (groepen.zwak, Basis.REDACTIONEEL, {Sterkte.ZWAK}),
    ]:
        assert {koppeling.basis for _, koppeling in groep} <= {basis}
        assert {koppeling.sterkte for _, koppeling in groep} <= sterkten
    document = html.read(client.get(f"/themas/{slug}/").content)
    expected = [aanpak.slug for groep in groepen for aanpak, _ in groep]
    assert [
        link["href"].split("/")[2]
        for section in document.all("section", class_="part")
        for heading in section.all("h3")
        for link in heading.all("a")
    ] == expected


def test_the_list_of_themes_says_how_many_only_touch_on_one(client):
    stand = current_stand()
    tiles = [*html.read(client.get("/themas/").content).all("a", class_="tile")]
    assert len(tiles) == len(THEMAS)
    for tile, slug in zip(tiles, THEMAS, strict=True):
        thema = stand.vocabulary.get(ThemaTerm, slug)
        weak = len(aanpakken_van_thema(stand, thema).zwak)
        assert (f", waarvan {weak} zijdelings" in tile.text) is bool(weak)


def test_a_weak_theme_says_so_on_a_card_and_in_a_comparison(client):
    cards = [*html.read(client.get("/aanpakken/").content).all("article")]
    for aanpak in current_stand().all(AanpakDocument):
        weak = sum(koppeling.sterkte == Sterkte.ZWAK for koppeling in aanpak.themas)
        address = aanpak.get_absolute_url()
        (card,) = (c for c in cards if any(c.all("a", href=address)))
        assert card.text.count("zijdelings") == weak, address
        # ABCD has no weak theme.
        other = "abcd" if aanpak.slug != "abcd" else "community-organising"
        compared = client.get(
            f"/aanpakken/vergelijken/?aanpak={aanpak.slug}&aanpak={other}"
        )
        weak += other != "abcd"
        told = html.read(compared.content).one("main").text
        assert told.count("(zijdelings, ") == weak, address
