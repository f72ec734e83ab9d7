import taggit.managers
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("aanpakken", "0007_leeftijd_tot_of_tot_en_met"),
        (
            "taggit",
            "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx",
        ),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="reflectiethema",
            options={
                "ordering": ("volgorde", "naam"),
                "verbose_name": "reflectiethema",
                "verbose_name_plural": "reflectiethema’s",
            },
        ),
        migrations.AlterModelOptions(
            name="themakoppeling",
            options={
                "ordering": ("sterkte", "thema"),
                "verbose_name": "thema van een aanpak",
                "verbose_name_plural": "thema’s",
            },
        ),
        migrations.AlterField(
            model_name="aanpak",
            name="tags",
            field=taggit.managers.TaggableManager(
                blank=True,
                help_text="Vrije woorden waarop mensen zoeken, met komma’s ertussen.",
                through="aanpakken.Trefwoordkoppeling",
                to="taggit.Tag",
                verbose_name="trefwoorden",
            ),
        ),
        migrations.AlterField(
            model_name="doelgroepkoppeling",
            name="bovengrens_telt_niet",
            field=models.BooleanField(
                default=False,
                help_text="Als de bron “tot 20 jaar” zegt, en niet “tot en met 20 jaar”.",
                verbose_name="de bovengrens zelf telt niet mee",
            ),
        ),
    ]
