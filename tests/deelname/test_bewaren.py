"""What is kept goes in time, and all of a person goes when that person asks."""

from __future__ import annotations

import json
import stat
from datetime import UTC, datetime, timedelta
from io import StringIO
from itertools import chain

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.management import CommandError, call_command
from django.utils import timezone

from kennisdossier.models import Praktijkvoorbeeld
from tests.deelname.formulieren import (
    make_dossier,
    make_reactie,
    make_redacteur,
)
from wijkwijzer.deelname import actions
from wijkwijzer.deelname.bewaren import persoonsgegevens, ruim_op, verwijder_persoon
from wijkwijzer.deelname.geschiedenis import schrijf_op
from wijkwijzer.deelname.models import (
    Bericht,
    Inzending,
    Inzendingstatus,
    Poging,
    Reactie,
    Reactiemelding,
)
from wijkwijzer.memory.number import Nummers, read

pytestmark = pytest.mark.usefixtures("inhoud")

EMAIL = "noor@voorbeeld.example"
ANDER = "ander@elders.example"


def geleden(**kwargs):
    return timezone.now() - timedelta(**kwargs)


def draai(naam: str, *argumenten: str) -> str:
    uit = StringIO()
    call_command(naam, *argumenten, stdout=uit)
    return uit.getvalue()


def make_inzending(**kwargs) -> Inzending:
    voorbeeld = Praktijkvoorbeeld.objects.create(naam="Soep", slug="soep-proef")
    return Inzending.objects.create(
        **{
            "naam_voorbeeld": "Soep",
            "voorbeeld": voorbeeld,
            "naam": "Noor",
            "email": EMAIL,
        }
        | kwargs
    )


# In time


@pytest.mark.parametrize(
    ("status", "dagen", "blijft"),
    [
        ("geweigerd", 29, True),
        ("geweigerd", 30, False),
        ("spam", 29, True),
        ("spam", 31, False),
        ("goedgekeurd", 900, True),
        ("wacht", 900, True),
    ],
)
def test_refused_reactions_and_spam_go_after_30_days(status, dagen, blijft):
    make_reactie(status=status, reden="Daarom", beoordeeld_op=geleden(days=dagen))
    ruim_op()
    assert Reactie.objects.exists() is blijft


def test_with_a_purged_reaction_goes_what_the_log_said_of_it():
    reactie, wie = make_reactie(status="wacht"), make_redacteur()
    actions.weiger(reacties=[reactie], reden="Noemt Noor.", by=wie, site="https://x/")
    Reactie.objects.update(beoordeeld_op=geleden(days=31))
    ruim_op()
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize(("dagen", "blijft"), [(364, True), (365, False)])
def test_addresses_go_after_12_months_and_the_reaction_stays(dagen, blijft):
    reactie, inzending = make_reactie(email=EMAIL, naam="Noor"), make_inzending()
    for model in (Reactie, Inzending):
        model.objects.update(ingestuurd_op=geleden(days=dagen))
    ruim_op()
    reactie.refresh_from_db()
    inzending.refresh_from_db()
    assert reactie.naam == "Noor", "the name stands with the reaction on the site"
    assert (reactie.email == inzending.email == EMAIL) is blijft
    assert (inzending.naam == "Noor") is blijft


@pytest.mark.parametrize(("dagen", "blijft"), [(29, True), (30, False)])
def test_what_was_not_used_goes_after_30_days_and_what_waits_or_was_used_stays(
    dagen, blijft
):
    for status in Inzendingstatus:
        Inzending.objects.create(
            naam_voorbeeld=status, status=status, beoordeeld_op=geleden(days=dagen)
        )
    ruim_op()
    left = {*Inzending.objects.values_list("naam_voorbeeld", flat=True)}
    assert {"wacht", "aangenomen"} <= left
    assert ("geweigerd" in left) is blijft


@pytest.mark.parametrize(("minuten", "blijft"), [(59, True), (61, False)])
def test_attempts_go_after_an_hour(minuten, blijft):
    Poging.objects.create(afzender="a", soort="stem", kenmerk="k")
    Poging.objects.update(op=geleden(minutes=minuten))
    ruim_op()
    assert Poging.objects.exists() is blijft


def test_reports_that_were_closed_go_and_open_ones_stay():
    reactie = make_reactie()
    for afgehandeld in (True, False):
        Reactiemelding.objects.create(
            reactie=reactie, reden="x", afgehandeld=afgehandeld
        )
    Reactiemelding.objects.update(gemeld_op=geleden(days=31))
    ruim_op()
    assert [melding.afgehandeld for melding in Reactiemelding.objects.all()] == [False]


@pytest.mark.parametrize("status", ["wacht", "verstuurd", "mislukt"])
@pytest.mark.parametrize(("dagen", "blijft"), [(29, True), (30, False)])
def test_mails_go_after_30_days_sent_or_not(status, dagen, blijft):
    bericht = Bericht.objects.create(onderwerpregel="Vraag", status=status)
    schrijf_op([bericht], make_redacteur(), CHANGE, "Opnieuw")
    Bericht.objects.update(gemaakt_op=geleden(days=dagen))
    assert ruim_op().berichten == (not blijft)
    assert Bericht.objects.exists() is blijft
    assert LogEntry.objects.exists() is blijft


def test_the_command_says_what_it_did_and_a_second_time_has_nothing_to_do():
    make_reactie(status="spam", beoordeeld_op=geleden(days=31))
    make_reactie(email=EMAIL)
    Reactie.objects.update(ingestuurd_op=geleden(days=400))
    Poging.objects.bulk_create(
        Poging(afzender="a", soort="stem", kenmerk=str(n)) for n in range(1200)
    )
    Poging.objects.update(op=geleden(hours=2))
    assert draai("ruim_reacties_op") == (
        "Verwijderd: 1 reacties, 0 inzendingen, 0 meldingen, 0 mails, "
        "0 abonnementen en 1200 pogingen. "
        "E-mailadressen gewist: 1.\n"
    )
    assert draai("ruim_reacties_op") == (
        "Verwijderd: 0 reacties, 0 inzendingen, 0 meldingen, 0 mails, "
        "0 abonnementen en 0 pogingen. "
        "E-mailadressen gewist: 0.\n"
    )


# Of one person


@pytest.fixture
def persoon(inhoud):
    """All that can lead to somebody, and something of somebody else."""
    dossier, wie = make_dossier(), make_redacteur()
    zichtbaar = make_reactie(
        dossier, email=EMAIL, naam="Noor de Vries", tekst="Van mij"
    )
    geweigerd = make_reactie(dossier, email=EMAIL.upper(), naam="Noor", status="wacht")
    actions.weiger(
        reacties=[geweigerd], reden="Noemt de buurman.", by=wie, site="https://x/"
    )
    Reactiemelding.objects.create(reactie=zichtbaar, reden="Dit is van Noor de Vries.")
    make_inzending(email="Noor@Voorbeeld.example", naam="Noor de Vries")
    for email, naam in ((EMAIL.upper(), "Noor de Vries"), (ANDER, "Ander")):
        Bericht.objects.create(
            onderwerpregel="Vraag via WijkWijzer",
            tekst=f"Van: {naam}, {email}\n\nHoe begin ik?",
            aan="punt@organisatie.example",
            antwoord_aan=email,
            email=email,
        )
    make_reactie(dossier, email=ANDER, naam="Ander")


def alles_wat_bewaard_is() -> str:
    """Every value of every row of every table."""
    modellen = apps.get_models(include_auto_created=True)
    return "\n".join(
        str(rij)
        for rij in chain.from_iterable(
            m._default_manager.values_list() for m in modellen
        )
    ).lower()


@pytest.mark.usefixtures("persoon")
def test_removing_a_person_leaves_nothing_of_that_person_in_any_table():
    assert "noor de vries" in alles_wat_bewaard_is()
    gedaan = verwijder_persoon(email=f" {EMAIL.title()} ", by=None)
    # The question, and what was to be told about the refusal.
    assert (gedaan.reacties, gedaan.inzendingen, gedaan.berichten) == (2, 1, 2)
    assert gedaan.na_te_kijken == ["Soep"]
    bewaard = alles_wat_bewaard_is()
    for spoor in ("noor de vries", EMAIL, "van mij", "noemt de buurman"):
        assert spoor not in bewaard
    assert [reactie.naam for reactie in Reactie.objects.all()] == ["Ander"]
    assert [bericht.email for bericht in Bericht.objects.all()] == [ANDER]


@pytest.mark.parametrize(
    "gevraagd",
    [
        *("jan@müller.nl", "jan@xn--mller-kva.nl", "jan@müller.nl,"),
        "Jan <JAN@XN--MLLER-KVA.NL>;",
    ],
)
def test_a_person_is_found_however_the_address_was_written(gevraagd):
    geschreven = ("jan@müller.nl", "JAN@MÜLLER.NL", "Jan@xn--mller-kva.nl")
    dossier = make_dossier()
    for email in geschreven:
        make_reactie(dossier, email=email)
    make_reactie(dossier, email="jan@muller.nl")
    make_inzending(email="JAN@MÜLLER.NL")
    Bericht.objects.create(
        onderwerpregel="Vraag", aan="x@y.example", email="JAN@MÜLLER.NL"
    )
    gedaan = verwijder_persoon(email=gevraagd, by=None)
    assert (gedaan.reacties, gedaan.inzendingen, gedaan.berichten) == (3, 1, 1)
    assert [r.email for r in Reactie.objects.all()] == ["jan@muller.nl"]


@pytest.mark.usefixtures("persoon")
def test_removing_a_person_makes_pages_anew_at_once():
    voor = read()
    verwijder_persoon(email=EMAIL, by=None)
    assert read() == Nummers(voor.inhoud, voor.reacties + 1)


@pytest.mark.parametrize("email", ["", "  ", "niemand@elders.example"])
@pytest.mark.usefixtures("persoon")
def test_an_empty_or_unknown_address_removes_nobody(email):
    make_reactie()
    voor = Reactie.objects.count()
    gedaan = verwijder_persoon(email=email, by=make_redacteur())
    assert (gedaan.reacties, gedaan.inzendingen, gedaan.berichten) == (0, 0, 0)
    assert Reactie.objects.count() == voor
    assert not persoonsgegevens(email)


@pytest.mark.usefixtures("persoon")
def test_the_command_exports_all_of_a_person_in_a_file_for_one_reader(tmp_path):
    bestand = tmp_path / "noor.json"
    assert draai("persoonsgegevens", "--email", EMAIL, "--exporteer", str(bestand)) == (
        f"Geschreven in {bestand}.\n"
    )
    assert stat.S_IMODE(bestand.stat().st_mode) == 0o600
    gegevens = json.loads(bestand.read_text(encoding="utf-8"))
    assert [reactie["naam"] for reactie in gegevens["reacties"]] == [
        "Noor de Vries",
        "Noor",
    ]
    assert gegevens["reacties"][1]["reden"] == "Noemt de buurman."
    assert gegevens["praktijkvoorbeelden"][0]["voorbeeld"] == "Soep"
    assert ["Hoe begin ik?" in bericht["tekst"] for bericht in gegevens["mails"]] == [
        True,
        False,
    ]
    assert "punt@organisatie.example" not in str(gegevens), "shown to no reader"
    assert ANDER not in str(gegevens)
    assert Reactie.objects.count() == 3, "an export removes nothing"


def test_what_is_exported_of_a_reaction_leads_to_the_page_that_readers_know():
    dossier = make_dossier(naam="Samen eten")
    make_reactie(dossier, email=EMAIL)
    adres = dossier.get_absolute_url()
    dossier.naam, dossier.slug = "Nog geheim", "nog-geheim"
    dossier.save()
    (reactie,) = persoonsgegevens(EMAIL).export()["reacties"]
    assert (reactie["over"], reactie["adres"]) == ("Samen eten", adres)


def test_a_person_reads_the_times_of_here():
    make_reactie(make_dossier(), email=EMAIL)
    half_past_midnight = datetime(2026, 7, 3, 22, 30, tzinfo=UTC)
    Reactie.objects.update(ingestuurd_op=half_past_midnight)
    (gegeven,) = persoonsgegevens(EMAIL).export()["reacties"]
    assert gegeven["ingestuurd_op"] == "2026-07-04T00:30:00+02:00"


@pytest.mark.usefixtures("persoon")
def test_the_command_overwrites_no_file(tmp_path):
    bestand = tmp_path / "bestaat.json"
    bestand.write_text("van iemand anders", encoding="utf-8")
    with pytest.raises(CommandError, match="bestaat al"):
        draai("persoonsgegevens", "--email", EMAIL, "--exporteer", str(bestand))
    assert bestand.read_text(encoding="utf-8") == "van iemand anders"


@pytest.mark.usefixtures("persoon")
def test_the_command_removes_a_person_and_names_what_to_read():
    gezegd = draai("persoonsgegevens", "--email", EMAIL, "--verwijder")
    assert "2 reacties, de contactgegevens bij 1 praktijkvoorbeelden, 2 mails" in gezegd
    assert "Kijk na of hier geen persoon in staat: Soep" in gezegd
    assert EMAIL not in alles_wat_bewaard_is()


@pytest.mark.usefixtures("persoon")
def test_without_a_choice_the_command_only_counts():
    gezegd = draai("persoonsgegevens", "--email", EMAIL)
    assert "2 reacties, 1 inzendingen, 2 mails die nog niet verstuurd zijn" in gezegd
    assert Reactie.objects.count() == 3


def test_of_an_unknown_address_the_command_says_that_nothing_is_kept():
    assert "niets bewaard" in draai("persoonsgegevens", "--email", "x@y.example")
