"""The working copy of an aanpak and its links, as editors meet them."""

from __future__ import annotations

import pytest

from aanpakken import models
from aanpakken.models import Aanpak
from tests import factories
from wijkwijzer.core.models import Bron, Broncorrectie, Organisatie

pytestmark = pytest.mark.usefixtures("inhoud")


def test_names_sort_without_article_and_capital():
    factories.make_aanpak(naam="zzz laatste")
    factories.make_aanpak(naam="De AAA", sorteernaam="aaa")
    names = [aanpak.naam for aanpak in Aanpak.objects.all()]
    assert names[0] == "De AAA"
    assert names[-1] == "zzz laatste"


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
