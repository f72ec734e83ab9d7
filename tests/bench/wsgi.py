"""The WSGI application as it runs in production, with the bare view outside the cache.

The bare view passes Django's handler and every middleware, and nothing of ours.
"""

from wijkwijzer.wsgi import application as site
from wijkwijzer.wsgi import django


def application(environ, start_response):
    app = django if environ["PATH_INFO"].startswith("/kaal/") else site
    return app(environ, start_response)
