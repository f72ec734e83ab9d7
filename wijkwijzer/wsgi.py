"""Django's WSGI handler by itself: no pages are kept, and slow clients hold threads.

For tools that want one. A web server loads wijkwijzer.asgi.
"""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wijkwijzer.settings")

application = get_wsgi_application()
