"""Everything in one file; and who asks what changed since ends with the same bytes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from hashlib import sha256
from random import Random, random
from typing import Any

import msgspec
import pytest

from aanpakken.models import Aanpak
from kennisdossier.models import Begrip
from tests import factories
from tests.tools.often import often
from wijkwijzer.api.alles import GEHELEN
from wijkwijzer.api.collecties import ALLE
from wijkwijzer.api.vraag import lees_moment
from wijkwijzer.core.models import Status

pytestmark = pytest.mark.usefixtures("inhoud")

PATH = "/api/v1/alles.json"
# MIRROR_EDITS=500 for as many as the house promises.
EDITS = often("MIRROR_EDITS", 60)
VERSIONED = {collectie.naam for collectie in GEHELEN.values()}


class Mirror:
    """A copy elsewhere, kept as the page about the API tells to."""

    def __init__(self, client) -> None:
        self._client = client
        self.data: dict[str, Any] = client.get(PATH).json()

    def follow(self) -> None:
        address = self.data["volgende"].removeprefix("http://testserver")
        new = self._client.get(address).json()
        for naam in VERSIONED:
            records = {r["uuid"]: r for r in [*self.data[naam], *new[naam]]}
            for gone in new["ingetrokken"]:
                if gone["collectie"] == naam:
                    records.pop(gone["uuid"], None)
            new[naam] = sorted(records.values(), key=lambda r: r["uuid"])
        self.data = new | {"gewijzigdSinds": None, "ingetrokken": []}

    @property
    def content(self) -> bytes:
        return msgspec.json.encode(self.data)


class Editor:
    """Edits, withdraws and restores at random; some of it is said to be of before."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice

    def edit(self, number: int) -> None:
        model = self.dice.choice([Aanpak, Begrip])
        record = self.dice.choice([*model.objects.order_by("pk")])
        at = self.dice.choice([None, datetime(2021, 1, 1, tzinfo=UTC)])
        seen = record.status == Status.GEPUBLICEERD
        act = self.dice.choice(["change", "withdraw", "restore", "new", "concept"])
        if act == "withdraw" and seen:
            factories.withdraw(record, "Voorbij.")
        elif act == "restore" and record.status == Status.GEARCHIVEERD:
            factories.publish(record, at=at)
        elif act == "new":
            slug = f"nieuw-{number}"
            new = factories.make_aanpak(slug=slug, status=Status.CONCEPT)
            factories.publish(new, at=at)
        elif seen:
            record.naam = f"{record.naam[:40]} {number}"
            record.save()
            if act != "concept":
                factories.publish(record, at=at)


def test_who_follows_what_changed_has_the_bytes_of_the_whole_file(client):
    mirror, editor = Mirror(client), Editor(Random(random()))
    for number in range(EDITS):
        editor.edit(number)
        if editor.dice.random() < 0.1:
            mirror.follow()
    mirror.follow()
    assert mirror.content == client.get(PATH).content


def test_the_file_has_every_record_as_the_api_gives_it(client):
    data = client.get(PATH).json()
    for collectie in ALLE:
        one = data[collectie.naam][-1]
        assert client.get(one["zelf"]).json() == one
        page = client.get(f"/api/v1/{collectie.naam}").json()
        assert len(data[collectie.naam]) == page["aantal"]
    assert data["ingetrokken"] == []


def test_since_a_moment_there_is_only_what_changed_and_what_went_away(client):
    factories.withdraw(Aanpak.objects.get(slug="abcd"), "Opgegaan in een andere.")
    factories.publish(factories.make_aanpak(slug="later", status=Status.CONCEPT))
    gone = Aanpak.objects.get(slug="abcd")
    since = (datetime.now(UTC) - timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    data = client.get(f"{PATH}?gewijzigdSinds={since}").json()
    assert [record["slug"] for record in data["aanpakken"]] == ["later"]
    assert data["begrippen"] == []
    assert data["themas"]
    (tombstone,) = data["ingetrokken"]
    assert tombstone["uuid"] == str(gone.uuid)
    assert tombstone["collectie"] == "aanpakken"
    assert tombstone["reden"] == "Opgegaan in een andere."
    assert tombstone["ingetrokkenOp"] >= since
    assert data["gewijzigdSinds"] == since
    long_ago = client.get(f"{PATH}?gewijzigdSinds=0001-01-01T00:00:00Z").json()
    assert long_ago["gewijzigdSinds"] == "0001-01-01T00:00:00Z"
    assert long_ago["ingetrokken"] == data["ingetrokken"]


@pytest.mark.once
def test_what_is_withdrawn_never_puts_the_last_change_back_in_time(client):
    ago = datetime.now(UTC) - timedelta(days=3)
    record = factories.make_aanpak(status=Status.CONCEPT)
    factories.publish(record, at=ago)
    feed, sitemap = "/aanpakken/feed.atom", "/sitemap-aanpakken.xml"

    def told() -> list[str]:
        updated = client.get(feed).content.decode().partition("<updated>")[2]
        modified = client.get(sitemap)["Last-Modified"]
        return [
            client.get(PATH).json()["gewijzigdOp"],
            datetime.fromisoformat(updated.partition("<")[0]).isoformat(),
            parsedate_to_datetime(modified).isoformat(),
        ]

    before = told()
    factories.withdraw(record, "Voorbij.")
    assert [b < a for b, a in zip(before, told(), strict=True)] == [True] * 3


def test_the_file_is_the_same_until_something_changes(client):
    first = client.get(PATH)
    assert first.content == client.get(PATH).content
    assert first["Checksum-SHA256"] == sha256(first.content).hexdigest()
    known = client.get(PATH, headers={"if-none-match": first["ETag"]})
    assert known.status_code == 304
    factories.make_aanpak(status=Status.CONCEPT)
    assert client.get(PATH).content == first.content
    factories.make_aanpak()
    assert client.get(PATH)["ETag"] != first["ETag"]


@pytest.mark.parametrize(
    "moment",
    ["gisteren", "2026-11-29", "2026-11-29T10:00:00", "2026-02-30T10:00:00Z"],
)
def test_a_moment_that_is_none_is_refused_by_name(client, moment):
    response = client.get(PATH, {"gewijzigdSinds": moment})
    assert response.status_code == 400
    (error,) = response.json()["errors"]
    assert error["location"]["name"] == "gewijzigdSinds"
    assert "Schrijf het als 2026-11-29T09:00:00Z" in error["detail"]


def test_a_moment_that_must_come_yet_is_refused(client):
    response = client.get(PATH, {"gewijzigdSinds": "2090-01-01T00:00:00Z"})
    assert response.status_code == 400
    assert "moet nog komen" in response.json()["detail"]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1970-01-01T00:00:10Z", 10),
        ("1970-01-01t01:00:10.5+01:00", 10.5),
        ("1970-01-01T00:00:60z", 59),
        ("0000-02-29T00:00:00+23:59", -62_135_596_800),
        ("9999-12-31T23:59:59-23:59", 4_000_000_000),
    ],
)
def test_every_moment_that_the_norm_can_write_is_understood(text, seconds):
    assert lees_moment(text).timestamp() == seconds


def test_a_large_file_asks_two_questions_for_many_records(client, met_queries):
    client.get(PATH)
    with met_queries(2 * len(VERSIONED) + 1):
        client.get(PATH)
