"""An address works for ever: 200, 301, 303 or 410, and 404 for what never was."""

from __future__ import annotations

import pytest

from aanpakken.models import Aanpak
from interventies.models import Interventie
from tests import factories, html
from wijkwijzer.core.models import Status

pytestmark = pytest.mark.usefixtures("inhoud")

NOWHERE = "00000000-0000-4000-8000-000000000000"

KINDS = [
    pytest.param(Aanpak, factories.make_aanpak, "aanpak", id="aanpak"),
    pytest.param(Interventie, factories.make_interventie, "interventie", id="register"),
]
kinds = pytest.mark.parametrize(("model", "make", "kind"), KINDS)
hidden = pytest.mark.parametrize("status", [Status.CONCEPT, Status.TER_BEOORDELING])


def rename(instance, slug: str) -> str:
    """Give a new slug; return the old address."""
    old = instance.get_absolute_url()
    instance.slug = slug
    instance.save()
    return old


@kinds
def test_a_published_entry_answers_at_its_slug(client, model, make, kind):
    instance = make(naam="Een bijzondere naam")
    response = client.get(instance.get_absolute_url())
    assert response.status_code == 200
    assert html.read(response.content).one("h1").text == "Een bijzondere naam"


@kinds
def test_an_old_slug_redirects_for_ever_and_keeps_the_query(client, model, make, kind):
    instance = make(slug="eerste")
    old = rename(instance, "tweede")
    response = client.get(f"{old}?utm=a&utm=b%20c")
    assert response.status_code == 301
    assert response["Location"] == f"{instance.get_absolute_url()}?utm=a&utm=b%20c"
    assert client.get(old)["Location"] == instance.get_absolute_url()


@kinds
def test_every_former_slug_leads_to_the_newest_in_one_step(client, model, make, kind):
    instance = make(slug="eerste")
    first, second = rename(instance, "tweede"), rename(instance, "derde")
    for old in (first, second):
        assert client.get(old)["Location"] == instance.get_absolute_url()


@kinds
def test_a_withdrawn_entry_is_gone_and_says_why(client, model, make, kind):
    instance = make(
        status=Status.GEARCHIVEERD, reden_archivering="Opgegaan in <iets> groters."
    )
    response = client.get(instance.get_absolute_url())
    assert response.status_code == 410
    assert "Opgegaan in <iets> groters." in html.read(response.content).one("main").text


@kinds
def test_an_old_slug_of_a_withdrawn_entry_is_gone_too(client, model, make, kind):
    instance = make(slug="eerste")
    old = rename(instance, "tweede")
    instance.status, instance.reden_archivering = Status.GEARCHIVEERD, "Voorbij."
    instance.save()
    response = client.get(old)
    assert response.status_code == 410
    assert "Voorbij." in html.read(response.content).one("main").text


@kinds
@hidden
def test_a_hidden_entry_looks_like_it_does_not_exist(client, model, make, kind, status):
    instance = make(slug="eerste", status=status, naam="Nog geheim")
    old = rename(instance, "tweede")
    for address in (old, instance.get_absolute_url(), f"/id/{kind}/{instance.uuid}"):
        response = client.get(address)
        assert response.status_code == 404
        assert "Nog geheim" not in response.content.decode()


@kinds
def test_an_old_slug_of_a_deleted_entry_is_not_found(client, model, make, kind):
    instance = make(slug="eerste")
    old = rename(instance, "tweede")
    instance.delete()
    assert client.get(old).status_code == 404


def test_an_old_slug_of_one_kind_does_not_redirect_another_kind(client):
    aanpak = factories.make_aanpak(slug="eerste")
    rename(aanpak, "tweede")
    assert client.get("/interventies/eerste/").status_code == 404


@kinds
def test_a_permalink_leads_to_the_page_of_today(client, model, make, kind):
    instance = make(slug="eerste")
    rename(instance, "tweede")
    assert instance.permalink == f"/id/{kind}/{instance.uuid}"
    response = client.get(instance.permalink)
    assert response.status_code == 303
    assert response["Location"] == instance.get_absolute_url()


@kinds
def test_the_permalink_of_a_withdrawn_entry_is_gone_and_says_why(
    client, model, make, kind
):
    instance = make(status=Status.GEARCHIVEERD, reden_archivering="Voorbij.")
    response = client.get(instance.permalink)
    assert response.status_code == 410
    assert "Voorbij." in html.read(response.content).one("main").text


@pytest.mark.parametrize(
    "path", [f"/id/aanpak/{NOWHERE}", f"/id/iets/{NOWHERE}", "/id/aanpak/x"]
)
def test_an_unknown_permalink_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_a_permalink_of_one_kind_does_not_find_another_kind(client):
    aanpak = Aanpak.objects.gepubliceerd().first()
    assert client.get(f"/id/interventie/{aanpak.uuid}").status_code == 404
