"""What somebody signs in with, in words that they recognise. Not to be trusted."""

from __future__ import annotations

# The first that is named wins: Edge also says Chrome, and Chrome also says Safari.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMEN = {
    "iPhone": "een iPhone",
    "iPad": "een iPad",
    "Android": "Android",
    "Windows": "Windows",
    "CrOS": "een Chromebook",
    "Macintosh": "een Mac",
    "Linux": "Linux",
}


def apparaat_van(user_agent: str) -> str:
    browser = next((n for deel, n in BROWSERS.items() if deel in user_agent), "")
    systeem = next((n for deel, n in SYSTEMEN.items() if deel in user_agent), "")
    if not browser and not systeem:
        return "Onbekend apparaat"
    return f"{browser or 'Een browser'} op {systeem or 'een onbekend apparaat'}"
