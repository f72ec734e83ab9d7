from django.apps import AppConfig


class DelenConfig(AppConfig):
    name = "wijkwijzer.delen"
    label = "delen"
    verbose_name = "Delen"

    def ready(self) -> None:
        from wijkwijzer.delen import domeinen

        domeinen.register()
