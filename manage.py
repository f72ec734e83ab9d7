#!/usr/bin/env python3
"""Django's command line for WijkWijzer."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wijkwijzer.settings")
    if sys.argv[1:2] == ["start"]:
        # Settings read this before any command runs; the web server inherits it.
        os.environ["LOCAL_START"] = "True"
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
