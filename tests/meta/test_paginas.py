"""What a browser does not look at shows nothing that it has not seen elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from django.conf import settings

from tests import html
from tests.paginas import PAGINAS, TOESTANDEN, VOORBEELDEN, Pagina, antwoord

pytestmark = [pytest.mark.usefixtures("inhoud"), pytest.mark.once]

IN_BROWSER = [*VOORBEELDEN, *TOESTANDEN]
TEMPLATES = settings.BASE_DIR / "templates"
OURS = {str(f.relative_to(TEMPLATES)) for f in TEMPLATES.rglob("*.html")}


def kinds(pagina: Pagina) -> Iterator[tuple[str, str, str]]:
    """Every kind of element, within the kind that it stands in: what CSS goes by.

    Text without any class is the content's own and looks alike everywhere.
    """
    for element in html.read(antwoord(pagina).content).all():
        parent, own = element.parent.get("class"), element.get("class")
        for outer in parent.split() or [""]:
            for inner in own.split() or [""]:
                if outer or inner:
                    yield outer, element.name, inner


def shown(paginas: Iterable[Pagina]) -> set[tuple[str, str, str]]:
    return {kind for pagina in paginas for kind in kinds(pagina)}


def templates(paginas: Iterable[Pagina]) -> set[str]:
    return OURS & {t.name for pagina in paginas for t in antwoord(pagina).templates}


def test_a_browser_sees_every_template_that_a_page_uses():
    assert templates(PAGINAS) - templates(IN_BROWSER) == set()


@pytest.mark.long
def test_a_browser_sees_every_kind_of_element_that_a_page_shows():
    seen = shown(IN_BROWSER)
    missed = {
        f"{pagina}: {' '.join(kind)}"
        for pagina in PAGINAS
        for kind in {*kinds(pagina)} - seen
    }
    assert missed == set(), "make this a state of its page type in tests/paginas.py"


def test_every_state_shows_what_its_page_type_does_not():
    """A browser takes a second for each: what adds nothing stands under ``ook``."""
    for toestand in TOESTANDEN:
        naam = str(toestand).partition(",")[0]
        (voorbeeld,) = (v for v in VOORBEELDEN if str(v) == naam)
        new = shown([toestand]) - shown([voorbeeld])
        assert new or templates([toestand]) - templates([voorbeeld]), toestand
