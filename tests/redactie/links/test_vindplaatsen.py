"""Where addresses stand follows from the declarations, so no field is forgotten."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import URLField

from aanpakken.models import Link
from interventies.models import Databank
from kennisdossier.models import Artikel
from kennisdossier.opmaak import OpgemaakteTekstField
from tests import factories
from wijkwijzer.core.models import Bron
from wijkwijzer.redactie.links.vindplaatsen import (
    adresvelden,
    alle_adressen,
    vervang,
    vindplaatsen,
)
from wijkwijzer.wholes.actions import working_document
from wijkwijzer.wholes.registry import whole_of

# Models of which no address is shown to readers, each with the reason.
NIET = {
    "deelname.Inzending": "what a reader sent: of editors only, and not kept",
    "deelname.Abonnement": "the address of the site itself, for links in mails",
    "core.Adrescontrole": "what the check itself writes",
    "core.DodeLink": "what the check itself writes",
}
ADRES = "https://gezocht.example/a?b=1&c=2#deel"
TEKST = f'<p>Lees <a href="{ADRES.replace("&", "&amp;")}">dit</a> eens.</p>'


def test_every_field_with_addresses_is_looked_at():
    velden = {(v.spec.model, v.veld.source) for v in adresvelden()}
    ours = {name.rpartition(".")[2] for name in settings.LOCAL_APPS}
    for model in apps.get_models():
        if model._meta.app_label not in ours or model._meta.label in NIET:
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, URLField | OpgemaakteTekstField):
                assert (model, field.name) in velden, field
    assert len(velden) > 10


def places(adres: str) -> set[tuple[str, str, bool]]:
    return {
        (str(p.model._meta.model_name), p.veld, p.van_lezers)
        for p in vindplaatsen([adres]).get(adres, [])
    }


@pytest.mark.django_db
def test_an_address_is_found_in_a_field_a_part_a_text_and_a_list():
    link = factories.make_link(url=ADRES)
    factories.make_artikel(tekst=TEKST)
    factories.make_bron(url=ADRES)
    databank = Databank.objects.filter(pk=Databank.objects.first().pk)
    databank.update(werkveld_bron=ADRES, toelichting=f"Zo zegt het ({ADRES}).")
    assert places(ADRES) == {
        ("aanpak", "links: adres", False),
        ("dossier", "artikelen: tekst", False),
        ("bron", "adres", False),
        ("databank", "bron van het werkveld", False),
        ("databank", "toelichting", False),
    }
    (plaats,) = (p for p in vindplaatsen([ADRES])[ADRES] if p.veld == "links: adres")
    assert plaats.pk == link.aanpak_id
    assert ADRES in alle_adressen()


@pytest.mark.django_db
def test_what_only_readers_still_see_is_found_too():
    link = factories.make_link(url=ADRES)
    Link.objects.filter(pk=link.pk).update(url="https://nieuw.example/")
    assert places(ADRES) == {("aanpak", "links: adres", True)}
    assert {ADRES, "https://nieuw.example/"} <= alle_adressen()
    factories.publish(link.aanpak)
    assert places(ADRES) == set()
    assert ADRES not in alle_adressen()


@pytest.mark.django_db
def test_another_address_is_put_wherever_the_old_one_stands():
    artikel = factories.make_artikel(
        tekst=f'{TEKST}<p><a href="https://blijft.example/">Blijft</a></p>'
    )
    declared = whole_of(type(artikel.dossier))
    data = working_document(artikel.dossier)
    assert vervang(declared, data, ADRES, 'https://n.example/?x="1"&y=<2') == 1
    tekst = data["artikelen"][0]["tekst"]
    assert 'href="https://n.example/?x=%221%22&amp;y=%3C2"' in tekst
    assert "https://blijft.example/" in tekst
    assert (
        vervang(declared, data, "https://nergens.example/", "https://x.example/") == 0
    )


@pytest.mark.django_db
def test_one_address_or_many_are_found_in_three_queries(
    inhoud, django_assert_max_num_queries
):
    adressen = sorted(alle_adressen())
    assert len(adressen) > 50
    with django_assert_max_num_queries(3):
        assert vindplaatsen(adressen).keys() == {*adressen}
    with django_assert_max_num_queries(3):
        assert vindplaatsen(adressen[:1]).keys() == {adressen[0]}
    assert Bron.objects.exists()
    assert Artikel.objects.exists()
