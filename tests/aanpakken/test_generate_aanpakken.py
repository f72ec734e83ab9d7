"""`generate_aanpakken`: a made-up catalogue, and never among the real one."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from aanpakken.management.commands import generate_aanpakken
from aanpakken.models import (
    Aanpak,
    Doelgroepkoppeling,
    Reflectiethema,
    Themakoppeling,
    Uitvoering,
)
from interventies.models import Erkenning, Interventie
from kennisdossier.models import Begrip, Dossier, Praktijkvoorbeeld
from tests import html
from wijkwijzer.memory import number
from wijkwijzer.wholes.actions import published_document, working_document
from wijkwijzer.wholes.content import loading
from wijkwijzer.wholes.models import Inlading, Publicatie, Versie

pytestmark = pytest.mark.usefixtures("inhoud")


@pytest.fixture
def without_entries(db) -> None:
    """Only the vocabularies are there."""
    Aanpak.objects.all().delete()
    Interventie.objects.all().delete()
    for model in (Dossier, Praktijkvoorbeeld, Begrip, Publicatie):
        model.objects.all().delete()


def remove_all() -> None:
    for model in (Aanpak, Interventie, Publicatie, Versie):
        model.objects.all().delete()


def generate(number: int, **options: int) -> str:
    output = StringIO()
    call_command("generate_aanpakken", number, stdout=output, **options)
    return output.getvalue()


def texts() -> list[tuple[str, ...]]:
    return list(
        Aanpak.objects.order_by("slug", "tags__name").values_list(
            "slug", "uuid", "naam", "samenvatting", "omschrijving", "tags__name"
        )
    )


def test_a_database_with_real_content_is_refused_and_stays_as_it_is():
    before = number.read()
    with pytest.raises(CommandError, match=r"echte inhoud \(17 interventies\)"):
        generate(30)
    assert Aanpak.objects.count() == 21
    assert number.read() == before
    Aanpak.objects.update(interventie=None)
    Interventie.objects.all().delete()
    with pytest.raises(CommandError, match=r"echte inhoud \(21 aanpakken\)"):
        generate(30)


def test_one_real_entry_among_made_up_ones_is_enough_to_refuse(without_entries):
    generate(3)
    aanpak = Aanpak.objects.first()
    aanpak.slug = "echt"
    aanpak.save()
    with pytest.raises(CommandError, match=r"echte inhoud \(1 aanpakken\)"):
        generate(10)
    assert Aanpak.objects.count() == 3


@pytest.mark.parametrize("number", [0, -1])
def test_less_than_one_is_refused(without_entries, number):
    with pytest.raises(CommandError, match="minstens één"):
        generate(number)


def test_it_makes_entries_until_there_are_as_many_as_asked(
    without_entries, monkeypatch
):
    monkeypatch.setattr(generate_aanpakken, "PER_KEER", 4)
    assert "10 aanpakken gemaakt" in generate(10)
    assert "er zijn er nu 13" in generate(13)
    assert "0 aanpakken gemaakt" in generate(5)
    assert Aanpak.objects.gepubliceerd().count() == 13


def test_the_same_seed_gives_the_same_entries_in_one_go_or_in_more(without_entries):
    generate(12)
    at_once = texts()
    remove_all()
    generate(5)
    generate(12)
    assert texts() == at_once

    remove_all()
    generate(12, seed=2)
    assert texts() != at_once


@pytest.mark.long
def test_the_entries_are_complete_and_obey_every_rule_of_the_models(without_entries):
    generate(40)
    for aanpak in Aanpak.objects.all():
        aanpak.full_clean()
        words = re.findall(r"\w+", f"{aanpak.samenvatting} {aanpak.doel}")
        words += re.findall(r"\w+", aanpak.omschrijving)
        assert 70 < len(words) < 200
        assert aanpak.themakoppelingen.all()
        assert aanpak.uitvoeringen.exclude(laag=None).exists()
        assert aanpak.feiten.all()
        assert aanpak.bronnen.all()
        assert aanpak.tags.all()
        for links in ("themakoppelingen", "doelgroepkoppelingen", "uitvoeringen"):
            for link in getattr(aanpak, links).all():
                link.full_clean()
    for erkenning in Erkenning.objects.all():
        erkenning.full_clean()


def test_the_entries_differ_as_real_ones_do(without_entries):
    generate(300)
    vocabulary = {
        word
        for text in Aanpak.objects.values_list("naam", "omschrijving")
        for word in re.findall(r"\w+", " ".join(text).lower())
    }
    assert len(vocabulary) > 1000
    for model, field in (
        (Themakoppeling, "thema"),
        (Doelgroepkoppeling, "doelgroep"),
        (Doelgroepkoppeling, "leeftijd_van"),
        (Uitvoering, "laag"),
    ):
        assert model.objects.values(field).distinct().count() > 2
    recognised = Interventie.objects.filter(erkenningen__isnull=False).count()
    assert 0 < recognised < Interventie.objects.count() < 300


def test_the_pages_show_them(without_entries, client):
    generate(30)
    page = html.read(client.get("/aanpakken/").content)
    assert html.result_count(page) == 30
    assert client.get("/aanpakken/synthetisch-30/").status_code == 200


def test_readers_see_every_entry_as_its_rows_are(without_entries):
    generate(5)
    for model in (Aanpak, Interventie):
        for record in model.objects.all():
            assert published_document(record) == working_document(record)


@pytest.mark.long
def test_an_empty_database_gets_the_lists_and_no_other_entry(without_entries):
    Themakoppeling.objects.all().delete()
    Reflectiethema.objects.all().delete()
    Inlading.objects.all().delete()
    generate(2)
    assert Reflectiethema.objects.count() == 4
    assert Aanpak.objects.count() == 2
    # Nothing says that the content was loaded: it was not.
    assert loading.is_up_to_date(settings.BASE_DIR / "fixtures") is None
