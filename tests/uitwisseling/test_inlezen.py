"""A file shows what it would do, and does that: all of it, or nothing."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from interventies.models import Databank, Erkenning, Interventie, Niveau
from kennisdossier.models import Begrip, Praktijkvoorbeeld
from tests import factories
from tests.uitwisseling.conftest import (
    BEGIN,
    bevestig,
    csv_van,
    gezegd,
    laatste,
    stuur,
)
from wijkwijzer.core.models import VorigeSlug
from wijkwijzer.uitwisseling.invoer import bevestig as bevestig_invoer
from wijkwijzer.uitwisseling.invoer import ruim_op
from wijkwijzer.uitwisseling.models import Invoer, Stap
from wijkwijzer.wholes.actions import working_document
from wijkwijzer.wholes.models import Publicatie, Werkstand

NIEUW = {"slug": "straatpraat", "naam": "Straatpraat", "definitie": "Praten op straat."}


def bonding() -> Begrip:
    return Begrip.objects.get(slug="bonding")


def test_nothing_is_changed_before_somebody_saw_what_would_be(redacteur):
    rij = {"slug": "bonding", "naam": "Hechting", "definitie": "-Zomaar"}
    response = stuur(redacteur, "begrip.csv", csv_van("begrip", rij, NIEUW))
    assert "1 nieuw, 1 gewijzigd, 0 gelijk" in gezegd(response)
    assert "Term gewijzigd: bonding Hechting" in gezegd(response)
    assert "Begrip “Straatpraat”: nieuw" in gezegd(response)
    assert bonding().naam == "bonding"
    response = bevestig(redacteur)
    assert "Ingelezen: 1 nieuw, 1 gewijzigd" in gezegd(response)
    assert (bonding().naam, bonding().definitie) == ("Hechting", "-Zomaar")
    nieuw = Begrip.objects.get(slug="straatpraat")
    # Readers see nothing of it, and the file is gone.
    assert nieuw.status == "concept"
    assert (
        Publicatie.objects.get(uuid=bonding().uuid).versie.document.count("Hechting")
        == 0
    )
    assert laatste().stap == Stap.GELUKT
    assert not laatste().bestand


def test_the_history_says_from_which_file_with_old_and_new(redacteur):
    stuur(
        redacteur, "begrip.csv", csv_van("begrip", {"slug": "bonding", "naam": "Hecht"})
    )
    bevestig(redacteur)
    gedaan = LogEntry.objects.get(
        object_id=str(bonding().pk),
        content_type=ContentType.objects.get_for_model(Begrip),
    )
    assert gedaan.change_message.splitlines() == [
        "Ingelezen uit begrip.csv",
        "Term gewijzigd: “bonding” → “Hecht”",
    ]
    assert Werkstand.objects.filter(uuid=bonding().uuid, door__username="redacteur")
    assert "Ingelezen: 0 nieuw, 1 gewijzigd" in LogEntry.objects.first().change_message


def test_who_may_publish_can_do_so_at_once(redacteur):
    stuur(
        redacteur, "begrip.csv", csv_van("begrip", {"slug": "bonding", "naam": "Hecht"})
    )
    bevestig(redacteur, publiceren="ja")
    assert "<h1>Hecht</h1>" in redacteur.get("/begrippen/bonding/").text


def test_what_cannot_be_published_leaves_everything_as_it_was(redacteur):
    rijen = [
        {"slug": "bonding", "naam": "Hecht"},
        {"slug": "leeg-begrip", "naam": "Leeg"},
    ]
    stuur(redacteur, "begrip.csv", csv_van("begrip", *rijen))
    response = bevestig(redacteur, publiceren="ja")
    assert "Publiceren kan niet" in gezegd(response)
    assert bonding().naam == "bonding"
    assert not Begrip.objects.filter(slug="leeg-begrip").exists()


def test_all_mistakes_are_told_with_row_and_column(redacteur):
    rijen = [
        {
            "slug": "Fout Slug",
            "naam": "A",
            "markeren": "misschien",
            "bron": "",
            "x": "",
        },
        {"slug": "goed", "naam": "", "markeren": "ja", "bron": "bestaat-niet", "x": ""},
        {"slug": "bonding", "naam": "B", "markeren": "ja", "bron": "", "x": ""},
        {"slug": "bonding", "naam": "C", "markeren": "ja", "bron": "", "x": ""},
    ]
    response = stuur(redacteur, "begrip.csv", csv_van("begrip", *rijen))
    for melding in (
        "Blad “begrip”, kolom E Een veld “x” is er niet.",
        "Blad “begrip”, C2 (markeren) Hier hoort ja of nee te staan.",
        "Blad “begrip”, A2 (slug) Schrijf een slug met kleine letters",
        "Blad “begrip”, B3 (naam) Dit veld kan niet leeg zijn",
        "Blad “begrip”, D3 (bron) “bestaat-niet” kennen we niet als bron.",
        "Blad “begrip”, rij 5 Dit staat er twee keer.",
    ):
        assert melding in gezegd(response), melding
    assert "Lees in" not in response.text
    bevestig(redacteur)
    assert bonding().naam == "bonding"


def test_what_somebody_changed_meanwhile_is_shown_and_not_overwritten(redacteur):
    stuur(
        redacteur, "begrip.csv", csv_van("begrip", {"slug": "bonding", "naam": "Hecht"})
    )
    Begrip.objects.filter(slug="bonding").update(let_op="Van een collega")
    response = bevestig(redacteur)
    assert "Intussen is er iets gewijzigd" in gezegd(response)
    assert bonding().naam == "bonding"
    bevestig(redacteur)
    assert (bonding().naam, bonding().let_op) == ("Hecht", "Van een collega")


def test_a_sheet_that_is_older_than_the_record_says_so(redacteur):
    rij = {"slug": "bonding", "naam": "Hecht", "revisie": bonding().revisie - 1}
    response = stuur(redacteur, "begrip.csv", csv_van("begrip", rij))
    assert "“Hecht” is gewijzigd nadat dit bestand gemaakt is" in gezegd(response)


def test_two_who_confirm_one_file_do_it_once(redacteur):
    stuur(redacteur, "begrip.csv", csv_van("begrip", NIEUW))
    invoer = laatste()
    assert bevestig_invoer(invoer, vingerafdruk=invoer.vingerafdruk, publiceren=False)
    assert not bevestig_invoer(
        invoer, vingerafdruk=invoer.vingerafdruk, publiceren=False
    )


def test_who_throws_away_what_was_brought_in_from_another_tab_is_told(redacteur):
    stuur(redacteur, "begrip.csv", csv_van("begrip", NIEUW))
    bevestig(redacteur)
    response = bevestig(redacteur, weg="1")
    said = response.text
    assert "Er is niets weggegooid: dit is intussen anders." in said
    assert "Er is niets ingelezen" not in said
    assert Begrip.objects.filter(slug="straatpraat").exists()


def test_parts_that_are_not_in_a_sheet_of_parts_go_and_others_stay(redacteur):
    begrip = Begrip.objects.create(slug="met-delen", naam="Met delen")
    for nummer in (1, 2):
        begrip.verwijzingen.create(
            label=f"L{nummer}",
            url=f"https://voorbeeld.example/{nummer}",
            volgorde=nummer,
        )
    rij = {"record": "met-delen", "label": "L2", "url": "https://voorbeeld.example/2"}
    response = stuur(
        redacteur, "begrip.verwijzingen.csv", csv_van("begrip.verwijzingen", rij)
    )
    assert "0 nieuw, 1 gewijzigd" in gezegd(response)
    bevestig(redacteur)
    assert [v.label for v in begrip.verwijzingen.all()] == ["L2"]
    assert Begrip.objects.get(pk=begrip.pk).naam == "Met delen"


# Who may, and for how long


def test_a_file_is_of_who_brought_it_in_and_gone_after_an_hour(redacteur, client):
    stuur(redacteur, "begrip.csv", csv_van("begrip", NIEUW))
    url = f"{BEGIN}{laatste().token}/"
    ander = User.objects.create_superuser("ander", password=None)
    client.force_login(ander)
    assert client.get(url).status_code == 404
    Invoer.objects.update(op=timezone.now() - timedelta(minutes=61))
    ruim_op()
    assert not laatste().bestand
    assert laatste().stap == Stap.GESTOPT


@pytest.mark.parametrize("recht", ["importeren", "change_begrip"])
def test_without_the_right_nothing_comes_in(redacteur, recht):
    user = User.objects.get(username="redacteur")
    rechten = Permission.objects.exclude(codename=recht)
    user.groups.clear()
    user.user_permissions.set(rechten)
    rij = {"slug": "bonding", "naam": "Hecht"}
    response = stuur(redacteur, "begrip.csv", csv_van("begrip", rij))
    if recht == "importeren":
        assert response.status_code == 403
        assert redacteur.get(BEGIN).status_code == 200
        assert "Een bestand inlezen" not in redacteur.get(BEGIN).text
    else:
        assert "Je mag niets wijzigen in begrippen." in gezegd(response)
        bevestig(redacteur)
    assert bonding().naam == "bonding"


def test_an_export_is_of_what_somebody_may_see_and_is_written_down(redacteur):
    user = User.objects.get(username="redacteur")
    user.groups.clear()
    user.user_permissions.set(Permission.objects.filter(codename="view_begrip"))
    url = f"{BEGIN}exporteren/"
    response = redacteur.post(url, {"soort": "", "formaat": "json"})
    assert [*response.json()] == ["begrip", "stand"]
    assert LogEntry.objects.first().change_message == "Geëxporteerd: begrip (alles)"
    # Of what he may not see there is nothing to choose.
    response = redacteur.post(url, {"soort": "aanpak", "formaat": "json"})
    assert response.status_code == 302
    assert redacteur.get(url).status_code == 405


# Decisions of a databank


@pytest.fixture
def interventie(redacteur) -> Interventie:
    gemaakt = factories.make_interventie(
        naam="Sterk in de Wijk", slug="sterk-in-de-wijk"
    )
    VorigeSlug.objects.create(soort="interventie", slug="oud-sterk", uuid=gemaakt.uuid)
    return gemaakt


@pytest.mark.parametrize("naam", ["sterk-in-de-wijk", "STERK  in de wijk", "Oud-sterk"])
def test_a_decision_finds_its_interventie_by_name_slug_or_former_slug(
    redacteur, interventie, naam
):
    databank, niveau = Databank.objects.first(), Niveau.objects.first()
    rij = {
        "Titel": naam,
        "Databank": databank.naam,
        "Erkenning": niveau.naam.upper(),
        "Erkend op": "juni 2022",
        "Verloopt op": "3-6-2027",
        "Link": "https://voorbeeld.example/sterk",
        "Intern nummer": "12",
    }
    onbekend = rij | {"Titel": "Iets dat wij niet hebben"}
    response = stuur(
        redacteur, "lijst.csv", csv_van("lijst", rij, onbekend), "erkenningen"
    )
    assert "“Iets dat wij niet hebben” is geen interventie van deze site" in gezegd(
        response
    )
    assert "Erkenningen toegevoegd" in gezegd(response)
    bevestig(redacteur)
    erkenning = Erkenning.objects.get(interventie=interventie)
    assert (erkenning.databank, erkenning.niveau) == (databank, niveau)
    assert (str(erkenning.datum), str(erkenning.geldig_tot)) == (
        "2022-06",
        "2027-06-03",
    )


def test_the_same_page_of_a_databank_changes_the_decision_that_was_there(
    redacteur, interventie
):
    oud = factories.make_erkenning(interventie, datum="2020", bron_stelt="Zegt iets")
    rij = {
        "interventie": interventie.slug,
        "databank": oud.databank.slug,
        "bron_url": oud.bron_url,
        "datum": "2026-07-01",
    }
    stuur(redacteur, "lijst.csv", csv_van("lijst", rij), "erkenningen")
    bevestig(redacteur)
    (nieuw,) = Erkenning.objects.filter(interventie=interventie)
    assert (nieuw.pk, str(nieuw.datum), nieuw.bron_stelt) == (
        *(oud.pk, "2026-07-01", "Zegt iets"),
    )


def test_an_editor_says_which_column_is_what(redacteur, interventie):
    rij = {
        "wat": interventie.slug,
        "databank": Databank.objects.first().slug,
        "bron_url": "https://voorbeeld.example/",
        "wanneer": "2024",
    }
    response = stuur(redacteur, "lijst.csv", csv_van("lijst", rij), "erkenningen")
    assert "Er is geen kolom voor interventie." in gezegd(response)
    kolommen = dict(
        zip(
            ("kolom-0", "kolom-1", "kolom-2", "kolom-3"),
            ("interventie", "databank", "bron_url", "datum"),
            strict=True,
        )
    )
    bevestig(redacteur, kolommen="ja", **kolommen)
    bevestig(redacteur)
    assert str(Erkenning.objects.get(interventie=interventie).datum) == "2024"


@pytest.mark.parametrize("formaat", ["csv", "xlsx"])
def test_the_example_is_a_file_that_can_be_read(redacteur, formaat):
    response = redacteur.get(f"{BEGIN}voorbeeld/erkenningen.{formaat}")
    response = stuur(
        redacteur, f"erkenningen.{formaat}", response.content, "erkenningen"
    )
    assert "“databank” kennen we niet als databank." in gezegd(response)
    assert "heeft geen" not in gezegd(response)


@pytest.mark.parametrize("waarde", ["x", "\u202e", "2026-13-45", ""])
def test_a_reference_that_can_be_to_nothing_is_told_with_what_it_says(
    redacteur, waarde
):
    begrip, voorbeeld = Begrip.objects.first(), Praktijkvoorbeeld.objects.first()
    een = working_document(begrip) | {"bron": waarde}
    ander = working_document(voorbeeld) | {"begrippen": [waarde]}
    heel = {"begrip": {"a": een}, "praktijkvoorbeeld": {"b": ander}}
    answer = stuur(redacteur, "a.json", json.dumps(heel).encode())
    assert answer.status_code == 200
    for naam in ("bron", "begrip"):
        assert f"“{waarde}” kennen we niet als {naam}" in gezegd(answer)
