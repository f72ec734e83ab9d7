"""Where a request comes from, as a proxy of ours tells it."""

from __future__ import annotations

import pytest

from wijkwijzer.core.netwerk import HUIS, netwerk, netwerkadres


@pytest.mark.parametrize(
    ("chain", "place"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("10.0.0.1, 203.0.113.7 ", "203.0.113.7"),
        ("203.0.113.7:51234", "203.0.113.7"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::9]", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::9]:51234", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("unknown", "unknown"),
        ("", "127.0.0.1"),
    ],
)
def test_a_sender_is_known_by_his_network_however_a_proxy_writes_it(
    settings, chain, place
):
    # With its port, every connection would have limits of its own.
    settings.TRUST_PROXY = True
    assert netwerk(netwerkadres("127.0.0.1", chain), HUIS) == place


def test_without_a_proxy_nothing_is_believed(settings):
    settings.TRUST_PROXY = False
    assert netwerkadres("203.0.113.7", "198.51.100.1:80") == "203.0.113.7"
