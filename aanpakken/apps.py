from django.apps import AppConfig


class AanpakkenConfig(AppConfig):
    name = "aanpakken"
    verbose_name = "Catalogus van aanpakken"
    draagt_catalogus = True
    # A renamed tag changes what a search finds.
    catalogustabellen_elders = ("taggit_tag",)
