"""Putting the new address of a page that moved in the texts that have the old one."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction

from wijkwijzer.redactie.links.vindplaatsen import adresvelden, vervang, vindplaatsen
from wijkwijzer.redactie.veranderd import is_whole, toestand, verschillen
from wijkwijzer.wholes import work
from wijkwijzer.wholes.apply import apply
from wijkwijzer.wholes.validation import problems

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from django.contrib.auth.models import User
    from django.db.models import Model

    from wijkwijzer.core.models import Adrescontrole


@dataclass
class Overgenomen:
    """What came of it: which records changed, which may not, and which cannot."""

    gewijzigd: list[Model] = field(default_factory=list)
    mag_niet: list[Model] = field(default_factory=list)
    kan_niet: dict[str, str] = field(default_factory=dict)
    aantal: int = 0


def neem_over(
    *,
    controles: Collection[Adrescontrole],
    mag: Callable[[Model], bool],
    by: User,
) -> Overgenomen:
    """Put the new addresses in the working copies; readers see them once published.

    In the lists, which have no working copy, readers see them at once. ``mag`` says
    whether this editor may change a record.
    """
    nieuw = {c.adres: c.nieuw_adres for c in controles if c.nieuw_adres}
    per_item: dict[tuple[type[Model], int], list[str]] = {}
    for adres, plaatsen in vindplaatsen(nieuw).items():
        for plaats in plaatsen:
            if not plaats.van_lezers:
                adressen = per_item.setdefault((plaats.model, plaats.pk), [])
                adressen += [adres] if adres not in adressen else []
    uit = Overgenomen()
    for (model, pk), adressen in per_item.items():
        item = model._default_manager.get(pk=pk)
        if mag(item):
            _in_item(item, {adres: nieuw[adres] for adres in adressen}, uit, by)
        else:
            uit.mag_niet.append(item)
    return uit


@transaction.atomic
def _in_item(item: Any, nieuw: dict[str, str], uit: Overgenomen, by: User) -> None:
    model: Any = type(item)
    # Who saves the same record at this moment comes after us, or went before.
    model._default_manager.order_by().select_for_update().get(pk=item.pk)
    declared = next(v.hoort_bij for v in adresvelden() if v.hoort_bij.model is model)
    eerst = toestand(item)
    data = deepcopy(eerst)
    aantal = sum(vervang(declared, data, oud, naar) for oud, naar in nieuw.items())
    fout = {*map(str, problems(declared, data))} - {
        *map(str, problems(declared, eerst))
    }
    if fout:
        uit.kan_niet[str(item)] = " ".join(sorted(fout))
        return
    if is_whole(model):
        work.remember(item, by=None)
    apply(declared, data)
    if is_whole(model):
        work.remember(item, by=by)
    regels = "\n".join(verschillen(model, eerst, toestand(item)))
    LogEntry.objects.log_actions(by.pk, [item], CHANGE, regels, single_object=True)
    uit.gewijzigd.append(item)
    uit.aantal += aantal
