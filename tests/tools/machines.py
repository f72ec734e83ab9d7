"""PostgreSQL with a replica, PgBouncer and Redis of our own, to stop and to kill."""

from __future__ import annotations

import getpass
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
from redis import Redis, RedisError

from tests.tools.site import free_port

NAME = "wijkwijzer"
PATIENCE = 30


def user() -> str:
    """PostgreSQL and PgBouncer do not run as root."""
    return "postgres" if os.geteuid() == 0 else getpass.getuser()


def require(*commands: str) -> None:
    """Leave a test out where a server is not installed; under CI that is an error."""
    path = f"{os.environ.get('PATH', '')}:/usr/sbin"
    missing = [name for name in commands if not shutil.which(name, path=path)]
    if missing and os.environ.get("CI"):
        pytest.fail(f"not installed: {' '.join(missing)}")
    if missing:
        pytest.skip(f"apt-get install {' '.join(missing)}")


def binary(name: str) -> str:
    """Debian has the commands of a server beside the path."""
    found = subprocess.run(
        ["pg_config", "--bindir"], capture_output=True, text=True, check=False
    )
    own = Path(found.stdout.strip()) / name
    newest = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(own if own.exists() else newest[-1])


def run(*command: str) -> None:
    done = subprocess.run(
        command, user=user(), cwd="/", stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    assert done.returncode == 0, done.stdout.decode()


class Cluster:
    """One PostgreSQL server with its folder."""

    SETTINGS = (
        *("listen_addresses=127.0.0.1", "max_wal_senders=4", "wal_level=replica"),
        *("hot_standby=on", "max_connections=60", "shared_buffers=32MB"),
    )

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"postgres://{user()}@127.0.0.1:{self.port}/{NAME}"

    def make(self) -> None:
        run(binary("initdb"), "-A", "trust", "-U", user(), "-D", str(self.folder), "-N")

    def follow(self, other: Cluster) -> None:
        """Become a replica of another, under the name that it waits for."""
        source = f"host=127.0.0.1 port={other.port} user={user()} application_name=two"
        run(
            *(binary("pg_basebackup"), "-D", str(self.folder), "-d", source),
            *("-R", "-c", "fast", "-X", "stream"),
        )

    def start(self, *settings: str) -> None:
        own = (f"port={self.port}", f"unix_socket_directories={self.folder}")
        options = [f"-c{setting}" for setting in (*self.SETTINGS, *own, *settings)]
        self.process = subprocess.Popen(
            [binary("postgres"), "-D", str(self.folder), *options],
            user=user(),
            cwd="/",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.wait()

    def wait(self) -> None:
        until(lambda: self.ask("SELECT 1", "postgres") == 1)

    def ask(self, question: str, name: str = NAME) -> object:
        address = f"{self.url.rpartition('/')[0]}/{name}"
        with (
            suppress(psycopg.OperationalError),
            psycopg.connect(address, autocommit=True, connect_timeout=2) as connection,
        ):
            cursor = connection.execute(question)
            row = cursor.fetchone() if cursor.description else None
            return row[0] if row else None
        return None

    def wait_for_replica(self) -> None:
        """From now on, acknowledge only what the replica has too."""
        self.ask("ALTER SYSTEM SET synchronous_standby_names = 'two'", "postgres")
        self.ask("SELECT pg_reload_conf()", "postgres")
        waits_for = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'"
        until(lambda: self.ask(waits_for, "postgres") == 1)

    def promote(self) -> None:
        self.ask("SELECT pg_promote()", "postgres")

    def kill(self) -> None:
        """As when the machine is gone."""
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()


class Process:
    """A server that a command keeps in the foreground."""

    def __init__(self, *command: str) -> None:
        self.command = command
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.command,
            user=user(),
            cwd="/",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


class PgBouncer(Process):
    """Gives a connection to each transaction, of the cluster that it is told."""

    def __init__(self, folder: Path, cluster: Cluster) -> None:
        self.port, self.file = free_port(), folder / "pgbouncer.ini"
        self._write(cluster)
        command = shutil.which("pgbouncer") or "/usr/sbin/pgbouncer"
        super().__init__(command, "-q", str(self.file))

    @property
    def url(self) -> str:
        return f"postgres://{user()}@127.0.0.1:{self.port}/{NAME}"

    def _write(self, cluster: Cluster) -> None:
        lines = [
            "[databases]",
            f"{NAME} = host=127.0.0.1 port={cluster.port} user={user()}",
            "[pgbouncer]",
            f"listen_port = {self.port}",
            "listen_addr = 127.0.0.1",
            "unix_socket_dir =",
            "auth_type = any",
            "pool_mode = transaction",
            "server_login_retry = 1",
        ]
        self.file.write_text("\n".join(lines), encoding="ascii")
        self.file.chmod(0o644)

    def turn_to(self, cluster: Cluster) -> None:
        self._write(cluster)
        self.process.send_signal(signal.SIGHUP)


class RedisServer(Process):
    def __init__(self) -> None:
        self.port = free_port()
        super().__init__(
            *("redis-server", "--port", str(self.port), "--bind", "127.0.0.1"),
            *("--save", "", "--appendonly", "no"),
        )
        self.wait()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def wait(self) -> None:
        def answers() -> bool:
            with suppress(RedisError), Redis.from_url(self.url) as redis:
                return bool(redis.ping())
            return False

        until(answers)


def until(happens: object, seconds: float = PATIENCE) -> None:
    end = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < end, f"not within {seconds} s"
        time.sleep(0.05)


@contextmanager
def folder() -> Iterator[Path]:
    """A folder of the servers' own user: those of pytest are for its user alone."""
    with TemporaryDirectory(prefix="wijkwijzer-machines-") as name:
        owner = pwd.getpwnam(user())
        os.chown(name, owner.pw_uid, owner.pw_gid)
        yield Path(name)
