"""Many records at a time: asked first, all or nothing, and in the history of each."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.utils import timezone

from aanpakken.models import Aanpak
from kennisdossier.models import Begrip
from tests import factories
from tests.meta.test_admin import address
from tests.uitwisseling.conftest import gezegd
from wijkwijzer.core.models import Status
from wijkwijzer.uitwisseling import acties
from wijkwijzer.wholes.models import Publicatie

LIJST = address(Begrip, "changelist")


def begrippen(*slugs: str) -> list[Begrip]:
    return [*Begrip.objects.filter(slug__in=slugs or ("bonding", "leefbaarheid"))]


def doe(client, actie: str, records, model=Begrip, **data):
    keuze = {"action": actie, "_selected_action": [r.pk for r in records]}
    return client.post(address(model, "changelist"), keuze | data, follow=True)


def berichten(record) -> list[str]:
    gedaan = LogEntry.objects.filter(object_id=str(record.pk)).order_by("pk")
    return [entry.change_message for entry in gedaan]


def test_it_asks_first_with_the_number_and_the_names(redacteur):
    response = doe(redacteur, "gecontroleerd", begrippen())
    assert "2 begrippen" in gezegd(response)
    assert "bonding" in gezegd(response)
    assert not any(berichten(b) for b in begrippen())


def test_checked_today_is_seen_by_readers_where_nothing_else_differs(redacteur):
    gelijk, anders = (
        Begrip.objects.get(slug="bonding"),
        Begrip.objects.get(slug="leefbaarheid"),
    )
    anders.definitie = "Nog niet klaar."
    anders.save()
    Begrip.objects.update(laatst_gecontroleerd_op="2020-01-01")
    factories.publish(gelijk)
    doe(redacteur, "gecontroleerd", [gelijk, anders], bevestigd="ja", publiceer="on")
    vandaag = str(timezone.localdate())
    assert vandaag in Publicatie.objects.get(uuid=gelijk.uuid).versie.document
    assert (
        "Nog niet klaar" not in Publicatie.objects.get(uuid=anders.uuid).versie.document
    )
    for record in (gelijk, anders):
        record.refresh_from_db()
        assert str(record.laatst_gecontroleerd_op) == vandaag
        assert f"“2020-01-01” → “{vandaag}”" in berichten(record)[0]


def test_archiving_gives_the_reason_on_each_old_address(redacteur):
    concept = Begrip.objects.create(slug="concept", naam="Concept")
    doe(redacteur, "archiveer", begrippen(), bevestigd="ja", reden="")
    assert redacteur.get("/begrippen/bonding/").status_code == 200
    records = [*begrippen(), concept]
    response = doe(
        redacteur, "archiveer", records, bevestigd="ja", reden="Samengevoegd."
    )
    assert "2 gewijzigd, 1 gelijk" in response.text
    for slug in ("bonding", "leefbaarheid"):
        response = redacteur.get(f"/begrippen/{slug}/")
        assert response.status_code == 410
        assert "Samengevoegd." in response.text
    assert berichten(records[0]) == ["Ingetrokken: “Samengevoegd.”"]


def test_only_what_readers_never_saw_gets_another_status(redacteur):
    concept = Begrip.objects.create(slug="concept", naam="Concept")
    records = [*begrippen("bonding"), concept]
    doe(redacteur, "status", records, bevestigd="ja", status=Status.TER_BEOORDELING)
    concept.refresh_from_db()
    assert concept.status == Status.TER_BEOORDELING
    assert Begrip.objects.get(slug="bonding").status == Status.GEPUBLICEERD
    assert berichten(concept) == ["Status gewijzigd: “concept” → “ter beoordeling”"]


def test_tags_come_and_go(redacteur):
    records = [*Aanpak.objects.filter(slug__in=["abcd", "wijktheater"])]
    doe(
        redacteur,
        "tag",
        records,
        Aanpak,
        bevestigd="ja",
        erbij="Buiten, nieuw",
        eraf="",
    )
    assert {"Buiten", "nieuw"} <= {*records[0].tags.names()}
    doe(redacteur, "tag", records, Aanpak, bevestigd="ja", erbij="", eraf="Buiten")
    assert "Buiten" not in records[1].tags.names()
    assert "nieuw" in records[1].tags.names()
    assert len(berichten(records[0])) == 2
    assert "trefwoord" in gezegd(doe(redacteur, "tag", records, Aanpak, bevestigd="ja"))


def test_what_is_chosen_in_a_list_can_be_taken_out(redacteur):
    records = begrippen("bonding")
    response = doe(redacteur, "exporteer", records, bevestigd="ja", formaat="json")
    assert [*response.json()["begrip"]] == ["bonding"]
    assert LogEntry.objects.first().change_message == "Geëxporteerd: begrip (1)"


def test_more_than_somebody_reads_is_refused(redacteur, monkeypatch):
    monkeypatch.setattr(acties, "HOOGSTENS", 1)
    response = doe(redacteur, "gecontroleerd", begrippen(), bevestigd="ja")
    assert "Kies er hoogstens 1 tegelijk." in response.text
    assert not any(berichten(b) for b in begrippen())


@pytest.mark.parametrize("actie", ["gecontroleerd", "archiveer", "status", "exporteer"])
def test_who_may_not_cannot(redacteur, actie):
    user = User.objects.get(username="redacteur")
    user.groups.clear()
    user.user_permissions.set(Permission.objects.filter(codename="view_begrip"))
    data = {"reden": "x", "status": "concept", "formaat": "json"}
    response = doe(redacteur, actie, begrippen(), bevestigd="ja", **data)
    gelukt = response.headers["Content-Type"] == "application/json"
    assert gelukt == (actie == "exporteer")
    assert not any(berichten(b) for b in begrippen())
    assert redacteur.get("/begrippen/bonding/").status_code == 200
