"""The page of an aanpak: what it is first, what is unknown once, inferences marked.

Rules that hold for every entry are asked of every entry.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from aanpakken.models import (
    Aanpak,
    Actor,
    Actorlaag,
    Doelgroep,
    Leefbaarheidsaspect,
    Vraagstuk,
)
from aanpakken.whole import AanpakDocument
from kennisdossier.models import Praktijkvoorbeeld
from tests import factories, html
from wijkwijzer.core.models import Bron
from wijkwijzer.wholes.current import current_stand

if TYPE_CHECKING:
    from collections.abc import Iterator

# Made of what is in memory, whatever database that came from.
pytestmark = [pytest.mark.usefixtures("inhoud"), pytest.mark.once]

MARK = "(volgens de redactie)"


def article(client, slug: str) -> html.Element:
    content = client.get(f"/aanpakken/{slug}/").content.decode()
    return html.read(html.without_tips(content)).one("article")


def every_page(client) -> Iterator[tuple[AanpakDocument, html.Element]]:
    aanpakken = current_stand().all(AanpakDocument)
    assert len(aanpakken) == 21
    for aanpak in aanpakken:
        yield aanpak, article(client, aanpak.slug)


def parts(page: html.Element) -> list[str]:
    return [section.get("id") for section in page.all("section")]


def lines(section: html.Element) -> list[str]:
    return [line.text for line in section.all("li", "dd")]


# What is not known


def test_what_is_not_known_is_said_in_one_line_and_not_before_what_it_is(client):
    for aanpak, page in every_page(client):
        unknown = [*page.all("p", class_="not-known")]
        assert len(unknown) <= 1, aanpak.slug
        found = re.findall(r"(?i)\b(?:niet bekend|onbekend)", page.text)
        assert len(found) == len(unknown), aanpak.slug
        before, line, _ = page.text.partition("Nog niet bekend:")
        assert not unknown or ("Zo werkt het" in before and line), aanpak.slug


def test_the_line_names_exactly_what_no_source_says(client):
    aanpak = factories.make_aanpak(omschrijving="Zo gaat het.", eigenaar="De wijk")
    aanpak.feiten.create(soort="kosten", tekst="gratis", bron=Bron.objects.first())
    factories.publish(aanpak)
    page = article(client, aanpak.slug)
    assert page.one("p", class_="not-known").text == (
        "Nog niet bekend: het doel, voor wie het is, hoe je begint, wie het doet, hoe "
        "lang het duurt, groepsgrootte, waar je meer leest en of de aanpak ergens "
        "erkend is. Weet jij het? Laat het ons weten."
    )
    assert "None" not in page.text


def test_who_knows_it_can_tell_and_on_paper_nobody_is_asked(client):
    (link,) = (
        a
        for a in article(client, "abcd").one("p", class_="not-known").all("a")
        if a.text == "Laat het ons weten"
    )
    assert client.get(link["href"]).status_code == 200
    brochure = client.get("/selectie/?aanpak=abcd&als=brochure").content
    (line,) = html.read(brochure).all("p", class_="not-known")
    assert "Nog niet bekend" in line.text
    assert "Weet jij het?" not in line.text


def test_a_part_without_anything_in_it_is_not_there(client):
    page = article(client, factories.make_aanpak().slug)
    assert not {"begin", "uitvoerders", "elementen", "lees-meer"} & {*parts(page)}
    assert [dt.text for dt in page.one(id="in-het-kort").all("dt")] == [
        "Rubriek in het overzicht"
    ]


def test_a_card_is_silent_of_what_is_not_known(client):
    aanpak = factories.make_aanpak(naam="Zonder feiten")
    for address in ("/aanpakken/", "/praktijkvoorbeelden/"):
        for card in html.read(client.get(address).content).all("article"):
            assert "bekend" not in card.text.casefold(), card.text
            assert "gevonden" not in card.text.casefold(), card.text
    assert aanpak.naam in client.get("/aanpakken/").content.decode()


# Nothing twice


def test_a_target_group_is_not_told_twice(client):
    for aanpak, page in every_page(client):
        for line in lines(page.one(id="in-het-kort")):
            words = re.findall(r"[\w]+", line.casefold())
            half = len(words) // 2
            assert not words or words[:half] != words[half:], (aanpak.slug, line)


# What the site says of every decision without an end.
OF_EVERY_END = re.compile("Geen bron noemt een einddatum|geldt hier meestal")


def test_no_sentence_stands_twice_on_the_page_of_an_aanpak(client):
    twice = set()
    for aanpak, page in every_page(client):
        told: dict[str, int] = {}
        # What is remarked of who takes part is told once in each ring.
        remarks = " ".join(u.opmerking for u in aanpak.uitvoeringen)
        for part in page.all("p", "li", "dd"):
            # Of parts in parts only the outermost.
            if any(above.name in ("p", "li", "dd") for above in part.above()):
                continue
            if "print-only" in (part.get("class") or ""):
                continue
            for sentence in re.findall(r"(?<=\. )[^.]+\.(?= )", f". {part.text} "):
                if (
                    len(sentence.split()) > 4
                    and sentence not in remarks
                    and not OF_EVERY_END.search(sentence)
                ):
                    told[sentence] = told.get(sentence, 0) + 1
        twice |= {(aanpak.slug, told_) for told_, times in told.items() if times > 1}
    assert twice == set()


def test_who_takes_part_by_the_same_remark_is_told_of_together(client):
    aanpak = factories.make_aanpak()
    for place, name in enumerate(["school", "sportclub", "winkels en markt", "buren"]):
        aanpak.uitvoeringen.create(
            naam=name,
            rol="partner",
            laag_basis="redactioneel",
            opmerking="" if name == "buren" else "Staat op hun site.",
            volgorde=place,
        )
    factories.publish(aanpak)
    assert lines(article(client, aanpak.slug).one(id="uitvoerders")) == [
        "School, sportclub, winkels en markt Partner, werkt mee. Staat op hun site.",
        "Buren Partner, werkt mee.",
    ]


def test_groups_with_the_same_words_stand_together_with_their_ages_once(client):
    aanpak = factories.make_aanpak()
    for slug in ("kinderen", "jongeren"):
        aanpak.doelgroepkoppelingen.create(
            doelgroep=Doelgroep.objects.get(slug=slug),
            rol="primair",
            omschrijving="Wie van 8 tot en met 18 jaar is",
            leeftijd_van=8,
            leeftijd_tot=18,
        )
    aanpak.doelgroepkoppelingen.create(
        doelgroep=Doelgroep.objects.get(slug="ouders"),
        rol="intermediair",
        omschrijving="ouders",
    )
    factories.publish(aanpak)
    assert lines(article(client, aanpak.slug).one(id="in-het-kort"))[:2] == [
        "Kinderen en jongeren Wie van 8 tot en met 18 jaar is",
        "Ouders Intermediair",
    ]


def test_ages_are_told_as_the_source_says_them(client):
    # wijkwijzer-2024, from line 120; of PBS in de wijk only the NJi names an age.
    expected = {
        "citytrainers": "Actieve bewoners, vanaf 14 jaar",
        "futsal-chabbab": "Kinderen en jongeren, 8 tot en met 18 jaar",
        "goldensports": "Ouderen, vanaf 65 jaar",
        "pbs-in-de-wijk": "Kinderen en jongeren, 2 tot en met 18 jaar",
        "studio-bruis": "Ouderen, vanaf 55 jaar",
        "thuis-op-straat": "Kinderen en jongeren, 4 tot 20 jaar",
    }
    cards = html.read(client.get("/aanpakken/").content)
    told = {}
    for aanpak, page in every_page(client):
        first = lines(page.one(id="in-het-kort"))
        ages = [line for line in first if re.search(r"\b(vanaf|tot) .*jaar", line)]
        if ages:
            told[aanpak.slug] = ages[0]
            assert expected[aanpak.slug] in cards.text
    assert {*told} == {*expected}
    for slug, words in expected.items():
        assert told[slug].startswith(words), told[slug]


@pytest.mark.long
def test_corrections_of_sources_stand_on_their_own_page_only(client):
    everything = html.read(client.get("/verantwoording/correcties/").content).text
    some = 0
    for aanpak, page in every_page(client):
        for correctie in aanpak.correcties:
            words = " ".join(correctie.split())
            assert words in everything
            assert words not in page.text
            some += 1
        about = page.one(id="over")
        assert [*about.all("a", href="/verantwoording/correcties/")], aanpak.slug
    assert some


# In the order of a reader


def test_what_it_is_and_how_to_begin_stand_before_who_recognises_it(client):
    aanpak = Aanpak.objects.get(slug="abcd")
    aanpak.begin.create(soort="stap", tekst="Begin.", bron=Bron.objects.first())
    factories.publish(aanpak)
    found = parts(article(client, "abcd"))
    order = [
        *("in-het-kort", "omschrijving", "begin", "uitvoerders", "elementen"),
        *("erkenning", "lees-meer", "delen", "over"),
    ]
    assert [part for part in found if part in order] == order


def test_how_to_begin_gives_each_sentence_with_its_source(client):
    aanpak, bron = factories.make_aanpak(), Bron.objects.first()
    aanpak.begin.create(soort="training", tekst="Er is een cursus.", bron=bron)
    aanpak.begin.create(
        soort="mensen", tekst="Twee vrijwilligers.", bron_url="https://www.a.example/x"
    )
    factories.publish(aanpak)
    begin = article(client, aanpak.slug).one(id="begin")
    assert [(e.name, e.text) for e in begin.all("dt", "dd")] == [
        ("dt", "Wie je nodig hebt"),
        ("dd", "Twee vrijwilligers. a.example"),
        ("dt", "Training"),
        ("dd", f"Er is een cursus. {bron.titel}"),
    ]


def test_the_issues_of_an_aanpak_lead_to_others_for_the_same(client):
    aanpak, issue = factories.make_aanpak(), Vraagstuk.objects.first()
    aanpak.vraagstukkoppelingen.create(vraagstuk=issue, basis="expliciet")
    factories.publish(aanpak)
    (link,) = article(client, aanpak.slug).all(
        "a", href=f"/aanpakken/?vraagstuk={issue.slug}"
    )
    assert link.text == issue.naam
    found = html.read(client.get(link["href"]).content)
    assert aanpak.slug in html.result_names(found, "/aanpakken/")


def test_about_the_page_tells_sources_reasons_and_dates_and_is_folded(client):
    for aanpak, page in every_page(client):
        about = page.one(id="over")
        assert "open" not in about.one("details")
        assert "Deze versie" in about.text
        for bron in aanpak.bronnen:
            assert bron.titel in about.text
        for reason in (k.reden for k in (*aanpak.themas, *aanpak.elementen)):
            assert " ".join(reason.split()) in about.text, aanpak.slug


# What an editor inferred


def test_what_an_editor_inferred_is_marked_where_it_stands_and_nothing_else(client):
    for aanpak, page in every_page(client):
        brief = page.one(id="in-het-kort")
        for koppeling in aanpak.themas:
            (link,) = brief.all("a", href=koppeling.thema.get_absolute_url())
            marked = MARK in link.parent.text
            assert marked == (koppeling.basis == "redactioneel"), aanpak.slug


def test_a_livability_aspect_that_an_editor_inferred_says_why(client):
    aanpak = factories.make_aanpak()
    aspects = Leefbaarheidsaspect.objects.order_by("volgorde")[:2]
    for aspect, basis in zip(aspects, ("redactioneel", "expliciet"), strict=True):
        aanpak.aspectkoppelingen.create(
            aspect=aspect, basis=basis, reden=f"Omdat het {basis} is."
        )
    factories.publish(aanpak)
    shown = lines(article(client, aanpak.slug).one(id="in-het-kort"))
    assert shown[:2] == [
        f"{aspects[0].naam} {MARK} Omdat het redactioneel is.",
        f"{aspects[1].naam} Omdat het expliciet is.",
    ]


def test_weak_themes_come_last_and_are_said_to_be_weaker(client):
    for aanpak, page in every_page(client):
        (line,) = (
            dt.parent.one("dd")
            for dt in page.one(id="in-het-kort").all("dt")
            if dt.text == "Thema’s"
        )
        weak = [
            "zijdelings" in item.text
            for item in line.all("span")
            if item.parent is line
        ]
        assert weak == sorted(weak)
        assert sum(weak) == sum(k.sterkte == "zwak" for k in aanpak.themas)


@pytest.fixture
def inferred() -> Aanpak:
    """An aanpak of which an editor thinks that somebody takes part; no source does."""
    aanpak = factories.make_aanpak()
    actor = Actor.objects.filter(uitvoeringen=None).select_related("laag").first()
    aanpak.uitvoeringen.create(
        naam="buren",
        rol="uitvoerder",
        basis="redactioneel",
        actor=actor,
        laag=actor.laag,
        laag_basis="lijst",
        opmerking="Zij wonen er.",
    )
    return factories.publish(aanpak)


def test_an_executor_that_no_source_names_is_shown_marked_with_the_reason(
    client, inferred
):
    page = article(client, inferred.slug)
    assert lines(page.one(id="uitvoerders")) == [f"Buren {MARK} Uitvoerder."]
    assert f"Buren {MARK} Zij wonen er." in page.one(id="over").text
    compared = client.get(f"/aanpakken/vergelijken/?aanpak={inferred.slug}&aanpak=abcd")
    assert "Buren (uitvoerder, volgens de redactie)" in html.read(compared.content).text


def test_an_executor_that_no_source_names_counts_in_no_ring_and_no_filter(
    client, inferred
):
    document = current_stand().get(AanpakDocument, inferred.slug)
    assert document.lagen() == []
    (doer,) = document.uitvoeringen
    glyph = next(article(client, inferred.slug).all("svg", class_="rings"))
    assert "on" not in " ".join(c.get("class") for c in glyph.all("circle"))
    for query in (f"laag={doer.laag.slug}", f"actor={doer.actor.slug}"):
        found = html.read(client.get(f"/aanpakken/?{query}").content)
        assert inferred.slug not in html.result_names(found, "/aanpakken/")


def test_an_actor_sees_apart_where_only_an_editor_puts_them(client, inferred):
    actor = inferred.uitvoeringen.get().actor
    main = html.read(client.get(actor.get_absolute_url()).content).one("main")
    (section,) = (
        link.parent.parent.parent
        for link in main.all("a", href=inferred.get_absolute_url())
    )
    assert section.one("h2").text.startswith("Volgens de redactie")
    assert MARK in section.text
    assert "Zij wonen er." in section.text
    rings = html.read(client.get("/wie/").content).one("main")
    counts = {a.text for a in rings.all("a", href=actor.get_absolute_url())}
    assert f"{actor.naam} 1 (volgens de redactie)" in counts


def test_a_ring_that_an_editor_chose_is_marked(client):
    aanpak = factories.make_aanpak()
    aanpak.uitvoeringen.create(
        naam="de bibliotheek",
        rol="uitvoerder",
        laag=Actorlaag.objects.get(slug="gemeente"),
        laag_basis="redactioneel",
    )
    factories.publish(aanpak)
    page = article(client, aanpak.slug)
    assert lines(page.one(id="uitvoerders")) == [
        f"De bibliotheek Uitvoerder. Ring {MARK}"
    ]
    assert f"De bibliotheek {MARK} ring 3" in page.one(id="over").text


def test_elements_that_an_editor_read_into_an_example_are_marked(client):
    example = Praktijkvoorbeeld.objects.exclude(elementen=None).first()

    def marks() -> int:
        address = example.get_absolute_url()
        document = html.read(client.get(address).content)
        (heading,) = document.all("h2", id="kop-elementen")
        return heading.parent.one("ul").text.count(MARK)

    for basis, expected in (
        ("expliciet", 0),
        ("redactioneel", example.elementen.count()),
    ):
        example.elementen_basis = basis
        example.save()
        factories.publish(example)
        assert marks() == expected


# Easy words


def test_easy_words_are_there_only_when_somebody_wrote_them(client):
    aanpak = Aanpak.objects.get(slug="buurtbemiddeling")
    aanpak.eenvoudig = ""
    aanpak.save()
    factories.publish(aanpak)
    plain = client.get("/aanpakken/buurtbemiddeling/").content.decode()
    assert "In eenvoudige taal" not in plain
    assert "voorlezen" not in plain
    aanpak.eenvoudig = "Buren hebben ruzie.\n\nTwee mensen helpen."
    aanpak.save()
    factories.publish(aanpak)
    page = article(client, "buurtbemiddeling")
    (easy,) = page.all("details", class_="easy")
    assert easy.one("summary").text == "In eenvoudige taal"
    assert [p.text for p in easy.all("p")] == [
        "Buren hebben ruzie.",
        "Twee mensen helpen.",
    ]


# Sentences that are made here


def test_no_sentence_is_made_of_a_name_that_it_may_not_fit(client):
    """A name may be plural, a saying or an abbreviation: no sentence is built on it."""
    for aanpak, page in every_page(client):
        assert page.one(id="reacties").text.count(aanpak.naam) == 0
        related = [*page.all(id="verwant")]
        assert all(aanpak.naam not in part.text for part in related), aanpak.slug
        # Whether anybody wrote something is not known here.
        assert "Lees hoe anderen" not in page.text


def test_names_that_are_told_together_begin_small_but_the_first():
    for aanpak in current_stand().all(AanpakDocument):
        for _, deelnames in aanpak.deelnames_per_laag():
            others = [d.naam for part in deelnames for d in part.deelnemers[1:]]
            assert [naam for naam in others if not naam[0].islower()] == [], aanpak.slug


def test_punctuation_stands_where_it_belongs(client):
    for aanpak, page in every_page(client):
        text = page.text
        wrong = re.findall(r".{20}(?:\.\.| ,|,,| \.(?!\w)| :|:\s*\.|\(\s*\))", text)
        assert wrong == [], aanpak.slug
