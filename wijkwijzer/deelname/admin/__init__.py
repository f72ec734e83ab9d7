"""The admin of what readers send in; each module registers what it is about."""

from wijkwijzer.deelname.admin import (
    bericht,
    inzending,
    melding,
    reactie,
    stem,
)

__all__ = ["bericht", "inzending", "melding", "reactie", "stem"]
