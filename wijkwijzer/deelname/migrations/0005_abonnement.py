import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("deelname", "0004_inzending_naast_voorbeeld"),
    ]

    operations = [
        migrations.CreateModel(
            name="Abonnement",
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
                    "sleutel",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        unique=True,
                        verbose_name="sleutel",
                    ),
                ),
                (
                    "email",
                    models.EmailField(max_length=254, verbose_name="e-mailadres"),
                ),
                ("lijst", models.CharField(max_length=30, verbose_name="lijst")),
                (
                    "vraag",
                    models.CharField(blank=True, max_length=2000, verbose_name="vraag"),
                ),
                (
                    "ritme",
                    models.CharField(
                        choices=[("dag", "elke dag"), ("week", "elke week")],
                        max_length=4,
                        verbose_name="hoe vaak",
                    ),
                ),
                ("site", models.URLField(verbose_name="adres van de site")),
                (
                    "gevraagd_op",
                    models.DateTimeField(verbose_name="om bevestiging gevraagd op"),
                ),
                (
                    "verteld_tot",
                    models.DateField(blank=True, null=True, verbose_name="verteld tot"),
                ),
                (
                    "volgende",
                    models.DateField(
                        blank=True,
                        db_index=True,
                        null=True,
                        verbose_name="volgende mail",
                    ),
                ),
            ],
            options={
                "verbose_name": "abonnement",
                "verbose_name_plural": "abonnementen",
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("email", "lijst", "vraag"),
                        name="deelname_abonnement_uniek",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ritme__in", ["dag", "week"])),
                        name="deelname_abonnement_ritme_bestaat",
                        violation_error_message="Kies hoe vaak.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("verteld_tot__isnull", True),
                                ("volgende__isnull", True),
                            ),
                            models.Q(
                                ("verteld_tot__isnull", False),
                                ("volgende__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="deelname_abonnement_bevestigd_of_niet",
                        violation_error_message="Wie bevestigde, heeft een volgende mail.",
                    ),
                ],
            },
        ),
    ]
