from django.db import migrations, models


class Migration(migrations.Migration):
    # For tests/test_migrations.py.
    breaks = "0.1.0 runs on one machine, which is stopped for this upgrade."

    dependencies = [
        ("interventies", "0003_eigen_volgorde"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="databankvermelding",
            name="interventies_databankvermelding_uniek",
        ),
        migrations.RemoveConstraint(
            model_name="erkenning",
            name="interventies_erkenning_uniek",
        ),
        migrations.AddField(
            model_name="databankvermelding",
            name="in_databank",
            field=models.CharField(
                choices=[
                    ("nu", "staat er nu in"),
                    ("eerder", "stond er eerder in"),
                    ("niet", "staat er niet in"),
                    ("onbekend", "niet bekend of het er nu in staat"),
                ],
                default="onbekend",
                help_text="‘Staat er nu in’ alleen als een bron dat zegt. Toont de beheerder hem op een pagina buiten de databank? Dan ‘staat er niet in’.",
                max_length=20,
                verbose_name="staat het in de databank?",
            ),
        ),
        migrations.AddField(
            model_name="databankvermelding",
            name="publicatie",
            field=models.CharField(
                blank=True,
                help_text="Titel, uitgever, jaar en pagina. Nodig als er geen adres is.",
                max_length=300,
                verbose_name="publicatie die de vermelding toont",
            ),
        ),
        migrations.AddField(
            model_name="erkenning",
            name="publicatie",
            field=models.CharField(
                blank=True,
                help_text="Titel, uitgever, jaar en pagina. Nodig als er geen adres is.",
                max_length=300,
                verbose_name="publicatie die de erkenning noemt",
            ),
        ),
        migrations.AddField(
            model_name="interventie",
            name="eigenaar_publicatie",
            field=models.CharField(
                blank=True,
                help_text="Titel, uitgever, jaar en pagina. Nodig als er geen adres is.",
                max_length=300,
                verbose_name="publicatie die de eigenaar noemt",
            ),
        ),
        migrations.AlterField(
            model_name="databankvermelding",
            name="bron_url",
            field=models.URLField(
                blank=True, max_length=500, verbose_name="adres dat de vermelding toont"
            ),
        ),
        migrations.AlterField(
            model_name="erkenning",
            name="bron_url",
            field=models.URLField(
                blank=True, max_length=500, verbose_name="adres dat de erkenning noemt"
            ),
        ),
        migrations.AddConstraint(
            model_name="databankvermelding",
            constraint=models.UniqueConstraint(
                fields=("interventie", "databank", "bron_url", "publicatie"),
                name="interventies_databankvermelding_uniek",
                violation_error_message="Deze vermelding staat er al.",
            ),
        ),
        migrations.AddConstraint(
            model_name="databankvermelding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("in_databank__in", ["nu", "eerder", "niet", "onbekend"])
                ),
                name="interventies_databankvermelding_in_databank_bestaat",
                violation_error_message="Kies een antwoord uit de lijst.",
            ),
        ),
        migrations.AddConstraint(
            model_name="databankvermelding",
            constraint=models.CheckConstraint(
                condition=models.Q(("bron_url", ""), ("publicatie", ""), _negated=True),
                name="interventies_databankvermelding_heeft_bron",
                violation_error_message="Noem een adres of een publicatie.",
            ),
        ),
        migrations.AddConstraint(
            model_name="erkenning",
            constraint=models.UniqueConstraint(
                fields=("interventie", "databank", "bron_url", "publicatie"),
                name="interventies_erkenning_uniek",
                violation_error_message="Deze erkenning staat er al.",
            ),
        ),
        migrations.AddConstraint(
            model_name="erkenning",
            constraint=models.CheckConstraint(
                condition=models.Q(("bron_url", ""), ("publicatie", ""), _negated=True),
                name="interventies_erkenning_heeft_bron",
                violation_error_message="Noem een adres of een publicatie.",
            ),
        ),
    ]
