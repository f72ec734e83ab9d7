from django.db import migrations, models

from wijkwijzer.core.migrations._rows import change_rows


def drop_old_triggers(apps, schema_editor):
    """The triggers of version 0.1.0, which wrote to a table that goes away here."""
    with schema_editor.connection.cursor() as cursor:
        if schema_editor.connection.vendor == "postgresql":
            cursor.execute(
                "DROP FUNCTION IF EXISTS core_verhoog_catalogusversie() CASCADE"
            )
            return
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' "
            "AND name LIKE 'catalogusversie_%'"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')


def records(apps):
    for app, model in (
        ("interventies", "interventie"),
        ("aanpakken", "aanpak"),
        ("kennisdossier", "begrip"),
        ("kennisdossier", "praktijkvoorbeeld"),
        ("kennisdossier", "dossier"),
    ):
        yield model, apps.get_model(app, model)


def name_kinds(apps, schema_editor):
    VorigeSlug = apps.get_model("core", "VorigeSlug")
    types = apps.get_model("contenttypes", "ContentType").objects
    for name, model in records(apps):
        for slug in VorigeSlug.objects.filter(
            soort_oud__in=types.filter(model=name).values("pk")
        ):
            record = model.objects.filter(pk=slug.object_id).first()
            if record:
                slug.soort, slug.uuid = name, record.uuid
                slug.save()
    # Of a record that is gone: its old address led nowhere any more.
    VorigeSlug.objects.filter(uuid=None).delete()


def name_types(apps, schema_editor):
    VorigeSlug = apps.get_model("core", "VorigeSlug")
    types = apps.get_model("contenttypes", "ContentType").objects
    for name, model in records(apps):
        for slug in VorigeSlug.objects.filter(soort=name):
            record = model.objects.filter(uuid=slug.uuid).first()
            if record:
                slug.soort_oud = types.get(model=name)
                slug.object_id = record.pk
                slug.save()
    VorigeSlug.objects.filter(soort_oud=None).delete()


class Migration(migrations.Migration):
    # For tests/test_migrations.py.
    breaks = "0.1.0 runs on one machine, which is stopped for this upgrade."

    # What points to records by type and number will do so by kind and uuid.
    dependencies = [
        ("core", "0001_initial"),
        ("memory", "0001_initial"),
        ("interventies", "0002_regels_aangescherpt"),
        ("aanpakken", "0003_regels_aangescherpt"),
        ("kennisdossier", "0001_initial"),
    ]

    operations = [
        change_rows(drop_old_triggers),
        migrations.DeleteModel(name="Catalogusversie"),
        migrations.RemoveConstraint(
            model_name="vorigeslug", name="core_vorigeslug_uniek"
        ),
        migrations.AlterModelOptions(name="vorigeslug", options={}),
        migrations.RenameField("vorigeslug", "soort", "soort_oud"),
        migrations.AlterField(
            model_name="vorigeslug",
            name="soort_oud",
            field=models.ForeignKey(
                "contenttypes.ContentType", models.CASCADE, null=True
            ),
        ),
        migrations.AlterField(
            model_name="vorigeslug",
            name="object_id",
            field=models.PositiveBigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="vorigeslug",
            name="soort",
            field=models.CharField(default="", max_length=30, verbose_name="soort"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="vorigeslug",
            name="uuid",
            field=models.UUIDField(null=True, verbose_name="uuid van het item"),
        ),
        change_rows(name_kinds, name_types),
        migrations.RemoveField(model_name="vorigeslug", name="soort_oud"),
        migrations.RemoveField(model_name="vorigeslug", name="object_id"),
        migrations.AlterField(
            model_name="vorigeslug",
            name="uuid",
            field=models.UUIDField(verbose_name="uuid van het item"),
        ),
        migrations.AlterModelOptions(
            name="vorigeslug",
            options={
                "ordering": ("soort", "slug"),
                "verbose_name": "vorige slug",
                "verbose_name_plural": "vorige slugs",
            },
        ),
        migrations.AddConstraint(
            model_name="vorigeslug",
            constraint=models.UniqueConstraint(
                fields=("soort", "slug"), name="core_vorigeslug_uniek"
            ),
        ),
        migrations.CreateModel(
            name="Adrescontrole",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "adres",
                    models.URLField(max_length=500, unique=True, verbose_name="adres"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("onbekend", "niet gecontroleerd"),
                            ("werkt", "werkt"),
                            ("kapot", "werkt niet meer"),
                        ],
                        default="onbekend",
                        max_length=20,
                        verbose_name="werkt het?",
                    ),
                ),
                (
                    "gecontroleerd_op",
                    models.DateField(
                        blank=True, null=True, verbose_name="gecontroleerd op"
                    ),
                ),
            ],
            options={
                "verbose_name": "gecontroleerd adres",
                "verbose_name_plural": "gecontroleerde adressen",
                "ordering": ("adres",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["onbekend", "werkt", "kapot"])
                        ),
                        name="core_adrescontrole_status_bestaat",
                        violation_error_message="Kies een waarde uit de lijst.",
                    )
                ],
            },
        ),
    ]
