"""The search over everything: what is found, told and suggested."""

from itertools import pairwise

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

from aanpakken.models import Aanpak, Reflectiethema
from kennisdossier.models import Begrip, Dossier, Praktijkvoorbeeld
from tests import factories, html
from wijkwijzer.search.analyse import tokens
from wijkwijzer.search.gemist import niets_gevonden
from wijkwijzer.search.models import Synoniemgroep, Woorddeel
from wijkwijzer.search.registry import zoekbronnen
from wijkwijzer.search.vraag import KORTSTE_VOORVOEGSEL, lees_vraag
from wijkwijzer.wholes.current import current_stand

pytestmark = pytest.mark.django_db


def search(client, text):
    return client.get(reverse("zoeken:zoeken"), {"q": text})


def group(response, key):
    return next(g for g in response.context["groepen"] if g.sleutel == key)


def suggestions(client, text):
    response = client.get(reverse("zoeken:suggesties"), {"q": text})
    return response.json()["suggesties"]


def test_hits_are_grouped_by_kind_with_counts(client):
    response = search(client, "gemeente")
    assert group(response, "wie").aantal >= 1
    assert group(response, "aanpakken").aantal >= 1


def test_the_link_to_all_hits_leads_to_as_many_as_the_group_says(client):
    aanpakken = group(search(client, "bewoners"), "aanpakken")
    response = client.get(aanpakken.alles_url)
    assert response.context["aantal"] == aanpakken.aantal > len(aanpakken.treffers)


def test_every_hit_of_a_kind_can_be_reached(client):
    found = group(search(client, "bewoners"), "begrippen")
    assert found.aantal > len(found.treffers)
    response = client.get("/zoeken/?q=bewoners&soort=begrippen")
    assert 'href="?q=bewoners&amp;soort=begrippen"' in response.content.decode()
    assert len(response.context["soort"].treffers) == found.aantal
    assert response.content.decode().count('class="kind"') == 1


@pytest.mark.parametrize("kind", ["onzin", "gemeenten"])
def test_a_kind_that_is_unknown_or_has_no_hits_hides_no_other(client, kind):
    response = client.get(f"/zoeken/?q=voucher&soort={kind}")
    assert response.context["soort"] is None
    assert group(response, "begrippen").treffers
    assert 'id="begrippen"' in response.content.decode()


def test_a_misspelt_query_is_answered_for_the_word_that_was_meant(client):
    response = search(client, "buurtbemideling")
    assert response.context["bedoeld"] == "buurtbemiddeling"
    assert group(response, "aanpakken").treffers[0].titel == "Buurtbemiddeling"


def test_a_query_without_hits_says_so(client):
    response = search(client, "qqqqqqqq")
    assert response.context["aantal"] == 0
    assert "Geen zoekresultaten" in response.content.decode()


@pytest.mark.parametrize("asked", ["*", "?!", "“”", "-"])
def test_what_has_no_word_is_not_searched_for_and_not_called_in_vain(client, asked):
    niets_gevonden.set("")
    page = search(client, asked)
    text = html.read_loosely(page.content).text
    assert f"In “{asked}” staat geen woord om op te zoeken." in text
    assert "vonden we niets" not in text
    assert "resultaten" not in text
    assert niets_gevonden.get() == ""


@pytest.mark.parametrize(
    "asked",
    [
        *("buurtbemiddeling", "den haag", "denhaag", '"goed onderbouwd"', "café"),
        *("overlast -theater", "thuis op straat", "communityorganizing", "T.O.S."),
    ],
)
def test_a_copied_question_has_soft_hyphens_that_nobody_sees(client, asked):
    """Our pages have them in long words; other sites may have them anywhere."""
    copied = [
        "\u00ad".join(asked),
        f"\u00ad{asked}\u00ad",
        f"{asked[:3]}\u200b{asked[3:]}",
    ]
    for path in ("/zoeken/", "/aanpakken/"):
        found = client.get(path, {"q": asked}).context["aantal"]
        for text in copied:
            assert client.get(path, {"q": text}).context["aantal"] == found, ascii(text)
    for text in copied:
        assert suggestions(client, text) == suggestions(client, asked)


@pytest.mark.long
@pytest.mark.once
def test_words_of_a_name_or_tag_are_found_written_as_one(db):
    """Of every name, place and tag in the index, and of other names of a record."""
    stand = current_stand()
    asked = set()
    for bron in zoekbronnen():
        index = bron.index(stand)
        posities = [*range(bron.aantal(stand))]
        for positie, document in zip(
            posities, bron.documenten(stand, posities), strict=True
        ):
            regels = f"{document.titel}\n{document.ook}\n{document.trefwoorden}"
            for regel in regels.splitlines():
                for een, twee in pairwise(tokens(regel)):
                    vraag = lees_vraag(een + twee, index.analyse)
                    if not vraag.termen[0].woorden[0].exact.isdigit():
                        asked.add(een + twee)
                        assert index.zoek(vraag).bits >> positie & 1, een + twee
    assert len(asked) > 500


def test_suggestions_are_titles_of_pages_that_exist(client):
    found = suggestions(client, "buu")
    assert "Buurtbemiddeling" in {s["tekst"] for s in found}
    for suggestion in found:
        assert client.get(suggestion["url"]).status_code == 200


def test_nothing_typed_gives_no_suggestions(client):
    assert suggestions(client, "") == []


def test_too_few_letters_for_a_half_word_give_no_suggestions_and_are_not_sent(client):
    # As a whole word it is in a title.
    assert suggestions(client, "de") == suggestions(client, "pb") == []
    assert suggestions(client, "pbs")
    script = (settings.BASE_DIR / "static" / "js" / "zoeken.js").read_text("utf-8")
    assert f"FEWEST_LETTERS = {KORTSTE_VOORVOEGSEL};" in script


def test_what_was_withdrawn_is_found_nowhere(client):
    assert "Wijktheater" in {s["tekst"] for s in suggestions(client, "wijktheater")}
    factories.withdraw(Aanpak.objects.get(slug="wijktheater"))
    # The text of a theme names it; that is no hit and no link.
    page = search(client, "wijktheater").content.decode()
    assert "/aanpakken/wijktheater/" not in page
    assert "Wijktheater" not in {s["tekst"] for s in suggestions(client, "wijktheater")}


SECRET = "zzkikkerbroedsel"


# What changed stands in layers over a base, which is built anew now and then.
build_anew = pytest.mark.parametrize(
    "settle", [current_stand, current_stand.reset], ids=["layers", "base"]
)


@build_anew
@pytest.mark.parametrize(
    ("kind", "model", "field"),
    [
        ("aanpakken", Aanpak, "omschrijving"),
        ("praktijkvoorbeelden", Praktijkvoorbeeld, "kernfeiten"),
        ("begrippen", Begrip, "toelichting"),
        ("dossiers", Dossier, "samenvatting"),
    ],
)
def test_only_the_words_of_the_version_that_readers_see_are_found(
    client, kind, model, field, settle
):
    record = model.objects.gepubliceerd().first()

    def found() -> int:
        return group(search(client, SECRET), kind).aantal

    def told(text: str) -> bool:
        asked = [reverse("zoeken:zoeken"), reverse("aanpakken:list")]
        pages = [client.get(url, {"q": text}).content.decode() for url in asked]
        return SECRET in "".join(pages).replace("\u00ad", "")

    setattr(record, field, f"Over {SECRET}.")
    record.save()
    assert not found()
    assert not told(SECRET[:-2] + "le")
    factories.publish(record)
    settle()
    assert found() == 1
    assert told(SECRET[:-2] + "le")
    setattr(record, field, "Over iets anders.")
    record.save()
    assert found() == 1
    factories.publish(record)
    assert not found()
    # Not even as the word that a reader may have meant.
    assert not told(SECRET[:-2] + "le")


@build_anew
def test_the_words_of_a_withdrawn_record_are_not_suggested_as_what_was_meant(
    client, settle
):
    aanpak = factories.make_aanpak(naam=SECRET)
    settle()
    typed = SECRET[:-2] + "le"
    assert search(client, typed).context["bedoeld"] == SECRET
    factories.withdraw(aanpak)
    assert search(client, typed).context["bedoeld"] is None
    assert client.get("/aanpakken/", {"q": typed}).context["filterset"].bedoeld is None


def test_text_of_an_editor_never_becomes_markup_in_a_hit(client):
    evil = f'<script>x</script><b title="{SECRET}">{SECRET}</b> & <i>{SECRET}'
    for fields in ({"naam": evil[:150]}, {"samenvatting": evil}):
        factories.make_aanpak(**fields)
    factories.make_aanpak(omschrijving=evil)
    for address in ("/zoeken/", "/aanpakken/"):
        content = client.get(address, {"q": SECRET}).content.decode()
        root = html.read(content)
        assert content.count(f"<mark>{SECRET}</mark>") >= 5
        assert "<script>x" not in content
        assert not [*root.one("main").all("b")]
        assert not [*root.one("main").all("i")]
        assert "<script>x</script>" in root.text.replace("\u00ad", "")


def test_a_new_synonym_finds_at_once(client):
    assert not group(search(client, "zzbuurtdinges"), "aanpakken").aantal
    Synoniemgroep.objects.create(naam="z", termen="zzbuurtdinges\nbuurtbemiddeling")
    hits = group(search(client, "zzbuurtdinges"), "aanpakken").treffers
    assert [hit.titel for hit in hits] == ["Buurtbemiddeling"]


def test_a_renamed_theme_is_found_by_its_new_name(client):
    Reflectiethema.objects.filter(slug="verbinding").update(naam="Zzverbondenheid")
    assert group(search(client, "zzverbondenheid"), "themas").aantal == 1
    assert group(search(client, "zzverbondenheid"), "aanpakken").aantal == 19


@pytest.mark.long
def test_a_new_part_of_words_finds_at_once(client):
    factories.make_aanpak(naam="Buurtzzknoop")
    assert not group(search(client, "zzknoop"), "aanpakken").aantal
    Woorddeel.objects.create(woord="zzknoop")
    hits = group(search(client, "zzknoop"), "aanpakken").treffers
    assert [hit.titel for hit in hits] == ["Buurtzzknoop"]


def test_a_rebuild_lets_every_process_build_anew(capsys):
    before = current_stand()
    call_command("rebuild_search_index")
    assert current_stand().number > before.number
    output = capsys.readouterr().out
    assert "Aanpakken: 21" in output
    assert "De zoekindex is gebouwd" in output


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "a" * 10_000, "\x00", "%"]
)
def test_an_odd_query_gets_a_page_and_is_never_echoed_as_html(client, text):
    response = search(client, text)
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
