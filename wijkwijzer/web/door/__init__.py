"""The front door: an ASGI application before Django's WSGI handler.

``door`` answers pages that are kept on the event loop, and lets everything else wait
for a thread of its kind. ``asked`` reads a request, ``bodies`` what is sent with it,
``kept`` is what is kept, ``pools`` are the threads, ``replies`` what goes back.

See docs/adr/0012-een-deur-voor-django.md.
"""
