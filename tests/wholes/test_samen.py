"""Two editors have one record open: the second to save loses nothing of either."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.test import Client

from aanpakken.models import Aanpak, Stap, Vraagstuk
from kennisdossier.models import Begrip
from tests import factories, html
from tests.meta.test_admin import address, errors, form_data
from tests.tools.browser import AXE_OPTIONS, axe_source
from tests.wholes.test_admin import told
from wijkwijzer.core.models import Publiceerbaar, Status
from wijkwijzer.wholes import work
from wijkwijzer.wholes.actions import working_document
from wijkwijzer.wholes.admin.samen import KIES
from wijkwijzer.wholes.models import Geopend, Werkstand


class Editor:
    """Somebody with the form of a record open in a browser."""

    def __init__(self, name: str, record: Publiceerbaar) -> None:
        self.name, self.url = name, address(type(record), "change", record.pk)
        self.user = User.objects.create_superuser(name)
        self.client = Client()
        self.client.force_login(self.user)
        self.typed: dict[str, object] = {}
        self.page = None

    def opens(self) -> Editor:
        self.page = self.client.get(self.url)
        self.typed = form_data(self.page)
        return self

    def saves(self, button: str = "_save", **values: object):
        self.page = self.client.post(
            self.url, self.typed | values | {button: "1"}, follow=True
        )
        return self.page

    def chooses(self, **choices: str):
        """Fill in the page of conflicts; by the key, ``mijn`` or ``ander``."""
        form = html.read_loosely(self.page.content).one("form", id=None, method="post")
        hidden: dict[str, list[str]] = {}
        for field in form.all("input", type="hidden"):
            hidden.setdefault(field.get("name"), []).append(field.get("value"))
        chosen = {f"{KIES}{key}": value for key, value in choices.items()}
        self.page = self.client.post(self.url, hidden | chosen, follow=True)
        return self.page

    @property
    def sees(self) -> str:
        return html.read_loosely(self.page.content).one("main").text


@pytest.fixture
def aanpak(inhoud) -> Aanpak:
    return factories.make_aanpak()


@pytest.fixture
def record(inhoud, request) -> Publiceerbaar:
    """A small one, with a small form; who asks for an aanpak gets that."""
    if "aanpak" in request.fixturenames:
        return request.getfixturevalue("aanpak")
    return Begrip.objects.first()


@pytest.fixture
def noor(record):
    return Editor("Noor", record)


@pytest.fixture
def sami(record):
    return Editor("Sami", record)


def now(record: Publiceerbaar) -> dict[str, object]:
    return working_document(record)


def test_the_second_to_save_is_told_and_nothing_is_written(noor, sami, record):
    noor.opens(), sami.opens()
    noor.saves(naam="Naam van Noor")
    sami.saves(naam="Naam van Sami", definitie="Doel van Sami.")
    assert "Noor sloeg dit op" in sami.sees
    assert "Naam van Noor" in sami.sees
    assert "Doel van Sami." in sami.sees
    assert now(record)["naam"] == "Naam van Noor"


@pytest.mark.parametrize(
    ("choice", "name"), [("mijn", "Naam van Sami"), ("ander", "Naam van Noor")]
)
def test_who_chooses_keeps_the_rest_of_what_both_made(noor, sami, record, choice, name):
    noor.opens(), sami.opens()
    noor.saves(naam="Naam van Noor", let_op="Samenvatting van Noor.")
    sami.saves(naam="Naam van Sami", definitie="Doel van Sami.")
    sami.chooses(naam=choice)
    after = now(record)
    assert after["naam"] == name
    assert after["let_op"] == "Samenvatting van Noor."
    assert after["definitie"] == "Doel van Sami."


def test_what_does_not_touch_is_saved_together_after_a_look(noor, sami, record):
    noor.opens(), sami.opens()
    noor.saves(definitie="Doel van Noor.")
    sami.saves(naam="Naam van Sami")
    assert "Jullie wijzigden niet hetzelfde" in sami.sees
    assert now(record)["naam"] != "Naam van Sami"
    sami.chooses()
    assert (now(record)["naam"], now(record)["definitie"]) == (
        "Naam van Sami",
        "Doel van Noor.",
    )


def test_without_a_choice_nothing_is_written(noor, sami, record):
    noor.opens(), sami.opens()
    noor.saves(naam="Naam van Noor")
    sami.saves(naam="Naam van Sami")
    sami.chooses()
    assert "Kies bij elk verschil" in sami.sees
    assert now(record)["naam"] == "Naam van Noor"


def test_a_third_who_saved_meanwhile_is_seen_too(noor, sami, record):
    third = Editor("Tess", record)
    noor.opens(), sami.opens()
    noor.saves(naam="Naam van Noor")
    sami.saves(naam="Naam van Sami")
    third.opens().saves(naam="Naam van Tess")
    sami.chooses(naam="mijn")
    assert "Naam van Tess" in sami.sees
    assert now(record)["naam"] == "Naam van Tess"
    sami.chooses(naam="mijn")
    assert now(record)["naam"] == "Naam van Sami"


def test_publishing_waits_for_the_choice_and_then_publishes(noor, sami, record, client):
    noor.opens(), sami.opens()
    noor.saves(definitie="Doel van Noor.")
    sami.saves("_publiceren", naam="Naam van Sami")
    assert "Samen opslaan en publiceren" in sami.page.content.decode()
    sami.chooses()
    assert "lezers zien nu versie 2" in told(sami.page)


# Parts


@pytest.fixture
def steps(aanpak) -> list[Stap]:
    return [
        Stap.objects.create(
            aanpak=aanpak, nummer=n, naam=f"Stap {n}", toelichting="Zo."
        )
        for n in (1, 2, 3)
    ]


def removed(prefix: str, number: int) -> dict[str, str]:
    return {f"{prefix}-{number}-DELETE": "on"}


def names(aanpak: Aanpak) -> list[str]:
    return [*aanpak.stappen.order_by("nummer").values_list("naam", flat=True)]


def test_a_part_that_a_colleague_removed_does_not_come_back_by_itself(
    noor, sami, aanpak, steps
):
    noor.opens(), sami.opens()
    noor.saves(**removed("stappen", 0))
    sami.saves(naam="Naam van Sami")
    sami.chooses()
    assert names(aanpak) == ["Stap 2", "Stap 3"]
    assert now(aanpak)["naam"] == "Naam van Sami"


@pytest.mark.parametrize(
    ("choice", "left"),
    [("mijn", ["Stap 1", "Stap 2", "Stap 3"]), ("ander", ["Stap 2", "Stap 3"])],
)
def test_a_part_that_a_colleague_removed_and_i_changed_is_my_choice(
    noor, sami, aanpak, steps, choice, left
):
    noor.opens(), sami.opens()
    noor.saves(**removed("stappen", 0))
    sami.saves(**{"stappen-0-toelichting": "Lang over nagedacht."})
    assert "Lang over nagedacht." in sami.sees
    key = next(html.read_loosely(sami.page.content).all("input", type="radio"))
    sami.chooses(**{key.get("name").removeprefix(KIES): choice})
    assert names(aanpak) == left
    # In its own row, and in no other.
    texts = dict(aanpak.stappen.values_list("naam", "toelichting"))
    kept = {"Stap 1": "Lang over nagedacht."} if choice == "mijn" else {}
    assert texts == {"Stap 2": "Zo.", "Stap 3": "Zo."} | kept


def test_rows_of_parts_that_stay_keep_their_key(noor, sami, aanpak, steps):
    noor.opens(), sami.opens()
    noor.saves(**{"stappen-2-naam": "Stap van Noor"})
    sami.saves(**{"stappen-0-naam": "Stap van Sami"})
    sami.chooses()
    assert names(aanpak) == ["Stap van Sami", "Stap 2", "Stap van Noor"]
    assert {*aanpak.stappen.values_list("pk", flat=True)} == {s.pk for s in steps}


def test_what_both_added_is_one_part(noor, sami, aanpak):
    issue = Vraagstuk.objects.first()
    noor.opens(), sami.opens()
    for editor in (noor, sami):
        editor.saves(
            **{
                "vraagstukkoppelingen-TOTAL_FORMS": "1",
                "vraagstukkoppelingen-0-vraagstuk": str(issue.pk),
                "vraagstukkoppelingen-0-basis": "redactioneel",
                "vraagstukkoppelingen-0-reden": f"Omdat {editor.name} dat zegt.",
            }
        )
    assert "Omdat Sami dat zegt." in sami.sees
    key = next(html.read_loosely(sami.page.content).all("input", type="radio"))
    sami.chooses(**{key.get("name").removeprefix(KIES): "ander"})
    assert aanpak.vraagstukkoppelingen.get().reden == "Omdat Noor dat zegt."


# What is no conflict


def test_who_is_alone_is_asked_nothing(noor, record):
    noor.opens().saves(naam="Eerst")
    noor.opens().saves(naam="Dan")
    assert now(record)["naam"] == "Dan"


def test_a_change_that_was_undone_meanwhile_is_none(noor, sami, record):
    before = record.naam
    noor.opens(), sami.opens()
    noor.saves(naam="Anders")
    noor.opens().saves(naam=before)
    sami.saves(naam="Naam van Sami")
    assert now(record)["naam"] == "Naam van Sami"


def test_a_mistake_is_told_first_and_the_difference_after_that(noor, sami, record):
    noor.opens(), sami.opens()
    noor.saves(definitie="Doel van Noor.")
    sami.saves(naam="")
    assert "Noor sloeg dit intussen ook op" in told(sami.page)
    assert errors(sami.page)
    sami.typed = form_data(sami.page)
    sami.saves(naam="Naam van Sami")
    assert "Noor sloeg dit op" in sami.sees


def test_every_form_of_a_record_carries_its_revision(noor):
    noor.opens()
    assert noor.typed["_revisie"] != [""]


def test_who_may_only_look_writes_nothing_with_an_old_form(noor, sami, record):
    noor.opens(), sami.opens()
    noor.saves(naam="Naam van Noor")
    looks = Permission.objects.get(codename=f"view_{type(record)._meta.model_name}")
    User.objects.filter(pk=sami.user.pk).update(is_superuser=False, is_staff=True)
    sami.user.user_permissions.add(looks)
    answer = sami.saves(naam="Naam van Sami", _samen=str(work.revision_of(record)))
    assert answer.status_code == 403
    assert now(record)["naam"] == "Naam van Noor"


@pytest.mark.parametrize("revisie", ["²", "9" * 5000, "-1", "x", "9" * 18])
def test_a_revision_that_is_none_is_no_error(noor, record, revisie):
    answer = noor.opens().saves(naam="Naam van Noor", _revisie=revisie)
    assert answer.status_code == 200


# What is kept of it


def test_what_an_editor_saved_is_kept_with_his_name(noor, record):
    noor.opens().saves(naam="Naam van Noor")
    last = Werkstand.objects.filter(uuid=record.uuid).first()
    assert (last.door, last.revisie) == (noor.user, work.revision_of(record))
    assert "Naam van Noor" in last.document


def test_a_save_that_changes_nothing_keeps_nothing(noor, record):
    noor.opens()
    before = Werkstand.objects.count()
    noor.saves()
    assert Werkstand.objects.count() == before


def test_of_a_concept_that_is_erased_nothing_stays(noor, inhoud):
    concept = factories.make_aanpak(status=Status.CONCEPT)
    noor.url = address(Aanpak, "change", concept.pk)
    noor.opens().saves(naam="Kladje")
    assert Werkstand.objects.filter(uuid=concept.uuid).exists()
    noor.client.post(address(Aanpak, "delete", concept.pk), {"post": "yes"})
    assert not Werkstand.objects.filter(uuid=concept.uuid).exists()
    assert not Geopend.objects.filter(uuid=concept.uuid).exists()


# Who else has it open


def test_who_opens_it_sees_who_has_it_open(noor, sami, record):
    noor.opens()
    assert "opende dit" not in noor.sees
    assert "Noor opende dit om" in sami.opens().sees


def test_who_saved_no_longer_has_it_open(noor, sami, record):
    noor.opens().saves(naam="Naam van Noor")
    Geopend.objects.filter(door=sami.user).delete()
    # Saving leads to the list.
    assert "opende dit" not in sami.opens().sees


# The history of one record


def history(editor: Editor, record: Publiceerbaar, query: str = "") -> str:
    url = address(type(record), "versies", record.pk)
    return html.read_loosely(editor.client.get(url + query).content).one("main").text


def test_the_history_has_versions_and_what_was_saved_with_who_did_it(noor, record):
    noor.opens().saves(naam="Naam van Noor")
    noor.opens().saves("_publiceren", naam="Naam van later")
    text = history(noor, record).partition("Toon het verschil")[2]
    places = [text.index(words) for words in ("Versie 2", "Naam van Noor", "Versie 1")]
    assert places == sorted(places)
    assert "Noor" in text


def test_any_two_moments_can_be_compared(noor, record):
    before = record.naam
    noor.opens().saves("_publiceren", naam="Naam van Noor")
    noor.opens().saves(definitie="Een ander doel.")
    text = history(noor, record, "?van=v1&tot=nu").partition("Van versie 1")[2]
    assert f"{before} Naam van Noor" in text
    assert "Een ander doel." in text
    assert "Er is geen verschil" in history(noor, record, "?van=v2&tot=v2")


def test_what_was_saved_and_never_published_can_be_put_back(noor, record):
    noor.opens().saves(naam="Naam van Noor")
    saved = Werkstand.objects.filter(uuid=record.uuid, door=noor.user).get()
    noor.opens().saves(naam="Naam van later")
    url = address(type(record), "versies", record.pk)
    noor.page = noor.client.post(url, {"moment": f"w{saved.revisie}"}, follow=True)
    assert now(record)["naam"] == "Naam van Noor"
    assert "Teruggezet" in LogEntry.objects.first().get_change_message()
    # Putting back stands in the history itself.
    assert history(noor, record).count("Naam van Noor") >= 2


# In a browser


def findings(page) -> list[str]:
    page.evaluate(axe_source())
    result = page.evaluate("options => axe.run('#content', options)", AXE_OPTIONS)
    return [
        f"{rule['id']}: {node['html']}"
        for rule in result["violations"]
        for node in rule["nodes"]
    ]


def test_choosing_and_looking_back_work_by_keyboard_and_on_a_phone(
    page, noor, sami, aanpak, settings, base_url
):
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": sami.client.cookies[name].value, "url": base_url}
    page.context.add_cookies([cookie])
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(noor.url)
    noor.opens().saves(naam="Naam van Noor")
    page.locator("#id_naam").fill("Naam van Sami")
    # Enter saves, and never publishes.
    page.locator("#id_naam").press("Enter")
    page.get_by_role("heading", name="Dit wijzigden jullie allebei").wait_for()
    assert findings(page) == []
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 360
    page.get_by_label("Van jou").press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/change/" not in url)
    assert now(aanpak)["naam"] == "Naam van Sami"
    page.goto(address(Aanpak, "versies", aanpak.pk))
    assert findings(page) == []
