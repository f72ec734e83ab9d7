"""What dossiers and examples say of other records: only while readers see them."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from aanpakken.models import Aanpak
from aanpakken.whole import AanpakDocument
from kennisdossier.kennis import Erbij, kennis
from kennisdossier.models import Begrip, Dossier, Praktijkvoorbeeld
from kennisdossier.whole import (
    BegripDocument,
    DossierDocument,
    PraktijkvoorbeeldDocument,
)
from tests import factories, html
from wijkwijzer.core.models import Status
from wijkwijzer.wholes.current import current_stand
from wijkwijzer.wholes.declaration import Whole

pytestmark = pytest.mark.usefixtures("inhoud")

AANPAK, VOORBEELD = "abcd", "in-beeld-overvecht"


def beside(declared: type[Whole], slug: str) -> Erbij:
    stand = current_stand()
    document = stand.get(declared, slug)
    assert document, slug
    return kennis(stand).erbij(document)


def test_a_term_is_known_once_it_is_published():
    def known() -> set[str]:
        return {term.slug for term in kennis(current_stand()).begrippen.termen}

    begrip = factories.make_record(
        Begrip, naam="Knikkeren", slug="knikkeren", definitie="Zo.", status="concept"
    )
    assert "knikkeren" not in known()
    factories.publish(begrip)
    assert "knikkeren" in known()
    factories.withdraw(begrip)
    assert "knikkeren" not in known()


def test_all_pages_of_one_stand_use_the_same_knowledge():
    stand = current_stand()
    assert kennis(stand) is kennis(stand)
    factories.make_dossier()
    assert kennis(current_stand()) is not kennis(stand)


def test_an_aanpak_knows_its_examples_dossiers_effects_and_money():
    wijktheater = beside(AanpakDocument, "wijktheater")
    assert {v.titel for v in wijktheater.voorbeelden} >= {"Buurtopera Malpertuis"}
    assert wijktheater.dossiers
    assert len(wijktheater.effecten) == 1
    assert beside(AanpakDocument, "vouchersysteem").financieringen


def test_a_record_about_which_nothing_is_known_has_nothing_beside_it():
    nothing = BegripDocument(uuid=uuid4(), slug="x", naam="x")
    assert kennis(current_stand()).erbij(nothing) == Erbij()


def test_a_dossier_names_each_aanpak_once():
    for dossier in kennis(current_stand()).dossiers:
        urls = [v.url for v in beside(DossierDocument, dossier.slug).aanpakken]
        assert len(urls) == len({*urls}), dossier.slug


def test_a_record_names_a_dossier_once_by_the_first_article_that_names_it():
    dossier = factories.make_dossier(status="concept")
    for slug in ("eerst", "dan"):
        artikel = dossier.artikelen.create(
            naam=slug, slug=slug, tekst="<p>x</p>", volgorde=len(slug) == 3
        )
        artikel.aanpakken.add(Aanpak.objects.get(slug=AANPAK))
    factories.publish(dossier)
    (named,) = (
        verwijzing
        for verwijzing in beside(AanpakDocument, AANPAK).dossiers
        if verwijzing.titel == dossier.naam
    )
    first = dossier.artikelen.order_by("volgorde").first()
    assert named.url == f"/kennisdossier/{dossier.slug}/#{first.slug}"
    assert named.toelichting == f"bij “{first.naam}”"


def test_an_aanpak_that_was_withdrawn_is_no_longer_beside_anything():
    factories.withdraw(Aanpak.objects.get(slug="wijktheater"))
    stand = current_stand()
    for declared in (DossierDocument, PraktijkvoorbeeldDocument):
        for document in stand.all(declared):
            named = {v.titel for v in kennis(stand).erbij(document).aanpakken}
            assert "Wijktheater" not in named


# What a dossier says elsewhere

SECRET = "Nergens te vinden"


def make_dossier(status: str, aanpak: Aanpak, voorbeeld: Praktijkvoorbeeld) -> Dossier:
    """A dossier in which every part names an aanpak and an example, where it can."""
    dossier = factories.make_dossier(status="concept", naam=f"{SECRET}: dossier")
    les = {"bron": factories.make_bron()}
    artikel = factories.make_artikel(dossier, tekst=f"<p>{SECRET}: artikel</p>")
    artikel.aanpakken.add(aanpak)
    artikel.voorbeelden.add(voorbeeld)
    effect = dossier.effecten.create(tekst=f"{SECRET}: effect", op="bewoners", **les)
    effect.aanpakken.add(aanpak)
    effect.voorbeelden.add(voorbeeld)
    dossier.tips.create(
        groep="bewoners", tekst=f"{SECRET}: tip", voorbeeld=voorbeeld, **les
    )
    dossier.financieringen.create(tekst=f"{SECRET}: geld", aanpak=aanpak, **les)
    dossier.financieringen.create(
        tekst=f"{SECRET}: subsidie", voorbeeld=voorbeeld, **les
    )
    dossier.aandachtspunten.create(kop=f"{SECRET}: punt", tekst="x", **les)
    dossier.vragen.create(
        nummer=1, vraag=f"{SECRET}: vraag", antwoord="x", aan="x", voorbeeld=voorbeeld
    )
    if status in {Status.GEPUBLICEERD, Status.GEARCHIVEERD}:
        factories.publish(dossier)
    if status == Status.GEARCHIVEERD:
        factories.withdraw(dossier, "Dit klopt niet meer.")
    else:
        Dossier.objects.filter(pk=dossier.pk).exclude(status=status).update(
            status=status
        )
    return dossier


def seen_pages(client, own: Dossier) -> dict[str, str]:
    """The text of every page that can say something of a dossier, but its own."""
    stand = current_stand()
    addresses = [
        *(
            "/",
            "/aanpakken/",
            "/kennisdossier/",
            "/praktijkvoorbeelden/",
            "/begrippen/",
        ),
        *("/wie/", "/wie/gemeente/", "/themas/", "/verantwoording/"),
        *("/zoeken/?q=nergens+te+vinden", "/aanpakken/?q=nergens"),
    ]
    for declared in (AanpakDocument, PraktijkvoorbeeldDocument, BegripDocument):
        addresses += [d.get_absolute_url() for d in stand.all(declared)]
    for dossier in stand.all(DossierDocument):
        if dossier.slug != own.slug:
            address = dossier.get_absolute_url()
            addresses += [address, f"{address}lessen/", f"{address}vragen/"]
    # Without what stands in the middle of words: soft hyphens and marks.
    between = re.compile("\u00ad|</?mark>")
    return {
        address: between.sub("", client.get(address).content.decode())
        for address in addresses
    }


def told(pages: dict[str, str]) -> dict[str, set[str]]:
    return {
        address: {
            word
            for word in ("dossier", "effect", "tip", "geld", "subsidie", "punt")
            if f"{SECRET}: {word}" in text
        }
        for address, text in pages.items()
        if SECRET in text.partition("<main")[2]
    }


def records() -> tuple[Aanpak, Praktijkvoorbeeld]:
    return (
        Aanpak.objects.get(slug=AANPAK),
        Praktijkvoorbeeld.objects.get(slug=VOORBEELD),
    )


def test_what_a_published_dossier_says_of_a_record_is_on_its_page(client):
    dossier = make_dossier(Status.GEPUBLICEERD, *records())
    assert told(seen_pages(client, dossier)) == {
        f"/aanpakken/{AANPAK}/": {"dossier", "effect", "geld"},
        f"/praktijkvoorbeelden/{VOORBEELD}/": {"dossier", "effect", "tip", "subsidie"},
        "/wie/gemeente/": {"dossier", "punt"},
        "/kennisdossier/": {"dossier"},
        "/zoeken/?q=nergens+te+vinden": {"dossier"},
    }


@pytest.mark.parametrize(
    "status", [Status.CONCEPT, Status.TER_BEOORDELING, Status.GEARCHIVEERD]
)
def test_a_dossier_that_readers_do_not_see_says_nothing_anywhere(client, status):
    dossier = make_dossier(status, *records())
    assert told(seen_pages(client, dossier)) == {}
    expected = 410 if status == Status.GEARCHIVEERD else 404
    for page in ("", "lessen/", "vragen/"):
        response = client.get(f"{dossier.get_absolute_url()}{page}")
        assert response.status_code == expected
        assert f"{SECRET}: effect" not in response.content.decode()


@pytest.mark.long
def test_a_lesson_that_is_not_published_yet_is_on_no_page(client):
    dossier = Dossier.objects.get(slug="samenlevingsopbouw")
    aanpak, voorbeeld = records()
    les = {"bron": factories.make_bron()}
    dossier.tips.create(groep="x", tekst=f"{SECRET}: tip", voorbeeld=voorbeeld, **les)
    dossier.financieringen.create(tekst=f"{SECRET}: geld", aanpak=aanpak, **les)
    effect = dossier.effecten.create(tekst=f"{SECRET}: effect", op="x", **les)
    effect.aanpakken.add(aanpak)
    other = factories.make_dossier()
    assert told(seen_pages(client, other)) == {}
    factories.publish(dossier)
    pages = told(seen_pages(client, other))
    assert pages[f"/aanpakken/{AANPAK}/"] == {"effect", "geld"}
    assert pages[f"/praktijkvoorbeelden/{VOORBEELD}/"] == {"tip"}


@pytest.mark.long
@pytest.mark.parametrize("hide", ["concept", "withdrawn"])
def test_what_readers_do_not_see_is_named_by_no_dossier_and_no_example(client, hide):
    status = Status.CONCEPT if hide == "concept" else Status.GEPUBLICEERD
    aanpak = factories.make_aanpak(naam="Geheime aanpak", status=status)
    voorbeeld = factories.make_record(
        Praktijkvoorbeeld,
        naam="Geheim voorbeeld",
        slug="geheim-voorbeeld",
        samenvatting="Er gebeurt iets.",
        status=status,
    )
    dossier = make_dossier(Status.GEPUBLICEERD, aanpak, voorbeeld)
    example = Praktijkvoorbeeld.objects.get(slug=VOORBEELD)
    example.koppelingen.create(aanpak=aanpak, basis="redactioneel")
    example.onderdeel_van = voorbeeld
    example.save()
    factories.publish(example)
    if hide == "withdrawn":
        pages = seen_pages(client, dossier)
        assert "Geheime aanpak" in pages[f"/praktijkvoorbeelden/{VOORBEELD}/"]
        assert "Geheim voorbeeld" in pages[f"/praktijkvoorbeelden/{VOORBEELD}/"]
        factories.withdraw(aanpak)
        factories.withdraw(voorbeeld)
    pages = seen_pages(client, dossier)
    address = f"/kennisdossier/{dossier.slug}/"
    for own in ("", "lessen/", "vragen/"):
        pages[f"own {own}"] = client.get(f"{address}{own}").content.decode()
    for page, text in pages.items():
        for secret in ("Geheim", aanpak.slug, voorbeeld.slug):
            assert secret not in text, page
    # The lesson itself is the dossier's, and stays there.
    assert f"{SECRET}: tip" in pages["own lessen/"]
    (example_page,) = (
        text for p, text in pages.items() if p.endswith(f"/{VOORBEELD}/")
    )
    assert "Onderdeel van" not in html.read(example_page).one("main").text


def test_an_unseen_whole_has_its_parts_on_no_page_and_a_part_knows_its_whole(client):
    part = factories.make_record(
        Praktijkvoorbeeld,
        naam=f"{SECRET}: deel",
        slug="deel",
        samenvatting="x",
        onderdeel_van=Praktijkvoorbeeld.objects.get(slug=VOORBEELD),
    )
    address = f"/praktijkvoorbeelden/{VOORBEELD}/"
    assert f"{SECRET}: deel" in client.get(address).content.decode()
    factories.withdraw(part)
    assert f"{SECRET}: deel" not in client.get(address).content.decode()
