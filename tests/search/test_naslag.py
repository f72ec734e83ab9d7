"""What databanks say of an aanpak is found, as far as readers may see it."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from aanpakken.facets import AanpakFilter
from interventies.models import Databank, Interventie, Niveau
from tests import factories
from tests.facets import oracle
from wijkwijzer.wholes.current import current_stand

pytestmark = pytest.mark.django_db


def found(text: str) -> set[str]:
    query = QueryDict(mutable=True)
    query["q"] = text
    return {*oracle.slugs(AanpakFilter(query, current_stand()))}


# What changed stands in layers over a base, which is built anew now and then.
build_anew = pytest.mark.parametrize(
    "settle", [current_stand, current_stand.reset], ids=["layers", "base"]
)


@build_anew
def test_a_recognition_is_found_by_its_level_and_its_databank(settle):
    interventie = factories.make_interventie()
    aanpak = factories.make_aanpak(interventie=interventie)
    settle()
    assert aanpak.slug not in found("vilans") | found("effectief")
    databank = Databank.objects.get(slug="vilans")
    level = Niveau.objects.get(slug="effectief")
    factories.make_erkenning(interventie, databank=databank, niveau=level)
    factories.publish(interventie)
    assert found("vilans") == {aanpak.slug}
    assert aanpak.slug in found("effectief")


@build_anew
def test_a_listing_is_found_by_its_databank_in_full_and_for_short(settle):
    interventie = factories.make_interventie()
    aanpak = factories.make_aanpak(interventie=interventie)
    ncj = Databank.objects.get(slug="ncj")
    factories.make_vermelding(interventie, databank=ncj)
    factories.publish(interventie)
    settle()
    assert found("ncj") == found("nederlands centrum jeugdgezondheid") == {aanpak.slug}


@build_anew
def test_a_register_entry_that_readers_do_not_see_is_not_searched(settle):
    settle()
    assert "thuis-op-straat" in found("effectief")
    factories.withdraw(Interventie.objects.get(slug="thuis-op-straat"))
    assert "thuis-op-straat" not in found("effectief")


def test_a_renamed_databank_is_found_by_its_new_name():
    Databank.objects.filter(slug="nji").update(naam="Zzinstituut")
    assert "pbs-in-de-wijk" in found("zzinstituut")
