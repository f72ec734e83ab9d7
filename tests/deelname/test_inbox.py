"""What a reader sent stands beside a concept; of the sender nothing is ever public."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from aanpakken.models import Aanpak
from kennisdossier.models import Gemeente, Praktijkvoorbeeld
from tests import html
from tests.kennisdossier.conftest import account, complaints, log_in
from tests.kennisdossier.conftest import editor as browser_editor
from tests.meta.test_admin import form_data
from tests.paginas import PAGINAS
from wijkwijzer.core.models import Status
from wijkwijzer.core.rollen import Rol
from wijkwijzer.deelname.bewaren import persoonsgegevens, verwijder_persoon
from wijkwijzer.deelname.models import Bericht, Inzending, Inzendingstatus, Reactie
from wijkwijzer.wholes import actions
from wijkwijzer.wholes.models import Versie, Werkstand

# Imported, because pytest finds fixtures by name.
__all__ = ["account", "browser_editor", "complaints", "log_in"]
pytestmark = pytest.mark.usefixtures("inhoud")

EMAIL, NAAM = "noor@voorbeeld.example", "Noor van Wielingen"


def moderator(name: str = "mo") -> Client:
    user = User.objects.create_user(name, is_staff=True)
    user.groups.add(Group.objects.get(name=Rol.MODERATOR))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def sent() -> Inzending:
    return Inzending.objects.create(
        naam_voorbeeld="Zondagsoep van de Kade",
        plaats=f"{Gemeente.objects.first()}, Kade",
        omschrijving="Buren koken soep.",
        link="https://soep.example/",
        aanpak=Aanpak.objects.get(slug="abcd"),
        naam=NAAM,
        email=EMAIL,
    )


def url(inzending: Inzending) -> str:
    return reverse("admin:deelname_inzending_change", args=[inzending.pk])


def press(client: Client, inzending: Inzending, button: str, value="1", **values):
    data = form_data(client.get(url(inzending))) | values | {button: value}
    return client.post(url(inzending), data, follow=True)


def filled(response) -> dict[str, str]:
    data = form_data(response)
    names = ("naam", "omschrijving", "extern_url", "aanpak", "gemeente")
    return {n: data[n][0] for n in (*names, "plaats_toelichting") if data.get(n)}


def test_what_was_sent_stands_beside_an_empty_concept_with_sender_and_place(sent):
    page = moderator().get(url(sent))
    left = html.read_loosely(page.content).one("section", class_="gestuurd").text
    for text in (NAAM, EMAIL, sent.plaats, sent.omschrijving, sent.naam_voorbeeld):
        assert text in left
    assert not any(filled(page).values())
    assert not Praktijkvoorbeeld.objects.filter(inzending=sent).exists()


def test_without_a_script_a_button_fills_in_one_field_and_saves_nothing(sent):
    client = moderator()
    page = press(client, sent, "_neem", "omschrijving", naam="Mijn naam ervoor")
    assert filled(page)["naam"] == "Mijn naam ervoor"
    assert filled(page)["omschrijving"] == sent.omschrijving
    assert "extern_url" not in {k for k, v in filled(page).items() if v}
    page = press(client, sent, "_neem", "plaats")
    assert filled(page)["gemeente"] == str(Gemeente.objects.first().pk)
    assert filled(page)["plaats_toelichting"] == "Kade"
    page = press(client, sent, "_neem", "alles", naam="Mijn naam ervoor")
    assert filled(page)["naam"] == "Mijn naam ervoor", "what was typed stays"
    assert filled(page)["extern_url"] == sent.link
    assert filled(page)["aanpak"] == str(sent.aanpak.pk)
    assert not Praktijkvoorbeeld.objects.filter(naam="Mijn naam ervoor").exists()


def taken_over(client: Client, sent: Inzending, button: str, **values):
    data = form_data(press(client, sent, "_neem", "alles"))
    return client.post(url(sent), data | values | {button: "1"}, follow=True)


def test_saved_as_a_concept_it_still_waits_and_the_concept_can_be_changed(sent):
    client = moderator()
    taken_over(client, sent, "_bewaar")
    sent.refresh_from_db()
    concept = sent.voorbeeld
    assert (sent.status, concept.status) == (Inzendingstatus.WACHT, Status.CONCEPT)
    assert concept.omschrijving == sent.omschrijving
    assert concept.koppelingen.get().reden == ""
    press(client, sent, "_bewaar", omschrijving="Buren koken op zondag soep.")
    concept.refresh_from_db()
    assert concept.omschrijving == "Buren koken op zondag soep."
    assert Praktijkvoorbeeld.objects.filter(naam=sent.naam_voorbeeld).count() == 1
    assert not Bericht.objects.exists()


def test_accepting_mails_the_text_as_the_editor_left_it_once(sent):
    client = moderator()
    first = form_data(press(client, sent, "_neem", "alles"))
    mail = first["mail_aangenomen"][0] + "\n\nTot ziens!"
    data = first | {"mail_aangenomen": mail, "_aannemen": "1"}
    client.post(url(sent), data)
    answer = client.post(url(sent), data)
    assert "er gaat geen tweede mail" in answer.text
    bericht = Bericht.objects.get()
    assert (bericht.aan, bericht.email) == (EMAIL, EMAIL)
    assert bericht.tekst.endswith("Tot ziens!\n")
    sent.refresh_from_db()
    assert sent.status == Inzendingstatus.AANGENOMEN
    assert sent.voorbeeld.status == Status.CONCEPT
    told = LogEntry.objects.filter(
        object_id=str(sent.pk), content_type__model="inzending"
    )
    assert "Aangenomen" in {entry.change_message for entry in told}


def test_refusing_takes_a_reason_which_stands_in_the_mail_and_needs_no_concept(sent):
    client = moderator()
    assert "Schrijf op waarom" in press(client, sent, "_weigeren").text
    assert not Bericht.objects.exists()
    press(client, sent, "_weigeren", reden="Dit is reclame.")
    bericht = Bericht.objects.get()
    assert "Dit is reclame." in bericht.tekst
    assert "[reden]" not in bericht.tekst
    sent.refresh_from_db()
    assert (sent.status, sent.voorbeeld) == (Inzendingstatus.GEWEIGERD, None)


def test_an_emptied_mail_and_a_sender_without_address_mean_no_mail(sent):
    press(moderator(), sent, "_weigeren", reden="Nee.", mail_geweigerd="")
    Inzending.objects.update(status=Inzendingstatus.WACHT, email="")
    press(moderator("ook"), sent, "_weigeren", reden="Nee.")
    assert not Bericht.objects.exists()


def test_of_two_moderators_the_second_is_told_and_loses_nothing(sent):
    one, other = moderator("sami"), moderator("bo")
    late = form_data(press(other, sent, "_neem", "alles"))
    press(one, sent, "_weigeren", reden="Reclame.")
    late |= {"samenvatting": "Dit typte ik net.", "_aannemen": "1"}
    answer = other.post(url(sent), late)
    assert "sami besloot hier" in answer.text
    assert "Dit typte ik net." in answer.text
    sent.refresh_from_db()
    assert sent.status == Inzendingstatus.GEWEIGERD
    assert Bericht.objects.count() == 1
    assert not Praktijkvoorbeeld.objects.filter(naam=sent.naam_voorbeeld).exists()


def test_of_two_who_change_the_concept_the_second_is_told(sent):
    one, other = moderator("sami"), moderator("bo")
    taken_over(one, sent, "_bewaar")
    late = form_data(other.get(url(sent)))
    press(one, sent, "_bewaar", samenvatting="Van Sami.")
    answer = other.post(url(sent), late | {"samenvatting": "Van Bo.", "_bewaar": "1"})
    assert "Een collega wijzigde dit concept" in answer.text
    assert "Van Bo." in answer.text
    sent.refresh_from_db()
    assert sent.voorbeeld.samenvatting == "Van Sami."


def test_nothing_of_the_sender_reaches_a_page_a_version_or_a_working_copy(sent):
    taken_over(moderator(), sent, "_aannemen", samenvatting="Buren koken soep.")
    concept = Praktijkvoorbeeld.objects.get(inzending=sent)
    actions.publish(record=concept, by=None)
    reader = Client()
    assert sent.naam_voorbeeld in reader.get(concept.get_absolute_url()).text
    places = [*Versie.objects.filter(uuid=concept.uuid), *Werkstand.objects.all()]
    secrets = (NAAM, "Wielingen", EMAIL, "na te kijken", "Gekozen door wie")
    for row in places:
        assert not [s for s in secrets if s in (row.document or "")]
    own = concept.get_absolute_url(), f"/id/praktijkvoorbeeld/{concept.uuid}"
    found = "/zoeken/?q=Wielingen", "/zoeken/?q=zondagsoep", "/aanpakken/abcd/"
    for address in [*(page.pad for page in PAGINAS), *own, *found]:
        text = reader.get(address, follow=True).content.decode(errors="replace")
        # What was searched for stands in the box.
        text = text if "Wielingen" not in address else text.replace("Wielingen", "", 3)
        assert not [s for s in secrets if s in text], address


def test_who_is_erased_is_erased_here_too_and_the_concept_stays_to_be_read(sent):
    client = moderator()
    taken_over(client, sent, "_bewaar")
    assert persoonsgegevens(EMAIL).export()["praktijkvoorbeelden"][0]["omschrijving"]
    done = verwijder_persoon(email=EMAIL.upper(), by=None)
    assert (done.inzendingen, done.na_te_kijken) == (1, [sent.naam_voorbeeld])
    assert not Inzending.objects.exists()
    assert not LogEntry.objects.filter(content_type__model="inzending").exists()
    assert Praktijkvoorbeeld.objects.filter(naam=sent.naam_voorbeeld).exists()


def test_a_concept_that_is_thrown_away_leaves_what_was_sent(sent):
    taken_over(moderator(), sent, "_bewaar")
    Praktijkvoorbeeld.objects.get(inzending=sent).delete()
    sent.refresh_from_db()
    assert (sent.voorbeeld, sent.status) == (None, Inzendingstatus.WACHT)


@pytest.mark.parametrize("rol", [Rol.SCHRIJVER, Rol.REDACTEUR, Rol.BEHEERDER], ids=str)
def test_only_a_moderator_sees_who_sent_it(sent, rol):
    client = moderator()
    user = User.objects.get()
    user.groups.set([Group.objects.get(name=rol)])
    assert client.get(url(sent)).status_code == 403
    answer = client.post(url(sent), {"_weigeren": "1", "reden": "Nee."})
    assert NAAM not in answer.text
    sent.refresh_from_db()
    assert sent.status == Inzendingstatus.WACHT


def test_a_draft_of_the_inbox_and_of_a_reason_is_offered_after_a_closed_tab(
    sent, browser_editor, base_url
):
    page = browser_editor
    reactie = Reactie.objects.create(aanpak=sent.aanpak, tekst="Koop nu!")

    def typed_and_closed(label: str, text: str, goes) -> None:
        """Type it, lose the tab, come back and find it."""
        nonlocal page
        goes(page)
        page.get_by_label(label, exact=False).first.fill(text)
        kept = "Object.values(localStorage).some(klad => klad.includes(text))"
        page.wait_for_function(f"text => {kept}", arg=text)
        context = page.context
        page.close()
        page = context.new_page()
        goes(page)
        page.get_by_role("button", name="Terugzetten").press("Enter")
        expect(page.get_by_label(label, exact=False).first).to_have_value(text)

    def gone(told: str) -> None:
        expect(page.locator(".messagelist")).to_contain_text(told)
        assert "klad:" not in page.evaluate("Object.keys(localStorage).join()")

    typed_and_closed(
        "Samenvatting", "Buren koken.", lambda tab: tab.goto(f"{base_url}{url(sent)}")
    )
    page.get_by_role("button", name="Neem alles over").press("Enter")
    page.get_by_role("button", name="Bewaar als concept").press("Enter")
    gone("Bewaard als concept")

    def refuses(tab) -> None:
        tab.goto(f"{base_url}{reverse('admin:deelname_reactie_changelist')}")
        tab.locator(f"input[name=_selected_action][value='{reactie.pk}']").check()
        tab.locator("select[name=action]").select_option("weiger")
        tab.get_by_role("button", name="Uitvoeren").press("Enter")

    typed_and_closed("Reden", "Dit is reclame.", refuses)
    page.get_by_role("button", name="Weiger").press("Enter")
    gone("Geweigerd: 1")
    reactie.refresh_from_db()
    assert reactie.reden == "Dit is reclame."


@pytest.mark.parametrize("width", [360, 1280])
def test_by_keyboard_from_the_start_page_to_a_concept(
    sent, browser_editor, axe_bevindingen, base_url, width
):
    page = browser_editor
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{base_url}{reverse('admin:index')}")
    page.get_by_role("link", name="1 praktijkvoorbeeld").press("Enter")
    page.get_by_role("link", name=sent.naam_voorbeeld).press("Enter")
    assert axe_bevindingen(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.get_by_role("button", name="Neem over").nth(0).press("Enter")
    expect(page.get_by_label("Naam", exact=False).first).to_have_value(
        sent.naam_voorbeeld
    )
    expect(page.get_by_role("status")).to_contain_text("Er is nog niets bewaard")
    page.get_by_role("button", name="Neem alles over").press("Enter")
    expect(page.get_by_label("Meer op")).to_have_value(sent.link)
    page.get_by_role("button", name="Bewaar en neem aan").press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("Aangenomen")
    assert Praktijkvoorbeeld.objects.get(inzending=sent).status == Status.CONCEPT
