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
