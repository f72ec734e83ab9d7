"""A process that shows pages: it reads addresses, one a line, and writes the answers.

``python -m tests.web.reader``: of each the status, how often Django was asked in all,
and the text, as JSON on one line.
"""

import json
import sys

import django


def main() -> None:
    django.setup()
    from tests.web.wsgi import ask, asked, site

    cache = site()
    for line in sys.stdin:
        answer = ask(cache, line.strip())
        sys.stdout.write(json.dumps([answer.status, asked(cache), answer.text]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
