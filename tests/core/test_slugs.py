"""What a slug is, wherever somebody types, makes or reads one."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from wijkwijzer.core.models import VorigeSlug
from wijkwijzer.core.slugs import UITLEG, SlugField, maak_slug, valideer_slug
from wijkwijzer.wholes.models import Publicatie

# What readers knew before there was a rule, they may still know it by.
KEPT_AS_IT_WAS = {VorigeSlug, Publicatie}
GOOD = ["a", "7", "samen-eten", "24-uur-samen"]
BAD = [
    *("Samen-eten", "samen-", "-samen", "samen--eten", "samen_eten", "één", "a b"),
    *("a\n", "a/b", "-"),
]


@pytest.mark.parametrize("slug", GOOD)
def test_small_letters_and_digits_with_single_hyphens_between_are_a_slug(slug):
    valideer_slug(slug)
    assert maak_slug(slug) == slug


@pytest.mark.parametrize("slug", BAD)
def test_anything_else_is_refused_in_dutch_in_rows_and_in_forms(slug):
    field = SlugField(max_length=100)
    for refuse in (valideer_slug, lambda s: field.clean(s, None)):
        with pytest.raises(ValidationError) as error:
            refuse(slug)
        assert error.value.messages == [UITLEG]
    if slug == slug.strip():  # A form takes spaces and lines around it off.
        with pytest.raises(ValidationError) as error:
            field.formfield().clean(slug)
        assert error.value.messages == [UITLEG]


@given(st.text(max_size=40), st.integers(1, 50))
def test_a_slug_that_we_make_is_a_slug(text, length):
    slug = maak_slug(text, length)
    assert len(slug) <= length
    if slug:
        valideer_slug(slug)


def test_every_slug_of_ours_follows_the_rule():
    fields = [
        field
        for model in apps.get_models()
        if model.__module__.startswith(
            ("wijkwijzer", "aanpakken", "interventies", "kennisdossier")
        )
        and model not in KEPT_AS_IT_WAS
        for field in model._meta.get_fields()
        if isinstance(field, models.SlugField)
    ]
    assert len(fields) > 10
    assert [field for field in fields if not isinstance(field, SlugField)] == []
