"""The queue of editors: what waits, where it stands, and what they do about it."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from django.utils import timezone

from aanpakken.models import Link
from tests import factories
from tests.meta.test_admin import address, editor
from wijkwijzer.core.models import Adrescontrole, Bron, DodeLink
from wijkwijzer.redactie.wachtrijen import tel, wachtrijen

__all__ = ["editor"]

ALL = reverse("admin:core_adrescontrole_changelist")
LIST = f"{ALL}?wachtrij=links"
OUD, NIEUW = "https://oud.example/a?b=1&c=2", "https://nieuw.example/a"


def controle(status: str = "verhuisd", adres: str = OUD) -> Adrescontrole:
    rij = Adrescontrole.objects.create(
        adres=adres,
        status=status,
        nieuw_adres=NIEUW if status == "verhuisd" else "",
        sinds=timezone.now(),
        bevinding="De pagina is er niet." if status == "dood" else "",
    )
    if status == "dood":
        DodeLink.objects.create(adres=adres, gezien_op=timezone.localdate())
    return rij


def wacht_nog(client) -> int:
    """What the start page says."""
    (queue,) = (w for w in wachtrijen() if w.sleutel == "links")
    assert queue.adres == LIST
    request = client.get(ALL).wsgi_request
    return tel([queue], request).get("links", 0)


def do(client, action: str, *rijen: Adrescontrole) -> str:
    post = {"action": action, "_selected_action": [rij.pk for rij in rijen]}
    answer = client.post(ALL, post, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_queue_has_what_is_dead_or_moved_and_in_use(editor):
    aanpak = factories.make_aanpak()
    for status in ("goed", "verhuisd", "dood", "onzeker"):
        adres = f"https://{status}.example/"
        factories.make_link(aanpak, url=adres, label=status)
        controle(status, adres)
    controle("dood", "https://nergens.example/")
    page = editor.get(LIST).content.decode()
    for status, wacht in {"dood": 1, "verhuisd": 1, "goed": 0, "onzeker": 0}.items():
        assert (f'href="https://{status}.example/"' in page) == bool(wacht)
    assert "nergens.example" not in page
    assert f'href="{address(type(aanpak), "change", aanpak.pk)}"' in page
    assert "links: adres" in page
    assert wacht_nog(editor) == 2
    assert "nergens.example" in editor.get(ALL).content.decode()
    assert [
        *DodeLink.objects.van(["https://dood.example/", "https://goed.example/"])
    ] == ["https://dood.example/"]
    assert (
        "Kapotte en verhuisde links"
        in editor.get(reverse("admin:index")).content.decode()
    )


def test_what_was_mended_waits_no_longer_once_readers_see_it(editor):
    link = factories.make_link(url=OUD)
    controle()
    assert wacht_nog(editor) == 1
    Link.objects.filter(pk=link.pk).update(url=NIEUW)
    assert wacht_nog(editor) == 1
    assert "alleen in wat lezers zien" in editor.get(LIST).content.decode()
    factories.publish(link.aanpak)
    assert wacht_nog(editor) == 0


def test_a_new_address_is_put_in_every_place_and_stands_in_the_history(editor):
    link = factories.make_link(url=OUD)
    artikel = factories.make_artikel(
        tekst='<p><a href="https://oud.example/a?b=1&amp;c=2">Lees dit</a></p>'
    )
    bron = factories.make_bron(url=OUD)
    before = link.aanpak.revisie
    text = do(editor, "neem_over", controle())
    assert "Vervangen: 3" in text
    for record in (link, artikel, bron, link.aanpak):
        record.refresh_from_db()
    assert (link.url, bron.url) == (NIEUW, NIEUW)
    assert f'href="{NIEUW}"' in artikel.tekst
    assert link.aanpak.revisie > before
    told = [e.get_change_message() for e in LogEntry.objects.all()[:3]]
    assert len(told) == 3
    assert all(NIEUW in line and "oud.example" in line for line in told)
    assert {e.user.username for e in LogEntry.objects.all()[:3]} == {"redacteur"}


def test_what_somebody_may_not_change_stays_as_it_is(inhoud, client):
    link, bron = factories.make_link(url=OUD), factories.make_bron(url=OUD)
    user = User.objects.create_user("bronnen", is_staff=True)
    user.user_permissions.set(
        Permission.objects.filter(
            codename__in=[
                *("view_adrescontrole", "change_adrescontrole"),
                *("view_bron", "change_bron"),
            ]
        )
    )
    client.force_login(user)
    rij = controle()
    page = client.get(LIST).content.decode()
    assert address(Bron, "change", bron.pk) in page
    assert address(type(link.aanpak), "change", link.aanpak_id) not in page
    assert "Dit mag je niet wijzigen" in do(client, "neem_over", rij)
    link.refresh_from_db()
    bron.refresh_from_db()
    assert (link.url, bron.url) == (OUD, NIEUW)


@pytest.mark.parametrize("action", ["neem_over", "toch_goed"])
def test_who_may_only_look_can_do_nothing(inhoud, client, action):
    link, rij = factories.make_link(url=OUD), controle()
    user = User.objects.create_user("kijker", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_adrescontrole"))
    client.force_login(user)
    client.post(ALL, {"action": action, "_selected_action": [rij.pk]})
    link.refresh_from_db()
    rij.refresh_from_db()
    assert (link.url, rij.status) == (OUD, "verhuisd")


def test_an_address_that_does_not_fit_is_not_put_anywhere(editor):
    link, rij = factories.make_link(url=OUD), controle()
    rij.nieuw_adres = f"https://nieuw.example/{'a' * 600}"
    rij.save()
    text = do(editor, "neem_over", rij)
    assert "is niet gewijzigd" in text
    link.refresh_from_db()
    assert link.url == OUD


def test_an_editor_can_say_that_a_link_works(editor):
    factories.make_link(url=OUD)
    rij = controle("dood")
    assert "Goed bevonden: 1" in do(editor, "toch_goed", rij)
    rij.refresh_from_db()
    assert (rij.status, rij.goed_volgens.username) == ("goed", "redacteur")
    assert not DodeLink.objects.exists()
    assert "Toch goed" in LogEntry.objects.first().get_change_message()
    page = editor.get(address(Adrescontrole, "change", rij.pk)).content.decode()
    assert "Volgens redacteur werkt het" in page
    assert 'name="_save"' not in page
