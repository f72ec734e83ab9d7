"""The admin of what is published as a whole, and of the words that it names."""

from wijkwijzer.wholes.admin.filters import GewijzigdFilter, OnvolledigFilter
from wijkwijzer.wholes.admin.geheel import GeheelAdmin
from wijkwijzer.wholes.admin.ingediend import BeoordelingAdmin, GeplandAdmin
from wijkwijzer.wholes.admin.organisatierol import OrganisatierolAdmin
from wijkwijzer.wholes.admin.versie import VersieAdmin
from wijkwijzer.wholes.admin.vocabulaire import VocabulaireAdmin

__all__ = [
    "BeoordelingAdmin",
    "GeheelAdmin",
    "GeplandAdmin",
    "GewijzigdFilter",
    "OnvolledigFilter",
    "OrganisatierolAdmin",
    "VersieAdmin",
    "VocabulaireAdmin",
]
