"""Publishing, withdrawing and restoring: what readers see, and what stays for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from aanpakken.models import Aanpak, Stap
from interventies.models import Interventie
from kennisdossier.models import Dossier, Praktijkvoorbeeld
from tests import factories, html
from wijkwijzer.core.models import Status, VorigeSlug
from wijkwijzer.memory import number
from wijkwijzer.wholes import actions
from wijkwijzer.wholes.actions import CannotPublishError
from wijkwijzer.wholes.findings import Weight, findings
from wijkwijzer.wholes.models import Publicatie, Versie
from wijkwijzer.wholes.registry import whole_of

pytestmark = pytest.mark.usefixtures("inhoud")

EARLIER = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


@pytest.fixture
def aanpak() -> Aanpak:
    return Aanpak.objects.get(slug="abcd")


def numbers(record) -> list[int]:
    found = Versie.objects.filter(uuid=record.uuid).order_by("nummer")
    return [*found.values_list("nummer", flat=True)]


def rename(record, name: str) -> None:
    record.naam = name
    record.save()


# Publishing


def test_a_version_says_what_who_when_and_why(aanpak):
    rename(aanpak, "Anders")
    by = factories.make_publisher("noor")
    versie = actions.publish(record=aanpak, by=by, note="Nieuwe naam", at=EARLIER)
    assert (versie.soort, versie.uuid, versie.nummer) == ("aanpak", aanpak.uuid, 2)
    assert (versie.door, versie.op, versie.opmerking) == (by, EARLIER, "Nieuwe naam")
    assert actions.document_of(versie) == actions.working_document(aanpak)
    assert actions.published_document(aanpak)["naam"] == "Anders"


def test_publishing_what_did_not_change_makes_no_version_and_no_number(aanpak):
    before = number.read()
    factories.publish(aanpak)
    assert numbers(aanpak) == [1]
    assert number.read() == before


def test_a_publication_raises_the_number_by_one(aanpak):
    rename(aanpak, "Anders")
    before = number.read().inhoud
    factories.publish(aanpak)
    assert number.read().inhoud == before + 1


def test_a_change_of_the_working_copy_raises_no_number(aanpak):
    before = number.read()
    rename(aanpak, "Anders")
    Stap.objects.create(aanpak=aanpak, nummer=99, naam="Nieuw")
    aanpak.tags.add("nieuw")
    assert number.read() == before


def test_what_is_rolled_back_was_never_published(aanpak):
    rename(aanpak, "Anders")
    before = number.read()
    with pytest.raises(RuntimeError), transaction.atomic():
        factories.publish(aanpak)
        raise RuntimeError
    assert numbers(aanpak) == [1]
    assert number.read() == before


def test_a_wrong_working_copy_is_not_published_and_says_why():
    concept = factories.make_aanpak(status=Status.CONCEPT, samenvatting="")
    with pytest.raises(CannotPublishError, match="met een samenvatting"):
        factories.publish(concept)
    assert numbers(concept) == []
    concept.refresh_from_db()
    assert concept.status == Status.CONCEPT


def test_the_days_on_a_page_are_those_of_here(client):
    dossier = factories.make_dossier()
    before_midnight = datetime(2026, 7, 3, 21, 30, tzinfo=UTC)
    factories.publish(dossier, at=before_midnight)
    rename(dossier, "Anders")
    factories.publish(dossier, at=before_midnight + timedelta(hours=1))
    text = client.get(dossier.get_absolute_url()).text
    assert "bijgewerkt op" in text
    assert '<time datetime="2026-07-04">4 juli 2026</time>' in text


def test_the_page_says_when_the_document_last_changed(client):
    dossier = Dossier.objects.get(slug="samenlevingsopbouw")
    address = dossier.get_absolute_url()
    rename(dossier, "Anders")
    assert "bijgewerkt op" not in client.get(address).text
    factories.publish(dossier, at=datetime(2027, 1, 2, 3, 4, tzinfo=UTC))
    # Publishing the same again says nothing new.
    factories.publish(dossier)
    page = html.read(client.get(address).content)
    assert [time.text for time in page.all("time", datetime="2027-01-02")]


def test_the_last_published_change_comes_first_when_sorted_by_time(client, aanpak):
    rename(aanpak, "Anders")
    factories.publish(aanpak)
    page = html.read(client.get("/aanpakken/?sorteer=recent").content)
    assert html.result_names(page, "/aanpakken/")[0] == "abcd"


def test_a_version_never_changes(aanpak):
    versie = Versie.objects.get(uuid=aanpak.uuid)
    versie.document = "{}"
    with pytest.raises(DatabaseError), transaction.atomic():
        versie.save()


# Addresses


def test_an_old_address_leads_on_once_the_new_one_is_published(client, aanpak):
    aanpak.slug = "nieuw"
    aanpak.save()
    assert client.get("/aanpakken/abcd/").status_code == 200
    factories.publish(aanpak)
    assert client.get("/aanpakken/abcd/")["Location"] == "/aanpakken/nieuw/"
    assert client.get("/aanpakken/nieuw/").status_code == 200


def test_going_back_to_an_old_address_leaves_no_circle(client, aanpak):
    for slug in ("nieuw", "abcd"):
        aanpak.slug = slug
        aanpak.save()
        factories.publish(aanpak)
    assert client.get("/aanpakken/abcd/").status_code == 200
    assert client.get("/aanpakken/nieuw/")["Location"] == "/aanpakken/abcd/"
    assert [*VorigeSlug.objects.values_list("slug", flat=True)] == ["nieuw"]


def test_an_address_that_readers_know_of_another_is_not_taken(aanpak):
    """The other one gave it up in its working copy, and readers do not know yet."""
    other = Aanpak.objects.get(slug="buurtcirkel")
    other.slug = "anders"
    other.save()
    aanpak.slug = "buurtcirkel"
    aanpak.save()
    with pytest.raises(CannotPublishError, match="nog een ander item"):
        factories.publish(aanpak)
    factories.publish(other)
    # Now it is the former address of the other one, and stays so.
    with pytest.raises(CannotPublishError, match="het adres van een ander item"):
        factories.publish(aanpak)


# Withdrawing


def test_a_withdrawal_leaves_a_version_with_the_reason(client, aanpak):
    before = number.read().inhoud
    actions.withdraw(record=aanpak, reason="Klopt niet meer.", by=None)
    versie = Versie.objects.get(uuid=aanpak.uuid, nummer=2)
    assert (versie.document, versie.reden) == (None, "Klopt niet meer.")
    assert number.read().inhoud == before + 1
    assert client.get("/aanpakken/abcd/").status_code == 410
    page = html.read(client.get("/aanpakken/").content)
    assert "abcd" not in html.result_names(page, "/aanpakken/")
    assert actions.published_document(aanpak) is None


def test_a_withdrawal_takes_a_reason(aanpak):
    with pytest.raises(CannotPublishError, match="Schrijf op waarom"):
        actions.withdraw(record=aanpak, reason="  ", by=None)


def test_what_was_never_published_is_not_withdrawn():
    concept = factories.make_aanpak(status=Status.CONCEPT)
    with pytest.raises(CannotPublishError, match="nooit gepubliceerd"):
        actions.withdraw(record=concept, reason="Voorbij.", by=None)


def test_publishing_again_goes_on_with_the_next_number(client, aanpak):
    factories.withdraw(aanpak)
    factories.publish(aanpak)
    assert numbers(aanpak) == [1, 2, 3]
    assert client.get("/aanpakken/abcd/").status_code == 200
    assert Publicatie.objects.get(uuid=aanpak.uuid).versie.nummer == 3


# Restoring


def test_restoring_changes_only_the_working_copy(client, aanpak):
    first = Versie.objects.get(uuid=aanpak.uuid)
    rename(aanpak, "Anders")
    aanpak.stappen.all().delete()
    factories.publish(aanpak)
    before = number.read()
    actions.restore(versie=first)
    assert actions.working_document(aanpak) == actions.document_of(first)
    assert number.read() == before
    assert "<h1>Anders</h1>" in client.get("/aanpakken/abcd/").text


def test_a_withdrawal_cannot_be_restored(aanpak):
    factories.withdraw(aanpak)
    with pytest.raises(CannotPublishError, match="leeg"):
        actions.restore(versie=Versie.objects.get(uuid=aanpak.uuid, nummer=2))


# What a version names


def unseen(record) -> list[str]:
    """What there is to say of records that readers do not see."""
    found = findings(whole_of(type(record)), actions.working_document(record))
    words = [f.message for f in found if f.weight is Weight.WARNING]
    told = [w.removeprefix("Lezers zien ").partition(" niet.") for w in words]
    return [named for named, gone, _ in told if gone]


def test_what_readers_do_not_see_of_what_a_record_names_is_told():
    aanpak = Aanpak.objects.get(slug="buurtcirkel")
    assert unseen(aanpak) == []
    factories.withdraw(aanpak.interventie)
    assert unseen(aanpak) == ["interventie “Buurtcirkel”"]


def test_what_a_part_names_counts_too():
    voorbeeld = Praktijkvoorbeeld.objects.filter(koppelingen__isnull=False).first()
    named = voorbeeld.koppelingen.first().aanpak
    factories.withdraw(named)
    assert unseen(voorbeeld) == [f"aanpak “{named}”"]


def test_the_working_copy_knows_how_often_it_changed(aanpak):
    def revisie() -> int:
        return Interventie.objects.get(pk=aanpak.interventie.pk).revisie

    before = revisie()
    rename(aanpak.interventie, "Anders")
    assert revisie() == before + 1
    Interventie.objects.filter(pk=aanpak.interventie.pk).update(status="concept")
    assert revisie() == before + 1
