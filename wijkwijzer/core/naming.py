"""What an address is made of: so rows, documents and terms share one method."""

from __future__ import annotations

from typing import Protocol


class HasSlug(Protocol):
    """Something that an address names by its slug."""

    @property
    def slug(self) -> str: ...
