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

    from wijkwijzer.core.stoppen import GESTOPT, stop_netjes

    stop_netjes()
    try:
        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        sys.stderr.write("\nGestopt.\n")
        sys.exit(GESTOPT)


if __name__ == "__main__":
    main()
