"""Who guesses is held up, wherever from; who owns the account is not for long."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.contrib.auth.models import User
from django.db import connections
from django.db.models import F
from django.test import Client

from tests.toegang.conftest import LOGIN, PASSWORD, code_van, is_in, sign_in, wrong_code
from wijkwijzer.toegang.grenzen import ACCOUNT, ADRES, COOKIE, PAAR
from wijkwijzer.toegang.models import Misgok

ELSEWHERE = {"REMOTE_ADDR": "198.51.100.7"}
WAIT = "Er is te vaak een verkeerd wachtwoord"


def later(**kwargs: int) -> None:
    """As if so much time went by."""
    Misgok.objects.update(op=F("op") - timedelta(**kwargs))


def guess(client: Client, times: int, **extra) -> list[int]:
    return [sign_in(client, "fout", **extra).status_code for _ in range(times)]


def test_of_25_wrong_passwords_five_are_looked_at_and_the_right_one_is_refused_too(
    user, client
):
    assert guess(client, 25) == [200] * 5 + [429] * 20
    page = sign_in(client)
    assert page.status_code == 429
    assert WAIT in page.text
    assert 1 <= int(page["Retry-After"]) <= 31
    assert not is_in(client)
    later(seconds=31)
    assert sign_in(client).status_code == 302
    assert is_in(client)


def test_what_is_refused_does_not_count_and_the_wait_doubles_up_to_a_quarter(
    user, client
):
    guess(client, 10)
    assert Misgok.objects.count() == PAAR.vanaf
    for seconds in (31, 61, 121, 241, 481, 901, 901):
        later(seconds=seconds - 3)
        assert guess(client, 1) == [429], seconds
        later(seconds=4)
        assert guess(client, 1) == [200], seconds


def test_a_stranger_slows_an_owner_elsewhere_down_but_for_two_minutes_at_most(
    user, client
):
    for n in range(ACCOUNT.vanaf):
        guess(client, 1, REMOTE_ADDR=f"203.0.113.{n}")
    owner = Client()
    page = sign_in(owner, **ELSEWHERE)
    assert page.status_code == 429
    later(seconds=16)
    assert sign_in(owner, **ELSEWHERE).status_code == 302
    for n in range(50, 80):
        guess(client, 1, REMOTE_ADDR=f"203.0.113.{n}")
        later(seconds=121)
    assert sign_in(Client(), **ELSEWHERE).status_code in {302, 429}
    later(seconds=121)
    assert sign_in(Client(), **ELSEWHERE).status_code == 302


def test_a_device_that_was_let_in_before_waits_for_no_stranger(user, client):
    owner = Client()
    assert sign_in(owner).status_code == 302
    cookie = owner.cookies[COOKIE]
    assert cookie["httponly"]
    owner.post("/admin/logout/")
    # Many strangers, and the own office.
    for n in range(ACCOUNT.vanaf):
        guess(client, 1, REMOTE_ADDR=f"203.0.113.{n}")
    guess(client, PAAR.vanaf)
    assert sign_in(Client()).status_code == 429
    assert sign_in(owner).status_code == 302
    # It is no free pass: there too five may be wrong.
    owner.post("/admin/logout/")
    assert guess(owner, 6) == [200] * 5 + [429]


def test_the_cookie_of_one_account_is_worth_nothing_for_another(user, client):
    User.objects.create_user("bas", password="x", is_staff=True)
    sign_in(client)
    client.post("/admin/logout/")
    codes = [
        sign_in(client, "fout", "bas", REMOTE_ADDR=f"203.0.113.{n}").status_code
        for n in range(ACCOUNT.vanaf + 1)
    ]
    assert codes == [200] * ACCOUNT.vanaf + [429]


def test_one_address_may_not_try_one_password_on_everybody(user, client):
    codes = [
        sign_in(client, "Welkom2026!", f"naam{n}").status_code
        for n in range(ADRES.vanaf + 1)
    ]
    assert codes == [200] * ADRES.vanaf + [429]
    assert sign_in(Client(), **ELSEWHERE).status_code == 302


def test_a_name_that_does_not_exist_is_answered_as_one_that_does(user, client):
    known, unknown = (
        [sign_in(client, "fout", name, REMOTE_ADDR=adres) for _ in range(6)]
        for name, adres in (("noor", "203.0.113.1"), ("niemand", "203.0.113.2"))
    )
    for one, other in zip(known, unknown, strict=True):
        assert one.status_code == other.status_code
        assert one.text.replace("noor", "niemand").count("errornote") == (
            other.text.count("errornote")
        )


def test_behind_a_proxy_the_last_address_counts_and_without_one_none_does(
    user, client, settings
):
    settings.TRUST_PROXY = True
    for n in range(PAAR.vanaf):
        guess(client, 1, headers={"x-forwarded-for": f"10.9.9.{n}, 203.0.113.5"})
    proxied = {"x-forwarded-for": "1.2.3.4, 203.0.113.5"}
    assert sign_in(client, headers=proxied).status_code == 429
    other = {"x-forwarded-for": "203.0.113.5, 203.0.113.6"}
    assert sign_in(Client(), headers=other).status_code == 302
    settings.TRUST_PROXY = False
    Misgok.objects.all().delete()
    for n in range(PAAR.vanaf):
        guess(client, 1, headers={"x-forwarded-for": f"10.9.9.{n}"})
    assert sign_in(client, headers=proxied).status_code == 429


def test_all_networks_of_a_house_are_one_place(user, client):
    for n in range(PAAR.vanaf):
        guess(client, 1, REMOTE_ADDR=f"2001:db8::{n}")
    assert sign_in(client, REMOTE_ADDR="2001:db8::abcd").status_code == 429
    assert sign_in(client, REMOTE_ADDR="2001:db8:1::1").status_code == 302


def test_codes_are_held_up_too_and_a_right_password_gives_no_new_ones(
    user, geheim, client
):
    sign_in(client)
    wrong = {"code": wrong_code(geheim)}
    codes = [client.post(LOGIN, wrong).status_code for _ in range(6)]
    assert codes == [200] * 5 + [429]
    sign_in(client)
    page = client.post(LOGIN, {"code": code_van(geheim)})
    assert page.status_code == 429
    assert WAIT in page.text
    later(seconds=31)
    assert client.post(LOGIN, {"code": code_van(geheim)}).status_code == 302


def test_after_an_hour_nothing_is_left_and_no_name_or_address_is_ever_kept(
    user, client
):
    guess(client, 3)
    kept = str([*Misgok.objects.values()])
    assert "noor" not in kept
    assert "127.0.0.1" not in kept
    later(minutes=61)
    guess(client, 1)
    assert Misgok.objects.count() == 1


@pytest.mark.django_db
def test_a_hundred_at_once_are_no_hundred_guesses(own_connections):
    together, codes = Barrier(12), []

    def one() -> None:
        try:
            together.wait()
            codes.append(sign_in(Client(), "fout").status_code)
        finally:
            connections.close_all()

    threads = [Thread(target=one) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == [200] * 5 + [429] * 7


# The old password, by who holds a session


def change(client: Client, old: str, new: str = "Vier-losse-woorden-hier", **extra):
    data = {"old_password": old, "new_password1": new, "new_password2": new}
    return client.post("/admin/password_change/", data, **extra)


def test_who_holds_a_stolen_session_guesses_the_old_password_five_times(user, client):
    sign_in(client)
    owner = Client()
    sign_in(owner)
    answers = [
        change(client, "fout", REMOTE_ADDR=f"203.0.113.{n}").status_code
        for n in range(8)
    ]
    assert answers == [200] * 5 + [429] * 3
    right = change(client, PASSWORD)
    assert right.status_code == 429
    assert WAIT in right.text
    # The owner elsewhere waits for nobody, neither to change it nor to sign in.
    assert sign_in(Client()).status_code == 302
    assert change(owner, PASSWORD).status_code == 302
    assert not is_in(client)


def test_a_weak_new_password_is_no_guess_of_the_old_one(user, client):
    sign_in(client)
    assert [change(client, PASSWORD, "x").status_code for _ in range(7)] == [200] * 7
    assert [change(client, "").status_code for _ in range(7)] == [200] * 7
    assert not Misgok.objects.exists()


def test_who_manages_people_needs_the_old_password_for_his_own(admin_client):
    own = User.objects.get(username="admin").pk
    answer = admin_client.get(f"/admin/auth/user/{own}/password/")
    assert answer["Location"] == "/admin/password_change/"
