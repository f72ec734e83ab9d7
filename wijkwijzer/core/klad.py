"""The draft that a browser keeps of a form until it is saved (admin-klad.js, ADR 0017).

A page gives its form a name with ``{% klad %}``; the answer to what was sent tells with
the same name that it was saved.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from django.contrib import messages

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms
    from django.http import HttpRequest

    View = TypeVar("View", bound=Callable[..., Any])

# The field with the name under which a browser keeps what is typed.
KLAD = "_klad"
# The field with who was signed in when the page was made.
WIE = "_wie"
KLADNAAM = re.compile(r"[0-9a-f]{32}")
# Of a message that is not to be read, but tells the script what was saved.
BEWAARD = "bewaard"


def vraagt(formulier: type[forms.BaseForm]) -> Callable[[View], View]:
    """Mark a view or an action with its form: what was typed is called as it says."""

    def merk(view: View) -> View:
        view.formulier = formulier  # type: ignore[attr-defined]
        return view

    return merk


def kladnaam(request: HttpRequest) -> str:
    """The name that the form had when it was sent; empty if it had none of ours."""
    naam = request.POST.get(KLAD, "")
    return naam if KLADNAAM.fullmatch(naam) else ""


def naam_voor_klad(request: HttpRequest) -> str:
    """The name for the form of this page: that of what was sent, or a new one."""
    return kladnaam(request) or uuid4().hex


def meld_bewaard(request: HttpRequest) -> None:
    """With the message that it was saved goes one that lets the browser forget."""
    if naam := kladnaam(request):
        messages.success(request, naam, extra_tags=BEWAARD)
