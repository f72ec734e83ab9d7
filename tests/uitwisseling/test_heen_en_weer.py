"""What goes out comes back the same, in every format, whatever stands in it."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import User
from django.db import models
from django.test import Client
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from aanpakken.models import Aanpak
from kennisdossier.models import Begrip
from tests import factories, paginas
from tests.wholes.test_content import remove_everything
from wijkwijzer.core.datums import Deeldatum
from wijkwijzer.core.models import Adrescontrole, Status, VorigeSlug
from wijkwijzer.core.teksten import regels
from wijkwijzer.rekenblad.blad import Blad
from wijkwijzer.rekenblad.schrijven import schrijf
from wijkwijzer.rekenblad.veilig import als_tekst, is_formule, onveilig, veilig
from wijkwijzer.uitwisseling import werkboek
from wijkwijzer.uitwisseling.bladen import Bladlezer
from wijkwijzer.uitwisseling.cellen import naar_cel, uit_cel
from wijkwijzer.uitwisseling.gelezen import Kennis, alle_soorten, normaal
from wijkwijzer.uitwisseling.lezen import lees
from wijkwijzer.uitwisseling.plan import maak_plan
from wijkwijzer.uitwisseling.uitvoer import FORMATEN, exporteer
from wijkwijzer.uitwisseling.uitvoeren import voer_uit
from wijkwijzer.wholes import actions
from wijkwijzer.wholes.current import current_stand
from wijkwijzer.wholes.declaration import Kind, spec_of
from wijkwijzer.wholes.models import Publicatie

ALLES = dict.fromkeys(alle_soorten())
EXTENSIE = {formaat: extensie for formaat, (_, extensie, _) in FORMATEN.items()}


def ingelezen(inhoud: bytes, naam: str, **options):
    kennis = Kennis()
    lezing = lees(naam, inhoud, kennis, zaad=UUID(int=1))
    plan = maak_plan(lezing, kennis)
    assert [str(f) for f in plan.fouten] == []
    by, _ = User.objects.get_or_create(username="redacteur", is_superuser=True)
    voer_uit(plan, by=by, bestand=naam, **options)
    return plan


def pagina_s() -> dict[str, bytes]:
    current_stand.reset()
    client = Client(raise_request_exception=False)
    antwoorden = {p.pad: client.get(p.pad) for p in paginas.PAGINAS if not p.formulier}
    return {
        pad: a.content + str(a.status_code).encode() for pad, a in antwoorden.items()
    }


@pytest.fixture
def eigenaardig(inhoud) -> None:
    """What the real content has no example of."""
    factories.make_archived_aanpak(slug=paginas.INGETROKKEN, naam="Ingetrokken aanpak")
    aanpak = Aanpak.objects.get(slug="abcd")
    aanpak.slug = "abcd-anders"
    aanpak.save()
    factories.publish(aanpak)
    aanpak.slug, aanpak.doel = "abcd", "=Doel van nu"
    aanpak.save()
    factories.publish(aanpak)
    aanpak.doel = "-Nog niet gepubliceerd"
    aanpak.save()
    Begrip.objects.create(naam="Alleen een concept", slug="alleen-een-concept")
    Begrip.objects.create(naam="Klaar", slug="klaar", status=Status.TER_BEOORDELING)
    Adrescontrole.objects.create(adres="https://voorbeeld.example/", status="dood")


def stand_van_alles() -> dict:
    return {
        (soort, key): (b.data, actions.published_document(row), row.status)
        if hasattr(row := declared.model._default_manager.get(pk=b.pk), "status")
        else b.data
        for soort, declared in alle_soorten().items()
        for key, b in Kennis().van(declared).items()
    }


@pytest.mark.long
def test_an_empty_database_shows_readers_every_page_to_the_byte(eigenaardig):
    voor, paginas_voor = stand_van_alles(), pagina_s()
    uit, als_json = (exporteer(ALLES, f, by=None) for f in ("yaml", "json"))
    remove_everything()
    VorigeSlug.objects.all().delete()
    Adrescontrole.objects.all().delete()
    current_stand.reset()
    assert Client().get("/aanpakken/abcd/").status_code == 404
    plan = ingelezen(uit, "alles.zip", publiceren=True)
    assert len(plan.regels) > 600
    assert stand_van_alles() == voor
    na = pagina_s()
    assert [pad for pad in na if na[pad] != paginas_voor[pad]] == []
    assert Client().get("/aanpakken/abcd-anders/").status_code == 301
    assert exporteer(ALLES, "json", by=None) == als_json


@pytest.mark.long
def test_both_kinds_of_documents_say_the_same(eigenaardig):
    zip_, json_ = (
        lees(
            f"alles.{EXTENSIE[f]}", exporteer(ALLES, f, by=None), Kennis(), zaad=uuid4()
        )
        for f in ("yaml", "json")
    )
    assert zip_.fouten == json_.fouten == zip_.opmerkingen == json_.opmerkingen == []
    assert zip_.adressen == json_.adressen

    def gezegd(lezing):
        return {g.key: (g.data, g.gezien, g.stand) for g in lezing.gelezen}

    assert gezegd(zip_) == gezegd(json_)


@pytest.mark.long
@pytest.mark.parametrize("formaat", ["xlsx", "ods", "csv"])
def test_a_spreadsheet_of_everything_changes_nothing(eigenaardig, formaat):
    uit = exporteer(ALLES, formaat, by=None)
    assert ingelezen(uit, f"alles.{EXTENSIE[formaat]}").regels == []


@pytest.mark.long
def test_a_spreadsheet_gives_an_empty_database_the_same_working_copies(eigenaardig):
    voor = werkversies()
    uit = exporteer(ALLES, "csv", by=None)
    remove_everything()
    ingelezen(uit, "alles.zip")
    assert werkversies() == voor
    # And readers see nothing unasked.
    assert not Publicatie.objects.exists()


def werkversies() -> dict:
    return {
        (soort, key): bestaand.data
        for soort, declared in alle_soorten().items()
        for key, bestaand in Kennis().van(declared).items()
    }


# Whatever stands in a document


def tekst(min_size: int = 0) -> st.SearchStrategy[str]:
    los = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
    gevaarlijk = st.sampled_from(
        [
            "=1+1",
            "'=1",
            "''@x",
            "\u00a0=1",
            "\u3000\uff1d1",
            "\t-1",
            "\uff0b31",
            "\ufeff@x",
            "'s avonds",
            "_x0041_",
            "x005F_",
            "\\u0041",
            "a\r\nb",
            " a  b ",
            "\n",
            "1",
        ]
    )
    beide = st.one_of(los, gevaarlijk, st.builds(lambda a, b: a + b, gevaarlijk, los))
    return beide.filter(lambda t: len(t) >= min_size).map(
        lambda t: t.replace("\r\n", "\n")
    )


def waarde(f) -> st.SearchStrategy:
    slug = st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,5}){0,2}", fullmatch=True)
    if f.kind is Kind.PARTS:
        return st.lists(document(spec_of(f.type)), max_size=3)
    if f.kind is Kind.LINES:
        return st.lists(tekst(1), max_size=3).map(lambda r: regels("\n".join(r)))
    if f.kind is Kind.TAGS:
        return st.lists(
            tekst(1).map(lambda t: " ".join(t.split())).filter(bool), max_size=3
        )
    if f.kind in {Kind.TERM, Kind.TERMS}:
        key = (
            st.builds("{}/{}".format, slug, slug)
            if len(f.type.key_fields) > 1
            else slug
        )
        return key if f.kind is Kind.TERM else st.lists(key, max_size=3, unique=True)
    if f.kind in {Kind.REF, Kind.REFS}:
        uuid = st.uuids().map(str)
        return uuid if f.kind is Kind.REF else st.lists(uuid, max_size=3, unique=True)
    if f.kind is Kind.CHOICE:
        return st.sampled_from([str(v) for v in f.type.values])
    if f.name == "uuid":
        return st.uuids().map(str)
    if f.name == "slug":
        return slug
    if issubclass(f.type, bool):
        return st.booleans()
    if issubclass(f.type, int):
        return st.integers(-(10**17), 10**17)
    if f.type is Deeldatum:
        dag = st.dates(date(1000, 1, 1)).map(str)
        return st.one_of(dag, dag.map(lambda d: d[:7]), dag.map(lambda d: d[:4]))
    return st.dates(date(1000, 1, 1)).map(str) if f.type is date else tekst()


def document(spec) -> st.SearchStrategy[dict]:
    nodig = {f.name: waarde(f) for f in spec.fields if f.required}
    soms = {f.name: waarde(f) for f in spec.fields if not f.required}
    return st.fixed_dictionaries(nodig, optional=soms).map(lambda d: normaal(spec, d))


class Leeg(Kennis):
    """Nothing is there yet."""

    def van(self, declared):
        return {}


def bladen_van(soort: str, data: dict) -> list[Blad]:
    spec = spec_of(alle_soorten()[soort])

    def cellen(spec, data):
        velden = [f for f in spec.fields if f.kind is not Kind.PARTS]
        kaal = [data.get(f.name, f.default if not f.required else None) for f in velden]
        return [f.name for f in velden], [
            naar_cel(f, str(v.value) if isinstance(v, models.Choices) else v)
            for f, v in zip(velden, kaal, strict=True)
        ]

    kolommen, rij = cellen(spec, data)
    bladen = [Blad(soort, kolommen, [rij])]
    for f in spec.of(Kind.PARTS):
        deel = spec_of(f.type)
        rijen = [[data["uuid"], *cellen(deel, d)[1]] for d in data.get(f.name, ())]
        bladen.append(
            Blad(f"{soort}.{f.name}", ["record", *(d.name for d in deel.fields)], rijen)
        )
    return bladen


def lees_csv(inhoud: bytes) -> list[Blad]:
    pakket = werkboek.Pakket(inhoud)
    return [werkboek.lees_csv(naam, pakket.lees(naam)) for naam in pakket.namen]


NUMMER = next(
    f for f in spec_of(alle_soorten()["aanpak"]).fields if f.name == "volgorde_in_bron"
)
LEZERS = {"xlsx": werkboek.lees_xlsx, "ods": werkboek.lees_ods, "csv": lees_csv}


@pytest.mark.once
@pytest.mark.long
@pytest.mark.parametrize(
    "soort", ["interventie", "aanpak", "begrip", "praktijkvoorbeeld", "dossier"]
)
def test_any_document_comes_back_from_every_spreadsheet_as_it_was(soort):
    spec = spec_of(alle_soorten()[soort])

    # To draw a document takes longer than to write and read it: each goes everywhere.
    # And to look for a smaller one that fails takes minutes: the fields say it too.
    @settings(
        max_examples=6,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],
    )
    @given(document(spec))
    def test(data):
        for formaat, lezer in LEZERS.items():
            bladen = lezer(schrijf(bladen_van(soort, data), formaat))
            lezing = Bladlezer(uuid4(), Leeg()).lees(bladen)
            assert [str(f) for f in lezing.fouten] == [], formaat
            (gelezen,) = lezing.gelezen
            assert normaal(spec, gelezen.data) == data, formaat

    test()


@pytest.mark.once
@pytest.mark.parametrize("formaat", LEZERS)
@pytest.mark.parametrize("getal", [0, -7, 10**15, 10**15 + 1, -(10**17) + 1])
def test_a_number_of_more_digits_than_a_spreadsheet_keeps_comes_back(getal, formaat):
    blad = Blad("begrip", ["slug", "nummer"], [["a", naar_cel(NUMMER, getal)]])
    (gelezen,) = LEZERS[formaat](schrijf([blad], formaat))
    assert uit_cel(NUMMER, gelezen.rijen[0].cellen["nummer"]) == getal


@pytest.mark.once
@given(tekst())
@example("'=1")
@example("\u200b\u00a0\uff1dHYPERLINK(1)")
def test_no_text_is_a_formula_in_a_sheet_and_each_comes_back(woorden):
    cel = veilig(woorden)
    assert not is_formule(woorden) or cel.startswith("'")
    assert onveilig(cel) == onveilig(als_tekst(woorden)) == woorden


def test_a_long_text_goes_on_in_the_next_column():
    lang = "=" + "x" * 70_000 + "\x0b" * 40_000
    inhoud = schrijf([Blad("begrip", ["slug", "definitie"], [["a", lang]])], "xlsx")
    (blad,) = werkboek.lees_xlsx(inhoud)
    assert blad.kolommen == ["slug", "definitie"]
    assert blad.rijen[0].cellen["definitie"] == lang
