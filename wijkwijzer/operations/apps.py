from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "wijkwijzer.operations"
    label = "operations"
