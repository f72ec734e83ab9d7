"""One declaration gives index, form, chips and counts."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.http import QueryDict

from aanpakken.facets import FACETS, REGISTER
from aanpakken.models import Basis
from aanpakken.terms import ThemaTerm
from aanpakken.whole import AanpakDocument
from interventies.models import Niveau
from tests import factories
from wijkwijzer.facets.declaration import FACETTEN, Facet, Waarde
from wijkwijzer.facets.filters import FacetFilterSet
from wijkwijzer.facets.index import FacetIndexer
from wijkwijzer.search.index import ZoekIndexer
from wijkwijzer.search.registry import ZOEKEN
from wijkwijzer.wholes import collection, layers
from wijkwijzer.wholes.collection import Collection
from wijkwijzer.wholes.current import Current, current_stand
from wijkwijzer.wholes.declaration import Ref
from wijkwijzer.wholes.stand import Stand

NO_STAND: Any = None


def facet_of(path: str) -> Facet:
    return Facet("f", "F", path=path)


def thing(**values: Any) -> SimpleNamespace:
    return SimpleNamespace(**values)


def term(key: str) -> ThemaTerm:
    found = ThemaTerm.__new__(ThemaTerm)
    found.key = found.slug = key
    return found


@pytest.mark.parametrize(
    ("document", "path", "slugs"),
    [
        (thing(a="x"), "a", ["x"]),
        (thing(a=3), "a", ["3"]),
        (thing(a=""), "a", []),
        (thing(a=None), "a", []),
        (thing(a=None), "a.b", []),
        (thing(a=["x", "y"]), "a", ["x", "y"]),
        (thing(a=[thing(b="x"), thing(b=None), thing(b="y")]), "a.b", ["x", "y"]),
        (thing(a=[thing(b=[thing(c="x")])]), "a.b.c", ["x"]),
        (thing(a=term("zeggenschap")), "a", ["zeggenschap"]),
        (thing(a=[thing(b=term("x"))]), "a.b", ["x"]),
        (thing(a=Basis.EXPLICIET), "a", ["expliciet"]),
        (thing(a=Ref(AanpakDocument, UUID(int=7), NO_STAND)), "a", [UUID(int=7).hex]),
    ],
)
def test_a_path_leads_through_parts_and_over_what_is_empty(document, path, slugs):
    assert facet_of(path).slugs(document, NO_STAND) == slugs


def test_a_record_without_a_value_has_the_one_for_empty():
    empty = Facet("f", "F", path="a", empty=Waarde("geen", "Geen"))
    assert empty.slugs(thing(a=[]), NO_STAND) == ["geen"]
    assert empty.slugs(thing(a="x"), NO_STAND) == ["x"]
    assert empty.waarden(NO_STAND) == []


def test_values_come_from_a_list_from_choices_or_from_the_stand(inhoud):
    stand = current_stand()
    themas = [Waarde(t.key, t.naam) for t in stand.terms(ThemaTerm)]
    short = [Waarde(t.key, t.kort) for t in stand.terms(ThemaTerm)]
    assert Facet("f", "F", ThemaTerm).waarden(stand) == themas
    assert Facet("f", "F", ThemaTerm, label="kort").waarden(stand) == short
    bases = [
        ("expliciet", "genoemd in de bron"),
        ("redactioneel", "toegevoegd door de redactie"),
    ]
    assert Facet("f", "F", Basis).waarden(stand) == bases
    number = Facet("f", "F", lambda stand: [Waarde(str(stand.number), "Nu")])
    assert number.waarden(stand) == [(str(stand.number), "Nu")]
    last = Facet("f", "F", Basis, empty=Waarde("geen", "Geen"))
    assert last.waarden(stand) == [*bases, ("geen", "Geen")]


def test_a_value_of_another_record_is_that_of_its_published_version(inhoud):
    (niveau,) = (facet for facet in FACETS if facet.key == "niveau")
    assert niveau.via == REGISTER
    interventie = factories.make_interventie()
    level = Niveau.objects.get(slug="goed-onderbouwd")
    factories.make_erkenning(interventie, niveau=level)
    slug = factories.make_aanpak(interventie=interventie).slug

    def found() -> list[str]:
        stand = current_stand()
        return niveau.slugs(stand.get(AanpakDocument, slug), stand)

    assert found() == ["goed-onderbouwd"]
    interventie.erkenningen.all().delete()
    assert found() == ["goed-onderbouwd"], "that was the working copy"
    factories.publish(interventie)
    assert found() == ["onbekend"]
    factories.make_erkenning(interventie, niveau=level)
    factories.withdraw(interventie)
    assert found() == ["onbekend"], "of what readers do not see, nothing is known"


# A new one

NEW = Facet("grond", "Waar staat het?", Basis, "themas.basis", open=False)


class NewFilter(FacetFilterSet):
    declared = AanpakDocument
    facets = (*FACETS, NEW)


@pytest.fixture
def stand(inhoud, monkeypatch) -> Stand:
    """What readers see once the facet is declared."""
    indexers = {FACETTEN: FacetIndexer(NewFilter.facets), ZOEKEN: ZoekIndexer()}
    monkeypatch.setitem(
        collection._collections, "aanpak", Collection(indexers=indexers)
    )
    return Current()()


@pytest.mark.long
def test_a_new_facet_on_data_of_the_document_is_one_declaration(stand):
    bases = [
        {koppeling.basis for koppeling in aanpak.themas}
        for aanpak in stand.all(AanpakDocument)
    ]
    stated = sum(Basis.EXPLICIET in found for found in bases)
    assert 0 < stated < len(bases)
    filters = NewFilter(QueryDict("grond=expliciet&grond=onzin"), stand)
    assert len(filters.treffers()) == stated
    (group,) = (group for group in filters.facetten() if group.sleutel == "grond")
    assert [(o.label, o.aantal, o.gekozen) for o in group.opties] == [
        ("genoemd in de bron", stated, True),
        (
            "toegevoegd door de redactie",
            sum(Basis.REDACTIONEEL in found for found in bases),
            False,
        ),
    ]
    assert [(chip.groep, chip.label, chip.url) for chip in filters.chips()] == [
        ("Waar staat het?", "genoemd in de bron", "?")
    ]
    assert filters.meldingen() == [
        "Waar staat het?: “onzin” bestaat niet. We hebben dit filter niet gebruikt."
    ]
    assert filters.query().urlencode() == "grond=expliciet"


def test_a_base_of_other_facets_is_not_used(inhoud, monkeypatch):
    base, changes = current_stand.state[0], current_stand.in_use.changes
    assert layers.lay_over(base, changes, None)
    indexers = {FACETTEN: FacetIndexer(NewFilter.facets), ZOEKEN: ZoekIndexer()}
    monkeypatch.setitem(
        collection._collections, "aanpak", Collection(indexers=indexers)
    )
    assert layers.lay_over(base, changes, None) is None
