"""The admin of the register; each module registers what it is about."""

from interventies.admin import databank, interventie, onderdelen, uitleg

__all__ = ["databank", "interventie", "onderdelen", "uitleg"]
