"""`manage.py inrichten`: what is run on a server at first and at every update."""

from __future__ import annotations

import errno
from importlib import import_module
from io import StringIO
from pathlib import Path
from secrets import token_urlsafe
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.core.checks import Error, register
from django.core.checks.registry import registry
from django.core.management import call_command
from django.core.management.base import CommandError, SystemCheckError
from django.db import OperationalError, connection

from wijkwijzer.core.groepen import REDACTIE, keep_editors
from wijkwijzer.core.rollen import Rol
from wijkwijzer.web.management import inrichting

MIGRATED = [("a migration", False)]


@pytest.fixture
def var(settings, tmp_path) -> Path:
    settings.VAR_DIR = tmp_path / "var"
    settings.STATIC_ROOT = settings.VAR_DIR / "static"
    return settings.VAR_DIR


@pytest.fixture(autouse=True)
def as_on_a_server(monkeypatch, settings) -> None:
    settings.SECRET_KEY, settings.HTTPS = token_urlsafe(50), True
    # Playwright needs this one, and a check of Django refuses it.
    monkeypatch.delenv("DJANGO_ALLOW_ASYNC_UNSAFE")


@pytest.fixture
def ran(monkeypatch) -> list[str]:
    """Note the commands that run instead of running them."""
    commands: list[str] = []
    monkeypatch.setattr(
        inrichting, "call_command", lambda name, *args, **kwargs: commands.append(name)
    )
    return commands


def inrichten(*options: str) -> tuple[str, str]:
    output, errors = StringIO(), StringIO()
    call_command("inrichten", *options, stdout=output, stderr=errors)
    return output.getvalue(), errors.getvalue()


def test_a_second_time_only_the_checks_are_done(inhoud, var, ran):
    inrichten()
    ran.clear()
    output, _ = inrichten()
    assert output.startswith("• De instellingen worden gecontroleerd …")
    assert ran == []
    assert not User.objects.exists(), "a server has no demo account"


def test_it_does_the_checks_of_a_deployment(inhoud, var, ran, settings):
    settings.SECURE_HSTS_SECONDS = 0
    assert "security.W004" in "".join(inrichten())


def test_an_error_of_a_check_is_the_end_of_it(inhoud, var, ran):
    def wrong(app_configs, **kwargs):
        return [Error("wrong", id="proef.E001")]

    register(wrong, deploy=True)
    try:
        with pytest.raises(SystemCheckError, match=r"proef\.E001"):
            inrichten()
    finally:
        registry.deployment_checks.discard(wrong)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(errno.ENOSPC, "No space left"), "de schijf is vol"),
        (OSError(errno.EROFS, "Read-only", "x.css"), "x.css: op deze schijf kun je"),
        (OperationalError("database or disk is full"), "database neemt niets aan"),
    ],
)
@pytest.mark.once
def test_a_folder_that_takes_nothing_is_told_in_a_sentence(
    inhoud, var, ran, monkeypatch, error, told
):
    def fails(self: object) -> None:
        raise error

    monkeypatch.setattr(inrichting.Inrichting, "collect_static", fails)
    with pytest.raises(CommandError, match=told) as caught:
        inrichten()
    assert f"Is er plaats in {var}" in str(caught.value)


def test_content_can_be_left_out(inhoud, var, ran, monkeypatch):
    def load(folder: Path) -> None:
        raise AssertionError

    monkeypatch.setattr(inrichting, "is_up_to_date", lambda folder: False)
    monkeypatch.setattr(inrichting, "load_content", load)
    inrichten("--zonder-inhoud")
    with pytest.raises(AssertionError):
        inrichten()


# The roles


def migrated(plan: list[tuple[str, bool]] | None = None) -> None:
    """What Django sends after a migration, to who keeps the roles."""
    for app in apps.get_app_configs():
        if app.models_module:
            keep_editors(app_config=app, using="default", plan=plan)


def test_the_roles_are_there_after_migrating_alone(inhoud):
    assert {*Group.objects.values_list("name", flat=True)} == {*Rol}
    rights = Group.objects.get(name=Rol.REDACTEUR).permissions
    labels = {*rights.values_list("content_type__app_label", flat=True)}
    assert {"aanpakken", "taggit", "wholes"} <= labels
    assert labels.isdisjoint({"auth", "sessions", "contenttypes", "deelname"})


def test_a_right_that_was_changed_by_hand_is_right_again_after_an_update(
    inhoud, var, ran
):
    group = Group.objects.get(name=Rol.SCHRIJVER)
    for put_right in (lambda: migrated(MIGRATED), inrichten):
        group.permissions.set(
            [
                Permission.objects.get(codename="publiceren"),
                Permission.objects.get(codename="change_user"),
            ]
        )
        put_right()
        names = {*group.permissions.values_list("codename", flat=True)}
        assert "add_aanpak" in names
        assert names.isdisjoint({"publiceren", "change_user"})


def test_a_role_that_was_removed_is_made_again(inhoud, var, ran):
    Group.objects.all().delete()
    inrichten()
    assert Group.objects.get(name=Rol.REDACTEUR).permissions.exists()
    Group.objects.all().delete()
    migrated([])
    assert Group.objects.get(name=Rol.REDACTEUR).permissions.exists()


def test_the_group_of_before_keeps_every_right_on_the_content_where_it_is(inhoud):
    group = Group.objects.create(name=REDACTIE)
    migrated(MIGRATED)
    names = {*group.permissions.values_list("codename", flat=True)}
    assert {"publiceren", "change_aanpak", "add_doelgroep", "change_reactie"} <= names
    assert "change_user" not in names


def test_who_was_an_editor_has_two_roles_and_loses_nothing_there_and_back(inhoud):
    people = [User.objects.create_user(name) for name in ("noor", "sami", "bo")]
    Group.objects.create(name=REDACTIE).user_set.add(people[0])
    Group.objects.get(name=Rol.REDACTEUR).user_set.add(people[2])
    move = import_module("wijkwijzer.core.migrations.0004_rollen")

    def roles(user: User) -> set[str]:
        return {*user.groups.values_list("name", flat=True)}

    there = SimpleNamespace(connection=connection)
    move.to_roles(apps, there)
    assert roles(people[0]) == {REDACTIE, Rol.REDACTEUR, Rol.MODERATOR}
    assert roles(people[1]) == set()
    Group.objects.get(name=REDACTIE).delete()
    move.to_the_old_group(apps, there)
    assert REDACTIE in roles(people[0])
    assert roles(people[2]) == {Rol.REDACTEUR}


@pytest.mark.long
def test_a_database_that_has_no_groups_yet_is_left_alone(empty_database):
    migrated(MIGRATED)
