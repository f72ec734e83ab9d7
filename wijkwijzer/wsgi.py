"""The WSGI application that a web server loads."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wijkwijzer.settings")

django = get_wsgi_application()

# The models exist from here on.
from django.conf import settings  # noqa: E402

from wijkwijzer.web.paginacache import Paginacache  # noqa: E402

application = Paginacache(django, max_bytes=settings.PAGE_CACHE_BYTES)
