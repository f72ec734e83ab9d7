"""What somebody gets who asks for a PDF: itself, or that it is being made."""

from __future__ import annotations

import pytest

from aanpakken.models import Aanpak
from kennisdossier.models import Dossier
from wijkwijzer.publicatie import bewaard, views
from wijkwijzer.publicatie.bewaard import BezigError, DrukError
from wijkwijzer.publicatie.overzicht import zet_boek
from wijkwijzer.publicatie.uitval import onthoud_uitval
from wijkwijzer.publicatie.zetten import OnzetbaarError, Opdracht

pytestmark = pytest.mark.usefixtures("inhoud")

PDF = "/publicatie/wijkwijzer.pdf"
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def given(monkeypatch, answer):
    """Let the book be this, or an error."""

    def geef(*args):
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(views, "geef_overzicht", geef)


@pytest.mark.once
def test_who_has_the_pdf_already_gets_nothing(client, monkeypatch):
    given(monkeypatch, b"%PDF x")
    response = client.get(PDF)
    assert response.content == b"%PDF x"
    assert response["Content-Type"] == "application/pdf"
    assert "wijkwijzer-2" in response["Content-Disposition"]
    again = client.get(PDF, headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


@pytest.mark.once
@pytest.mark.parametrize("error", [BezigError(), DrukError()], ids=["made", "many"])
def test_a_page_asks_again_by_itself_while_the_pdf_is_made(client, monkeypatch, error):
    given(monkeypatch, error)
    response = client.get(PDF, headers=BROWSER)
    assert (response.status_code, response["Refresh"]) == (202, "2")
    assert "wordt gemaakt" in response.content.decode()
    assert response["Cache-Control"] == "no-store"


@pytest.mark.once
def test_a_program_hears_when_to_ask_again(client, monkeypatch):
    given(monkeypatch, BezigError())
    response = client.get(PDF)
    assert (response.status_code, response["Retry-After"]) == (503, "2")


@pytest.mark.once
def test_what_cannot_be_made_says_so(client, monkeypatch):
    given(monkeypatch, OnzetbaarError())
    response = client.get(PDF, headers=BROWSER)
    assert response.status_code == 503
    assert "lukt nu niet" in response.content.decode()
    # A program as well.
    assert "kan nu niet worden gemaakt" in client.get(PDF).text


@pytest.fixture
def made(monkeypatch) -> list[Opdracht]:
    """What was set, each as a PDF of a word."""
    made: list[Opdracht] = []

    def zet(boek, wat):
        return zet_boek(boek, wat, lambda wat: made.append(wat) or b"%PDF")

    monkeypatch.setattr("wijkwijzer.publicatie.overzicht.zet_boek", zet)
    monkeypatch.setattr(bewaard, "_bezig", {})
    monkeypatch.setattr(bewaard, "_mislukt", {})
    return made


@pytest.mark.once
def test_the_book_is_made_once_for_what_readers_see(client, made):
    assert [client.get(PDF).status_code for _ in range(2)] == [200, 200]
    assert len(made) == 1


@pytest.mark.once
def test_who_reads_about_the_book_first_has_it_made(client, made, monkeypatch):
    monkeypatch.setattr(bewaard, "VOORUIT", True)
    client.get("/publicatie/")
    for thread in [*bewaard._bezig.values()]:
        thread.join(10)
    assert len(made) == 1
    assert client.get(PDF).content == b"%PDF"
    assert len(made) == 1


@pytest.mark.once
def test_the_page_is_there_also_when_nothing_can_be_kept(
    client, made, monkeypatch, settings, tmp_path
):
    settings.VAR_DIR = tmp_path / "een-bestand"
    settings.VAR_DIR.write_bytes(b"")
    monkeypatch.setattr(bewaard, "VOORUIT", True)
    assert client.get("/publicatie/").status_code == 200
    for thread in [*bewaard._bezig.values()]:
        thread.join(10)
    assert not made


@pytest.mark.once
def test_the_page_leads_to_every_record_and_every_form(client):
    page = client.get("/publicatie/").content.decode()
    for slug in Aanpak.objects.gepubliceerd().values_list("slug", flat=True):
        assert f'href="/aanpakken/{slug}/"' in page
    for slug in Dossier.objects.gepubliceerd().values_list("slug", flat=True):
        assert f'href="/kennisdossier/{slug}/"' in page
    for path in ("praktijkvoorbeelden/wijkbedrijf-selwerd", "begrippen/leefbaarheid"):
        assert f'href="/{path}/"' in page
    assert f'href="{PDF}"' in page


def test_what_is_not_in_the_book_waits_for_editors(admin_client):
    onthoud_uitval([("aanpak", "abcd"), ("aanpak", "weg"), ("begrip", "abcd")])
    page = admin_client.get("/admin/").content.decode()
    assert "Niet in het overzicht" in page
    rows = admin_client.get("/admin/aanpakken/aanpak/?wachtrij=druk-aanpak")
    assert [row.slug for row in rows.context["cl"].queryset] == ["abcd"]
