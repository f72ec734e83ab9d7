"""Editors decide: approve, refuse, spam, reports, votes; and what that does."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.core import mail
from django.db import transaction
from django.urls import reverse

from kennisdossier.models import Praktijkvoorbeeld
from tests import factories, html
from tests.deelname.formulieren import (
    TEKST,
    make_dossier,
    make_reactie,
    make_redacteur,
    make_stem,
)
from wijkwijzer.core.groepen import REDACTIE, grant_editors
from wijkwijzer.deelname import actions
from wijkwijzer.deelname.models import (
    Bericht,
    Inzending,
    Reactie,
    Reactiemelding,
    Reactiestatus,
    Stem,
)
from wijkwijzer.deelname.postvak import verstuur
from wijkwijzer.memory.number import Nummers, read

pytestmark = pytest.mark.usefixtures("inhoud")

SITE = "https://wijkwijzer.example/"
LIJST = reverse("admin:deelname_reactie_changelist")


@pytest.fixture
def redacteur(client):
    """An editor without any other right, who is logged in."""
    grant_editors()
    user = User.objects.create_user("redacteur-proef", is_staff=True)
    user.groups.add(Group.objects.get(name=REDACTIE))
    client.force_login(user)
    return user


@pytest.fixture
def dossier():
    return make_dossier(naam="Samen eten")


@pytest.fixture
def wachtend(dossier):
    return make_reactie(
        dossier, status=Reactiestatus.WACHT, email="noor@voorbeeld.example", naam="Noor"
    )


class TochNietError(Exception):
    """Something goes wrong after a decision, in the same transaction."""


def pagina_van(reactie: Reactie) -> str:
    return reverse("admin:deelname_reactie_change", args=[reactie.pk])


def doe(client, actie: str, *rijen, **extra):
    adres = reverse(f"admin:deelname_{rijen[0]._meta.model_name}_changelist")
    data = {"action": actie, "_selected_action": [rij.pk for rij in rijen]}
    return client.post(adres, data | extra)


def status_van(reactie: Reactie) -> str:
    return Reactie.objects.get(pk=reactie.pk).status


# The queue


def test_what_waits_comes_first_and_of_that_the_oldest(client, redacteur, dossier):
    for nummer, status in enumerate(["goedgekeurd", "wacht", "spam", "wacht"]):
        make_reactie(dossier, tekst=f"nummer {nummer}", status=status)
    rijen = html.read_loosely(client.get(LIJST).content).all(class_="field-begin")
    assert [rij.text for rij in rijen] == [f"nummer {n}" for n in (1, 3, 2, 0)]


def test_the_list_shows_text_and_subject(client, redacteur, wachtend):
    tekst = html.read_loosely(client.get(LIJST).content).one(id="result_list").text
    assert "Bij ons werkt dit goed." in tekst
    assert "Samen eten" in tekst


def test_a_long_list_costs_no_more_queries(client, redacteur, dossier, met_queries):
    def kosten() -> int:
        with met_queries(60) as queries:
            client.get(LIJST)
        return len(queries)

    make_reactie(dossier)
    kosten()
    voor = kosten()
    for _ in range(9):
        make_reactie(make_dossier())
    assert kosten() == voor


def test_unsafe_text_is_shown_as_it_was_typed_in_the_admin_too(
    client, redacteur, dossier
):
    reactie = make_reactie(
        dossier, tekst="<script>alert(1)</script>", naam="<img src=x>"
    )
    Reactiemelding.objects.create(reactie=reactie, reden="<script>alert(2)</script>")
    melding = reverse("admin:deelname_reactiemelding_changelist")
    for adres in (LIJST, pagina_van(reactie), melding):
        inhoud = client.get(adres).content
        assert b"<script>alert" not in inhoud
        assert b"<img src=x>" not in inhoud
        assert b"&lt;script&gt;alert" in inhoud
    antwoord = doe(client, "weiger", reactie)
    assert b"<script>alert" not in antwoord.content


def test_an_editor_sees_the_paragraphs_of_a_text(client, redacteur, dossier):
    pagina = html.read_loosely(client.get(pagina_van(make_reactie(dossier))).content)
    tekst = pagina.one(class_="field-hele_tekst")
    assert [p.text for p in tekst.all("p")] == TEKST.split("\n\n")


def test_editors_write_no_reactions_themselves(client, redacteur):
    assert client.get(f"{LIJST}add/").status_code == 403


def test_an_editor_cannot_change_what_somebody_wrote(client, redacteur, wachtend):
    client.post(pagina_van(wachtend), {"tekst": "Anders", "naam": "X", "reden": ""})
    reactie = Reactie.objects.get()
    assert (reactie.tekst, reactie.naam) == (TEKST, "Noor")


# Decisions


@pytest.mark.parametrize(
    ("knop", "status"),
    [
        ("_goedkeuren", "goedgekeurd"),
        ("_weigeren", "geweigerd"),
        ("_spam", "spam"),
    ],
)
def test_one_click_on_the_page_of_a_reaction_decides(
    client, redacteur, wachtend, knop, status
):
    knoppen = {
        veld.get("name")
        for veld in html.read_loosely(client.get(pagina_van(wachtend)).content).all(
            "input", type="submit"
        )
    }
    assert knop in knoppen
    antwoord = client.post(
        pagina_van(wachtend), {knop: "ja", "reden": "Er staat een naam in."}
    )
    assert antwoord.status_code == 302
    reactie = Reactie.objects.get()
    assert reactie.status == status
    assert reactie.beoordeeld_door == redacteur
    assert reactie.beoordeeld_op
    assert reactie.reden == ("Er staat een naam in." if status == "geweigerd" else "")


def test_refusing_without_a_reason_is_refused_in_dutch(client, redacteur, wachtend):
    antwoord = client.post(pagina_van(wachtend), {"_weigeren": "ja", "reden": " "})
    assert antwoord.status_code == 200
    assert "Schrijf op waarom je deze reactie weigert." in antwoord.content.decode()
    assert status_van(wachtend) == Reactiestatus.WACHT


@pytest.mark.parametrize(
    ("actie", "status"), [("keur_goed", "goedgekeurd"), ("markeer_spam", "spam")]
)
def test_several_at_once_can_be_approved_or_put_with_spam(
    client, redacteur, dossier, actie, status
):
    reacties = [make_reactie(dossier, status=Reactiestatus.WACHT) for _ in range(3)]
    doe(client, actie, *reacties[:2])
    assert [status_van(r) for r in reacties] == [status, status, "wacht"]


def test_refusing_several_at_once_asks_for_the_reason_first(client, redacteur, dossier):
    reacties = [make_reactie(dossier, status=Reactiestatus.WACHT) for _ in range(2)]
    vraag = html.read_loosely(doe(client, "weiger", *reacties).content)
    assert "Bij ons werkt dit goed." in vraag.text
    assert vraag.one("textarea")["name"] == "reden"
    doe(client, "weiger", *reacties, bevestigd="ja", reden="")
    assert {status_van(r) for r in reacties} == {"wacht"}
    doe(client, "weiger", *reacties, bevestigd="ja", reden="Reclame.")
    assert {(r.status, r.reden) for r in Reactie.objects.all()} == {
        ("geweigerd", "Reclame.")
    }


def test_who_may_only_look_cannot_decide(client, wachtend):
    kijker = User.objects.create_user("kijker", is_staff=True)
    kijker.user_permissions.add(
        *Group.objects.get_or_create(name="leeg")[0].permissions.all()
    )
    client.force_login(kijker)
    assert doe(client, "keur_goed", wachtend).status_code == 403
    assert client.post(pagina_van(wachtend), {"_goedkeuren": "x"}).status_code == 403
    assert status_van(wachtend) == Reactiestatus.WACHT


def test_a_decision_stands_in_the_history_with_its_reason_and_nothing_of_the_writer(
    client, redacteur, wachtend
):
    client.post(pagina_van(wachtend), {"_weigeren": "x", "reden": "Reclame."})
    (regel,) = LogEntry.objects.all()
    assert (regel.user, regel.change_message) == (redacteur, "Geweigerd: Reclame.")
    assert regel.object_repr == f"Reactie {wachtend.pk}"


@pytest.mark.parametrize(
    ("status", "besluit", "verschil"),
    [
        ("wacht", "keur_goed", 1),
        ("goedgekeurd", "weiger", 1),
        ("goedgekeurd", "markeer_spam", 1),
        ("goedgekeurd", "keur_goed", 0),
        ("wacht", "weiger", 0),
        ("wacht", "markeer_spam", 0),
    ],
)
def test_pages_are_made_anew_when_and_only_when_what_they_show_changed(
    dossier, status, besluit, verschil
):
    reactie = make_reactie(dossier, status=status)
    extra = {
        "keur_goed": {"site": SITE},
        "weiger": {"site": SITE, "reden": "Nee."},
        "markeer_spam": {},
    }[besluit]
    voor, wie = read(), make_redacteur()
    getattr(actions, besluit)(reacties=[reactie], by=wie, **extra)
    # Of the content, nothing has to be built anew.
    assert read() == Nummers(voor.inhoud, voor.reacties + verschil)


def test_a_decision_that_is_not_kept_makes_no_page_anew(dossier):
    reactie, voor = make_reactie(dossier, status="wacht"), read()
    with pytest.raises(TochNietError), transaction.atomic():
        actions.keur_goed(reacties=[reactie], by=make_redacteur(), site=SITE)
        raise TochNietError
    assert read() == voor


def test_deleting_a_visible_reaction_makes_pages_anew(client, redacteur, dossier):
    zichtbaar, spam = make_reactie(dossier), make_reactie(dossier, status="spam")
    voor = read()
    doe(client, "delete_selected", spam, post="yes")
    assert read() == voor
    client.post(
        reverse("admin:deelname_reactie_delete", args=[zichtbaar.pk]), {"post": "yes"}
    )
    assert not Reactie.objects.exists()
    assert read() == Nummers(voor.inhoud, voor.reacties + 1)


# Mail to the writer


def test_the_writer_hears_that_the_reaction_is_on_the_site_and_can_answer(
    wachtend, dossier, settings
):
    settings.REDACTIE_EMAIL = "redactie@wijkwijzer.example"
    actions.keur_goed(reacties=[wachtend], by=make_redacteur(), site=SITE)
    assert mail.outbox == [], "no editor waits for a mail server"
    verstuur()
    (bericht,) = mail.outbox
    assert bericht.to == ["noor@voorbeeld.example"]
    assert bericht.reply_to == ["redactie@wijkwijzer.example"]
    assert bericht.message()["Auto-Submitted"] == "auto-generated"
    assert f"https://wijkwijzer.example{dossier.get_absolute_url()}" in bericht.body
    assert TEKST in bericht.body


@pytest.mark.parametrize("besluit", ["keur_goed", "weiger"])
def test_a_mail_says_nothing_of_its_subject_that_readers_do_not_see_yet(
    wachtend, dossier, besluit
):
    adres = dossier.get_absolute_url()
    dossier.naam, dossier.slug = "Nog geheim", "nog-geheim"
    dossier.save()
    reden = {"reden": "Nee."} if besluit == "weiger" else {}
    getattr(actions, besluit)(
        reacties=[wachtend], by=make_redacteur(), site=SITE, **reden
    )
    tekst = Bericht.objects.get().tekst
    assert "Samen eten" in tekst
    assert "geheim" not in tekst.lower()
    assert (adres in tekst) is (besluit == "keur_goed")


def test_of_what_was_withdrawn_a_mail_still_says_the_name(wachtend, dossier):
    factories.withdraw(dossier)
    actions.weiger(reacties=[wachtend], reden="Weg.", by=make_redacteur(), site=SITE)
    assert "Samen eten" in Bericht.objects.get().tekst


def test_the_writer_hears_why_the_reaction_was_refused(wachtend):
    wie, reden = make_redacteur(), "Er staat 'een' naam in."
    actions.weiger(reacties=[wachtend], reden=reden, by=wie, site=SITE)
    verstuur()
    assert "Er staat 'een' naam in." in mail.outbox[0].body


def test_nobody_gets_mail_about_spam_or_without_an_address(wachtend, dossier):
    zonder, wie = make_reactie(dossier, status="wacht"), make_redacteur()
    actions.markeer_spam(reacties=[wachtend], by=wie)
    actions.keur_goed(reacties=[zonder], by=wie, site=SITE)
    assert not Bericht.objects.exists()


def test_approving_twice_mails_once(wachtend):
    for _ in range(2):
        actions.keur_goed(reacties=[wachtend], by=make_redacteur(), site=SITE)
        verstuur()
    assert len(mail.outbox) == 1


def test_who_was_approved_and_then_refused_hears_both(wachtend):
    wie = make_redacteur()
    for _ in range(2):
        actions.keur_goed(reacties=[wachtend], by=wie, site=SITE)
        actions.weiger(reacties=[wachtend], reden="Toch niet.", by=wie, site=SITE)
    verstuur()
    assert len(mail.outbox) == 4


def test_a_decision_that_is_not_kept_leaves_no_mail(wachtend):
    with pytest.raises(TochNietError), transaction.atomic():
        actions.keur_goed(reacties=[wachtend], by=make_redacteur(), site=SITE)
        assert Bericht.objects.count() == 1
        raise TochNietError
    assert not Bericht.objects.exists()
    assert status_van(wachtend) == Reactiestatus.WACHT


def test_where_no_mail_goes_a_decision_is_kept_and_waits_for_nothing(
    wachtend, settings
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    actions.keur_goed(reacties=[wachtend], by=make_redacteur(), site=SITE)
    assert status_van(wachtend) == Reactiestatus.GOEDGEKEURD
    assert not Bericht.objects.exists()


# Reports and votes


def test_editors_see_open_reports_and_close_them(client, redacteur, dossier):
    gemeld, stil = make_reactie(dossier, tekst="gemeld"), make_reactie(dossier)
    melding = Reactiemelding.objects.create(reactie=gemeld, reden="Er staat een naam.")
    wachtrij = client.get(f"{LIJST}?gemeld=ja")
    assert {*wachtrij.context["cl"].queryset} == {gemeld}
    assert stil.pk != gemeld.pk
    pagina = html.read_loosely(client.get(pagina_van(gemeld)).content)
    assert "Er staat een naam." in pagina.one("form", id="reactie_form").text
    client.post(pagina_van(gemeld), {"_afhandelen": "x", "reden": ""})
    melding.refresh_from_db()
    assert melding.afgehandeld
    assert not client.get(f"{LIJST}?gemeld=ja").context["cl"].queryset.exists()
    assert [regel.change_message for regel in LogEntry.objects.all()] == ["Afgehandeld"]


def test_several_reports_are_closed_at_once(client, redacteur, dossier):
    reactie = make_reactie(dossier)
    meldingen = [
        Reactiemelding.objects.create(reactie=reactie, reden=f"r{n}") for n in range(2)
    ]
    doe(client, "handel_af", *meldingen)
    assert not Reactiemelding.objects.filter(afgehandeld=False).exists()


def test_editors_can_erase_votes_but_not_change_them(client, redacteur, dossier):
    stemmen = [make_stem(dossier) for _ in range(3)]
    pagina = reverse("admin:deelname_stem_change", args=[stemmen[0].pk])
    assert client.get(pagina).status_code == 200
    assert client.post(pagina, {"waarde": 1}).status_code == 403
    voor = read()
    doe(client, "delete_selected", *stemmen[:2], post="yes")
    assert [*Stem.objects.all()] == stemmen[2:]
    assert read() == Nummers(voor.inhoud, voor.reacties + 1)
    client.post(
        reverse("admin:deelname_stem_delete", args=[stemmen[2].pk]),
        {"post": "yes"},
    )
    assert not Stem.objects.exists()


# Persons


@pytest.fixture
def inzending():
    voorbeeld = Praktijkvoorbeeld.objects.create(naam="Soep", slug="soep-proef")
    return Inzending.objects.create(
        voorbeeld=voorbeeld, naam="Noor", email="Noor@voorbeeld.example", plaats="Ede"
    )


def test_an_editor_removes_a_person_after_seeing_what_goes(
    client, redacteur, wachtend, inzending, dossier
):
    ander = make_reactie(dossier, email="ander@voorbeeld.example")
    vraag = html.read_loosely(doe(client, "verwijder_persoon", wachtend).content)
    assert "1 reacties, de contactgegevens bij 1 inzendingen, 0 mails" in vraag.text
    assert Reactie.objects.count() == 2
    antwoord = doe(client, "verwijder_persoon", wachtend, bevestigd="ja")
    assert antwoord.status_code == 302
    assert [*Reactie.objects.all()] == [ander]
    assert not Inzending.objects.exists()
    assert Praktijkvoorbeeld.objects.filter(slug="soep-proef").exists()
    assert "Kijk na" in client.get(LIJST).content.decode()
    (regel,) = LogEntry.objects.all()
    assert "voorbeeld.example" not in f"{regel.object_repr} {regel.change_message}"


def test_an_editor_downloads_all_of_a_person(client, redacteur, wachtend, inzending):
    antwoord = doe(client, "exporteer_persoon", inzending)
    assert antwoord["Content-Type"].startswith("application/json")
    assert "attachment" in antwoord["Content-Disposition"]
    (persoon,) = antwoord.json()
    assert persoon["reacties"][0]["tekst"] == TEKST
    assert persoon["praktijkvoorbeelden"][0]["plaats"] == "Ede"


def test_a_person_who_wrote_the_address_in_two_ways_is_one(client, redacteur, dossier):
    ways = ("jan@müller.nl", "Jan@xn--mller-kva.nl")
    reacties = [make_reactie(dossier, email=email) for email in ways]
    (persoon,) = doe(client, "exporteer_persoon", *reacties).json()
    assert len(persoon["reacties"]) == 2


def test_without_an_address_the_editor_is_told_that_it_cannot(
    client, redacteur, dossier
):
    reactie = make_reactie(dossier)
    for actie in ("verwijder_persoon", "exporteer_persoon"):
        assert doe(client, actie, reactie).status_code == 302
        assert "geen e-mailadres" in client.get(LIJST).content.decode()
    assert Reactie.objects.exists()
