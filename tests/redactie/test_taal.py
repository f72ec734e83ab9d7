"""Nothing that Django says in Dutch says "u"; and it says what people here say."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import django.conf
import pytest
import taggit
from django.apps import apps
from django.contrib import admin, auth
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.translation import trans_real
from taggit.models import Tag

from kennisdossier.models import Artikel
from tests import html
from tests.meta.test_admin import address
from wijkwijzer.redactie.taal import DJANGO, SCRIPTS

# Not "U" in a name or a code, nor "B&u".
U = re.compile(r"(?<![\w&.-])(?:[Uu]|[Uu]w)(?![\w.-])")
MSGID = re.compile(r'^msgid((?: ".*"\n)(?:".*"\n)*)', re.MULTILINE)
PACKAGES = (django.conf, admin, auth, taggit)
OURS = {"aanpakken", "interventies", "kennisdossier", "wijkwijzer"}
ENGLISH = {"object", "content", "name", "date", "value", "text", "type", "user", "tag"}
# Pages and mails that this site does not have or has its own for.
NOT_HERE = (
    *("Forgotten", "If you don’t receive", "We’ve emailed", "You're receiving"),
    *("Your username, in case", "You are seeing", "If you are using the <meta"),
    *("If you have configured", "Something’s wrong", "There’s been an error"),
    *("Are you sure?", "First, enter a username"),
    *("After you’ve created a user", "In case you’ve forgotten", "Forgotten your"),
    *("All list items must be", "Expected a list of items", "Invalid json list."),
)


def test_no_message_of_django_says_u_but_on_pages_that_are_not_here():
    catalog = trans_real.translation("nl")._catalog
    found = [str(key) for key in {*catalog.keys()} if U.search(catalog[key])]
    assert [key for key in found if not key.startswith(NOT_HERE)] == []


def said(package: Any) -> set[str]:
    """What a package says, in English."""
    file = Path(package.__file__).parent / "locale/en/LC_MESSAGES/django.po"
    entries = MSGID.findall(file.read_text(encoding="utf-8"))
    parts = ["".join(re.findall(r'"(.*)"', entry)) for entry in entries]
    return {text.replace('\\"', '"').replace("\\n", "\n") for text in parts}


def test_a_text_of_ours_is_of_something_that_django_says():
    """Else another version of Django says it in other words, and ours is lost."""
    says = set().union(*map(said, PACKAGES))
    texts = {key if isinstance(key, str) else key[0] for key in DJANGO}
    assert texts - says == set()
    scripts = trans_real.DjangoTranslation("nl", domain="djangojs")
    assert [key for key in SCRIPTS if key not in scripts._catalog] == []


def test_what_django_has_no_dutch_for_we_have():
    """A title that only a screen reader says, too; and the name of its app for tags."""
    catalog = trans_real.translation("nl")._catalog
    keys = {*catalog.keys()}
    dutch = {key if isinstance(key, str) else key[0] for key in keys}
    english = (said(admin) | said(taggit)) - {key.split("\x04")[-1] for key in dutch}
    assert [key for key in english if not key.startswith(NOT_HERE)] == []


def test_no_kind_of_record_has_an_english_name():
    """As Django makes one of a field: "content object"."""
    names = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.fields
        if model.__module__.split(".")[0] in OURS
        and field.verbose_name == field.name.replace("_", " ")
        and {*field.name.split("_")} & ENGLISH
    ]
    assert names == []


def test_what_goes_along_with_what_is_deleted_is_called_by_name(inhoud, admin_client):
    artikel = Artikel.objects.filter(aanpakken__isnull=False).first()
    page = admin_client.get(address(Artikel, "delete", artikel.pk))
    text = html.read_loosely(page.content).text
    assert f"Aanpak bij artikel: “{artikel.aanpakken.first()}” bij {artikel}" in text
    assert " object (" not in text


@pytest.mark.parametrize("page", ["admin:app_list", "admin:taggit_tag_changelist"])
def test_every_page_of_django_begins_at_vandaag_and_calls_tags_trefwoorden(
    page, inhoud, admin_client
):
    at = {"app_label": "taggit"} if page == "admin:app_list" else {}
    read = html.read_loosely(admin_client.get(reverse(page, kwargs=at)).content)
    crumbs = read.one(class_="breadcrumbs").text
    assert crumbs.split()[0] == "Vandaag"
    assert "Trefwoorden" in crumbs
    assert not re.search("taggit|tags?\\b", read.text, re.I)


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


def test_the_field_to_search_a_list_has_a_dutch_name(inhoud, admin_client):
    page = html.read_loosely(admin_client.get(address(Tag, "changelist")).content)
    icon = next(page.one("label", **{"for": "searchbar"}).all("img"))
    assert icon["alt"] == "Zoek in deze lijst"


def test_the_scripts_say_je(inhoud, admin_client):
    page = admin_client.get(reverse("admin:jsi18n")).content.decode()
    assert not U.search(json.dumps(page, ensure_ascii=False))
    assert "Je koos een actie" in page
