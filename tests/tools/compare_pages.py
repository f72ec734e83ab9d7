"""Every public page of two versions of the site, side by side.

    python -m tests.tools.compare_pages save http://127.0.0.1:8000 before/
    python -m tests.tools.compare_pages compare before/ after/

``save`` follows every link of a running site, and asks for the addresses beside it that
no page links to. ``compare`` prints what is only in one of the two, and what differs
by more than indents and empty lines.
"""

from __future__ import annotations

import difflib
import os
import re
import sys
import urllib.error
import urllib.request
from collections import deque
from hashlib import blake2b
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urljoin, urlsplit

import django

LINK = re.compile(r'(?:href|action)="([^"#]*)')
# What differs between two starts of the same site, and says nothing about a page.
NOISE = [
    (re.compile(r"http://127\.0\.0\.1:\d+"), "http://site"),
    (re.compile(r"http%3A//127\.0\.0\.1%3A\d+"), "http%3A//site"),
    (re.compile(r'(name="(?:csrfmiddlewaretoken|sleutel)" value=)"[^"]*"'), r'\1"…"'),
    (re.compile(r"(/static/[\w./-]+?)\.[0-9a-f]{12}(\.\w+)"), r"\1\2"),
]
# Filters of a list have endless combinations: one value at a time is enough.
MAX_KEYS = 1


def save(site: str, folder: Path) -> None:
    """Write one file per address, with its status on the first line."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from tests.paginas import PAGINAS

    asked = [page.pad for page in PAGINAS]
    queue, seen = deque(asked), set(asked)
    while queue:
        address = queue.popleft()
        status, body = answer(site + address)
        for pattern, instead in NOISE:
            body = pattern.sub(instead, body)
        (folder / file_name(address)).write_text(
            f"{status} {address}\n{body}", encoding="utf-8"
        )
        for link in links(site, address, body) - seen:
            seen.add(link)
            queue.append(link)
    print(f"{len(seen)} addresses in {folder}")


def answer(url: str) -> tuple[int, str]:
    """Return the status and the text; a redirect is an answer of its own."""
    opener = urllib.request.build_opener(_NoRedirect)
    try:
        with opener.open(url, timeout=60) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        target = error.headers.get("Location", "")
        return error.code, f"{target}\n{error.read().decode()}"


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        return None


def links(site: str, address: str, body: str) -> set[str]:
    found = set()
    for link in LINK.findall(body):
        target = urlsplit(urljoin(site + address, unescape(link)))
        same_site = target.netloc in {urlsplit(site).netloc, "site"}
        if not same_site or target.path.startswith(("/static/", "/admin/")):
            continue
        if len(parse_qsl(target.query)) > MAX_KEYS:
            continue
        found.add(target.path + (f"?{target.query}" if target.query else ""))
    return found


def file_name(address: str) -> str:
    readable = re.sub(r"[^\w=.-]+", "_", address).strip("_")[:120] or "home"
    return f"{readable}.{blake2b(address.encode(), digest_size=4).hexdigest()}.html"


def compare(before: Path, after: Path) -> int:
    """Print the differences; return how many pages differ."""
    old, new = ({file.name: file for file in f.glob("*.html")} for f in (before, after))
    for title, only, files in (
        ("only before", old.keys() - new.keys(), old),
        ("only after", new.keys() - old.keys(), new),
    ):
        for name in sorted(only):
            print(f"{title}: {first_line(files[name])}")
    differ = spaced = 0
    for name in sorted(old.keys() & new.keys()):
        a, b = (f[name].read_text(encoding="utf-8").splitlines() for f in (old, new))
        if a == b:
            continue
        a, b = without_space(a), without_space(b)
        if a == b:
            spaced += 1
            continue
        differ += 1
        print(f"\ndiffers: {a[0]}")
        changed = difflib.unified_diff(a, b, lineterm="", n=0)
        print(
            "\n".join(line for line in changed if not line.startswith(("---", "+++")))
        )
    both = len(old.keys() & new.keys())
    print(f"\n{both} in both, {differ} differ, {spaced} only in white space.")
    return differ + len(old.keys() ^ new.keys())


def without_space(lines: list[str]) -> list[str]:
    """The lines without indents, and without those that hold nothing."""
    return [stripped for line in lines if (stripped := line.strip())]


def first_line(file: Path) -> str:
    return file.read_text(encoding="utf-8").partition("\n")[0]


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["save", site, folder]:
            save(site.rstrip("/"), Path(folder))
        case ["compare", before, after]:
            sys.exit(bool(compare(Path(before), Path(after))))
        case _:
            sys.exit(__doc__)
