"""Writing the files: what readers see now, as a person would want to read it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from wijkwijzer.wholes.actions import document_of
from wijkwijzer.wholes.content.files import LISTS, SINCE
from wijkwijzer.wholes.models import Publicatie
from wijkwijzer.wholes.registry import terms, wholes
from wijkwijzer.wholes.rows import build, load

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path


WIDTH = 88
# A uuid that names another record: its own stands in the first column.
REFERENCE = re.compile(r"^(\s+- |\s+\w+: |\w+: )([0-9a-f-]{36})$", re.MULTILINE)


class _Dumper(yaml.SafeDumper):
    """Long texts over several lines, and lists set in under their name."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, indentless=False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    # An address is not broken over lines.
    long = "\n" in text or (" " in text and len(text) > WIDTH - 20)
    style = ">" if long else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def write_content(folder: Path) -> Iterator[Path]:
    """Write all that readers see to files; yields each file. Others are left alone."""
    for soort, declared in terms().items():
        rows = load(declared, declared.model._default_manager.all())
        if data := [build(declared, row) for row in rows]:
            yield _write(folder / LISTS / f"{soort}.yaml", dump(data, {}))
    known = dict(names())
    seen = Publicatie.objects.filter(versie__document__isnull=False)
    for publicatie in seen.select_related("versie").order_by("soort", "slug"):
        since = moment(publicatie.versie.op)
        document = document_of(publicatie.versie) or {}
        yield _write(
            folder / publicatie.soort / f"{publicatie.slug}.yaml",
            dump({SINCE: since} | document, known),
        )


def moment(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def names() -> Iterator[tuple[str, str]]:
    """What people call each record, for the words beside a uuid."""
    for declared in wholes().values():
        rows: Any = declared.model._default_manager.all()
        yield from (
            (str(uuid), naam) for uuid, naam in rows.values_list("uuid", "naam")
        )


def dump(data: Any, names: dict[str, str]) -> str:
    """As YAML; beside a uuid stands the name of its record."""
    text = yaml.dump(
        data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH
    )

    def with_name(found: re.Match[str]) -> str:
        before, uuid = found.groups()
        if before == "uuid: " or uuid not in names:
            return found[0]
        return f"{before}{uuid}  # {names[uuid]}"

    return REFERENCE.sub(with_name, text)


def _write(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file
