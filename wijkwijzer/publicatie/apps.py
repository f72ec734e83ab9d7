from django.apps import AppConfig


class PublicatieConfig(AppConfig):
    name = "wijkwijzer.publicatie"
    label = "publicatie"
    verbose_name = "Publicatie"

    def ready(self) -> None:
        from wijkwijzer.publicatie import volgen

        volgen.register()
