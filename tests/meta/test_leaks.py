"""A concept appears nowhere: no answer of any public address changes because of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from aanpakken.facets import AanpakFilter
from aanpakken.models import Aanpak, Actor, Reflectiethema
from interventies.facets import InterventieFilter
from interventies.models import Databank, Interventie, Niveau
from kennisdossier.facets import VoorbeeldFilter
from kennisdossier.models import Begrip, Dossier, Gemeente, Praktijkvoorbeeld
from tests import factories
from tests.meta.test_house import FEEDS
from tests.paginas import INGESLOTEN, PAGINAS, bereid_voor
from wijkwijzer.api.adres import WORTEL
from wijkwijzer.api.collecties import ALLE
from wijkwijzer.core.models import Bron, Status
from wijkwijzer.facets.declaration import FACETTEN
from wijkwijzer.levering.urls import LIJSTEN
from wijkwijzer.wholes.current import current_stand

pytestmark = pytest.mark.usefixtures("inhoud")

SECRET = "Nergens te vinden"

Answer = tuple[int, str, bytes]

# What a form has anew each time.
TOKEN = re.compile(rb'<input type="hidden"[^>]*>')


def public_addresses() -> Iterator[str]:
    """Every address a reader can reach by following links, and every filter value."""
    yield from (pagina.pad for pagina in [*PAGINAS, *INGESLOTEN])
    yield "/oembed?url=/aanpakken/abcd/"
    stand = current_stand()
    for path, filterset in (
        ("aanpakken", AanpakFilter),
        ("interventies", InterventieFilter),
        ("praktijkvoorbeelden", VoorbeeldFilter),
    ):
        for facet in filterset.facets:
            # Tags have no count on a page: a few of the many will do.
            index = stand.index(filterset.declared, FACETTEN)
            values = [*index.waarden(facet.key)]
            for slug in values[:3] if facet.in_documents else values:
                yield f"/{path}/?{facet.key}={slug}"
    yield from ("/aanpakken/?sorteer=recent", "/aanpakken/?tag=sport")
    yield from (f"/{path}/feed.atom" for path in FEEDS)
    yield from ("/nieuw/?sinds=2000", "/sitemap-aanpakken.xml")
    yield from (f"/aanpakken/?leeftijd={age}" for age in (0, 14, 120))
    for model in (Begrip, Dossier):
        yield from (r.get_absolute_url() for r in model.objects.gepubliceerd())
    for model in (Aanpak, Interventie, Praktijkvoorbeeld):
        for record in model.objects.gepubliceerd():
            yield record.get_absolute_url()
            yield f"/id/{record.soort}/{record.uuid}"
            yield f"/id/{record.soort}/{record.uuid}.ris"
    yield from (f"{WORTEL}/{collectie.naam}" for collectie in ALLE)
    yield from (f"{WORTEL}/aanpakken/abcd", f"{WORTEL}/openapi.json")
    yield from (f"{WORTEL}/alles.json", "/gegevens/wijkwijzer.zip")
    for lijst in LIJSTEN:
        # A workbook has the same rows, and the time at which it was made.
        yield from (f"/{lijst}/export.csv", f"/{lijst}/export.json")
    for model in (Reflectiethema, Actor):
        yield from (term.get_absolute_url() for term in model.objects.all())


def answers(client, addresses: list[str]) -> dict[str, Answer]:
    found = {}
    for address in addresses:
        response = client.get(address)
        location = response.get("Location", "")
        body = TOKEN.sub(b"", response.content)
        found[address] = (response.status_code, location, body)
    return found


def make_unseen_aanpak(status: str) -> list[str]:
    """An aanpak with every kind of link; return the addresses it would have."""
    aanpak = factories.make_complete_aanpak(
        naam=f"{SECRET} {status}",
        tags=["sport"],
        status=status,
        reden="Voorbij.",
        interventie=Interventie.objects.gepubliceerd().filter(aanpak=None).first(),
    )
    return [
        aanpak.get_absolute_url(),
        f"/embed{aanpak.get_absolute_url()}",
        f"/oembed?url={aanpak.get_absolute_url()}",
        f"/id/aanpak/{aanpak.uuid}",
        f"/id/aanpak/{aanpak.uuid}.bib",
    ]


def make_unseen_interventie(status: str, linked_to: str) -> list[str]:
    """A recognised register entry of an aanpak that readers can see."""
    interventie = factories.make_interventie(
        naam=f"{SECRET} {status}", status=status, reden="Voorbij."
    )
    interventie.erkenningen.create(
        databank=Databank.objects.first(),
        niveau=Niveau.objects.get(slug="effectief"),
        datum="2026-01-02",
        geldig_tot="2099",
        bron_url=factories.BRON_URL,
    )
    for databank in Databank.objects.all():
        interventie.vermeldingen.create(
            databank=databank, soort="onbekend", bron_url=factories.BRON_URL
        )
    aanpak = Aanpak.objects.get(slug=linked_to, interventie=None)
    aanpak.interventie = interventie
    aanpak.save()
    if status == Status.GEPUBLICEERD:
        factories.publish(interventie)
        factories.publish(aanpak)
    return [interventie.get_absolute_url(), f"/id/interventie/{interventie.uuid}"]


def make_unseen_knowledge(status: str) -> list[str]:
    """A dossier, a term and an example, linked to what readers can see."""
    slug = f"nergens-{status}".replace("_", "-")
    fields = {"slug": slug, "naam": f"{SECRET} {status}", "status": Status.CONCEPT}
    aanpak = Aanpak.objects.get(slug="abcd")
    begrip = Begrip.objects.create(
        varianten="wijk\nbewoners\nbuurt", definitie=f"{SECRET}.", **fields
    )
    voorbeeld = Praktijkvoorbeeld.objects.create(
        samenvatting=f"{SECRET}.",
        gemeente=Gemeente.objects.get(slug="utrecht"),
        onderdeel_van=Praktijkvoorbeeld.objects.get(slug="in-beeld-overvecht"),
        **fields,
    )
    voorbeeld.koppelingen.create(aanpak=aanpak, basis="redactioneel", reden=SECRET)
    voorbeeld.themas.add(Reflectiethema.objects.get(slug="verbinding"))
    voorbeeld.begrippen.add(begrip)
    dossier = Dossier.objects.create(samenvatting=f"{SECRET}.", **fields)
    artikel = dossier.artikelen.create(naam=SECRET, slug="x", tekst=f"<p>{SECRET}</p>")
    artikel.aanpakken.add(aanpak)
    shown = Praktijkvoorbeeld.objects.get(slug="in-beeld-overvecht")
    artikel.voorbeelden.add(shown)
    source = Bron.objects.first()
    dossier.tips.create(groep="Tip", tekst=f"{SECRET}.", bron=source, voorbeeld=shown)
    dossier.financieringen.create(tekst=f"{SECRET}.", bron=source, aanpak=aanpak)
    effect = dossier.effecten.create(tekst=f"{SECRET}.", op="iedereen", bron=source)
    effect.aanpakken.add(aanpak)
    records = (begrip, voorbeeld, dossier)
    if status == Status.TER_BEOORDELING:
        for record in records:
            type(record)._default_manager.filter(pk=record.pk).update(status=status)
    if status == Status.GEARCHIVEERD:
        for record in records:
            factories.withdraw(factories.publish(record), "Voorbij.")
    voorbeeldlink = f"/id/praktijkvoorbeeld/{voorbeeld.uuid}"
    return [*(r.get_absolute_url() for r in records), voorbeeldlink]


UNSEEN = [Status.CONCEPT, Status.TER_BEOORDELING, Status.GEARCHIVEERD]
WITHOUT_REGISTER = [
    *("right-to-challenge", "community-organising", "slagkracht-in-de-wijk")
]


@pytest.mark.long
def test_what_is_not_published_changes_no_public_answer(client):
    bereid_voor()
    addresses = [*dict.fromkeys(public_addresses())]
    before = answers(client, addresses)
    own = [address for status in UNSEEN for address in make_unseen_aanpak(status)]
    for status, slug in zip(UNSEEN, WITHOUT_REGISTER, strict=True):
        own += make_unseen_interventie(status, slug)
    own += [address for status in UNSEEN for address in make_unseen_knowledge(status)]
    after = answers(client, addresses)
    elsewhere = [a for a in addresses if not a.startswith("/nieuw/")]
    # Withdrawing is a change, and these say when there was one last.
    dated = ("feed.atom", "alles.json", "wijkwijzer.zip", "catalogus.jsonld", "export.")
    changed = [a for a in elsewhere if before[a] != after[a]]
    assert [a for a in changed if not any(word in a for word in dated)] == []
    assert not [a for a in elsewhere if SECRET.encode() in after[a][2]]
    # What was withdrawn is news, also when it was shown for a moment.
    news = b"".join(after[a][2] for a in {*addresses} - {*elsewhere}).decode()
    news = news.replace("\u00ad", "")
    told = {*re.findall(rf"{SECRET} (\w+)", news)}
    assert told == {str(Status.GEARCHIVEERD)}
    assert {client.get(address).status_code for address in own} == {404, 410}


@pytest.mark.parametrize("status", UNSEEN[:2])
def test_the_own_addresses_of_what_is_not_published_do_not_exist(client, status):
    own = make_unseen_aanpak(status)
    own += make_unseen_interventie(status, WITHOUT_REGISTER[0])
    for address in own:
        response = client.get(address)
        assert response.status_code == 404
        assert SECRET.encode() not in response.content


def test_once_it_is_published_the_same_entry_is_seen(client):
    """The walk above would notice: the same entries, published, change the lists."""
    addresses = [
        *("/", "/aanpakken/", "/interventies/", "/wie/", "/themas/"),
        *("/themas/zeggenschap/", "/wie/gemeente/", "/aanpakken/right-to-challenge/"),
    ]
    before = answers(client, addresses)
    make_unseen_aanpak(Status.GEPUBLICEERD)
    make_unseen_interventie(Status.GEPUBLICEERD, WITHOUT_REGISTER[0])
    after = answers(client, addresses)
    assert [a for a in addresses if before[a] == after[a]] == []


def test_a_register_entry_does_not_name_an_aanpak_that_is_no_longer_public(client):
    aanpak = Aanpak.objects.get(slug="abcd")
    assert aanpak.get_absolute_url() in interventie_page(client, "abcd")
    factories.withdraw(aanpak)
    assert aanpak.get_absolute_url() not in interventie_page(client, "abcd")


def interventie_page(client, slug: str) -> str:
    return client.get(f"/interventies/{slug}/").content.decode()


def test_a_new_tag_of_a_concept_is_as_unknown_as_any_other_word(client):
    factories.make_complete_aanpak(status=Status.CONCEPT, tags=["geheim-trefwoord"])
    content = client.get("/aanpakken/?tag=geheim-trefwoord").content.decode()
    assert "“geheim-trefwoord” bestaat niet" in content
