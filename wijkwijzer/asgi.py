"""The application that a web server loads: the door, with Django's WSGI handler behind.

Not Django's own ASGI handler: a third slower, and its threads leak connections to the
database (docs/adr/0012-een-deur-voor-django.md).
"""

from wijkwijzer.wsgi import application as django

# isort: split
# The models exist from here on.
from django.conf import settings

from wijkwijzer.api.adres import WORTEL as API
from wijkwijzer.web.door.door import Door
from wijkwijzer.web.door.replies import refusals
from wijkwijzer.web.door.warm import keep_searches, limit_waiting, warm_up

limit_waiting()
application = Door(
    django,
    max_bytes=settings.PAGE_CACHE_BYTES,
    refusals=refusals(django),
    api_refusals=refusals(django, API),
)
warm_up()
keep_searches(application.gemist)
