"""Send a form of the admin as a browser does, and press the button of what answers."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.contrib.sessions.models import Session

from tests import html
from wijkwijzer.redactie.getypt import NAAM

ORIGIN = {"origin": "http://testserver"}
PASSWORD = "Fietsbel-onder-de-brug"
GO_ON = "Ga verder met wat je typte"
NOTHING_YET = "Dit typte je. Er is nog niets opgeslagen."


def send(client: Any, url: str, data: dict[str, Any]) -> Any:
    return client.post(url, data, headers=ORIGIN)


def sign_out_behind_their_back() -> None:
    Session.objects.all().delete()
    for user in User.objects.all():
        user.set_password(PASSWORD)
        user.save()


def fields_of(form: html.Element) -> dict[str, str]:
    return {
        field["name"]: field.get("value")
        for field in form.all("input")
        if field.get("name")
    }


def sign_in_on(client: Any, page: Any, username: str = "redacteur") -> Any:
    """Fill in the form to sign in, which carries what was typed."""
    root = html.read_loosely(page.content)
    fields = fields_of(root.one("form", id="login-form"))
    fields[NAAM] = root.one("input", name=NAAM)["value"]
    own = {"username": username, "password": PASSWORD}
    return send(client, root.one("form", id="login-form")["action"], fields | own)


def go_on(client: Any, page: Any) -> Any:
    """Press the button of a page that holds what was typed."""
    root = html.read_loosely(page.content)
    form = next(f for f in root.all("form") if NAAM in fields_of(f))
    assert fields_of(form).keys() >= {NAAM}
    assert GO_ON in [i.get("value") for i in form.all("input", type="submit")]
    return send(client, form["action"], fields_of(form))


def told(page: Any) -> str:
    root = html.read_loosely(page.content)
    return " ".join(element.text for element in root.all(class_="messagelist"))


def words(page: Any) -> str:
    return html.read_loosely(page.content).one(id="content").text
