"""What a reader sent stands beside the concept, instead of being one from the start.

What waits keeps the concept that it had; the text of then is copied to stand beside it.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

NOTITIE = "Gekozen door wie dit instuurde; nog na te kijken."
IN_DE_MAAK = ("concept", "ter_beoordeling")


def beside(apps, schema_editor):
    rows = apps.get_model("deelname", "Inzending").objects.using(
        schema_editor.connection.alias
    )
    for row in rows.select_related("voorbeeld"):
        koppeling = row.voorbeeld.koppelingen.order_by("volgorde", "pk").first()
        row.naam_voorbeeld = row.voorbeeld.naam
        row.omschrijving = row.voorbeeld.omschrijving
        row.link = row.voorbeeld.extern_url
        row.aanpak_id = koppeling.aanpak_id if koppeling else None
        row.status = "wacht" if row.voorbeeld.status in IN_DE_MAAK else "aangenomen"
        row.save()
        # What editors say to each other, readers must never see.
        for koppeling in row.voorbeeld.koppelingen.filter(reden=NOTITIE):
            koppeling.reden = ""
            koppeling.save()


def together(apps, schema_editor):
    """A concept for what has none, as there always was."""
    connection = schema_editor.connection
    rows = apps.get_model("deelname", "Inzending").objects.using(connection.alias)
    voorbeelden = apps.get_model("kennisdossier", "Praktijkvoorbeeld").objects.using(
        connection.alias
    )
    for row in rows.filter(voorbeeld=None):
        row.voorbeeld = voorbeelden.create(
            naam=row.naam_voorbeeld or "Ingestuurd",
            slug=f"ingestuurd-{row.sleutel}",
            omschrijving=row.omschrijving,
            extern_url=row.link,
            status="concept",
        )
        row.save()
    if connection.vendor == "postgresql":
        # Its table can be altered only when nothing of it is still to be checked.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


class Migration(migrations.Migration):
    dependencies = [
        ("aanpakken", "0008_een_aanhalingsteken"),
        ("deelname", "0003_houder_van_het_netwerk"),
        ("kennisdossier", "0006_een_aanhalingsteken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="inzending",
            name="aanpak",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="aanpakken.aanpak",
                verbose_name="aanpak",
            ),
        ),
        migrations.AddField(
            model_name="inzending",
            name="beoordeeld_door",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="beoordeeld door",
            ),
        ),
        migrations.AddField(
            model_name="inzending",
            name="beoordeeld_op",
            field=models.DateTimeField(
                blank=True, null=True, verbose_name="beoordeeld op"
            ),
        ),
        migrations.AddField(
            model_name="inzending",
            name="link",
            field=models.URLField(blank=True, max_length=500, verbose_name="website"),
        ),
        migrations.AddField(
            model_name="inzending",
            name="naam_voorbeeld",
            field=models.CharField(
                blank=True, max_length=150, verbose_name="hoe het heet"
            ),
        ),
        migrations.AddField(
            model_name="inzending",
            name="omschrijving",
            field=models.TextField(blank=True, verbose_name="wat er gebeurt"),
        ),
        migrations.AddField(
            model_name="inzending",
            name="reden",
            field=models.CharField(
                blank=True, max_length=500, verbose_name="reden van weigering"
            ),
        ),
        migrations.AddField(
            model_name="inzending",
            name="status",
            field=models.CharField(
                choices=[
                    ("wacht", "wacht op de redactie"),
                    ("aangenomen", "aangenomen"),
                    ("geweigerd", "geweigerd"),
                ],
                default="wacht",
                max_length=20,
                verbose_name="status",
            ),
        ),
        migrations.AlterField(
            model_name="inzending",
            name="voorbeeld",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="inzending",
                to="kennisdossier.praktijkvoorbeeld",
                verbose_name="praktijkvoorbeeld",
            ),
        ),
        migrations.AddConstraint(
            model_name="inzending",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["wacht", "aangenomen", "geweigerd"])
                ),
                name="deelname_inzending_status_bestaat",
                violation_error_message="Kies een status uit de lijst.",
            ),
        ),
        migrations.RunPython(beside, together),
    ]
