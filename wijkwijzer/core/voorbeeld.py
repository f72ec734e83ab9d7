"""Whether the page that is being made is a preview, and until when it can be seen."""

from __future__ import annotations

from contextvars import ContextVar
from datetime import datetime

voorbeeld_tot: ContextVar[datetime | None] = ContextVar("voorbeeld_tot", default=None)
