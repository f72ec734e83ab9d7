"""What readers send in, and what editors decide about it.

No trigger follows these tables (see apps.py): an action that changes what a page shows
says so to zichtbaar.py.
"""

from wijkwijzer.deelname.actions.abonnement import (
    bewaar_abonnement,
    stop_abonnement,
    vraag_abonnement_aan,
)
from wijkwijzer.deelname.actions.bericht import verstuur_opnieuw
from wijkwijzer.deelname.actions.inzending import (
    AlBeslotenError,
    AndersError,
    bewaar_concept,
    deel_voorbeeld,
    neem_aan,
    weiger_voorbeeld,
)
from wijkwijzer.deelname.actions.melding import handel_meldingen_af, meld_reactie
from wijkwijzer.deelname.actions.reactie import (
    keur_goed,
    markeer_spam,
    plaats_reactie,
    weiger,
)
from wijkwijzer.deelname.actions.stem import geef_stem, kiezer_van, wis_stemmen
from wijkwijzer.deelname.actions.vraag import stel_vraag

__all__ = [
    "AlBeslotenError",
    "AndersError",
    "bewaar_abonnement",
    "bewaar_concept",
    "deel_voorbeeld",
    "geef_stem",
    "handel_meldingen_af",
    "keur_goed",
    "kiezer_van",
    "markeer_spam",
    "meld_reactie",
    "neem_aan",
    "plaats_reactie",
    "stel_vraag",
    "stop_abonnement",
    "verstuur_opnieuw",
    "vraag_abonnement_aan",
    "weiger",
    "weiger_voorbeeld",
    "wis_stemmen",
]
