"""What a line in the log looks like, and what is never in one.

No network address, cookie, field of a form or query string is ever given to a logger.
Errors may carry what somebody typed in their own words: e-mail addresses are taken out,
and so are the values that PostgreSQL quotes.
"""

from __future__ import annotations

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime
from threading import Lock
from time import monotonic

# Of the request that this thread answers; empty outside of one.
request_id: ContextVar[str] = ContextVar("request_id", default="")

MAX_MESSAGE = 2000
MAX_TRACEBACK = 20_000

# No more before the @ than any address has: without that, a long word that somebody
# typed would be read once for each of its letters, and nothing else be done meanwhile.
EMAIL = re.compile(
    r"[\w.!#$%&'*+/=?^`{|}~-]{1,128}(?:@|%40)[\w-]+(?:\.[\w-]+)*", re.ASCII
)
# "DETAIL:  Key (email)=(…) already exists."
POSTGRES_VALUES = re.compile(r"\b(DETAIL|CONTEXT):.*$", re.MULTILINE)

# What a line about a request says besides, when it is given to the logger as `extra`.
FIELDS = ("method", "path", "status", "ms", "query_ms", "user_hash")

# Once in so many seconds is enough to know that somebody tries the doors.
QUIET_FOR = 60.0


def without_personal_data(text: str) -> str:
    text = POSTGRES_VALUES.sub(r"\1: (weggelaten)", text)
    return EMAIL.sub("(e-mailadres)", text)


class LineFormatter(logging.Formatter):
    """For people: one line, with the request it belongs to."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name}: {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        if current := request_id.get():
            first, end, rest = text.partition("\n")
            text = f"{first} [{current}]{end}{rest}"
        return without_personal_data(text)


class JsonFormatter(logging.Formatter):
    """For machines: a JSON object a line, times in UTC."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(
                timespec="milliseconds"
            ),
            "level": record.levelname,
            "logger": record.name,
            "message": without_personal_data(record.getMessage())[:MAX_MESSAGE],
        }
        if current := request_id.get():
            line["request_id"] = current
        for name in FIELDS:
            if (value := getattr(record, name, None)) is not None:
                text = isinstance(value, str)
                line[name] = without_personal_data(value) if text else value
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            traceback = without_personal_data(self.formatException(record.exc_info))
            # The end says what went wrong.
            line["traceback"] = traceback[-MAX_TRACEBACK:]
        return json.dumps(line, ensure_ascii=False, default=str)


class QuietAttackers(logging.Filter):
    """What any stranger can cause by the thousand is one line a minute, by its kind.

    Of a Host that is not ours, Django would log a traceback for every request.
    """

    def __init__(self) -> None:
        super().__init__()
        self._lock = Lock()
        self._last: dict[str, float] = {}
        self._left_out: dict[str, int] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        if not record.name.startswith("django.security"):
            return True
        kind, now = record.name, monotonic()
        with self._lock:
            if now - self._last.get(kind, float("-inf")) < QUIET_FOR:
                self._left_out[kind] = self._left_out.get(kind, 0) + 1
                return False
            self._last[kind] = now
            left_out = self._left_out.pop(kind, 0)
        more = f" (en {left_out} keer sinds de vorige regel)" if left_out else ""
        record.msg = f"{record.getMessage()[:200]}{more}"
        record.args = ()
        record.exc_info = record.exc_text = None
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True
