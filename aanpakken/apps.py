from django.apps import AppConfig


class AanpakkenConfig(AppConfig):
    name = "aanpakken"
    verbose_name = "Catalogus van aanpakken"

    def ready(self) -> None:
        from aanpakken import verwant

        verwant.register()
