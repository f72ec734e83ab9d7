from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "wijkwijzer.core"
    label = "core"
    verbose_name = "Bronnen en organisaties"

    def ready(self) -> None:
        from wijkwijzer.core import groepen

        # Django makes the rights of an app just before this.
        post_migrate.connect(groepen.keep_editors, dispatch_uid="core.groepen")
