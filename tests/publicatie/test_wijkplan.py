"""A wijkplan: what somebody wrote comes back as a file, and stays nowhere."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest

from tests import html
from tests.publicatie.pdf import fouten, kaal, lees, woorden
from tests.publicatie.test_zetten import MARKUP, OVERAL
from wijkwijzer.publicatie import planviews
from wijkwijzer.publicatie.bewaard import DrukError
from wijkwijzer.publicatie.werkblad import BOUWSTENEN, MAX_TEKST
from wijkwijzer.publicatie.zetten import OnzetbaarError

pytestmark = [pytest.mark.usefixtures("inhoud"), pytest.mark.once]

PDF, DOCX = "/wijkplan/wijkplan.pdf", "/wijkplan/wijkplan.docx"
PLAN = {
    "aanpak": ["abcd", "futsal-chabbab"],
    "titel": f"Plan {MARKUP}",
    "urgentie": f"Te weinig plek.\n\n{MARKUP}",
    "bewoners": "≥ → é",
    "waarom-abcd": "Hier doet iedereen mee.",
    "wat-1": "Koken in de straat",
    "wie-1": "Bewonersgroep",
    "terugkijken": "Na de zomer",
}


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def test_a_plan_as_pdf_has_every_word_is_for_everybody_and_is_kept_nowhere(
    client, tmp_path, caplog
):
    response = client.post(PDF, PLAN)
    pdf = response.content
    assert fouten(pdf) == []
    found = woorden(pdf)
    written = [value for name, value in PLAN.items() if name != "aanpak"]
    asked = [vak.kop for bouwsteen in BOUWSTENEN for vak in bouwsteen.vakken]
    for text in (*written, *asked, "ABCD-methode", "Futsal Chabbab"):
        for line in text.splitlines():
            assert kaal(line) in found, line
    assert lees(pdf).metadata.title == PLAN["titel"]
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    assert [*tmp_path.rglob("*.bewaard")] == []
    assert caplog.text == ""


def test_a_plan_as_word_has_every_word_below_real_headings(client):
    response = client.post(DOCX, PLAN | {"bewoners": OVERAL})
    document = docx.Document(BytesIO(response.content))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for words in (MARKUP, OVERAL, PLAN["waarom-abcd"], "Na de zomer", "ABCD-methode"):
        assert words in text
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert heads == [f"{b.nummer}. {b.naam}" for b in BOUWSTENEN]
    assert document.tables[0].cell(1, 0).text == "Koken in de straat"


def test_what_is_too_long_comes_back_whole_with_its_count(client):
    too_long = "<b>" + "é" * MAX_TEKST
    response = client.post(PDF, PLAN | {"verhalen": too_long})
    assert response.status_code == 400
    page = html.read(response.content)
    assert f"Dit zijn {MAX_TEKST + 3} tekens" in page.text
    assert page.one("textarea", name="verhalen").text.strip() == too_long
    assert page.one("textarea", name="waarom-abcd").text.strip() == PLAN["waarom-abcd"]


@pytest.mark.parametrize("error", [DrukError(), OnzetbaarError(MARKUP)], ids=type)
def test_what_cannot_be_set_now_comes_back_and_is_not_logged(
    client, monkeypatch, caplog, error
):
    def zet(wat):
        raise error

    monkeypatch.setattr(planviews, "zet_los", zet)
    response = client.post(PDF, PLAN)
    assert response.status_code == 503
    assert "Wat je schreef, is er nog" in response.content.decode()
    page = html.read(response.content)
    assert page.one("input", name="wie-1")["value"] == "Bewonersgroep"
    assert MARKUP not in caplog.text


def test_a_selection_brings_its_aanpakken_and_its_reasons(client):
    selection = client.get("/selectie/?aanpak=abcd&waarom-abcd=Past+goed").content
    links = html.read(selection).all("a")
    (path,) = (a["href"] for a in links if a.text == "Maak er een wijkplan mee")
    page = html.read(client.get(path).content)
    assert page.one("textarea", name="waarom-abcd").text.strip() == "Past goed"
    assert 'href="/wijkplan/"' in client.get("/publicatie/").content.decode()
