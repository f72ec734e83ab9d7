"""What the browser tests need besides Python: browsers, npm packages and Java.

Root on a machine with apt gets what is missing. Otherwise it is named, with how to
install it, and the tests that need it are left out.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

BROWSER = Path(__file__).resolve().parents[1] / "browser"

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
# Without windows, tabs and menus of its own: two thirds of the time for the same pages.
HEADLESS = ("chromium-headless-shell", "chrome-headless-shell")
FIREFOX = ("firefox-esr", "firefox")


def chromium() -> str | None:
    """Return the path of Chromium; CHROMIUM in the environment goes first."""
    return os.environ.get("CHROMIUM") or first_of(CHROMIUM)


def headless_chromium() -> str | None:
    """Return the path of what shows pages to tests; CHROMIUM goes first here too."""
    return os.environ.get("CHROMIUM") or first_of(HEADLESS) or chromium()


def firefox() -> str | None:
    """Return the path of Firefox; FIREFOX in the environment goes first."""
    return os.environ.get("FIREFOX") or first_of(FIREFOX)


def nginx() -> str | None:
    """Return the path of nginx, which Debian keeps where only root looks."""
    return shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")


def first_of(commands: tuple[str, ...]) -> str | None:
    return next(filter(None, map(shutil.which, commands)), None)


def prepare() -> dict[str, str]:
    """Install what may be installed; return the marks that cannot run, and why."""
    found = {
        "chromium": chromium,
        "firefox-esr": firefox,
        "nodejs npm": lambda: shutil.which("npm"),
        "default-jre-headless": lambda: shutil.which("java"),
        "nginx-light": nginx,
        "openssl": lambda: shutil.which("openssl"),
        "curl": lambda: shutil.which("curl"),
    }
    apt_install([package for package, find in found.items() if not find()])
    if headless_chromium() == chromium() and not os.environ.get("CHROMIUM"):
        # By itself: not every system that has the one has the other.
        apt_install(["chromium-headless-shell"])
    npm = install_npm_packages() if shutil.which("npm") else "npm is not installed"
    if npm:
        npm += " (apt-get install nodejs npm)"
    without_chromium = "" if chromium() else "no Chromium (apt-get install chromium)"
    without_firefox = "" if firefox() else "no Firefox (apt-get install firefox-esr)"
    missing = {
        "browser": npm or without_chromium,
        "firefox": npm or without_firefox,
        "lighthouse": npm or without_chromium,
        "nu": npm
        or (not shutil.which("java") and "no Java (apt-get install default-jre)"),
    }
    return {mark: why for mark, why in missing.items() if why}


def apt_install(packages: list[str]) -> None:
    if not packages or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print(f"Installing {' '.join(packages)} through apt …", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    names = [name for package in packages for name in package.split()]
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *names],
    ):
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL)


def install_npm_packages() -> str:
    """Install the locked packages unless they are there; return what went wrong."""
    lock = hashlib.sha256((BROWSER / "package-lock.json").read_bytes()).hexdigest()
    stamp = BROWSER / "node_modules" / ".lock.sha256"
    if stamp.exists() and stamp.read_text(encoding="ascii") == lock:
        return ""
    print("Installing axe-core, Lighthouse and the Nu HTML checker …", flush=True)
    done = subprocess.run(["npm", "ci", "--silent"], cwd=BROWSER)
    if done.returncode:
        return "npm could not install the packages of tests/browser"
    stamp.write_text(lock, encoding="ascii")
    return ""
