"""WijkWijzer: what works in the neighbourhood, as one open database."""

__version__ = "0.1.0"
