"""Passkeys with an authenticator of Chromium, and how the pages look and sound."""

from __future__ import annotations

import pyotp
import pytest
from playwright.sync_api import expect

from tests.toegang.conftest import LOGIN, PASSWORD, sign_in
from tests.tools.browser import AXE_COLOURS, AXE_ROOM
from wijkwijzer.toegang.models import Bewijs, Factor, Sessie

FIELDS = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
HEEFT = {"hasUserVerification": True, "isUserVerified": True}


@pytest.fixture
def here(base_url) -> str:
    """The same site by a name: an address of digits has no passkeys."""
    return base_url.replace("127.0.0.1", "localhost")


@pytest.fixture
def authenticator(page):
    """A device with a finger that is always there; a function to lift it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = FIELDS | HEEFT | {"automaticPresenceSimulation": True}
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    def verified(yes: bool) -> None:
        wanted = {"authenticatorId": made["authenticatorId"], "isUserVerified": yes}
        session.send("WebAuthn.setUserVerified", wanted)

    return verified


def enter(page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def password(page, text: str = PASSWORD) -> None:
    page.get_by_label("Gebruikersnaam").fill("noor")
    page.get_by_label("Wachtwoord").fill(text)
    enter(page)


def sign_out(page) -> None:
    page.get_by_role("button", name="Uitloggen", exact=True).click()


@pytest.mark.long
def test_a_passkey_is_made_at_the_first_sign_in_and_then_is_enough(
    user, verplicht, page, here, authenticator
):
    refused = []
    page.on("console", lambda m: refused.append(m.text))
    page.goto(here + LOGIN)
    password(page)
    page.get_by_role("button", name="Of maak een passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bewaar je herstelcodes")
    page.get_by_role("link", name="ga verder").click()
    page.wait_for_url("**/admin/")
    factor = Factor.objects.get()
    assert factor.soort == "passkey"
    assert Sessie.objects.get().bewijs == Bewijs.PASSKEY

    # As the second step.
    sign_out(page)
    page.goto(here + LOGIN)
    password(page)
    page.get_by_role("button", name="Gebruik je passkey").click()
    page.wait_for_url("**/admin/")

    # Alone, by keyboard.
    sign_out(page)
    page.goto(here + LOGIN + "?next=/admin/beveiliging/")
    page.get_by_role("button", name="Inloggen met een passkey").press("Enter")
    page.wait_for_url("**/admin/beveiliging/")
    expect(page.get_by_text("Passkey “Passkey”")).to_be_visible()
    sign_out(page)

    # Whose finger it is not.
    authenticator(False)
    page.goto(here + LOGIN)
    page.get_by_role("button", name="Inloggen met een passkey").click()
    expect(page.locator(".passkey-melding")).to_contain_text("geen passkey gekozen")
    authenticator(True)

    # One that was copied is behind: its signatures count no more.
    Factor.objects.update(teller=1_000)
    page.get_by_role("button", name="Inloggen met een passkey").click()
    expect(page.get_by_text("Deze passkey kennen we niet")).to_be_visible()
    Factor.objects.all().delete()
    page.get_by_role("button", name="Inloggen met een passkey").click()
    expect(page.get_by_text("Deze passkey kennen we niet")).to_be_visible()
    assert [text for text in refused if "Content Security" in text] == []


@pytest.mark.long
def test_of_all_pages_to_sign_in_axe_finds_nothing(
    user, verplicht, page, base_url, axe_bevindingen, schermafdruk
):
    """Each page once, and then narrow and dark as well."""
    found = []

    def look(name: str) -> None:
        for width, scheme, rules in (
            (1280, "light", ()),
            (360, "light", AXE_ROOM),
            (360, "dark", AXE_COLOURS),
        ):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            # Links change their colour slowly.
            page.evaluate("Promise.all(document.getAnimations().map(a => a.finished))")
            found.extend(f"{name} {width} {f}" for f in axe_bevindingen(page, rules))
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, name
        page.set_viewport_size({"width": 1280, "height": 800})

    page.goto(base_url + LOGIN)
    look("inloggen")
    password(page, "fout")
    look("fout wachtwoord")
    page.get_by_role("link", name="Wachtwoord vergeten").click()
    look("vergeten")
    page.get_by_label("E-mailadres").fill("noor@voorbeeld.nl")
    enter(page)
    look("onderweg")
    page.goto(base_url + "/admin/wachtwoord/MQ/a-b/")
    look("oude link")
    page.goto(base_url + LOGIN)
    password(page)
    look("instellen")
    geheim = page.locator("code.sleutel").inner_text()
    page.get_by_label("Typ de 6 cijfers").fill(pyotp.TOTP(geheim).now())
    enter(page)
    look("herstelcodes")
    made = Factor.objects.create(
        gebruiker=user, soort="passkey", naam="Laptop", kenmerk="x", publiek="x"
    )
    for path in ("", "app/", f"{made.pk}/verwijderen/"):
        page.goto(f"{base_url}/admin/beveiliging/{path}")
        look(path or "beveiliging")
    page.goto(f"{base_url}/admin/password_change/")
    look("wachtwoord wijzigen")
    made.delete()
    page.goto(f"{base_url}/admin/beveiliging/passkey/")
    look("passkey")
    sign_out(page)
    page.goto(base_url + LOGIN)
    password(page)
    look("tweede stap")
    assert found == [], "\n".join(found)


def test_without_javascript_an_app_with_codes_does_all(
    user, verplicht, browser, base_url
):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(base_url + LOGIN)
        assert not page.get_by_role("button", name="passkey").is_visible()
        password(page)
        geheim = page.locator("code.sleutel").inner_text()
        page.get_by_label("Typ de 6 cijfers").fill(pyotp.TOTP(geheim).now())
        enter(page)
        page.get_by_role("link", name="ga verder").click()
        page.wait_for_url("**/admin/")


@pytest.mark.parametrize(
    "sent", ["", "{}", "[]", "null", '{"id":"a"}', "[" * 9999, '{"id":"a","rawId":"a"}']
)
def test_what_is_no_passkey_lets_nobody_in(user, client, sent):
    client.post("/admin/login/passkey/")
    page = client.post(LOGIN, {"passkey": sent})
    assert page.status_code == 200
    assert client.get("/admin/").status_code == 302
    client.force_login(user)
    client.post("/admin/login/passkey/", {"doel": "nieuw"})
    page = client.post("/admin/beveiliging/passkey/", {"nieuwe_passkey": sent})
    assert "klopt niet" in page.text
    assert not Factor.objects.exists()


def test_a_stranger_gets_no_question_to_make_a_passkey(user, client):
    asked = client.post("/admin/login/passkey/", {"doel": "nieuw"})
    assert asked.status_code == 403
    sign_in(client)
    asked = client.post("/admin/login/passkey/", {"doel": "nieuw"})
    assert asked.json()["publicKey"]["user"]["name"] == "noor"
