"""Records for tests: small functions with sensible values, each one overridable."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from itertools import count
from typing import Any, TypeVar
from uuid import uuid4

from django.contrib.auth.models import Permission, User
from django.core.files.base import ContentFile
from django.db import models
from django.utils import timezone
from PIL import Image
from taggit.models import Tag

from aanpakken.models import (
    Aanpak,
    Actor,
    Aspectkoppeling,
    Begin,
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
    Vraagstuk,
    Vraagstukkoppeling,
    WerkzaamElement,
)
from interventies.models import Databank, Databankvermelding, Erkenning, Interventie
from kennisdossier.models import Afbeelding, Artikel, Dossier
from wijkwijzer.core.models import (
    Bron,
    Organisatie,
    Organisatierol,
    Publiceerbaar,
    Status,
)
from wijkwijzer.deelname.models import OverOnderwerp
from wijkwijzer.publicatie.models import Editie, Editiebestand
from wijkwijzer.wholes import actions
from wijkwijzer.wholes.models import Versie

R = TypeVar("R", bound=Publiceerbaar)

BRON_URL = "https://voorbeeld.example/bron/"

numbers = count(1)


def publish(record: R, **kwargs: Any) -> R:
    """Show readers the working copy as it is in the database now."""
    actions.publish(record=record, by=None, **kwargs)
    return record


def withdraw(
    record: R,
    reason: str = "Deze aanpak is opgegaan in een andere.",
    at: datetime | None = None,
) -> R:
    actions.withdraw(record=record, reason=reason, by=None, at=at)
    return record


def make_publisher(name: str) -> User:
    """Somebody who may publish, and nothing else."""
    user = User.objects.create_user(name)
    user.user_permissions.add(Permission.objects.get(codename="publiceren"))
    return User.objects.get(pk=user.pk)


def make_record(
    model: type[R], status: str = Status.GEPUBLICEERD, reden: str = "", **kwargs: Any
) -> R:
    """A record in some state; readers see it as they would had an editor done this."""
    seen = status in {Status.GEPUBLICEERD, Status.GEARCHIVEERD}
    record = model._default_manager.create(
        status=Status.CONCEPT if seen else status, **kwargs
    )
    if seen:
        publish(record)
    if status == Status.GEARCHIVEERD:
        withdraw(record, reden)
    return record


def _shown(part: models.Model, record: Publiceerbaar) -> Any:
    """Readers who see the record see this part of it too."""
    record.refresh_from_db(fields=["status"])
    if record.status == Status.GEPUBLICEERD:
        publish(record)
    return part


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
    defaults = {"naam": f"Interventie {number}", "slug": f"interventie-{number}"}
    return make_record(Interventie, **defaults | kwargs)


def make_erkenning(interventie: Interventie | None = None, **kwargs: Any) -> Erkenning:
    """A recognition of which the source leaves the level and every date open."""
    interventie = interventie or make_interventie()
    defaults = {
        "interventie": interventie,
        "databank": kwargs.pop("databank", None) or Databank.objects.first(),
        "bron_url": f"{BRON_URL}{next(numbers)}",
    }
    return _shown(Erkenning.objects.create(**defaults | kwargs), interventie)


def make_vermelding(
    interventie: Interventie | None = None, **kwargs: Any
) -> Databankvermelding:
    interventie = interventie or make_interventie()
    defaults = {
        "interventie": interventie,
        "databank": kwargs.pop("databank", None) or Databank.objects.first(),
        "soort": "onbekend",
        "bron_url": f"{BRON_URL}{next(numbers)}",
    }
    return _shown(Databankvermelding.objects.create(**defaults | kwargs), interventie)


def make_aanpak(**kwargs: Any) -> Aanpak:
    """A published aanpak without any link."""
    number = next(numbers)
    defaults = {
        "naam": f"Aanpak {number}",
        "slug": f"aanpak-{number}",
        "samenvatting": "Buren doen samen iets, zodat ze elkaar leren kennen.",
        "rubriek": "interventie",
    }
    return make_record(Aanpak, **defaults | kwargs)


def make_archived_aanpak(**kwargs: Any) -> Aanpak:
    reason = kwargs.pop("reden", "Deze aanpak is opgegaan in een andere.")
    at = kwargs.pop("at", None)
    return withdraw(make_aanpak(**kwargs), reason, at)


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
    for vraagstuk in Vraagstuk.objects.all():
        Vraagstukkoppeling.objects.create(vraagstuk=vraagstuk, **koppel)
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
    Begin.objects.create(aanpak=aanpak, soort="stap", tekst="Bel ons.", bron=bron)
    Feit.objects.create(aanpak=aanpak, soort="duur", tekst="een jaar", bron=bron)
    make_link(aanpak)
    for slug in tags:
        tag, _ = Tag.objects.get_or_create(slug=slug, defaults={"name": slug})
        Trefwoordkoppeling.objects.create(content_object=aanpak, tag=tag)
    return _shown(aanpak, aanpak)


def make_link(aanpak: Aanpak | None = None, **kwargs: Any) -> Link:
    aanpak = aanpak or make_aanpak()
    defaults = {
        "aanpak": aanpak,
        "label": "Lees verder",
        "url": BRON_URL,
        "soort": "lees-meer",
    }
    return _shown(Link.objects.create(**defaults | kwargs), aanpak)


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
            values[field.name] = number if field.unique else 1
        elif isinstance(field, models.UUIDField):
            values[field.name] = uuid4()
        elif isinstance(field, models.DateTimeField):
            values[field.name] = timezone.now()
        elif isinstance(field, models.DateField):
            ago = timedelta(days=number if field.unique else 0)
            values[field.name] = timezone.localdate() - ago
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
    }
    return make_record(Dossier, **defaults | kwargs)


def make_artikel(dossier: Dossier | None = None, **kwargs: Any) -> Artikel:
    dossier = dossier or make_dossier()
    defaults = {
        **_term("Artikel"),
        "dossier": dossier,
        "tekst": "<p>Buren die elkaar kennen, helpen elkaar.</p>",
    }
    return _shown(Artikel.objects.create(**defaults | kwargs), dossier)


def _term(word: str) -> dict[str, Any]:
    number = next(numbers)
    return {"naam": f"{word} {number}", "slug": f"{word.lower()}-{number}"}


def make_edities() -> None:
    """Two frozen editions; the second has an aanpak more, and one that changed."""
    if Editie.objects.exists():
        return
    aanpakken = [
        [versie.soort, versie.uuid.hex, versie.nummer]
        for versie in Versie.objects.filter(soort="aanpak").order_by("pk")[:3]
    ]
    for nummer in (1, 2):
        editie = Editie.objects.create(
            nummer=nummer,
            voorwoord="Een voorwoord.",
            bevroren_op=timezone.now(),
            versies=aanpakken[: nummer + 1],
        )
        Editiebestand.objects.create(
            editie=editie, deel=1, inhoud=b"%PDF-1.7", som="0" * 64
        )
