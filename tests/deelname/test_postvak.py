"""The outbox: every mail leaves once, and what does not leave is not forgotten."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any
from unittest import mock

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.deelname.formulieren import (
    is_bedankt,
    make_contactpunt,
    make_dossier,
    make_reactie,
    make_redacteur,
    melding_van,
    reactie_van,
    stem_van,
    voorbeeld_van,
    vraag_van,
)
from tests.deelname.tegelijk import tegelijk
from wijkwijzer.deelname import postvak
from wijkwijzer.deelname.models import Bericht, Berichtstatus
from wijkwijzer.deelname.postvak import GENOMEN, MAX_KEREN, Uitkomst, verstuur

PUNT = "advies@organisatie.example"
NOOR = "noor@voorbeeld.example"
MINUUT = timedelta(minutes=1)


def make_bericht(**kwargs: Any) -> Bericht:
    defaults = {
        "onderwerpregel": f"Vraag {next(factories.numbers)}",
        "tekst": "Hoe begin ik?",
        "aan": PUNT,
        "antwoord_aan": NOOR,
        "email": NOOR,
    }
    return Bericht.objects.create(**defaults | kwargs)


def nu(bericht: Bericht) -> Bericht:
    bericht.refresh_from_db()
    return bericht


def laat_komen(**kwargs: Any) -> None:
    """As if time passed: everything is due."""
    Bericht.objects.update(volgende_op=timezone.now() - timedelta(**kwargs))


@pytest.fixture
def versturen(inhoud):
    """What happens instead of sending."""
    with mock.patch.object(EmailBackend, "send_messages") as verzend:
        verzend.side_effect = len
        yield verzend


# No request sends


@pytest.mark.usefixtures("inhoud")
def test_no_form_and_no_decision_sends_mail_or_sleeps(client, monkeypatch):
    def nooit(*args: Any, **kwargs: Any) -> None:
        raise AssertionError("somebody waits for this")

    monkeypatch.setattr(time, "sleep", nooit)
    monkeypatch.setattr(mail.EmailMessage, "send", nooit)
    reactie = make_reactie(status="wacht", email=NOOR)
    zichtbaar = make_reactie()
    for antwoord in (
        reactie_van(client, make_dossier()),
        stem_van(client, make_dossier()),
        melding_van(client, zichtbaar),
        vraag_van(client, make_contactpunt(email=PUNT)),
        voorbeeld_van(client),
    ):
        assert is_bedankt(antwoord)
    client.force_login(make_redacteur())
    pagina = reverse("admin:deelname_reactie_change", args=[reactie.pk])
    assert client.post(pagina, {"_weigeren": "x", "reden": "Nee."}).status_code == 302
    assert {b.aan for b in Bericht.objects.all()} == {PUNT, NOOR}


# Once


@pytest.mark.usefixtures("inhoud")
def test_a_mail_leaves_once_and_leaves_nothing_of_anybody():
    bericht = make_bericht(koppen={"Auto-Submitted": "auto-generated"})
    assert verstuur() == Uitkomst(verstuurd=1)
    assert verstuur() == Uitkomst()
    (gestuurd,) = mail.outbox
    assert (gestuurd.subject, gestuurd.body) == (
        bericht.onderwerpregel,
        "Hoe begin ik?",
    )
    assert (gestuurd.to, gestuurd.reply_to) == ([PUNT], [NOOR])
    assert gestuurd.message()["Auto-Submitted"] == "auto-generated"
    bericht = nu(bericht)
    assert bericht.status == Berichtstatus.VERSTUURD
    assert bericht.verstuurd_op
    assert not bericht.tekst + bericht.aan + bericht.antwoord_aan + bericht.email


def test_the_oldest_that_is_due_leaves_first(versturen):
    for minuten in (1, 3, 2):
        make_bericht(
            onderwerpregel=f"{minuten}",
            volgende_op=timezone.now() - timedelta(minutes=minuten),
        )
    verstuur()
    assert [b.args[0][0].subject for b in versturen.call_args_list] == ["3", "2", "1"]


def test_while_one_sends_a_mail_nobody_else_can_take_it(versturen):
    make_bericht()
    ook: list[Uitkomst] = []

    def nog_een(berichten: list[Any]) -> int:
        ook.append(verstuur())
        return len(berichten)

    versturen.side_effect = nog_een
    assert verstuur() == Uitkomst(verstuurd=1)
    assert ook == [Uitkomst()]
    assert versturen.call_count == 1


def test_many_that_send_at_once_send_every_mail_once(own_connections):
    for _ in range(30):
        make_bericht()
    gedaan = tegelijk(6, lambda *_: verstuur())
    assert sum(uitkomst.verstuurd for uitkomst in gedaan) == 30
    assert len({b.subject for b in mail.outbox}) == len(mail.outbox) == 30


def test_looking_for_mail_that_is_not_there_holds_up_nobody(versturen):
    """On SQLite a transaction would wait for who writes, and they for it."""
    make_bericht(volgende_op=timezone.now() + timedelta(hours=1))
    with CaptureQueriesContext(connection) as queries:
        verstuur()
    assert [q["sql"].split()[0] for q in queries] == ["SELECT", "SELECT"]


# A process that dies


@pytest.fixture
def afgebroken(versturen) -> Callable[[], None]:
    """A process dies while it sends."""

    def breek_af() -> None:
        versturen.side_effect = KeyboardInterrupt
        with pytest.raises(KeyboardInterrupt):
            verstuur()
        versturen.side_effect = len
        versturen.reset_mock()

    return breek_af


def test_what_a_process_that_died_had_taken_leaves_after_a_while(versturen, afgebroken):
    bericht = make_bericht()
    afgebroken()
    assert verstuur() == Uitkomst(), "it might still be sending"
    assert timedelta() < nu(bericht).volgende_op - timezone.now() <= GENOMEN
    laat_komen(seconds=1)
    assert verstuur() == Uitkomst(verstuurd=1)


def test_a_second_copy_can_be_recognised_as_one(versturen, afgebroken):
    """Between the answer of the mail server and our own note is a moment."""
    make_bericht()
    dood = mock.patch.object(postvak, "_is_verstuurd", side_effect=KeyboardInterrupt)
    with dood, pytest.raises(KeyboardInterrupt):
        verstuur()
    laat_komen(seconds=1)
    verstuur()
    een, twee = (b.args[0][0].message() for b in versturen.call_args_list)
    assert een["Message-ID"] == twee["Message-ID"]
    assert een["Message-ID"].endswith("@localhost>")
    make_bericht()
    verstuur()
    ander = versturen.call_args.args[0][0].message()
    assert ander["Message-ID"] != een["Message-ID"]


def test_a_mail_on_which_every_process_dies_is_given_up(versturen, afgebroken):
    bericht = make_bericht()
    for _ in range(MAX_KEREN):
        laat_komen(seconds=1)
        afgebroken()
    laat_komen(seconds=1)
    assert verstuur() == Uitkomst(opgegeven=1)
    assert (nu(bericht).status, bericht.fout) == (Berichtstatus.MISLUKT, "Afgebroken")
    assert versturen.call_count == 0


def test_who_took_too_long_does_not_undo_what_another_did(versturen):
    bericht = make_bericht()

    def te_lang(berichten: list[Any]) -> int:
        laat_komen(seconds=1)
        versturen.side_effect = len
        verstuur()
        raise SMTPServerDisconnected

    versturen.side_effect = te_lang
    verstuur()
    assert nu(bericht).status == Berichtstatus.VERSTUURD
    assert not bericht.fout


def test_a_database_that_is_away_for_a_moment_sends_nothing_twice(
    versturen, monkeypatch
):
    bericht = make_bericht()
    gezegd: list[str] = []

    def weg(_: Bericht) -> None:
        gezegd.append("?")
        if len(gezegd) < 3:
            raise OperationalError("server closed the connection")
        origineel(_)

    origineel = postvak._is_verstuurd
    monkeypatch.setattr(postvak, "_is_verstuurd", weg)
    monkeypatch.setattr(postvak.connection, "close", lambda: None)
    monkeypatch.setattr(postvak, "ELKE", 0.0)
    assert verstuur() == Uitkomst(verstuurd=1)
    assert nu(bericht).status == Berichtstatus.VERSTUURD
    assert versturen.call_count == 1


def test_a_database_that_stays_away_is_an_error(versturen, monkeypatch):
    make_bericht()
    monkeypatch.setattr(postvak, "VOLHOUDEN", -1)
    fout = OperationalError("server closed the connection")
    weg = mock.patch.object(postvak, "_is_verstuurd", side_effect=fout)
    with weg, pytest.raises(OperationalError):
        verstuur()


# Mail that fails


@pytest.mark.parametrize(
    "fout",
    [
        SMTPException,
        ConnectionRefusedError,
        TimeoutError,
        ValueError,
        RuntimeError,  # of a kind that nobody thought of
    ],
)
def test_what_fails_waits_longer_each_time_and_the_others_leave(versturen, fout):
    kapot, heel = make_bericht(aan="kapot@voorbeeld.example"), make_bericht()

    def verzend(berichten: list[Any]) -> int:
        if berichten[0].to == ["kapot@voorbeeld.example"]:
            raise fout
        return len(berichten)

    versturen.side_effect = verzend
    assert verstuur() == Uitkomst(verstuurd=1, uitgesteld=1)
    assert nu(heel).status == Berichtstatus.VERSTUURD
    wachttijden = []
    for keer in range(1, 6):
        assert (nu(kapot).status, kapot.geprobeerd) == (Berichtstatus.WACHT, keer)
        assert kapot.fout == fout.__name__
        wachttijden.append(round((kapot.volgende_op - timezone.now()) / MINUUT))
        assert verstuur() == Uitkomst(), "not before its time"
        laat_komen(seconds=1)
        assert verstuur() == Uitkomst(uitgesteld=1)
    assert wachttijden == [1, 2, 4, 8, 16]


def test_after_a_day_and_a_half_it_is_given_up_and_kept_for_the_editors(versturen):
    bericht = make_bericht()
    versturen.side_effect = SMTPServerDisconnected
    gewacht = timedelta()
    for _ in range(MAX_KEREN - 1):
        laat_komen(seconds=1)
        assert verstuur() == Uitkomst(uitgesteld=1)
        gewacht += nu(bericht).volgende_op - timezone.now()
    assert timedelta(hours=30) < gewacht < timedelta(hours=40)
    laat_komen(seconds=1)
    assert verstuur() == Uitkomst(opgegeven=1)
    assert nu(bericht).status == Berichtstatus.MISLUKT
    assert (bericht.tekst, bericht.aan) == ("Hoe begin ik?", PUNT)
    laat_komen(days=9)
    assert verstuur() == Uitkomst()


def test_the_log_and_the_reason_name_nobody(versturen, caplog):
    bericht = make_bericht()
    versturen.side_effect = SMTPRecipientsRefused({PUNT: (550, b"advies is weg")})
    with caplog.at_level(logging.ERROR):
        verstuur()
    assert nu(bericht).fout == "SMTPRecipientsRefused"
    (regel,) = caplog.records
    assert regel.getMessage() == (
        f"Mail {bericht.pk} is niet verstuurd (keer 1): SMTPRecipientsRefused"
    )
    assert "advies" not in caplog.text


def test_a_mail_to_nobody_is_no_mail_that_was_sent(versturen):
    bericht = make_bericht(aan="")
    assert verstuur() == Uitkomst(uitgesteld=1)
    assert nu(bericht).fout == "GeenOntvanger"


def test_without_a_mail_server_everything_stays_where_it_is(versturen, settings):
    bericht = make_bericht()
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert verstuur() == Uitkomst()
    assert (nu(bericht).status, bericht.geprobeerd) == (Berichtstatus.WACHT, 0)
