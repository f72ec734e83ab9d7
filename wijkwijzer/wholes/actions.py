"""Publishing and withdrawing: what changes what readers see, and who did it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from wijkwijzer.core.models import Status, VorigeSlug
from wijkwijzer.memory import number
from wijkwijzer.wholes.answers import answer
from wijkwijzer.wholes.apply import apply
from wijkwijzer.wholes.documents import canonical, parse
from wijkwijzer.wholes.findings import errors
from wijkwijzer.wholes.models import Publicatie, Uitkomst, Versie
from wijkwijzer.wholes.registry import whole_of, wholes
from wijkwijzer.wholes.rights import must_be_allowed, needs_another
from wijkwijzer.wholes.rows import build, load
from wijkwijzer.wholes.upgrade import upgraded
from wijkwijzer.wholes.validation import Problem, problems, problems_of_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.contrib.auth.models import User

    from wijkwijzer.core.models import Publiceerbaar
    from wijkwijzer.wholes.declaration import Data, Whole


class CannotPublishError(Exception):
    """What is wrong with a working copy, so that readers cannot get to see it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


def working_document(record: Publiceerbaar) -> Data:
    """The document of a working copy as it is in the database now."""
    declared = whole_of(type(record))
    rows = load(declared, type(record)._default_manager.all())
    return build(declared, rows.get(pk=record.pk))


def published_document(record: Publiceerbaar) -> Data | None:
    """What readers see of a record now; None when they see nothing of it."""
    publicatie = (
        Publicatie.objects.filter(uuid=record.uuid).select_related("versie").first()
    )
    return document_of(publicatie.versie) if publicatie else None


def document_of(versie: Versie) -> Data | None:
    """The document of a version as one of now; None when it is a withdrawal."""
    if versie.document is None:
        return None
    declared = wholes()[versie.soort]
    return upgraded(declared, parse(versie.document), versie.schema)


@transaction.atomic
def publish(
    *,
    record: Publiceerbaar,
    by: User | None,
    note: str = "",
    at: datetime | None = None,
    document: Data | None = None,
    revisie: int | None = None,
) -> Versie:
    """Show readers the working copy as it is now; the version that they then see.

    An unchanged working copy makes no new version. ``at``: when, if it was before now.
    ``document`` and ``revisie``: what it was at a revision of before, to show that.
    Raises CannotPublishError; PermissionDenied for who may not publish.
    """
    must_be_allowed(by)
    # Two editors who publish one record do so one after the other.
    type(record)._default_manager.select_for_update().order_by().get(pk=record.pk)
    data = working_document(record) if document is None else document
    if found := _wrong(record, data, by, revisie, of_rows=document is None):
        raise CannotPublishError(found)
    at = at or timezone.now()
    text = canonical(data)
    publicatie = (
        Publicatie.objects.filter(uuid=record.uuid).select_related("versie").first()
    )
    if publicatie and publicatie.versie.document == text:
        versie = publicatie.versie
    else:
        versie = _add(record, publicatie, document=text, by=by, note=note, at=at)
    _show(record, publicatie, versie, data["slug"], at, revisie)
    record.status, record.reden_archivering = Status.GEPUBLICEERD, ""
    record.gepubliceerd_op = record.gepubliceerd_op or at
    record.save(update_fields=["status", "reden_archivering", "gepubliceerd_op"])
    answer(uuid=record.uuid, outcome=Uitkomst.GEPUBLICEERD, by=by)
    number.fold_later()
    return versie


def _wrong(
    record: Publiceerbaar,
    data: Data,
    by: User | None,
    revisie: int | None,
    *,
    of_rows: bool,
) -> list[Problem]:
    """What keeps this from being published, by this person."""
    declared = whole_of(type(record))
    if words := needs_another(record.uuid, by, revisie):
        return [Problem((), words)]
    wrong = (
        problems_of_rows(declared, data)
        if of_rows
        else problems(declared, data, to_publish=True)
    )
    return wrong or errors(declared, data) or list(_taken(record, data))


def _taken(record: Publiceerbaar, data: Data) -> Iterator[Problem]:
    """Whether readers know another record at this address."""
    other = Publicatie.objects.filter(soort=record.soort, slug=data["slug"])
    if other.exclude(uuid=record.uuid).exists():
        yield Problem(
            ("slug",),
            "Op dit adres staat nu nog een ander item. Publiceer eerst wat daaraan "
            "veranderde, of kies een andere slug.",
        )


@transaction.atomic
def withdraw(
    *, record: Publiceerbaar, reason: str, by: User | None, at: datetime | None = None
) -> Versie:
    """Take a record away from readers, who see the reason at its old address.

    The working copy stays as it is. Raises CannotPublishError when readers never saw
    it, or do not any more, or when there is no reason; PermissionDenied for who may not
    publish.
    """
    must_be_allowed(by)
    type(record)._default_manager.select_for_update().order_by().get(pk=record.pk)
    publicatie = (
        Publicatie.objects.filter(uuid=record.uuid).select_related("versie").first()
    )
    if publicatie is None:
        raise CannotPublishError([Problem((), "Dit is nooit gepubliceerd.")])
    if publicatie.versie.document is None:
        # By another, since it was looked at: the reason of the first stays.
        raise CannotPublishError([Problem((), "Lezers zien dit al niet meer.")])
    if not reason.strip():
        raise CannotPublishError(
            [Problem(("reden",), "Schrijf op waarom je dit intrekt.")]
        )
    at = at or timezone.now()
    versie = _add(record, publicatie, document=None, reason=reason, by=by, at=at)
    publicatie.versie = versie
    publicatie.save(update_fields=["versie"])
    record.status, record.reden_archivering = Status.GEARCHIVEERD, reason
    record.save(update_fields=["status", "reden_archivering"])
    number.fold_later()
    return versie


@transaction.atomic
def restore(*, versie: Versie) -> Publiceerbaar:
    """Make the working copy what a version says. Readers see it once it is published.

    Raises MissingError when the version names what is not there any more.
    """
    declared = wholes()[versie.soort]
    data = document_of(versie)
    if data is None:
        raise CannotPublishError([Problem((), "Deze versie is leeg.")])
    return restore_document(declared, data)


def restore_document(declared: type[Whole], data: Data) -> Publiceerbaar:
    """Make the working copy what a document says. Raises MissingError as above."""
    record: Publiceerbaar = apply(declared, data)  # type: ignore[assignment]
    return record


def _add(
    record: Publiceerbaar,
    publicatie: Publicatie | None,
    *,
    document: str | None,
    by: User | None,
    at: datetime,
    note: str = "",
    reason: str = "",
) -> Versie:
    return Versie.objects.create(
        soort=record.soort,
        uuid=record.uuid,
        nummer=publicatie.versie.nummer + 1 if publicatie else 1,
        document=document,
        reden=reason,
        opmerking=note,
        door=by,
        op=at,
    )


def _show(
    record: Publiceerbaar,
    publicatie: Publicatie | None,
    versie: Versie,
    slug: str,
    at: datetime,
    revisie: int | None,
) -> None:
    """Let readers see a version, and keep the address that they knew."""
    soort = record.soort
    if revisie is None:
        revisions = type(record)._default_manager.values_list("revisie", flat=True)
        revisie = revisions.get(pk=record.pk)
    if publicatie is None:
        Publicatie.objects.create(
            soort=soort,
            uuid=record.uuid,
            slug=slug,
            versie=versie,
            eerste_op=at,
            revisie=revisie,
        )
        return
    if publicatie.slug != slug:
        VorigeSlug.objects.filter(soort=soort, slug=slug, uuid=record.uuid).delete()
        VorigeSlug.objects.update_or_create(
            soort=soort, slug=publicatie.slug, defaults={"uuid": record.uuid}
        )
    publicatie.slug, publicatie.versie, publicatie.revisie = slug, versie, revisie
    publicatie.save(update_fields=["slug", "versie", "revisie"])
