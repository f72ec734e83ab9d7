"""Records for tests: small functions with sensible values, each one overridable."""

from __future__ import annotations

from io import BytesIO
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from django.db import models
from PIL import Image
from taggit.models import Tag

from aanpakken.models import (
    Aanpak,
    Actor,
    Aspectkoppeling,
    Doelgroep,
    Doelgroepkoppeling,
    Elementkoppeling,
    Feit,
    Leefbaarheidsaspect,
    Link,
    Reflectiethema,
    Stap,
    Themakoppeling,
    Trefwoordkoppeling,
    Uitvoering,
    Vorm,
    WerkzaamElement,
)
from interventies.models import Databank, Databankvermelding, Erkenning, Interventie
from kennisdossier.models import Afbeelding, Artikel, Dossier
from kennisdossier.models.reacties import OverOnderwerp
from wijkwijzer.core.models import Bron, Organisatie, Organisatierol, Status

BRON_URL = "https://voorbeeld.example/bron/"

numbers = count(1)


def make_bron(**kwargs: Any) -> Bron:
    number = next(numbers)
    defaults = {
        "titel": f"Bron {number}",
        "slug": f"bron-{number}",
        "soort": "artikel",
        "uitgever": "Uitgever",
    }
    return Bron.objects.create(**defaults | kwargs)


def make_organisatie(**kwargs: Any) -> Organisatie:
    number = next(numbers)
    defaults = {"naam": f"Organisatie {number}", "slug": f"organisatie-{number}"}
    return Organisatie.objects.create(**defaults | kwargs)


def make_organisatierol(**kwargs: Any) -> Organisatierol:
    return Organisatierol.objects.create(**_term("Rol") | kwargs)


def make_doelgroep(**kwargs: Any) -> Doelgroep:
    return Doelgroep.objects.create(**_term("Doelgroep") | kwargs)


def make_interventie(**kwargs: Any) -> Interventie:
    """A published register entry without recognitions or listings."""
    number = next(numbers)
    defaults = {
        "naam": f"Interventie {number}",
        "slug": f"interventie-{number}",
        "status": Status.GEPUBLICEERD,
    }
    return Interventie.objects.create(**defaults | kwargs)


def make_erkenning(interventie: Interventie | None = None, **kwargs: Any) -> Erkenning:
    """A recognition of which the source leaves the level and every date open."""
    defaults = {
        "interventie": interventie or make_interventie(),
        "databank": kwargs.pop("databank", None) or Databank.objects.first(),
        "bron_url": f"{BRON_URL}{next(numbers)}",
    }
    return Erkenning.objects.create(**defaults | kwargs)


def make_vermelding(
    interventie: Interventie | None = None, **kwargs: Any
) -> Databankvermelding:
    defaults = {
        "interventie": interventie or make_interventie(),
        "databank": kwargs.pop("databank", None) or Databank.objects.first(),
        "soort": "onbekend",
        "bron_url": f"{BRON_URL}{next(numbers)}",
    }
    return Databankvermelding.objects.create(**defaults | kwargs)


def make_aanpak(**kwargs: Any) -> Aanpak:
    """A published aanpak without any link."""
    number = next(numbers)
    defaults = {
        "naam": f"Aanpak {number}",
        "slug": f"aanpak-{number}",
        "samenvatting": "Buren doen samen iets, zodat ze elkaar leren kennen.",
        "rubriek": "interventie",
        "status": Status.GEPUBLICEERD,
    }
    return Aanpak.objects.create(**defaults | kwargs)


def make_archived_aanpak(**kwargs: Any) -> Aanpak:
    defaults = {
        "status": Status.GEARCHIVEERD,
        "reden_archivering": "Deze aanpak is opgegaan in een andere.",
    }
    return make_aanpak(**defaults | kwargs)


def make_complete_aanpak(**kwargs: Any) -> Aanpak:
    """An aanpak with at least one link of every kind. Needs the vocabularies."""
    tags = kwargs.pop("tags", ["een-trefwoord"])
    aanpak = make_aanpak(
        vorm=kwargs.pop("vorm", None) or Vorm.objects.first(), **kwargs
    )
    bron = Bron.objects.first() or make_bron()
    aanpak.bronnen.add(bron)
    koppel = {"aanpak": aanpak, "basis": "redactioneel", "reden": "Om te testen."}
    for thema in Reflectiethema.objects.all():
        Themakoppeling.objects.create(thema=thema, sterkte="sterk", **koppel)
    for aspect in Leefbaarheidsaspect.objects.all():
        Aspectkoppeling.objects.create(aspect=aspect, **koppel)
    for element in WerkzaamElement.objects.all():
        Elementkoppeling.objects.create(element=element, **koppel)
    for doelgroep in Doelgroep.objects.all():
        Doelgroepkoppeling.objects.create(
            aanpak=aanpak, doelgroep=doelgroep, rol="primair", omschrijving="iedereen"
        )
    for actor in Actor.objects.select_related("laag"):
        Uitvoering.objects.create(
            aanpak=aanpak,
            naam=actor.naam,
            rol="uitvoerder",
            actor=actor,
            laag=actor.laag,
            laag_basis="lijst",
        )
    Stap.objects.create(aanpak=aanpak, nummer=1, naam="Begin")
    Feit.objects.create(aanpak=aanpak, soort="duur", tekst="een jaar", bron=bron)
    make_link(aanpak)
    for slug in tags:
        tag, _ = Tag.objects.get_or_create(slug=slug, defaults={"name": slug})
        Trefwoordkoppeling.objects.create(content_object=aanpak, tag=tag)
    return aanpak


def make_link(aanpak: Aanpak | None = None, **kwargs: Any) -> Link:
    defaults = {
        "aanpak": aanpak or make_aanpak(),
        "label": "Lees verder",
        "url": BRON_URL,
        "soort": "lees-meer",
    }
    return Link.objects.create(**defaults | kwargs)


def make_tag(**kwargs: Any) -> Tag:
    number = next(numbers)
    return Tag.objects.create(
        **{"name": f"tag {number}", "slug": f"t-{number}"} | kwargs
    )


def make_any(model: type[models.Model], **kwargs: Any) -> models.Model:
    """A record of a model that tests know nothing of: only what it cannot do without.

    Uses an existing record for what it refers to, or makes one the same way.
    """
    number = next(numbers)
    values: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if field.primary_key or field.null or field.has_default():
            continue
        if field.is_relation:
            related = field.related_model
            values[field.name] = related._default_manager.first() or make_any(related)
        elif field.choices:
            values[field.name] = field.choices[0][0]
        elif isinstance(field, models.URLField):
            values[field.name] = f"{BRON_URL}{number}"
        elif isinstance(field, models.CharField | models.TextField):
            values[field.name] = f"x{number}"
        elif isinstance(field, models.ImageField):
            values[field.name] = make_picture()
        elif isinstance(field, models.IntegerField):
            values[field.name] = 1
    if issubclass(model, OverOnderwerp):
        values["aanpak"] = Aanpak.objects.first() or make_aanpak()
    return model._default_manager.create(**values | kwargs)


def make_picture(
    width: int = 40, height: int = 30, soort: str = "PNG", **kwargs: Any
) -> ContentFile[bytes]:
    """A file with a picture; other arguments are how Pillow writes it."""
    file = BytesIO()
    Image.new("RGB", (width, height), "teal").save(file, soort, **kwargs)
    return ContentFile(file.getvalue(), f"{next(numbers)}.{soort.lower()}")


def make_afbeelding(**kwargs: Any) -> Afbeelding:
    defaults = {
        "bestand": make_picture(),
        "alt": "Buren drinken koffie",
        "maker": "Foto: Wijkteam",
    }
    return Afbeelding.objects.create(**defaults | kwargs)


def make_dossier(**kwargs: Any) -> Dossier:
    """A published dossier without articles."""
    defaults = {
        **_term("Dossier"),
        "samenvatting": "Je leest hoe buren elkaar leren kennen.",
        "status": Status.GEPUBLICEERD,
    }
    return Dossier.objects.create(**defaults | kwargs)


def make_artikel(dossier: Dossier | None = None, **kwargs: Any) -> Artikel:
    defaults = {
        **_term("Artikel"),
        "dossier": dossier or make_dossier(),
        "tekst": "<p>Buren die elkaar kennen, helpen elkaar.</p>",
    }
    return Artikel.objects.create(**defaults | kwargs)


def _term(word: str) -> dict[str, Any]:
    number = next(numbers)
    return {"naam": f"{word} {number}", "slug": f"{word.lower()}-{number}"}
