"""What a slug is: one rule for who types one, who reads one and who makes one."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db import models
from django.utils.text import slugify

UITLEG = (
    "Schrijf een slug met kleine letters en cijfers, met losse streepjes ertussen: "
    "samen-eten-2."
)
WOORD = re.compile("[a-z0-9]+")

valideer_slug = RegexValidator(r"\A[a-z0-9]+(-[a-z0-9]+)*\Z", UITLEG, "geen_slug")


def maak_slug(tekst: str, lengte: int = 100) -> str:
    """The slug of a name; empty when it has no letters that a slug can hold."""
    return "-".join(WOORD.findall(slugify(tekst)))[:lengte].strip("-")


class SlugFormField(forms.SlugField):
    default_validators = [valideer_slug]


class SlugField(models.SlugField):  # type: ignore[type-arg]
    """A slug in the one way that we write it: Django's takes "Samen_-" as well."""

    default_validators = [valideer_slug]

    def deconstruct(self) -> Any:
        # To the database it is Django's own: another rule needs no migration.
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.SlugField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": SlugFormField, **kwargs})
