from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class MemoryConfig(AppConfig):
    name = "wijkwijzer.memory"
    label = "memory"
    verbose_name = "Geheugen"

    def ready(self) -> None:
        from wijkwijzer.memory import checks, number, triggers  # noqa: F401 (checks register)
        from wijkwijzer.memory.large.shared import fingerprint

        # Of the code that this process runs, while it is still the code on the disk.
        fingerprint()

        pre_migrate.connect(triggers.drop_all, dispatch_uid="memory.drop")
        post_migrate.connect(triggers.make_all, dispatch_uid="memory.triggers")
        post_migrate.connect(number.go_on, dispatch_uid="memory.number")
