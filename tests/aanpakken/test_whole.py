"""What the document of an aanpak says of itself, in the words and order of its page."""

from __future__ import annotations

import pytest

from aanpakken.models import Aanpak, Actor, Actorlaag, Reflectiethema
from aanpakken.terms import DoelgroepTerm
from aanpakken.whole import AanpakDocument, DoelgroepPart
from interventies.models import Niveau
from tests import factories
from wijkwijzer.facets.declaration import FACETTEN
from wijkwijzer.wholes.current import current_stand

pytestmark = pytest.mark.usefixtures("inhoud")


def seen(aanpak: Aanpak) -> AanpakDocument:
    """The aanpak as readers see it, with what was added to it since."""
    factories.publish(aanpak)
    document = current_stand().get(AanpakDocument, aanpak.slug)
    assert document
    return document


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        ((None, None), ""),
        ((14, None), "vanaf 14 jaar"),
        ((None, 12), "tot en met 12 jaar"),
        ((None, 12, True), "tot 12 jaar"),
        ((2, 18), "2 tot en met 18 jaar"),
        ((4, 20, True), "4 tot 20 jaar"),
        ((0, 4), "0 tot en met 4 jaar"),
        ((0, None), "vanaf 0 jaar"),
        ((None, 0), "tot en met 0 jaar"),
    ],
)
def test_ages_in_words_name_only_the_bounds_of_the_source(bounds, words):
    part = DoelgroepPart(
        doelgroep=DoelgroepTerm(),
        rol="primair",
        omschrijving="",
        leeftijd_van=bounds[0],
        leeftijd_tot=bounds[1],
        bovengrens_telt_niet=bounds[2:] == (True,),
    )
    assert part.leeftijd == words


def test_the_rings_of_an_aanpak_follow_from_who_carries_it_out():
    aanpak = factories.make_aanpak()
    assert seen(aanpak).lagen() == []
    rings = {laag.slug: laag for laag in Actorlaag.objects.all()}
    for place, (name, ring) in enumerate(
        [("a", "gemeente"), ("b", "bewoner"), ("c", "gemeente"), ("d", "")]
    ):
        aanpak.uitvoeringen.create(
            naam=name,
            rol="uitvoerder",
            laag=rings.get(ring),
            laag_basis="redactioneel",
            volgorde=place,
        )
    document = seen(aanpak)
    assert [laag.slug for laag in document.lagen()] == ["bewoner", "gemeente"]
    per_ring = [
        (laag and laag.slug, [u.naam for u in doers])
        for laag, doers in document.uitvoeringen_per_laag()
    ]
    assert per_ring == [("bewoner", ["b"]), ("gemeente", ["a", "c"]), (None, ["d"])]


def test_only_neighbours_with_the_same_remark_are_told_of_together():
    aanpak = factories.make_aanpak()
    remarks = ["Zo is het.", "Zo is het.", "Of zo.", "Zo is het.", "", ""]
    for place, remark in enumerate(remarks):
        aanpak.uitvoeringen.create(
            naam=f"deelnemer {place}",
            rol="partner",
            laag_basis="redactioneel",
            opmerking=remark,
            volgorde=place,
        )
    ((_, deelnames),) = seen(aanpak).deelnames_per_laag()
    assert [
        "".join(f"{wie.voor}{wie.naam}" for wie in deelname.deelnemers)
        for deelname in deelnames
    ] == [
        *("Deelnemer 0 en deelnemer 1", "Deelnemer 2", "Deelnemer 3"),
        *("Deelnemer 4", "Deelnemer 5"),
    ]
    assert [d.uitvoering.opmerking for d in deelnames] == [remarks[0], *remarks[2:]]


@pytest.mark.parametrize("rol", ["partner", "verwijzer"])
def test_who_works_along_or_sends_people_gives_an_aanpak_no_ring(rol):
    aanpak = factories.make_aanpak()
    actor = Actor.objects.select_related("laag").get(slug="wijkagent")
    aanpak.uitvoeringen.create(
        naam="x", rol=rol, actor=actor, laag=actor.laag, laag_basis="lijst"
    )
    document = seen(aanpak)
    assert document.lagen() == []
    ((ring, doers),) = document.uitvoeringen_per_laag()
    assert (ring.slug, [u.rol for u in doers]) == (actor.laag.slug, [rol])
    index = current_stand().index(AanpakDocument, FACETTEN)
    position = current_stand().records(AanpakDocument).of_uuid(document.uuid)
    assert [*index.values_at("laag", position)] == []
    assert [*index.values_at("actor", position)] == ["wijkagent"]


def test_the_strong_themes_stand_first_then_the_order_of_the_themes():
    aanpak = factories.make_aanpak()
    themes = [*Reflectiethema.objects.order_by("volgorde")]
    for thema, strength in zip(themes, ("zwak", "sterk", "zwak", "sterk"), strict=True):
        aanpak.themakoppelingen.create(thema=thema, basis="expliciet", sterkte=strength)
    shown = [part.thema.slug for part in seen(aanpak).themas_op_sterkte()]
    assert shown == [themes[place].slug for place in (1, 3, 0, 2)]


def test_all_groups_count_when_none_is_primary():
    aanpak = factories.make_aanpak()
    groups = [factories.make_doelgroep() for _ in range(2)]
    for group in groups:
        aanpak.doelgroepkoppelingen.create(
            doelgroep=group, rol="secundair", omschrijving="x"
        )
    assert len(seen(aanpak).primaire_doelgroepen()) == 2
    aanpak.doelgroepkoppelingen.filter(doelgroep=groups[1]).update(rol="primair")
    (primary,) = seen(aanpak).primaire_doelgroepen()
    assert primary.doelgroep.slug == groups[1].slug


def test_facts_can_be_asked_by_kind():
    aanpak = factories.make_aanpak()
    for kind in ("duur", "kosten"):
        aanpak.feiten.create(soort=kind, tekst=kind, bron_url="https://a.example")
    document = seen(aanpak)
    assert [feit.tekst for feit in document.feiten_van("kosten")] == ["kosten"]
    assert [feit.tekst for feit in document.duur()] == ["duur"]
    assert len(document.feiten_van("kosten", "duur", "groepsgrootte")) == 2


# The register entry


def test_only_a_published_register_entry_is_shown_with_an_aanpak():
    entry = factories.make_interventie(status="concept")
    niveau = Niveau.objects.get(slug="effectief")
    factories.make_erkenning(entry, niveau=niveau)
    aanpak = factories.make_aanpak(interventie=entry)

    def shown() -> tuple[str, str]:
        document = current_stand().get(AanpakDocument, aanpak.slug)
        interventie = document.zichtbare_interventie
        geldigheid = document.geldigheid
        assert bool(document.geldigheden) is bool(geldigheid)
        return interventie and interventie.slug, geldigheid and geldigheid.niveau.slug

    assert shown() == (None, None)
    factories.publish(entry)
    assert shown() == (entry.slug, "effectief")
    factories.withdraw(entry)
    assert shown() == (None, None)


def test_a_change_of_the_entry_that_is_not_published_is_not_shown_with_an_aanpak():
    entry = factories.make_interventie()
    aanpak = factories.make_aanpak(interventie=entry)
    entry.erkenningen.create(
        databank=factories.Databank.objects.first(), bron_url="https://a.example"
    )
    assert current_stand().get(AanpakDocument, aanpak.slug).geldigheid is None
    factories.publish(entry)
    assert current_stand().get(AanpakDocument, aanpak.slug).geldigheid


def test_an_aanpak_without_register_entry_has_none():
    assert seen(factories.make_aanpak()).zichtbare_interventie is None
