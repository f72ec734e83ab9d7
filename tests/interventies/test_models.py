"""The register as editors meet it."""

from __future__ import annotations

import pytest

from interventies.models import Databank, Geldigheidsregel, Interventie, Niveau
from tests import factories

pytestmark = pytest.mark.usefixtures("inhoud")


def test_records_read_well_in_the_admin():
    interventie = factories.make_interventie(naam="Proef")
    movisie = Databank.objects.get(slug="movisie")
    erkenning = factories.make_erkenning(interventie, databank=movisie)
    assert str(erkenning) == "Proef: niveau niet bekend"
    assert str(factories.make_vermelding(interventie, databank=movisie)) == (
        "Proef bij Movisie"
    )
    rule = Geldigheidsregel.objects.get(databank=movisie, niveau__slug="effectief")
    assert str(rule) == "Movisie, Effectief: 5 jaar"


@pytest.mark.parametrize("model", [Databank, Niveau, Interventie])
def test_a_natural_key_finds_its_record_again(model):
    for record in model.objects.all():
        assert model.objects.get_by_natural_key(*record.natural_key()) == record
