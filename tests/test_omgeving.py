"""Settings from the environment: strict, and refused with a hint."""

from __future__ import annotations

import stat

import pytest
from django.core.exceptions import ImproperlyConfigured

from wijkwijzer.core import omgeving

KEY = "k" * omgeving.SECRET_KEY_MIN_LENGTH


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VALUE", "DATABASE_POOL_SIZE"):
        monkeypatch.delenv(name, raising=False)


def test_a_missing_text_without_default_is_an_error_that_names_the_variable():
    with pytest.raises(ImproperlyConfigured, match=r"VALUE is missing.*make start"):
        omgeving.env_str("VALUE")


def test_an_empty_text_counts_as_missing(monkeypatch):
    monkeypatch.setenv("VALUE", "  ")
    assert omgeving.env_str("VALUE", "default") == "default"


@pytest.mark.parametrize("text", ['"a.example"', "'a.example'", ' "a, b" ', '"'])
def test_quotes_around_a_value_are_an_error(monkeypatch, text):
    # systemd takes them off, Docker leaves them: a key would be another one there.
    monkeypatch.setenv("VALUE", text)
    for read in (omgeving.env_str, omgeving.env_list):
        with pytest.raises(ImproperlyConfigured, match=r"VALUE has quotes.*leave them"):
            read("VALUE")


@pytest.mark.parametrize("text", ['"Wijk" <w@a.example>', "l'Avenir", "a'b\""])
def test_quotes_within_a_value_belong_to_it(monkeypatch, text):
    monkeypatch.setenv("VALUE", text)
    assert omgeving.env_str("VALUE") == text


@pytest.mark.parametrize(("text", "value"), [("True", True), ("False", False)])
def test_a_boolean_is_exactly_true_or_false(monkeypatch, text, value):
    monkeypatch.setenv("VALUE", text)
    assert omgeving.env_bool("VALUE", default=not value) is value


@pytest.mark.parametrize("text", ["true", "1", "0", "yes", "FALSE", "Ja"])
def test_any_other_boolean_is_an_error(monkeypatch, text):
    monkeypatch.setenv("VALUE", text)
    with pytest.raises(ImproperlyConfigured, match="exactly True or False"):
        omgeving.env_bool("VALUE", default=False)


def test_a_missing_boolean_takes_the_default():
    assert omgeving.env_bool("VALUE", default=True) is True


def test_a_number_is_read(monkeypatch):
    monkeypatch.setenv("VALUE", "12")
    assert omgeving.env_int("VALUE", default=3) == 12


@pytest.mark.parametrize("text", ["-1", "1.5", "twelve", "²", "0", "66", "9" * 9999])
def test_an_odd_too_small_or_too_large_number_is_an_error(monkeypatch, text):
    monkeypatch.setenv("VALUE", text)
    with pytest.raises(ImproperlyConfigured, match="from 1 to 65,"):
        omgeving.env_int("VALUE", default=3, minimum=1, maximum=65)


def test_a_list_is_split_at_commas(monkeypatch):
    monkeypatch.setenv("VALUE", "a.example, b.example")
    assert omgeving.env_list("VALUE") == ["a.example", "b.example"]


def test_a_list_with_an_empty_part_is_an_error(monkeypatch):
    monkeypatch.setenv("VALUE", "a.example,,b.example")
    with pytest.raises(ImproperlyConfigured, match="one comma"):
        omgeving.env_list("VALUE")


def test_a_missing_list_takes_the_default_or_is_an_error():
    assert omgeving.env_list("VALUE", ["x"]) == ["x"]
    with pytest.raises(ImproperlyConfigured, match="VALUE is missing"):
        omgeving.env_list("VALUE")


def test_outside_a_local_start_a_missing_secret_key_is_an_error():
    with pytest.raises(ImproperlyConfigured, match="VALUE is missing"):
        omgeving.env_secret_key("VALUE", local_file=None)


def test_a_short_secret_key_is_an_error_that_tells_how_to_make_one(monkeypatch):
    monkeypatch.setenv("VALUE", "short")
    with pytest.raises(ImproperlyConfigured, match="token_urlsafe"):
        omgeving.env_secret_key("VALUE", local_file=None)


def test_a_local_start_makes_a_secret_key_once_for_its_owner_only(tmp_path):
    file = tmp_path / "var" / "secret_key"
    key = omgeving.env_secret_key("VALUE", local_file=file)
    assert len(key) >= omgeving.SECRET_KEY_MIN_LENGTH
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert omgeving.env_secret_key("VALUE", local_file=file) == key


def test_the_environment_goes_before_the_file_of_a_local_start(monkeypatch, tmp_path):
    monkeypatch.setenv("VALUE", KEY)
    file = tmp_path / "secret_key"
    assert omgeving.env_secret_key("VALUE", local_file=file) == KEY
    assert not file.exists()


def test_a_damaged_key_file_is_an_error_and_not_replaced(tmp_path):
    file = tmp_path / "secret_key"
    file.write_text("half", encoding="utf-8")
    with pytest.raises(ImproperlyConfigured, match="Remove the file"):
        omgeving.env_secret_key("VALUE", local_file=file)
    assert file.read_text(encoding="utf-8") == "half"


def test_a_folder_that_can_hold_no_key_is_an_error_that_names_the_setting(tmp_path):
    (tmp_path / "var").touch()
    with pytest.raises(ImproperlyConfigured, match="Let VAR_DIR be a folder"):
        omgeving.env_secret_key("VALUE", local_file=tmp_path / "var" / "secret_key")


def test_a_private_file_that_was_readable_by_all_is_private_after_writing(tmp_path):
    file = tmp_path / "note"
    file.touch(mode=0o644)
    omgeving.write_private(file, "new")
    assert file.read_text(encoding="utf-8") == "new\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_choice_is_one_of_its_options_and_the_first_by_default(monkeypatch):
    assert omgeving.env_choice("VALUE", ["regels", "json"]) == "regels"
    monkeypatch.setenv("VALUE", "json")
    assert omgeving.env_choice("VALUE", ["regels", "json"]) == "json"
    monkeypatch.setenv("VALUE", "JSON")
    with pytest.raises(ImproperlyConfigured, match="regels or json"):
        omgeving.env_choice("VALUE", ["regels", "json"])
