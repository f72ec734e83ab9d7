"""An address works for ever: 200, 301, 303 or 410, and 404 for what never was."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from aanpakken.models import Aanpak
from interventies.models import Interventie
from kennisdossier.models import Praktijkvoorbeeld
from tests import factories, html
from wijkwijzer.core.models import Publiceerbaar, Status, VorigeSlug
from wijkwijzer.wholes.actions import CannotPublishError
from wijkwijzer.wholes.models import Publicatie, Versie

pytestmark = pytest.mark.usefixtures("inhoud")

NOWHERE = "00000000-0000-4000-8000-000000000000"


def make_voorbeeld(**kwargs) -> Praktijkvoorbeeld:
    defaults = {"naam": "Voorbeeld", "slug": "voorbeeld", "samenvatting": "Een tuin."}
    return factories.make_record(Praktijkvoorbeeld, **defaults | kwargs)


AANPAK = pytest.param(factories.make_aanpak, id="aanpak")
INTERVENTIE = pytest.param(factories.make_interventie, id="interventie")
VOORBEELD = pytest.param(make_voorbeeld, id="praktijkvoorbeeld")
DOSSIER = pytest.param(factories.make_dossier, id="dossier")

kinds = pytest.mark.parametrize("make", [AANPAK, INTERVENTIE, VOORBEELD, DOSSIER])
unseen = pytest.mark.parametrize("status", [Status.CONCEPT, Status.TER_BEOORDELING])


def rename(record: Publiceerbaar, slug: str, *, publish: bool = True) -> str:
    """Give a new slug; return the address that readers knew."""
    old = record.get_absolute_url()
    record.slug = slug
    record.save()
    if publish:
        factories.publish(record)
    return old


def permalink(record: Publiceerbaar) -> str:
    return f"/id/{record.soort}/{record.uuid}"


def main_text(response) -> str:
    return html.read(response.content).one("main").text


# Slugs


@kinds
def test_a_published_record_answers_at_its_slug(client, make):
    record = make(naam="Een bijzondere naam")
    response = client.get(record.get_absolute_url())
    assert response.status_code == 200
    assert html.read(response.content).one("h1").text == "Een bijzondere naam"


@kinds
def test_an_address_in_capitals_leads_to_the_one_in_small_letters(client, make):
    record = make(slug="de-eerste")
    address = record.get_absolute_url()
    typed = address.replace("de-eerste", "De-Eerste")
    assert client.get(f"{typed}?a=B")["Location"] == f"{address}?a=B"
    rename(record, "de-tweede")
    assert client.get(typed)["Location"] == record.get_absolute_url()
    factories.withdraw(record)
    assert client.get(typed).status_code == 410
    assert client.get(address.replace("de-eerste", "De-Derde")).status_code == 404


@kinds
def test_an_old_slug_redirects_for_ever_and_keeps_the_query(client, make):
    record = make(slug="eerste")
    old = rename(record, "tweede")
    response = client.get(f"{old}?utm=a&utm=b%20c")
    assert response.status_code == 301
    assert response["Location"] == f"{record.get_absolute_url()}?utm=a&utm=b%20c"
    assert client.get(old)["Location"] == record.get_absolute_url()


@kinds
def test_a_slug_that_is_not_published_yet_changes_nothing_for_readers(client, make):
    record = make(slug="eerste")
    old = rename(record, "tweede", publish=False)
    assert client.get(old).status_code == 200
    assert client.get(record.get_absolute_url()).status_code == 404
    assert not VorigeSlug.objects.filter(uuid=record.uuid).exists()


@kinds
def test_every_former_slug_leads_to_the_newest_in_one_step(client, make):
    record = make(slug="eerste")
    first, second = rename(record, "tweede"), rename(record, "derde")
    for old in (first, second):
        assert client.get(old)["Location"] == record.get_absolute_url()


@kinds
def test_a_slug_that_comes_back_answers_again_and_is_no_old_one(client, make):
    record = make(slug="eerste")
    first, second = rename(record, "tweede"), rename(record, "eerste")
    assert client.get(first).status_code == 200
    assert client.get(second)["Location"] == first
    slugs = VorigeSlug.objects.filter(uuid=record.uuid).values_list("slug", flat=True)
    assert [*slugs] == ["tweede"]


@kinds
def test_a_withdrawn_record_is_gone_and_says_why(client, make):
    record = make(naam="Een oude naam")
    factories.withdraw(record, "Opgegaan in <iets> groters.")
    response = client.get(record.get_absolute_url())
    assert response.status_code == 410
    assert "Opgegaan in <iets> groters." in main_text(response)
    assert "Een oude naam" in main_text(response)


@kinds
def test_a_withdrawn_record_goes_by_what_readers_knew_of_it(client, make):
    record = make(slug="eerste", naam="Een oude naam")
    old = rename(record, "tweede", publish=False)
    type(record).objects.filter(pk=record.pk).update(naam="Nog geheim")
    factories.withdraw(record, "Voorbij.")
    response = client.get(old)
    assert response.status_code == 410
    assert "Een oude naam" in main_text(response)
    assert "Nog geheim" not in main_text(response)
    assert client.get(record.get_absolute_url()).status_code == 404


@kinds
def test_an_old_slug_of_a_withdrawn_record_is_gone_too(client, make):
    record = make(slug="eerste")
    old = rename(record, "tweede")
    factories.withdraw(record, "Voorbij.")
    response = client.get(old)
    assert response.status_code == 410
    assert "Voorbij." in main_text(response)


@kinds
def test_what_comes_back_answers_at_its_old_addresses_too(client, make):
    record = make(slug="eerste")
    old = rename(record, "tweede")
    factories.withdraw(record)
    factories.publish(record)
    assert client.get(record.get_absolute_url()).status_code == 200
    assert client.get(old)["Location"] == record.get_absolute_url()


@kinds
@unseen
def test_what_readers_never_saw_looks_like_it_does_not_exist(client, make, status):
    record = make(slug="eerste", status=status, naam="Nog geheim")
    old = rename(record, "tweede", publish=False)
    for address in (old, record.get_absolute_url(), permalink(record)):
        response = client.get(address)
        assert response.status_code == 404
        assert "Nog geheim" not in response.content.decode()


@kinds
def test_an_old_slug_of_an_erased_record_is_not_found(client, make):
    record = make(slug="eerste")
    old = rename(record, "tweede")
    Publicatie.objects.filter(uuid=record.uuid).delete()
    Versie.objects.filter(uuid=record.uuid).delete()
    record.delete()
    for address in (old, record.get_absolute_url(), permalink(record)):
        assert client.get(address).status_code == 404


def test_an_old_slug_of_one_kind_is_nothing_to_another_kind(client):
    rename(factories.make_aanpak(slug="eerste"), "tweede")
    assert client.get("/interventies/eerste/").status_code == 404
    Interventie(naam="Interventie", slug="eerste").full_clean()
    factories.make_interventie(slug="eerste")
    assert client.get("/interventies/eerste/").status_code == 200
    assert client.get("/aanpakken/eerste/")["Location"] == "/aanpakken/tweede/"


# Who may have which slug


def test_the_old_slug_of_another_record_is_refused_with_a_reason():
    rename(factories.make_aanpak(slug="eerste"), "tweede")
    with pytest.raises(ValidationError) as error:
        Aanpak(
            naam="Ander", slug="eerste", rubriek="interventie", samenvatting="Iets."
        ).full_clean()
    assert error.value.message_dict == {
        "slug": ["Dit was het adres van een ander item. Kies een andere slug."]
    }
    concept = factories.make_aanpak(status="concept", slug="eerste")
    with pytest.raises(CannotPublishError, match="het adres van een ander item"):
        factories.publish(concept)


def test_the_slug_by_which_readers_still_know_another_record_is_refused(client):
    rename(factories.make_aanpak(slug="eerste", naam="A"), "tweede", publish=False)
    other = factories.make_aanpak(status="concept", slug="eerste", naam="B")
    with pytest.raises(CannotPublishError, match="Op dit adres staat nu nog een ander"):
        factories.publish(other)
    assert html.read(client.get("/aanpakken/eerste/").content).one("h1").text == "A"


def test_a_record_may_take_back_its_own_old_slug():
    aanpak = factories.make_aanpak(slug="eerste")
    rename(aanpak, "tweede")
    aanpak.slug = "eerste"
    aanpak.full_clean()


# Permalinks


@kinds
def test_a_permalink_leads_to_the_page_of_today(client, make):
    record = make(slug="eerste")
    rename(record, "tweede")
    response = client.get(permalink(record))
    assert response.status_code == 303
    assert response["Location"] == record.get_absolute_url()


@kinds
def test_a_permalink_in_capitals_is_the_same_one(client, make):
    record = make()
    address = permalink(record)
    loud = address.replace(str(record.uuid), str(record.uuid).upper())
    assert loud != address
    assert client.get(loud)["Location"] == record.get_absolute_url()
    factories.withdraw(record, "Voorbij.")
    assert client.get(loud).status_code == 410


@kinds
@pytest.mark.parametrize("written", ["{}/", "{}?utm_source=mail"])
def test_a_permalink_with_something_after_it_is_the_same_one(client, make, written):
    record = make()
    response = client.get(written.format(permalink(record)))
    assert (response.status_code, response["Location"]) == (
        303,
        record.get_absolute_url(),
    )


@kinds
def test_a_permalink_without_dashes_is_the_same_one(client, make):
    record = make()
    address = permalink(record).replace(str(record.uuid), record.uuid.hex)
    assert client.get(address)["Location"] == record.get_absolute_url()


@kinds
def test_a_permalink_leads_to_the_address_that_readers_know(client, make):
    record = make(slug="eerste")
    old = rename(record, "tweede", publish=False)
    assert client.get(permalink(record))["Location"] == old


@kinds
def test_the_permalink_of_a_withdrawn_record_is_gone_and_says_why(client, make):
    record = factories.withdraw(make(), "Voorbij.")
    response = client.get(permalink(record))
    assert response.status_code == 410
    assert "Voorbij." in main_text(response)


@pytest.mark.parametrize(
    "path",
    [
        f"/id/aanpak/{NOWHERE}",
        f"/id/iets/{NOWHERE}",
        "/id/aanpak/x",
        f"/id/begrip/{NOWHERE}",
    ],
)
def test_an_unknown_permalink_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_a_permalink_of_one_kind_does_not_find_another_kind(client):
    aanpak = Aanpak.objects.gepubliceerd().first()
    assert client.get(f"/id/interventie/{aanpak.uuid}").status_code == 404
    factories.withdraw(aanpak)
    assert client.get(f"/id/interventie/{aanpak.uuid}").status_code == 404


def test_the_admin_shows_an_old_slug_by_its_text():
    rename(factories.make_aanpak(slug="eerste"), "tweede")
    assert str(VorigeSlug.objects.get(slug="eerste")) == "eerste"
