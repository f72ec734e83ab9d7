from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class WholesConfig(AppConfig):
    name = "wijkwijzer.wholes"
    label = "wholes"
    verbose_name = "Versies"

    def ready(self) -> None:
        from wijkwijzer.wholes import first_versions, revision

        autodiscover_modules("terms", "whole", "controles")
        revision.register()
        post_migrate.connect(
            first_versions.make_missing, dispatch_uid="wholes.first_versions"
        )
