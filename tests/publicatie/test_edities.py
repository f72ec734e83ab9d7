"""An edition is frozen once, and stays what it was."""

from __future__ import annotations

from hashlib import sha256

import pytest

from aanpakken.models import Aanpak
from kennisdossier.models import Begrip, Dossier
from tests import factories
from wijkwijzer.publicatie import edities
from wijkwijzer.publicatie.edities import bevries, veranderd
from wijkwijzer.publicatie.models import Editie
from wijkwijzer.publicatie.zetten import OnzetbaarError
from wijkwijzer.wholes.current import current_stand

pytestmark = pytest.mark.usefixtures("inhoud")

PAGE, PDF = "/publicatie/edities/1/", "/publicatie/edities/1/wijkwijzer-1.pdf"
FORM = {"nummer": "1", "datum": "2026-12-01", "voorwoord": "Vooraf."}
SITE = "https://voorbeeld.example"


@pytest.fixture(autouse=True)
def set_at_once(monkeypatch):
    """A PDF that says what it was made of: tests/publicatie/test_zetten.py sets one."""
    monkeypatch.setattr(edities, "zet_boek", lambda boek, wat: b"%PDF" + wat.gegevens)


def freeze(number: int) -> Editie:
    editie = Editie.objects.create(nummer=number, voorwoord="Vooraf.")
    bevries(editie=editie, stand=current_stand(), basis=SITE)
    return editie


def change(slug: str, **fields: str) -> None:
    aanpak = Aanpak.objects.get(slug=slug)
    for name, value in fields.items():
        setattr(aanpak, name, value)
    aanpak.save()
    factories.publish(aanpak)


def test_what_is_published_later_changes_nothing_in_an_edition(client):
    editie = freeze(1)
    before = client.get(PDF).content
    assert sha256(before).hexdigest() == editie.bestanden.get().som
    assert b"Vooraf." in before
    assert b"Editie 1" in before
    change("abcd", samenvatting="Heel anders.")
    factories.withdraw(Aanpak.objects.get(slug="wijktheater"))
    assert client.get(PDF).content == before


def test_of_an_edition_that_is_being_prepared_nobody_knows(client):
    Editie.objects.create(nummer=1)
    assert [client.get(path).status_code for path in (PAGE, PDF)] == [404, 404]
    assert "Editie 1" not in client.get("/publicatie/").content.decode()


def test_a_frozen_edition_is_on_the_page_of_the_publication(client):
    freeze(1)
    assert f'href="{PAGE}"' in client.get("/publicatie/").content.decode()
    page = client.get(PAGE).content.decode()
    assert "Vooraf." in page
    assert f'href="{PDF}"' in page


def test_an_edition_tells_what_became_different_since_the_one_before(client):
    eerste = freeze(1)
    change("abcd", samenvatting="Heel anders dan het was.")
    factories.make_aanpak(slug="nieuw-hier", naam="Nieuw hier")
    factories.withdraw(Aanpak.objects.get(slug="wijktheater"))
    tweede = freeze(2)
    found = {v.naam: v for v in veranderd(current_stand(), tweede, eerste)}
    assert {naam: v.hoe for naam, v in found.items() if "register" not in naam} == {
        "ABCD-methode": "anders",
        "Nieuw hier": "erbij",
        "Wijktheater": "eraf",
    }
    assert [v.waarvan for v in found["ABCD-methode"].verschillen] == ["Samenvatting"]
    assert found["Wijktheater"].pad == ""
    page = client.get("/publicatie/edities/2/").content.decode()
    assert "Heel anders dan het was." in page
    assert "Er veranderde niets" not in page


def test_an_edition_tells_of_the_knowledge_too(client):
    eerste = freeze(1)
    dossier = Dossier.objects.get(slug="samenlevingsopbouw")
    dossier.samenvatting = "Wat bewoners samen bouwen."
    dossier.save()
    factories.publish(dossier)
    factories.withdraw(Begrip.objects.get(slug="leefbaarheid"))
    tweede = freeze(2)
    found = {v.naam: v.hoe for v in veranderd(current_stand(), tweede, eerste)}
    assert found == {
        f"{dossier.naam} (dossier)": "anders",
        "leefbaarheid (begrip)": "eraf",
    }
    assert (
        "Wat bewoners samen bouwen."
        in client.get("/publicatie/edities/2/").content.decode()
    )


def test_an_editor_freezes_an_edition_and_nobody_changes_it_after_that(admin_client):
    add = "/admin/publicatie/editie/add/"
    admin_client.post(add, FORM)
    editie = Editie.objects.get()
    assert not editie.is_bevroren
    own = f"/admin/publicatie/editie/{editie.pk}"
    proof = admin_client.get(f"{own}/proef.pdf")
    assert proof.content.startswith(b"%PDF")
    said = admin_client.post(f"{own}/change/", FORM | {"bevries": "on"}, follow=True)
    assert "is bevroren: lezers zien haar nu." in said.text
    editie.refresh_from_db()
    assert editie.is_bevroren
    assert editie.versies
    answer = admin_client.post(f"{own}/change/", FORM | {"voorwoord": "Anders."})
    assert answer.status_code == 403
    assert admin_client.post(f"{own}/delete/", {"post": "yes"}).status_code == 403
    editie.refresh_from_db()
    assert editie.voorwoord == "Vooraf."


def test_what_cannot_be_set_is_not_frozen(admin_client, monkeypatch):
    def fails(boek, wat):
        raise OnzetbaarError

    monkeypatch.setattr(edities, "zet_boek", fails)
    add = "/admin/publicatie/editie/add/"
    page = admin_client.post(add, FORM | {"bevries": "on"}, follow=True)
    assert "kon niet worden gemaakt" in page.content.decode()
    editie = Editie.objects.get()
    assert not editie.is_bevroren
    proof = admin_client.get(f"/admin/publicatie/editie/{editie.pk}/proef.pdf")
    assert proof.status_code == 503
