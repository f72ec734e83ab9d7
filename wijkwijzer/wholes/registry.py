"""The wholes and terms of this site. Apps register theirs in ``whole.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from django.db import models

    from wijkwijzer.wholes.declaration import Term, Whole

T = TypeVar("T", bound="type[Any]")

_wholes: dict[str, type[Whole]] = {}
_terms: dict[str, type[Term]] = {}


def whole(declared: T) -> T:
    """Class decorator: a kind of record that is published as one."""
    _wholes[declared.soort] = declared
    return declared


def term(declared: T) -> T:
    """Class decorator: a controlled list."""
    _terms[declared.model._meta.model_name] = declared
    return declared


def wholes() -> dict[str, type[Whole]]:
    """Every kind by its name, in the order of registration: lower layers first."""
    return _wholes


def terms() -> dict[str, type[Term]]:
    return _terms


def whole_of(model: type[models.Model]) -> type[Whole]:
    """The declaration of a model. Raises KeyError when it is no whole."""
    for declared in _wholes.values():
        if declared.model is model:
            return declared
    raise KeyError(model)
