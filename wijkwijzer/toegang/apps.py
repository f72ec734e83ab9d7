from django.apps import AppConfig


class ToegangConfig(AppConfig):
    name = "wijkwijzer.toegang"
    label = "toegang"

    def ready(self) -> None:
        from wijkwijzer.toegang import sessies

        sessies.volg()
