from django.apps import AppConfig


class BackupConfig(AppConfig):
    name = "wijkwijzer.backup"
    label = "backup"
    verbose_name = "Reservekopieën"
