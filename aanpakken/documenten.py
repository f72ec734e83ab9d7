"""The text of an aanpak as the search reads it: which words weigh how much."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from aanpakken.models import (
    Aanpak,
    Doelgroepkoppeling,
    Elementkoppeling,
    Feit,
    Stap,
    Themakoppeling,
    Trefwoordkoppeling,
    Uitvoering,
)
from wijkwijzer.search.index import Zoekdocument

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from django.db.models import Model

# How many aanpakken are read at a time: a bound on memory, not on the catalogue.
PER_KEER = 1000

# Where the words of an aanpak stand: (model, path to the aanpak, fields), per weight.
TREFWOORDEN = (
    (Doelgroepkoppeling, "aanpak", ("doelgroep__naam", "omschrijving")),
    (Trefwoordkoppeling, "content_object", ("tag__name",)),
)
TEKST = (
    (Stap, "aanpak", ("naam", "toelichting")),
    (Feit, "aanpak", ("tekst",)),
    (Uitvoering, "aanpak", ("naam", "actor__naam")),
    (Themakoppeling, "aanpak", ("thema__naam", "reden")),
    (Elementkoppeling, "aanpak", ("element__naam",)),
)


def documenten(positie: Mapping[int, int]) -> Iterator[tuple[int, Zoekdocument]]:
    """(position, document) of these aanpakken; eight queries per 1000."""
    pks = sorted(positie)
    for begin in range(0, len(pks), PER_KEER):
        deel = pks[begin : begin + PER_KEER]
        # A range, because a thousand keys in one IN are slow, and many for SQLite.
        bereik = (deel[0], deel[-1])
        trefwoorden = _losse_teksten(TREFWOORDEN, bereik)
        tekst = _losse_teksten(TEKST, bereik)
        rijen = Aanpak.objects.filter(pk__range=bereik).order_by("pk")
        for pk, naam, varianten, samenvatting, *lang in rijen.values_list(
            "pk", "naam", "naamvarianten", "samenvatting", "doel", "omschrijving"
        ).iterator():
            if pk in positie:
                yield (
                    positie[pk],
                    Zoekdocument(
                        titel=naam,
                        # An old or foreign name counts, but not like the name itself.
                        samenvatting=f"{samenvatting}\n{varianten}",
                        trefwoorden="\n".join(trefwoorden[pk]),
                        tekst="\n".join([*lang, *tekst[pk]]),
                    ),
                )


def document(aanpak: Aanpak) -> Zoekdocument:
    """What a card can show of a hit, from what ``with_kaart()`` has loaded."""
    doelgroepen = aanpak.doelgroepkoppelingen.all()
    return Zoekdocument(
        titel=aanpak.naam,
        samenvatting=aanpak.samenvatting,
        trefwoorden="\n".join(f"{d.doelgroep}: {d.omschrijving}" for d in doelgroepen),
        tekst="\n".join(
            [
                aanpak.omschrijving,
                aanpak.doel,
                *(feit.tekst for feit in aanpak.feiten.all()),
                *(uitvoering.naam for uitvoering in aanpak.uitvoeringen.all()),
                *(k.reden for k in aanpak.themakoppelingen.all()),
                aanpak.naamvarianten,
            ]
        ),
        url=aanpak.get_absolute_url(),
    )


def _losse_teksten(
    bronnen: Iterable[tuple[type[Model], str, tuple[str, ...]]], bereik: tuple[int, int]
) -> dict[int, list[str]]:
    """The texts around the aanpakken with a key in this range; one query per model."""
    teksten: dict[int, list[str]] = defaultdict(list)
    van, tot = bereik
    for model, aanpak, velden in bronnen:
        rijen = (
            model._default_manager.filter(
                **{f"{aanpak}__gte": van, f"{aanpak}__lte": tot}
            )
            .order_by(f"{aanpak}_id", "pk")
            .values_list(aanpak, *velden)
        )
        for pk, *stukken in rijen.iterator():
            teksten[pk] += filter(None, stukken)
    return teksten
