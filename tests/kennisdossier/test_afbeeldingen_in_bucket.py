"""Pictures in a bucket: what editors and readers see of that, also when it is away."""

from __future__ import annotations

import io
import re

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from kennisdossier.models import Afbeelding
from tests import factories, html
from tests.kennisdossier.test_admin_afbeeldingen import ADD, WOORDEN, add, picture
from tests.tools.site import free_port

pytestmark = pytest.mark.usefixtures("inhoud")


@pytest.fixture
def away(use_bucket):
    """Return a function that lets the store be away from then on."""
    return lambda: use_bucket("pictures", f"http://127.0.0.1:{free_port()}")


def without_name(headers: dict[str, str]) -> dict[str, str]:
    return {name: re.sub(r'"\w+\.', '"x.', value) for name, value in headers.items()}


def test_readers_get_a_picture_with_the_same_headers_from_either_store(client, request):
    url = factories.make_afbeelding().bestand.url
    from_disk = client.get(url)
    request.getfixturevalue("bucket")
    url = factories.make_afbeelding().bestand.url
    from_bucket = client.get(url)
    assert from_bucket.status_code == 200
    assert without_name(from_bucket.headers) == without_name(from_disk.headers)
    assert from_bucket.getvalue() == from_disk.getvalue()


def test_what_an_editor_adds_is_in_the_bucket(admin_client, client, bucket):
    assert add(admin_client, picture()).status_code == 302
    afbeelding = Afbeelding.objects.get()
    assert re.fullmatch(r"afbeeldingen/[0-9a-f]{32}\.jpg", afbeelding.bestand.name)
    assert (afbeelding.breedte, afbeelding.hoogte) == (40, 30)
    served = client.get(afbeelding.bestand.url).getvalue()
    assert Image.open(io.BytesIO(served)).size == (40, 30)


def test_a_picture_that_the_bucket_does_not_have_is_not_found(client, bucket):
    assert client.get("/media/afbeeldingen/weg.png").status_code == 404


def test_with_the_store_away_a_page_is_there_and_its_picture_comes_later(
    client, away, caplog
):
    url = factories.make_afbeelding().bestand.url
    dossier = factories.make_dossier()
    tekst = f'<figure><img src="{url}" alt="x"><figcaption>Foto</figcaption></figure>'
    factories.make_artikel(dossier=dossier, tekst=tekst)
    factories.publish(dossier)
    away()
    page = client.get(dossier.get_absolute_url())
    assert page.status_code == 200
    assert url in page.content.decode()
    answer = client.get(url)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "60"
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "127.0.0.1" not in answer.content.decode()
    assert "antwoordt niet" in caplog.text


def test_with_the_store_away_an_editor_keeps_what_was_typed_and_sends_it_again(
    admin_client, away, store, use_bucket
):
    away()
    refused = add(admin_client, picture())
    assert refused.status_code == 200
    page = html.read_loosely(refused.content)
    errors = " ".join(e.text for e in page.all(class_="errorlist"))
    assert "We kunnen nu geen afbeeldingen bewaren" in errors
    assert page.one(id="id_alt")["value"] == WOORDEN["alt"]
    assert page.one(id="id_maker")["value"] == WOORDEN["maker"]
    assert not Afbeelding.objects.exists()
    use_bucket(store.make_bucket(), store.url)
    assert add(admin_client, picture()).status_code == 302


def test_with_the_store_away_editors_still_list_and_describe_pictures(
    admin_client, away
):
    afbeelding = factories.make_afbeelding()
    away()
    pages = [
        reverse("admin:kennisdossier_afbeelding_changelist"),
        reverse("admin:kennisdossier_afbeelding_kiezen"),
        change := reverse(
            "admin:kennisdossier_afbeelding_change", args=[afbeelding.pk]
        ),
    ]
    for address in pages:
        assert admin_client.get(address).status_code == 200
    words = {"alt": "Beter beschreven", "maker": afbeelding.maker}
    assert admin_client.post(change, words).status_code == 302
    assert Afbeelding.objects.get().alt == "Beter beschreven"


def test_a_form_with_another_mistake_puts_nothing_in_the_store(admin_client, bucket):
    file = SimpleUploadedFile("x.jpg", picture(), "image/jpeg")
    admin_client.post(reverse(ADD), WOORDEN | {"bestand": file, "alt": ""})
    assert default_storage.listdir("") == ([], [])
