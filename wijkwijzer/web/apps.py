from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "wijkwijzer.web"
    label = "web"
