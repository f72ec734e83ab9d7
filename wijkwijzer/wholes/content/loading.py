"""Loading the files: all or nothing, and never over what an editor did."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from wijkwijzer.core.models import Status
from wijkwijzer.wholes.actions import publish
from wijkwijzer.wholes.apply import apply
from wijkwijzer.wholes.content.files import (
    ContentError,
    Entry,
    content_files,
    digest_of,
    read_files,
)
from wijkwijzer.wholes.declaration import Data, Kind, Whole, spec_of
from wijkwijzer.wholes.documents import canonical
from wijkwijzer.wholes.models import Inlading, Versie
from wijkwijzer.wholes.registry import terms, wholes
from wijkwijzer.wholes.rows import build, load
from wijkwijzer.wholes.validation import Validator

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from wijkwijzer.core.models import Publiceerbaar

NOTE = "Uit de inhoudsbestanden."
# How loading remembers all files together.
FOLDER = "fixtures"


@dataclass
class Loaded:
    """What loading did, by name."""

    made: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    left_alone: list[str] = field(default_factory=list)


def is_up_to_date(folder: Path) -> bool | None:
    """Whether the files were loaded as they are now; None when they never were."""
    known = Inlading.objects.filter(soort="", sleutel=FOLDER).first()
    return known.bestand == digest_of(folder) if known else None


@transaction.atomic
def load_content(folder: Path, *, only_lists: bool = False) -> Loaded:
    """Load the files of a folder. Raises ContentError, and then nothing is loaded.

    Makes what is new, and brings up to date what nobody changed since it was loaded.
    What an editor changed, withdrew or removed is left alone.
    """
    entries = read_files(
        (declared, file)
        for declared, file in content_files(folder)
        if not (only_lists and issubclass(declared, Whole))
    )
    _check_each(entries)
    loading = Loading(only_lists=only_lists)
    todo = [entry for entry in entries if loading.is_ours(entry)]
    for declared in terms().values():
        loading.load([entry for entry in todo if entry.declared is declared])
    loading.load([entry for entry in todo if issubclass(entry.declared, Whole)])
    if not only_lists:
        Inlading.objects.update_or_create(
            soort="", sleutel=FOLDER, defaults={"bestand": digest_of(folder)}
        )
    return loading.loaded


class Loading:
    """One time that files are loaded, beside what was loaded before."""

    def __init__(self, *, only_lists: bool) -> None:
        self.loaded = Loaded()
        self._before = {(i.soort, i.sleutel): i for i in Inlading.objects.all()}
        # Records that are older than all loading: what is missing was removed.
        self._is_older = not self._before and any(
            declared.model._default_manager.exists() for declared in wholes().values()
        )

    def is_ours(self, entry: Entry) -> bool:
        """Whether a file is to be written to the rows: no editor decided otherwise."""
        known = self._before.get(_key(entry))
        if known and known.bestand == _digest(entry.data):
            return False
        row = _find(entry.declared, entry.data)
        if row is None:
            gone = known or self._is_older
            (self.loaded.left_alone if gone else self.loaded.made).append(entry.name)
            return not gone
        now = _built(entry.declared, row.pk)
        if now == entry.data:
            self._remember(entry, now)
            return False
        ours = known and known.rijen == _digest(now) and not _is_withdrawn(row)
        (self.loaded.changed if ours else self.loaded.left_alone).append(entry.name)
        return bool(ours)

    def load(self, entries: list[Entry]) -> None:
        """Write documents that name each other in any order."""
        # First all are there, then all are whole.
        new = [entry for entry in entries if entry.name in self.loaded.made]
        bare = [_bare(entry) for entry in new]
        if bare != new:
            _check(bare, to_publish=False)
            for entry in bare:
                apply(entry.declared, entry.data)
        _check(entries)
        for entry in entries:
            row: Any = apply(entry.declared, entry.data)
            self._remember(entry, _built(entry.declared, row.pk))
            if entry.since:
                _publish(row, entry.since)

    def _remember(self, entry: Entry, rows: Data) -> None:
        """What was loaded, so that next time it shows what changed, and where."""
        soort, sleutel = _key(entry)
        known = self._before.get((soort, sleutel))
        known = known or Inlading(soort=soort, sleutel=sleutel)
        known.bestand, known.rijen = _digest(entry.data), _digest(rows)
        known.save()


def _check_each(entries: list[Entry]) -> None:
    """What is wrong with a document by itself, or with its name."""
    mistakes: list[str] = []
    names: set[tuple[type[Any], str]] = set()
    validator = Validator()
    for entry in entries:
        problems = validator.by_itself(entry.declared, entry.data)
        mistakes += (entry.mistake(p.place, str(p)) for p in problems)
        if problems:
            continue
        if (entry.declared, entry.key) in names:
            mistakes.append(entry.mistake((), f"“{entry.key}” staat er twee keer."))
        names.add((entry.declared, entry.key))
    if mistakes:
        raise ContentError(mistakes)


def _check(entries: list[Entry], *, to_publish: bool = True) -> None:
    """Whether documents can be applied, to a database with all that they name."""
    validator = Validator()
    mistakes = [
        entry.mistake(problem.place, str(problem))
        for entry in entries
        for problem in validator.problems(
            entry.declared, entry.data, to_publish=to_publish and bool(entry.since)
        )
    ]
    if mistakes:
        raise ContentError(mistakes)


def _find(declared: type[Any], data: Data) -> Any:
    whole = issubclass(declared, Whole)
    key = {"uuid": data["uuid"]} if whole else declared.lookup(data)
    return declared.model._default_manager.filter(**key).first()


def _is_withdrawn(row: Any) -> bool:
    return getattr(row, "status", None) == Status.GEARCHIVEERD


def _built(declared: type[Any], pk: int) -> Data:
    return build(declared, load(declared, declared.model._default_manager).get(pk=pk))


def _key(entry: Entry) -> tuple[str, str]:
    return str(entry.declared.model._meta.model_name), entry.key


def _digest(data: Data) -> str:
    return blake2b(canonical(data).encode(), digest_size=16).hexdigest()


def _bare(entry: Entry) -> Entry:
    """A document without what may not be there yet."""
    gone = {
        f.name
        for f in spec_of(entry.declared).fields
        if f.type is entry.declared or f.kind in {Kind.REF, Kind.REFS, Kind.PARTS}
    }
    data = {name: value for name, value in entry.data.items() if name not in gone}
    return replace(entry, data=data)


def _publish(record: Publiceerbaar, since: datetime) -> None:
    seen = Versie.objects.filter(uuid=record.uuid).exists()
    publish(record=record, by=None, note=NOTE, at=timezone.now() if seen else since)
