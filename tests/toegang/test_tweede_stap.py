"""An app with codes and codes to recover with: signing in, setting up, losing."""

from __future__ import annotations

import json

import pyotp
import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from tests import html
from tests.toegang.conftest import (
    LOGIN,
    PASSWORD,
    code_van,
    codes_on,
    heading,
    is_in,
    sign_in,
    wrong_code,
)
from wijkwijzer.redactie.getypt import NAAM
from wijkwijzer.toegang import factoren
from wijkwijzer.toegang.geheim import ontsleutel
from wijkwijzer.toegang.models import Bewijs, Factor, Herstelcode, Sessie

TYPED = json.dumps({"velden": [["naam", "Getypt & wel"]]})
NEXT = "/admin/kennisdossier/begrip/add/"


def secret_on(page) -> str:
    return html.read_loosely(page.content).one("code", class_="sleutel").text


def test_a_password_alone_lets_nobody_in_who_has_an_app(user, geheim, client):
    page = sign_in(client)
    assert heading(page) == "Tweede stap"
    assert not is_in(client)
    page = client.post(LOGIN, {"code": wrong_code(geheim)})
    assert "Deze code klopt niet" in page.text
    assert not is_in(client)
    code = code_van(geheim)
    page = client.post(LOGIN, {"code": f"{code[:3]} {code[3:]}", "next": NEXT})
    assert (page.status_code, page["Location"]) == (302, NEXT)
    assert is_in(client)
    assert Sessie.objects.get().bewijs == Bewijs.APP


def test_a_code_works_once_on_every_machine(user, geheim, client):
    code = {"code": code_van(geheim)}
    sign_in(client)
    assert client.post(LOGIN, code).status_code == 302
    other = Client()
    sign_in(other)
    assert other.post(LOGIN, code).status_code == 200
    # Nor one from before it.
    assert other.post(LOGIN, {"code": code_van(geheim, -1)}).status_code == 200
    assert not is_in(other)


@pytest.mark.parametrize(("off", "right"), [(-2, False), (-1, True), (2, False)])
def test_a_clock_may_be_half_a_minute_off(user, geheim, client, off, right):
    sign_in(client)
    client.post(LOGIN, {"code": code_van(geheim, off)})
    assert is_in(client) is right


def test_a_recovery_code_works_once_and_says_how_many_are_left(user, geheim, client):
    codes = factoren.vernieuw_herstelcodes(user=user, by=user)
    sign_in(client)
    page = client.post(LOGIN, {"code": codes[3].upper()}, follow=True)
    assert "Je hebt er nog 9" in page.text
    assert Sessie.objects.get().bewijs == Bewijs.HERSTELCODE
    other = Client()
    sign_in(other)
    other.post(LOGIN, {"code": codes[3]})
    assert not is_in(other)


def test_no_secret_can_be_read_in_the_database(user, client, verplicht):
    page = sign_in(client)
    geheim = secret_on(page)
    in_session = str(client.session.items())
    codes = codes_on(client.post(LOGIN, {"nieuwe_code": code_van(geheim)}))
    kept = str([*Factor.objects.values(), *Herstelcode.objects.values()])
    assert geheim not in kept + in_session
    assert not [c for c in codes if c in kept or c.replace("-", "") in kept]


def test_with_another_secret_key_the_codes_to_recover_still_work(
    user, geheim, client, settings
):
    codes = factoren.vernieuw_herstelcodes(user=user, by=user)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another-" + "1" * 50
    sign_in(client)
    assert client.post(LOGIN, {"code": code_van(geheim)}).status_code == 200
    assert client.post(LOGIN, {"code": codes[0]}).status_code == 302
    # With the key of before it is read, and nobody has to set it up again.
    settings.SECRET_KEY_FALLBACKS = [old]
    assert ontsleutel(Factor.objects.get().geheim) == geheim


# Who must


def test_an_editor_sets_it_up_at_the_first_sign_in_and_is_not_in_before(
    user, client, verplicht
):
    page = sign_in(client)
    assert heading(page) == "Stel een tweede stap in"
    assert not is_in(client)
    geheim = secret_on(page)
    page = client.post(LOGIN, {"nieuwe_code": wrong_code(geheim)})
    assert "Deze code klopt niet" in page.text
    assert secret_on(page) == geheim
    assert not is_in(client)
    page = client.post(LOGIN, {"nieuwe_code": code_van(geheim), "next": NEXT})
    codes = codes_on(page)
    assert len({*codes}) == 10
    assert NEXT in page.text
    assert is_in(client)
    other = Client()
    sign_in(other)
    assert other.post(LOGIN, {"code": codes[0]}).status_code == 302


@pytest.mark.parametrize("code", ["12345é", "１２３４５６", "٠٠٠٠٠٠", ""])  # noqa: RUF001
def test_whatever_is_typed_for_a_code_is_told_to_be_wrong(
    user, client, verplicht, code
):
    sign_in(client)
    page = client.post(LOGIN, {"nieuwe_code": code})
    assert (page.status_code, "Deze code klopt niet" in page.text) == (200, True)


def test_the_qr_code_is_in_the_page_and_needs_no_image(user, client, verplicht):
    root = html.read_loosely(sign_in(client).content)
    qr = root.one(class_="qr-vlak")
    assert [*qr.one("svg").all("path")]
    assert not [*root.all("img")]
    assert "style" not in str(qr.one("svg").attributes)


def test_a_superuser_must_and_who_has_no_role_need_not(user, client, verplicht):
    User.objects.create_superuser("baas", password=PASSWORD)
    User.objects.create_user("stagiair", password=PASSWORD, is_staff=True)
    assert heading(sign_in(client, name="baas")) == "Stel een tweede stap in"
    assert sign_in(client, name="stagiair").status_code == 302


def test_without_the_setting_a_password_is_enough(user, client):
    assert sign_in(client).status_code == 302
    assert is_in(client)


def test_who_gets_a_role_later_is_out_until_they_prove_more(user, client, verplicht):
    """Also at every other address that asks who somebody is."""
    client.force_login(user)
    assert not is_in(client)
    page = client.get(NEXT)
    assert page["Location"].startswith(LOGIN)
    Sessie.objects.update(bewijs=Bewijs.APP)
    assert is_in(client)


# What was typed goes along


def test_what_was_typed_goes_through_the_second_step(user, geheim, client):
    data = {"username": "noor", "password": PASSWORD, "next": NEXT, NAAM: TYPED}
    page = client.post(LOGIN, data)
    for code in (wrong_code(geheim), code_van(geheim)):
        form = html.read_loosely(page.content).one("form", id="login-form")
        carried = {i["name"]: i.get("value") for i in form.all("input", type="hidden")}
        assert json.loads(carried[NAAM])["velden"] == json.loads(TYPED)["velden"]
        page = client.post(form["action"], carried | {"code": code})
    assert heading(page) == "Je bent weer ingelogd"
    assert "Getypt &amp; wel" in page.text
    assert [*html.read_loosely(page.content).all("form", action=NEXT)]


def test_what_was_typed_goes_through_setting_it_up(user, client, verplicht):
    data = {"username": "noor", "password": PASSWORD, "next": NEXT, NAAM: TYPED}
    page = client.post(LOGIN, data)
    form = html.read_loosely(page.content).one("form", id="login-form")
    carried = {i["name"]: i.get("value") for i in form.all("input", type="hidden")}
    page = client.post(LOGIN, carried | {"nieuwe_code": code_van(secret_on(page))})
    assert len(codes_on(page)) == 10
    form = html.read_loosely(page.content).one("form", action=NEXT)
    assert "Getypt" in form.one("input", name=NAAM)["value"]


# Halfway


def test_halfway_ends_after_ten_minutes_and_with_another_password(user, geheim, client):
    sign_in(client)
    session = client.session
    session["toegang.halverwege"] |= {"tot": 1.0}
    session.save()
    page = client.post(LOGIN, {"code": code_van(geheim)})
    assert "Het duurde te lang" in page.text
    sign_in(client)
    user.set_password("Heel-iets-anders-nu")
    user.save()
    assert client.post(LOGIN, {"code": code_van(geheim)}).status_code == 200
    assert not is_in(client)


@pytest.mark.parametrize(
    "data", [{"code": "123456"}, {"nieuwe_code": "1"}, {"nieuwe_passkey": "{}"}]
)
def test_no_step_can_be_taken_without_the_one_before(user, geheim, client, data):
    page = client.post(LOGIN, data | {"username": "noor"})
    assert heading(page) == "Inloggen"
    assert not is_in(client)


def test_who_has_a_second_step_cannot_set_up_another_halfway(user, geheim, client):
    sign_in(client)
    client.post(LOGIN, {"nieuwe_code": code_van(geheim)})
    assert not is_in(client)
    assert Factor.objects.count() == 1


# Changing it


def test_an_app_is_added_replaced_and_removed_and_the_history_says_so(user, client):
    client.force_login(user)
    other = Client()
    other.force_login(user)
    page = client.get("/admin/beveiliging/app/")
    geheim = secret_on(page)
    page = client.post("/admin/beveiliging/app/", {"nieuwe_code": code_van(geheim)})
    assert len(codes_on(page)) == 10
    # Where nothing was proved they are out.
    assert is_in(client)
    assert not is_in(other)
    nieuw = secret_on(client.get("/admin/beveiliging/app/"))
    assert nieuw != geheim
    client.post("/admin/beveiliging/app/", {"nieuwe_code": code_van(nieuw)})
    factor = Factor.objects.get()
    assert ontsleutel(factor.geheim) == nieuw
    assert Herstelcode.objects.count() == 10
    url = f"/admin/beveiliging/{factor.pk}/verwijderen/"
    assert client.get(url).status_code == 200
    assert Factor.objects.exists()
    client.post(url)
    assert not Factor.objects.exists()
    assert not Herstelcode.objects.exists()
    told = [*LogEntry.objects.values_list("change_message", flat=True)]
    assert told[::-1] == [
        *["app met codes toegevoegd"] * 2,
        "app met codes verwijderd",
    ]


def test_the_last_step_of_an_editor_stays(user, geheim, client, verplicht):
    client.force_login(user)
    Sessie.objects.update(bewijs=Bewijs.APP)
    url = f"/admin/beveiliging/{Factor.objects.get().pk}/verwijderen/"
    page = client.post(url, follow=True)
    assert "heb je een tweede stap nodig" in page.text
    assert Factor.objects.exists()


def test_in_two_tabs_at_once_the_last_step_stays_too(user, geheim, verplicht):
    first = Factor.objects.get()
    second = Factor.objects.create(
        gebruiker=user, soort="passkey", naam="Laptop", kenmerk="x", publiek="x"
    )
    # Both were there when either page was opened.
    factoren.verwijder(factor=first, by=user)
    with pytest.raises(factoren.LaatsteStapError):
        factoren.verwijder(factor=second, by=user)
    assert [*Factor.objects.all()] == [second]


def test_new_recovery_codes_replace_the_old(user, geheim, client):
    old = factoren.vernieuw_herstelcodes(user=user, by=user)
    client.force_login(user)
    new = codes_on(client.post("/admin/beveiliging/herstelcodes/"))
    assert not {*old} & {*new}
    assert factoren.controleer(user, old[0]) is None
    assert factoren.controleer(user, new[0]) == Bewijs.HERSTELCODE


def test_of_somebody_else_nothing_can_be_changed(user, geheim, client):
    other = User.objects.create_user("bas", password="x", is_staff=True)
    client.force_login(other)
    url = f"/admin/beveiliging/{Factor.objects.get().pk}/verwijderen/"
    assert client.post(url).status_code == 404
    assert Factor.objects.exists()


# Losing all


def test_a_beheerder_takes_it_away_and_it_is_set_up_anew(
    user, geheim, client, verplicht, capsys, caplog
):
    client.force_login(user)
    Sessie.objects.update(bewijs=Bewijs.APP)
    call_command("tweede_stap_weg", "noor")
    assert "Weggenomen: 1" in capsys.readouterr().out
    assert "weggenomen door de beheerder" in caplog.text
    assert "noor" not in caplog.text
    assert LogEntry.objects.get().object_id == str(user.pk)
    assert not is_in(client)
    assert heading(sign_in(client)) == "Stel een tweede stap in"
    with pytest.raises(CommandError, match="geen account"):
        call_command("tweede_stap_weg", "niemand")


def test_with_an_account_all_of_it_goes(user, geheim, client):
    factoren.vernieuw_herstelcodes(user=user, by=user)
    client.force_login(user)
    user.delete()
    for model in (Factor, Herstelcode, Sessie):
        assert not model.objects.exists()


def test_our_codes_are_those_of_the_standard():
    """The examples of RFC 6238, appendix B, for SHA-1."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    for seconds, code in ((59, "287082"), (1111111109, "081804"), (2e10, "353130")):
        assert pyotp.TOTP(secret).generate_otp(int(seconds) // 30) == code
