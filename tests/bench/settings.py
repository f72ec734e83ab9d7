"""The settings of a local start, with one address more: a bare view to compare with."""

from wijkwijzer.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
