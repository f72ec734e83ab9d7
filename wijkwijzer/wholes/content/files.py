"""Reading the files: each document, and on which line what stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import yaml

from wijkwijzer.wholes.declaration import Whole
from wijkwijzer.wholes.registry import terms, wholes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from wijkwijzer.wholes.validation import Place

LISTS = "woordenlijsten"
# Since when readers see a record. Stands before its document, and is no part of it.
SINCE = "gepubliceerd_op"


class ContentError(Exception):
    """Files that cannot be loaded: all mistakes, each with its file and line."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


@dataclass
class Entry:
    """A document in a file. ``data`` is whatever stands there, until it is checked."""

    declared: type[Any]
    data: Any
    file: Path
    node: yaml.Node
    since: datetime | None = None

    @property
    def key(self) -> str:
        """By what other documents name it."""
        if issubclass(self.declared, Whole):
            return str(self.data["uuid"])
        return str(self.declared.key_in(self.data))

    @property
    def name(self) -> str:
        """What people call it: its file, and in a list its key."""
        name = f"{self.file.parent.name}/{self.file.name}"
        return name if issubclass(self.declared, Whole) else f"{name}: {self.key}"

    def where(self, place: Place) -> str:
        return _where(self.file, _line(self.node, place))

    def mistake(self, place: Place, message: str) -> str:
        return f"{self.where(place)}: {message}"


def _where(file: Path, line: int) -> str:
    return f"{file.parent.name}/{file.name}, regel {line}"


def _mistake(file: Path, line: int, message: str) -> str:
    return f"{_where(file, line)}: {message}"


# What the library raises of a value that is not what its tag says.
UNFIT = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError)
PLAIN = {f"tag:yaml.org,2002:{name}" for name in ("null", "bool", "int")}


class _Loader(yaml.CSafeLoader):
    """YAML with the types of a document: a date is text."""

    yaml_implicit_resolvers = {
        first: [resolver for resolver in resolvers if resolver[0] in PLAIN]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def content_files(folder: Path) -> Iterator[tuple[type[Any], Path]]:
    """The files of a folder with what each is of: terms first, lower layers first."""
    for soort, listed in terms().items():
        file = folder / LISTS / f"{soort}.yaml"
        if file.exists():
            yield listed, file
    for soort, declared in wholes().items():
        for file in sorted((folder / soort).glob("*.yaml")):
            yield declared, file


def read_files(files: Iterable[tuple[type[Any], Path]]) -> list[Entry]:
    """All documents of these files. Raises ContentError."""
    mistakes: list[str] = []
    entries: list[Entry] = []
    for declared, file in files:
        entries += _read(declared, file, mistakes)
    if mistakes:
        raise ContentError(mistakes)
    return entries


def digest_of(folder: Path) -> str:
    """A digest of all files, with their names."""
    digest = blake2b(digest_size=16)
    for _, file in content_files(folder):
        content = file.read_bytes()
        digest.update(f"{file.parent.name}/{file.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _read(declared: type[Any], file: Path, mistakes: list[str]) -> Iterator[Entry]:
    try:
        loader = _Loader(file.read_text(encoding="utf-8"))
        # An empty file is an empty group, and lacks what it must have.
        node = loader.get_single_node() or yaml.MappingNode("tag:yaml.org,2002:map", [])
        data = loader.construct_document(node)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or error
        mistakes.append(_mistake(file, line, f"Dit is geen YAML: {problem}."))
        return
    except UNFIT:
        mistakes.append(
            _mistake(
                file,
                1,
                "Een waarde in dit bestand klopt niet: een getal met te veel cijfers, "
                "of iets anders dan de soort (!!) die ervoor staat.",
            )
        )
        return
    twice = [*_twice(node)]
    mistakes += (
        _mistake(file, key.start_mark.line + 1, f"“{key.value}” staat er twee keer.")
        for key in twice
    )
    if twice:
        return
    if issubclass(declared, Whole):
        entry = Entry(declared, data, file, node)
        _take_since(entry, mistakes)
        yield entry
    elif isinstance(data, list):
        for item, inner in zip(data, node.value, strict=True):
            yield Entry(declared, item, file, inner)
    else:
        mistakes.append(
            f"{file.parent.name}/{file.name}, regel 1: Hier hoort een lijst."
        )


def _take_since(entry: Entry, mistakes: list[str]) -> None:
    if not isinstance(entry.data, dict) or SINCE not in entry.data:
        return
    text = str(entry.data.pop(SINCE))
    try:
        entry.since = datetime.fromisoformat(text)
    except ValueError:
        entry.since = None
    if entry.since is None or entry.since.tzinfo is None:
        mistakes.append(
            entry.mistake(
                (SINCE,), f"“{text}” is geen tijd zoals 2026-11-24T09:00:00Z."
            )
        )


def _twice(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    """The keys that stand in a group for the second time; YAML would take the last."""
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if key.value in seen:
                yield key
            seen.add(key.value)
            yield from _twice(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _twice(item)


def _line(node: yaml.Node, place: Place) -> int:
    """The line of a place, or of what comes closest to it."""
    line = node.start_mark.line
    for step in place:
        if isinstance(node, yaml.MappingNode):
            found = [(k, v) for k, v in node.value if k.value == step]
            if not found:
                break
            (key, node) = found[0]
            line = key.start_mark.line
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
            line = node.start_mark.line
        else:
            break
    return line + 1
