"""Status, time of publication, and the slugs that an entry leaves behind."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from aanpakken.models import Aanpak
from interventies.models import Interventie
from tests import factories
from wijkwijzer.core.models import Publiceerbaar, Status, VorigeSlug

pytestmark = pytest.mark.usefixtures("inhoud")

MOMENT = datetime(2020, 1, 2, 3, tzinfo=UTC)


def old_slugs(instance) -> list[str]:
    return list(
        VorigeSlug.objects.filter(object_id=instance.pk).values_list("slug", flat=True)
    )


def test_only_what_is_published_counts_as_published():
    made = {
        status: factories.make_aanpak(status=status, reden_archivering="Voorbij.")
        for status in Status.values
    }
    assert made[Status.GEPUBLICEERD] in Aanpak.objects.gepubliceerd()
    assert made[Status.GEARCHIVEERD] in Aanpak.objects.gearchiveerd()
    for status in (Status.CONCEPT, Status.TER_BEOORDELING):
        assert made[status] not in Aanpak.objects.gepubliceerd()
        assert made[status] not in Aanpak.objects.gearchiveerd()
        assert not made[status].is_gepubliceerd
        assert not made[status].is_gearchiveerd
    assert made[Status.GEPUBLICEERD].is_gepubliceerd
    assert made[Status.GEARCHIVEERD].is_gearchiveerd


def test_a_new_entry_is_a_concept_without_time_of_publication():
    aanpak = Aanpak.objects.create(naam="Nieuw", slug="nieuw", rubriek="interventie")
    assert aanpak.status == Status.CONCEPT
    assert aanpak.gepubliceerd_op is None


def test_publishing_sets_the_time_once():
    aanpak = factories.make_aanpak(status=Status.CONCEPT)
    aanpak.status = Status.GEPUBLICEERD
    aanpak.save()
    first = Aanpak.objects.get(pk=aanpak.pk).gepubliceerd_op
    assert first is not None

    aanpak.status = Status.CONCEPT
    aanpak.save()
    aanpak.status = Status.GEPUBLICEERD
    aanpak.save()
    assert Aanpak.objects.get(pk=aanpak.pk).gepubliceerd_op == first


def test_a_given_time_of_publication_stays():
    assert factories.make_aanpak(gepubliceerd_op=MOMENT).gepubliceerd_op == MOMENT


def test_a_form_may_publish_without_a_time():
    aanpak = factories.make_aanpak(status=Status.CONCEPT)
    aanpak.status = Status.GEPUBLICEERD
    aanpak.full_clean()
    assert aanpak.gepubliceerd_op is not None


def test_each_entry_gets_its_own_uuid():
    first, second = factories.make_aanpak(), factories.make_aanpak()
    assert first.uuid != second.uuid


def test_a_changed_slug_is_remembered():
    aanpak = Aanpak.objects.get(slug="buurtcirkel")
    aanpak.slug = "de-buurtcirkel"
    aanpak.save()
    assert old_slugs(aanpak) == ["buurtcirkel"]

    aanpak.slug = "cirkel"
    aanpak.save()
    assert set(old_slugs(aanpak)) == {"buurtcirkel", "de-buurtcirkel"}


def test_a_slug_that_was_never_saved_is_not_remembered():
    aanpak = Aanpak(naam="Nieuw", slug="eerste", rubriek="interventie")
    aanpak.slug = "tweede"
    aanpak.save()
    assert old_slugs(aanpak) == []


def test_a_slug_changed_after_creating_is_remembered():
    aanpak = factories.make_aanpak(slug="eerste")
    aanpak.slug = "tweede"
    aanpak.save()
    assert old_slugs(aanpak) == ["eerste"]


def test_saving_without_loading_the_slug_remembers_nothing():
    pk = factories.make_aanpak(slug="eerste").pk
    aanpak = Aanpak.objects.only("pk", "status", "gepubliceerd_op").get(pk=pk)
    aanpak.save(update_fields=["status"])
    assert old_slugs(aanpak) == []


def test_a_slug_that_comes_back_is_no_longer_an_old_one():
    aanpak = factories.make_aanpak(slug="eerste")
    for slug in ("tweede", "eerste"):
        aanpak.slug = slug
        aanpak.save()
    assert old_slugs(aanpak) == ["tweede"]


def test_a_failed_save_leaves_no_old_slug():
    aanpak = factories.make_aanpak(slug="eerste")
    aanpak.slug = "buurtcirkel"
    with pytest.raises(ValidationError):
        aanpak.full_clean()
    assert old_slugs(aanpak) == []


def test_the_old_slug_of_another_entry_is_refused_with_a_reason():
    aanpak = factories.make_aanpak(slug="eerste")
    aanpak.slug = "tweede"
    aanpak.save()
    with pytest.raises(ValidationError) as error:
        factories.make_aanpak(slug="ander").__class__(
            naam="Ander", slug="eerste", rubriek="interventie", samenvatting="Iets."
        ).full_clean()
    assert error.value.message_dict == {
        "slug": ["Dit was het adres van een ander item. Kies een andere slug."]
    }


def test_an_entry_may_take_back_its_own_old_slug():
    aanpak = factories.make_aanpak(slug="eerste")
    aanpak.slug = "tweede"
    aanpak.save()
    aanpak.slug = "eerste"
    aanpak.full_clean()


def test_an_old_slug_of_one_kind_is_free_for_another_kind():
    aanpak = factories.make_aanpak(slug="eerste")
    aanpak.slug = "tweede"
    aanpak.save()
    Interventie(naam="Interventie", slug="eerste").full_clean()


def test_the_admin_shows_an_old_slug_by_its_text():
    aanpak = factories.make_aanpak(slug="eerste")
    aanpak.slug = "tweede"
    aanpak.save()
    assert str(VorigeSlug.objects.get(slug="eerste")) == "eerste"


def test_a_kind_of_entry_must_say_its_address():
    with pytest.raises(NotImplementedError):
        Publiceerbaar.get_absolute_url(factories.make_aanpak())
