"""The admin of the catalogue; each module registers what it is about."""

from aanpakken.admin import aanpak, onderdelen, ring, uitleg, vocabulaire

__all__ = ["aanpak", "onderdelen", "ring", "uitleg", "vocabulaire"]
