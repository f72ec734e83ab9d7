"""`make test`, `make coverage`, `make check` and `make format`.

Every check runs, also after a failure, and the last lines say what passed, what failed
and what could not run. With CI set, what did not run counts as a failure.
"""

from __future__ import annotations

import functools
import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.tools import content, needs, postgres

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
OK, FAILED, NOT_RUN = "ok", "FAILED", "NOT RUN"
OURS = ["wijkwijzer", "aanpakken", "interventies", "kennisdossier", "manage.py"]
WITHOUT_DATABASE = ["tests/test_tools.py", "tests/test_migrations.py"]
WITHOUT_BROWSER = ["not browser", "not nu", "not lighthouse"]
IN_CHROMIUM = "(browser or nu) and not lighthouse"
COLLECTED = "all tests are found"


def parallel(more: int) -> list[str]:
    """So many processes more than there are cores, for tests that wait at times.

    Each takes the next test when it is done, or all those that share a server.
    """
    processes = (os.cpu_count() or 1) + more
    return ["-n", str(processes), "--dist=loadgroup", "--no-loadscope-reorder"]


# So many failures in one leg may be chance: a machine that stalled, a browser that gave
# up. They are run once more by themselves, and the last lines name them.
BY_CHANCE = 3

# Some wait for servers; browsers wait more than they work.
PARALLEL, IN_BROWSERS = parallel(1), parallel(2)


@dataclass
class Result:
    name: str
    state: str
    seconds: float = 0
    detail: str = ""
    output: str = ""

    def __str__(self) -> str:
        line = f"{self.state:8} {self.name:28} {self.seconds:6.1f} s  {self.detail}"
        return line.rstrip()


def formatters(*, check: bool) -> dict[str, list[str]]:
    """Each tool that formats, to look or to change."""
    looks = ["--check"] if check else []
    packages = [path.parent for path in ROOT.glob("*/__init__.py")]
    python = [
        str(f) for p in packages for f in p.rglob("*.py") if "node_" not in str(f)
    ]
    templates = [str(f) for f in sorted((ROOT / "templates").rglob("*.html"))]
    upgrade = looks or ["--exit-zero-even-if-changed"]
    return {
        "django-upgrade": ["--target-version=5.2", *upgrade, *python],
        "ruff": ["check", *([] if check else ["--fix", "--quiet"])],
        "ruff format": ["--quiet", *looks],
        "djade": ["--target-version=5.2", *looks, *templates],
        "djhtml": ["--tabwidth=2", *looks, *templates],
    }


def tool(name: str, *arguments: str) -> list[str]:
    command, *first = name.split()
    return [str(BIN / command), *first, *arguments]


def run_checks(databases: dict[str, str] | None = None) -> list[Result]:
    """Run every check; meanwhile ``databases`` get the content, for the tests."""
    manage = [sys.executable, "manage.py"]
    strict = ["check", "--fail-level=WARNING"]
    tests = {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    # As on a server, so that `check --deploy` looks at what really runs there.
    production = {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "wijkwijzer.example",
        "HTTPS": "True",
        "DEBUG": "False",
        "VAR_DIR": tempfile.gettempdir() + "/" + secrets.token_hex(8),
        "BEHEERDER_NAAM": "Gemeente Voorbeeld",
        "BEHEERDER_EMAIL": "beheer@wijkwijzer.example",
    }
    checks = [(name, tool(name, *a), {}) for name, a in formatters(check=True).items()]
    checks += [
        (
            "locks and migrations",
            [sys.executable, "-m", "pytest", "-q", *WITHOUT_DATABASE],
            {},
        ),
        ("mypy", tool("mypy"), {}),
        ("bandit", tool("bandit", "-q", "-c", "pyproject.toml", "-r", *OURS), {}),
        ("licences", tool("reuse", "lint", "--quiet"), {}),
        ("import contracts", tool("lint-imports", "--no-logo"), {}),
        (
            "migrations are complete",
            [*manage, "makemigrations", "--check", "--dry-run"],
            tests,
        ),
        ("django check", [*manage, *strict], tests),
        ("django check --deploy", [*manage, *strict, "--deploy"], production),
    ]
    fill = [sys.executable, "-m", "tests.tools.content"]
    if databases:
        # Compiles them as well, which else every process of the first leg would do.
        find = [sys.executable, "-m", "pytest", "--collect-only", "-q"]
        checks.insert(0, (COLLECTED, [*find, "-m", IN_CHROMIUM], {}))
    # What takes longest goes first.
    checks[:0] = [
        (f"content on {name}", fill, {"DATABASE_URL": url})
        for name, url in (databases or {}).items()
    ]
    print("── checks ──", flush=True)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(lambda check: run_check(*check), checks))


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
    state = FAILED if done.returncode else OK
    result = Result(name, state, time.monotonic() - start, output=done.stdout)
    # One write, so that checks at the same time do not mix their lines.
    print(f"{done.stdout.rstrip()}\n{result}\n" if done.returncode else result)
    return result


def run_pytest(
    name: str,
    arguments: list[str],
    *,
    database: str = "",
    partial: bool = False,
    live: bool = True,
) -> Result:
    """Run pytest with its output on the screen; keep its closing line.

    Without ``live`` the output comes at the end, so that two runs do not mix theirs.
    """
    how: dict[str, Any] = {"database": database, "live": live, "partial": partial}
    with tempfile.TemporaryDirectory() as cache:
        kept = [*arguments, "-o", f"cache_dir={cache}"]
        result = run_once(name, kept, **how)
        failed = [] if partial or result.state == OK else last_failed(Path(cache))
        if not 0 < len(failed) <= BY_CHANCE:
            return result
        again = run_once(f"{name}, again", [*kept, "-n0", "--last-failed"], **how)
    result.state = again.state
    result.seconds += again.seconds
    fate = "passed" if again.state == OK else "failed"
    result.detail += f"; run again, {fate}: {', '.join(failed)}"
    return result


def last_failed(cache: Path) -> list[str]:
    """Return the names of the tests that failed, of the run that kept its cache there.

    None when the run itself came to nothing.
    """
    file = cache / "v" / "cache" / "lastfailed"
    return [*json.loads(file.read_text())] if file.exists() else []


def run_once(
    name: str, arguments: list[str], *, database: str, partial: bool, live: bool
) -> Result:
    output = [f"\n── {name} ──\n"]
    start = time.monotonic()
    last = shortage = ""
    with subprocess.Popen(
        [sys.executable, "-m", "pytest", *arguments],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": database},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        for line in process.stdout or ():
            output.append(line)
            if live:
                print(*output, sep="", end="", flush=True)
                output.clear()
            last = line.strip(" =\n") or last
            if line.startswith("FAIL Required test coverage"):
                shortage = f"; {line.strip()}"
        # What it and what it started used of the processor: steadier than the clock.
        _, status, used = os.wait4(process.pid, 0)
        code = process.returncode = os.waitstatus_to_exitcode(status)
    print(*output, sep="", end="", flush=True)
    # 5: the part that was asked for has no tests in this leg.
    state = OK if code == 0 or (partial and code == 5) else FAILED
    detail = f"{used.ru_utime + used.ru_stime:.0f} s of processor; {last}{shortage}"
    return Result(name, state, time.monotonic() - start, detail)


def files_named_in(found: str) -> list[str]:
    """The files of the tests that pytest listed."""
    tests = (line.partition("::") for line in found.splitlines())
    return sorted({file for file, colons, _ in tests if colons})


def run_tests(
    arguments: list[str], databases: dict[str, str], in_chromium: list[str]
) -> list[Result]:
    """Run the suite in legs; ``arguments`` make it a part of the suite.

    A browser sees the same pages on both databases: it looks on SQLite only, and in
    the files ``in_chromium``, for to look elsewhere takes longer than some of it does.
    """
    partial = bool(arguments)
    missing = needs.prepare()
    results = [
        Result(f"tests marked {mark}", NOT_RUN, detail=why)
        for mark, why in missing.items()
    ]
    # What is left out for want of Firefox runs in Chromium all the same.
    present = [f"not {mark}" for mark in missing if mark != "firefox"]
    workers = [] if partial else PARALLEL

    def leg(name: str, marks: list[str], *options: str, **how: Any) -> Result:
        marked = ["-m", " and ".join(marks)] if marks else []
        return run_pytest(name, [*options, *marked, *arguments], partial=partial, **how)

    marks = present if partial else WITHOUT_BROWSER
    results.append(leg("tests on SQLite", marks, *workers))
    if "PostgreSQL" in databases:
        marks = [*WITHOUT_BROWSER, "not once"]
        where = databases["PostgreSQL"]
        results.append(leg("tests on PostgreSQL", marks, *workers, database=where))
    browsers: list[Callable[[], Result]] = []
    if not partial and not {"browser", "nu"} <= missing.keys():
        marks = [IN_CHROMIUM, *present]
        options = [*IN_BROWSERS, *in_chromium]
        browsers.append(functools.partial(leg, "tests in Chromium", marks, *options))
    if "firefox" not in missing:
        # All of them are there.
        only = [] if partial else ["tests/pages"]
        named = ("tests in Firefox", ["firefox"], "--browser=firefox", *only)
        browsers.append(functools.partial(leg, *named, live=False))
    # Browsers wait more than they work: both at a time.
    with ThreadPoolExecutor() as pool:
        results += pool.map(lambda look: look(), browsers)
    if not partial and "lighthouse" not in missing:
        # It measures speed: it has a turn of its own, on a machine at rest.
        arguments = ["-m", "lighthouse", "tests/lighthouse"]
        results.append(run_pytest("Lighthouse", arguments))
    return results


def coverage() -> list[Result]:
    """Run what needs no browser, and count which lines and branches it passes.

    Apart from `make test`: counting takes a third more time.
    """
    counted = [*PARALLEL, "--cov", "--cov-report=term"]
    marked = ["-m", " and ".join(WITHOUT_BROWSER)]
    with content.shared():
        return [run_pytest("coverage on SQLite", [*counted, *marked])]


def test(arguments: list[str]) -> list[Result]:
    """Run checks and tests, or only the tests that ``arguments`` name."""
    databases, results = {"SQLite": ""}, []
    with ExitStack() as stack:
        stack.enter_context(content.shared())
        try:
            server = stack.enter_context(postgres.server())
        except postgres.NoServerError as error:
            results.append(Result("tests on PostgreSQL", NOT_RUN, detail=str(error)))
        else:
            # Own name for each run: two at a time do not take each other's database.
            databases["PostgreSQL"] = f"{server}/wijkwijzer_{os.getpid()}"
        if not arguments:
            results += run_checks(databases)
        found = "".join(r.output for r in results if r.name == COLLECTED)
        return results + run_tests(arguments, databases, files_named_in(found))


def summary(results: list[Result]) -> int:
    print("\n── summary ──", *results, sep="\n")
    failed = sum(result.state == FAILED for result in results)
    not_run = sum(result.state == NOT_RUN for result in results)
    if failed or (os.environ.get("CI") and not_run):
        print(f"\nFAILED: {failed} failed, {not_run} not run.")
        return 1
    if not_run:
        print(f"\nPassed, but {not_run} not run: see above for what to install.")
    else:
        print("\nEverything passed.")
    return 0


def main(arguments: list[str]) -> int:
    (ROOT / "var").mkdir(mode=0o700, exist_ok=True)
    # What one of many processes compiled, the others need not.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    match arguments:
        case ["format"]:
            for name, options in formatters(check=False).items():
                subprocess.run(tool(name, *options), cwd=ROOT)
            return 0
        case ["check"]:
            return summary(run_checks())
        case ["coverage"]:
            return summary(coverage())
        case ["test", *some]:
            return summary(test(some))
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
