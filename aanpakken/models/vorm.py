"""The kinds of publication that describe an aanpak."""

from __future__ import annotations

from wijkwijzer.core.models import Vocabulaireterm


class Vorm(Vocabulaireterm):
    """The kind of publication in which an aanpak is described."""

    class Meta(Vocabulaireterm.Meta):
        verbose_name = "vorm"
        verbose_name_plural = "vormen"
