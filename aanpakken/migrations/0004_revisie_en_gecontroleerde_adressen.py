from django.db import migrations, models
from django.db.models import Q

import wijkwijzer.core.models.publiceerbaar
from wijkwijzer.core.migrations._rows import change_rows


def keep_what_was_checked(apps, schema_editor):
    Adrescontrole = apps.get_model("core", "Adrescontrole")
    checked = apps.get_model("aanpakken", "Link").objects.exclude(url="")
    # The last one counts, when several links have the same address.
    for link in checked.exclude(status="onbekend").order_by("gecontroleerd_op", "pk"):
        Adrescontrole.objects.update_or_create(
            adres=link.url,
            defaults={
                "status": link.status,
                "gecontroleerd_op": link.gecontroleerd_op,
            },
        )


def give_back(apps, schema_editor):
    Link = apps.get_model("aanpakken", "Link")
    for found in apps.get_model("core", "Adrescontrole").objects.all():
        Link.objects.filter(url=found.adres).update(
            status=found.status, gecontroleerd_op=found.gecontroleerd_op
        )


class Migration(migrations.Migration):
    # For tests/test_migrations.py.
    breaks = "0.1.0 runs on one machine, which is stopped for this upgrade."

    dependencies = [
        ("core", "0002_nummer_en_vorige_slugs_elders"),
        ("aanpakken", "0003_regels_aangescherpt"),
    ]
    # That one gives the checked addresses other words.
    run_before = [("core", "0003_linkcontrole")]

    operations = [
        change_rows(keep_what_was_checked, give_back),
        migrations.RemoveConstraint(
            model_name="link", name="aanpakken_link_status_bestaat"
        ),
        migrations.RemoveField(model_name="link", name="gecontroleerd_op"),
        migrations.RemoveField(model_name="link", name="status"),
        migrations.AddField(
            model_name="aanpak",
            name="revisie",
            field=wijkwijzer.core.models.publiceerbaar.RevisieField(
                default=0, editable=False, verbose_name="revisie"
            ),
        ),
        migrations.AlterField(
            model_name="aanpak",
            name="gepubliceerd_op",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="gepubliceerd op"
            ),
        ),
        migrations.AlterConstraint(
            model_name="aanpak",
            name="aanpakken_aanpak_archief_heeft_reden",
            constraint=models.CheckConstraint(
                condition=Q(("status", "gearchiveerd"), _negated=True)
                | Q(("reden_archivering", ""), _negated=True),
                name="aanpakken_aanpak_archief_heeft_reden",
                violation_error_message="Schrijf op waarom je dit intrekt.",
            ),
        ),
    ]
