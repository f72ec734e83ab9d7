"""Passwords: what is guessed first is refused, in Dutch; what is strong is not."""

from __future__ import annotations

import secrets

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import (
    get_default_password_validators,
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.test import Client

from tests import html
from tests.deelname.formulieren import make_redacteur

GUESSED = """
wachtwoord12
Wachtwoord123!
Welkom2026!!
!!Welkom-2026
2026Welkom!!
Zomervakantie2026
September2026!
Geheim123456
mijnwachtwoord1
nieuwwachtwoord
Mijn geheim wachtwoord
welkomwelkom12
W@chtw00rd1234
w4chtw00rd!2026
P@ssw0rd!2026
W€lkom-w€lkom1
Wáchtwóórd2026
We1kom We1kom 1
WijkWijzer2026!
W1jkW1jz3r2026
Redactie-2026-nieuw
Gemeente-Utrecht1
Noor-Terpstra-26
terpstra-welkom1
NoortjeNoortje1
qwertyuiop12
Qwerty123456!
asdfghjkl2026
1qaz2wsx3edc
poiuytrewq99
abcdefghijkl
zyxwvutsrqpo
aaaaaaaaaaaa
ababababababab
abcabcabcabc1
hoihoihoihoi12
123412341234a
!!!!!!!!!!!!a
""".strip().splitlines()

STRONG = """
correct paard batterij niet
vier wilde ganzen vlogen
trap-lamp-mos-oker
Tussen de regels door lezen
x7Kq9!mP2vRt
zeepaardjesbrug
ωραία-θάλασσα-τώρα
ik eet liever soep in de zomer
schoorsteenmantel
48!29@77#13%60
wachtwoorden zijn voor iedereen lastig
""".strip().splitlines()

USER = User(
    username="noortje",
    first_name="Noor",
    last_name="Terpstra",
    email="n.terpstra@gemeente.example",
)


def codes(password: str) -> set[str]:
    try:
        validate_password(password, USER)
    except ValidationError as error:
        return {found.code for found in error.error_list}
    return set()


@pytest.mark.once
@pytest.mark.parametrize("password", GUESSED)
def test_what_is_guessed_first_is_refused(password):
    assert "password_guessable" in codes(password)


@pytest.mark.once
@pytest.mark.parametrize("password", STRONG)
def test_a_strong_password_needs_no_capital_digit_or_sign(password):
    assert codes(password) == set()


@pytest.mark.once
def test_what_a_machine_makes_is_never_refused():
    for _ in range(2000):
        password = secrets.token_urlsafe(12)
        assert codes(password) <= {"password_too_similar"}, password


@pytest.mark.once
@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("x7Kq9!mP2vR", "password_too_short"),
        ("739104628557", "password_entirely_numeric"),
        ("n.terpstra@gemeente", "password_too_similar"),
        ("professional", "password_too_common"),
    ],
)
def test_what_django_refuses_is_refused_too(password, code):
    assert code in codes(password)


@pytest.mark.once
def test_every_rule_speaks_dutch_to_somebody_it_knows():
    texts = password_validators_help_texts()
    texts += [v.get_error_message() for v in get_default_password_validators()[:-1]]
    assert len(texts) == 9
    for text in texts:
        assert not {"Uw", "u", "uw", "Your", "password"} & {*text.split()}, text
    assert "12 tekens" in texts[0]


def test_an_editor_who_chooses_a_weak_password_reads_why(inhoud):
    client, editor = Client(), make_redacteur()
    editor.set_password("oud en vergeten lied")
    editor.save()
    client.force_login(editor)
    data = dict.fromkeys(("new_password1", "new_password2"), "wachtwoord12")
    response = client.post(
        "/admin/password_change/", data | {"old_password": "oud en vergeten lied"}
    )
    assert "makkelijk te raden" in html.read_loosely(response.content).text
    editor.refresh_from_db()
    assert editor.check_password("oud en vergeten lied")


@pytest.mark.once
def test_a_password_of_any_length_is_looked_at_in_a_moment():
    for password in ("a1!é" * 1000, "qwerty" * 700, secrets.token_urlsafe(3000)):
        codes(password)


@pytest.mark.once
def test_all_rules_are_ours():
    for rule in settings.AUTH_PASSWORD_VALIDATORS:
        assert rule["NAME"].startswith("wijkwijzer.operations.passwords.")
