from itertools import count, groupby

from django.db import migrations, models
from django.db.models import Q

import wijkwijzer.core.models.publiceerbaar
from wijkwijzer.core.migrations._rows import change_rows


def number(rows):
    for _, group in groupby(rows, lambda row: row.interventie_id):
        for place, row in zip(count(1), group):
            row.volgorde = place
            row.save(update_fields=["volgorde"])


def keep_the_order(apps, schema_editor):
    """The order that pages had so far: by databank and date, then as they came."""
    Erkenning = apps.get_model("interventies", "Erkenning")
    number(
        sorted(
            Erkenning.objects.select_related("databank"),
            key=lambda e: (
                e.interventie_id,
                (e.databank.volgorde, e.databank.naam),
                (e.datum is None, str(e.datum or "")),
                e.pk,
            ),
        )
    )
    Vermelding = apps.get_model("interventies", "Databankvermelding")
    number(
        sorted(
            Vermelding.objects.select_related("databank"),
            key=lambda v: (
                v.interventie_id,
                (v.databank.volgorde, v.databank.naam),
                str(v.bron_datum or ""),
                v.pk,
            ),
        )
    )


class Migration(migrations.Migration):
    # For tests/test_migrations.py.
    breaks = "0.1.0 runs on one machine, which is stopped for this upgrade."

    dependencies = [
        ("core", "0002_nummer_en_vorige_slugs_elders"),
        ("interventies", "0002_regels_aangescherpt"),
    ]

    operations = [
        *(
            migrations.AddField(
                model_name=model,
                name="volgorde",
                field=models.PositiveSmallIntegerField(
                    default=0, verbose_name="volgorde"
                ),
            )
            for model in ("databankvermelding", "erkenning")
        ),
        change_rows(keep_the_order),
        migrations.AlterModelOptions(
            name="databankvermelding",
            options={
                "ordering": ("volgorde", "pk"),
                "verbose_name": "databankvermelding",
                "verbose_name_plural": "databankvermeldingen",
            },
        ),
        migrations.AlterModelOptions(
            name="erkenning",
            options={
                "ordering": ("volgorde", "pk"),
                "verbose_name": "erkenning",
                "verbose_name_plural": "erkenningen",
            },
        ),
        migrations.AddField(
            model_name="interventie",
            name="revisie",
            field=wijkwijzer.core.models.publiceerbaar.RevisieField(
                default=0, editable=False, verbose_name="revisie"
            ),
        ),
        migrations.AlterField(
            model_name="interventie",
            name="gepubliceerd_op",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="gepubliceerd op"
            ),
        ),
        migrations.AlterConstraint(
            model_name="interventie",
            name="interventies_interventie_archief_heeft_reden",
            constraint=models.CheckConstraint(
                condition=Q(("status", "gearchiveerd"), _negated=True)
                | Q(("reden_archivering", ""), _negated=True),
                name="interventies_interventie_archief_heeft_reden",
                violation_error_message="Schrijf op waarom je dit intrekt.",
            ),
        ),
    ]
