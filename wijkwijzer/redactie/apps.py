"""This app, and Django's admin with the site of this app as the one there is."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin


class RedactieConfig(AppConfig):
    name = "wijkwijzer.redactie"
    label = "redactie"

    def ready(self) -> None:
        from wijkwijzer.redactie.taal import leg_over_django, noem_koppelingen

        leg_over_django()
        noem_koppelingen()


class BeheerConfig(admin.AdminConfig):
    """Named in INSTALLED_APPS instead of ``django.contrib.admin``."""

    default = False
    default_site = "wijkwijzer.redactie.site.RedactieSite"
