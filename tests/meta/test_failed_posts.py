"""When nothing can be written, what somebody wrote comes back from every form."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.urls import resolve

from tests import html
from tests.meta.test_untrusted_posts import FORMULIERADRESSEN, VELDEN, ingevuld
from tests.paginas import bereid_voor
from wijkwijzer.deelname.models import (
    Abonnement,
    Bericht,
    Inzending,
    Reactie,
    Reactiemelding,
    Stem,
)
from wijkwijzer.memory.breaker import breaker

READS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")
# The other ones of a form may have any name.
NOT_SHOWN = {"sleutel", "stap", "waarde", "ritme"}
KEPT = (Bericht, Inzending, Reactie, Reactiemelding, Stem)


@pytest.fixture(autouse=True)
def _ready(inhoud: None, settings: Any) -> Iterator[None]:
    cache.clear()
    bereid_voor()
    settings.REDACTIE_EMAIL = "redactie@wijkwijzer.example"
    yield
    breaker.close()


@contextmanager
def nothing_written(*, nor_read: bool) -> Iterator[None]:
    """As with a full disk or a lock; or with a database that is gone altogether."""

    def refuse(execute: Any, sql: Any, *rest: Any) -> Any:
        if nor_read or not str(sql).lstrip().startswith(READS):
            raise OperationalError("disk full")
        return execute(sql, *rest)

    with connection.execute_wrapper(refuse):
        yield


def sent_again(answer: Any) -> dict[str, str]:
    """What a browser sends when somebody tries once more."""
    form = html.read(answer.content).one("form", method="post")
    fields = {}
    for control in form.all("input", "textarea", "select"):
        name, kind = control.get("name"), control.get("type")
        if not name or (kind == "radio" and "checked" not in control):
            continue
        if control.name == "textarea":
            fields[name] = control.raw_text.removeprefix("\n")
        elif control.name != "select":
            fields[name] = control.get("value", "")
    return fields


def count() -> int:
    kept = sum(model._default_manager.count() for model in KEPT)
    # Who asks for one is sent a mail; who says yes has one.
    return kept + Abonnement.objects.bevestigd().count()


@pytest.mark.parametrize("nor_read", [False, True])
@pytest.mark.parametrize("path", FORMULIERADRESSEN.values())
def test_a_form_that_could_not_be_kept_comes_back_whole_and_counts_once_later(
    client, path, nor_read
):
    written, before = ingevuld(path), count()
    with nothing_written(nor_read=nor_read):
        answer = client.post(path, written)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
    text = html.read(answer.content).text
    assert "er is niets bewaard" in text
    fields = sent_again(answer)
    own = {name for name in fields if name in VELDEN}
    assert len(own) >= 1
    # Without it, sending it again would be sent by nobody that we know.
    assert fields["csrfmiddlewaretoken"]
    assert {name: fields[name] for name in own} == {name: written[name] for name in own}
    assert count() == before
    for _ in range(2):
        assert client.post(path, fields).status_code == 303
    assert count() == before + 1


def test_an_error_that_is_no_outage_stays_one(client, monkeypatch):
    path = next(p for p in FORMULIERADRESSEN.values() if "delen" in resolve(p).route)

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("ours")

    monkeypatch.setattr("wijkwijzer.deelname.actions.deel_voorbeeld", fail)
    with pytest.raises(RuntimeError, match="ours"):
        client.post(path, ingevuld(path))
