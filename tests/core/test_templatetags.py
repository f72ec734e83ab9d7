"""What templates say about our records."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.test.utils import override_script_prefix
from django.urls import NoReverseMatch

from aanpakken.models import Actorlaag
from interventies.models import Niveau
from tests import html
from wijkwijzer.core.datums import Deeldatum
from wijkwijzer.core.templatetags import wijkwijzer as tags
from wijkwijzer.facets.filters import Keuzegroep, Optie


def render(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (date(2026, 3, 4), '<time datetime="2026-03-04">4 maart 2026</time>'),
        (
            datetime(2026, 3, 4, 12, tzinfo=UTC),
            '<time datetime="2026-03-04">4 maart 2026</time>',
        ),
        # Half past midnight here: in winter and in summer.
        (
            datetime(2026, 3, 3, 23, 30, tzinfo=UTC),
            '<time datetime="2026-03-04">4 maart 2026</time>',
        ),
        (
            datetime(2026, 7, 3, 22, 30, tzinfo=UTC),
            '<time datetime="2026-07-04">4 juli 2026</time>',
        ),
        (Deeldatum(2020, 7), '<time datetime="2020-07">juli 2020</time>'),
        (Deeldatum(2020), '<time datetime="2020">2020</time>'),
        (None, ""),
        ("", ""),
    ],
)
def test_a_date_is_a_time_element_as_precise_as_known(value, shown):
    assert render("{{ value|tijd }}", value=value) == shown


@pytest.mark.parametrize(
    ("items", "text"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a en b"),
        (["a", "b", "c"], "a, b en c"),
    ],
)
def test_items_become_a_list_in_words(items, text):
    assert tags.opsomming(items) == text


def test_a_list_in_words_can_use_one_attribute():
    assert tags.opsomming(
        [Actorlaag(kort="Bewoners"), Actorlaag(kort="X")], "kort"
    ) == ("Bewoners en X")


def test_only_long_words_get_soft_hyphens():
    shown = tags.afbreken("Buurtbemiddeling in de wijk")
    assert shown.split("\u00ad") == ["Buurt", "be", "mid", "de", "ling in de wijk"]
    assert tags.afbreken("Buurtcirkel") == "Buurtcirkel"


def test_no_letter_stands_alone_between_hyphens():
    shown = tags.afbreken("buurtontwikkeling en woordenboeken")
    assert shown.startswith("buurt\u00adont\u00ad")
    assert not re.search(r"\u00ad[^aeiou]\u00ad", shown)


def test_soft_hyphens_do_not_let_html_through():
    shown = render("{{ value|afbreken }}", value="<b>burgemeesterswoning</b>")
    assert "<b>" not in shown
    assert "&lt;b&gt;" in shown


@pytest.mark.parametrize(
    ("value", "shown"), [("een zin", "Een zin"), ("", ""), ("ABCD", "ABCD")]
)
def test_a_first_letter_becomes_a_capital(value, shown):
    assert tags.beginkapitaal(value) == shown


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.movisie.nl/interventie/x", "movisie.nl"),
        ("http://activage.nl/index.php?pagina=147", "activage.nl"),
        ("geen adres", ""),
    ],
)
def test_an_address_is_named_by_its_site(url, name):
    assert tags.domein(url) == name


def test_lines_of_a_field_are_items():
    assert tags.regels("a\n\n b ") == ["a", "b"]


def test_a_step_of_a_level_fills_as_many_dots_as_the_level(inhoud):
    dots = {niveau.slug: tags.stippen(niveau) for niveau in Niveau.objects.all()}
    assert dots["goed-beschreven"] == 1
    assert dots["goed-onderbouwd"] == 2
    assert {dots[slug] for slug in dots if slug.startswith("effectief")} == {3}


# Addresses


def test_another_page_of_a_list_keeps_every_other_key():
    request = RequestFactory().get("/aanpakken/?thema=a&thema=b&pagina=3")
    link = "{% pagina_url nummer %}"
    assert render(link, request=request, nummer=2) == (
        "?thema=a&amp;thema=b&amp;pagina=2"
    )
    assert render(link, request=request, nummer=1) == "?thema=a&amp;thema=b"


def test_the_first_page_of_a_list_without_filters_is_the_list_itself():
    request = RequestFactory().get("/aanpakken/?pagina=2")
    assert render("{% pagina_url 1 %}", request=request) == "/aanpakken/"
    assert render("{% pagina_url 2 %}") == "?pagina=2"


def test_the_canonical_address_has_no_query():
    request = RequestFactory().get("/aanpakken/?thema=a")
    assert render("{% canoniek %}", request=request) == "http://testserver/aanpakken/"
    assert render("{% canoniek %}") == ""


def test_the_address_of_a_page_follows_the_folder_that_the_site_stands_in():
    assert render('{% pad "aanpakken:list" %}') == "/aanpakken/"
    with override_script_prefix("/wijkwijzer/"):
        assert render('{% pad "aanpakken:list" %}') == "/wijkwijzer/aanpakken/"


def test_the_address_of_an_unknown_page_is_an_error():
    with pytest.raises(NoReverseMatch):
        render('{% pad "bestaat:niet" %}')


@pytest.mark.parametrize(
    ("path", "mark"),
    [
        ("/aanpakken/", ' aria-current="page"'),
        ("/aanpakken/abcd/", ' aria-current="true"'),
        ("/wie/", ""),
    ],
)
def test_the_menu_marks_this_page_and_the_list_above_it(path, mark):
    request = RequestFactory().get(path)
    assert render('{% huidig "aanpakken:list" %}', request=request) == mark


def test_the_menu_marks_nothing_for_an_unknown_page():
    request = RequestFactory().get("/")
    assert render('{% huidig "bestaat:niet" %}', request=request) == ""
    assert render('{% huidig "home" %}') == ""


def test_the_address_of_a_page_has_what_stands_in_it():
    for slug in ("abcd", "buurtcirkel"):
        shown = render('{% pad "aanpakken:detail" slug %}', slug=slug)
        assert shown == f"/aanpakken/{slug}/"


def test_the_address_of_a_page_follows_the_addresses_that_there_are(settings):
    render('{% pad "aanpakken:list" %}')
    settings.ROOT_URLCONF = "django.contrib.staticfiles.urls"
    with pytest.raises(NoReverseMatch):
        render('{% pad "aanpakken:list" %}')


# What is the same on every page

# Microseconds: another one each time it is made.
MADE = Template('{% vast %}{% pad "home" %} {% now "u" %}{% endvast %}')


def made() -> str:
    return MADE.render(Context())


def test_what_is_the_same_on_every_page_is_made_once():
    assert made() == made()


def test_what_is_the_same_on_every_page_knows_nothing_of_a_page():
    source = "{% vast %}-{{ naam }}{{ request.path }}-{% endvast %}{{ naam }}"
    request = RequestFactory().get("/")
    assert render(source, naam="a", request=request) == "--a"


def test_what_is_the_same_on_every_page_follows_the_folder_of_the_site():
    before = made()
    with override_script_prefix("/wijkwijzer/"):
        assert made().startswith("/wijkwijzer/ ")
    assert made() == before


def test_what_is_the_same_on_every_page_is_made_anew_for_other_settings(settings):
    before = made()
    settings.SHORT_DATE_FORMAT = "Y"
    assert made() != before


def test_who_works_on_the_site_sees_every_change_at_once(settings):
    settings.DEBUG = True
    assert made() != made()


@pytest.mark.parametrize(
    "inside",
    [
        "{% block main %}{% endblock %}",
        "{% if a %}{% alleenlezers %}{% endalleenlezers %}{% endif %}",
    ],
)
def test_what_differs_between_pages_is_not_the_same_on_every_page(inside):
    with pytest.raises(TemplateSyntaxError, match="vast"):
        Template(f"{{% vast %}}{inside}{{% endvast %}}")


# The choices of a facet


def test_a_choice_is_shown_as_text_with_its_count_and_whether_it_can_be_chosen():
    group = Keuzegroep(
        "thema",
        "Thema",
        [
            Optie("a&b", "<Buren>", 3, gekozen=True),
            Optie("een", "Een", 1),
            Optie("nul", "Nul", 0),
        ],
    )
    page = html.read(render("{% facetopties groep %}", groep=group))
    first, one, second = page.all("label")
    # All of it is the name that a screen reader says.
    assert first.text == "<Buren> 3 resultaten"
    assert one.text == "Een 1 resultaat"
    assert second.text == "Nul 0 resultaten"
    box, other = first.one("input"), second.one("input")
    assert (box["name"], box["value"]) == ("thema", "a&b")
    assert "checked" in box and "disabled" not in box
    assert "disabled" in other and "checked" not in other
    assert second["class"] == "checkbox off"


@pytest.mark.parametrize(("zeros", "folded"), [(2, False), (3, True), (4, True)])
def test_many_choices_without_a_result_are_folded_away(zeros, folded):
    empty = [Optie(f"nul-{n}", f"Nul {n}") for n in range(zeros)]
    chosen = Optie("gekozen", "Gekozen", 0, gekozen=True)
    group = Keuzegroep("thema", "Thema", [*empty, chosen, Optie("vol", "Vol", 2)])
    page = html.read(render("{% facetopties groep %}", groep=group))
    values = [box["value"] for box in page.all("input")]
    assert sorted(values) == sorted(optie.waarde for optie in group.opties)
    if not folded:
        assert not [*page.all("details")]
        assert values == [optie.waarde for optie in group.opties]
        return
    fold = page.one("details")
    assert "open" not in fold
    assert fold.one("summary").text == f"Toon ook de {zeros} zonder resultaat"
    hidden = [*fold.all("input")]
    assert [box["value"] for box in hidden] == [optie.waarde for optie in empty]
    assert all("disabled" in box for box in hidden)


def test_another_query_of_a_list_keeps_the_filters_and_starts_on_the_first_page():
    request = RequestFactory().get("/aanpakken/?thema=a&q=buur&pagina=3")
    shown = render("{% zoek_url woorden %}", request=request, woorden="koffie & thee")
    assert shown == "?thema=a&amp;q=koffie+%26+thee"
