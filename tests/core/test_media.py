"""Pictures in a bucket: as on a disk, on every machine, for nobody but us."""

from __future__ import annotations

import time
import urllib.request
from threading import Thread
from urllib.error import HTTPError

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests.tools.site import free_port
from wijkwijzer.core.media import ANSWER_SECONDS, PAUSE, TRIES, S3Media, StoreAwayError

pytestmark = pytest.mark.once

NAME = "afbeeldingen/plein.png"


def save(content: bytes = b"pixels", name: str = NAME) -> str:
    return default_storage.save(name, ContentFile(content))


def test_what_one_machine_keeps_another_has(bucket):
    assert save() == NAME
    other = S3Media()
    with other.open(NAME) as file:
        assert (file.size, file.read()) == (6, b"pixels")
    assert other.size(NAME) == 6
    other._client.close()


def test_a_name_is_never_used_twice(bucket):
    first, second = save(b"first"), save(b"second")
    assert first != second
    with default_storage.open(first) as file:
        assert file.read() == b"first"


def test_a_file_larger_than_memory_should_hold_comes_back_whole(bucket):
    content = bytes(range(256)) * 40_000
    save(content)
    with default_storage.open(NAME) as file:
        assert (file.size, file.read()) == (len(content), content)


def test_what_is_not_there_is_not_found_as_on_a_disk(bucket):
    assert not default_storage.exists(NAME)
    for ask in (default_storage.open, default_storage.size):
        with pytest.raises(FileNotFoundError):
            ask(NAME)
    default_storage.delete(NAME)


def test_what_is_removed_is_gone(bucket):
    save()
    default_storage.delete(NAME)
    assert not default_storage.exists(NAME)


def test_folders_are_listed_as_on_a_disk(bucket):
    save()
    save(name="los.png")
    assert default_storage.listdir("") == (["afbeeldingen"], ["los.png"])
    assert default_storage.listdir("afbeeldingen") == ([], ["plein.png"])
    assert default_storage.listdir("weg") == ([], [])


@pytest.mark.parametrize("name", ["../x.png", "/x.png", "a/../../x.png"])
def test_no_name_leads_out_of_the_bucket(bucket, name):
    with pytest.raises(Exception, match=r"denied|traversal"):
        default_storage.save(name, ContentFile(b"x"))


def test_the_address_of_a_picture_is_ours_and_not_a_link_that_anybody_can_pass_on(
    bucket,
):
    assert default_storage.url(NAME) == f"/media/{NAME}"


def test_a_picture_is_not_given_to_who_asks_the_store_himself(store, bucket):
    save()
    with pytest.raises(HTTPError) as refused:
        urllib.request.urlopen(f"{store.url}/{bucket}/{NAME}", timeout=5)  # noqa: S310
    assert refused.value.code == 403
    refused.value.close()


def test_the_store_hears_what_kind_of_file_it_is(bucket):
    save()
    about = default_storage._client.head_object(Bucket=bucket, Key=NAME)
    assert about["ContentType"] == "image/png"


def test_many_threads_share_one_connection(bucket):
    save()
    read: list[bytes] = []

    def ask() -> None:
        with default_storage.open(NAME) as file:
            read.append(file.read())

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read == [b"pixels"] * 8


# A store that is away


def every_question(name: str = NAME) -> list:
    return [
        lambda: default_storage.open(name),
        lambda: default_storage.save(name, ContentFile(b"x")),
        lambda: default_storage.exists(name),
        lambda: default_storage.size(name),
        lambda: default_storage.listdir(""),
        lambda: default_storage.delete(name),
        default_storage.ask,
    ]


def test_a_store_that_is_not_there_is_said_at_once(use_bucket):
    use_bucket("pictures", f"http://127.0.0.1:{free_port()}")
    begin = time.monotonic()
    for ask in every_question():
        with pytest.raises(StoreAwayError, match="antwoordt niet"):
            ask()
    # One of them waited, for its second try.
    assert time.monotonic() - begin < 5


@pytest.mark.long
def test_a_store_that_hangs_is_waited_for_some_seconds_and_no_minutes(store, bucket):
    save()
    store.hang()
    try:
        begin = time.monotonic()
        with pytest.raises(StoreAwayError, match="antwoordt niet"):
            default_storage.open(NAME)
        assert time.monotonic() - begin < TRIES * ANSWER_SECONDS + 5
        # Who comes next does not wait.
        with pytest.raises(StoreAwayError, match="net ook niet"):
            default_storage.open(NAME)
        assert time.monotonic() - begin < TRIES * ANSWER_SECONDS + 5
    finally:
        store.go_on()
    time.sleep(PAUSE)
    with default_storage.open(NAME) as file:
        assert file.read() == b"pixels"


def test_a_bucket_that_is_not_there_is_no_picture_that_is_missing(store, use_bucket):
    use_bucket("no-such-bucket", store.url)
    with pytest.raises(StoreAwayError, match="NoSuchBucket"):
        default_storage.open(NAME)
    with pytest.raises(OSError, match=r"no-such-bucket"):
        default_storage.ask()
