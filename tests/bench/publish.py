"""Publish an aanpak with a word more in its name; print when that was.

python -m tests.bench.publish SLUG WORD
"""

from __future__ import annotations

import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")
django.setup()

from aanpakken.models import Aanpak  # noqa: E402
from wijkwijzer.wholes.actions import publish  # noqa: E402

slug, word = sys.argv[1:]
aanpak = Aanpak.objects.get(slug=slug)
aanpak.naam += f" {word}"
aanpak.save()
publish(record=aanpak, by=None)
print(time.time())
