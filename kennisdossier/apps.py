from django.apps import AppConfig


class KennisdossierConfig(AppConfig):
    name = "kennisdossier"
    verbose_name = "Kennisdossier"
