"""What was public before there were versions gets its first one.

Migrations cannot do this: their models know no tags and no natural keys. So it happens
after a migration, once: while there are records and not one version.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.db import connections, transaction
from django.utils import timezone

from wijkwijzer.core.models import Status
from wijkwijzer.memory.triggers import is_migrated
from wijkwijzer.wholes.documents import canonical
from wijkwijzer.wholes.models import Publicatie, Versie
from wijkwijzer.wholes.registry import wholes
from wijkwijzer.wholes.rows import build, load

if TYPE_CHECKING:
    from django.apps import AppConfig
    from django.db.models import QuerySet

logger = logging.getLogger(__name__)

PER_KEER = 1000


def make_missing(*, app_config: AppConfig, using: str, **kwargs: Any) -> None:
    """Give every published or archived record its first version, if none has one."""
    if app_config.label != "wholes" or not is_migrated(connections[using]):
        return
    if Versie.objects.using(using).exists():
        return
    with transaction.atomic(using=using):
        for declared in wholes().values():
            rows = declared.model._default_manager.using(using)
            shown = rows.filter(status=Status.GEPUBLICEERD)
            made = add_first_versions(declared, shown)
            gone = rows.filter(status=Status.GEARCHIVEERD)
            made += add_first_versions(declared, gone)
            for record in gone:
                _add_tombstone(record)
            if made:
                logger.warning("%s: %s eerste versies gemaakt", declared.soort, made)


def add_first_versions(declared: type[Any], records: QuerySet[Any]) -> int:
    """Publish many records that readers never saw, as of their last change.

    Nothing is validated: for records that were public already, or are made to be valid.
    """
    keys = list(records.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), PER_KEER):
        some = records.filter(pk__in=keys[start : start + PER_KEER]).order_by("pk")
        rows = list(load(declared, some))
        versies = Versie.objects.bulk_create(
            Versie(
                soort=declared.soort,
                uuid=row.uuid,
                nummer=1,
                document=canonical(build(declared, row)),
                op=row.gewijzigd_op,
            )
            for row in rows
        )
        Publicatie.objects.bulk_create(
            Publicatie(
                soort=declared.soort,
                uuid=row.uuid,
                slug=row.slug,
                versie=versie,
                eerste_op=row.gepubliceerd_op or row.gewijzigd_op,
                revisie=row.revisie,
            )
            for row, versie in zip(rows, versies, strict=True)
        )
    return len(keys)


def _add_tombstone(record: Any) -> None:
    publicatie = Publicatie.objects.get(uuid=record.uuid)
    publicatie.versie = Versie.objects.create(
        soort=publicatie.soort,
        uuid=record.uuid,
        nummer=2,
        reden=record.reden_archivering,
        op=record.gewijzigd_op or timezone.now(),
    )
    publicatie.save(update_fields=["versie"])
