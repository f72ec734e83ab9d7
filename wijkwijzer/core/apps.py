from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "wijkwijzer.core"
    label = "core"
    verbose_name = "Bronnen en organisaties"
