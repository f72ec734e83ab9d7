"""What an address is made of: so rows, documents and terms share one method."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    pass


class HasSlug(Protocol):
    """Something that an address names by its slug."""

    @property
    def slug(self) -> str: ...
