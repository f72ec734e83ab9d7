from django.apps import AppConfig


class DeelnameConfig(AppConfig):
    name = "wijkwijzer.deelname"
    label = "deelname"
    verbose_name = "Van lezers"
    # What readers send in is not public, so no trigger follows these tables: nobody can
    # empty the caches of all pages by filling in forms. See zichtbaar.py.

    def ready(self) -> None:
        from wijkwijzer.deelname.mail import leg_antwoord_klaar
        from wijkwijzer.wholes.answers import answered

        answered.connect(leg_antwoord_klaar, dispatch_uid="deelname.antwoord")
