from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "wijkwijzer.operations"
    label = "operations"

    def ready(self) -> None:
        from wijkwijzer.operations import (  # noqa: F401 (checks register)
            checks,
            logins,
            sentry,
            slow_queries,
        )

        logins.begin()
        slow_queries.begin()
        sentry.begin()
