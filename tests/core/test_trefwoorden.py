"""Tags as editors type them."""

from __future__ import annotations

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from taggit.forms import TagField
from taggit.models import Tag

from wijkwijzer.core.trefwoorden import lees_trefwoorden, schrijf_trefwoorden

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
