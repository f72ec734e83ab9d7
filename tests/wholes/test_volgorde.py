"""Parts stand in the order that an editor gave them, whatever numbers he typed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from aanpakken.models import Aanpak, Stap
from tests.meta.test_admin import address, editor, form_data

__all__ = ["editor"]


@pytest.fixture
def aanpak(inhoud) -> Aanpak:
    aanpak = Aanpak.objects.get(slug="abcd")
    aanpak.stappen.all().delete()
    for number, name in enumerate("ABC", start=1):
        Stap.objects.create(aanpak=aanpak, nummer=number, naam=name)
    return aanpak


def save(editor, aanpak, numbers: list[str], *new: tuple[str, str], **values: str):
    url = address(Aanpak, "change", aanpak.pk)
    data = form_data(editor.get(url)) | values | {"_save": "1"}
    data |= {f"stappen-{i}-nummer": number for i, number in enumerate(numbers)}
    for i, (number, name) in enumerate(new, start=3):
        data |= {f"stappen-{i}-nummer": number, f"stappen-{i}-naam": name}
        data |= {f"stappen-{i}-id": "", f"stappen-{i}-aanpak": str(aanpak.pk)}
    data["stappen-TOTAL_FORMS"] = str(3 + len(new))
    response = editor.post(url, data)
    assert response.status_code == 302, response.content.decode()
    return response


def steps(aanpak) -> str:
    found = [*aanpak.stappen.order_by("nummer").values_list("nummer", "naam")]
    assert [number for number, _ in found] == [*range(1, len(found) + 1)]
    return "".join(name for _, name in found)


@pytest.mark.parametrize(
    ("numbers", "order"),
    [
        (["1", "2", "3"], "ABC"),
        (["2", "1", "3"], "BAC"),
        (["3", "1", "2"], "BCA"),
        (["1", "1", "1"], "ABC"),
        (["9", "9", "0"], "CAB"),
        (["", "7", "5"], "CBA"),
        (["1", "2", "999999999"], "ABC"),
    ],
)
def test_any_numbers_give_an_order(editor, aanpak, numbers, order):
    rows = dict(aanpak.stappen.values_list("naam", "pk"))
    save(editor, aanpak, numbers)
    assert steps(aanpak) == order
    assert dict(aanpak.stappen.values_list("naam", "pk")) == rows


def test_a_new_part_goes_where_its_number_says_and_moves_the_others(editor, aanpak):
    save(editor, aanpak, ["1", "2", "3"], ("1", "X"), ("", "Y"))
    assert steps(aanpak) == "AXBCY"


def test_a_part_that_goes_leaves_no_gap(editor, aanpak):
    save(editor, aanpak, ["1", "2", "3"], **{"stappen-0-DELETE": "on"})
    assert steps(aanpak) == "BC"


def test_two_parts_that_swap_keep_all_that_they_say(editor, aanpak):
    save(editor, aanpak, ["2", "1", "3"], **{"stappen-0-naam": "A2"})
    assert steps(aanpak) == "BA2C"


def test_a_part_that_a_colleague_added_meanwhile_gets_a_place_too(editor, aanpak):
    url = address(Aanpak, "change", aanpak.pk)
    data = form_data(editor.get(url)) | {"_save": "1"}
    Stap.objects.create(aanpak=aanpak, nummer=4, naam="D")
    data |= {"stappen-3-nummer": "4", "stappen-3-naam": "X", "stappen-3-id": ""}
    data |= {"stappen-TOTAL_FORMS": "4", "_revisie": ""}
    assert editor.post(url, data).status_code == 302
    assert steps(aanpak) == "ABCXD"


def test_no_number_that_is_typed_is_an_error(editor, aanpak):
    url = address(Aanpak, "change", aanpak.pk)
    data = form_data(editor.get(url)) | {"stappen-0-nummer": "tien", "_save": "1"}
    assert "Voer een geheel getal in" in editor.post(url, data).content.decode()
    assert steps(aanpak) == "ABC"


# In a browser


@pytest.fixture
def form(page, admin_client, settings, base_url, aanpak):
    """The form of an aanpak, as an editor has it open."""
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": admin_client.cookies[name].value, "url": base_url}
    page.context.add_cookies([cookie])
    page.goto(address(Aanpak, "change", aanpak.pk) + "#sectie-stappen")
    page.locator("#id_stappen-0-naam").scroll_into_view_if_needed()
    return page


def shown(form) -> str:
    fields = form.locator("[id^=id_stappen-][id$=-naam]:visible")
    return "".join(fields.evaluate_all("fields => fields.map(f => f.value)"))


def submit(form) -> None:
    form.locator("[name=_save]").last.click()
    form.wait_for_url(re.compile("/admin/aanpakken/aanpak/(\\?|$)"))


def test_the_keyboard_puts_a_part_in_its_place_and_says_where(form, aanpak):
    down = form.get_by_role("button", name="A lager", exact=True)
    down.focus()
    form.keyboard.press("Enter")
    assert shown(form) == "BAC"
    expect(form.locator("#stappen-group [role=status]")).to_have_text("A: nu 2 van 3")
    # Who moves on is still at the same part.
    form.keyboard.press("Space")
    assert shown(form) == "BCA"
    assert form.locator("#id_stappen-0-nummer").is_hidden()
    submit(form)
    assert steps(aanpak) == "BCA"


def test_a_part_is_dragged_to_its_place(form, aanpak):
    grips = form.locator("#stappen-group .greep")
    box, to = grips.nth(2).bounding_box(), grips.nth(0).bounding_box()
    form.mouse.move(box["x"] + 5, box["y"] + 5)
    form.mouse.down()
    form.mouse.move(to["x"] + 5, to["y"] + 5, steps=12)
    form.mouse.up()
    assert shown(form) == "CAB"
    submit(form)
    assert steps(aanpak) == "CAB"


def test_a_part_that_is_added_comes_last_and_can_be_moved(form, aanpak):
    form.locator("#stappen-group .add-row a").click()
    form.locator("#id_stappen-3-naam").fill("X")
    form.get_by_role("button", name="X hoger", exact=True).click()
    assert shown(form) == "ABXC"
    submit(form)
    assert steps(aanpak) == "ABXC"
