"""What is quoted stands between “…” everywhere, and an apostrophe is ’."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.db import models
from django.forms import BaseForm

BASE = settings.BASE_DIR
OURS = ("wijkwijzer", "aanpakken", "interventies", "kennisdossier")
FIXTURES = sorted((BASE / "fixtures").glob("*/*.yaml"))
TEMPLATES = sorted((BASE / "templates").rglob("*.html"))
SCRIPTS = sorted((BASE / "static" / "js").glob("*.js"))
SOURCES = sorted(
    file
    for app in OURS
    for file in (BASE / app).rglob("*.py")
    if file.parent.name != "migrations"
)
QUOTED_OTHERWISE = re.compile(r"‘[^‘’]*’(?!\w)|(?<![\w=(])'[^'{}%<>]+'(?!\w)")
LOOSE_APOSTROPHE = re.compile(r"[a-zéë]'(?:s|n|tje)\b")
# In a program what is quoted with ' is mostly for machines.
QUOTED_SINGLE = re.compile(r"‘[^‘’]+’(?!\w)")
CODE = re.compile(r"\{[%{#].*?[%}#]\}|<[^>]*>", re.DOTALL)


def name(file: Path) -> str:
    return str(file.relative_to(BASE))


def wrong_in(
    files: list[Path], look: Callable[[str], list[str]]
) -> dict[str, list[str]]:
    """What is wrong in which of these files; there are some."""
    assert len(files) > 5
    found = {file: look(file.read_text(encoding="utf-8")) for file in files}
    return {name(file): wrong for file, wrong in found.items() if wrong}


def amiss(told: list[str]) -> list[str]:
    return [
        mark
        for pattern in (QUOTED_OTHERWISE, LOOSE_APOSTROPHE)
        for text in told
        for mark in pattern.findall(text)
    ]


# What readers read


def test_what_the_content_quotes_stands_between_the_same_marks():
    assert wrong_in(FIXTURES, in_content) == {}


def in_content(source: str) -> list[str]:
    return amiss([*strings(yaml.safe_load(source))])


def test_what_a_template_quotes_stands_between_the_same_marks():
    assert wrong_in(TEMPLATES, lambda text: amiss([CODE.sub(" ", text)])) == {}


def strings(value: object) -> Iterator[str]:
    """Every text of a content file, at any depth."""
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings(part)
    elif isinstance(value, str) and "://" not in value:
        yield value


# What a program says


def test_what_a_program_quotes_stands_between_the_same_marks():
    assert wrong_in(SOURCES, in_program) == {}


def in_program(source: str) -> list[str]:
    told = [*constants(ast.parse(source))]
    patterns = (QUOTED_SINGLE, LOOSE_APOSTROPHE)
    return [m for text in told for pattern in patterns for m in pattern.findall(text)]


def test_what_a_script_quotes_stands_between_the_same_marks():
    assert wrong_in(SCRIPTS, QUOTED_SINGLE.findall) == {}


def constants(node: ast.AST) -> Iterator[str]:
    """Every text in a program; what is filled in is a NUL, docstrings left out."""
    if isinstance(node, ast.JoinedStr):
        yield "".join(
            str(part.value) if isinstance(part, ast.Constant) else "\0"
            for part in node.values
        )
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    for child in ast.iter_child_nodes(node):
        is_docstring = isinstance(child, ast.Expr) and isinstance(
            child.value, ast.Constant
        )
        if not is_docstring and not isinstance(node, ast.JoinedStr):
            yield from constants(child)


# What editors read


def test_what_a_field_says_of_itself_is_quoted_with_the_same_marks():
    told = {text for model in ours() for text in of_model(model)}
    assert len(told) > 300
    assert amiss(sorted(told)) == []


def test_what_a_form_says_is_quoted_with_the_same_marks():
    told = {text for form in forms() for text in of_form(form)}
    assert len(told) > 20
    assert amiss(sorted(told)) == []


def test_what_the_admin_says_is_quoted_with_the_same_marks():
    told = {
        text
        for registered in admin.site._registry.values()
        if type(registered).__module__.partition(".")[0] in OURS
        for part in (registered, *registered.inlines)
        for text in of_admin(part)
    }
    assert len(told) > 40
    assert amiss(sorted(told)) == []


def ours() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models()
        if model.__module__.partition(".")[0] in OURS
    ]


def own(*texts: object) -> Iterator[str]:
    """Those of ours: what Django says itself is looked up in a translation."""
    return (text for text in texts if isinstance(text, str))


def of_model(model: type[models.Model]) -> Iterator[str]:
    yield from own(model._meta.verbose_name, model._meta.verbose_name_plural)
    for constraint in model._meta.constraints:
        yield from own(constraint.violation_error_message)
    for field in model._meta.get_fields():
        if isinstance(field, models.Field):
            yield from own(field.verbose_name, field.help_text)
            yield from own(*field.error_messages.values())
            yield from own(*(label for _, label in field.flatchoices))


def forms() -> Iterator[type[BaseForm]]:
    """Every form of ours, for readers and for editors."""
    # Django makes the forms of the admin only when it shows one.
    for registered in admin.site._registry.values():
        yield registered.form
    todo: list[type[BaseForm]] = [BaseForm]
    while todo:
        form = todo.pop()
        todo += form.__subclasses__()
        if form.__module__.partition(".")[0] in OURS:
            yield form


def of_form(form: type[BaseForm]) -> Iterator[str]:
    for field in getattr(form, "base_fields", {}).values():
        yield from own(field.label, field.help_text, *field.error_messages.values())


def of_admin(part: object) -> Iterator[str]:
    """The names of columns, actions and headings."""
    for attribute in dir(part):
        yield from own(getattr(getattr(part, attribute), "short_description", None))
    for title, options in getattr(part, "fieldsets", None) or ():
        yield from own(title, options.get("description"))
