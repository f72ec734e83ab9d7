"""Text with headings, lists, links, tables and pictures, safe wherever it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import nh3
from django.db import models

if TYPE_CHECKING:
    from django.db.models import Model

# What the editor of the admin can make; anything else is dropped when saving.
TAGS = {
    *("p", "br", "strong", "em", "a", "ul", "ol", "li", "blockquote", "h3", "h4"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
    *("figure", "img", "figcaption"),
}
ATTRIBUTEN = {
    "a": {"href"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
}


def schoon(html: str) -> str:
    """Leave only the markup that a page may have; text is never lost.

    Links keep http, https and mailto, and addresses inside the site.
    """
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTEN,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


class OpgemaakteTekstField(models.TextField):  # type: ignore[type-arg]
    """HTML that is cleaned each time it is saved, from the admin or a fixture."""

    def pre_save(self, model_instance: Model, add: bool) -> str:
        html = schoon(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, html)
        return html

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**kwargs)
