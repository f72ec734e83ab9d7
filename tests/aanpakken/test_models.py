"""The catalogue record and its links."""

from __future__ import annotations

import pytest

from aanpakken import models
from aanpakken.models import Aanpak, Doelgroepkoppeling
from tests import factories
from wijkwijzer.core.models import Bron, Broncorrectie, Organisatie, Status

pytestmark = pytest.mark.usefixtures("inhoud")


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        ((None, None), ""),
        ((14, None), "vanaf 14 jaar"),
        ((None, 12), "tot en met 12 jaar"),
        ((8, 18), "8 tot en met 18 jaar"),
        ((0, 4), "0 tot en met 4 jaar"),
        ((0, None), "vanaf 0 jaar"),
    ],
)
def test_ages_in_words_name_only_the_bounds_of_the_source(bounds, words):
    link = Doelgroepkoppeling(leeftijd_van=bounds[0], leeftijd_tot=bounds[1])
    assert link.leeftijd == words


def test_the_rings_of_an_aanpak_follow_from_who_carries_it_out():
    aanpak = factories.make_aanpak()
    assert aanpak.lagen() == []
    rings = {laag.slug: laag for laag in models.Actorlaag.objects.all()}
    for name, ring in [
        ("a", "gemeente"),
        ("b", "bewoner"),
        ("c", "gemeente"),
        ("d", ""),
    ]:
        aanpak.uitvoeringen.create(
            naam=name, rol="uitvoerder", laag=rings.get(ring), laag_basis="redactioneel"
        )
    assert [laag.slug for laag in aanpak.lagen()] == ["bewoner", "gemeente"]


def test_only_a_published_register_entry_is_shown_with_an_aanpak():
    aanpak = Aanpak.objects.get(slug="abcd")
    assert aanpak.zichtbare_interventie == aanpak.interventie
    aanpak.interventie.status = Status.CONCEPT
    assert aanpak.zichtbare_interventie is None
    assert factories.make_aanpak().zichtbare_interventie is None


def test_names_sort_without_article_and_capital():
    factories.make_aanpak(naam="zzz laatste")
    factories.make_aanpak(naam="De AAA", sorteernaam="aaa")
    names = [aanpak.naam for aanpak in Aanpak.objects.all()]
    assert names[0] == "De AAA"
    assert names[-1] == "zzz laatste"


def test_facts_can_be_asked_by_kind():
    aanpak = factories.make_aanpak()
    for kind in ("duur", "kosten"):
        aanpak.feiten.create(soort=kind, tekst=kind, bron_url="https://a.example")
    assert [feit.tekst for feit in aanpak.feiten_van("kosten")] == ["kosten"]
    assert len(aanpak.feiten_van("kosten", "duur", "groepsgrootte")) == 2


def test_an_aanpak_with_its_details_needs_a_fixed_number_of_queries(met_queries):
    factories.make_complete_aanpak()
    with met_queries(12) as queries:
        for aanpak in Aanpak.objects.with_details():
            aanpak.lagen()
            if aanpak.zichtbare_interventie:
                [*aanpak.zichtbare_interventie.erkenningen.all()]
                [*aanpak.zichtbare_interventie.vermeldingen.all()]
    assert len(queries) == 12


def test_records_read_well_in_the_admin():
    aanpak = factories.make_complete_aanpak(naam="Proef")
    bron = Bron.objects.get(slug="wijkwijzer-2024")
    expected = {
        str(aanpak): "Proef",
        str(aanpak.themakoppelingen.get(thema__slug="zeggenschap")): (
            "Proef: Zeggenschap en eigenaarschap"
        ),
        str(aanpak.stappen.get()): "1. Begin",
        str(aanpak.feiten.get()): "een jaar",
        str(aanpak.links.get()): "Lees verder",
        str(aanpak.doelgroepkoppelingen.get(doelgroep__slug="ouderen")): (
            "Ouderen (primair)"
        ),
        str(aanpak.uitvoeringen.get(actor__slug="gemeente")): "Gemeente (uitvoerder)",
        str(bron): (
            "Met bewoners werken aan leefbare wijken en buurten"
            " (WijkWijzer (Platform31, Movisie))"
        ),
        str(Broncorrectie(gevonden="fuot", correctie="fout")): "fuot → fout",
        str(Broncorrectie(gevonden="fuot")): "fuot → ongewijzigd",
        str(models.Richtvraag(vraag="Wie woont hier?")): "Wie woont hier?",
    }
    assert [*expected] == [*expected.values()]
    assert str(aanpak.aspectkoppelingen.first()).startswith("Proef: ")
    assert str(aanpak.elementkoppelingen.first()).startswith("Proef: ")


@pytest.mark.parametrize(
    "model",
    [
        *(Aanpak, Bron, Organisatie, models.Actor, models.Actorlaag),
        *(models.Criterium, models.Doelgroep, models.Leefbaarheidsaspect),
        *(models.Reflectiethema, models.Vorm, models.WerkzaamElement),
    ],
)
def test_a_natural_key_finds_its_record_again(model):
    assert model.objects.exists()
    for record in model.objects.all():
        assert model.objects.get_by_natural_key(*record.natural_key()) == record
