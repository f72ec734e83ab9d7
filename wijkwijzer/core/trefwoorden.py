"""How tags are written: with commas between them in a form, and each in one way."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from taggit.models import ItemBase, Tag

from wijkwijzer.core.tekens import maak_schoon

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

# Between quotes, as the form itself writes it, a tag may hold a comma.
DEEL = re.compile(r'\s*(?:"([^"]*)"|([^,]*))\s*(?:,|$)')
MAX_TEKENS = 100


def netjes(woord: str) -> str:
    """A tag with single spaces, and its accents in one piece with their letters.

    Without what nobody sees, such as the soft hyphens that come along with copied text.
    """
    return maak_schoon(woord, regels=False)[0]


def vorm(woord: str) -> str:
    """The same for "één", "Één" and "één" with loose accents."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", woord).casefold())


def lees_trefwoorden(tekst: str) -> list[str]:
    """The tags that an editor typed, as they are written where they are already used.

    Raises ValidationError for one that is too long to keep.
    """
    delen = [
        (tussen_quotes or los).replace('"', "")
        for tussen_quotes, los in DEEL.findall(tekst or "")
    ]
    for deel in delen:
        if is_te_lang(deel):
            raise ValidationError(
                f"“{netjes(deel)[:30]}…” is te lang: een trefwoord heeft hoogstens "
                f"{MAX_TEKENS} tekens. Zet er komma’s tussen."
            )
    return sorted(eenduidig(delen))


def is_te_lang(woord: str) -> bool:
    return len(netjes(woord)) > MAX_TEKENS


def eenduidig(woorden: Iterable[str]) -> list[str]:
    """Each tag once, as it is written where it is already used.

    Costs a query as soon as there is a tag at all.
    """
    gevonden: dict[str, str] = {}
    for woord in map(netjes, woorden):
        if woord:
            gevonden.setdefault(vorm(woord), woord)
    if not gevonden:
        return []
    return [*(gevonden | bestaande(gevonden, Tag.objects.all())).values()]


def bestaande(vormen: Iterable[str], tags: QuerySet[Tag]) -> dict[str, str]:
    """How these are written now; compared here, since SQLite knows no capital É."""
    gezocht = {*vormen}
    namen = tags.order_by("-pk").values_list("name", flat=True)
    return {v: naam for naam in namen if (v := vorm(naam)) in gezocht}


@transaction.atomic
def voeg_samen(*, tags: Iterable[Tag], naam: str) -> Tag:
    """Let one tag take the place of all of these; it may be one of them.

    Taggit's own way knows only of records that are tagged by its table, not by ours.
    """
    (woord,) = eenduidig([naam])
    blijft, _ = Tag.objects.get_or_create(name=woord)
    weg = [tag for tag in tags if tag != blijft]
    for koppeling in _koppelingen():
        for rij in koppeling.objects.filter(tag__in=weg).order_by("pk"):
            van = koppeling.lookup_kwargs(rij.content_object)
            if not koppeling.objects.filter(tag=blijft, **van).exists():
                rij.tag = blijft
                rij.save()
    # With the rows of what has the other one already.
    Tag.objects.filter(pk__in=[tag.pk for tag in weg]).delete()
    return blijft


def _koppelingen() -> list[Any]:
    """The tables that say what has which tag."""
    aan_tag = (relatie.related_model for relatie in Tag._meta.related_objects)
    return [model for model in aan_tag if issubclass(model, ItemBase)]


def schrijf_trefwoorden(tags: Iterable[Tag]) -> str:
    """Tags as an editor changes them: read again they are the same."""
    namen = sorted(tag.name for tag in tags)
    return ", ".join(f'"{naam}"' if "," in naam else naam for naam in namen)
