from django.db import migrations, models


def copy_number(apps, schema_editor):
    """The number goes on where it was: nothing in memory takes an old one for new."""
    Nummer = apps.get_model("memory", "Nummer")
    oud = apps.get_model("core", "Catalogusversie").objects.filter(pk=1).first()
    basis = oud.versie + 1 if oud else 1
    Nummer.objects.create(soort="inhoud", basis=basis)
    Nummer.objects.create(soort="reacties", basis=1)


def copy_back(apps, schema_editor):
    Nummer = apps.get_model("memory", "Nummer")
    listed = apps.get_model("memory", "Wijziging").objects.filter(soort="inhoud")
    versie = Nummer.objects.get(soort="inhoud").basis + listed.count() + 1
    apps.get_model("core", "Catalogusversie").objects.update_or_create(
        pk=1, defaults={"versie": versie}
    )


class Migration(migrations.Migration):
    initial = True

    dependencies = [("core", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Nummer",
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
                    "soort",
                    models.CharField(
                        choices=[("inhoud", "inhoud"), ("reacties", "reacties")],
                        max_length=20,
                        unique=True,
                        verbose_name="soort",
                    ),
                ),
                (
                    "basis",
                    models.PositiveBigIntegerField(default=0, verbose_name="basis"),
                ),
            ],
            options={"verbose_name": "nummer", "verbose_name_plural": "nummers"},
        ),
        migrations.CreateModel(
            name="Wijziging",
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
                    "soort",
                    models.CharField(
                        choices=[("inhoud", "inhoud"), ("reacties", "reacties")],
                        max_length=20,
                        verbose_name="soort",
                    ),
                ),
                ("tabel", models.CharField(max_length=63, verbose_name="tabel")),
                ("rij", models.BigIntegerField(null=True, verbose_name="rij")),
            ],
            options={
                "verbose_name": "wijziging",
                "verbose_name_plural": "wijzigingen",
            },
        ),
        migrations.RunPython(copy_number, copy_back),
    ]
