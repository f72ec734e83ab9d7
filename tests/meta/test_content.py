"""The real content: complete, sourced, and honest about what nobody stated."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.db import models

from aanpakken.models import Aanpak, Feit, Link, Themakoppeling
from aanpakken.whole import AanpakDocument
from interventies.models import Databankvermelding, Erkenning, Interventie
from interventies.whole import InterventieDocument
from tests import html
from wijkwijzer.core.models import Bron, Broncorrectie, Status
from wijkwijzer.wholes.current import current_stand

# Made of what is in memory, whatever database that came from.
pytestmark = [pytest.mark.usefixtures("inhoud"), pytest.mark.once]

INTERVENTIES = {
    *("buurtcirkel", "citytrainers", "futsal-chabbab", "goldensports"),
    *("pbs-in-de-wijk", "resto-vanharte", "studio-bruis", "wijkacademie-opvoeden"),
}
METHODISCHE_AANPAKKEN = {
    *("abcd", "buurtbemiddeling", "buurtreminiscentie", "community-organising"),
    *("eigen-kracht-conferentie", "moeder-vadercentra", "right-to-challenge"),
    *("slagkracht-in-de-wijk", "thuis-op-straat", "vouchersysteem"),
    *("wijk-en-psychiatrie", "wijktheater", "zeven-bouwstenen-buurtagenda"),
}
NOT_IN_A_DATABANK = {
    *("community-organising", "right-to-challenge", "slagkracht-in-de-wijk"),
    "zeven-bouwstenen-buurtagenda",
}
REGISTER = INTERVENTIES | METHODISCHE_AANPAKKEN - NOT_IN_A_DATABANK
FIXTURES = sorted((settings.BASE_DIR / "fixtures").glob("*/*.yaml"))


def slugs(queryset) -> set[str]:
    return {*queryset.values_list("slug", flat=True)}


def page(client, address: str) -> html.Element:
    response = client.get(address)
    assert response.status_code == 200
    return html.read(response.content)


# Complete


def test_the_catalogue_has_the_8_interventies_and_13_other_approaches():
    published = Aanpak.objects.gepubliceerd()
    assert slugs(published.filter(rubriek="interventie")) == INTERVENTIES
    other = published.filter(rubriek="methodische-aanpak")
    assert slugs(other) == METHODISCHE_AANPAKKEN
    assert Aanpak.objects.count() == 21


def test_the_register_has_every_aanpak_that_a_databank_names():
    assert slugs(Interventie.objects.gepubliceerd()) == REGISTER
    assert Interventie.objects.count() == 17
    for interventie in Interventie.objects.select_related("aanpak"):
        assert interventie.aanpak.slug == interventie.slug
        assert interventie.vermeldingen.exists() or interventie.erkenningen.exists()


def test_the_lists_show_all_21_and_17_and_8_with_the_filter(client):
    assert html.result_count(page(client, "/aanpakken/")) == 21
    assert html.result_count(page(client, "/interventies/")) == 17
    filtered = page(client, "/aanpakken/?soort=interventie")
    assert {*html.result_names(filtered, "/aanpakken/")} == INTERVENTIES


def test_the_overview_names_its_themes_nine_times():
    explicit = Themakoppeling.objects.filter(basis="expliciet")
    assert {*explicit.values_list("aanpak__slug", "thema__slug")} == {
        ("resto-vanharte", "verbinding"),
        ("wijkacademie-opvoeden", "verbinding"),
        ("wijktheater", "krachten-en-talenten"),
        ("buurtreminiscentie", "krachten-en-talenten"),
        ("citytrainers", "krachten-en-talenten"),
        ("futsal-chabbab", "problemen"),
        ("vouchersysteem", "problemen"),
        ("right-to-challenge", "zeggenschap"),
        ("community-organising", "zeggenschap"),
    }
    functions = explicit.filter(thema__slug="problemen")
    assert {*functions.values_list("aanpak__slug", "functie")} == {
        ("futsal-chabbab", "direct"),
        ("vouchersysteem", "indirect"),
    }


def test_every_aanpak_has_what_a_page_needs():
    for aanpak in Aanpak.objects.all():
        assert aanpak.status == Status.GEPUBLICEERD
        assert aanpak.samenvatting.endswith("."), aanpak
        assert aanpak.samenvatting.count(". ") == 0, f"one sentence: {aanpak}"
        assert aanpak.omschrijving, aanpak
        assert aanpak.doel, aanpak
        assert aanpak.bronnen.exists(), aanpak
        assert aanpak.themakoppelingen.exists(), aanpak
        assert aanpak.uitvoeringen.exclude(laag=None).exists(), aanpak
        assert aanpak.links.exists(), aanpak
        assert [d for d in aanpak.doelgroepkoppelingen.all() if d.rol == "primair"]
        steps = [stap.nummer for stap in aanpak.stappen.all()]
        assert steps == [*range(1, len(steps) + 1)], aanpak


def test_every_correction_of_a_source_says_what_stands_here_instead():
    assert Bron.objects.count() == 5
    assert not Bron.objects.filter(correcties=None).exists()
    assert not Broncorrectie.objects.filter(correctie="").exists()
    assert Link.objects.exclude(gecorrigeerd_van="").exists()


def test_a_correction_is_no_fault_of_the_copy_that_we_read():
    """It lost the addresses of links: the source itself may have had them."""
    kinds = Broncorrectie.objects.values_list("soort", flat=True)
    assert [kind for kind in kinds if kind == "verloren link"] == []


def test_no_correction_says_that_a_databank_has_what_the_register_denies():
    for aanpak in current_stand().all(AanpakDocument):
        entry = aanpak.zichtbare_interventie
        if not entry or not entry.staat_nu_in():
            told = " ".join(aanpak.correcties)
            assert "in de databank" not in told, aanpak.slug


def test_a_corrected_link_shows_both_addresses_and_the_reason(client):
    for link in Link.objects.exclude(gecorrigeerd_van="").select_related("aanpak"):
        text = page(client, link.aanpak.get_absolute_url()).one(id="over").text
        assert link.gecorrigeerd_van in text
        assert " ".join(link.correctie_reden.split()) in text


# Sourced


@pytest.mark.parametrize("model", [Erkenning, Databankvermelding])
def test_every_recognition_and_listing_names_the_address_or_publication_of_it(model):
    for url, publication in model.objects.values_list("bron_url", "publicatie"):
        address = re.match(r"https?://[^/\s]+\.[^/\s]+/?", url)
        assert address or re.search(r"\b(19|20)\d\d\b", publication), url


COPIES = re.compile(r"adoc\.pub|docplayer|5dok|[vf]documents")


def test_the_register_cites_publications_and_no_site_that_copies_them():
    files = [file for file in FIXTURES if file.parent.name == "interventie"]
    assert len(files) == 17
    for file in files:
        assert not COPIES.search(file.read_text(encoding="utf-8")), file.name


def test_every_entry_of_the_register_says_when_it_was_checked():
    assert not Interventie.objects.filter(laatst_gecontroleerd_op=None).exists()


def test_every_fact_has_a_source():
    assert Feit.objects.exists()
    assert not Feit.objects.filter(bron=None, bron_url="").exists()


def test_every_link_has_an_address_or_says_why_not():
    assert not Link.objects.filter(url="", opmerking="").exists()


def test_an_owner_is_named_with_the_address_that_says_so():
    unsourced = Aanpak.objects.exclude(eigenaar="").filter(eigenaar_bron_url="")
    assert slugs(unsourced) == set()
    entries = Interventie.objects.exclude(eigenaar="")
    unsourced = entries.filter(eigenaar_bron_url="", eigenaar_publicatie="")
    assert slugs(unsourced) == set()


def test_every_recognition_shows_its_source_on_both_pages(client):
    for erkenning in Erkenning.objects.select_related("interventie__aanpak"):
        interventie = erkenning.interventie
        for record in (interventie, interventie.aanpak):
            document = page(client, record.get_absolute_url())
            if erkenning.bron_url:
                links = {a.get("href") for a in document.all("a")}
                assert erkenning.bron_url in links
            else:
                assert erkenning.publicatie in document.one("main").text


# Honest


def test_futsal_chabbab_shows_both_dates_each_with_its_databank(client):
    for path in ("/aanpakken/futsal-chabbab/", "/interventies/futsal-chabbab/"):
        times = {t["datetime"]: t for t in page(client, path).all("time")}
        shown = {
            day: next(e for e in times[day].above() if e.name in {"li", "section"})
            for day in ("2020-06-18", "2020-07")
        }
        assert times["2020-06-18"].text == "18 juni 2020"
        assert times["2020-07"].text == "juli 2020"
        if path.startswith("/aanpakken/"):
            assert "RIVM Centrum Gezond Leven" in shown["2020-06-18"].text
            assert "Kenniscentrum Sport en Bewegen" in shown["2020-07"].text


def test_the_register_groups_the_dates_of_futsal_chabbab_by_databank(client):
    history = page(client, "/interventies/futsal-chabbab/").one(class_="history")
    found, databank = set(), ""
    for element in history.all("h3", "time"):
        if element.name == "h3":
            databank = element.text
        elif any(above.name == "strong" for above in element.above()):
            found.add((databank.partition(" Loket")[0], element["datetime"]))
    assert found == {
        ("RIVM Centrum Gezond Leven", "2020-06-18"),
        ("Kenniscentrum Sport en Bewegen", "2020-07"),
    }


def test_citytrainers_shows_its_level_as_not_known(client):
    detail = page(client, "/aanpakken/citytrainers/")
    recognition = detail.one(id="erkenning").text
    assert "het niveau van de erkenning" in detail.one("p", class_="not-known").text
    assert "Goed Beschreven" not in recognition
    assert "Goed Onderbouwd" not in recognition
    assert Erkenning.objects.get(interventie__slug="citytrainers").niveau is None
    register = page(client, "/interventies/citytrainers/").one("main").text
    assert "het niveau van de erkenning" in register
    names = html.result_names(
        page(client, "/aanpakken/?niveau=onbekend"), "/aanpakken/"
    )
    assert "citytrainers" in names


def test_thuis_op_straat_is_a_methodische_aanpak_with_a_dated_effectief(client):
    detail = page(client, "/aanpakken/thuis-op-straat/")
    assert "Methodische aanpak" in detail.one(id="in-het-kort").text
    (decision,) = (
        item
        for item in detail.one(id="erkenning").all("li")
        if any(item.all("time", datetime="2017-06"))
    )
    assert "Effectief" in decision.text
    assert "Nederlands Jeugdinstituut" in decision.text
    found = page(client, "/aanpakken/?soort=methodische-aanpak&niveau=effectief")
    assert html.result_names(found, "/aanpakken/") == ["thuis-op-straat"]


def expectations() -> list[tuple[str, str, str]]:
    """Of which entry an end is expected that nobody stated, and its date and words."""
    return [
        (interventie.slug, str(end), end.in_woorden)
        for interventie in current_stand().all(InterventieDocument)
        for erkenning in interventie.erkenningen
        if (end := erkenning.verwachte_einddatum())
    ]


def test_an_expected_end_is_shown_and_always_marked_as_expectation(client):
    """A date that only follows from a rule stands nowhere but in its mark."""
    expected = expectations()
    assert len(expected) >= 5
    seen = 0
    records = [*Aanpak.objects.all(), *Interventie.objects.all()]
    for record in records:
        document = page(client, record.get_absolute_url())
        own = [e for e in expected if e[0] == record.slug]
        for _, iso, words in own:
            marked = [
                time for time in document.all("time", datetime=iso) if is_marked(time)
            ]
            assert marked, f"{record}: {words} is not shown"
            seen += len(marked)
            unmarked = [
                time
                for time in document.all("time", datetime=iso)
                if not is_marked(time)
            ]
            assert unmarked == [], f"{record}: {words} stands there as a fact"
            bare = document.text.replace(f"Verwachting: {words}", "")
            bare = bare.replace(f"aarschijnlijk verlopen sinds {words}", "")
            assert words not in bare, f"{record}: {words} stands there as a fact"
        assert document.text.count("Verwachting:") == len(own)
    assert seen == 2 * len(expected)


def is_marked(time: html.Element) -> bool:
    return any(
        element.name == "em" and element.text.startswith("Verwachting:")
        for element in time.above()
    )


def test_no_line_of_a_timeline_is_drawn_as_a_stated_end_that_nobody_stated(client):
    for interventie in Interventie.objects.prefetch_related("erkenningen"):
        lines = [
            line["class"].split()
            for line in page(client, interventie.get_absolute_url()).all("line")
            if "span" in line.get("class").split()
        ]
        stated = [e for e in interventie.erkenningen.all() if e.geldig_tot]
        assert len([c for c in lines if "expected" not in c]) == len(stated)


def test_the_8_interventies_are_in_a_databank_now_and_the_others_are_not():
    """So says the overview; what it does not list there, may have been in one."""
    entries = current_stand().all(InterventieDocument)
    assert {entry.slug for entry in entries if entry.staat_nu_in()} == INTERVENTIES
    for entry in entries:
        places = {place.in_databank for place in entry.databankplaatsen()}
        assert entry.slug in INTERVENTIES or places <= {"eerder", "niet"}, entry.slug


@pytest.mark.parametrize("slug", sorted(REGISTER))
def test_a_register_page_says_once_of_each_databank_whether_it_is_in_there(
    client, slug
):
    places = current_stand().get(InterventieDocument, slug).databankplaatsen()
    text = page(client, f"/interventies/{slug}/").one("article").text
    for place in places:
        named = f"in de databank van {re.escape(place.databank.in_een_zin)}"
        assert len(re.findall(rf"(Staat[a-z ]*|opname) {named}", text)) == 1, named


def test_no_page_says_of_another_approach_that_a_databank_has_it(client):
    for slug in REGISTER - INTERVENTIES:
        for address in (
            f"/aanpakken/{slug}/",
            f"/interventies/{slug}/",
            f"/selectie/?aanpak={slug}&als=brochure",
        ):
            text = page(client, address).one("main").text
            assert "Staat nu in" not in text, address
            assert "staat in een databank" not in text, address
            assert re.search(r"Staat niet( meer)? in de databank van", text), address
        compared = page(client, f"/aanpakken/vergelijken/?aanpak={slug}&aanpak=abcd")
        assert "staat er nu in" not in compared.one("main").text


def test_the_databank_filter_finds_only_what_is_in_a_databank_now(client):
    for path in ("/aanpakken/", "/interventies/"):
        options = html.options(page(client, path))
        databanks = [o.value for o in options if o.key == "databank" and o.count]
        query = "&".join(f"databank={databank}" for databank in databanks)
        found = html.result_names(page(client, f"{path}?{query}"), path)
        assert {*found} == INTERVENTIES


def lapsed() -> dict[str, str]:
    """Of which aanpak the level lapsed, or probably did, and how a badge says so."""
    found = {}
    for aanpak in current_stand().all(AanpakDocument):
        if aanpak.geldigheid and aanpak.geldigheid.vervallen:
            found[aanpak.slug] = aanpak.geldigheid.in_woorden
    return found


def test_every_place_that_shows_a_level_says_that_it_probably_lapsed(client):
    found = lapsed()
    assert {*found} >= {"futsal-chabbab", "resto-vanharte", "thuis-op-straat"}
    cards = [*page(client, "/aanpakken/").one("main").all("article")]
    rows = [*page(client, "/interventies/").one("main").all("tr")]
    for slug, words in found.items():
        (card,) = (c for c in cards if any(c.all("a", href=f"/aanpakken/{slug}/")))
        assert words in card.text
        (row,) = (r for r in rows if any(r.all("a", href=f"/interventies/{slug}/")))
        assert words in row.text.lower()
        for address in (
            f"/aanpakken/{slug}/",
            f"/interventies/{slug}/",
            f"/selectie/?aanpak={slug}",
            f"/selectie/?aanpak={slug}&als=brochure",
            f"/aanpakken/vergelijken/?aanpak={slug}&aanpak=abcd",
            f"/zoeken/?q={slug.replace('-', '+')}",
        ):
            badges = [
                p.text
                for p in page(client, address).one("main").all("p")
                if "lapsed" in p.get("class", "").split()
            ]
            assert any(words in badge for badge in badges), address


@pytest.mark.parametrize("path", ["/aanpakken/", "/interventies/"])
def test_filter_and_counts_call_lapsed_what_the_badges_call_lapsed(client, path):
    options = html.options(page(client, path))
    counts = {o.value: o.count for o in options if o.key == "erkenning"}
    query = "erkenning=verlopen&erkenning=waarschijnlijk-verlopen"
    names = html.result_names(page(client, f"{path}?{query}"), path)
    assert {*names} == {*lapsed()}
    assert counts["verlopen"] + counts["waarschijnlijk-verlopen"] == len(names)
    # No source gives an end date today.
    assert not Erkenning.objects.exclude(geldig_tot=None).exists()
    assert counts["geldig"] == counts["verlopen"] == 0


def test_what_only_one_source_of_two_says_of_a_level_is_unknown(client):
    entry = Interventie.objects.get(slug="goldensports")
    assert not entry.erkenningen.filter(databank__slug="movisie").exists()
    text = page(client, "/aanpakken/goldensports/").one(id="erkenning").text
    assert "Goed Onderbouwd" in text
    compared = page(
        client, "/aanpakken/vergelijken/?aanpak=goldensports&aanpak=abcd"
    ).one("main")
    assert "Goed Onderbouwd · Movisie" not in compared.text


def test_thuis_op_straat_is_told_as_history_with_its_dates(client):
    for path in ("/aanpakken/thuis-op-straat/", "/interventies/thuis-op-straat/"):
        text = page(client, path).one("main").text
        assert "waarschijnlijk verlopen sinds juni 2022" in text
        assert "Stond er eerder in, volgens een pagina van 16 juni 2017" in text


# Private

PERSONAL = re.compile(
    r"[\w.+-]+@[\w-]+\.\w+"  # an e-mail address
    r"|(?:\+31|\b0031)[\s\d()-]{8,}"  # a phone number
    r"|\b06[\s-]?(?:\d[\s-]?){8}\b"
    r"|\b0\d{2,3}[\s-]\d{6,7}\b"
    r"|\b(?:dhr|mevr|mw|drs|dr|prof|ir|mr)\.\s+[A-Z]"
)


@pytest.mark.parametrize("text", ["a.b@voorbeeld.nl", "06-12345678", "030 1234567"])
def test_contact_data_would_be_noticed(text):
    assert PERSONAL.search(f"Bel of mail {text} nu")


@pytest.mark.parametrize(
    "file", FIXTURES, ids=lambda file: f"{file.parent.name}/{file.name}"
)
def test_fixtures_hold_no_contact_data_of_people(file):
    text = file.read_text(encoding="utf-8")
    addresses = re.sub(r"https?://\S+", "", text)
    assert PERSONAL.findall(addresses) == []


def test_people_are_named_only_as_authors_of_a_publication():
    authors = {
        name.partition(" (")[0]
        for bron in Bron.objects.all()
        for name in (bron.auteurs + "\n" + bron.medewerking).splitlines()
        if name
    }
    assert authors
    text = "\n".join(file.read_text(encoding="utf-8") for file in FIXTURES)
    for name in authors:
        assert text.count(name) == 1, f"{name} stands somewhere else as well"


def test_no_text_of_the_content_has_markup_or_loose_spaces():
    for model in (Aanpak, Interventie, Feit, Link, Erkenning, Bron):
        fields = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField)
            and not isinstance(field, models.URLField)
        ]
        for record in model.objects.all():
            for name in fields:
                text = str(getattr(record, name) or "")
                assert not re.search(r"<\w+|&\w+;|\*\*|\]\(", text), (record, name)
                assert text == text.strip(), (record, name)
