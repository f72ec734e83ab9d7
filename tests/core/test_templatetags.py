"""What templates say about our records."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from aanpakken.models import Actorlaag
from aanpakken.views import lagen_met_actoren
from interventies.models import Databank, Interventie, Niveau
from interventies.views import tijdlijnen
from tests import factories, html
from wijkwijzer.core.datums import Deeldatum
from wijkwijzer.core.templatetags import wijkwijzer as tags


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


def test_without_a_primary_group_a_card_shows_every_group(inhoud):
    aanpak = factories.make_aanpak()
    link = aanpak.doelgroepkoppelingen.create(
        doelgroep=factories.make_doelgroep(), rol="secundair", omschrijving="x"
    )
    assert tags.primaire_doelgroepen(aanpak) == [link]


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


# Diagrams


def test_the_ring_diagram_links_every_ring_and_every_actor(inhoud):
    lagen = lagen_met_actoren()
    svg = html.read(render("{% ringdiagram lagen %}", lagen=lagen))
    links = {link["href"] for link in svg.all("a")}
    assert links == {
        *(f"/aanpakken/?laag={laag.slug}" for laag in lagen),
        *(a.get_absolute_url() for laag in lagen for a in laag.actoren_lijst),
    }
    for laag in lagen:
        for actor in laag.actoren_lijst:
            (link,) = svg.all("a", href=actor.get_absolute_url())
            assert "".join(link.text.split()) == (
                "".join(actor.naam.split()) + str(actor.aantal)
            )


def test_a_ring_without_actors_is_still_a_ring(inhoud):
    lagen = lagen_met_actoren()
    for laag in lagen:
        laag.actoren_lijst = []
    svg = html.read(render("{% ringdiagram lagen %}", lagen=lagen))
    assert len([*svg.all("a")]) == 3


def test_a_long_word_in_the_diagram_is_not_broken():
    assert tags._twee_regels("x" * 40) == ["x" * 40]
    assert tags._twee_regels("kort") == ["kort"]
    assert tags._twee_regels("kunstenaars en culturele organisaties") == [
        "kunstenaars en",
        "culturele organisaties",
    ]


def timeline(interventie: Interventie) -> html.Element:
    loaded = Interventie.objects.with_register().get(pk=interventie.pk)
    return html.read(render("{% tijdlijn tijdlijnen %}", tijdlijnen=tijdlijnen(loaded)))


def test_without_a_dated_decision_there_is_no_timeline(inhoud):
    interventie = factories.make_interventie()
    factories.make_erkenning(interventie)
    factories.make_vermelding(interventie)
    assert not [*timeline(interventie).all("svg")]


def test_an_expected_end_is_drawn_differently_from_a_stated_one(inhoud):
    movisie = Databank.objects.get(slug="movisie")
    level = Niveau.objects.get(slug="goed-onderbouwd")
    stated, expected = factories.make_interventie(), factories.make_interventie()
    fact = {"databank": movisie, "niveau": level, "datum": "2020-06-18"}
    factories.make_erkenning(stated, geldig_tot="2025-06-18", **fact)
    factories.make_erkenning(expected, **fact)

    def ends(interventie) -> list[str]:
        lines = timeline(interventie).all("line", class_="span")
        return [line["class"] for line in lines]

    assert ends(stated) == ["span"]
    assert ends(expected) == ["span expected"]


def test_a_decision_without_rule_or_end_is_a_dot_without_a_line(inhoud):
    interventie = factories.make_interventie()
    factories.make_erkenning(interventie, datum="2020")
    svg = timeline(interventie)
    assert len([*svg.all("circle", class_="decision")]) == 1
    assert not [*svg.all("line", class_="span")]


def test_a_long_history_still_fits_the_axis(inhoud):
    interventie = factories.make_interventie()
    for year in ("1960", "1999-02-03", "2026-11"):
        factories.make_erkenning(interventie, datum=year)
    svg = timeline(interventie).one("svg")
    places = [float(c["cx"].rstrip("%")) for c in svg.all("circle")]
    assert places == sorted(places)
    assert all(0 <= place <= 100 for place in places)
    years = [int(text.text) for text in svg.all("text") if text.text.isdigit()]
    assert 1 <= len(years) <= 8
