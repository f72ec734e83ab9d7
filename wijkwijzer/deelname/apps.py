from django.apps import AppConfig


class DeelnameConfig(AppConfig):
    name = "wijkwijzer.deelname"
    label = "deelname"
    verbose_name = "Van lezers"
    # What readers send in is not public, so no trigger follows these tables: nobody can
    # empty the caches of all pages by filling in forms. See zichtbaar.py.
