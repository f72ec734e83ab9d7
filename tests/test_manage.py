"""What `manage.py` says of what no command says itself."""

from __future__ import annotations

import signal
import sys

import pytest
from django.core import management
from django.db import OperationalError

import manage
from wijkwijzer.core.stoppen import GESTOPT


@pytest.fixture
def fails(monkeypatch):
    """Let any command end with an error."""

    def ended(error: BaseException, *options: str) -> None:
        def command(argv: list[str]) -> None:
            raise error

        monkeypatch.setattr(management, "execute_from_command_line", command)
        monkeypatch.setattr(sys, "argv", ["manage.py", "exporteer", *options])
        manage.main()

    before = signal.getsignal(signal.SIGTERM)
    yield ended
    signal.signal(signal.SIGTERM, before)


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (KeyboardInterrupt(), GESTOPT, "Gestopt."),
        (
            OperationalError("no connection"),
            1,
            "antwoordt niet, of neemt niets aan: no",
        ),
    ],
)
def test_who_runs_a_command_reads_a_sentence(fails, capsys, error, code, told):
    with pytest.raises(SystemExit) as ended:
        fails(error)
    assert ended.value.code == code
    assert told in capsys.readouterr().err


def test_who_asks_for_it_sees_where(fails):
    with pytest.raises(OperationalError):
        fails(OperationalError("no connection"), "--traceback")


def test_sigterm_is_as_ctrl_c_so_that_a_command_cleans_up(fails):
    with pytest.raises(SystemExit):
        fails(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGTERM)
