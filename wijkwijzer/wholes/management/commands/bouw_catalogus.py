"""Builds what all workers of a machine share; they start it themselves."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from wijkwijzer.memory.large import path_of, save
from wijkwijzer.wholes.base import build_base
from wijkwijzer.wholes.current import FILE

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = (
        "Bouwt een grote catalogus en bewaart die voor alle processen van deze "
        "machine. Dat gaat vanzelf; vooraf doen scheelt de eerste lezer een minuut."
    )
    # Runs while readers wait; a deployment does the checks.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dag", type=date.fromisoformat, help="voor welke dag")

    def handle(self, *args: Any, **options: Any) -> None:
        # Readers go first.
        os.nice(10)
        day = options["dag"] or timezone.localdate()
        base = build_base(day)
        save(base, path_of(FILE, f"{base.changes.number}.{day}"))
