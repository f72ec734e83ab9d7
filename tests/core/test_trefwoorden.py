"""Tags as editors type them."""

from __future__ import annotations

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from taggit.forms import TagField
from taggit.models import Tag

from aanpakken.models import Aanpak
from tests import factories, html
from tests.meta.test_admin import address
from wijkwijzer.core.trefwoorden import (
    lees_trefwoorden,
    schrijf_trefwoorden,
    voeg_samen,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _none_yet():
    Tag.objects.all().delete()


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("samen eten", ["samen eten"]),
        ("samen eten, soep", ["samen eten", "soep"]),
        (" samen   eten ,, soep , ", ["samen eten", "soep"]),
        ('"samen eten", soep', ["samen eten", "soep"]),
        ('"eten, drinken", soep', ["eten, drinken", "soep"]),
        ('zeg "hallo" hier', ["zeg hallo hier"]),
        ('"open, dicht', ["dicht", "open"]),
        ("een, Een, EEN", ["een"]),
        ("één, Één", ["één"]),
        ("sa\u00admen eten, samen\u200b eten", ["samen eten"]),
        ("\u00ad, soep", ["soep"]),
        (unicodedata.normalize("NFD", "één, ÉÉN"), ["één"]),
        ("één, een", ["een", "één"]),
        ("", []),
        (' , "" ,', []),
    ],
)
def test_only_commas_separate_tags_and_each_is_there_once(typed, tags):
    assert lees_trefwoorden(typed) == tags
    assert TagField(required=False).clean(typed) == tags


def test_a_tag_that_exists_keeps_the_way_it_is_written():
    Tag.objects.create(name="Één")
    Tag.objects.create(name="één")
    assert lees_trefwoorden("ÉÉN, nieuw") == ["nieuw", "Één"]


def test_what_a_form_shows_is_read_as_the_same_tags():
    names = ["Één", "eten, drinken", "samen eten", "soep"]
    tags = [Tag.objects.create(name=name) for name in names]
    assert lees_trefwoorden(schrijf_trefwoorden(tags)) == sorted(names)
    assert not TagField().has_changed(tags, schrijf_trefwoorden(tags))


def test_a_tag_that_is_too_long_to_keep_is_refused_in_dutch():
    with pytest.raises(ValidationError, match="hoogstens 100 tekens"):
        lees_trefwoorden("a" * 101)
    assert lees_trefwoorden("a" * 100) == ["a" * 100]


# Merging


def tagged(*names: str) -> Aanpak:
    aanpak = factories.make_aanpak()
    aanpak.tags.set(names)
    return aanpak


def tags_of(aanpak: Aanpak) -> set[str]:
    return {*aanpak.tags.names()}


@pytest.mark.parametrize("stays", ["soep", "SOEP", "eten"])
def test_merged_tags_are_one_for_whatever_had_any_of_them(stays):
    one, other, both = (
        tagged("soep"),
        tagged("soepje", "wijk"),
        tagged("soep", "soepje"),
    )
    merged = voeg_samen(tags=Tag.objects.exclude(name="wijk"), naam=stays)
    name = merged.name
    assert name == ("eten" if stays == "eten" else "soep")
    assert [tags_of(a) for a in (one, other, both)] == [{name}, {name, "wijk"}, {name}]
    assert {*Tag.objects.values_list("name", flat=True)} == {name, "wijk"}


def test_an_editor_chooses_them_in_a_list_and_reads_what_happens(admin_client):
    aanpak = tagged("soep", "soepje")
    chosen = {
        "action": "render_tag_form",
        "_selected_action": [tag.pk for tag in Tag.objects.all()],
    }
    page = admin_client.post(
        f"{address(Tag, 'changelist')}?q=soep", chosen, follow=True
    )
    here = page.redirect_chain[-1][0]
    text = html.read_loosely(page.content).text
    assert "Welk trefwoord blijft?" in text
    assert "soepje" in text
    assert "Dit veld is verplicht" in admin_client.post(here, {"naam": " "}).text
    done = admin_client.post(here, {"naam": "soep"}, follow=True)
    assert "Dit is nu één trefwoord: “soep”." in done.text
    assert tags_of(aanpak) == {"soep"}
    nothing = admin_client.get(f"{here.partition('?')[0]}?tag=x")
    assert "Kies eerst in" in nothing.text
