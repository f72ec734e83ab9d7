from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SearchConfig(AppConfig):
    name = "wijkwijzer.search"
    label = "search"
    verbose_name = "Zoeken"
    # A synonym changes what a search finds, so it counts as a change of content.
    draagt_catalogus = True

    def ready(self) -> None:
        autodiscover_modules("search")
