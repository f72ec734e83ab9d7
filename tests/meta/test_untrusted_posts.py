"""A form that another site sends in somebody's name does nothing, at any address."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, resolve

from kennisdossier.models import Dossier
from tests import html
from tests.deelname.formulieren import TEKST, sleutel
from tests.meta.test_house import addresses
from tests.paginas import FORMULIEREN, bereid_voor
from wijkwijzer.deelname.forms import MeldingForm
from wijkwijzer.deelname.formulierpagina import AFGEKEURD, formulierpagina
from wijkwijzer.deelname.models import Poging
from wijkwijzer.deelname.spam import Formulier

# By the name of the address: the kind of form there. A form may have any of the fields.
SOORTEN = {
    "reageren": Formulier.REACTIE,
    "waarderen": Formulier.STEM,
    "reactie_melden": Formulier.MELDING,
    "contact": Formulier.CONTACT,
    "praktijkvoorbeeld_delen": Formulier.VOORBEELD,
    "volgen": Formulier.VOLGEN,
    "abonnement": Formulier.ABONNEMENT,
}
VELDEN = {
    "stap": "plaatsen",
    "tekst": TEKST,
    "waarde": "4",
    "ritme": "week",
    "reden": "Dit klopt niet.",
    "vraag": "Hoe begin ik?",
    "naam_voorbeeld": "Soep op straat",
    "plaats": "Utrecht",
    "omschrijving": "Buren koken samen.",
    "email": "noor@voorbeeld.example",
}
VOORBEELDEN = {
    "int": "1",
    "slug": "x",
    "str": "x",
    "path": "x",
    "elke_uuid": "00000000-0000-4000-8000-000000000000",
}
FORMULIERADRESSEN = {resolve(pagina.pad).route: pagina.pad for pagina in FORMULIEREN}
# What is posted there is answered, and nothing else: no form has to be kept safe.
BEANTWOORD = {"wijkplan/wijkplan.pdf", "wijkplan/wijkplan.docx"}
ROUTES = sorted({*addresses(get_resolver())})


@pytest.fixture(autouse=True)
def _klaar(inhoud, settings):
    cache.clear()
    bereid_voor()
    settings.REDACTIE_EMAIL = "redactie@wijkwijzer.example"


def pad_van(route: str) -> str:
    """An address that has this route; of a form one that exists."""
    return FORMULIERADRESSEN.get(route) or "/" + re.sub(
        r"<(\w+):\w+>", lambda deel: VOORBEELDEN[deel[1]], route
    )


def ingevuld(pad: str) -> dict[str, str]:
    """A form with which nothing is wrong but who sent it."""
    soort = SOORTEN.get(resolve(pad).url_name)
    return VELDEN | ({"sleutel": sleutel(soort)} if soort else {})


def geschreven(queries: CaptureQueriesContext) -> list[str]:
    lezen = ("SELECT", "DECLARE", "SAVEPOINT", "RELEASE", "ROLLBACK")
    return [q["sql"] for q in queries if not q["sql"].startswith(lezen)]


def test_every_address_of_a_form_is_known_here():
    assert {resolve(pad).url_name for pad in FORMULIERADRESSEN.values()} == {*SOORTEN}


@pytest.mark.once
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route or "/")
def test_an_untrusted_post_does_nothing_at_any_public_address(route):
    pad, vreemd = pad_van(route), Client(enforce_csrf_checks=True)
    assert resolve(pad).route == route
    with CaptureQueriesContext(connection) as queries:
        elders = {"Sec-Fetch-Site": "cross-site"}
        response = vreemd.post(pad, ingevuld(pad), headers=elders)
    assert geschreven(queries) == []
    if route in FORMULIERADRESSEN:
        # Softly: what was written is still there.
        assert response.status_code == 200
        assert "We weten niet zeker of jij dit" in html.read(response.content).text
    else:
        assert response.status_code == (403 if route in BEANTWOORD else 405)


@pytest.mark.parametrize("route", FORMULIERADRESSEN)
def test_the_same_form_from_our_own_page_is_kept(route):
    pad, eigen = pad_van(route), Client(enforce_csrf_checks=True)
    token = html.read(eigen.get(pad).content).one("input", name="csrfmiddlewaretoken")
    with CaptureQueriesContext(connection) as queries:
        response = eigen.post(pad, ingevuld(pad) | {token["name"]: token["value"]})
    assert response.status_code == 303
    assert geschreven(queries)


# A view that forgets to ask


@formulierpagina(MeldingForm)
def vergeetachtig(request):
    """Does what a form says without asking whether it may."""
    with transaction.atomic():
        Poging.objects.create(kenmerk=request.POST.get("kenmerk", "zonder formulier"))
    return HttpResponse("Gedaan.")


@formulierpagina(MeldingForm)
def nog_vergeetachtiger(request):
    Dossier.objects.update(naam="Weg")
    return HttpResponse("Gedaan.")


@formulierpagina(MeldingForm)
def alles_vergeten(request):
    with connection.cursor() as cursor:
        cursor.execute(" \n delete from deelname_poging")
    return HttpResponse("Gedaan.")


@pytest.mark.parametrize("view", [vergeetachtig, nog_vergeetachtiger, alles_vergeten])
@pytest.mark.parametrize("methode", ["post", "get"])
def test_a_view_that_forgets_to_ask_cannot_write(view, methode):
    """Nor can one that writes when somebody only looks."""
    request = getattr(RequestFactory(), methode)("/")
    Poging.objects.create(kenmerk="van een ander")
    with pytest.raises(PermissionDenied), transaction.atomic():
        view(request)
    assert Poging.objects.get().kenmerk == "van een ander"
    assert not Dossier.objects.filter(naam="Weg").exists()


def test_a_view_may_write_what_a_trusted_form_says():
    request = RequestFactory().post("/", {"kenmerk": "van onze eigen pagina"})
    request._dont_enforce_csrf_checks = True  # as Django's own test client does
    assert vergeetachtig(request).status_code == 200
    assert AFGEKEURD not in request.META
    assert Poging.objects.get().kenmerk == "van onze eigen pagina"


def test_after_a_refused_view_the_same_thread_can_write_again():
    with pytest.raises(PermissionDenied):
        vergeetachtig(RequestFactory().post("/"))
    Poging.objects.create(kenmerk="daarna")
    assert Poging.objects.exists()
