"""The working copy of a record: its status, its slug, its revisie."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from aanpakken.models import Aanpak
from kennisdossier.models import Praktijkvoorbeeld
from tests import factories
from wijkwijzer.core.models import Publiceerbaar, Status

pytestmark = pytest.mark.usefixtures("inhoud")

MOMENT = datetime(2020, 1, 2, 3, tzinfo=UTC)


def stored(record: Publiceerbaar) -> Publiceerbaar:
    return type(record).objects.get(pk=record.pk)


def test_only_what_readers_see_counts_as_published():
    made = {
        status: factories.make_aanpak(status=status, reden="Voorbij.")
        for status in Status.values
    }
    for status, aanpak in made.items():
        published = aanpak in Aanpak.objects.gepubliceerd()
        archived = aanpak in Aanpak.objects.gearchiveerd()
        assert published == (status == Status.GEPUBLICEERD)
        assert archived == (status == Status.GEARCHIVEERD)


def test_a_new_record_is_a_concept_without_time_of_publication():
    aanpak = Aanpak.objects.create(naam="Nieuw", slug="nieuw", rubriek="interventie")
    assert aanpak.status == Status.CONCEPT
    assert aanpak.gepubliceerd_op is None


def test_the_first_publication_sets_the_time_and_later_ones_leave_it():
    aanpak = factories.make_aanpak(status=Status.CONCEPT)
    factories.publish(aanpak, at=MOMENT)
    assert stored(aanpak).gepubliceerd_op == MOMENT
    factories.withdraw(aanpak)
    aanpak.naam = "Anders"
    aanpak.save()
    factories.publish(aanpak)
    assert stored(aanpak).gepubliceerd_op == MOMENT


def test_a_withdrawn_record_has_its_reason_until_it_is_back():
    aanpak = factories.make_archived_aanpak(reden="Voorbij.")
    assert stored(aanpak).reden_archivering == "Voorbij."
    factories.publish(aanpak)
    assert stored(aanpak).reden_archivering == ""
    assert stored(aanpak).status == Status.GEPUBLICEERD


def test_each_record_gets_its_own_uuid():
    first, second = factories.make_aanpak(), factories.make_aanpak()
    assert first.uuid != second.uuid


@pytest.mark.parametrize(
    ("model", "slug"),
    [(Aanpak, "matrix"), (Aanpak, "vergelijken"), (Praktijkvoorbeeld, "delen")],
)
def test_the_address_of_another_page_is_refused_as_a_slug(model, slug):
    with pytest.raises(ValidationError) as error:
        model(naam="Nieuw", slug=slug).clean()
    assert error.value.message_dict == {
        "slug": ["Op dit adres staat al een andere pagina. Kies iets anders."]
    }


def test_saving_an_old_copy_does_not_put_the_revisie_back():
    aanpak = factories.make_aanpak()
    old = stored(aanpak)
    for naam in ("Eerste", "Tweede"):
        aanpak.naam = naam
        aanpak.save()
    now = stored(aanpak).revisie
    assert now > old.revisie
    old.save()
    assert stored(aanpak).revisie > now


def test_a_kind_of_record_is_called_by_its_model():
    assert [Aanpak.soort, Praktijkvoorbeeld().soort] == ["aanpak", "praktijkvoorbeeld"]


def test_a_kind_of_record_must_say_its_address():
    with pytest.raises(NotImplementedError):
        Publiceerbaar.get_absolute_url(factories.make_aanpak())
