from django.apps import AppConfig


class KennisdossierConfig(AppConfig):
    name = "kennisdossier"
    verbose_name = "Kennisdossier"
    draagt_catalogus = True
    # What readers send in is not public. The actions that publish it raise the number
    # themselves, so that nobody can empty the caches of all pages by filling in forms.
    niet_gevolgd = ("Reactie", "Reactiemelding", "Stem", "Inzending", "Poging")
