import pytest
from django.urls import reverse

from aanpakken.catalogus import catalogus
from aanpakken.models import Aanpak
from aanpakken.verwant import verwante_aanpakken

pytestmark = pytest.mark.django_db


def related(slug):
    index = catalogus()
    return verwante_aanpakken(index, index.pks[index.slugs.index(slug)])


def test_related_aanpakken_share_what_the_reasons_say():
    first, *_ = related("futsal-chabbab")
    assert first.slug == "thuis-op-straat"
    assert "doelgroep: Kinderen, Jongeren" in first.redenen


@pytest.mark.parametrize("slug", ["abcd", "goldensports", "slagkracht-in-de-wijk"])
def test_an_aanpak_is_not_related_to_itself_and_each_other_has_a_reason(slug):
    others = related(slug)
    assert others
    assert slug not in {other.slug for other in others}
    assert all(other.redenen for other in others)


def test_a_concept_is_related_to_nothing_and_nothing_to_it():
    concept = Aanpak.objects.get(slug="thuis-op-straat")
    Aanpak.objects.filter(pk=concept.pk).update(status="concept")
    assert verwante_aanpakken(catalogus(), concept.pk) == []
    assert "thuis-op-straat" not in {o.slug for o in related("futsal-chabbab")}


def test_the_detail_page_names_them_with_their_reasons(client):
    html = client.get(reverse("aanpakken:detail", args=["futsal-chabbab"])).content
    assert "Thuis op Straat" in html.decode()
