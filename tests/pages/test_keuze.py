"""Choosing: compare, selection, keuzehulp and matrix, on a phone of 320 pixels."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from aanpakken.models import Aanpak
from tests import factories
from tests.pages.test_journeys import tab_to

pytestmark = pytest.mark.usefixtures("inhoud")

PHONE = {"width": 320, "height": 640}


# Playwright cannot switch JavaScript off in the Firefox of the system.
@pytest.fixture(
    params=[
        pytest.param("with JavaScript", marks=pytest.mark.firefox),
        "without JavaScript",
    ]
)
def phone(request, browser, browser_context_args, base_url):
    context = browser.new_context(
        **browser_context_args
        | {
            "base_url": base_url,
            "viewport": PHONE,
            "java_script_enabled": request.param == "with JavaScript",
        }
    )
    yield context.new_page()
    context.close()


def test_three_are_picked_compared_and_kept(phone):
    phone.goto("/aanpakken/")
    for name in ("Citytrainers", "ABCD-methode", "Futsal Chabbab"):
        phone.get_by_label(f"Kies {name}").check()
    expect(phone.locator("#keuze")).to_be_in_viewport()
    phone.get_by_role("button", name="Vergelijk", exact=True).click()
    heads = phone.locator(".compare thead th")
    expect(heads).to_have_count(3)
    expect(phone.locator(".compare tbody th").first).to_contain_text("Rubriek")
    expect(phone.locator(".verdict").first).to_have_text("verschilt")

    rows = phone.locator(".compare tbody tr:visible")
    before = rows.count()
    phone.get_by_label("Verberg wat gelijk of niet bekend is").check()
    assert rows.count() < before

    phone.get_by_role("link", name="Haal weg Futsal Chabbab").click()
    expect(heads).to_have_count(2)
    phone.get_by_label("Welke aanpak wil je erbij zetten?").select_option("buurtcirkel")
    phone.get_by_role("button", name="Zet erbij").click()
    expect(heads).to_have_count(3)

    phone.get_by_role("link", name="Zet deze aanpakken in een selectie").click()
    phone.get_by_label("Titel van de selectie").fill("Voor Zuid")
    phone.get_by_role("button", name="Bewaar titel").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Voor Zuid")
    names = phone.locator(".selection h2")
    order = names.all_inner_texts()
    phone.get_by_role("link", name="Omlaag").first.click()
    expect(names.first).to_have_text(order[1])
    phone.get_by_role("link", name="Maak er een brochure van").click()
    expect(phone.locator(".sheet h2")).to_have_count(3)


def test_the_keuzehulp_goes_back_without_loss_and_gives_reasons(phone):
    phone.goto("/keuzehulp/")
    phone.get_by_label("Er is overlast op straat").check()
    phone.get_by_role("button", name="Volgende vraag").click()
    phone.get_by_label("Jongeren").check()
    phone.get_by_role("button", name="Volgende vraag").click()
    phone.get_by_role("link", name="Terug naar vraag 2").click()
    expect(phone.get_by_label("Jongeren")).to_be_checked()
    phone.get_by_role("button", name="Volgende vraag").click()
    phone.get_by_role("link", name="Sla deze vraag over").click()
    phone.get_by_role("button", name="Bekijk je advies").click()

    first = phone.locator(".advice > li").first
    expect(first.locator("h2")).to_contain_text("Futsal")
    expect(first).to_contain_text("Is voor jongeren")
    expect(phone.get_by_text("Niet beantwoord")).to_have_count(2)
    phone.get_by_role("link", name="Wijzig Voor wie is het?").click()
    expect(phone.get_by_label("Jongeren")).to_be_checked()


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_a_number_with_the_focus_is_never_below_the_name_of_its_row(phone, key):
    phone.emulate_media(reduced_motion="reduce")
    phone.goto("/aanpakken/matrix/")
    numbers = phone.locator(".matrix a")
    numbers.nth(0 if key == "Tab" else -1).focus()
    covered = []
    for _ in range(numbers.count() - 1):
        phone.keyboard.press(key)
        covered += phone.evaluate(
            """() => {
              const e = document.activeElement, r = e.getBoundingClientRect();
              const row = e.closest('tr').firstElementChild.getBoundingClientRect();
              return r.left < row.right - 1 ? [e.outerHTML] : [];
            }"""
        )
    assert covered == []


def test_a_number_of_the_matrix_opens_its_list(phone):
    phone.goto("/aanpakken/matrix/?leeftijd=14")
    phone.get_by_label("Rijen", exact=True).select_option("laag")
    phone.get_by_role("button", name="Toon matrix").click()
    cell = phone.get_by_label(re.compile(r"^Bewoners en Verbinding.*: \d+ aanpakken\b"))
    number = cell.inner_text()
    cell.click()
    expect(phone.locator("#aantal")).to_have_text(f"{number} resultaten gevonden")
    expect(phone).to_have_url(re.compile("leeftijd=14"))


def test_a_reader_sees_what_somebody_like_them_can_do(phone):
    phone.goto("/wie/")
    phone.get_by_label("Dit kan ik zelf doen als").select_option("gemeente")
    phone.get_by_role("button", name="Toon aanpakken").click()
    expect(phone.locator("#aantal")).to_have_text("9 resultaten gevonden")


def test_picks_stay_when_the_list_changes(page):
    page.goto("/aanpakken/")
    page.get_by_label("Kies ABCD-methode").check()
    page.get_by_role("checkbox", name="Ouderen").check()
    expect(page.locator("#aantal")).to_have_text("2 resultaten gevonden")
    page.get_by_label("Kies GoldenSports").check()
    expect(page.locator("#keuze")).to_contain_text("2 gekozen")
    page.get_by_role("button", name="Zet in selectie").click()
    expect(page.locator(".selection > li")).to_have_count(2)

    page.goto("/aanpakken/")
    expect(page.get_by_label("Kies GoldenSports")).to_be_checked()
    page.get_by_role("button", name="Wis keuze").click()
    expect(page.get_by_label("Kies GoldenSports")).not_to_be_checked()


def test_one_selection_grows_from_every_page_and_the_header_counts_it(page):
    header = page.locator("header [data-mijn-selectie]")
    page.goto("/selectie/?aanpak=abcd&aanpak=wijktheater&waarom-abcd=Voor+Noord")
    expect(header).to_have_text("Selectie: 2 aanpakken2")
    page.goto("/aanpakken/citytrainers/")
    page.get_by_role("link", name="Zet in een selectie").click()
    expect(page.locator(".selection > li")).to_have_count(3)
    expect(page.get_by_label("Waarom deze? (ABCD-methode)")).to_have_value("Voor Noord")

    page.goto("/aanpakken/?doelgroep=ouderen")
    page.get_by_label("Kies GoldenSports").check()
    page.get_by_role("button", name="Zet in selectie").click()
    expect(page.locator(".selection > li")).to_have_count(4)
    page.get_by_role("link", name="Haal weg ABCD-methode").click()
    expect(header).to_have_text("Selectie: 3 aanpakken3")
    page.goto("/")
    header.click()
    expect(page.locator(".selection > li")).to_have_count(3)


def test_a_kept_selection_follows_a_slug_that_changed_and_loses_what_is_gone(page):
    page.goto("/selectie/?aanpak=abcd&waarom-abcd=Voor+Noord&aanpak=wijktheater")
    for slug in ("abcd-tweede", "abcd-derde"):
        abcd = Aanpak.objects.get(naam="ABCD-methode")
        abcd.slug = slug
        abcd.save()
        factories.publish(abcd)
    factories.withdraw(Aanpak.objects.get(slug="wijktheater"))
    header = page.locator("header [data-mijn-selectie]")
    page.goto("/aanpakken/abcd-derde/")
    expect(header).to_contain_text("2 aanpakken")
    page.get_by_role("link", name="Zet in een selectie").click()
    expect(page.locator(".selection > li")).to_have_count(1)
    expect(page.get_by_role("main")).to_contain_text("“wijktheater” staat niet (meer)")
    expect(header).to_have_text("Selectie: 1 aanpak1")
    expect(page).to_have_url(
        re.compile(r"/selectie/\?aanpak=abcd-derde&waarom-abcd-derde=Voor\+Noord$")
    )
    expect(page.get_by_label("Waarom deze? (ABCD-methode)")).to_have_value("Voor Noord")
    page.get_by_role("link", name="Haal weg ABCD-methode").click()
    expect(page.locator(".selection")).to_have_count(0)
    # Before its script ran, the page says the same.
    page.wait_for_load_state()
    expect(header.locator(".number")).to_be_hidden()
    page.goto("/selectie/?aanpak=bestaat-niet")
    expect(header.locator(".number")).to_be_hidden()
    expect(page).to_have_url(re.compile(r"/selectie/$"))


def test_a_selection_of_somebody_else_replaces_ones_own_only_when_asked(page):
    page.goto("/selectie/?aanpak=abcd&aanpak=wijktheater")
    page.goto("/selectie/?aanpak=citytrainers&titel=Van+Noor")
    expect(page.locator("header [data-mijn-selectie]")).to_contain_text("2 aanpakken")
    expect(page.get_by_text("Ook deze browser onthoudt hem.")).to_be_hidden()
    page.get_by_label("Titel van de selectie").fill("Van ons")
    page.get_by_role("button", name="Bewaar titel en redenen").click()
    expect(page.locator("header [data-mijn-selectie]")).to_contain_text("2 aanpakken")
    page.get_by_role("button", name="Bewaar deze in plaats daarvan").click()
    expect(page.locator("header [data-mijn-selectie]")).to_contain_text("1 aanpak")
    expect(page.get_by_text("Dit is niet de selectie")).to_be_hidden()
    expect(page.get_by_text("Ook deze browser onthoudt hem.")).to_be_visible()
    page.goto("/selectie/")
    page.get_by_role("link", name="Open je selectie").click()
    expect(page.locator(".selection > li")).to_have_count(1)


def test_a_tab_of_before_does_not_undo_what_another_tab_added(page):
    page.goto("/selectie/?aanpak=abcd&aanpak=wijktheater")
    other = page.context.new_page()
    other.goto("/aanpakken/citytrainers/")
    other.get_by_role("link", name="Zet in een selectie").click()
    expect(other.locator(".selection > li")).to_have_count(3)
    page.get_by_role("link", name="Haal weg ABCD-methode").click()
    expect(page.locator(".selection > li")).to_have_count(1)
    expect(page.locator("header [data-mijn-selectie]")).to_contain_text("3 aanpakken")
    expect(page.get_by_text("Dit is niet de selectie")).to_be_visible()


@pytest.mark.firefox
def test_two_are_picked_and_compared_with_the_keyboard_alone(page):
    page.goto("/aanpakken/?doelgroep=ouderen")
    tab_to(page, "input[name=aanpak]")
    page.keyboard.press("Space")
    tab_to(page, "input[name=aanpak]")
    page.keyboard.press("Space")
    tab_to(page, "#keuze button")
    page.keyboard.press("Enter")
    expect(page.locator(".compare thead th")).to_have_count(2)


@pytest.mark.firefox
def test_the_keuzehulp_is_done_with_the_keyboard_alone(page):
    page.goto("/keuzehulp/")
    for question in range(4):
        tab_to(page, "main input[type=radio]")
        # The first Down chooses the second answer, as in every group of radios.
        page.keyboard.press("ArrowDown")
        tab_to(page, "main button[type=submit]")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(f"stap={question + 2}"))
    expect(page.locator(".advice > li").first).to_be_visible()


def test_a_brochure_prints_a_cover_and_a_sheet_for_each(page):
    page.goto("/selectie/?aanpak=abcd&aanpak=citytrainers&titel=Zuid&als=brochure")
    document = page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", document)) == 3


def test_a_comparison_prints_on_landscape_paper(page):
    page.goto("/aanpakken/vergelijken/?aanpak=abcd&aanpak=citytrainers")
    document = page.pdf(prefer_css_page_size=True)
    width, height = re.search(
        rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", document
    ).groups()
    assert float(width) > float(height)
