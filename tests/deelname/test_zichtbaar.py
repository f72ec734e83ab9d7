"""What readers send in makes nothing anew; what editors show or take away does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from tests.deelname.formulieren import (
    is_bedankt,
    make_contactpunt,
    make_dossier,
    make_reactie,
    make_redacteur,
    melding_van,
    reactie_van,
    stem_van,
    voorbeeld_van,
    vraag_van,
)
from wijkwijzer.deelname import actions
from wijkwijzer.deelname.models import Reactie
from wijkwijzer.memory.number import Nummers, read
from wijkwijzer.memory.triggers import all_triggers
from wijkwijzer.wholes.current import current_stand

pytestmark = pytest.mark.usefixtures("inhoud")

# Every form, and whether pages that show what readers say follow it.
FORMULIEREN: dict[str, tuple[Callable[[Client, Any, Any, Any], Any], int]] = {
    "reactie": (lambda client, dossier, reactie, punt: reactie_van(client, dossier), 0),
    "waardering": (lambda client, dossier, *_: stem_van(client, dossier), 1),
    "melding": (lambda client, dossier, reactie, punt: melding_van(client, reactie), 0),
    "vraag": (lambda client, dossier, reactie, punt: vraag_van(client, punt), 0),
    "voorbeeld": (lambda client, *_: voorbeeld_van(client, aanpak="abcd"), 0),
}


def test_no_table_of_what_readers_send_in_is_followed():
    tabellen = {m._meta.db_table for m in apps.get_app_config("deelname").get_models()}
    assert "deelname_reactie" in tabellen
    assert not tabellen & {trigger.table for trigger in all_triggers()}


@pytest.mark.parametrize("formulier", FORMULIEREN)
def test_nothing_that_a_reader_sends_in_changes_the_stand(
    client, formulier, settings, django_capture_on_commit_callbacks
):
    settings.REDACTIE_EMAIL = "redactie@wijkwijzer.example"
    dossier = make_dossier()
    reactie, punt = make_reactie(dossier), make_contactpunt(dossier=dossier)
    zend, reacties = FORMULIEREN[formulier]
    voor, stand = read(), current_stand()
    with django_capture_on_commit_callbacks(execute=True):
        assert is_bedankt(zend(client, dossier, reactie, punt))
    assert read() == Nummers(voor.inhoud, voor.reacties + reacties)
    assert current_stand() is stand


def test_an_approved_reaction_changes_what_readers_say_and_not_the_stand(client):
    dossier = make_dossier()
    reactie_van(client, dossier)
    voor, stand = read(), current_stand()
    actions.keur_goed(
        reacties=Reactie.objects.all(), by=make_redacteur(), site="https://x/"
    )
    assert read() == Nummers(voor.inhoud, voor.reacties + 1)
    assert current_stand() is stand
