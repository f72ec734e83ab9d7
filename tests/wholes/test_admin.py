"""Editors save, publish, withdraw and look back, and always know what readers see."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse
from django.utils import timezone
from taggit.models import Tag

from aanpakken.models import Aanpak, Doelgroep, Reflectiethema
from interventies.models import Interventie
from tests import factories, html
from tests.deelname.formulieren import make_reactie
from tests.meta.test_admin import address, editor, errors, form_data
from wijkwijzer.core.models import Bron, Organisatie, Status
from wijkwijzer.deelname.models import Reactie
from wijkwijzer.uitwisseling.acties import archiveer
from wijkwijzer.wholes import actions
from wijkwijzer.wholes.admin.filters import GEWIJZIGD
from wijkwijzer.wholes.admin.publiceren import IntrekForm
from wijkwijzer.wholes.models import Gepland, Versie

# Imported, because pytest finds fixtures by name.
__all__ = ["editor"]

SAME = "Lezers zien precies wat hier staat."
DIFFERENT = "Je werkversie is anders dan wat lezers zien."
NOT_YET = "Lezers zien dit nog niet."
GONE = "Lezers zien dit niet meer."


@pytest.fixture
def aanpak(inhoud) -> Aanpak:
    """One of few parts: the form of a full one takes twice as long."""
    aanpak = factories.make_aanpak(
        naam="Buurttafel", slug="buurttafel", status=Status.CONCEPT
    )
    aanpak.bronnen.add(Bron.objects.first())
    return factories.publish(aanpak)


def change_url(record) -> str:
    return address(type(record), "change", record.pk)


def save(editor, record, button: str = "_save", **values):
    """Post the form of a record, with other values; return the page that follows."""
    url = change_url(record)
    data = form_data(editor.get(url)) | values | {button: "1"}
    return editor.post(url, data, follow=True)


def told(response) -> str:
    page = html.read_loosely(response.content)
    return " ".join(element.text for element in page.all(class_="messagelist"))


def line(editor, record) -> str:
    page = html.read_loosely(editor.get(change_url(record)).content)
    return page.one(class_="stand").text


def seen(client, aanpak) -> str:
    return html.read(client.get(f"/aanpakken/{aanpak.slug}/").content).one("h1").text


# Saving and publishing


@pytest.mark.long
def test_saving_changes_the_working_copy_and_not_what_readers_see(
    editor, client, aanpak
):
    assert SAME in line(editor, aanpak)
    save(editor, aanpak, naam="Nieuwe naam")
    assert DIFFERENT in line(editor, aanpak)
    assert seen(client, aanpak) == "Buurttafel"
    assert Versie.objects.filter(uuid=aanpak.uuid).count() == 1


def test_saving_and_publishing_shows_readers_the_new_version(editor, client, aanpak):
    response = save(editor, aanpak, "_publiceren", naam="Nieuwe naam")
    assert "lezers zien nu versie 2" in told(response)
    assert seen(client, aanpak) == "Nieuwe naam"
    assert SAME in line(editor, aanpak)
    versie = Versie.objects.get(uuid=aanpak.uuid, nummer=2)
    assert versie.door == User.objects.get(username="redacteur")


def test_a_new_entry_can_be_saved_and_published_at_once(editor, client):
    url = address(Interventie, "add")
    data = form_data(editor.get(url)) | {
        "naam": "Nieuw",
        "slug": "nieuw",
        "_publiceren": "1",
    }
    assert "lezers zien nu versie 1" in told(editor.post(url, data, follow=True))
    assert client.get("/interventies/nieuw/").status_code == 200


@pytest.mark.long
def test_a_change_that_is_undone_counts_as_none(editor, aanpak):
    save(editor, aanpak, naam="Nieuwe naam")
    save(editor, aanpak, naam="Buurttafel")
    assert SAME in line(editor, aanpak)


@pytest.mark.long
def test_tags_have_commas_between_them_and_are_each_in_one_way(editor, aanpak):
    save(editor, aanpak, tags="samen eten")
    assert [*aanpak.tags.names()] == ["samen eten"]
    save(editor, aanpak, tags="één, Samen Eten, ÉÉN, kracht van de buurt")
    names = {"samen eten", "één", "kracht van de buurt"}
    assert {*aanpak.tags.names()} == names
    save(editor, aanpak)
    assert {*aanpak.tags.names()} == names


@pytest.mark.parametrize(
    ("model", "name"),
    [
        (Aanpak, "Buurtbemiddeling"),
        (Interventie, "Wijktheater"),
        (Doelgroep, "Wijkprofessionals"),
        (Organisatie, "Movisie"),
        (Reactie, "Noor Wijkbewoner"),
    ],
)
def test_a_name_copied_from_a_page_is_found(editor, inhoud, model, name):
    """Its long words have soft hyphens there."""
    if model is Reactie:
        make_reactie(naam=name)
    for asked in (name, f"{name[:4]}\u00ad{name[4:]}\u200b"):
        page = editor.get(address(model, "changelist"), {"q": asked})
        assert page.context["cl"].result_count == 1, ascii(asked)


def test_a_tag_that_differs_in_capitals_only_is_not_made(editor):
    Tag.objects.create(name="Één", slug="een-1")
    data = form_data(editor.get(address(Tag, "add"))) | {"slug": "een-2"}
    answer = editor.post(address(Tag, "add"), data | {"name": "ÉÉN"})
    assert "Dit trefwoord is er al: Één." in errors(answer)
    assert (
        editor.post(address(Tag, "add"), data | {"name": "tweeën"}).status_code == 302
    )


@pytest.mark.long
def test_a_save_without_a_change_counts_as_none_as_browsers_send_it(editor, inhoud):
    aanpak = Aanpak.objects.get(slug="abcd")
    text = form_data(editor.get(change_url(aanpak)))["omschrijving"][0]
    assert "\n" in text
    save(editor, aanpak, omschrijving=text.replace("\n", "\r\n"))
    assert SAME in line(editor, aanpak)
    assert actions.working_document(aanpak) == actions.published_document(aanpak)


@pytest.mark.long
def test_an_entry_that_may_not_be_published_is_saved_and_says_why(editor, client):
    aanpak = factories.make_aanpak(status=Status.CONCEPT)
    response = save(editor, aanpak, "_publiceren", samenvatting="", naam="Bewaard")
    assert "opgeslagen, maar nog niet gepubliceerd" in told(response)
    page = html.read_loosely(response.content).one(id="content")
    assert "Publiceren kan pas met een samenvatting." in page.text
    aanpak.refresh_from_db()
    assert aanpak.naam == "Bewaard"
    assert aanpak.status == Status.CONCEPT
    assert client.get(aanpak.get_absolute_url()).status_code == 404


def test_a_version_is_called_as_its_record_was_called(editor):
    aanpak = factories.make_aanpak(naam="Samen eten", status=Status.GEPUBLICEERD)
    version = Versie.objects.get(uuid=aanpak.uuid)
    assert str(version) == "Samen eten (aanpak), versie 1"
    page = editor.get(address(Versie, "change", version.pk))
    content = html.read_loosely(page.content).one(id="content")
    assert "Samen eten (aanpak), versie 1" in content.text
    # It is no working copy, and its words are in the history of the record.
    assert "Lezers zien" not in content.text
    assert '"uuid"' not in content.text
    assert address(Aanpak, "versies", aanpak.pk) in [
        a["href"] for a in content.all("a")
    ]
    gone = Versie(soort="aanpak", uuid=aanpak.uuid, nummer=2, reden="Bestaat niet.")
    assert str(gone) == f"{aanpak.uuid} (aanpak), versie 2"


def test_the_form_has_no_status_that_one_could_forget(editor, aanpak):
    assert "status" not in form_data(editor.get(change_url(aanpak)))


@pytest.mark.long
def test_an_editor_who_renames_an_entry_keeps_its_old_address(editor, client, aanpak):
    save(editor, aanpak, slug="buurttafels")
    assert client.get("/aanpakken/buurttafel/").status_code == 200
    assert client.get("/aanpakken/buurttafels/").status_code == 404
    save(editor, aanpak, "_publiceren")
    response = client.get("/aanpakken/buurttafel/")
    assert response.status_code == 301
    assert response["Location"] == "/aanpakken/buurttafels/"


@pytest.mark.long
def test_what_readers_would_miss_is_told_before_publishing(editor, client, aanpak):
    interventie = factories.make_interventie(naam="Nog geheim", status=Status.CONCEPT)
    response = save(editor, aanpak, "_publiceren", interventie=interventie.pk)
    page = html.read_loosely(response.content)
    assert "interventie “Nog geheim”" in page.one(id="content").text
    assert Versie.objects.filter(uuid=aanpak.uuid).count() == 1
    url = address(Aanpak, "publiceren", aanpak.pk)
    assert "versie 2" in told(editor.post(url, follow=True))
    assert "Nog geheim" not in client.get("/aanpakken/buurttafel/").text


# Withdrawing


def test_withdrawing_takes_a_reason_that_readers_get_to_see(editor, client, aanpak):
    url = address(Aanpak, "intrekken", aanpak.pk)
    response = editor.post(url, {"reden": " "})
    assert "Schrijf op waarom je dit intrekt." in " ".join(errors(response))
    assert client.get("/aanpakken/buurttafel/").status_code == 200
    response = editor.post(url, {"reden": "Dit klopt niet meer."}, follow=True)
    assert "lezers zien “Buurttafel” niet meer" in told(response)
    gone = client.get("/aanpakken/buurttafel/")
    assert gone.status_code == 410
    assert "Dit klopt niet meer." in gone.text
    assert f"{GONE} Het is ingetrokken: Dit klopt niet meer." in line(editor, aanpak)


def test_of_two_who_withdraw_at_once_the_second_is_told_and_the_reason_stays(
    editor, client, aanpak, monkeypatch
):
    of_form = IntrekForm.is_valid

    def meanwhile(form: IntrekForm) -> bool:
        factories.withdraw(Aanpak.objects.get(pk=aanpak.pk), "De eerste.")
        return of_form(form)

    monkeypatch.setattr(IntrekForm, "is_valid", meanwhile)
    url = address(Aanpak, "intrekken", aanpak.pk)
    response = editor.post(url, {"reden": "De tweede."}, follow=True)
    assert "Lezers zien dit al niet meer." in told(response)
    assert "De eerste." in client.get("/aanpakken/buurttafel/").text
    # Nor as one of many that were read before.
    assert archiveer([aanpak], by=None, reden="De derde.") == []
    assert Versie.objects.filter(uuid=aanpak.uuid).count() == 2


def test_what_was_withdrawn_can_be_published_again(editor, client, aanpak):
    factories.withdraw(aanpak)
    save(editor, aanpak, "_publiceren")
    assert client.get("/aanpakken/buurttafel/").status_code == 200
    assert SAME in line(editor, aanpak)


def test_there_is_nothing_to_withdraw_of_what_readers_never_saw(editor):
    concept = factories.make_aanpak(status=Status.CONCEPT)
    assert NOT_YET in line(editor, concept)
    url = address(Aanpak, "intrekken", concept.pk)
    assert "er is niets in te trekken" in told(editor.get(url, follow=True))


def test_only_what_readers_never_saw_can_be_erased(editor, aanpak):
    assert editor.get(address(Aanpak, "delete", aanpak.pk)).status_code == 403
    concept = factories.make_aanpak(status=Status.CONCEPT)
    url = address(Aanpak, "delete", concept.pk)
    assert editor.post(url, {"post": "yes"}).status_code == 302
    assert not Aanpak.objects.filter(pk=concept.pk).exists()


# Looking back


@pytest.mark.long
def test_every_version_says_what_changed_in_it(editor, aanpak):
    save(editor, aanpak, "_publiceren", naam="Nieuwe naam")
    save(editor, aanpak, eigenaar="Een ander")
    url = address(Aanpak, "versies", aanpak.pk)
    text = html.read_loosely(editor.get(url).content).one(id="content").text
    text = text.partition("Toon het verschil")[2]
    unpublished, _, published = text.partition("Versie 2")
    assert "Een ander" in unpublished.partition("Opgeslagen")[2]
    second, _, first = published.partition("Versie 1")
    assert "Buurttafel Nieuwe naam" in second
    assert "Nieuwe naam" not in first


def test_a_version_that_is_put_back_waits_for_publication(editor, client, aanpak):
    save(editor, aanpak, "_publiceren", naam="Nieuwe naam")
    url = address(Aanpak, "versies", aanpak.pk)
    response = editor.post(url, {"moment": "v1"}, follow=True)
    assert "Lezers zien dat pas als je publiceert" in told(response)
    aanpak.refresh_from_db()
    assert aanpak.naam == "Buurttafel"
    assert seen(client, aanpak) == "Nieuwe naam"


@pytest.mark.parametrize(
    ("page", "data", "not_done"),
    [
        ("versies", {"moment": "v1"}, "teruggezet"),
        ("publiceren", {}, "gepubliceerd"),
        ("plannen", {"wat": "publiceren"}, "gepland"),
    ],
)
def test_what_was_saved_since_the_page_was_shown_is_looked_at_first(
    editor, aanpak, page, data, not_done
):
    url = address(Aanpak, page, aanpak.pk)
    shown = html.read_loosely(editor.get(url).content)
    (revisie, *_) = [n["value"] for n in shown.all("input", name="revisie")]
    save(editor, aanpak, naam="Van een collega")
    op = f"{timezone.now().year + 1}-03-04T09:00"
    response = editor.post(url, {**data, "op": op, "revisie": revisie}, follow=True)
    assert f"Er is nog niets {not_done}: kijk nog eens" in told(response)
    aanpak.refresh_from_db()
    assert aanpak.naam == "Van een collega"
    assert Versie.objects.filter(uuid=aanpak.uuid).count() == 1
    assert not Gepland.objects.exists()


def test_a_version_that_does_not_exist_cannot_be_put_back(editor, aanpak):
    url = address(Aanpak, "versies", aanpak.pk)
    response = editor.post(url, {"moment": "v9"}, follow=True)
    assert "Dat moment bestaat niet." in told(response)


def test_the_list_finds_what_changed_since_its_publication(editor, aanpak):
    save(editor, aanpak, naam="Nieuwe naam")
    url = f"{address(Aanpak, 'changelist')}?werkversie={GEWIJZIGD}"
    assert [*editor.get(url).context["cl"].queryset] == [aanpak]


@pytest.mark.parametrize("what", ["publiceren", "intrekken", "versies"])
def test_who_may_only_look_at_an_entry_changes_nothing_of_it(client, aanpak, what):
    user = User.objects.create_user("kijker", is_staff=True)
    view = Permission.objects.get(codename="view_aanpak")
    group = Group.objects.create(name="Kijkers")
    group.permissions.add(view)
    user.groups.add(group)
    client.force_login(user)
    url = address(Aanpak, what, aanpak.pk)
    looks = client.get(url)
    assert looks.status_code == (200 if what == "versies" else 403)
    assert "Zet dit terug" not in looks.text
    assert client.post(url, {"reden": "x", "moment": "v1"}).status_code == 403


# Parts and terms


@pytest.mark.long
def test_two_steps_can_change_places_in_one_save(editor):
    aanpak = Aanpak.objects.filter(stappen__nummer=3).first()
    first, second = aanpak.stappen.order_by("nummer")[:2]
    data = form_data(editor.get(change_url(aanpak)))
    by_name = {data[f"stappen-{i}-id"][0]: f"stappen-{i}-nummer" for i in range(2)}
    response = save(
        editor,
        aanpak,
        **{
            by_name[str(first.pk)]: second.nummer,
            by_name[str(second.pk)]: first.nummer,
        },
    )
    assert errors(response) == []
    assert [*aanpak.stappen.order_by("nummer").values_list("pk", flat=True)[:2]] == [
        second.pk,
        first.pk,
    ]


def test_a_term_keeps_its_slug(editor):
    doelgroep = Doelgroep.objects.first()
    data = form_data(editor.get(change_url(doelgroep)))
    assert "slug" not in data
    save(editor, doelgroep, slug="anders", naam="Andere naam")
    before = doelgroep.slug
    doelgroep.refresh_from_db()
    assert (doelgroep.slug, doelgroep.naam) == (before, "Andere naam")


def test_a_term_that_readers_see_used_cannot_be_deleted(editor, aanpak):
    thema = Reflectiethema.objects.get(slug="zeggenschap")
    assert editor.get(address(Reflectiethema, "delete", thema.pk)).status_code == 403


def test_a_term_that_only_an_old_version_names_cannot_be_deleted(editor, aanpak):
    doelgroep = factories.make_doelgroep()
    part = aanpak.doelgroepkoppelingen.create(
        doelgroep=doelgroep, rol="secundair", omschrijving="x"
    )
    factories.publish(aanpak)
    part.delete()
    factories.publish(aanpak)
    url = address(Doelgroep, "delete", doelgroep.pk)
    assert "staat in een versie" in editor.get(url).text
    editor.post(url, {"post": "yes"})
    assert Doelgroep.objects.filter(pk=doelgroep.pk).exists()


def test_a_term_that_nothing_names_can_be_deleted(editor, inhoud):
    doelgroep = factories.make_doelgroep()
    editor.post(address(Doelgroep, "delete", doelgroep.pk), {"post": "yes"})
    assert not Doelgroep.objects.filter(pk=doelgroep.pk).exists()


@pytest.mark.long
def test_the_history_of_the_admin_says_who_published_and_withdrew(editor, aanpak):
    save(editor, aanpak, "_publiceren", naam="Nieuwe naam")
    editor.post(address(Aanpak, "intrekken", aanpak.pk), {"reden": "Voorbij."})
    url = reverse("admin:aanpakken_aanpak_history", args=[aanpak.pk])
    text = html.read_loosely(editor.get(url).content).text
    assert "Gepubliceerd: versie 2" in text
    assert "Ingetrokken" in text
