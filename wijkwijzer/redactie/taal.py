"""Django's own Dutch where it says "u", what nobody here says, or nothing.

Laid over the catalog of Django when the site starts: a file of translations would have
to be compiled before, with a tool that not every machine has.
"""

from __future__ import annotations

from gettext import NullTranslations
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import ForeignKey, Model
from django.utils.translation import trans_real
from django.views.i18n import JavaScriptCatalog

if TYPE_CHECKING:
    # As gettext has them: a text, or a text and the number of its form.
    Teksten = dict[str | tuple[str, int], str]

TAAL = "nl"
DJANGO: Teksten = {
    # What pages and lists are called
    "Home": "Vandaag",
    "%(app)s administration": "%(app)s",
    "Authentication and Authorization": "Mensen en rollen",
    "groups": "rollen",
    "Taggit": "Trefwoorden",
    "tag": "trefwoord",
    "tags": "trefwoorden",
    "Models in the %(name)s application": "Alles onder “%(name)s”",
    "Model name": "Onderdeel",
    "Add link": "Toevoegen",
    "Change or view list link": "Bekijken of wijzigen",
    "Error:": "Fout:",
    # The list and the form
    (
        "%(count)s %(name)s was changed successfully.",
        0,
    ): "%(count)s %(name)s gewijzigd.",
    (
        "%(count)s %(name)s was changed successfully.",
        1,
    ): "%(count)s %(name)s gewijzigd.",
    "Click here to select the objects across all pages": "Kies alles op alle pagina’s",
    "Select all objects on this page for an action": "Kies alles op deze pagina",
    "Select this object for an action - {}": "Kies {}",
    "The {name} “{obj}” was added successfully.": "“{obj}” is toegevoegd ({name}).",
    "The {name} “{obj}” was added successfully. You may add another {name} below.": (
        "“{obj}” is toegevoegd. Voeg hieronder nog een {name} toe."
    ),
    "The {name} “{obj}” was changed successfully.": "“{obj}” is gewijzigd ({name}).",
    "The {name} “{obj}” was changed successfully. You may add another {name} below.": (
        "“{obj}” is gewijzigd. Voeg hieronder nog een {name} toe."
    ),
    "The {name} “{obj}” was changed successfully. You may edit it again below.": (
        "“{obj}” is gewijzigd ({name}). Je kunt hieronder verder."
    ),
    "You may edit it again below.": "Je kunt hieronder verder.",
    "This object doesn’t have a change history. It probably wasn’t added via this "
    "admin site.": "Hiervan is geen geschiedenis.",
    "You don’t have permission to view or edit anything.": (
        "Je mag hier niets bekijken of wijzigen."
    ),
    "ManagementForm data is missing or has been tampered with. Missing fields: "
    "%(field_names)s. You may need to file a bug report if the issue persists.": (
        "Er ontbreekt iets in wat je stuurde (%(field_names)s). Laad de pagina opnieuw."
    ),
    # Deleting
    "%(object)s tagged with %(tag)s": "“%(tag)s” bij %(object)s",
    "Delete multiple objects": "Meer dan een item verwijderen",
    "Objects": "Items",
    "Are you sure you want to delete the %(object_name)s "
    '"%(escaped_object)s"? All of the following related items will be deleted:': (
        "Wil je “%(escaped_object)s” (%(object_name)s) verwijderen? Dit gaat mee:"
    ),
    "Are you sure you want to delete the selected %(objects_name)s? All of the "
    "following objects and their related items will be deleted:": (
        "Wil je de gekozen %(objects_name)s verwijderen? Dit verdwijnt:"
    ),
    "Deleting the %(object_name)s '%(escaped_object)s' would require deleting the "
    "following protected related objects:": (
        "“%(escaped_object)s” (%(object_name)s) kan niet weg, want dit hangt eraan:"
    ),
    "Deleting the %(object_name)s '%(escaped_object)s' would result in deleting "
    "related objects, but your account doesn't have permission to delete the "
    "following types of objects:": (
        "“%(escaped_object)s” (%(object_name)s) kan niet weg: er gaat iets mee dat je "
        "niet mag verwijderen. Dit is het:"
    ),
    "Deleting the selected %(objects_name)s would require deleting the following "
    "protected related objects:": (
        "De gekozen %(objects_name)s kunnen niet weg, want dit hangt eraan:"
    ),
    "Deleting the selected %(objects_name)s would result in deleting related objects, "
    "but your account doesn't have permission to delete the following types of "
    "objects:": (
        "De gekozen %(objects_name)s kunnen niet weg: er gaat iets mee dat je niet mag "
        "verwijderen. Dit is het:"
    ),
    "Deleting %(class_name)s %(instance)s would require deleting the following "
    "protected related objects: %(related_objects)s": (
        "“%(instance)s” (%(class_name)s) kan niet weg, want dit hangt eraan: "
        "%(related_objects)s"
    ),
    "Successfully deleted %(count)d %(items)s.": "%(count)d %(items)s verwijderd.",
    "The %(name)s “%(obj)s” was deleted successfully.": (
        "“%(obj)s” is verwijderd (%(name)s)."
    ),
    # Accounts and passwords
    "Log in": "Inloggen",
    "Log in again": "Opnieuw inloggen",
    "Log out": "Uitloggen",
    "Logged out": "Uitgelogd",
    "Thanks for spending some quality time with the web site today.": (
        "Je bent uitgelogd. Tot de volgende keer."
    ),
    "last login": "laatst ingelogd",
    "date joined": "account sinds",
    "Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.": (
        "Hoogstens 150 tekens: letters, cijfers en @ . + - _"
    ),
    "Enter a valid username. This value may contain only letters, numbers, and "
    "@/./+/-/_ characters.": (
        "Een gebruikersnaam heeft alleen letters, cijfers en @ . + - _"
    ),
    "Enter a valid username. This value may contain only unaccented lowercase a-z and "
    "uppercase A-Z letters, numbers, and @/./+/-/_ characters.": (
        "Een gebruikersnaam heeft alleen letters zonder accent, cijfers en @ . + - _"
    ),
    "You are authenticated as %(username)s, but are not authorized to access this "
    "page. Would you like to login to a different account?": (
        "Je bent ingelogd als %(username)s, maar mag deze pagina niet zien. Wil je met "
        "een ander account inloggen?"
    ),
    "Designates whether the user can log into this admin site.": (
        "Of iemand hier mag inloggen."
    ),
    "Designates whether this user should be treated as active. Unselect this instead "
    "of deleting accounts.": (
        "Of dit account het doet. Haal dit weg in plaats van het te verwijderen."
    ),
    "Enable password-based authentication": "Laat weer met wachtwoord inloggen",
    "Disable password-based authentication": "Laat niet met wachtwoord inloggen",
    "Password-based authentication": "Inloggen met een wachtwoord",
    "Password-based authentication was disabled.": (
        "Met een wachtwoord inloggen kan niet meer."
    ),
    "Enable password-based authentication for this user by setting a password.": (
        "Geef dit account een wachtwoord om mee in te loggen."
    ),
    "This action will <strong>enable</strong> password-based authentication for this "
    "user.": "Met een wachtwoord kan dit account <strong>weer</strong> inloggen.",
    "Raw passwords are not stored, so there is no way to see the user’s password.": (
        "Niemand kan een wachtwoord zien: het wordt zo niet bewaard."
    ),
    "Enter the same password as before, for verification.": (
        "Typ hetzelfde wachtwoord nog een keer."
    ),
    "Whether the user will be able to authenticate using a password or not. If "
    "disabled, they may still be able to authenticate using other backends, such as "
    "Single Sign-On or LDAP.": "Of iemand met een wachtwoord inlogt.",
    "Please enter your old password, for security’s sake, and then enter your new "
    "password twice so we can verify you typed it in correctly.": (
        "Vul eerst je oude wachtwoord in, en dan twee keer je nieuwe."
    ),
    "Your old password was entered incorrectly. Please enter it again.": (
        "Je oude wachtwoord klopt niet. Vul het nog een keer in."
    ),
    "Your password was changed.": "Je wachtwoord is gewijzigd.",
    "Your password has been set.  You may go ahead and log in now.": (
        "Je wachtwoord is opgeslagen. Je kunt nu inloggen."
    ),
    "Your password can’t be a commonly used password.": (
        "Kies een wachtwoord dat niet veel mensen gebruiken."
    ),
    "Your password can’t be entirely numeric.": (
        "Kies een wachtwoord met meer dan alleen cijfers."
    ),
    "Your password can’t be too similar to your other personal information.": (
        "Kies een wachtwoord dat niet op je naam of je e-mailadres lijkt."
    ),
    ("Your password must contain at least %(min_length)d character.", 0): (
        "Je wachtwoord is minstens %(min_length)d teken lang."
    ),
    ("Your password must contain at least %(min_length)d character.", 1): (
        "Je wachtwoord is minstens %(min_length)d tekens lang."
    ),
}
SCRIPTS: Teksten = {
    "This is the list of available %s. You may choose some by selecting them in the "
    'box below and then clicking the "Choose" arrow between the two boxes.': (
        "Dit zijn de %s waaruit je kiest. Kies er een of meer en klik op “Kiezen”."
    ),
    "This is the list of chosen %s. You may remove some by selecting them in the box "
    'below and then clicking the "Remove" arrow between the two boxes.': (
        "Dit zijn de gekozen %s. Kies er een of meer en klik op “Verwijderen” om ze "
        "weg te halen."
    ),
    "You have unsaved changes on individual editable fields. If you run an action, "
    "your unsaved changes will be lost.": (
        "Je wijzigde rijen die nog niet zijn opgeslagen. Als je nu een actie doet, ben "
        "je die wijzigingen kwijt."
    ),
    "You have selected an action, but you haven’t saved your changes to individual "
    "fields yet. Please click OK to save. You’ll need to re-run the action.": (
        "Je koos een actie, maar je wijzigingen in de rijen zijn nog niet opgeslagen. "
        "Klik op OK om ze op te slaan. Kies de actie daarna opnieuw."
    ),
    "You have selected an action, and you haven’t made any changes on individual "
    "fields. You’re probably looking for the Go button rather than the Save button.": (
        "Je koos een actie en wijzigde geen rijen. Klik op “Uitvoeren” in plaats van "
        "op “Opslaan”."
    ),
    ("Note: You are %s hour ahead of server time.", 0): (
        "Let op: jouw klok loopt %s uur voor op die van de site."
    ),
    ("Note: You are %s hour ahead of server time.", 1): (
        "Let op: jouw klok loopt %s uur voor op die van de site."
    ),
    ("Note: You are %s hour behind server time.", 0): (
        "Let op: jouw klok loopt %s uur achter op die van de site."
    ),
    ("Note: You are %s hour behind server time.", 1): (
        "Let op: jouw klok loopt %s uur achter op die van de site."
    ),
}


class Onze(NullTranslations):
    """As a file of translations, but from the texts above."""

    def __init__(self, teksten: Teksten) -> None:
        super().__init__()
        self._catalog = teksten

    @staticmethod
    def plural(aantal: int) -> int:
        return int(aantal != 1)


def leg_over_django() -> None:
    trans_real.translation(TAAL).merge(Onze(DJANGO))


def noem_koppelingen() -> None:
    """Rows that tie two records, and that nobody made a model for, get a name.

    The page that asks whether to delete something says them too.
    """
    for model in apps.get_models(include_auto_created=True):
        if model._meta.auto_created:
            van, naar = (f.related_model._meta for f in _beide(model))
            named: Any = model._meta
            named.verbose_name = f"{naar.verbose_name} bij {van.verbose_name}"
            named.verbose_name_plural = (
                f"{naar.verbose_name_plural} bij {van.verbose_name}"
            )
            model.__str__ = _koppeling  # type: ignore[assignment, method-assign]


def _beide(model: type[Model]) -> list[Any]:
    return [f for f in model._meta.fields if isinstance(f, ForeignKey)]


def _koppeling(row: Model) -> str:
    van, naar = (getattr(row, f.name) for f in _beide(type(row)))
    return f"“{naar}” bij {van}"


class Scriptteksten(JavaScriptCatalog):
    """What Django's scripts say."""

    packages = ["django.contrib.admin"]

    def get_catalog(self) -> Any:
        self.translation.merge(Onze(SCRIPTS))
        return super().get_catalog()
