"""Mozilla's HTTP Observatory: its rules and points, for answers of ours.

After the tables of github.com/mdn/mdn-http-observatory (src/grader/charts.js). A score
begins at 100; what is more than asked counts only when nothing is missing. Not asked
here is whether browsers have us on their preload lists: that is for the owner of the
domain; what they ask of the header is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from http.cookies import SimpleCookie

HALF_A_YEAR = 15_768_000
A_YEAR = 31_536_000
PRIVATE = {
    *("no-referrer", "same-origin", "strict-origin"),
    "strict-origin-when-cross-origin",
}
UNSAFE = re.compile(r"'unsafe-|\*|(?<![\w-])(https?|data|blob|ftp):")
SCRIPT = re.compile(r"<script[^>]*\bsrc=[\"']([^\"']+)", re.IGNORECASE)

TOP = {
    "content-security-policy": 10,
    "cookies": 5,
    "cross-origin-resource-sharing": 0,
    "cross-origin-resource-policy": 10,
    "redirection": 0,
    "referrer-policy": 5,
    "strict-transport-security": 5,
    "subresource-integrity": 0,
    "x-content-type-options": 0,
    "x-frame-options": 5,
}


def directives(policy: str) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in policy.split(";"))
    return {name.lower(): sources for name, _, sources in parts if name}


def csp(headers: Mapping[str, str]) -> int:
    policy = directives(headers.get("Content-Security-Policy", ""))
    if not policy:
        return -25
    scripts = policy.get("script-src", policy.get("default-src", "*"))
    if UNSAFE.search(scripts):
        return -20
    if any(UNSAFE.search(sources) for sources in policy.values()):
        return -10
    return 10 if policy.get("default-src") == "'none'" else 5


def cookies(found: SimpleCookie) -> int:
    if not found:
        return TOP["cookies"]
    if not all(c["secure"] for c in found.values()):
        return -40
    if not all(c["httponly"] for c in found.values()):
        return -30
    if not all(c["samesite"] in {"Lax", "Strict"} for c in found.values()):
        return -20
    return 5


def hsts(headers: Mapping[str, str]) -> int:
    value = headers.get("Strict-Transport-Security", "")
    age = re.search(r"max-age=(\d+)", value)
    if not age:
        return -20
    if int(age[1]) < HALF_A_YEAR:
        return -10
    listed = {"includeSubDomains", "preload"} <= {*re.split(r"[;\s]+", value)}
    return 5 if listed and int(age[1]) >= A_YEAR else 0


def integrity(text: str) -> int:
    foreign = [s for s in SCRIPT.findall(text) if re.match(r"(https?:)?//", s)]
    return -50 if foreign else 0


def score(headers: Mapping[str, str], found: SimpleCookie, text: str) -> dict[str, int]:
    """The points of an answer that came over https, by rule."""
    sharing = headers.get("Access-Control-Allow-Origin")
    resource = headers.get("Cross-Origin-Resource-Policy")
    framing = directives(headers.get("Content-Security-Policy", ""))
    return {
        "content-security-policy": csp(headers),
        "cookies": cookies(found),
        "cross-origin-resource-sharing": -50 if sharing else 0,
        "cross-origin-resource-policy": {"same-origin": 10, "same-site": 10}.get(
            resource or "", 0
        ),
        "redirection": 0,
        "referrer-policy": 5 if headers.get("Referrer-Policy") in PRIVATE else -5,
        "strict-transport-security": hsts(headers),
        "subresource-integrity": integrity(text),
        "x-content-type-options": (
            0 if headers.get("X-Content-Type-Options") == "nosniff" else -5
        ),
        "x-frame-options": 5 if framing.get("frame-ancestors") == "'none'" else -20,
    }
