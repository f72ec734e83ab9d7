from datetime import datetime, time

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Length
from django.utils import timezone

from wijkwijzer.core.migrations._rows import change_rows

NEW = {"onbekend": "niet_nagekeken", "werkt": "goed", "kapot": "dood"}
OLD = {
    "niet_nagekeken": "onbekend",
    "goed": "werkt",
    "verhuisd": "werkt",
    "onzeker": "onbekend",
    "dood": "kapot",
}


def in_new_words(apps, schema_editor):
    Adrescontrole = apps.get_model("core", "Adrescontrole")
    DodeLink = apps.get_model("core", "DodeLink")
    today = timezone.localdate()
    for row in Adrescontrole.objects.all():
        row.status = NEW[row.status]
        if row.gecontroleerd_op:
            day = datetime.combine(row.gecontroleerd_op, time(12))
            row.nagekeken_op = row.sinds = timezone.make_aware(day)
        row.save()
        if row.status == "dood":
            seen = row.gecontroleerd_op or today
            DodeLink.objects.create(adres=row.adres, gezien_op=seen)


def in_old_words(apps, schema_editor):
    Adrescontrole = apps.get_model("core", "Adrescontrole")
    # It had no room for these.
    Adrescontrole.objects.annotate(lang=Length("adres")).filter(lang__gt=500).delete()
    for row in Adrescontrole.objects.all():
        row.status = OLD[row.status]
        moment = row.nagekeken_op
        row.gecontroleerd_op = moment and timezone.localtime(moment).date()
        row.save()


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_nummer_en_vorige_slugs_elders"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Adresronde",
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
                ("houder", models.UUIDField(null=True, verbose_name="houder")),
                ("bezet_tot", models.DateTimeField(verbose_name="bezet tot")),
                (
                    "klaar_op",
                    models.DateTimeField(null=True, verbose_name="laatst afgemaakt op"),
                ),
            ],
            options={
                "verbose_name": "controleronde",
                "verbose_name_plural": "controlerondes",
            },
        ),
        migrations.CreateModel(
            name="DodeLink",
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
                    models.URLField(max_length=2000, unique=True, verbose_name="adres"),
                ),
                ("gezien_op", models.DateField(verbose_name="gezien op")),
            ],
            options={
                "verbose_name": "dode link",
                "verbose_name_plural": "dode links",
                "ordering": ("adres",),
            },
        ),
        migrations.RemoveConstraint(
            model_name="adrescontrole",
            name="core_adrescontrole_status_bestaat",
        ),
        migrations.AddField(
            model_name="adrescontrole",
            name="antwoord",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="HTTP-antwoord"
            ),
        ),
        migrations.AddField(
            model_name="adrescontrole",
            name="bevinding",
            field=models.CharField(
                blank=True, max_length=200, verbose_name="bevinding"
            ),
        ),
        migrations.AddField(
            model_name="adrescontrole",
            name="eerst_mislukt_op",
            field=models.DateTimeField(
                null=True, verbose_name="voor het eerst mislukt"
            ),
        ),
        migrations.AddField(
            model_name="adrescontrole",
            name="goed_op",
            field=models.DateField(
                blank=True, null=True, verbose_name="goed bevonden op"
            ),
        ),
        migrations.AddField(
            model_name="adrescontrole",
            name="goed_tot",
            field=models.DateField(
                blank=True, null=True, verbose_name="geldt als goed tot"
            ),
        ),
        migrations.AddField(
            model_name="adrescontrole",
            name="goed_volgens",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="goed volgens",
            ),
        ),
        migrations.AddField(
            model_name="adrescontrole",
            name="mislukt",
            field=models.PositiveIntegerField(default=0, verbose_name="keer mislukt"),
        ),
        migrations.AddField(
            model_name="adrescontrole",
            name="nagekeken_op",
            field=models.DateTimeField(
                blank=True, null=True, verbose_name="nagekeken op"
            ),
        ),
        migrations.AddField(
            model_name="adrescontrole",
            name="nieuw_adres",
            field=models.URLField(
                blank=True, max_length=2000, verbose_name="nieuw adres"
            ),
        ),
        migrations.AddField(
            model_name="adrescontrole",
            name="sinds",
            field=models.DateTimeField(blank=True, null=True, verbose_name="sinds"),
        ),
        migrations.AlterField(
            model_name="adrescontrole",
            name="adres",
            field=models.URLField(max_length=2000, unique=True, verbose_name="adres"),
        ),
        change_rows(in_new_words, in_old_words),
        migrations.RemoveField(
            model_name="adrescontrole",
            name="gecontroleerd_op",
        ),
        migrations.AlterField(
            model_name="adrescontrole",
            name="status",
            field=models.CharField(
                choices=[
                    ("niet_nagekeken", "niet nagekeken"),
                    ("goed", "werkt"),
                    ("verhuisd", "verhuisd"),
                    ("onzeker", "onzeker"),
                    ("dood", "werkt niet meer"),
                ],
                default="niet_nagekeken",
                max_length=20,
                verbose_name="werkt het?",
            ),
        ),
        migrations.AddConstraint(
            model_name="adrescontrole",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        ["niet_nagekeken", "goed", "verhuisd", "onzeker", "dood"],
                    )
                ),
                name="core_adrescontrole_status_bestaat",
                violation_error_message="Kies een waarde uit de lijst.",
            ),
        ),
        migrations.AddConstraint(
            model_name="adrescontrole",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "verhuisd"), _negated=True),
                    models.Q(("nieuw_adres", ""), _negated=True),
                    _connector="OR",
                ),
                name="core_adrescontrole_verhuisd_heeft_adres",
                violation_error_message="Wat verhuisd is, heeft een nieuw adres.",
            ),
        ),
    ]
