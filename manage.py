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
    from django.db import OperationalError

    from wijkwijzer.core.stoppen import GESTOPT, stop_netjes

    stop_netjes()
    try:
        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        sys.stderr.write("\nGestopt.\n")
        sys.exit(GESTOPT)
    except OperationalError as error:
        # As Django does for what a command says itself: where, is for who asks.
        if "--traceback" in sys.argv:
            raise
        sys.stderr.write(
            f"De database antwoordt niet, of neemt niets aan: {error}\n"
            "Staat de databaseserver aan, klopt DATABASE_URL en is er ruimte?\n"
        )
        sys.exit(1)


if __name__ == "__main__":
    main()
