"""The knowledge in memory: it follows every change of content, and nothing else."""

from __future__ import annotations

import pytest

from aanpakken.models import Aanpak
from kennisdossier.catalogus import kennis
from kennisdossier.models import (
    Begrip,
    Dossier,
    Inzending,
    Poging,
    Praktijkvoorbeeld,
    Reactie,
    Stem,
    Tip,
)
from wijkwijzer.core.catalogusversie import gevolgde_tabellen, huidige_versie

pytestmark = pytest.mark.usefixtures("inhoud")


def test_a_change_of_content_is_seen_at_once():
    before = len(kennis().begrippen.termen)
    Begrip.objects.filter(slug="bonding").update(status="concept")
    assert len(kennis().begrippen.termen) == before - 1


def test_what_readers_send_in_leaves_the_caches_alone():
    dossier = Dossier.objects.get(slug="samenlevingsopbouw")
    before = huidige_versie()
    Reactie.objects.create(dossier=dossier, tekst="Mooi.")
    Stem.objects.create(dossier=dossier, kiezer="x", waarde=4)
    Poging.objects.create(afzender="x", soort="reactie")
    assert huidige_versie() == before


def test_every_table_of_content_is_followed_and_none_of_what_readers_send_in():
    followed = {*gevolgde_tabellen()}
    for model in (
        Begrip,
        Dossier,
        Praktijkvoorbeeld,
        Tip,
        Dossier.organisaties.through,
    ):
        assert model._meta.db_table in followed
    for model in (Reactie, Stem, Poging, Inzending):
        assert model._meta.db_table not in followed


def test_an_aanpak_knows_its_examples_dossiers_effects_and_money():
    wijktheater = kennis().erbij(Aanpak.objects.get(slug="wijktheater"))
    assert {v.titel for v in wijktheater.voorbeelden} >= {"Buurtopera Malpertuis"}
    assert len(wijktheater.effecten) == 1
    assert kennis().erbij(Aanpak.objects.get(slug="vouchersysteem")).financieringen


def test_a_record_about_which_nothing_is_known_has_nothing_beside_it():
    stand = kennis()
    empty = stand.erbij(Praktijkvoorbeeld(pk=0))
    assert not (empty.aanpakken or empty.dossiers or empty.heeft_lessen)


def test_a_dossier_names_each_aanpak_once():
    for dossier in Dossier.objects.all():
        urls = [v.url for v in kennis().erbij(dossier).aanpakken]
        assert len(urls) == len({*urls}), dossier


def test_an_archived_aanpak_is_no_longer_beside_anything():
    Aanpak.objects.filter(slug="wijktheater").update(
        status="gearchiveerd", reden_archivering="x"
    )
    stand = kennis()
    for record in (*Dossier.objects.all(), *Praktijkvoorbeeld.objects.all()):
        assert "Wijktheater" not in {v.titel for v in stand.erbij(record).aanpakken}
    assert "wijktheater" not in stand.voorbeelden.facetten["aanpak"].labels
