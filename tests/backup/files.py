"""Backups as they were not made."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from wijkwijzer.backup import archive
from wijkwijzer.backup.archive import Manifest, Table

Members = dict[str, bytes]

PICTURE = b"not really a picture"


def small(file: Path) -> Path:
    """A file with two rows and a picture, which needs no database."""
    members = {
        "rijen/core.Bron/000001.jsonl": b'[1,"a"]\n[2,"b"]\n',
        "media/afbeeldingen/plein.png": PICTURE,
    }
    manifest = Manifest("0.1.0", "2026-11-29T05:00:00", "sqlite", {}, {})
    manifest.tables["core.Bron"] = Table(["id", "titel"], 2, 1, 2)
    manifest.members = {name: digest(content) for name, content in members.items()}
    write(file, members, manifest)
    return file


def rewrite(file: Path, change: Callable[[Members, Manifest], None]) -> None:
    """Let a file hold something else, with digests that fit."""
    manifest = archive.check(file)
    members = {name: stream.read() for name, stream in archive.members(file)}
    del members[archive.MANIFEST]
    change(members, manifest)
    manifest.members = {name: digest(content) for name, content in members.items()}
    write(file, members, manifest)


def write(file: Path, members: Members, manifest: Manifest) -> None:
    with archive.writer(file, 0) as writer:
        for name, content in members.items():
            writer.add(name, content)
        writer.add(archive.MANIFEST, manifest.to_json())


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()
