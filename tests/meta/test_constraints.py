"""Every named rule of the database, broken once: the database refuses, in any way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from interventies.models import Interventie
from tests import factories
from wijkwijzer.wholes.models import Versie

pytestmark = pytest.mark.usefixtures("inhoud")


def itself(record: models.Model) -> models.Model:
    """A value that depends on the record: that record."""
    return record


# A mail that was sent, with nothing left of a person.
VERSTUURD = {
    "status": "verstuurd",
    **dict.fromkeys(("tekst", "aan", "antwoord_aan", "email"), ""),
}

# What breaks each CHECK of an existing record; {} for a UNIQUE: the same record again.
BROKEN: dict[str, dict[str, Any]] = {
    "core_vorigeslug_uniek": {},
    "core_adrescontrole_status_bestaat": {"status": "misschien"},
    "core_adrescontrole_verhuisd_heeft_adres": {
        "status": "verhuisd",
        "nieuw_adres": "",
    },
    "publicatie_editie_nummer": {"nummer": 0},
    "publicatie_editiebestand_uniek": {},
    "wholes_versie_uniek": {},
    "wholes_versie_document_of_reden": {"document": None, "reden": ""},
    "wholes_publicatie_slug_uniek": {},
    "wholes_inlading_uniek": {},
    "wholes_werkstand_uniek": {},
    "deelname_abonnement_uniek": {},
    "deelname_abonnement_ritme_bestaat": {"ritme": "uur"},
    "deelname_abonnement_bevestigd_of_niet": {
        "verteld_tot": date(2026, 3, 4),
        "volgende": None,
    },
    "deelname_inzending_status_bestaat": {"status": "misschien"},
    "wholes_geopend_uniek": {},
    "search_zoekwoord_uniek": {},
    "search_zoekvrager_uniek": {},
    "wholes_beoordeling_uitkomst_bestaat": {"uitkomst": "misschien"},
    "wholes_beoordeling_een_die_wacht": {},
    "wholes_beoordeling_teruggestuurd_met_reden": {
        "uitkomst": "teruggestuurd",
        "reden": "",
    },
    "wholes_gepland_wat_bestaat": {"wat": "bewaren"},
    "wholes_gepland_stand_bestaat": {"stand": "misschien"},
    "wholes_gepland_een_die_wacht": {},
    "wholes_gepland_document_of_reden": {"document": ""},
    "interventies_geldigheidsregel_uniek": {},
    "interventies_geldigheidsregel_jaren_positief": {"jaren": 0},
    "interventies_interventie_status_bestaat": {"status": "weg"},
    "interventies_interventie_gepubliceerd_heeft_tijdstip": {"gepubliceerd_op": None},
    "interventies_interventie_archief_heeft_reden": {"status": "gearchiveerd"},
    "interventies_databankvermelding_uniek": {},
    "interventies_databankvermelding_soort_bestaat": {"soort": "boek"},
    "interventies_databankvermelding_in_databank_bestaat": {"in_databank": "straks"},
    "interventies_databankvermelding_heeft_bron": {"bron_url": "", "publicatie": ""},
    "interventies_erkenning_uniek": {},
    "interventies_erkenning_heeft_bron": {"bron_url": "", "publicatie": ""},
    "interventies_erkenning_eindigt_na_besluit": {
        "datum": "2020-06-18",
        "geldig_tot": "2020-05",
    },
    "aanpakken_aanpak_status_bestaat": {"status": "weg"},
    "aanpakken_aanpak_gepubliceerd_heeft_tijdstip": {"gepubliceerd_op": None},
    "aanpakken_aanpak_archief_heeft_reden": {"status": "gearchiveerd"},
    "aanpakken_aanpak_rubriek_bestaat": {"rubriek": "boek"},
    "aanpakken_aanpak_gepubliceerd_heeft_samenvatting": {"samenvatting": ""},
    "aanpakken_trefwoordkoppeling_uniek": {},
    "aanpakken_themakoppeling_uniek": {},
    "aanpakken_themakoppeling_basis_bestaat": {"basis": "gok"},
    "aanpakken_themakoppeling_sterkte_bestaat": {"sterkte": "gemiddeld"},
    "aanpakken_themakoppeling_functie_bestaat": {"functie": "zijdelings"},
    "aanpakken_vraagstukkoppeling_uniek": {},
    "aanpakken_vraagstukkoppeling_basis_bestaat": {"basis": "gok"},
    "aanpakken_aspectkoppeling_uniek": {},
    "aanpakken_aspectkoppeling_basis_bestaat": {"basis": "gok"},
    "aanpakken_elementkoppeling_uniek": {},
    "aanpakken_elementkoppeling_basis_bestaat": {"basis": "gok"},
    "aanpakken_doelgroepkoppeling_uniek": {},
    "aanpakken_doelgroepkoppeling_rol_bestaat": {"rol": "tertiair"},
    "aanpakken_doelgroepkoppeling_leeftijd_oplopend": {
        "leeftijd_van": 18,
        "leeftijd_tot": 17,
    },
    "aanpakken_doelgroepkoppeling_leeftijd_bestaat": {
        "leeftijd_van": 121,
        "leeftijd_tot": None,
    },
    "aanpakken_doelgroepkoppeling_leeftijd_over": {
        "leeftijd_van": 20,
        "leeftijd_tot": 20,
        "bovengrens_telt_niet": True,
    },
    "aanpakken_uitvoering_uniek": {},
    "aanpakken_uitvoering_rol_bestaat": {"rol": "toeschouwer"},
    "aanpakken_uitvoering_basis_bestaat": {"basis": "gok"},
    "aanpakken_uitvoering_laag_basis_bestaat": {"laag_basis": "gok"},
    "aanpakken_uitvoering_actor_heeft_laag": {"laag": None},
    "aanpakken_stap_nummer_uniek": {},
    "aanpakken_begin_soort_bestaat": {"soort": "gok"},
    "aanpakken_begin_heeft_bron": {"bron": None, "bron_url": ""},
    "aanpakken_feit_soort_bestaat": {"soort": "gok"},
    "aanpakken_feit_heeft_bron": {"bron": None, "bron_url": ""},
    "aanpakken_link_soort_bestaat": {"soort": "video"},
    "aanpakken_link_zonder_adres_heeft_opmerking": {"url": "", "opmerking": ""},
    "aanpakken_link_correctie_heeft_reden": {
        "gecorrigeerd_van": "htp://fout",
        "correctie_reden": "",
    },
    "kennisdossier_wijk_uniek": {},
    "kennisdossier_gemeente_provincie_bestaat": {"provincie": "pv99"},
    "kennisdossier_praktijkvoorbeeld_niet_van_zichzelf": {"onderdeel_van": itself},
    "kennisdossier_praktijkvoorbeeld_elementen_basis_bestaat": {
        "elementen_basis": "gok"
    },
    "kennisdossier_voorbeeldkoppeling_uniek": {},
    "kennisdossier_voorbeeldkoppeling_basis_bestaat": {"basis": "gok"},
    "kennisdossier_artikel_uniek": {},
    "kennisdossier_vraag_uniek": {},
    "uitwisseling_invoer_stap_bestaat": {"stap": "weg"},
    "uitwisseling_invoer_inhoud_bestaat": {"inhoud": "weg"},
    "deelname_bericht_status_bestaat": {"status": "weg"},
    "deelname_bericht_verstuurd_is_leeg": VERSTUURD | {"tekst": "Hallo."},
    "deelname_reactie_over_een_onderwerp": {"aanpak": None},
    "deelname_reactie_status_bestaat": {"status": "weg"},
    "deelname_reactie_weigering_heeft_reden": {
        "status": "geweigerd",
        "reden": "",
    },
    "deelname_stem_over_een_onderwerp": {"aanpak": None},
    "deelname_stem_van_1_tot_5": {"waarde": 6},
    "toegang_factor_een_app": {},
    "toegang_factor_soort_heeft_sleutel": {"geheim": ""},
    "kennisdossier_begrip_status_bestaat": {"status": "weg"},
    "kennisdossier_begrip_gepubliceerd_heeft_tijdstip": {"gepubliceerd_op": None},
    "kennisdossier_begrip_archief_heeft_reden": {"status": "gearchiveerd"},
    "kennisdossier_begrip_gepubliceerd_heeft_definitie": {"definitie": ""},
    "kennisdossier_praktijkvoorbeeld_status_bestaat": {"status": "weg"},
    "kennisdossier_praktijkvoorbeeld_gepubliceerd_heeft_tijdstip": {
        "gepubliceerd_op": None
    },
    "kennisdossier_praktijkvoorbeeld_archief_heeft_reden": {"status": "gearchiveerd"},
    "kennisdossier_praktijkvoorbeeld_gepubliceerd_heeft_samenvatting": {
        "samenvatting": ""
    },
    "kennisdossier_dossier_status_bestaat": {"status": "weg"},
    "kennisdossier_dossier_gepubliceerd_heeft_tijdstip": {"gepubliceerd_op": None},
    "kennisdossier_dossier_archief_heeft_reden": {"status": "gearchiveerd"},
    "kennisdossier_dossier_gepubliceerd_heeft_samenvatting": {"samenvatting": ""},
}

# Breaking the rule takes a record of which this is true.
STARTS_FROM: dict[str, dict[str, Any]] = {
    "aanpakken_uitvoering_actor_heeft_laag": {"actor__isnull": False},
    "aanpakken_aanpak_archief_heeft_reden": {"reden_archivering": ""},
}

# The other side of the rule, or a second way to break it.
ALSO_BROKEN = [
    ("wholes_versie_document_of_reden", {"document": "{}", "reden": "Voorbij."}),
    ("interventies_geldigheidsregel_jaren_positief", {"jaren": 51}),
    ("deelname_stem_van_1_tot_5", {"waarde": 0}),
    ("toegang_factor_soort_heeft_sleutel", {"soort": "passkey"}),
    ("toegang_factor_soort_heeft_sleutel", {"soort": "sms"}),
    *(
        ("deelname_bericht_verstuurd_is_leeg", VERSTUURD | {veld: "noor@x.example"})
        for veld in ("aan", "antwoord_aan", "email")
    ),
    (
        "aanpakken_doelgroepkoppeling_leeftijd_bestaat",
        {"leeftijd_van": None, "leeftijd_tot": 121},
    ),
    *(
        (
            "aanpakken_doelgroepkoppeling_leeftijd_over",
            {"leeftijd_van": None, "leeftijd_tot": end, "bovengrens_telt_niet": True},
        )
        for end in (None, 0)
    ),
]
ALLOWED = [
    ("interventies_geldigheidsregel_jaren_positief", {"jaren": 1}),
    ("interventies_geldigheidsregel_jaren_positief", {"jaren": 50}),
    (
        "interventies_erkenning_eindigt_na_besluit",
        {"datum": "2020-06-18", "geldig_tot": "2020-06-18"},
    ),
    # An end that is known less precisely than the decision is still no contradiction.
    (
        "interventies_erkenning_eindigt_na_besluit",
        {"datum": "2020-06-18", "geldig_tot": "2020-06"},
    ),
    (
        "interventies_erkenning_eindigt_na_besluit",
        {"datum": "2020-06-18", "geldig_tot": "2020"},
    ),
    ("aanpakken_themakoppeling_functie_bestaat", {"functie": ""}),
    ("deelname_bericht_verstuurd_is_leeg", VERSTUURD),
    (
        "interventies_erkenning_eindigt_na_besluit",
        {"datum": None, "geldig_tot": "1999"},
    ),
    (
        "aanpakken_doelgroepkoppeling_leeftijd_oplopend",
        {"leeftijd_van": 14, "leeftijd_tot": 14},
    ),
    (
        "aanpakken_doelgroepkoppeling_leeftijd_bestaat",
        {"leeftijd_van": 0, "leeftijd_tot": 120},
    ),
    (
        "aanpakken_doelgroepkoppeling_leeftijd_over",
        {"leeftijd_van": 19, "leeftijd_tot": 20, "bovengrens_telt_niet": True},
    ),
    ("aanpakken_feit_heeft_bron", {"bron": None, "bron_url": "https://a.example"}),
    (
        "aanpakken_link_zonder_adres_heeft_opmerking",
        {"url": "", "opmerking": "Niet teruggevonden."},
    ),
    (
        "aanpakken_aanpak_archief_heeft_reden",
        {"status": "gearchiveerd", "reden_archivering": "Voorbij."},
    ),
    (
        "aanpakken_aanpak_gepubliceerd_heeft_samenvatting",
        {"status": "concept", "samenvatting": ""},
    ),
]


def named_constraints() -> Iterator[tuple[type[models.Model], models.BaseConstraint]]:
    for model in apps.get_models(include_auto_created=True):
        if apps.get_app_config(model._meta.app_label).name in settings.LOCAL_APPS:
            for constraint in model._meta.constraints:
                yield model, constraint


CONSTRAINTS = {
    constraint.name: (model, constraint) for model, constraint in named_constraints()
}
UNIQUE = sorted(
    name
    for name, (_, constraint) in CONSTRAINTS.items()
    if isinstance(constraint, models.UniqueConstraint)
)
CHECKS = [
    *((name, values) for name, values in BROKEN.items() if name not in UNIQUE),
    *ALSO_BROKEN,
]


def start(name: str) -> models.Model:
    """A record that keeps the rule."""
    model, _ = CONSTRAINTS[name]
    found = model._default_manager.filter(**STARTS_FROM.get(name, {})).first()
    return found or factories.make_any(model)


def resolved(values: dict[str, Any], record: models.Model) -> dict[str, Any]:
    return {k: v(record) if callable(v) else v for k, v in values.items()}


def refused(name: str):
    """The database refuses; a CHECK and PostgreSQL name the rule that was broken."""
    names_it = connection.vendor == "postgresql" or name not in UNIQUE
    return pytest.raises(IntegrityError, match=name if names_it else "UNIQUE")


def message(name: str) -> str:
    return str(CONSTRAINTS[name][1].violation_error_message)


def test_every_named_constraint_has_a_case_here():
    assert {*BROKEN} == {*CONSTRAINTS}


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_every_constraint_name_says_app_and_model(name):
    model, _ = CONSTRAINTS[name]
    assert name.startswith(f"{model._meta.app_label}_{model._meta.model_name}_")


@pytest.mark.parametrize(("name", "values"), CHECKS)
def test_the_database_refuses_a_record_that_breaks_a_check(name, values):
    record = start(name)
    values = resolved(values, record)
    with refused(name), transaction.atomic():
        type(record)._default_manager.filter(pk=record.pk).update(**values)


@pytest.mark.parametrize(("name", "values"), CHECKS)
def test_a_form_says_in_dutch_which_check_is_broken(name, values):
    record = start(name)
    for field, value in resolved(values, record).items():
        setattr(record, field, value)
    with pytest.raises(ValidationError) as error:
        record.validate_constraints()
    assert message(name) in error.value.messages
    assert "Constraint" not in message(name)


@pytest.mark.parametrize("name", UNIQUE)
def test_the_database_refuses_the_same_record_again(name):
    record = start(name)
    record.pk = None
    # Of two rules that are broken the database names the first.
    if name == "deelname_abonnement_uniek":
        record.sleutel = uuid4()
    if name == "wholes_publicatie_slug_uniek":
        record.uuid, record.versie = uuid4(), factories.make_any(Versie)
    with refused(name), transaction.atomic():
        type(record)._default_manager.bulk_create([record])


@pytest.mark.parametrize("name", UNIQUE)
def test_a_form_refuses_the_same_record_again(name):
    record = start(name)
    record.pk = None
    record._state.adding = True
    with pytest.raises(ValidationError):
        record.validate_constraints()


@pytest.mark.parametrize(("name", "values"), ALLOWED)
def test_a_check_leaves_room_for_what_is_right(name, values):
    record = start(name)
    type(record)._default_manager.filter(pk=record.pk).update(**values)
    for field, value in values.items():
        setattr(record, field, value)
    record.validate_constraints()


def test_an_aanpak_has_a_register_entry_of_its_own():
    interventie = Interventie.objects.filter(aanpak__isnull=False).first()
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.make_aanpak(interventie=interventie)


def test_what_is_in_use_cannot_be_deleted():
    interventie = Interventie.objects.filter(aanpak__isnull=False).first()
    with pytest.raises(models.ProtectedError):
        interventie.delete()
