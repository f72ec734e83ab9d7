"""Aanpakken that a reader picked, as the address lists them: ``?aanpak=a&aanpak=b``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.text import slugify

from aanpakken.models import Aanpak
from wijkwijzer.core.filters import kort

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


@dataclass
class Keuze:
    """The published aanpakken in the order of the address, and what was left out."""

    aanpakken: list[Aanpak]
    meldingen: list[str] = field(default_factory=list)

    @property
    def slugs(self) -> list[str]:
        return [aanpak.slug for aanpak in self.aanpakken]


def lees_keuze(
    query: QueryDict,
    maximum: int,
    laad: Callable[[Iterable[str]], Iterable[Aanpak]],
) -> Keuze:
    """Read the picked slugs. Repeats count once; what is not public is named."""
    gevraagd = list(dict.fromkeys(s for s in query.getlist("aanpak") if s.strip()))
    # Only what can be a slug reaches the database.
    mogelijk = [s for s in gevraagd if slugify(s) == s and len(s) <= 100]
    per_slug = {a.slug: a for a in laad(mogelijk[: maximum * 4])}
    gevonden = [per_slug[s] for s in mogelijk if s in per_slug]
    meldingen = [
        f"“{kort(slug)}” staat niet (meer) in de catalogus. Die laten we weg."
        for slug in gevraagd
        if slug not in per_slug
    ][:3]
    if len(gevonden) > maximum:
        weg = ", ".join(aanpak.naam for aanpak in gevonden[maximum:])
        meldingen.append(f"Er passen er {maximum}. Daarom laten we weg: {weg}.")
    return Keuze(gevonden[:maximum], meldingen)


def adres(slugs: Iterable[str], **anders: str) -> str:
    """The query string for these aanpakken, in this order."""
    query = QueryDict(mutable=True)
    query.setlist("aanpak", list(slugs))
    for sleutel, waarde in anders.items():
        if waarde:
            query[sleutel] = waarde
    return f"?{query.urlencode()}" if query else "?"
