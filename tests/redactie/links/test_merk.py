"""Readers are told of a dead link wherever its address is printed, and only then."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.conf import settings
from django.utils import timezone

from tests import factories
from tests.paginas import PAGINAS, bereid_voor
from wijkwijzer.core.models import DodeLink
from wijkwijzer.redactie.links.vindplaatsen import adresvelden, alle_adressen

LINK = re.compile(
    r'<a\b[^>]*?\shref="(https?:[^"]*)"[^>]*>.*?</a>(.{0,120})', re.DOTALL
)
MERK = "[deze link werkt niet meer (gezien op "


@pytest.mark.django_db
def test_every_page_that_prints_a_dead_link_says_so_behind_it(inhoud, client):
    bereid_voor()
    dag = timezone.localdate()
    DodeLink.objects.bulk_create(
        DodeLink(adres=adres, gezien_op=dag) for adres in alle_adressen()
    )
    dood = {*DodeLink.objects.values_list("adres", flat=True)}
    gezien = set()
    for pagina in PAGINAS:
        if pagina.status != 200:
            continue
        text = client.get(pagina.pad).content.decode()
        for href, erna in LINK.findall(text):
            if unescape(href) in dood:
                gezien.add(pagina.naam)
                assert MERK in re.sub("<[^>]+>", "", erna), (pagina, href)
    # Pages of every kind of record, and of the lists.
    assert len(gezien) > 6, gezien


@pytest.mark.django_db
def test_within_rich_text_the_dead_link_alone_is_marked(client):
    artikel = factories.make_artikel(
        tekst='<p>Zie <a href="https://weg.example/?a=1&amp;b=2">dit</a> en '
        '<a href="https://hier.example/">dat</a>.</p>'
    )
    before = client.get(artikel.dossier.get_absolute_url()).content.decode()
    adres = "https://weg.example/?a=1&b=2"
    link = DodeLink.objects.create(adres=adres, gezien_op="2026-11-29")
    text = client.get(artikel.dossier.get_absolute_url()).content.decode()
    merk = (
        '</a> <span class="note">[deze link werkt niet meer (gezien op '
        '<time datetime="2026-11-29">29 november 2026</time>)]</span> en <a'
    )
    assert merk in text
    assert text.count(MERK) == 1
    link.delete()
    assert client.get(artikel.dossier.get_absolute_url()).content.decode() == before


def test_every_template_that_prints_an_address_has_the_mark():
    """Those of our own pages; what the name says is what an editor typed."""
    namen = {v.veld.name for v in adresvelden() if not v.patroon}
    adres = re.compile(rf'href="{{{{ ((?:\w+\.)*(?:{"|".join(namen)})) }}}}"')
    # Addresses of our own pages, or of who runs the site.
    eigen = {"treffer.url", "pagina.url", "keuze.url", "chip.url", "beheerder.url"}
    eigen |= {"aanpak.url", "cel.url", "kolom.url", "beeld.cel.url"}
    # Their addresses are those of our own pages as well.
    niet = {"components/ringdiagram.html", "kennisdossier/_verwijzingen.html"}
    for bestand in (settings.BASE_DIR / "templates").rglob("*.html"):
        naam = str(bestand.relative_to(settings.BASE_DIR / "templates"))
        if naam in niet or naam.startswith(
            ("admin/", "aanpakken/matrix", "aanpakken/_matrix", "web/home")
        ):
            continue
        text = bestand.read_text()
        assert text.count("|urlize") == text.count("|urlize|linkmerken"), naam
        for uitdrukking in {*adres.findall(text)} - eigen:
            if uitdrukking == "url" and naam != "components/bronlink.html":
                continue
            assert f"{{{{ {uitdrukking}|linkmerk }}}}" in text, (naam, uitdrukking)
