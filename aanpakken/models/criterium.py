"""What every aanpak of the overview meets."""

from __future__ import annotations

from wijkwijzer.core.models import Vocabulaireterm


class Criterium(Vocabulaireterm):
    """A condition that every aanpak in the overview meets."""

    class Meta(Vocabulaireterm.Meta):
        verbose_name = "criterium"
        verbose_name_plural = "criteria"
