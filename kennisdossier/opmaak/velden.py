"""Rich text in a model, in a form and in the admin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.templatetags.static import static
from django.urls import reverse

from kennisdossier.opmaak.schoonmaak import problemen, schoon

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models import Model

# About sixty pages of print: more than any article, and cleaned within a second or so.
MAX_TEKENS = 200_000


class OpmaakWidget(forms.Textarea):
    """A textarea that our script turns into an editor; without it, HTML is typed.

    django-prose-editor brings the editor itself, one bundle of ProseMirror and Tiptap.
    Not its widget: that finds the bundle by an inline import map, which our policy
    refuses, and a nonce would open that policy on every page of the admin. Our module
    imports the bundle from the address that stands on the textarea, so that hashed
    file names work and ``script-src 'self'`` is all it takes.
    """

    class Media:
        css = {"all": ["css/admin-opmaak.css"]}
        js = [forms.Script("js/admin-opmaak.js", type="module")]

    def get_context(
        self, name: str, value: Any, attrs: dict[str, Any] | None
    ) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {
            "data-opmaak": static("django_prose_editor/editor.js"),
            "data-afbeeldingen": reverse("admin:kennisdossier_afbeelding_kiezen"),
            "data-afbeelding-toevoegen": reverse("admin:kennisdossier_afbeelding_add"),
        }
        return context


class OpgemaakteTekstFormField(forms.CharField):
    """Says what would be lost by cleaning, and cleans."""

    widget = OpmaakWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": MAX_TEKENS} | kwargs)

    def to_python(self, value: Any) -> str:
        html = str(super().to_python(value) or "")
        # Too long is refused by the validator; cleaning it first could take minutes.
        return html if len(html) > MAX_TEKENS else schoon(html)

    def clean(self, value: Any) -> str:
        html = str(value or "")
        if len(html) <= MAX_TEKENS and (gevonden := problemen(html)):
            raise ValidationError(gevonden)
        return str(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Another way to write the same text is no change."""
        return bool(super().has_changed(initial, schoon(str(data or ""))))


class OpgemaakteTekstField(models.TextField):  # type: ignore[type-arg]
    """HTML that is cleaned on its way to the database, whoever saves it.

    ``pre_save`` gives the record itself the clean text; fixtures and updates of a
    queryset pass by there, but not by ``get_db_prep_save``.
    """

    def pre_save(self, model_instance: Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = schoon(value)
            setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        if isinstance(value, str):
            value = schoon(value)
        return super().get_db_prep_save(value, connection)

    def formfield(self, **kwargs: Any) -> Any:
        # The admin asks for its own textarea: ours is one too.
        ours: dict[str, Any] = {"widget": OpmaakWidget}
        return super().formfield(
            **kwargs | ours | {"form_class": OpgemaakteTekstFormField}
        )
