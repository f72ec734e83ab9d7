"""Each role can do exactly what the table says that editors read."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.urls import reverse
from taggit.models import Tag

from interventies.models import Interventie
from kennisdossier.models import Afbeelding, Begrip
from tests import factories, html
from tests.meta.test_admin import address, example, form_data
from tests.wholes.begrippen import make_begrip
from wijkwijzer.core.groepen import REDACTIE, keep_roles
from wijkwijzer.core.models import Status
from wijkwijzer.core.rollen import (
    ONDERDELEN,
    PUBLICEREN,
    Recht,
    Rol,
    onderdeel_van,
    rechten_van,
)
from wijkwijzer.deelname.models import Inzending
from wijkwijzer.redactie import wachtrijen
from wijkwijzer.redactie.vandaag import TAKEN
from wijkwijzer.toegang.urls import urls as toegang
from wijkwijzer.uitwisseling.models import Invoer
from wijkwijzer.wholes import review, work
from wijkwijzer.wholes.models import Beoordeling, Versie
from wijkwijzer.wholes.registry import terms, wholes

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.usefixtures("inhoud")

every_role = pytest.mark.parametrize("rol", [*Rol], ids=str)
# Accounts have tests of their own below; the page of files has those of uitwisseling.
MODELS = [m for m in admin.site._registry if m not in {User, Invoer}]
TERMS = {declared.model for declared in terms().values()}
WHOLES = {declared.model for declared in wholes().values()}
# Pages of a record beside its form, and whether they take the right to publish.
BESIDE = {
    "voorbeeld": (Recht.BEKIJKEN, False),
    # Putting back is changing.
    "versies": (Recht.BEKIJKEN, False),
    "indienen": (Recht.WIJZIGEN, False),
    "beoordelen": (Recht.WIJZIGEN, False),
    "publiceren": (Recht.WIJZIGEN, True),
    "intrekken": (Recht.WIJZIGEN, True),
    "plannen": (Recht.WIJZIGEN, True),
}


def person(*roles: Rol, name: str = "noor", **kwargs: Any) -> User:
    user = User.objects.create_user(name, is_staff=True, **kwargs)
    user.groups.set(Group.objects.filter(name__in=roles))
    return User.objects.get(pk=user.pk)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@cache
def table() -> dict[str, dict[str, str]]:
    """As people read it: of each part, what each role may."""
    everyone = User.objects.create_superuser("die-leest")
    page = signed_in(everyone).get(reverse("admin:rollen"))
    everyone.delete()
    found = html.read_loosely(page.content).one("table", id="rollen")
    _, *roles = [cell.text for cell in found.one("thead").all("th")]
    rows = {}
    for row in found.one("tbody").all("tr"):
        title = next(p.titel for p in ONDERDELEN if row.text.startswith(p.titel))
        cells = [cell.text for cell in row.all("td")]
        rows[title] = dict(zip(roles, cells, strict=True))
    return rows


def says(rol: Rol, title: str) -> set[str]:
    cell = table()[title][rol.value]
    return {"bekijken"} if cell == "alleen bekijken" else {*cell.split(", ")} - {"–"}


def may(rol: Rol, model: Any, recht: Recht) -> bool:
    """Whether the table says so, and it can be done at all."""
    part = onderdeel_van(model._meta.label_lower)
    if recht in part.nooit.get(model._meta.label_lower, ()):
        return False
    return recht.in_woorden in says(rol, part.titel)


def publishes(rol: Rol) -> bool:
    return says(rol, next(p.titel for p in ONDERDELEN if p.recht == PUBLICEREN)) == {
        "ja"
    }


def fresh(model: Any) -> Any:
    """A record: small, and such that nothing hangs on it yet where there may."""
    if model is LogEntry:
        kind = ContentType.objects.get_for_model(Begrip)
        return factories.make_any(model, content_type=kind)
    small = model in WHOLES or model in TERMS
    return factories.make_any(model) if small else example(model)


# What the admin refuses whoever asks, because readers or actions make it.
def never(model: Any, page: str, rf: Any) -> bool:
    request = rf.get("/")
    request.user = User(is_superuser=True, is_active=True, is_staff=True)
    own = admin.site._registry[model]
    if page == "add":
        return not own.has_add_permission(request)
    allowed = {"change": own.has_change_permission, "delete": own.has_delete_permission}
    return page in allowed and not allowed[page](request)


def test_every_model_of_the_admin_is_in_one_part_of_the_table():
    named = [model for part in ONDERDELEN for model in part.modellen]
    assert len(named) == len({*named})
    assert {*named} == {m._meta.label_lower for m in admin.site._registry}


def test_the_groups_have_exactly_what_the_table_gives_also_after_a_change_by_hand():
    keep_roles()
    for rol in Rol:
        group = Group.objects.get(name=rol)
        group.permissions.clear()
    keep_roles()
    for rol in Rol:
        rights = Group.objects.get(name=rol).permissions.values_list(
            "content_type__app_label", "codename"
        )
        assert {f"{app}.{name}" for app, name in rights} == rechten_van(rol)
    assert not Group.objects.filter(name=REDACTIE).exists()


@pytest.mark.once
def test_every_address_of_every_model_answers_as_the_table_says(rf, monkeypatch):
    table()
    # What is on the pages is not asked here, and takes most of the time.
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")
    # All at once: after each change, what readers see is built anew.
    records = {model: fresh(model) for model in MODELS}
    opened: set[Any] = set()
    for rol in Rol:
        wrong = answers_otherwise(rol, records, opened, rf)
        assert not wrong, (rol, wrong)


def answers_otherwise(
    rol: Rol, records: dict[Any, Any], opened: set[Any], rf: Any
) -> list[Any]:
    client = signed_in(person(rol, name=rol.value))
    wrong = []
    for model, record in records.items():
        whole = model in WHOLES
        for page, recht in (
            ("changelist", Recht.BEKIJKEN),
            ("history", Recht.BEKIJKEN),
            ("change", Recht.BEKIJKEN),
            ("add", Recht.TOEVOEGEN),
            ("delete", Recht.VERWIJDEREN),
        ):
            expected = may(rol, model, recht)
            if page in {"add", "delete"}:
                expected = expected and not never(model, page, rf)
            if page == "delete" and whole:
                # A writer erases only his own; a published one nobody does.
                continue
            if page == "change" and expected:
                # Takes long to make: for one role; its list is asked for each.
                if model in opened:
                    continue
                opened.add(model)
            args = [] if page in {"changelist", "add"} else [record.pk]
            status = client.get(address(model, page, *args)).status_code
            if (status == 200) != expected or status not in {200, 302, 403}:
                wrong.append((model._meta.label, page, status))
        # Who may look but not change gets no form; sending one changes nothing.
        if not may(rol, model, Recht.WIJZIGEN) or never(model, "change", rf):
            answer = client.post(address(model, "change", record.pk), {"naam": "x"})
            if answer.status_code != 403:
                wrong.append((model._meta.label, "post", answer.status_code))
    return wrong


@every_role
def test_every_page_beside_a_record_answers_as_the_table_says(rol):
    client = signed_in(person(rol))
    begrip = make_begrip(Status.GEPUBLICEERD)
    review.submit(record=begrip, by=User.objects.create_user("iemand"))
    own = admin.site._registry[Begrip]
    assert BESIDE.keys() == own.pages.keys(), "a new page is in no table"
    before = Versie.objects.count()
    for page, (recht, publishing) in BESIDE.items():
        allowed = may(rol, Begrip, recht) and (not publishing or publishes(rol))
        here = address(Begrip, page, begrip.pk)
        assert (client.get(here).status_code in {200, 302}) == allowed, page
        allowed = allowed and (page != "versies" or may(rol, Begrip, Recht.WIJZIGEN))
        assert (client.post(here).status_code in {200, 302}) == allowed, page
    assert publishes(rol) or Versie.objects.count() == before
    lapsed = factories.make_interventie()
    factories.make_erkenning(lapsed, geldig_tot="2001")
    factories.publish(lapsed)
    nakijken = address(Interventie, "nakijken", lapsed.pk)
    status = client.get(nakijken).status_code
    assert (status == 200) == may(rol, Interventie, Recht.WIJZIGEN)
    shows = {"geldig_tot": "2090", "_publiceren": "1"}
    before = Versie.objects.filter(uuid=lapsed.uuid).count()
    assert publishes(rol) or client.post(nakijken, shows).status_code == 403
    assert Versie.objects.filter(uuid=lapsed.uuid).count() == before


def actions_of(client: Client, model: Any) -> set[str]:
    """What the list offers to do with several."""
    found = client.get(address(model, "changelist"))
    if found.status_code != 200:
        return set()
    page = html.read_loosely(found.content)
    options = [
        o["value"] for s in page.all("select", name="action") for o in s.all("option")
    ]
    return {*options} - {""}


@pytest.mark.once
@every_role
def test_every_action_of_every_list_is_only_for_who_may_do_it(rol, rf):
    """What an action takes, is written beside it; sent by another, it does nothing."""
    user = person(rol)
    client = signed_in(user)
    request = rf.get("/")
    request.user = User.objects.create_superuser("alles")
    for model in MODELS:
        example(model)
    for model in MODELS:
        own = admin.site._registry[model]
        expected = set()
        for name, (function, *_) in own.get_actions(request).items():
            (right,) = getattr(function, "allowed_permissions", ["delete"])
            if right == "publiceren":
                allowed = may(rol, model, Recht.WIJZIGEN) and publishes(rol)
            else:
                allowed = may(rol, model, Recht(right))
            if allowed:
                expected.add(name)
        assert actions_of(client, model) == expected, model


def test_an_action_that_is_not_offered_does_nothing_when_it_is_sent():
    concept = make_begrip()
    writer = signed_in(person(Rol.SCHRIJVER))
    for name in ("publiceer", "delete_selected"):
        data = {"action": name, "_selected_action": [concept.pk]}
        writer.post(address(Begrip, "changelist"), data)
    concept.refresh_from_db()
    assert concept.status == Status.CONCEPT
    reactie = example(next(m for m in MODELS if m._meta.model_name == "reactie"))
    data = {"action": "keur_goed", "_selected_action": [reactie.pk]}
    assert writer.post(address(type(reactie), "changelist"), data).status_code == 403


@every_role
def test_tags_are_merged_only_by_who_may_erase_them(rol):
    client = signed_in(person(rol))
    status = client.get(reverse("admin:taggit_tag_merge_tags")).status_code
    assert (status == 200) == may(rol, Tag, Recht.VERWIJDEREN)


@every_role
def test_pictures_for_a_text_are_shown_to_who_may_see_them(rol):
    client = signed_in(person(rol))
    status = client.get(reverse("admin:kennisdossier_afbeelding_kiezen")).status_code
    assert (status == 200) == may(rol, Afbeelding, Recht.BEKIJKEN)


def test_no_address_of_the_admin_is_forgotten():
    """A page that an app adds must stand in one of the tests here."""
    known = {"add", "change", "changelist", "delete", "history", "password_change"}
    known |= {*BESIDE, "nakijken", "merge_tags", "kiezen", "proef"}
    apart = {
        *("index", "login", "logout", "password_change", "password_change_done"),
        *("autocomplete", "jsi18n", "view_on_site", "app_list"),
        *("onderdelen", "zoeken", "rollen", "handleiding"),
        # How somebody signs in himself.
        *(name for name in _names(toegang(lambda view: view))),
    }
    prefixes = [f"{m._meta.app_label}_{m._meta.model_name}_" for m in [*MODELS, User]]
    names = {*_names(admin.site.get_urls())} - apart
    names = {n for n in names if not n.startswith("uitwisseling_invoer_")}
    for name in names:
        fits = (p for p in prefixes if name.startswith(p))
        assert any(name.removeprefix(p) in known for p in fits), name


def _names(patterns: list[Any]) -> Iterator[str]:
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _names(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name


def test_who_writes_says_that_something_was_checked_but_shows_it_to_nobody():
    seen = make_begrip(Status.GEPUBLICEERD)
    data = {"action": "vandaag_gecontroleerd", "_selected_action": [seen.pk]}
    list_ = address(Begrip, "changelist")
    answer = signed_in(person(Rol.SCHRIJVER)).post(list_, data, follow=True)
    assert "als een collega dit publiceert" in answer.text
    seen.refresh_from_db()
    assert seen.laatst_gecontroleerd_op
    assert Versie.objects.filter(uuid=seen.uuid).count() == 1


@every_role
def test_the_start_page_has_only_tasks_and_queues_that_somebody_may_do(rol, rf):
    client = signed_in(person(rol))
    page = html.read_loosely(client.get(reverse("admin:index")).content)
    shown = {a["href"] for a in page.one(class_="taken").all("a")}
    has = rechten_van(rol)
    assert shown == {task.url for task in TAKEN if not task.recht or task.recht in has}
    for url in shown:
        assert client.get(url).status_code == 200, url
    request = rf.get("/")
    request.user = person(rol, name="ander")
    for queue in wachtrijen.wachtrijen():
        if queue.recht == PUBLICEREN:
            allowed = publishes(rol)
        else:
            allowed = may(rol, queue.model, Recht(queue.recht))
        assert queue.mag(request) == allowed, queue.sleutel


@every_role
def test_the_index_of_parts_and_the_search_hold_only_what_somebody_may_see(rol):
    client = signed_in(person(rol))
    parts = html.read_loosely(client.get(reverse("admin:onderdelen")).content)
    links = {a.get("href") for a in parts.one(id="content").all("a")}
    for model in MODELS:
        seen = address(model, "changelist") in links
        assert seen == may(rol, model, Recht.BEKIJKEN), model
        if not may(rol, model, Recht.TOEVOEGEN):
            assert f"{address(model, 'changelist')}add/" not in links
    Inzending.objects.create(naam_voorbeeld="Soep", naam="Geheimnaam")
    found = client.get(reverse("admin:zoeken"), {"q": "Geheimnaam"}).content
    links = [a.get("href") for a in html.read_loosely(found).all("a")]
    there = any(re.search(r"/inzending/\d+/", link or "") for link in links)
    assert there == may(rol, Inzending, Recht.BEKIJKEN)


@every_role
def test_a_form_has_only_buttons_that_do_something_for_who_sees_it(rol):
    begrip = make_begrip(Status.GEPUBLICEERD)
    page = signed_in(person(rol)).get(address(Begrip, "change", begrip.pk))
    text = page.text
    writes = may(rol, Begrip, Recht.WIJZIGEN)
    assert ('name="_save"' in text) == writes
    assert ("Opslaan en publiceren" in text) == publishes(rol)
    assert ("Opslaan en indienen" in text) == (writes and not publishes(rol))
    assert (">Intrekken<" in text) == publishes(rol)
    assert ("/indienen/" in text) == ("/publiceren/" in text or writes) == writes
    back = signed_in(person(rol, name="ander")).get(
        address(Begrip, "versies", begrip.pk)
    )
    assert ("Zet dit terug" in back.text) == writes


# By record


def test_a_writer_erases_a_concept_only_when_nobody_else_worked_on_it():
    noor, sami = person(Rol.SCHRIJVER), person(Rol.SCHRIJVER, name="sami")
    mine, ours, of_files = make_begrip(), make_begrip(), make_begrip()
    work.remember(mine, by=noor)
    work.remember(ours, by=noor)
    Begrip.objects.filter(pk=ours.pk).update(definitie="Van twee.")
    work.remember(ours, by=sami)
    client = signed_in(noor)
    for begrip, status in ((mine, 200), (ours, 403), (of_files, 403)):
        url = address(Begrip, "delete", begrip.pk)
        assert client.get(url).status_code == status
        form = client.get(address(Begrip, "change", begrip.pk)).text
        assert ("deletelink" in form) == (status == 200)
    for begrip in (ours, of_files):
        client.post(address(Begrip, "delete", begrip.pk), {"post": "yes"})
        assert Begrip.objects.filter(pk=begrip.pk).exists()
    client.post(address(Begrip, "delete", mine.pk), {"post": "yes"})
    assert not Begrip.objects.filter(pk=mine.pk).exists()
    chief = signed_in(person(Rol.REDACTEUR, name="chef"))
    assert chief.get(address(Begrip, "delete", ours.pk)).status_code == 200
    seen = make_begrip(Status.GEPUBLICEERD)
    assert chief.get(address(Begrip, "delete", seen.pk)).status_code == 403


def test_a_writer_may_change_what_a_colleague_submitted_but_not_take_that_back():
    begrip, sami = make_begrip(), person(Rol.SCHRIJVER, name="sami")
    review.submit(record=begrip, by=sami)
    client = signed_in(person(Rol.SCHRIJVER))
    url = address(Begrip, "change", begrip.pk)
    data = form_data(client.get(url)) | {"definitie": "Anders."}
    client.post(url, data)
    back = {"actie": "terugnemen"}
    here = address(Begrip, "beoordelen", begrip.pk)
    assert client.post(here, back).status_code == 403
    assert "gewijzigd nadat het was ingediend" in client.get(here).text
    assert Beoordeling.objects.get().uitkomst == "wacht"
    assert signed_in(sami).post(here, back).status_code == 302
    assert Beoordeling.objects.get().uitkomst == "teruggenomen"


@pytest.mark.parametrize(
    ("page", "status"), [("/admin/auth/user/", 403), ("/admin/wat/is/dit/", 404)]
)
def test_who_may_not_be_somewhere_finds_the_way_back_to_work(page, status):
    answer = signed_in(person(Rol.SCHRIJVER)).get(page)
    assert answer.status_code == status
    main = html.read_loosely(answer.content).one("main")
    links = [a["href"] for a in main.all("a")]
    assert links[0] == reverse("admin:index")
    assert (reverse("admin:rollen") in links) is (status == 403)


# Nobody climbs


def user_page(user: User, page: str = "change") -> str:
    return address(User, page, user.pk)


def password_page(user: User) -> str:
    return reverse("admin:auth_user_password_change", args=[user.pk])


def test_who_manages_people_gives_roles_and_never_single_rights():
    client = signed_in(person(*Rol))
    other = person(name="sami")
    shown = client.get(user_page(other))
    names = {i.get("name") for i in html.read_loosely(shown.content).all("input")}
    assert "groups" in names
    assert names.isdisjoint({"user_permissions", "is_superuser", "is_staff"})
    schrijver = Group.objects.get(name=Rol.SCHRIJVER)
    data = form_data(shown) | {"groups": [schrijver.pk]}
    assert client.post(user_page(other), data).status_code == 302
    assert [*other.groups.all()] == [schrijver]
    for address_ in ("/admin/auth/group/", "/admin/auth/group/add/"):
        assert client.get(address_).status_code == 404


def test_nobody_makes_himself_or_another_more_than_he_is_himself():
    beheerder = person(Rol.BEHEERDER)
    client, other = signed_in(beheerder), person(name="sami")
    climb = {
        "is_superuser": "on",
        "is_staff": "on",
        "user_permissions": [*range(1, 300)],
        "groups": [g.pk for g in Group.objects.all()],
    }
    for user in (beheerder, other):
        data = form_data(client.get(user_page(user))) | climb
        client.post(user_page(user), data)
        user = User.objects.get(pk=user.pk)
        assert not user.is_superuser
        assert not user.user_permissions.exists()
    assert [g.name for g in beheerder.groups.all()] == [Rol.BEHEERDER]
    assert not other.groups.exists()
    only_mine = Group.objects.get(name=Rol.BEHEERDER)
    data = form_data(client.get(user_page(other))) | {"groups": [only_mine.pk]}
    client.post(user_page(other), data)
    assert [*other.groups.all()] == [only_mine]


@pytest.mark.parametrize("active", [True, False])
@pytest.mark.parametrize("more", ["superuser", "role", "right", "old group"])
def test_nobody_takes_over_the_account_of_who_may_do_more(more, active):
    client = signed_in(person(Rol.BEHEERDER))
    above = person(name="boven", is_active=active, password="Van-mij-alleen-1")
    if more == "superuser":
        above.is_superuser = True
        above.save()
    elif more == "right":
        publish = Group.objects.get(name=Rol.REDACTEUR).permissions.get(
            codename="publiceren"
        )
        above.user_permissions.add(publish)
    else:
        name = Rol.REDACTEUR if more == "role" else REDACTIE
        group, _ = Group.objects.get_or_create(name=name)
        if more == "old group":
            group.permissions.set(
                Group.objects.get(name=Rol.MODERATOR).permissions.all()
            )
        above.groups.add(group)
    new = {"password1": "Geraden-2026-x", "password2": "Geraden-2026-x"}
    assert client.get(user_page(above)).status_code == 200
    assert client.get(password_page(above)).status_code == 403
    assert client.post(password_page(above), new).status_code == 403
    change = {"username": "boven", "email": "mij@voorbeeld.example", "is_active": "on"}
    assert client.post(user_page(above), change).status_code == 403
    assert client.post(user_page(above, "delete"), {"post": "yes"}).status_code == 403
    above.refresh_from_db()
    assert above.check_password("Van-mij-alleen-1")
    assert (above.email, above.is_active) == ("", active)


@pytest.mark.parametrize("rol", [r for r in Rol if r is not Rol.BEHEERDER], ids=str)
def test_who_does_not_manage_people_reaches_none_of_these_pages(rol):
    me = person(rol)
    client, other = signed_in(me), person(name="sami")
    for user in (me, other):
        for page in ("change", "delete", "history"):
            assert client.get(user_page(user, page)).status_code == 403
        assert client.post(password_page(user), {}).status_code == 403
    for page in ("changelist", "add"):
        assert client.get(address(User, page)).status_code == 403


def test_a_new_account_is_for_the_admin_and_may_do_nothing_yet():
    client = signed_in(person(Rol.BEHEERDER))
    data = {
        "username": "nieuw",
        "usable_password": "true",
        "password1": "Een-lang-woord-7",
        "password2": "Een-lang-woord-7",
    }
    assert client.post(address(User, "add"), data | {"is_superuser": "on"})
    new = User.objects.get(username="nieuw")
    assert (new.is_staff, new.is_superuser) == (True, False)
    assert not new.get_all_permissions()


def test_rights_have_dutch_names():
    rights = Group.objects.get(name=Rol.SCHRIJVER).permissions.all()
    assert "Mag aanpakken wijzigen" in {right.name for right in rights}
    assert not [r.name for r in rights if r.name.startswith("Can ")]
