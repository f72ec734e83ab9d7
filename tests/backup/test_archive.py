"""The file of a backup: found out when it is not what was written."""

from __future__ import annotations

import os
import stat
import tarfile
from io import BytesIO
from pathlib import Path

import pytest

from tests.backup.files import PICTURE, digest, rewrite, small, write
from wijkwijzer.backup import archive
from wijkwijzer.backup.archive import (
    MANIFEST,
    BackupError,
    DamagedBackupError,
    Manifest,
    check,
    content_of,
    members,
    written,
)


@pytest.fixture
def file(tmp_path) -> Path:
    return small(tmp_path / "kopie.tar.gz")


def test_what_was_written_is_found_again(file):
    manifest = check(file)
    assert (manifest.rows, manifest.files) == (2, 1)
    found = {name: stream.read(-1) for name, stream in content_of(file, manifest)}
    assert found["media/afbeeldingen/plein.png"] == PICTURE
    assert manifest.members == {name: digest(found[name]) for name in found}


def damage(file: Path, how: str) -> None:
    content = bytearray(file.read_bytes())
    if how == "one bit":
        content[len(content) // 2] ^= 1
    elif how == "cut off":
        del content[len(content) // 2 :]
    elif how == "without its last bytes":
        del content[-9:]
    elif how == "empty":
        content.clear()
    else:
        content[:] = b"%PDF-1.7 something else altogether"
    file.write_bytes(content)


@pytest.mark.parametrize(
    "how", ["one bit", "cut off", "without its last bytes", "empty", "another file"]
)
def test_a_damaged_file_is_refused_in_words(file, how):
    damage(file, how)
    with pytest.raises(DamagedBackupError, match="is beschadigd of is geen kopie"):
        check(file)


@pytest.mark.parametrize("how", ["one bit", "cut off"])
def test_what_is_damaged_within_a_large_part_is_refused_in_words(file, how):
    # Found by who reads the part, and not by who looks for the next.
    rewrite(file, lambda members, _: members.update({"media/groot": os.urandom(10**6)}))
    damage(file, how)
    with pytest.raises(DamagedBackupError, match="is beschadigd of is geen kopie"):
        check(file)


@pytest.mark.parametrize("name", ["rijen/core.Bron/000001.jsonl", MANIFEST])
def test_a_file_that_misses_a_part_is_refused(file, name):
    found = {name: stream.read() for name, stream in members(file)}
    del found[name]
    with archive.writer(file, 0) as writer:
        for member, content in found.items():
            writer.add(member, content)
    with pytest.raises(DamagedBackupError):
        check(file)


def test_other_content_than_the_manifest_says_is_refused(file):
    manifest = check(file)
    found = {name: stream.read() for name, stream in members(file)}
    del found[MANIFEST]
    write(file, found | {"media/afbeeldingen/plein.png": b"another"}, manifest)
    with pytest.raises(DamagedBackupError, match="controlegetal"):
        check(file)
    write(file, found | {"media/extra.png": b"more"}, manifest)
    with pytest.raises(DamagedBackupError, match="controlegetal"):
        check(file)


def test_another_number_of_rows_than_the_manifest_says_is_refused(file):
    def count_wrong(found: dict[str, bytes], manifest: Manifest) -> None:
        manifest.tables["core.Bron"].rows = 3

    rewrite(file, count_wrong)
    with pytest.raises(DamagedBackupError, match="controlegetal"):
        check(file)


def test_what_changed_after_the_check_is_noticed_while_it_is_read(file):
    manifest = check(file)
    rewrite(file, lambda found, _: found.update({"rijen/core.Bron/000001.jsonl": b""}))
    with pytest.raises(DamagedBackupError):
        for _, stream in content_of(file, manifest):
            stream.read(-1)


def test_a_file_of_a_newer_format_says_so(file, monkeypatch):
    monkeypatch.setattr(archive, "FORMAT", archive.FORMAT + 1)
    small(file)
    monkeypatch.undo()
    with pytest.raises(BackupError, match=r"nieuwere WijkWijzer.*Werk de site eerst"):
        check(file)


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE])
def test_only_plain_files_are_accepted_in_it(file, kind):
    with tarfile.open(file, "w:gz") as tar:
        info = tarfile.TarInfo("formaat")
        info.size = 1
        tar.addfile(info, BytesIO(b"1"))
        info = tarfile.TarInfo("media/afbeeldingen/a.png")
        info.type, info.linkname = kind, "/etc/passwd"
        tar.addfile(info)
    with pytest.raises(DamagedBackupError):
        check(file)


def test_a_file_that_is_not_there_is_no_damaged_one(tmp_path):
    with pytest.raises(BackupError, match="bestaat niet"):
        check(tmp_path / "weg.tar.gz")


def test_a_large_table_is_never_in_memory_as_a_whole(tmp_path):
    """The file has it in parts, and reading keeps none of them."""
    file = tmp_path / "kopie.tar.gz"
    with archive.writer(file, 0) as writer:
        for number in range(1000):
            writer.add(f"media/{number}", b"")
        assert writer._tar.members == []


# How it gets its name


def test_a_file_has_its_name_when_it_is_whole_and_only_its_owner_can_read_it(
    tmp_path, no_umask
):
    file = tmp_path / "nieuw" / "kopie"
    with written(file) as half:
        half.write_bytes(b"half")
        assert not file.exists()
        assert stat.S_IMODE(half.stat().st_mode) == 0o600
    assert file.read_bytes() == b"half"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_what_is_no_file_is_never_replaced_by_one(tmp_path):
    # As /dev/null would be, for the whole machine, when root makes the backup.
    pipe = tmp_path / "pijp"
    os.mkfifo(pipe)
    for place in (pipe, tmp_path):
        with pytest.raises(BackupError, match="is geen bestand"), written(place):
            pytest.fail("there is nothing to write to")
    assert pipe.is_fifo()
    assert [*tmp_path.iterdir()] == [pipe]


def test_a_link_stays_and_the_file_is_where_it_leads(tmp_path):
    (tmp_path / "schijf").mkdir()
    link, there = tmp_path / "laatste", tmp_path / "schijf" / "kopie"
    link.symlink_to(there)
    with written(link) as half:
        half.write_bytes(b"x")
    assert link.is_symlink()
    assert there.read_bytes() == b"x"


def test_what_somebody_left_who_was_killed_goes_a_day_later(tmp_path):
    old, new = (tmp_path / f".{name}{archive.HALF}" for name in ("old", "new"))
    for half in (old, new):
        half.touch()
    os.utime(old, (0, 0))
    with written(tmp_path / "kopie") as half:
        half.write_bytes(b"x")
    assert {*tmp_path.iterdir()} == {new, tmp_path / "kopie"}


def test_when_writing_fails_the_file_of_before_stays_and_nothing_else(tmp_path):
    file = tmp_path / "kopie"
    file.write_bytes(b"before")
    with pytest.raises(OSError, match="no space"), written(file) as half:
        half.write_bytes(b"af")
        raise OSError("no space left")
    assert [*tmp_path.iterdir()] == [file]
    assert file.read_bytes() == b"before"
