from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SearchConfig(AppConfig):
    name = "wijkwijzer.search"
    label = "search"
    verbose_name = "Zoeken"

    def ready(self) -> None:
        autodiscover_modules("facets", "search")
