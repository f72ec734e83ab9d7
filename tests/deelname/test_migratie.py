"""The move out of the kennisdossier loses no row, no right and no line of history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from django.apps.registry import Apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import QuerySet

from tests.tools import databases
from wijkwijzer.core.rollen import Rol

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

pytestmark = pytest.mark.long

MODELLEN = ["Poging", "Inzending", "Reactie", "Reactiemelding", "Stem"]
OUD, NIEUW = "kennisdossier", "deelname"
VOOR = {OUD: "0001_initial", NIEUW: None}
NA = {OUD: "0002_zonder_deelname", NIEUW: "0001_uit_kennisdossier"}

Stand = dict[str, list[dict[str, Any]]]


def migreer(doel: dict[str, str | None]) -> Apps:
    """As an operator does it; returns the models of that moment."""
    for app in (NIEUW, OUD):
        call_command("migrate", app, doel[app] or "zero", verbosity=0)
    executor = MigrationExecutor(connection)
    return executor.loader.project_state([n for n in doel.items() if n[1]]).apps


@dataclass
class Moment:
    """What the database holds before, after, or back from the move."""

    stand: Stand
    namen: set[str]


@dataclass
class Verhuizing:
    """The move there and back, of a filled database."""

    voor: Moment
    na: Moment
    terug: Moment
    volgende_nummer: int


@pytest.fixture(scope="module")
def verhuizing(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Verhuizing:
    """In a database of its own; once, because migrating takes seconds."""
    folder = tmp_path_factory.mktemp("verhuizing")
    with django_db_blocker.unblock(), databases.empty(folder):
        for app in ("auth", "admin"):
            call_command("migrate", app, verbosity=0)
        oud = migreer(VOOR)
        vul(oud)
        voor = moment(oud, OUD)
        nieuw = migreer(NA)
        na = moment(nieuw, NIEUW)
        poging = nieuw.get_model(NIEUW, "Poging").objects.create(kenmerk="nieuw")
        volgende = poging.pk
        poging.delete()
        return Verhuizing(voor, na, moment(migreer(VOOR), OUD), volgende)


def moment(apps: Apps, app: str) -> Moment:
    return Moment(stand(apps, app), namen_in_de_database(app))


def vul(oud: Apps) -> None:
    """Two rows in each table, a history of each, and a group with all rights."""

    def model(naam: str) -> Any:
        return oud.get_model(OUD, naam)

    wie = User.objects.create_user("redacteur-van-vroeger")
    groep = Group.objects.create(name="Moderatoren")
    for nummer in range(2):
        dossier = model("Dossier").objects.create(naam="D", slug=f"oud-{nummer}")
        voorbeeld = model("Praktijkvoorbeeld").objects.create(
            naam="V", slug=f"oud-{nummer}"
        )
        reactie = model("Reactie").objects.create(
            dossier=dossier,
            naam="Noor",
            email="noor@voorbeeld.example",
            tekst="Fijn.\n\nMet 'koffie' & taart – é.",
            status="geweigerd",
            reden="Reclame.",
            beoordeeld_op="2026-03-04T05:06:07Z",
            beoordeeld_door_id=wie.pk,
        )
        rijen = [
            reactie,
            model("Reactiemelding").objects.create(reactie=reactie, reden="Hm."),
            model("Stem").objects.create(
                praktijkvoorbeeld=voorbeeld, kiezer=f"k{nummer}", waarde=4
            ),
            model("Inzending").objects.create(voorbeeld=voorbeeld, plaats="Ede"),
            model("Poging").objects.create(
                afzender="a", soort="stem", kenmerk=f"m{nummer}", afgerond=False
            ),
        ]
        for rij in rijen:
            soort = soorten_van(OUD).get(model=rij._meta.model_name)
            LogEntry.objects.create(
                user_id=wie.pk,
                content_type=soort,
                object_id=str(rij.pk),
                object_repr="Iets",
                action_flag=CHANGE,
                change_message=f"{rij._meta.model_name} {nummer}",
            )
            groep.permissions.add(*Permission.objects.filter(content_type=soort))


def stand(apps: Apps, app: str) -> Stand:
    """Every value of every row, and who may do and did what, by model."""
    alles: Stand = {
        naam: [*apps.get_model(app, naam).objects.order_by("pk").values()]
        for naam in MODELLEN
    }
    soorten = soorten_van(app)
    alles["soorten"] = [*soorten.values("pk", "model")]
    alles["rechten"] = [
        # Those of the roles come with every migration.
        *Group.objects.filter(permissions__content_type__in=soorten)
        .exclude(name__in=Rol)
        .values("name", "permissions__pk", "permissions__codename")
        .order_by("permissions__pk")
    ]
    alles["geschiedenis"] = [
        *LogEntry.objects.filter(content_type__in=soorten).order_by("pk").values()
    ]
    return alles


def soorten_van(app: str) -> QuerySet[ContentType]:
    """The content types: rights and history stay only while these keep their keys."""
    namen = [naam.lower() for naam in MODELLEN]
    return ContentType.objects.filter(app_label=app, model__in=namen).order_by("pk")


def namen_in_de_database(app: str) -> set[str]:
    """The tables, and all that the database keeps with them under a name."""
    tabellen = [f"{app}_{naam.lower()}" for naam in MODELLEN]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE sql IS NOT NULL "
                "AND tbl_name IN (%s, %s, %s, %s, %s)",
                tabellen,
            )
        else:
            cursor.execute(
                "SELECT c.relname FROM pg_class c WHERE c.relname = ANY(%(t)s)"
                " UNION SELECT conname FROM pg_constraint"
                " WHERE conrelid::regclass::text = ANY(%(t)s)"
                " UNION SELECT indexname FROM pg_indexes WHERE tablename = ANY(%(t)s)"
                " UNION SELECT pg_get_serial_sequence(t, 'id')"
                " FROM unnest(%(t)s::text[]) t",
                {"t": tabellen},
            )
        namen = {naam.removeprefix("public.") for (naam,) in cursor.fetchall()}
        for tabel in tabellen:
            namen |= {*connection.introspection.get_constraints(cursor, tabel)}
    return {n for n in namen if not n.startswith(("sqlite_autoindex_", "__", "fk_"))}


def test_every_row_right_and_line_of_history_goes_along_and_comes_back(verhuizing):
    voor = verhuizing.voor.stand
    assert [len(voor[naam]) for naam in MODELLEN] == [2] * 5
    assert len(voor["geschiedenis"]) == 10
    assert len(voor["rechten"]) == 20
    assert len(voor["soorten"]) == 5
    assert verhuizing.na.stand == voor
    assert verhuizing.terug.stand == voor


def test_nothing_in_the_database_keeps_the_name_of_the_old_app(verhuizing):
    voor, na, terug = verhuizing.voor.namen, verhuizing.na.namen, verhuizing.terug.namen
    # At least a table, a key and the check of each; all of them named after the app.
    assert len(voor) > 15
    assert len(voor) == len(na) == len(terug)
    assert {naam for naam in voor | terug if not naam.startswith(f"{OUD}_")} == set()
    assert {naam for naam in na if not naam.startswith(f"{NIEUW}_")} == set()


def test_the_tables_go_on_numbering_where_they_were(verhuizing):
    hoogste = max(rij["id"] for rij in verhuizing.voor.stand["Poging"])
    assert verhuizing.volgende_nummer == hoogste + 1
