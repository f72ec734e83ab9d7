"""Many records at a time: asked first, all or nothing, and in the history of each."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User

from aanpakken.models import Aanpak
from kennisdossier.models import Begrip
from tests.meta.test_admin import address
from tests.uitwisseling.conftest import gezegd
from wijkwijzer.core.models import Status
from wijkwijzer.uitwisseling import acties
from wijkwijzer.wholes.models import Beoordeling

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
    response = doe(redacteur, "dien_in", begrippen())
    assert "2 begrippen" in gezegd(response)
    assert "bonding" in gezegd(response)
    assert not any(berichten(b) for b in begrippen())


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


def test_what_readers_do_not_see_so_is_submitted_to_a_colleague(redacteur):
    concept = Begrip.objects.create(slug="concept", naam="Concept")
    records = [*begrippen("bonding"), concept]
    doe(redacteur, "dien_in", records, bevestigd="ja", opmerking="Kijk je mee?")
    concept.refresh_from_db()
    assert concept.status == Status.TER_BEOORDELING
    waiting = Beoordeling.objects.get()
    assert (waiting.uuid, waiting.opmerking) == (concept.uuid, "Kijk je mee?")
    assert berichten(concept) == ["Ingediend voor beoordeling. Kijk je mee?"]


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
    response = doe(redacteur, "dien_in", begrippen(), bevestigd="ja")
    assert "Kies er hoogstens 1 tegelijk." in response.text
    assert not any(berichten(b) for b in begrippen())


@pytest.mark.parametrize("actie", ["dien_in", "archiveer", "exporteer"])
def test_who_may_not_cannot(redacteur, actie):
    user = User.objects.get(username="redacteur")
    user.groups.clear()
    user.user_permissions.set(Permission.objects.filter(codename="view_begrip"))
    data = {"reden": "x", "formaat": "json"}
    response = doe(redacteur, actie, begrippen(), bevestigd="ja", **data)
    gelukt = response.headers["Content-Type"] == "application/json"
    assert gelukt == (actie == "exporteer")
    assert not any(berichten(b) for b in begrippen())
    assert redacteur.get("/begrippen/bonding/").status_code == 200
