"""A small record for tests of publishing, and people who do something with it."""

from __future__ import annotations

from itertools import count
from typing import Any

from django.contrib.auth.models import Permission, User
from django.test import Client

from kennisdossier.models import Begrip
from tests import factories
from tests.meta.test_admin import address, form_data
from wijkwijzer.core.models import Status

numbers = count(1)
MAY = ["view_begrip", "add_begrip", "change_begrip"]


def make_begrip(status: str = Status.CONCEPT, **kwargs: Any) -> Begrip:
    """One of which there is nothing to say before it is published."""
    number = next(numbers)
    defaults = {
        "naam": f"Buurtwoord {number}",
        "slug": f"buurtwoord-{number}",
        "definitie": "Een woord uit de buurt.",
        "bron": kwargs.pop("bron", None) or factories.make_bron(),
    }
    return factories.make_record(Begrip, status, **defaults | kwargs)


class Person:
    """An account with rights on begrippen, and a browser that is signed in."""

    def __init__(self, name: str, *extra: str) -> None:
        self.user = User.objects.create_user(name, is_staff=True)
        rights = Permission.objects.filter(codename__in=[*MAY, *extra])
        self.user.user_permissions.set(rights)
        self.user = User.objects.get(pk=self.user.pk)
        self.client = Client()
        self.client.force_login(self.user)

    def url(self, begrip: Begrip, page: str = "change") -> str:
        return address(Begrip, page, begrip.pk)

    def sees(self, begrip: Begrip, page: str = "change") -> str:
        return self.client.get(self.url(begrip, page), follow=True).text

    def saves(self, begrip: Begrip, button: str = "_save", **values: object) -> Any:
        url = self.url(begrip)
        data = form_data(self.client.get(url)) | values | {button: "1"}
        return self.client.post(url, data)

    def posts(self, begrip: Begrip, page: str, **values: object) -> Any:
        return self.client.post(self.url(begrip, page), values)


def writer(name: str = "schrijver") -> Person:
    return Person(name)


def publisher(name: str = "uitgever") -> Person:
    return Person(name, "publiceren")
