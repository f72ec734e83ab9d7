from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "wijkwijzer.core"
    label = "core"
    verbose_name = "Bronnen en organisaties"
    draagt_catalogus = True

    def ready(self) -> None:
        from wijkwijzer.core import catalogusversie, checks  # noqa: F401 (registers)

        # Triggers are made anew after every migration: SQLite drops them when a
        # migration rebuilds a table.
        post_migrate.connect(
            catalogusversie.maak_triggers, dispatch_uid="core.catalogusversie"
        )
