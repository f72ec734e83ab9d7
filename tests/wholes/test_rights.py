"""Only who has the right shows readers something, and where it is set, not alone."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from tests.meta.test_admin import form_data
from tests.wholes.begrippen import make_begrip, publisher, writer
from wijkwijzer.core.models import Status
from wijkwijzer.wholes import actions, review, schedule
from wijkwijzer.wholes.actions import CannotPublishError
from wijkwijzer.wholes.models import Versie, Watgepland

pytestmark = pytest.mark.usefixtures("inhoud")


def test_who_only_writes_gets_no_button_that_publishes():
    seen = make_begrip(Status.GEPUBLICEERD)
    text = writer().sees(seen)
    assert "Opslaan en publiceren" not in text
    assert "Opslaan en indienen" in text
    for page in ("publiceren", "intrekken", "plannen"):
        assert f"/{page}/" not in text
    text = publisher().sees(seen)
    assert "Opslaan en publiceren" in text
    assert "Opslaan en indienen" not in text


@pytest.mark.parametrize("page", ["publiceren", "intrekken", "plannen"])
def test_who_only_writes_reaches_no_page_that_publishes(page):
    seen = make_begrip(Status.GEPUBLICEERD)
    person = writer()
    assert person.client.get(person.url(seen, page)).status_code == 403
    answer = person.posts(seen, page, reden="Weg.", wat="publiceren")
    assert answer.status_code == 403
    assert Versie.objects.filter(uuid=seen.uuid).count() == 1


def test_a_form_that_publishes_is_refused_whole_to_who_only_writes():
    concept = make_begrip(naam="Eerst")
    answer = writer().saves(concept, "_publiceren", naam="Stiekem")
    assert answer.status_code == 403
    concept.refresh_from_db()
    assert concept.naam == "Eerst"
    assert not Versie.objects.filter(uuid=concept.uuid).exists()


def test_no_action_publishes_for_who_may_not():
    seen, by = make_begrip(Status.GEPUBLICEERD), writer().user
    review.submit(record=seen, by=by)
    for act in (
        lambda: actions.publish(record=seen, by=by),
        lambda: actions.withdraw(record=seen, by=by, reason="Weg."),
        lambda: review.send_back(record=seen, by=by, reason="Nee."),
        lambda: schedule.cancel(record=seen, what=Watgepland.PUBLICEREN, by=by),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_with_four_eyes_who_wrote_it_does_not_publish_it(settings):
    settings.VIER_OGEN = True
    begrip = make_begrip()
    one, other = publisher("noor"), publisher("sami")
    one.saves(begrip, naam="Van Noor")
    assert "Laat een collega ernaar kijken" in one.sees(begrip, "publiceren")
    assert "Opslaan en publiceren" not in one.sees(begrip)
    with pytest.raises(CannotPublishError, match="zelf gewijzigd"):
        actions.publish(record=begrip, by=one.user)
    one.posts(begrip, "publiceren")
    assert not Versie.objects.filter(uuid=begrip.uuid).exists()
    other.posts(begrip, "publiceren")
    versie = Versie.objects.get(uuid=begrip.uuid)
    assert versie.door == other.user
    assert "Van Noor" in (versie.document or "")
    # What readers see is nobody's change any more.
    other.saves(begrip, naam="Van Sami")
    one.posts(begrip, "publiceren")
    assert Versie.objects.filter(uuid=begrip.uuid).count() == 2


def test_a_part_that_was_changed_by_itself_counts_as_well(settings):
    settings.VIER_OGEN = True
    begrip = make_begrip()
    begrip.verwijzingen.create(label="Elders", url="https://voorbeeld.example/")
    person = publisher()
    person.user.is_superuser = True
    person.user.save()
    part = begrip.verwijzingen.get()
    url = f"/admin/kennisdossier/begripverwijzing/{part.pk}/change/"
    data = form_data(person.client.get(url)) | {"label": "Anders"}
    assert person.client.post(url, data).status_code == 302
    assert "Laat een collega ernaar kijken" in person.sees(begrip, "publiceren")
