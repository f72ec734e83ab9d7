"""Take over the five tables of what readers send in from the kennisdossier.

Nothing is copied: the tables get another name, and so does all that was named after
them, so that a site that was moved looks like a new one. The content types move along,
and with them the rights of groups and the history in the admin.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import CheckConstraint, Q

OUD, NIEUW = "kennisdossier", "deelname"
MODELLEN = ["poging", "inzending", "reactie", "reactiemelding", "stem"]


def over_een_onderwerp(app_label, model):
    return CheckConstraint(
        condition=(
            Q(aanpak__isnull=False, dossier=None, praktijkvoorbeeld=None)
            | Q(aanpak=None, dossier__isnull=False, praktijkvoorbeeld=None)
            | Q(aanpak=None, dossier=None, praktijkvoorbeeld__isnull=False)
        ),
        name=f"{app_label}_{model}_over_een_onderwerp",
        violation_error_message="Kies precies één onderwerp.",
    )


def regels(app_label):
    """The named constraints, by model."""
    return {
        "reactie": [
            over_een_onderwerp(app_label, "reactie"),
            CheckConstraint(
                condition=Q(status__in=["wacht", "goedgekeurd", "geweigerd", "spam"]),
                name=f"{app_label}_reactie_status_bestaat",
                violation_error_message="Kies een status uit de lijst.",
            ),
            CheckConstraint(
                condition=~Q(status="geweigerd") | ~Q(reden=""),
                name=f"{app_label}_reactie_weigering_heeft_reden",
                violation_error_message="Schrijf op waarom je deze reactie weigert.",
            ),
        ],
        "stem": [
            over_een_onderwerp(app_label, "stem"),
            CheckConstraint(
                condition=Q(waarde__gte=1, waarde__lte=5),
                name=f"{app_label}_stem_van_1_tot_5",
                violation_error_message="Geef 1 tot en met 5.",
            ),
        ],
    }


def hernoem(schema_editor, van, naar):
    """Give what Django itself named after the tables the name of the app as well."""
    with schema_editor.connection.cursor() as cursor:
        for model in MODELLEN:
            if schema_editor.connection.vendor == "postgresql":
                opdrachten = _op_postgresql(cursor, f"{naar}_{model}", van, naar)
            else:
                opdrachten = _op_sqlite(cursor, f"{naar}_{model}", van, naar)
            for sql in opdrachten:
                cursor.execute(sql)


def _op_postgresql(cursor, tabel, van, naar):
    # The index of a constraint and the constraint are renamed as one.
    cursor.execute(
        "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass", [tabel]
    )
    constraints = [naam for (naam,) in cursor.fetchall()]
    cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = %s", [tabel])
    indexen = [naam for (naam,) in cursor.fetchall() if naam not in constraints]
    cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')::regclass::text", [tabel])
    tellers = [naam for (naam,) in cursor.fetchall() if naam]
    for soort, namen in (
        (f'TABLE "{tabel}" RENAME CONSTRAINT {{}} TO {{}}', constraints),
        ("INDEX {} RENAME TO {}", indexen),
        ("SEQUENCE {} RENAME TO {}", tellers),
    ):
        for naam in namen:
            if naam.startswith(f"{van}_"):
                ander = f"{naar}{naam.removeprefix(van)}"
                yield f"ALTER {soort}".format(f'"{naam}"', f'"{ander}"')


def _op_sqlite(cursor, tabel, van, naar):
    cursor.execute(
        "SELECT name, sql FROM sqlite_master "
        "WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL",
        [tabel],
    )
    for naam, sql in cursor.fetchall():
        if naam.startswith(f"{van}_"):
            ander = f"{naar}{naam.removeprefix(van)}"
            yield f'DROP INDEX "{naam}"'
            yield sql.replace(f'"{naam}"', f'"{ander}"')


def heen(apps, schema_editor):
    hernoem(schema_editor, OUD, NIEUW)
    verhuis_content_types(apps, schema_editor, OUD, NIEUW)


def terug(apps, schema_editor):
    hernoem(schema_editor, NIEUW, OUD)
    verhuis_content_types(apps, schema_editor, NIEUW, OUD)


def verhuis_content_types(apps, schema_editor, van, naar):
    from django.contrib.contenttypes.models import ContentType

    apps.get_model("contenttypes", "ContentType").objects.using(
        schema_editor.connection.alias
    ).filter(app_label=van, model__in=MODELLEN).update(app_label=naar)
    # What this process remembers of them is no longer so.
    ContentType.objects.clear_cache()


def onderwerpen():
    return [
        (
            naam,
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                to=to,
                verbose_name=naam,
            ),
        )
        for naam, to in (
            ("aanpak", "aanpakken.aanpak"),
            ("dossier", "kennisdossier.dossier"),
            ("praktijkvoorbeeld", "kennisdossier.praktijkvoorbeeld"),
        )
    ]


def id_veld():
    return (
        "id",
        models.BigAutoField(
            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
        ),
    )


# As kennisdossier/migrations/0001 made them.
ZOALS_ZE_ZIJN = [
    migrations.CreateModel(
        name="Poging",
        fields=[
            id_veld(),
            (
                "afzender",
                models.CharField(db_index=True, max_length=64, verbose_name="afzender"),
            ),
            ("soort", models.CharField(max_length=20, verbose_name="soort")),
            (
                "kenmerk",
                models.CharField(max_length=64, unique=True, verbose_name="kenmerk"),
            ),
            ("afgerond", models.BooleanField(default=True, verbose_name="afgerond")),
            (
                "op",
                models.DateTimeField(
                    auto_now_add=True, db_index=True, verbose_name="op"
                ),
            ),
        ],
        options={
            "verbose_name": "poging",
            "verbose_name_plural": "pogingen",
            "ordering": ("op",),
            "db_table": f"{OUD}_poging",
        },
    ),
    migrations.CreateModel(
        name="Inzending",
        fields=[
            id_veld(),
            (
                "sleutel",
                models.UUIDField(
                    default=uuid.uuid4,
                    editable=False,
                    unique=True,
                    verbose_name="sleutel",
                ),
            ),
            (
                "plaats",
                models.CharField(
                    blank=True, max_length=150, verbose_name="gemeente of wijk"
                ),
            ),
            (
                "naam",
                models.CharField(blank=True, max_length=80, verbose_name="naam"),
            ),
            (
                "email",
                models.EmailField(
                    blank=True, max_length=254, verbose_name="e-mailadres"
                ),
            ),
            (
                "ingestuurd_op",
                models.DateTimeField(auto_now_add=True, verbose_name="ingestuurd op"),
            ),
            (
                "voorbeeld",
                models.OneToOneField(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="inzending",
                    to="kennisdossier.praktijkvoorbeeld",
                    verbose_name="praktijkvoorbeeld",
                ),
            ),
        ],
        options={
            "verbose_name": "inzending",
            "verbose_name_plural": "inzendingen",
            "ordering": ("-ingestuurd_op",),
            "db_table": f"{OUD}_inzending",
        },
    ),
    migrations.CreateModel(
        name="Reactie",
        fields=[
            id_veld(),
            (
                "sleutel",
                models.UUIDField(
                    default=uuid.uuid4,
                    editable=False,
                    help_text="Twee keer versturen geeft één reactie.",
                    unique=True,
                    verbose_name="sleutel van het formulier",
                ),
            ),
            (
                "naam",
                models.CharField(blank=True, max_length=80, verbose_name="naam"),
            ),
            (
                "email",
                models.EmailField(
                    blank=True, max_length=254, verbose_name="e-mailadres"
                ),
            ),
            ("tekst", models.TextField(max_length=4000, verbose_name="reactie")),
            (
                "status",
                models.CharField(
                    choices=[
                        ("wacht", "wacht op de redactie"),
                        ("goedgekeurd", "goedgekeurd"),
                        ("geweigerd", "geweigerd"),
                        ("spam", "spam"),
                    ],
                    default="wacht",
                    max_length=20,
                    verbose_name="status",
                ),
            ),
            (
                "reden",
                models.CharField(
                    blank=True,
                    help_text="De schrijver krijgt deze uitleg, als die een e-mailadres gaf.",
                    max_length=500,
                    verbose_name="reden van weigering",
                ),
            ),
            (
                "ingestuurd_op",
                models.DateTimeField(auto_now_add=True, verbose_name="ingestuurd op"),
            ),
            (
                "beoordeeld_op",
                models.DateTimeField(
                    blank=True, null=True, verbose_name="beoordeeld op"
                ),
            ),
            *onderwerpen(),
            (
                "beoordeeld_door",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="beoordeeld door",
                ),
            ),
        ],
        options={
            "verbose_name": "reactie",
            "verbose_name_plural": "reacties",
            "ordering": ("ingestuurd_op", "pk"),
            "abstract": False,
            "default_related_name": "reacties",
            "db_table": f"{OUD}_reactie",
            "constraints": regels(OUD)["reactie"],
        },
    ),
    migrations.CreateModel(
        name="Reactiemelding",
        fields=[
            id_veld(),
            (
                "sleutel",
                models.UUIDField(
                    default=uuid.uuid4,
                    editable=False,
                    unique=True,
                    verbose_name="sleutel",
                ),
            ),
            (
                "reden",
                models.CharField(max_length=500, verbose_name="wat is er mis"),
            ),
            (
                "gemeld_op",
                models.DateTimeField(auto_now_add=True, verbose_name="gemeld op"),
            ),
            (
                "afgehandeld",
                models.BooleanField(default=False, verbose_name="afgehandeld"),
            ),
            (
                "reactie",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="meldingen",
                    to="deelname.reactie",
                ),
            ),
        ],
        options={
            "verbose_name": "melding",
            "verbose_name_plural": "meldingen",
            "ordering": ("afgehandeld", "gemeld_op"),
            "db_table": f"{OUD}_reactiemelding",
        },
    ),
    migrations.CreateModel(
        name="Stem",
        fields=[
            id_veld(),
            (
                "kiezer",
                models.CharField(
                    editable=False, max_length=64, unique=True, verbose_name="kiezer"
                ),
            ),
            ("waarde", models.PositiveSmallIntegerField(verbose_name="waardering")),
            (
                "gegeven_op",
                models.DateTimeField(auto_now=True, verbose_name="gegeven op"),
            ),
            *onderwerpen(),
        ],
        options={
            "verbose_name": "waardering",
            "verbose_name_plural": "waarderingen",
            "ordering": ("-gegeven_op",),
            "abstract": False,
            "default_related_name": "stemmen",
            "db_table": f"{OUD}_stem",
            "constraints": regels(OUD)["stem"],
        },
    ),
]


class Migration(migrations.Migration):
    dependencies = [
        ("aanpakken", "0003_regels_aangescherpt"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("kennisdossier", "0002_zonder_deelname"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=ZOALS_ZE_ZIJN),
        # First here, so that going back it comes last.
        migrations.RunPython(migrations.RunPython.noop, terug),
        *(migrations.AlterModelTable(model, None) for model in MODELLEN),
        *(
            migrations.RemoveConstraint(model, regel.name)
            for model, hun_regels in regels(OUD).items()
            for regel in hun_regels
        ),
        *(
            migrations.AddConstraint(model, regel)
            for model, hun_regels in regels(NIEUW).items()
            for regel in hun_regels
        ),
        migrations.RunPython(heen, migrations.RunPython.noop),
    ]
