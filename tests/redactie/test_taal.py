"""Nothing that Django says in Dutch says "u"; and it says what people here say."""

from __future__ import annotations

import json
import re

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.translation import trans_real
from taggit.models import Tag

from tests import html
from tests.meta.test_admin import address
from wijkwijzer.redactie.taal import DJANGO, SCRIPTS

# Not "U" in a name or a code, nor "B&u".
U = re.compile(r"(?<![\w&.-])(?:[Uu]|[Uu]w)(?![\w.-])")
# Pages and mails that this site does not have or has its own for.
NOT_HERE = (
    *("Forgotten", "If you don’t receive", "We’ve emailed", "You're receiving"),
    *("Your username, in case", "You are seeing", "If you are using the <meta"),
    *("If you have configured", "Something’s wrong", "There’s been an error"),
)


def test_no_message_of_django_says_u_but_on_pages_that_are_not_here():
    catalog = trans_real.translation("nl")._catalog
    found = [str(key) for key in {*catalog.keys()} if U.search(catalog[key])]
    assert [key for key in found if not key.startswith(NOT_HERE)] == []


def test_a_text_of_ours_is_of_something_that_django_says():
    """Else another version of Django says it in other words, and ours is lost."""
    before = trans_real.DjangoTranslation("nl")
    scripts = trans_real.DjangoTranslation("nl", domain="djangojs")
    assert [key for key in DJANGO if key not in before._catalog] == []
    assert [key for key in SCRIPTS if key not in scripts._catalog] == []


def test_django_with_a_number_says_it_with_that_number():
    text = "Your password must contain at least %(min_length)d character."
    assert trans_real.ngettext(text, text, 12) % {"min_length": 12} == (
        "Je wachtwoord is minstens 12 tekens lang."
    )


def test_no_page_that_django_makes_says_u(inhoud):
    client = Client()
    client.force_login(User.objects.create_superuser("beheerder"))
    tag, user = Tag.objects.first(), User.objects.create_user("collega")
    chosen = {"action": "delete_selected", "_selected_action": tag.pk}
    pages = [
        client.get(address(User, "add")),
        client.get(address(User, "change", user.pk)),
        client.get(reverse("admin:auth_user_password_change", args=[user.pk])),
        client.get(reverse("admin:password_change")),
        client.get(address(Tag, "changelist")),
        client.get(address(Tag, "history", tag.pk)),
        client.get(address(Tag, "delete", tag.pk)),
        client.post(address(Tag, "changelist"), chosen),
        client.post(reverse("admin:logout")),
    ]
    for page in pages:
        assert page.status_code == 200, page.request
        assert not U.search(html.read_loosely(page.content).text), page.request


def test_the_scripts_say_je(inhoud, admin_client):
    page = admin_client.get(reverse("admin:jsi18n")).content.decode()
    assert not U.search(json.dumps(page, ensure_ascii=False))
    assert "Je koos een actie" in page
