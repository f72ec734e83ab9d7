"""What readers send in leaves this app; its tables stay as they are.

wijkwijzer/deelname/migrations/0001 takes them over in the same run of ``migrate``.
"""

from django.db import migrations


class Migration(migrations.Migration):
    # For tests/test_migrations.py.
    breaks = "0.1.0 runs on one machine, which is stopped for this upgrade."

    dependencies = [("kennisdossier", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel(name)
                for name in (
                    "Reactiemelding",
                    "Reactie",
                    "Stem",
                    "Inzending",
                    "Poging",
                )
            ]
        )
    ]
