from itertools import count, groupby

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import wijkwijzer.core.models.publiceerbaar
from wijkwijzer.core.migrations._rows import change_rows

ROOTS = ("begrip", "dossier", "praktijkvoorbeeld")


def number(rows, parent):
    for _, group in groupby(rows, lambda row: getattr(row, parent)):
        for place, row in zip(count(1), group):
            row.volgorde = place
            row.save(update_fields=["volgorde"])


def keep_the_order(apps, schema_editor):
    """What was ordered by its number in the database keeps that order."""
    for model, parent in (
        ("Voorbeeldkoppeling", "voorbeeld_id"),
        ("Begripverwijzing", "begrip_id"),
    ):
        rows = apps.get_model("kennisdossier", model).objects.order_by(parent, "pk")
        number(rows, parent)


def give_effects_their_dossier(apps, schema_editor):
    """An effect of several dossiers becomes one in each; of none, one in the first."""
    Effect = apps.get_model("kennisdossier", "Effect")
    first = apps.get_model("kennisdossier", "Dossier").objects.order_by("pk").first()
    for effect in Effect.objects.all():
        dossiers = list(effect.dossiers.order_by("pk")) or [first]
        aanpakken = list(effect.aanpakken.all())
        voorbeelden = list(effect.voorbeelden.all())
        effect.dossier = dossiers[0]
        effect.save(update_fields=["dossier"])
        for number_, dossier in enumerate(dossiers[1:], start=2):
            effect.pk, effect.dossier = None, dossier
            effect.slug = f"{effect.slug[:90]}-{number_}"
            effect._state.adding = True
            effect.save()
            effect.aanpakken.set(aanpakken)
            effect.voorbeelden.set(voorbeelden)


def give_effects_their_dossiers(apps, schema_editor):
    for effect in apps.get_model("kennisdossier", "Effect").objects.all():
        effect.dossiers.set([effect.dossier])
        effect.slug = f"effect-{effect.pk}"
        effect.save()


def give_money_its_dossier(apps, schema_editor):
    """Money that no dossier told of is told by the one that names its example."""
    Dossier = apps.get_model("kennisdossier", "Dossier")
    Financiering = apps.get_model("kennisdossier", "Financiering")
    for money in Financiering.objects.filter(dossier=None):
        names = Dossier.objects.filter(artikelen__voorbeelden=money.voorbeeld_id)
        money.dossier = (
            names.order_by("pk").first() or Dossier.objects.order_by("pk").first()
        )
        money.save(update_fields=["dossier"])


class Migration(migrations.Migration):
    # For tests/test_migrations.py.
    breaks = "0.1.0 runs on one machine, which is stopped for this upgrade."

    dependencies = [
        ("core", "0002_nummer_en_vorige_slugs_elders"),
        ("aanpakken", "0004_revisie_en_gecontroleerde_adressen"),
        ("kennisdossier", "0002_zonder_deelname"),
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
            for model in ("voorbeeldkoppeling", "begripverwijzing")
        ),
        change_rows(keep_the_order),
        migrations.AlterModelOptions(
            name="voorbeeldkoppeling",
            options={
                "ordering": ("voorbeeld", "volgorde", "pk"),
                "verbose_name": "verwante aanpak",
                "verbose_name_plural": "verwante aanpakken",
            },
        ),
        migrations.AlterModelOptions(
            name="begripverwijzing",
            options={
                "ordering": ("begrip", "volgorde", "pk"),
                "verbose_name": "verwijzing",
                "verbose_name_plural": "verwijzingen",
            },
        ),
        migrations.AlterField(
            model_name="effect",
            name="slug",
            # Without an index: PostgreSQL would make it twice on the way back.
            field=models.CharField(max_length=100, null=True, verbose_name="slug"),
        ),
        migrations.AddField(
            model_name="effect",
            name="dossier",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="kennisdossier.dossier",
            ),
        ),
        change_rows(give_effects_their_dossier, give_effects_their_dossiers),
        migrations.RemoveField(model_name="effect", name="dossiers"),
        migrations.RemoveField(model_name="effect", name="slug"),
        migrations.AlterField(
            model_name="effect",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="effecten",
                to="kennisdossier.dossier",
            ),
        ),
        migrations.AlterModelOptions(
            name="effect",
            options={
                "ordering": ("dossier", "volgorde", "pk"),
                "verbose_name": "effect",
                "verbose_name_plural": "effecten",
            },
        ),
        change_rows(give_money_its_dossier),
        migrations.AlterField(
            model_name="financiering",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="financieringen",
                to="kennisdossier.dossier",
                verbose_name="dossier",
            ),
        ),
        *(
            migrations.AlterField(
                model_name="financiering",
                name=name,
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="financieringen",
                    to=to,
                    verbose_name=verbose,
                ),
            )
            for name, to, verbose in (
                ("voorbeeld", "kennisdossier.praktijkvoorbeeld", "praktijkvoorbeeld"),
                ("aanpak", "aanpakken.aanpak", "aanpak"),
            )
        ),
        migrations.AlterModelOptions(
            name="financiering",
            options={
                "ordering": ("dossier", "volgorde", "pk"),
                "verbose_name": "financiering",
                "verbose_name_plural": "financiering",
            },
        ),
        *(
            operation
            for root in ROOTS
            for operation in (
                migrations.AddField(
                    model_name=root,
                    name="revisie",
                    field=wijkwijzer.core.models.publiceerbaar.RevisieField(
                        default=0, editable=False, verbose_name="revisie"
                    ),
                ),
                migrations.AlterField(
                    model_name=root,
                    name="gepubliceerd_op",
                    field=models.DateTimeField(
                        blank=True,
                        editable=False,
                        null=True,
                        verbose_name="gepubliceerd op",
                    ),
                ),
                migrations.AlterConstraint(
                    model_name=root,
                    name=f"kennisdossier_{root}_archief_heeft_reden",
                    constraint=models.CheckConstraint(
                        condition=Q(("status", "gearchiveerd"), _negated=True)
                        | Q(("reden_archivering", ""), _negated=True),
                        name=f"kennisdossier_{root}_archief_heeft_reden",
                        violation_error_message="Schrijf op waarom je dit intrekt.",
                    ),
                ),
            )
        ),
    ]
