"""`make test`, `make check` and `make format`.

Every check runs, also after a failure, and the last lines say what passed, what failed
and what could not run. With CI set, what did not run counts as a failure.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.tools import needs, postgres

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CI = bool(os.environ.get("CI"))

OK, FAILED, NOT_RUN = "ok", "FAILED", "NOT RUN"
WITHOUT_BROWSER = ["not browser", "not nu", "not lighthouse"]
SQLITE = {"DATABASE_URL": ""}


@dataclass
class Result:
    name: str
    state: str
    seconds: float = 0
    detail: str = ""

    def __str__(self) -> str:
        line = f"{self.state:8} {self.name:28} {self.seconds:6.1f} s  {self.detail}"
        return line.rstrip()


def python_files() -> list[str]:
    packages = [path.parent for path in ROOT.glob("*/__init__.py")]
    files = [file for package in packages for file in package.rglob("*.py")]
    return [str(f) for f in files if "node_modules" not in f.parts]


def template_files() -> list[str]:
    return [str(file) for file in sorted((ROOT / "templates").rglob("*.html"))]


def tool(name: str, *arguments: str) -> list[str]:
    return [str(BIN / name), *arguments]


def manage(*arguments: str) -> list[str]:
    return [sys.executable, "manage.py", *arguments]


def checks() -> dict[str, tuple[list[str], dict[str, str]]]:
    """Return the command and the environment of each check."""
    test_settings = {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    # As on a server, so that `check --deploy` looks at what really runs there.
    production = {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "wijkwijzer.example",
        "HTTPS": "True",
        "DEBUG": "False",
    }
    python, templates = python_files(), template_files()
    found = {
        "locks": ([sys.executable, "-m", "tests.tools.locks"], {}),
        "ruff format": (tool("ruff", "format", "--check"), {}),
        "ruff check": (tool("ruff", "check"), {}),
        "django-upgrade": (
            tool("django-upgrade", "--target-version=5.2", "--check", *python),
            {},
        ),
        "mypy": (tool("mypy"), {}),
        "import contracts": (tool("lint-imports", "--no-logo"), {}),
        "migrations are complete": (
            manage("makemigrations", "--check", "--dry-run"),
            test_settings,
        ),
        "django check": (manage("check", "--fail-level=WARNING"), test_settings),
        "django check --deploy": (
            manage("check", "--deploy", "--fail-level=WARNING"),
            production,
        ),
    }
    if templates:
        found["djade"] = (
            tool("djade", "--target-version=5.2", "--check", *templates),
            {},
        )
        found["djhtml"] = (tool("djhtml", "--tabwidth=2", "--check", *templates), {})
    return found


def run_check(name: str, command: list[str], environment: dict[str, str]) -> Result:
    start = time.monotonic()
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    result = Result(name, FAILED if done.returncode else OK, time.monotonic() - start)
    # One write, so that checks at the same time do not mix their lines.
    print(f"{done.stdout.rstrip()}\n{result}\n" if done.returncode else result)
    return result


def run_checks() -> list[Result]:
    print("── checks ──")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = [pool.submit(run_check, name, *job) for name, job in checks().items()]
        return [job.result() for job in jobs]


def run_pytest(
    name: str, environment: dict[str, str], arguments: list[str], *, partial: bool
) -> Result:
    """Run pytest with its output on the screen; keep its closing line."""
    print(f"\n── {name} ──", flush=True)
    start = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "pytest", *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    last = shortage = ""
    for line in process.stdout or ():
        print(line, end="", flush=True)
        last = line.strip(" =\n") or last
        if line.startswith("FAIL Required test coverage"):
            shortage = f"; {line.strip()}"
    code = process.wait()
    # 5: the part that was asked for has no tests on this database.
    state = OK if code == 0 or (partial and code == 5) else FAILED
    return Result(name, state, time.monotonic() - start, last + shortage)


def run_tests(arguments: list[str]) -> list[Result]:
    """Run the suite in legs; ``arguments`` make it a part of the suite.

    A browser sees the same pages on both databases: it looks on SQLite only, and
    without measuring coverage, which would take most of the time.
    """
    results = []
    partial = bool(arguments)
    # Who is done first takes over what another has not begun.
    workers = [] if partial else ["-n", str(os.cpu_count() or 1), "--dist=worksteal"]

    missing = needs.prepare()
    # What is left out for want of Firefox runs in Chromium all the same.
    left_out = [f"not {mark}" for mark in missing if mark != "firefox"]
    results += [
        Result(f"tests marked {mark}", NOT_RUN, detail=why)
        for mark, why in missing.items()
    ]

    def run(name: str, environment: dict[str, str], *options: str) -> None:
        command = [*workers, *options, *arguments]
        results.append(run_pytest(name, environment, command, partial=partial))

    if partial:
        run("tests on SQLite", SQLITE, *expression(left_out))
    else:
        coverage = ["--cov", "--cov-report=term"]
        run("tests on SQLite", SQLITE, *coverage, *expression(WITHOUT_BROWSER))

    name = "tests on PostgreSQL"
    try:
        with postgres.server() as url:
            # Own name for each run: two at a time do not take each other's database.
            environment = {"DATABASE_URL": f"{url}/wijkwijzer_{os.getpid()}"}
            run(name, environment, *expression(WITHOUT_BROWSER))
    except postgres.NoServerError as error:
        results.append(Result(name, NOT_RUN, detail=str(error)))

    if not partial and not {"browser", "nu"} <= missing.keys():
        in_browser = ["(browser or nu)", "not lighthouse", *left_out]
        run("tests in Chromium", SQLITE, *expression(in_browser))
    if "firefox" not in missing:
        run("tests in Firefox", SQLITE, "--browser=firefox", *expression(["firefox"]))
    # Lighthouse measures speed: it has a turn of its own, on a machine at rest.
    if not partial and "lighthouse" not in missing:
        lighthouse = ["-m", "lighthouse", "tests/lighthouse"]
        results.append(run_pytest("Lighthouse", SQLITE, lighthouse, partial=False))
    return results


def expression(parts: list[str]) -> list[str]:
    return ["-m", " and ".join(parts)] if parts else []


def summary(results: list[Result]) -> int:
    print("\n── summary ──")
    for result in results:
        print(result)
    failed = [result for result in results if result.state == FAILED]
    not_run = [result for result in results if result.state == NOT_RUN]
    if failed or (CI and not_run):
        print(f"\nFAILED: {len(failed)} failed, {len(not_run)} not run.")
        return 1
    if not_run:
        print(f"\nPassed, but {len(not_run)} not run: see above for what to install.")
    else:
        print("\nEverything passed.")
    return 0


def format_files() -> int:
    templates = template_files()
    commands = [
        tool("django-upgrade", "--target-version=5.2", "--exit-zero-even-if-changed")
        + python_files(),
        tool("ruff", "check", "--fix", "--quiet"),
        tool("ruff", "format", "--quiet"),
    ]
    if templates:
        commands += [
            tool("djade", "--target-version=5.2", *templates),
            tool("djhtml", "--tabwidth=2", *templates),
        ]
    for command in commands:
        subprocess.run(command, cwd=ROOT)
    return 0


def main(arguments: list[str]) -> int:
    (ROOT / "var").mkdir(mode=0o700, exist_ok=True)
    match arguments:
        case ["format"]:
            return format_files()
        case ["check"]:
            return summary(run_checks())
        case ["test"]:
            return summary(run_checks() + run_tests([]))
        case ["test", *some]:
            return summary(run_tests(some))
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
