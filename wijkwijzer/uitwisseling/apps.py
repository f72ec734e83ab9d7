"""This app."""

from django.apps import AppConfig


class UitwisselingConfig(AppConfig):
    name = "wijkwijzer.uitwisseling"
    label = "uitwisseling"
    verbose_name = "Inlezen en exporteren"
