"""What editors see of the outbox, and what they can do about it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.urls import reverse

from tests import html
from tests.deelname.formulieren import make_redacteur
from tests.deelname.test_postvak import NOOR, PUNT, laat_komen, make_bericht, nu
from wijkwijzer.deelname import actions
from wijkwijzer.deelname.models import Bericht, Berichtstatus
from wijkwijzer.deelname.postvak import MAX_KEREN, Uitkomst, verstuur


@pytest.fixture
def redacteur(client, inhoud):
    user = make_redacteur()
    client.force_login(user)
    return user


LIJST = reverse("admin:deelname_bericht_changelist")


def pagina_van(bericht: Bericht) -> str:
    return reverse("admin:deelname_bericht_change", args=[bericht.pk])


def test_what_was_given_up_is_on_top_of_the_list_with_its_reason(client, redacteur):
    for naam, status in (("weg", "verstuurd"), ("op", "mislukt"), ("nog", "wacht")):
        leeg = dict.fromkeys(("tekst", "aan", "antwoord_aan", "email"), "")
        make_bericht(
            onderwerpregel=naam,
            status=status,
            fout="TimeoutError" if status == "mislukt" else "",
            **(leeg if status == "verstuurd" else {}),
        )
    lijst = html.read_loosely(client.get(LIJST).content)
    namen = [cel.text for cel in lijst.all(class_="field-onderwerpregel")]
    assert namen == ["op", "nog", "weg"]
    assert "TimeoutError" in lijst.one(id="result_list").text


@pytest.mark.parametrize("status", ["wacht", "mislukt"])
def test_a_mail_is_read_by_editors_only_when_it_needs_them(client, redacteur, status):
    tekst = client.get(pagina_van(make_bericht(status=status))).text
    for inhoud in ("Hoe begin ik?", NOOR, PUNT):
        assert (inhoud in tekst) is (status == "mislukt")


def test_unsafe_text_of_a_mail_is_shown_as_it_was_typed(client, redacteur):
    bericht = make_bericht(status="mislukt", tekst="<script>alert(1)</script>")
    assert "<script>alert" not in client.get(pagina_van(bericht)).text


def test_an_editor_corrects_the_address_and_it_leaves(client, redacteur):
    bericht = make_bericht(
        status="mislukt", fout="SMTPRecipientsRefused", geprobeerd=MAX_KEREN
    )
    client.post(pagina_van(bericht), {"aan": "goed@organisatie.example"})
    assert nu(bericht).aan == PUNT, "nothing changes but by the button"
    data = {"aan": "goed@organisatie.example", "_opnieuw": "x"}
    assert client.post(pagina_van(bericht), data).status_code == 302
    assert (nu(bericht).status, bericht.geprobeerd) == (Berichtstatus.WACHT, 0)
    assert verstuur() == Uitkomst(verstuurd=1)
    assert mail.outbox[0].to == ["goed@organisatie.example"]
    (regel,) = bericht_geschiedenis(bericht)
    assert regel.user == redacteur
    assert "example" not in f"{regel.object_repr} {regel.change_message}"


def bericht_geschiedenis(bericht: Bericht) -> Any:
    return LogEntry.objects.filter(
        object_id=str(bericht.pk), content_type__model="bericht"
    )


def test_several_are_sent_again_from_the_list_and_only_what_was_given_up(
    client, redacteur
):
    op = [make_bericht(status="mislukt", geprobeerd=MAX_KEREN) for _ in range(2)]
    wacht = make_bericht(geprobeerd=4)
    rijen = [bericht.pk for bericht in (*op, wacht)]
    client.post(LIJST, {"action": "verstuur_opnieuw", "_selected_action": rijen})
    assert [nu(bericht).geprobeerd for bericht in op] == [0, 0]
    assert nu(wacht).geprobeerd == 4


@pytest.mark.usefixtures("inhoud")
def test_what_left_cannot_be_sent_again():
    bericht = make_bericht()
    verstuur()
    assert not actions.verstuur_opnieuw(berichten=[bericht], by=make_redacteur())
    assert verstuur() == Uitkomst()


@pytest.mark.parametrize(("minuten", "gezegd"), [(14, False), (16, True)])
def test_editors_hear_that_nobody_sends_the_mail(client, redacteur, minuten, gezegd):
    make_bericht()
    laat_komen(minutes=minuten)
    assert ("Er ligt mail klaar die niemand verstuurt" in client.get(LIJST).text) is (
        gezegd
    )


def test_mail_that_fails_is_not_mail_that_nobody_sends(client, redacteur, settings):
    make_bericht(geprobeerd=1)
    laat_komen(minutes=16)
    assert "niemand verstuurt" not in client.get(LIJST).text
