"""How often what is random is tried: a few times at every run, more when asked.

In the environment: HOSTILE_REQUESTS (10000), API_CASES (2000), MIRROR_EDITS (500),
QUERIES (500), of a page against its API, files, feed and embed; ALERT_SUBSCRIBERS
(1000), of who follows a list by mail; IMPORT_ROWS (500), of a file whose reading is
killed halfway.
"""

from __future__ import annotations

import os


def often(name: str, few: int) -> int:
    return int(os.environ.get(name, few))
