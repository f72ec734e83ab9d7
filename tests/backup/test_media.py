"""Backups of pictures in a bucket, put back in a bucket or on a disk."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from tests.tools import databases
from tests.tools.site import free_port

pytestmark = [pytest.mark.usefixtures("own_connections"), pytest.mark.long]

PICTURES = {f"afbeeldingen/{n}.png": b"pixels %d" % n for n in range(3)}


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"
    settings.VAR_DIR.mkdir()


@pytest.fixture
def use_disk(settings, tmp_path):
    """Return a function: pictures are in an empty folder from then on."""

    def use() -> None:
        settings.MEDIA_S3_BUCKET, settings.MEDIA_ROOT = "", tmp_path / "media"
        backend = "django.core.files.storage.FileSystemStorage"
        settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": backend}}

    return use


@pytest.fixture
def use_new_bucket(store, use_bucket):
    return lambda: use_bucket(store.make_bucket(), store.url)


def add_pictures() -> None:
    for name, content in PICTURES.items():
        default_storage.save(name, ContentFile(content))


def pictures() -> dict[str, bytes]:
    found = {}
    for name in default_storage.listdir("afbeeldingen")[1]:
        with default_storage.open(f"afbeeldingen/{name}") as file:
            found[f"afbeeldingen/{name}"] = file.read()
    return found


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("use_new_bucket", "use_disk"),
        ("use_disk", "use_new_bucket"),
    ],
)
def test_pictures_go_along_to_another_store(request, tmp_path, before, after):
    request.getfixturevalue(before)()
    add_pictures()
    file = tmp_path / "kopie.tar.gz"
    call_command("backup", str(file))
    request.getfixturevalue(after)()
    with databases.empty(tmp_path):
        call_command("restore", str(file))
        assert pictures() == PICTURES
        # A second time nothing is written twice.
        call_command("restore", str(file), "--leegmaken")
        assert pictures() == PICTURES


def test_without_the_store_there_is_no_backup_that_lacks_the_pictures(
    use_bucket, tmp_path
):
    use_bucket("pictures", f"http://127.0.0.1:{free_port()}")
    file = tmp_path / "kopie.tar.gz"
    with pytest.raises(CommandError, match="opslag van afbeeldingen antwoordt niet"):
        call_command("backup", str(file))
    assert [*tmp_path.glob("*kopie*")] == []


def test_without_the_store_nothing_is_restored(use_disk, use_bucket, tmp_path):
    use_disk()
    add_pictures()
    file = tmp_path / "kopie.tar.gz"
    call_command("backup", str(file))
    use_bucket("pictures", f"http://127.0.0.1:{free_port()}")
    with databases.empty(tmp_path):
        with pytest.raises(CommandError, match="Er is niets veranderd: De opslag"):
            call_command("restore", str(file))
        assert connection.introspection.table_names() == []
