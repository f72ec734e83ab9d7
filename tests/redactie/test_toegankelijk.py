"""Axe, room and colours on the pages of the admin that no journey comes past.

Others are looked at where they are tested: the form, its lists, drafts, reading in,
signing in, the inbox and what waits.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from aanpakken.models import Actor, Doelgroep
from interventies.models import Interventie
from kennisdossier.models import Afbeelding, Artikel, Begrip, Praktijkvoorbeeld
from tests.deelname.formulieren import make_reactie
from tests.kennisdossier.conftest import log_in
from tests.meta.test_admin import address
from tests.tools.audit import lost, unreadable, without_focus_ring, without_line
from tests.tools.browser import AXE_COLOURS, AXE_ROOM
from tests.wholes.begrippen import make_begrip, writer
from wijkwijzer.core.models import Adrescontrole, Status
from wijkwijzer.deelname.models import Bericht, Reactie, Reactiemelding, Reactiestatus
from wijkwijzer.search.models import Synoniemgroep
from wijkwijzer.wholes import review, schedule
from wijkwijzer.wholes.models import Beoordeling, Gepland, Versie, Watgepland

# Imported, because pytest finds fixtures by name.
__all__ = ["log_in"]

# A page that is asked for on a busy machine, in milliseconds.
SLOW = 30_000
SENDER = "lezer@voorbeeld.nl"


@pytest.fixture
def account(inhoud) -> User:
    """Somebody who may do all, so that every page has all it can have."""
    return User.objects.create_superuser("noor")


@pytest.fixture
def begrip(account) -> Begrip:
    """One that readers see; its working copy was submitted, and it is planned."""
    begrip = make_begrip(Status.GEPUBLICEERD)
    by = writer()
    by.saves(begrip, definitie="Een ander woord.", toelichting="Van 2024–2019.")
    begrip.refresh_from_db()
    handed_in = review.submit(record=begrip, by=by.user, note="Klopt dit zo?")
    review.comment(review=handed_in, by=account, text="Bijna.")
    schedule.plan(
        record=begrip,
        what=Watgepland.INTREKKEN,
        at=timezone.now() + timedelta(days=9),
        by=account,
        reason="Dit woord is oud.",
    )
    return begrip


@pytest.fixture
def sent() -> Reactie:
    """What a reader sent, with a report of another and a mail that did not arrive."""
    reactie = make_reactie(status=Reactiestatus.WACHT, email=SENDER, naam="Noor")
    Reactiemelding.objects.create(reactie=reactie, reden="Dit is reclame.")
    Bericht.objects.create(
        onderwerpregel="Dank je wel", aan=SENDER, email=SENDER, fout="Geen antwoord."
    )
    return reactie


def lapsed() -> Interventie:
    """One with a recognition to look up."""
    return Interventie.objects.filter(erkenningen__isnull=False).first()


def addresses(begrip: Begrip) -> Iterator[str]:
    """Pages that can be asked for as they are."""
    for name in ("onderdelen", "rollen", "handleiding", "password_change_done"):
        yield reverse(f"admin:{name}")
    yield reverse("admin:index")
    yield f"{reverse('admin:zoeken')}?q=buurt"
    yield reverse(
        "admin:auth_user_password_change", args=[User.objects.latest("pk").pk]
    )
    yield reverse("admin:interventies_interventie_nakijken", args=[lapsed().pk])
    yield f"{address(LogEntry, 'changelist')}?q={begrip}"
    yield address(LogEntry, "change", LogEntry.objects.latest("pk").pk)
    pages = ("publiceren", "intrekken", "plannen", "voorbeeld", "indienen")
    for page in (*pages, "beoordelen", "versies"):
        yield address(Begrip, page, begrip.pk)
    # Of a long list only what this is about.
    yield f"{address(Versie, 'changelist')}?q={begrip.uuid}"
    yield address(Versie, "change", Versie.objects.latest("pk").pk)
    for model in (Beoordeling, Gepland, Bericht, Reactiemelding, User):
        yield address(model, "changelist")
        yield address(model, "change", model._default_manager.latest("pk").pk)
    for model in (Praktijkvoorbeeld, Artikel, Synoniemgroep):
        yield address(model, "change", model._default_manager.first().pk)
    for model in (Adrescontrole, Afbeelding, Reactie, Doelgroep):
        yield address(model, "changelist")
    yield address(Reactie, "change", Reactie.objects.latest("pk").pk)
    yield address(User, "add")
    yield f"{address(Actor, 'add')}?_popup=1"
    for page in ("delete", "history"):
        yield address(Synoniemgroep, page, Synoniemgroep.objects.first().pk)


def chosen(page: Page, record: Model, action: str) -> None:
    """In its list, the page between choosing and doing."""
    page.goto(address(type(record), "changelist"))
    page.locator(f"input[name=_selected_action][value='{record.pk}']").check()
    page.locator("select[name=action]").select_option(action)
    page.get_by_role("button", name="Uitvoeren").press("Enter")
    expect(page.locator("[name=bevestigd]")).to_be_attached(timeout=SLOW)


def on_the_way(page: Page, begrip: Begrip, sent: Reactie) -> Iterator[str]:
    """Pages that only what was done before leads to."""
    for record, action in (
        (begrip, "publiceer"),
        (sent, "weiger"),
        (sent, "verwijder_persoon"),
    ):
        chosen(page, record, action)
        yield action

    # A form with errors, and one of which a colleague was first.
    form = address(Begrip, "change", begrip.pk)
    save = page.locator(".opslaan [name=_save]")
    page.goto(address(Begrip, "add"))
    save.press("Enter")
    expect(page.locator(".fouten")).to_be_focused(timeout=SLOW)
    yield "errors"
    page.goto(form)
    page.get_by_label("Definitie").first.fill("Wat ik typte.")
    writer("collega").saves(begrip, definitie="Wat een collega typte.")
    save.press("Enter")
    expect(page.get_by_text("Wat een collega typte.").first).to_be_visible(timeout=SLOW)
    yield "two editors"


def asked(page: Page, axe) -> Iterator[str]:
    """What is wrong with the page as it is now, at each size and in each scheme."""
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    # With its own letters everything is as large as it stays.
    page.evaluate("document.fonts.ready.then(() => true)")
    for width, scheme, rules in (
        (1280, "light", ()),
        (360, "light", AXE_ROOM),
        (360, "dark", AXE_COLOURS),
    ):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme, forced_colors="none")
        # Colours change slowly.
        page.evaluate("Promise.all(document.getAnimations().map(a => a.finished))")
        yield from (f"{width}, {scheme}: {f}" for f in axe(page, rules))
    # A preview is made small in its frame.
    yield from (f"360: {f}" for f in lost(page) if "<iframe" not in f)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(color_scheme="light", forced_colors="active")
    yield from (f"forced colours: {f}" for f in unreadable(page))
    yield from (f"forced colours: {f}" for f in without_line(page))
    yield from (f"forced colours: {f}" for f in without_focus_ring(page))
    page.emulate_media(forced_colors="none")


# In parts, so that more than one process can look.
PARTS = 3


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_right_at_every_size_and_in_every_scheme(
    page, log_in, begrip, sent, axe_bevindingen, part
):
    log_in(page)
    found = []
    for url in [*addresses(begrip)][part::PARTS]:
        assert page.goto(url).status == 200, url
        found += [f"{url}: {finding}" for finding in asked(page, axe_bevindingen)]
    assert found == [], "\n".join(found)


def test_every_page_on_the_way_is_right_at_every_size_and_in_every_scheme(
    page, log_in, begrip, sent, axe_bevindingen
):
    log_in(page)
    found = [
        f"{name}: {finding}"
        for name in on_the_way(page, begrip, sent)
        for finding in asked(page, axe_bevindingen)
    ]
    assert found == [], "\n".join(found)
