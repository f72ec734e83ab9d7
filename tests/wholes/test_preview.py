"""A preview shows what readers will see, to who has the link, and changes nothing."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.signing import Signer, TimestampSigner
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from aanpakken.models import Aanpak
from interventies.models import Interventie
from kennisdossier.models import Begrip, Dossier, Praktijkvoorbeeld
from tests import html
from tests.wholes.begrippen import Person, make_begrip, writer
from wijkwijzer.core.models import Status
from wijkwijzer.memory.number import read
from wijkwijzer.wholes.current import current_stand
from wijkwijzer.wholes.preview import VALID, sign
from wijkwijzer.wholes.registry import whole_of

pytestmark = pytest.mark.usefixtures("inhoud")

KINDS = [Aanpak, Interventie, Dossier, Praktijkvoorbeeld, Begrip]
BAR = "Voorbeeld, nog niet gepubliceerd."


def address_of(record, **wait: int) -> str:
    until = timezone.now() + (timedelta(**wait) if wait else VALID)
    return reverse("voorbeeld", args=[sign(record, until)])


def text(response) -> str:
    return html.read_loosely(response.content).text


@pytest.mark.parametrize("model", KINDS)
def test_it_shows_the_change_that_readers_do_not_see(client, model):
    record = model.objects.gepubliceerd().first()
    public = record.get_absolute_url()
    before = client.get(public).content
    numbers = read()
    model.objects.filter(pk=record.pk).update(naam="Zo gaat het heten")
    answer = client.get(address_of(record))
    assert answer.status_code == 200
    page = html.read_loosely(answer.content)
    assert page.one("h1").text.replace("\u00ad", "") == "Zo gaat het heten"
    assert BAR in page.text
    # Nothing of it stays: neither on the page of readers, nor in a number.
    assert client.get(public).content == before
    assert read() == numbers


@pytest.mark.parametrize("model", KINDS)
def test_of_what_was_never_published_it_shows_the_page(client, model):
    record = model.objects.gepubliceerd().first()
    fields = {
        f.name: getattr(record, f.name)
        for f in model._meta.concrete_fields
        if not f.unique and f.name not in {"naam", "status", "gepubliceerd_op"}
    }
    concept = model.objects.create(
        **fields, naam="Nog geheim", slug="nog-geheim", status=Status.CONCEPT
    )
    assert client.get(concept.get_absolute_url()).status_code == 404
    answer = client.get(address_of(concept))
    assert answer.status_code == 200
    assert html.read_loosely(answer.content).one("h1").text == "Nog geheim"
    assert client.get(concept.get_absolute_url()).status_code == 404
    assert current_stand().get(whole_of(model), "nog-geheim") is None


def test_other_records_are_as_readers_see_them(client):
    begrip = make_begrip(Status.GEPUBLICEERD, naam="Gezien")
    voorbeeld = Praktijkvoorbeeld.objects.gepubliceerd().first()
    voorbeeld.begrippen.set([begrip])
    Begrip.objects.filter(pk=begrip.pk).update(naam="Ongezien")
    page = text(client.get(address_of(voorbeeld)))
    assert "Gezien" in page
    assert "Ongezien" not in page


def test_the_pages_of_a_dossier_can_be_previewed_too(client):
    dossier = Dossier.objects.gepubliceerd().first()
    Dossier.objects.filter(pk=dossier.pk).update(naam="Zo gaat het heten")
    answer = client.get(f"{address_of(dossier)}lessen/")
    assert answer.status_code == 200
    assert "Zo gaat het heten" in text(answer)
    assert client.get(f"{address_of(dossier)}niets/").status_code == 404


@pytest.mark.parametrize("model", KINDS)
def test_nothing_can_be_sent_from_it(client, model):
    record = model.objects.gepubliceerd().first()
    page = html.read_loosely(client.get(address_of(record)).content)
    assert not [*page.all("form", method="post")]
    for link in page.all("a"):
        assert not re.match(
            r"/(reageren|waarderen|melden|selectie/\?)", link.get("href")
        ), link


def test_it_is_kept_nowhere_and_shown_in_no_frame_but_ours(client):
    answer = client.get(address_of(make_begrip()))
    assert answer["Cache-Control"] == "no-store, private"
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    public = client.get("/begrippen/")
    assert "frame-ancestors 'none'" in public["Content-Security-Policy"]
    assert "frame-src 'self'" in public["Content-Security-Policy"]


def test_who_looks_writes_nothing(client):
    address = address_of(make_begrip())
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    assert {q["sql"].split()[0] for q in asked} <= {"SELECT"}


# The link


def test_a_link_that_is_over_says_so(client):
    answer = client.get(address_of(make_begrip(naam="Verlopen"), seconds=-1))
    assert answer.status_code == 410
    assert "Dit voorbeeld is verlopen" in answer.text
    assert "Verlopen" not in answer.text
    assert "no-store" in answer["Cache-Control"]


def test_a_link_that_was_changed_or_made_elsewhere_shows_nothing(client):
    begrip, other = make_begrip(), make_begrip(naam="Van een ander")
    token = sign(begrip, timezone.now() + VALID)
    value = token.rpartition(":")[0]
    foreign = [
        token[:-1] + ("A" if token[-1] != "A" else "B"),
        token.replace(begrip.uuid.hex, other.uuid.hex),
        token.replace("begrip:", "dossier:"),
        Signer(salt="iets anders").sign(value),
        Signer().sign(value),
        TimestampSigner(salt="wijkwijzer.wholes.preview").sign(value),
        "x",
        "a:b:c",
    ]
    for wrong in foreign:
        answer = client.get(reverse("voorbeeld", args=[wrong]))
        assert answer.status_code == 404, wrong
        assert "Pagina niet gevonden" in answer.text
        assert begrip.naam not in answer.text


def test_a_concept_that_was_erased_is_gone_from_its_preview_too(client):
    begrip = make_begrip()
    address = address_of(begrip)
    begrip.delete()
    assert client.get(address).status_code == 404


# In the admin


def test_an_editor_sees_it_on_a_phone_and_on_a_desk_with_a_link_to_send(client):
    begrip, person = make_begrip(naam="Straks te zien"), writer()
    answer = person.client.get(person.url(begrip, "voorbeeld"))
    assert "frame-src 'self'" in answer["Content-Security-Policy"]
    page = html.read_loosely(answer.content)
    frames = {frame["src"] for frame in page.all("iframe")}
    (address,) = frames
    link = page.one(id="id_link")["value"]
    assert link == f"http://testserver{address}"
    assert "Straks te zien" in text(client.get(address))


def test_who_may_not_look_at_a_record_gets_no_preview_of_it():
    begrip, person = make_begrip(), Person("ander")
    person.user.user_permissions.clear()
    assert person.client.get(person.url(begrip, "voorbeeld")).status_code == 403
