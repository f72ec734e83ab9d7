"""deploy/: what a server runs, run here as far as that goes and else read closely."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from tests.tools import deployed
from wijkwijzer.core.omgeving import SERVER_ARGUMENTS

pytestmark = pytest.mark.once

ROOT = settings.BASE_DIR
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
OURS = ["site", "mail", "planner"]


def text(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def settings_read() -> set[str]:
    """The names in the environment that settings are read from."""
    files = [ROOT / "wijkwijzer" / f for f in ("settings.py", "core/databases.py")]
    source = "".join(file.read_text(encoding="utf-8") for file in files)
    return {*re.findall(r"env_\w+\(\s*\"(\w+)\"", source)}


def test_a_server_and_the_local_start_run_the_same_with_the_same_arguments():
    command = text("serve").split(" granian ")[1]
    assert command.startswith("wijkwijzer.asgi:application")
    assert set(SERVER_ARGUMENTS) <= {*command.split()}


# Settings


def test_every_setting_that_is_read_stands_in_the_table_at_its_top():
    head = (ROOT / "wijkwijzer" / "settings.py").read_text("utf-8").split('"""')[1]
    table = {*re.findall(r"^([A-Z0-9_]+) {2,}\S", head, re.MULTILINE)}
    table |= {*re.findall(r"^([A-Z_]{20,}) \S", head, re.MULTILINE)}
    assert settings_read() - {"LOCAL_START"} == table


def test_the_example_of_a_server_sets_what_exists_and_holds_no_secret():
    lines = [line for line in text("environment.example").splitlines() if line]
    given = dict(line.split("=", 1) for line in lines if not line.startswith("#"))
    assert {*given} <= settings_read()
    assert given["SECRET_KEY"] == given["METRICS_TOKEN"] == ""
    assert given["EMAIL_HOST_PASSWORD"] == given["DATABASE_URL"] == ""


# The same commands, outside a container


@pytest.fixture
def server_environment(tmp_path: Path) -> deployed.Environment:
    return deployed.environment(tmp_path)


@pytest.mark.long
def test_what_a_container_runs_prepares_and_serves_a_site(server_environment):
    prepared = deployed.prepare(server_environment)
    assert prepared.returncode == 0, prepared.stderr
    assert "wijkwijzer.E" not in prepared.stderr
    assert "wijkwijzer.W" not in prepared.stderr
    with deployed.serving(server_environment):
        assert deployed.status(server_environment, "/livez") == 200
        assert deployed.status(server_environment, "/metrics") in {400, 404}
        alive = subprocess.run([DEPLOY / "alive"], env=server_environment)
        assert alive.returncode == 0
    gone = subprocess.run(
        [DEPLOY / "alive"], env=server_environment, capture_output=True
    )
    assert gone.returncode


@pytest.mark.long
def test_two_that_prepare_one_site_at_once_wait_for_each_other(server_environment):
    with ThreadPoolExecutor(2) as threads:
        for done in threads.map(deployed.prepare, [server_environment] * 2):
            assert done.returncode == 0, done.stderr


@pytest.mark.long
def test_what_is_unsafe_is_not_prepared(server_environment):
    prepared = deployed.prepare(server_environment | {"ALLOWED_HOSTS": "*"})
    assert prepared.returncode
    assert "wijkwijzer.E003" in prepared.stderr


@pytest.mark.parametrize("name", ["prepare", "serve", "alive"])
def test_a_script_is_one_that_a_shell_reads_and_may_be_run(name):
    subprocess.run(["sh", "-n", DEPLOY / name], check=True)  # noqa: S607
    assert os.access(DEPLOY / name, os.X_OK)


# Containers


def test_the_image_runs_as_nobody_in_particular_and_holds_what_runs_and_no_more():
    lines = text("Containerfile").splitlines()
    assert "USER 10001:10001" in lines
    assert not [line for line in lines if line.startswith("FROM") and "latest" in line]
    copied = {
        name
        for line in lines
        if line.startswith("COPY ") and "--from" not in line
        for name in line.split()[1:-1]
    }
    ignored = (ROOT / ".containerignore").read_text(encoding="utf-8").splitlines()
    assert copied == {name[1:] for name in ignored if name.startswith("!")}
    assert [name for name in copied if not (ROOT / name).exists()] == []
    # The folders that make up the site, but for tests and documents.
    packages = {path.parent.name for path in ROOT.glob("*/apps.py")} | {"wijkwijzer"}
    assert packages <= copied


def test_what_the_site_reads_beside_its_code_is_in_the_image():
    """Without one of them no process begins, and nothing but an image shows it."""
    copied = {
        name.split("/")[0]
        for line in text("Containerfile").split("\nFROM ")[-1].splitlines()
        if line.startswith("COPY ") and "--from" not in line
        for name in line.split()[1:-1]
    }
    read = {
        name
        for app in {path.parent for path in ROOT.glob("*/apps.py")}
        | {ROOT / "wijkwijzer"}
        for file in app.rglob("*.py")
        for name in re.findall(
            r"BASE_DIR / \"([^\"]+)\"", file.read_text(encoding="utf-8")
        )
    }
    assert "requirements.lock" in read
    assert read - {"var"} <= copied


def test_the_image_leaves_watching_to_who_runs_it():
    """podman drops a HEALTHCHECK, and podman-compose breaks a command with quotes."""
    assert not re.search(r"^HEALTHCHECK", text("Containerfile"), re.MULTILINE)
    assert COMPOSE["services"]["site"]["healthcheck"]["test"] == ["CMD", "deploy/alive"]
    for service in COMPOSE["services"].values():
        for word in service.get("healthcheck", {}).get("test", []):
            assert re.fullmatch(r"[\w./-]+", word)


def test_the_image_can_be_read_whatever_the_umask_of_who_built_it():
    assert "chmod go+rX" in text("Containerfile")
    # The group of the numbers that it runs as is there too.
    assert "groupadd --gid 10001 wijkwijzer" in text("Containerfile")


def test_the_image_installs_what_the_lock_says_with_the_tool_that_make_uses():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    pinned = re.search(r"^UV +:= (\S+)$", makefile, re.MULTILINE)
    assert pinned
    assert pinned[1] in text("Containerfile")
    assert "--require-hashes -r requirements.lock" in text("Containerfile")


@pytest.mark.parametrize("name", OURS)
def test_our_containers_can_write_nowhere_but_in_their_volume(name):
    service = COMPOSE["services"][name]
    assert service["read_only"] is True
    assert service["user"] == "10001:10001"
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["volumes"] == ["var:/var/lib/wijkwijzer"]


def test_what_redis_holds_is_kept_nowhere_and_nobody_waits_for_it():
    redis = COMPOSE["services"]["redis"]
    assert redis["read_only"] is True
    assert redis["cap_drop"] == ["ALL"]
    assert "volumes" not in redis
    arguments = redis["command"]
    assert arguments[arguments.index("--save") + 1] == ""
    for name in OURS:
        assert "redis" not in COMPOSE["services"][name].get("depends_on", {})


def test_only_the_proxy_can_be_reached_and_only_what_needs_it_reaches_out():
    services = COMPOSE["services"]
    assert [name for name, s in services.items() if "ports" in s] == ["proxy"]
    outside = {name for name, s in services.items() if "outside" in s["networks"]}
    assert outside == {"proxy", "mail"}
    assert COMPOSE["networks"]["inside"]["internal"] is True


def test_nothing_serves_before_the_tables_are_as_the_code_wants_them():
    services = COMPOSE["services"]
    command = ["sh", "-c", "deploy/prepare && exec deploy/serve"]
    assert services["site"]["command"] == command
    for name in ("mail", "planner"):
        waits = services[name]["depends_on"]["site"]
        assert waits == {"condition": "service_healthy"}
    # By its socket it answers while it is being made.
    assert "-h" in services["database"]["healthcheck"]["test"]


def test_only_the_proxy_is_root_and_no_container_has_rights_or_writes_in_its_image():
    for name, service in COMPOSE["services"].items():
        # The official image of the proxy has no user who may write its certificates.
        user = service.get("user", "0").split(":")[0]
        assert (user in {"0", "root"}) == (name == "proxy"), name
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
    added = {
        name: s["cap_add"] for name, s in COMPOSE["services"].items() if "cap_add" in s
    }
    # Without it, the program of the proxy does not even start.
    assert added == {"proxy": ["NET_BIND_SERVICE"]}


def test_every_container_comes_back_with_the_machine_and_hears_a_signal():
    """podman-restart.service starts what is ``always``; Python begins without ears."""
    for name, service in COMPOSE["services"].items():
        assert service["restart"] == "always", name
    assert all(COMPOSE["services"][name]["init"] is True for name in OURS)


def test_the_secrets_beside_the_compose_file_are_not_committed():
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"/deploy/.env", f"/deploy/{COMPOSE['x-app']['env_file']}"} <= {*ignored}


# systemd


def unit(file: Path) -> configparser.ConfigParser:
    # An option may come twice; a later one adds to it.
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(file)
    return parser


@pytest.mark.parametrize("file", UNITS, ids=lambda file: file.name)
def test_what_a_unit_starts_is_there(file):
    for key, command in (
        unit(file).items("Service") if file.suffix == ".service" else ()
    ):
        if key.startswith("Exec") and "/opt/wijkwijzer/" in command:
            program = command.split()[0].removeprefix("/opt/wijkwijzer/")
            assert (ROOT / program).exists(), command
        if "manage.py" in command:
            known = {path.stem for path in ROOT.rglob("management/commands/*.py")}
            assert command.split()[2] in known


@pytest.mark.parametrize(
    "file", [f for f in UNITS if f.suffix == ".service"], ids=lambda file: file.name
)
def test_a_unit_runs_as_a_user_of_its_own_that_can_change_nothing_else(file):
    service = unit(file)["Service"]
    assert service["User"] == "wijkwijzer"
    assert service["ProtectSystem"] == "strict"
    assert service["StateDirectory"] == "wijkwijzer"
    assert service["UMask"] == "0077"
    assert service["NoNewPrivileges"] == "yes"
    assert service["CapabilityBoundingSet"] == ""


@pytest.mark.parametrize("file", UNITS, ids=lambda file: file.name)
def test_systemd_itself_has_no_complaint(file, tmp_path):
    """Where it is installed; elsewhere the tests above are what there is."""
    if analyze := shutil.which("systemd-analyze"):
        for each in UNITS:
            # As if it was installed: it looks whether the program is there.
            own = each.read_text(encoding="utf-8").replace("/opt/wijkwijzer", str(ROOT))
            (tmp_path / each.name).write_text(own, encoding="utf-8")
        done = subprocess.run(
            [analyze, "verify", "--man=no", tmp_path / file.name],
            capture_output=True,
            text=True,
        )
        complaints = [
            line for line in done.stderr.splitlines() if str(tmp_path) in line
        ]
        assert complaints == []


# Proxies


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_a_proxy_says_who_asked_and_hides_what_is_for_inside(name):
    read = text(name)
    for path in ("/livez", "/readyz", "/metrics"):
        assert path in read
    assert "X-Request-ID" in read
    assert read.count("{") == read.count("}")


def test_nginx_believes_nothing_that_a_client_says_of_himself():
    read = text("nginx.conf")
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in read
    assert "$proxy_add_x_forwarded_for" not in read
    assert "proxy_set_header X-Forwarded-Proto $scheme;" in read


def test_caddy_itself_has_no_complaint():
    """Where it is installed; nginx runs in tests/test_nginx.py."""
    if caddy := shutil.which("caddy"):
        command = [caddy, "validate", "--adapter", "caddyfile", "--config"]
        done = subprocess.run(
            [*command, DEPLOY / "Caddyfile"],
            env=os.environ | {"SITE": "wijkwijzer.example"},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
