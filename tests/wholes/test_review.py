"""Somebody submits, another looks: with the difference, remarks and an answer."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry

from tests.wholes.begrippen import make_begrip, publisher, writer
from wijkwijzer.core.models import Status
from wijkwijzer.deelname.models import Bericht
from wijkwijzer.wholes import review
from wijkwijzer.wholes.models import Beoordeling, Uitkomst, Versie

pytestmark = pytest.mark.usefixtures("inhoud")


@pytest.fixture
def begrip():
    return make_begrip(Status.GEPUBLICEERD, naam="Buurthuis")


def log(number: int = 1) -> str:
    return LogEntry.objects.all()[number - 1].get_change_message()


def test_saving_and_submitting_asks_for_a_remark_and_says_what_changes(begrip):
    noor = writer("noor")
    answer = noor.saves(begrip, "_indienen", naam="Wijkhuis")
    assert answer["Location"] == noor.url(begrip, "indienen")
    text = noor.client.get(answer["Location"]).text
    assert "<del>Buurthuis</del>" in text
    noor.posts(begrip, "indienen", opmerking="Kijk je naar de naam?")
    waiting = Beoordeling.objects.get(uuid=begrip.uuid)
    assert (waiting.ingediend_door, waiting.uitkomst) == (noor.user, Uitkomst.WACHT)
    assert log() == "Ingediend voor beoordeling. Kijk je naar de naam?"
    assert "Noor diende dit in" in noor.sees(begrip)


def test_who_looks_sees_the_remark_and_the_difference_and_can_publish(begrip):
    noor, sami = writer("noor"), publisher("sami")
    noor.saves(begrip, naam="Wijkhuis")
    noor.posts(begrip, "indienen", opmerking="De naam is nieuw.")
    text = sami.sees(begrip, "beoordelen")
    assert "De naam is nieuw." in text
    assert "<del>Buurthuis</del>" in text
    assert "<ins>Wijkhuis</ins>" in text
    assert "nadat het was ingediend" not in text
    sami.posts(begrip, "beoordelen", actie="publiceren")
    assert Versie.objects.filter(uuid=begrip.uuid).count() == 2
    done = Beoordeling.objects.get(uuid=begrip.uuid)
    assert (done.uitkomst, done.door) == (Uitkomst.GEPUBLICEERD, sami.user)


def test_it_comes_back_with_a_reason_that_the_writer_reads_at_the_record():
    begrip = make_begrip()
    noor, sami = writer("noor"), publisher("sami")
    noor.posts(begrip, "indienen")
    begrip.refresh_from_db()
    assert begrip.status == Status.TER_BEOORDELING
    empty = sami.posts(begrip, "beoordelen", actie="terugsturen", reden=" ")
    assert "Schrijf op wat er anders moet." in empty.text
    sami.posts(begrip, "beoordelen", actie="terugsturen", reden="Leg het korter uit.")
    begrip.refresh_from_db()
    assert begrip.status == Status.CONCEPT
    text = noor.sees(begrip)
    assert "Sami stuurde dit terug" in text
    assert "Leg het korter uit." in text
    assert log() == "Teruggestuurd. Leg het korter uit."
    # Once it is submitted again, that answer is of before.
    noor.posts(begrip, "indienen")
    assert "stuurde dit terug" not in noor.sees(begrip)


def test_what_changed_after_it_was_submitted_is_told(begrip):
    noor, sami = writer("noor"), publisher("sami")
    noor.saves(begrip, naam="Wijkhuis")
    noor.posts(begrip, "indienen")
    noor.saves(begrip, naam="Dorpshuis")
    assert "Het is daarna nog gewijzigd." in sami.sees(begrip)
    text = sami.sees(begrip, "beoordelen")
    assert "nadat het was ingediend" in text
    assert "<del>Wijkhuis</del>" in text


def test_remarks_can_be_made_before_it_is_decided_by_both(begrip):
    noor, sami = writer("noor"), publisher("sami")
    noor.posts(begrip, "indienen")
    sami.posts(begrip, "beoordelen", actie="opmerking", tekst="Waar komt dit uit?")
    noor.posts(begrip, "beoordelen", actie="opmerking", tekst="Uit de bron.")
    text = sami.sees(begrip, "beoordelen")
    assert text.index("Waar komt dit uit?") < text.index("Uit de bron.")
    assert Beoordeling.objects.get(uuid=begrip.uuid).uitkomst == Uitkomst.WACHT


def test_a_remark_that_was_typed_goes_along_with_any_decision_and_once(begrip):
    noor, sami = writer("noor"), publisher("sami")
    noor.posts(begrip, "indienen")
    both = {"tekst": "Mooi begin.", "reden": "Leg het uit."}
    page = sami.posts(begrip, "beoordelen", actie="opmerking", **both)
    # The reason is still there to go on with.
    assert "Leg het uit.</textarea>" in page.text
    assert "Mooi begin.</textarea>" not in page.text
    # Somebody saved it while he looked.
    old = {"revisie": "0", "reden": "Leg het uit."}
    page = sami.posts(begrip, "beoordelen", actie="publiceren", **old)
    assert "gewijzigd terwijl je keek" in page.text
    assert "Leg het uit.</textarea>" in page.text
    missing = {"tekst": "Nog iets.", "reden": ""}
    page = sami.posts(begrip, "beoordelen", actie="terugsturen", **missing)
    assert "Nog iets.</textarea>" in page.text
    sami.posts(begrip, "beoordelen", actie="terugsturen", **both)
    done = Beoordeling.objects.get(uuid=begrip.uuid)
    assert done.uitkomst == Uitkomst.TERUGGESTUURD
    assert [o.tekst for o in done.opmerkingen.all()] == ["Mooi begin."]


def test_who_submitted_it_can_take_it_back_and_decides_nothing(begrip):
    noor = writer("noor")
    noor.posts(begrip, "indienen")
    assert 'value="publiceren"' not in noor.sees(begrip, "beoordelen")
    for action in ("publiceren", "terugsturen"):
        answer = noor.posts(begrip, "beoordelen", actie=action, reden="Zo.")
        assert answer.status_code == 403
    noor.posts(begrip, "beoordelen", actie="terugnemen")
    assert Beoordeling.objects.get(uuid=begrip.uuid).uitkomst == Uitkomst.TERUGGENOMEN


def test_who_submitted_it_gets_the_answer_by_mail(begrip):
    noor, sami = writer("noor"), publisher("sami")
    noor.user.email = "noor@voorbeeld.example"
    noor.user.save()
    review.submit(record=begrip, by=noor.user)
    review.take_back(record=begrip, by=noor.user)
    assert not Bericht.objects.exists()
    review.submit(record=begrip, by=noor.user)
    review.send_back(record=begrip, by=sami.user, reason="Leg het korter uit.")
    mail = Bericht.objects.get()
    assert mail.aan == "noor@voorbeeld.example"
    assert mail.onderwerpregel == "Teruggestuurd: wat je indiende op WijkWijzer"
    assert "Leg het korter uit." in mail.tekst
    assert "Buurthuis" in mail.tekst


def test_it_is_answered_once(begrip):
    noor, sami = writer("noor"), publisher("sami")
    review.submit(record=begrip, by=noor.user)
    assert review.send_back(record=begrip, by=sami.user, reason="Nee.")
    assert not review.send_back(record=begrip, by=sami.user, reason="Nog eens.")
    assert not review.take_back(record=begrip, by=noor.user)


def test_who_comes_second_keeps_what_he_typed_to_copy(begrip):
    noor, sami = writer("noor"), publisher("sami")
    review.submit(record=begrip, by=noor.user)
    review.send_back(record=begrip, by=publisher("alex").user, reason="Nee.")
    typed = {"tekst": "Mooi begin.", "reden": "Noem de bron."}
    sami.posts(begrip, "beoordelen", actie="terugsturen", **typed)
    assert "“Mooi begin. … Noem de bron.”" in sami.sees(begrip)


def test_submitting_again_is_one_question(begrip):
    noor = writer("noor")
    first = review.submit(record=begrip, by=noor.user, note="Eerst.")
    again = review.submit(record=begrip, by=noor.user, note="Beter.")
    assert first.pk == again.pk
    assert Beoordeling.objects.get(uuid=begrip.uuid).uitkomst == Uitkomst.WACHT


def test_of_a_concept_that_is_erased_nothing_of_this_stays():
    begrip, noor = make_begrip(), writer("noor")
    noor.user.is_superuser = True
    noor.user.save()
    noor.posts(begrip, "indienen", opmerking="Weg ermee.")
    noor.posts(begrip, "delete", post="yes")
    assert not Beoordeling.objects.filter(uuid=begrip.uuid).exists()
