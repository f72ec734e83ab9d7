"""What somebody noted down stays meaningful: renamed, withdrawn and back again."""

from __future__ import annotations

import pytest

from aanpakken.models import Aanpak
from kennisdossier.models import Artikel, Contactpunt
from tests import factories
from tests.meta.test_admin import MODELS, address, example, form_data
from wijkwijzer.core.models import VorigeSlug
from wijkwijzer.wholes.registry import wholes

pytestmark = pytest.mark.usefixtures("inhoud")

# By the slug of one that is there all along beside it.
OWN = [
    "/aanpakken/{}/",
    "/api/v1/aanpakken/{}",
    "/embed/aanpakken/{}/",
    "/id/aanpak/{uuid}",
    "/id/aanpak/{UUID}",
    "/id/aanpak/{uuid}.ris",
    "/id/aanpak/{uuid}.svg",
]
AMONG_OTHERS = [
    "/aanpakken/vergelijken/?aanpak={}&aanpak=citytrainers",
    "/selectie/?aanpak={}&aanpak=citytrainers",
    "/selectie/export.csv?aanpak={}&aanpak=citytrainers",
    "/wijkplan/?aanpak={}&aanpak=citytrainers",
]
NAME, REASON = "ABCD van nu", "Niemand doet dit meer."


@pytest.fixture
def renamed(inhoud) -> Aanpak:
    aanpak = Aanpak.objects.get(slug="abcd")
    aanpak.naam, aanpak.slug = NAME, "abcd-van-nu"
    aanpak.save()
    return factories.publish(aanpak)


def filled_in(path: str, aanpak: Aanpak) -> str:
    uuid = str(aanpak.uuid)
    return path.format("abcd", uuid=uuid, UUID=uuid.upper())


def text_of(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("path", OWN)
def test_an_address_of_one_leads_to_it_by_its_new_name(client, renamed, path):
    response = client.get(filled_in(path, renamed), follow=True)
    assert response.status_code == 200
    if not path.endswith(".svg"):
        assert NAME in text_of(response)


@pytest.mark.parametrize("path", OWN)
def test_an_address_of_what_was_withdrawn_says_why_until_it_is_back(
    client, renamed, path
):
    factories.withdraw(renamed, REASON)
    response = client.get(filled_in(path, renamed), follow=True)
    assert response.status_code == 410
    assert REASON in text_of(response)
    factories.publish(renamed)
    response = client.get(filled_in(path, renamed), follow=True)
    assert response.status_code == 200


@pytest.mark.parametrize("path", AMONG_OTHERS)
def test_among_others_it_is_found_by_its_old_name_and_missed_aloud(
    client, renamed, path
):
    def asked() -> str:
        response = client.get(filled_in(path, renamed), follow=True)
        assert response.status_code == 200
        return text_of(response)

    assert NAME in asked()
    factories.withdraw(renamed, REASON)
    gone = asked()
    assert "Citytrainers" in gone
    assert NAME not in gone
    # A file has no place to say it.
    assert "export" in path or "abcd" in gone
    factories.publish(renamed)
    assert NAME in asked()


# Of these an address or a version knows only the slug; of wholes all that they had.
NAMED = [
    model
    for model in MODELS
    if "slug" in {field.name for field in model._meta.fields}
    and model not in {*(d.model for d in wholes().values()), VorigeSlug}
    # A place on a page, and somebody to write to: nothing else names them.
    and model not in {Artikel, Contactpunt}
]


@pytest.mark.parametrize("model", NAMED, ids=lambda model: model._meta.label)
def test_what_filters_and_versions_name_keeps_its_slug(admin_client, model):
    record = example(model)
    page = admin_client.get(address(model, "change", record.pk))
    assert "slug" not in form_data(page)


def test_a_feed_keeps_its_name_for_it_and_drops_it_while_it_is_withdrawn(
    client, renamed
):
    key = f"/id/aanpak/{renamed.uuid}"
    feed = text_of(client.get("/aanpakken/feed.atom"))
    assert key in feed
    assert "/aanpakken/abcd-van-nu/" in feed
    factories.withdraw(renamed, REASON)
    assert key not in text_of(client.get("/aanpakken/feed.atom"))
    factories.publish(renamed)
    assert key in text_of(client.get("/aanpakken/feed.atom"))
