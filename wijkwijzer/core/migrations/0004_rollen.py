"""Who was in the group Redactie is Redacteur and Moderator too, and stays in it."""

from django.conf import settings
from django.db import migrations

REDACTIE, ROLLEN = "Redactie", ("Redacteur", "Moderator")


def to_roles(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects.using(
        schema_editor.connection.alias
    )
    old = groups.filter(name=REDACTIE).first()
    if old is None:
        return
    people = [*old.user_set.all()]
    for name in ROLLEN:
        # What they may do, comes after migrating (core.groepen).
        group, _ = groups.get_or_create(name=name)
        group.user_set.add(*people)


def to_the_old_group(apps, schema_editor):
    """Who has both roles may do it all in the old group as well."""
    groups = apps.get_model("auth", "Group").objects.using(
        schema_editor.connection.alias
    )
    roles = [*groups.filter(name__in=ROLLEN)]
    if len(roles) < len(ROLLEN):
        return
    one, other = ({*group.user_set.values_list("pk", flat=True)} for group in roles)
    if both := one & other:
        old, _ = groups.get_or_create(name=REDACTIE)
        old.user_set.add(*both)


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_linkcontrole"),
        ("auth", "0012_alter_user_first_name_max_length"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [migrations.RunPython(to_roles, to_the_old_group)]
